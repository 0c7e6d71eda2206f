"""Kinds that come later enter every table by their own declaration: no file that counts or reports is touched."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

from actions.kernel.actor import LINKED
from actions.kernel.kind import Kind, Nothing
from actions.kernel.step import open_matter, step
from policies.rules import KindPolicy
from records.books import Books
from records.matters import Matter
from states.counting import Counted, Mark
from states.procedures import PROCEDURES
from states.table import Facts, Move, Owner, Stage, StateTable
from tests.fixtures.counting import add_up, cells, counts_of
from tests.fixtures.ombuds_office import OmbudsStage
from tests.fixtures.visitors import come

STAGES = (Stage("waiting", Owner.OFFICE), Stage("talking", Owner.OFFICE), Stage("over", Owner.OFFICE))
MOVES = (
    Move("meet", "waiting", "talking"),
    Move("agree", "talking", "over"),
    Move("give_up", "talking", "over"),
    Move("resume", "over", "talking"),
)
MEDIATION = StateTable(
    kind="mediation",
    facts=Facts,
    initial="waiting",
    stages=STAGES,
    moves=MOVES,
    clocks=(),
    counted=Counted(
        measure="cases",
        track="mediation",
        open_in=("waiting", "talking"),
        outcomes=(("agree", "agreed"), ("give_up", "given_up")),
        marks=(Mark("met", ("meet",)),),
    ),
)
SLIP = StateTable(
    kind="contact_slip",
    facts=Facts,
    initial="waiting",
    stages=STAGES,
    moves=MOVES[:2],
    clocks=(),
    counted=Counted(
        measure="visitors", track="slip", open_in=("waiting", "talking"), outcomes=(("agree", "answered"),), kept=False
    ),
)
LATER = (*PROCEDURES, MEDIATION, SLIP)


def kind(table: StateTable) -> Kind:
    return Kind(
        table=table,
        payloads={},
        facts=lambda *_: Facts(),
        apply=lambda *_: {},
        given=lambda *_: {},
        show=lambda *_: {},
    )


@contextmanager
def house_with(stage: OmbudsStage, kinds: dict[str, Kind]) -> Iterator[Books]:
    """The books under an edition that knows these kinds too."""
    with stage.as_owner.open() as books:
        rules = dict.fromkeys(kinds, KindPolicy(clocks={}, access={}))
        edition = books.pack.model_copy(update={"kinds": {**books.pack.kinds, **rules}})
        yield replace(books, editions={books.pack.edition: edition})


def lives(stage: OmbudsStage, kinds: dict[str, Kind], name: str, *triggers: str) -> Matter:
    with house_with(stage, kinds) as books:
        matter = open_matter(kinds, books, name, Nothing(), by=LINKED, tied={})
        for trigger in triggers:
            matter = step(kinds, books, matter, trigger, Nothing(), by=LINKED)
        return matter


def test_two_kinds_that_nobody_foresaw_are_counted_by_what_they_declare(ombuds_office: OmbudsStage):
    stage, kinds = ombuds_office, {"mediation": kind(MEDIATION), "contact_slip": kind(SLIP)}
    come(stage)
    lives(stage, kinds, "mediation", "meet", "agree")
    lives(stage, kinds, "mediation", "meet", "agree", "resume", "give_up")
    lives(stage, kinds, "mediation")
    lives(stage, kinds, "contact_slip", "meet", "agree")
    lives(stage, kinds, "contact_slip", "meet")
    with stage.owner.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO seat (id, matter_id, holder, person_id, rung, epoch, key_sealed, from_at)"
            " SELECT gen_random_uuid(), id, 'person', %s, 0, 1, '', now() FROM matter WHERE kind <> 'complaint'",
            (stage.people["head"],),
        )
        connection.exec_driver_sql("UPDATE tally SET kind = replace(kind, '.apart', '')")  # it ended before there was a seat
    counts = counts_of(stage, procedures=LATER)
    shown = {name: cells(counts.table(name)) for name in ("received", "reopened", "closed", "open_at_end", "marks")}
    assert shown == {
        "received": {("formal",): 1, ("mediation",): 3},
        "reopened": {("mediation",): 1},
        "closed": {("mediation", "agreed"): 2, ("mediation", "given_up"): 1},
        "open_at_end": {("formal",): 1, ("mediation",): 1},
        "marks": {("met",): 2},
    }
    assert cells(counts.table("visitors_received")) == {("slip",): 2}
    assert cells(counts.table("visitors_closed")) == {("slip", "answered"): 1}
    assert {"flow.mediation", "visitors_flow.slip"} <= add_up(counts).keys()
    assert set(add_up(counts).values()) == {0}
    assert counts.first == date(2016, 1, 1)


def test_without_their_declaration_the_same_lives_leave_nothing_to_count(ombuds_office: OmbudsStage):
    silent = {"mediation": kind(replace(MEDIATION, counted=None))}
    lives(ombuds_office, silent, "mediation", "meet", "agree")
    assert ombuds_office.rows("SELECT count(*) FROM case_spell") == [(0,)]
    assert ombuds_office.rows("SELECT count(*) FROM case_mark") == [(0,)]
