"""What came of a question that was put to a body, and deciding by consensus. Inside a transaction, for kinds and acts alike.

Whole use cases are in `deciding_votes.py` and its neighbours. A result is never kept as a sentence: it follows from what is
kept, by the rules of the edition under which it began.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, ClassVar, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from actions.deciding_questions import Question, adopted, is_over, put, reopened, settles, since, voters_of
from actions.deciding_waits import ADOPTION, VOTES, rules_of
from actions.kernel.actor import Actor
from actions.kernel.kind import Payload
from actions.kernel.noting import write_down
from policies.decisions import Method
from policies.members import State
from policies.refusal import Refusal
from policies.said import Said
from records import deciding as records
from records import versions
from records.books import Books
from records.deciding import BallotRow, DecidingRow, NoSuchDeciding, StatementRow
from records.matters import Matter
from states.deciding.agreeing import Agreement, Silence, agree, silence_at
from states.deciding.counting import Outcome, decide
from states.deciding.outline import outlined
from states.deciding.statements import Statement, StatementKind, declare
from states.deciding.tally import Tally

__all__ = ["NoSuchDeciding"]  # what doors need of the records

Body = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=80),
    Field(json_schema_extra={"pattern": r"[^\s\x1c-\x1f\x85]"}),
]
"""A body by its name. As a citation of the kinds; said here because kinds use this file, so it uses none of them."""
States = Annotated[tuple[State, ...], Field(max_length=250)]
ParagraphKey = Annotated[str, Field(pattern=r"^[PO][0-9]{1,4}(\.[0-9]{1,4}){0,8}$")]


class NoObjectionHere(Refusal):
    """Only a consensus or a silence can be objected to, and only while it is not over."""

    code: ClassVar[str] = "no_objection_here"


class ResultNotRecorded(Refusal):
    """The body has decided the matter, and no decision on record rests on that yet."""

    code: ClassVar[str] = "result_not_recorded"


class Stated(Payload):
    """What a state states: on one paragraph of the version, or on all of it. An objection needs no words."""

    kind: StatementKind
    state: State
    paragraph: ParagraphKey | None = None
    text: Annotated[str, StringConstraints(strip_whitespace=True, max_length=5000)] = Field(default="", repr=False)


class Consensus(Payload):
    """No objection, so decided: one act, with what delegations want written beside it. An objection stops it."""

    body: Body
    method: Literal["consensus", "acclamation"] = "consensus"
    present: States | None = None
    statements: Annotated[tuple[Stated, ...], Field(max_length=250)] = ()


@dataclass(frozen=True, slots=True)
class Decided:
    """One time a matter was put to a body, and what came of it.

    `adopted` None: it is open or void. `outcome` and `tally` are those of a vote that was counted; `objecting` are states
    whose objections stand in the way.
    """

    row: DecidingRow
    ballots: tuple[BallotRow, ...]
    statements: tuple[StatementRow, ...]
    is_open: bool
    adopted: bool | None
    objecting: tuple[str, ...]
    tally: Tally | None
    outcome: Outcome | None
    why: tuple[Said, ...]

    @property
    def method(self) -> Method:
        """How it was put."""
        return Method(self.row.method)

    @property
    def over_at(self) -> datetime | None:
        """When it came to its end; None: it has not."""
        if self.is_open:
            return None
        return self.row.closed_at or self.row.voided_at or self.row.until


def decided(books: Books, matter_id: UUID, deciding_id: UUID) -> Decided:
    """What came of one question about this matter. Raises NoSuchDeciding."""
    return told_of(books, records.one(books, matter_id, deciding_id))


def told_of(books: Books, row: DecidingRow) -> Decided:
    """A question with all that hangs on it, its result worked out again from what is kept."""
    made = tuple(records.statements(books, row.id))
    tally = None if row.tally is None else Tally(**row.tally)
    outcome = None
    if tally is not None and row.rule is not None:
        outcome = decide(row.rule, rules_of(books, row.edition), tally)
    agreement = _agreement(books, row, made)
    return Decided(
        row=row,
        ballots=tuple(records.ballots(books, row.id)),
        statements=made,
        is_open=not is_over(row, books.now),
        adopted=adopted(row, books.now),
        objecting=agreement.objecting if agreement is not None else (),
        tally=tally,
        outcome=outcome,
        why=outcome.why if outcome is not None else agreement.why if agreement is not None else (),
    )


def agree_in(books: Books, matter: Matter, told: Consensus, *, by: Actor) -> tuple[Matter, Decided]:
    """Decide by consensus on a matter that is locked and settled; return it as it is then, and what came of it.

    With an objection nothing is decided, and that is what is kept. Who may was asked before. Raises as `put` and
    `declare`; then the transaction must not be committed.
    """
    row = put(books, matter, Question(told.body, Method(told.method), present=told.present), person_of(by))
    for one in told.statements:
        declare_in(books, row, one, by=by, within=True)
    agreement = _agreement(books, row, records.statements(books, row.id))
    came = agreement is not None and agreement.adopted
    records.close(books, row.id, tally=None, adopted=came, present=told.present)
    facts: dict[str, str | int] = {"deciding": str(row.id), "number": row.number, "method": row.method}
    changed = write_down(books, matter, "agreed" if came else "not_agreed", by, facts | {"statements": len(told.statements)})
    return changed, decided(books, matter.id, row.id)


def declare_in(books: Books, row: DecidingRow, told: Stated, *, by: Actor, within: bool = False) -> StatementRow:
    """Write down a statement beside a decision. `within`: it belongs to the act of consensus itself, so it may object.

    Raises NoObjectionHere, NotAMember, NotAVoter, NoSuchParagraph, EmptyStatement, NoExplanationHere.
    """
    if told.kind == StatementKind.OBJECTION and not within:
        raise NoObjectionHere()
    *_, last = declare(
        _stated(records.statements(books, row.id)),
        told.kind,
        told.state,
        told.text,
        paragraph=told.paragraph,
        paragraphs=_keys(books, row),
        voters=voters_of(row),
        method=Method(row.method),
        rules=rules_of(books, row.edition),
    )
    kept = StatementRow(last.kind, last.number, last.state, last.paragraph, books.now, last.text)
    records.state(books, row.id, kept, person_of(by))
    return kept


def came_out(books: Books, matter: Matter, deciding_id: UUID | None, *, adopts: bool) -> bool:
    """Whether a decision may rest on this: it is over, adopts or fails as the decision says, and no other decision rests on it.

    Where the body settled the matter here, the decision must rest on the newest result, and on none that the body has voted
    to reconsider. A silence or a consensus that was stopped rejects nothing. None: the decision was not taken here, which
    holds only where nothing was settled here.
    """
    used = records.used(books, matter.id)
    rows = records.of_matter(books, matter.id)
    settled = [row for row in rows if settles(row, books.now) and row.id not in used]
    begun = since(books, matter)
    here = [row for row in settled if row.opened_at >= begun]
    if deciding_id is None:
        return not here
    found = [row for row in settled if row.id == deciding_id]
    if not found or (here and found[0].id != here[-1].id) or reopened(found[0], rows):
        return False
    return adopted(found[0], books.now) is adopts


def refuse_unrecorded(books: Books, matter: Matter, rests_on: UUID | None) -> None:
    """Refuse to send elsewhere what the body has decided where it is now; else it would be asked anew as if it had not.

    What it has voted to reconsider holds nothing back, nor does what the move itself rests on. Raises ResultNotRecorded.
    """
    used, begun, rows = records.used(books, matter.id) | {rests_on}, since(books, matter), records.of_matter(books, matter.id)
    for row in rows:
        if settles(row, books.now) and row.id not in used and row.opened_at >= begun and not reopened(row, rows):
            raise ResultNotRecorded(number=row.number)


def nothing_is_open(books: Books, matter_id: UUID) -> bool:
    """Whether no vote or silence about this matter is under way."""
    return all(is_over(row, books.now) for row in records.of_matter(books, matter_id))


def was_put_to_the_vote(books: Books, matter_id: UUID) -> bool:
    """Whether a vote on the matter itself was ever opened, and counts."""
    rows = records.of_matter(books, matter_id)
    return any(row.asks == ADOPTION and row.method in VOTES and row.voided_at is None for row in rows)


def _agreement(books: Books, row: DecidingRow, made: Iterable[StatementRow]) -> Agreement | None:
    """What came of deciding without counting; None: it is a vote, or a silence that still runs."""
    if row.method in VOTES:
        return None
    stated = _stated(made)
    method = Method(row.method)
    if method is Method.CONSENSUS or method is Method.ACCLAMATION:
        return agree(method, stated, rules=rules_of(books, row.edition))
    if row.until is None:
        raise ValueError("a silence has an end")
    objections = tuple((one.state, one.at) for one in made if one.kind == StatementKind.OBJECTION)
    return silence_at(Silence(voters_of(row), row.opened_at, row.until, objections), books.now)


def _stated(rows: Iterable[StatementRow]) -> tuple[Statement, ...]:
    return tuple(Statement(StatementKind(one.kind), one.number, one.state, one.paragraph, one.text) for one in rows)


def _keys(books: Books, row: DecidingRow) -> Collection[str]:
    """The paragraphs of the version that was decided on, in whichever language they stand."""
    if row.version is None:
        return ()
    texts: Mapping[str, Any] = versions.one(books, row.matter_id, row.version).texts
    return {one.key for paragraphs in texts.values() for one in outlined(paragraphs)}


def person_of(by: Actor) -> UUID:
    """Who takes it down."""
    if by.person is None:
        raise ValueError("a person takes down what a body decides")
    return by.person
