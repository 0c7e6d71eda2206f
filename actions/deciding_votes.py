"""Votes on a proposal: opened, answered state by state or by papers, closed and counted, or declared void.

Each function is a deed for `act_on`. Of a paper only that its state handed one in is kept, without instant; what papers say
comes as numbers when the vote closes, so nothing that is kept ties the two.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Annotated, ClassVar, Final, Literal
from uuid import UUID

from pydantic import Field

from actions.deciding import Body, States, person_of
from actions.deciding_acts import Deed
from actions.deciding_questions import Question, is_over, put, voters_of
from actions.deciding_waits import ADOPTION, VOTES, rules_of
from actions.instants import Instant
from actions.kernel.actor import Actor
from actions.kernel.kind import Payload
from actions.kernel.noting import write_down
from actions.kinds.house import Words
from policies.decisions import Method
from policies.decisions import Name as RuleName
from policies.members import State
from policies.refusal import Refusal
from records import deciding as records
from records.books import Books
from records.deciding import BallotRow, DecidingRow
from records.matters import Matter
from states.deciding.voting import (
    Ballot,
    Choice,
    Vote,
    VoteClosed,
    VotedThoughAbsent,
    answer,
    close_vote,
    hand_in,
)

MOST_PAPERS: Final = 1000


class NotAVote(Refusal):
    """It was put to the body in a way that counts nothing."""

    code: ClassVar[str] = "not_a_vote"
    status: ClassVar[int] = 422


class AheadOfTheClock(Refusal):
    """Told of an instant that has not come."""

    code: ClassVar[str] = "ahead_of_the_clock"
    status: ClassVar[int] = 422


class NewVote(Payload):
    """A vote to be opened. `asks`: adoption, reconsideration, or the name of a wait to be lifted; these have their own rule.

    `parties`: members that a dispute is about, where the rule leaves them out. `present` left out: nobody called the roll.
    """

    body: Body
    method: Literal["roll_call", "secret_ballot"]
    rule: RuleName | None = None
    asks: RuleName = ADOPTION
    parties: States = ()
    present: States | None = None


class Answer(Payload):
    """A state's answer to the roll call. `at` left out: now."""

    state: State
    choice: Literal["for", "against", "abstain"]
    at: Instant | None = None


class Answers(Payload):
    """Answers to the roll call, all or none of which are taken down."""

    answers: Annotated[tuple[Answer, ...], Field(min_length=1, max_length=250)]


class HandedIn(Payload):
    """States that hand in a paper. What it says is not told here."""

    states: Annotated[tuple[State, ...], Field(min_length=1, max_length=250)]


Count = Annotated[int, Field(ge=0, le=MOST_PAPERS)]
"""A number of papers."""


class Papers(Payload):
    """What the papers say, all together."""

    for_: Count = Field(default=0, alias="for")
    against: Count = 0
    abstain: Count = 0
    spoiled: Count = 0

    def choices(self) -> list[Choice]:
        """One a paper, in no order."""
        counted = ((Choice.FOR, self.for_), (Choice.AGAINST, self.against), (Choice.ABSTAIN, self.abstain))
        return [choice for choice, count in (*counted, (Choice.SPOILED, self.spoiled)) for _ in range(count)]


class Closing(Payload):
    """The end of a vote. `papers` of a secret ballot; `present` left out: as told at the opening, or nobody called the roll."""

    present: States | None = None
    papers: Papers | None = None


class Voiding(Payload):
    """Why a vote, a silence or a consensus does not count. It stays on record."""

    reason: Words


def opening(told: NewVote) -> Deed:
    """Open a vote. Raises as `deciding_questions.put`."""

    def deed(books: Books, matter: Matter, actor: Actor) -> Matter:
        question = Question(told.body, Method(told.method), told.rule, told.asks, told.parties, present=told.present)
        row = put(books, matter, question, person_of(actor))
        facts: dict[str, str | int] = {"rule": row.rule or "", "method": row.method, "voters": len(voters_of(row).entitled)}
        return noted(books, matter, actor, "vote_opened", row, facts)

    return deed


