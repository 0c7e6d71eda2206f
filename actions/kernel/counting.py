"""What is written down for the reports in the transaction of each move, for every kind that says what it adds to them."""

from collections.abc import Mapping
from datetime import date

from actions.kernel.kind import Act, Kind
from policies.said import Fact
from records import facts
from records.books import Books
from records.matters import Matter
from states.clocks import OPEN
from states.counting import Counted


def follow_count(books: Books, kind: Kind, before: Matter, after: Matter, act: Act, seq: int, told: Mapping[str, Fact]) -> None:
    """Begin or end an open stretch, and mark what a move is counted as. `seq` is its line in the matter's history.

    A day counts as the act was told, however late it is written down; `told` is what history keeps of it.
    """
    counted = kind.table.counted
    if counted is None:
        return
    source = None if act.trigger == OPEN else before.state
    if outcome := counted.outcome(act.trigger, source, after.state):
        ground = told.get(counted.ground) if counted.ground else None
        began_on, ended_on = facts.end_spell(books, after.id, outcome, None if ground is None else str(ground), act.effective_on)
        if not counted.kept:
            _tally(books, kind, after, counted, outcome, began_on, ended_on)
    if began := counted.began(source, after.state):
        facts.begin_spell(books, after.id, kind.name, began, act.effective_on)
    if marks := counted.marks_of(act.trigger, source):
        facts.mark(books, after.id, seq, marks, act.effective_on)


def _tally(books: Books, kind: Kind, matter: Matter, counted: Counted, outcome: str, began_on: date, ended_on: date) -> None:
    """Of what is destroyed soon: when it began, how it ended and how its duties were kept, in numbers tied to nothing."""
    report = books.pack.reports.reports.get("ombuds") if books.pack.reports else None
    head = report.holder if report else None
    apart = head is not None and facts.is_apart(books, matter.id, head)
    for what, outcomes, on in (
        (facts.BEGAN, [facts.BEGAN], began_on),
        (facts.CLOCKS, facts.clocks_ended(books, matter.id, counted.duties), ended_on),
        (facts.ENDED, [outcome], ended_on),
        (facts.RUNGS, facts.rungs_fired(books, matter.id, counted.duties), ended_on),
    ):
        facts.tally(books, facts.tally_kind(kind.name, what, apart=apart), outcomes, on)
