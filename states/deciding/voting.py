"""A vote, from its opening to its result. Every step gives a new one; the one before stays as it was.

By roll call each answer stands beside its state. In a secret ballot no step ever knows both: states hand in a paper, which
only marks that they did, and the papers are read together when the vote closes. Who compares the vote before and after a
state handed in learns nothing about its paper.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from policies.decisions import DecisionRules, Method
from policies.refusal import Refusal
from states.deciding.counting import Outcome, decide
from states.deciding.tally import Tally
from states.deciding.voters import Voters


class MethodNotUsed(Refusal):
    """The house does not decide this way, or not by this rule."""

    code: ClassVar[str] = "method_not_used"
    status: ClassVar[int] = 422


class NotARollCall(Refusal):
    """In a secret ballot nobody's answer is written down: papers are handed in, and read when it closes."""

    code: ClassVar[str] = "not_a_roll_call"
    status: ClassVar[int] = 422


class NotASecretBallot(Refusal):
    """A roll call has answers of states, and no papers."""

    code: ClassVar[str] = "not_a_secret_ballot"
    status: ClassVar[int] = 422


class VoteClosed(Refusal):
    """The vote is over."""

    code: ClassVar[str] = "vote_closed"


class BeforeTheVote(Refusal):
    """Something dated before the vote opened."""

    code: ClassVar[str] = "before_the_vote"
    status: ClassVar[int] = 422


class VotedAlready(Refusal):
    """This state has voted."""

    code: ClassVar[str] = "voted_already"


class VotedThoughAbsent(Refusal):
    """A state voted that is not among those present."""

    code: ClassVar[str] = "voted_though_absent"
    status: ClassVar[int] = 422


class PapersDoNotMatch(Refusal):
    """There are more papers than states that handed one in, or fewer."""

    code: ClassVar[str] = "papers_do_not_match"
    status: ClassVar[int] = 422


class Choice(StrEnum):
    """What a ballot says."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"
    SPOILED = "spoiled"
    """A paper nobody can read. Only in a secret ballot."""


@dataclass(frozen=True, slots=True)
class Ballot:
    """One state's answer to a roll call."""

    state: str
    choice: Choice
    at: datetime


@dataclass(frozen=True, slots=True)
class Vote:
    """A vote that has opened. `ballots` stay empty in a secret one; `voted` says who has voted in either."""

    rule: str
    method: Method
    voters: Voters
    opened: datetime
    voted: frozenset[str] = frozenset()
    ballots: tuple[Ballot, ...] = ()
    closed: datetime | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """A vote that is over: its numbers and what came of it."""

    vote: Vote
    tally: Tally
    outcome: Outcome


def open_vote(rule: str, method: Method, voters: Voters, *, at: datetime, rules: DecisionRules) -> Vote:
    """Open a vote of these voters by the rule of this name. Raises NoSuchDecisionRule, MethodNotUsed."""
    if method not in rules.methods or method not in rules.requirement(rule).ballots:
        raise MethodNotUsed(method=method)
    return Vote(rule, method, voters, at)


def answer(vote: Vote, state: str, choice: Choice, *, at: datetime) -> Vote:
    """A state's answer to the roll call.

    Raises NotARollCall, VoteClosed, BeforeTheVote, NotAMember, NotAVoter, VotedAlready; the vote is then as it was.
    """
    if vote.method != Method.ROLL_CALL or choice == Choice.SPOILED:
        raise NotARollCall()
    marked = _marked(vote, state, at)
    return replace(marked, ballots=(*vote.ballots, Ballot(state, choice, at)))


def hand_in(vote: Vote, state: str, *, at: datetime) -> Vote:
    """A state hands in its paper, which nobody reads yet. Refuses as `answer` does; NotASecretBallot instead of NotARollCall."""
    if vote.method != Method.SECRET_BALLOT:
        raise NotASecretBallot()
    return _marked(vote, state, at)


def close_vote(
    vote: Vote, *, at: datetime, rules: DecisionRules, present: Collection[str] | None = None, papers: Sequence[Choice] = ()
) -> Result:
    """Close it and count. `present` None: nobody called the roll; those who voted were there. `papers` are in no order.

    Raises VoteClosed, BeforeTheVote, NotAMember, NotAVoter or VotedThoughAbsent for `present`, PapersDoNotMatch.
    """
    _refuse_outside(vote, at)
    _refuse_papers(vote, papers)
    if present is not None:
        _refuse_present(vote, frozenset(present))
    chosen = Counter(papers if vote.method == Method.SECRET_BALLOT else (ballot.choice for ballot in vote.ballots))
    there = len(vote.voted) if present is None else len(frozenset(present))
    tally = Tally(
        members=len(vote.voters.members),
        entitled=len(vote.voters.entitled),
        parties=len(vote.voters.parties),
        present=None if present is None else there,
        absent=None if present is None else len(vote.voters.attending) - there,
        for_=chosen[Choice.FOR],
        against=chosen[Choice.AGAINST],
        abstain=chosen[Choice.ABSTAIN],
        spoiled=chosen[Choice.SPOILED],
    )
    return Result(replace(vote, closed=at), tally, decide(vote.rule, rules, tally))


def _marked(vote: Vote, state: str, at: datetime) -> Vote:
    _refuse_outside(vote, at)
    vote.voters.refuse_who_may_not_vote(state)
    if state in vote.voted:
        raise VotedAlready(state=state)
    return replace(vote, voted=vote.voted | {state})


def _refuse_outside(vote: Vote, at: datetime) -> None:
    if vote.closed is not None:
        raise VoteClosed(at=vote.closed)
    if at < vote.opened:
        raise BeforeTheVote(opened=vote.opened)


def _refuse_papers(vote: Vote, papers: Sequence[Choice]) -> None:
    if vote.method != Method.SECRET_BALLOT and papers:
        raise NotASecretBallot()
    if vote.method == Method.SECRET_BALLOT and len(papers) != len(vote.voted):
        raise PapersDoNotMatch(papers=len(papers), voted=len(vote.voted))


def _refuse_present(vote: Vote, present: frozenset[str]) -> None:
    for state in sorted(present - vote.voters.attending):
        vote.voters.refuse_who_may_not_vote(state)
    for state in sorted(vote.voted - present):
        raise VotedThoughAbsent(state=state)