def answering(vote_id: UUID, told: Answers) -> Deed:
    """Take down answers to the roll call: all of them, or none if one cannot be.

    Raises NoSuchDeciding, NotAVote, NotARollCall, VoteClosed, BeforeTheVote, AheadOfTheClock, NotAMember, NotAVoter,
    VotedAlready, VotedThoughAbsent.
    """

    def deed(books: Books, matter: Matter, actor: Actor) -> Matter:
        row, vote = _vote(books, matter, vote_id)
        for one in told.answers:
            at = one.at or books.now
            if at > books.now:
                raise AheadOfTheClock(at=at)
            vote = answer(vote, one.state, Choice(one.choice), at=at)
            _require_present(row, one.state)
            records.mark(books, row.id, BallotRow(one.state, one.choice, at))
        return noted(books, matter, actor, "vote_answered", row, {"answers": len(told.answers)})

    return deed


def handing_in(vote_id: UUID, told: HandedIn) -> Deed:
    """Take down that states handed in a paper. Raises as `answering`, NotASecretBallot instead of NotARollCall."""

    def deed(books: Books, matter: Matter, actor: Actor) -> Matter:
        row, vote = _vote(books, matter, vote_id)
        for state in told.states:
            vote = hand_in(vote, state, at=books.now)
            _require_present(row, state)
            records.mark(books, row.id, BallotRow(state, None, None))
        return noted(books, matter, actor, "papers_handed_in", row, {"papers": len(told.states)})

    return deed


def closing(vote_id: UUID, told: Closing) -> Deed:
    """Close a vote and count it. Raises as `close_vote`, NoSuchDeciding, NotAVote."""

    def deed(books: Books, matter: Matter, actor: Actor) -> Matter:
        row, vote = _vote(books, matter, vote_id)
        present = told.present if told.present is not None else row.present
        papers: Sequence[Choice] = () if told.papers is None else told.papers.choices()
        result = close_vote(vote, at=books.now, rules=rules_of(books, row.edition), present=present, papers=papers)
        records.close(books, row.id, tally=asdict(result.tally), adopted=result.outcome.adopted, present=present)
        facts = {"for": result.tally.for_, "against": result.tally.against, "abstain": result.tally.abstain}
        facts |= {"needed": result.outcome.needed, "adopted": int(result.outcome.adopted)}
        return noted(books, matter, actor, "vote_closed", row, facts)

    return deed


def voiding(deciding_id: UUID, told: Voiding) -> Deed:
    """Declare that what is still open does not count, and why: opened by mistake, or taken down wrongly. It stays on record.

    What is over stands: a body that wants to decide again votes on reconsidering. Raises NoSuchDeciding, VoteClosed.
    """

    def deed(books: Books, matter: Matter, actor: Actor) -> Matter:
        row = records.one(books, matter.id, deciding_id)
        if is_over(row, books.now):
            raise VoteClosed(at=row.voided_at or row.closed_at or row.until or row.opened_at)
        records.void(books, row.id, told.reason)
        return noted(books, matter, actor, "voided", row)

    return deed


def noted(
    books: Books, matter: Matter, actor: Actor, what: str, row: DecidingRow, facts: Mapping[str, str | int] | None = None
) -> Matter:
    """Write down that something was done about a question: its id and number, and counts; never what a state wrote."""
    return write_down(books, matter, what, actor, {"deciding": str(row.id), "number": row.number, **(facts or {})})


def _vote(books: Books, matter: Matter, vote_id: UUID) -> tuple[DecidingRow, Vote]:
    """A vote as it stands, to be gone on with. What is void is closed."""
    row = records.one(books, matter.id, vote_id)
    if row.method not in VOTES or row.rule is None:
        raise NotAVote(number=row.number)
    made = records.ballots(books, row.id)
    answers = tuple(Ballot(one.state, Choice(one.choice), one.at) for one in made if one.choice and one.at)
    voted = frozenset(one.state for one in made)
    vote = Vote(row.rule, Method(row.method), voters_of(row), row.opened_at, voted, answers, row.closed_at or row.voided_at)
    return row, vote


def _require_present(row: DecidingRow, state: str) -> None:
    if row.present is not None and state not in row.present:
        raise VotedThoughAbsent(state=state)
