"""Deciding on a proposal without counting: consensus, a silence and its objections; and what delegations have written beside.

Each function is a deed for `act_on`.
"""

from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field, StringConstraints

from actions.deciding import Body, Consensus, Stated, agree_in, declare_in, person_of
from actions.deciding_acts import Deed
from actions.deciding_questions import Question, put, voters_of
from actions.deciding_votes import noted
from actions.deciding_waits import rules_of
from actions.instants import Instant
from actions.kernel.actor import Actor
from actions.kernel.kind import Payload
from policies.decisions import Method
from policies.members import State
from policies.refusal import Refusal
from records import deciding as records
from records.books import Books
from records.deciding import DecidingRow
from records.matters import Matter
from states.deciding.agreeing import Silence, break_silence, put_under_silence
from states.deciding.statements import StatementKind
from states.deciding.voting import VoteClosed, VotedAlready


class NotASilence(Refusal):
    """It was put to the body in another way: nobody is asked to keep silent."""

    code: ClassVar[str] = "not_a_silence"
    status: ClassVar[int] = 422


class NewSilence(Payload):
    """A text that stands if nobody objects before `until`."""

    body: Body
    until: Instant


class Objection(Payload):
    """A state breaks a silence. It need not say why."""

    state: State
    text: Annotated[str, StringConstraints(strip_whitespace=True, max_length=5000)] = Field(default="", repr=False)


def agreeing(told: Consensus) -> Deed:
    """Decide by consensus or acclamation, with the statements. Raises as `agree_in`."""

    def deed(books: Books, matter: Matter, actor: Actor) -> Matter:
        changed, _ = agree_in(books, matter, told, by=actor)
        return changed

    return deed


def silencing(told: NewSilence) -> Deed:
    """Put the newest version under silence until an instant. Raises SilenceBackwards, and as `deciding_questions.put`."""

    def deed(books: Books, matter: Matter, actor: Actor) -> Matter:
        row = put(books, matter, Question(told.body, Method.SILENCE, until=told.until), person_of(actor))
        put_under_silence(voters_of(row), at=books.now, until=told.until, rules=rules_of(books))
        return noted(books, matter, actor, "silence_begun", row)

    return deed


def objecting(silence_id: UUID, told: Objection) -> Deed:
    """A state objects: the silence is broken. Others may still object until its hour.

    Raises NoSuchDeciding, NotASilence, VoteClosed for one that is void, SilenceOver, NotAMember, NotAVoter, VotedAlready.
    """

    def deed(books: Books, matter: Matter, actor: Actor) -> Matter:
        row = records.one(books, matter.id, silence_id)
        if row.until is None:
            raise NotASilence(number=row.number)
        if row.voided_at is not None:
            raise VoteClosed(at=row.voided_at)
        before = _objected(books, row)
        break_silence(Silence(voters_of(row), row.opened_at, row.until), told.state, at=books.now)
        if told.state in before:
            raise VotedAlready(state=told.state)
        stated = Stated(kind=StatementKind.OBJECTION, state=told.state, text=told.text)
        declare_in(books, row, stated, by=actor, within=True)
        if not before:
            records.close(books, row.id, tally=None, adopted=False, present=None)
        return noted(books, matter, actor, "silence_broken", row, {"objections": len(before) + 1})

    return deed


def stating(deciding_id: UUID, told: Stated) -> Deed:
    """Take down a statement beside a question, before or after it is over. Raises NoSuchDeciding, and as `declare_in`."""

    def deed(books: Books, matter: Matter, actor: Actor) -> Matter:
        row = records.one(books, matter.id, deciding_id)
        made = declare_in(books, row, told, by=actor)
        return noted(books, matter, actor, "statement_taken_down", row, {"kind": made.kind, "statement": made.number})

    return deed


def _objected(books: Books, row: DecidingRow) -> frozenset[str]:
    return frozenset(one.state for one in records.statements(books, row.id) if one.kind == StatementKind.OBJECTION)
