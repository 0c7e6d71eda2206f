"""A vote from its opening to its result: who may vote is fixed when it opens, and a secret ballot stays one."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.decisions import DecisionRules, Method, load
from policies.members import load as load_members
from policies.pack import PACKS
from policies.refusal import Refusal
from states.deciding.voters import NotAMember, NotAVoter, Voters, voters_on
from states.deciding.voting import (
    BeforeTheVote,
    Choice,
    MethodNotUsed,
    NotARollCall,
    NotASecretBallot,
    PapersDoNotMatch,
    Vote,
    VoteClosed,
    VotedAlready,
    VotedThoughAbsent,
    answer,
    close_vote,
    hand_in,
    open_vote,
)

RULES = load(PACKS / "oas" / "decisions.toml")
MEMBERS = load_members(PACKS / "oas" / "members.toml")
JUNE = voters_on(date(2018, 6, 5), MEMBERS)
T0 = datetime(2018, 6, 5, 15, tzinfo=UTC)
FOR, AGAINST, ABSTAIN, SPOILED = Choice
SMALL = Voters(date(2018, 6, 5), frozenset({"AA", "BB", "CC", "DD", "EE"}), frozenset({"EE"}), frozenset({"DD"}))


def at(minutes: int) -> datetime:
    return T0 + timedelta(minutes=minutes)


def opened(rule: str = "majority", method: Method = Method.ROLL_CALL, voters: Voters = JUNE) -> Vote:
    return open_vote(rule, method, voters, at=T0, rules=RULES)


def called(vote: Vote, **answers: Choice) -> Vote:
    for minute, (state, choice) in enumerate(answers.items()):
        vote = answer(vote, state, choice, at=at(minute))
    return vote


def test_the_vote_of_june_2018_state_by_state():
    states = sorted(JUNE.entitled)
    answers = dict(zip(states, [FOR] * 19 + [AGAINST] * 4 + [ABSTAIN] * 11, strict=True))
    result = close_vote(called(opened(), **answers), at=at(60), rules=RULES)
    assert (result.tally.members, result.tally.entitled, result.tally.for_, result.tally.against) == (35, 34, 19, 4)
    assert (result.outcome.adopted, result.outcome.needed) == (True, 18)
    suspension = close_vote(called(opened("two_thirds"), **answers), at=at(60), rules=RULES)
    assert (suspension.outcome.adopted, suspension.outcome.needed) == (False, 24)


def test_the_vote_of_july_2024_failed_with_five_absent():
    voters = voters_on(date(2024, 7, 31), MEMBERS)
    there = sorted(voters.entitled)[:28]
    vote = called(opened("council_majority", voters=voters), **dict(zip(there, [FOR] * 17 + [ABSTAIN] * 11, strict=True)))
    result = close_vote(vote, at=at(60), rules=RULES, present=there)
    assert (result.tally.present, result.tally.absent) == (28, 5)
    assert (result.outcome.adopted, result.outcome.needed) == (False, 18)


def test_voters_are_those_of_the_day_it_opened():
    before, after = (voters_on(day, MEMBERS) for day in (date(2023, 11, 18), date(2023, 11, 19)))
    assert answer(opened(voters=before), "NI", FOR, at=at(1)).voted == {"NI"}
    with pytest.raises(NotAMember):
        answer(opened(voters=after), "NI", FOR, at=at(1))


def test_a_roll_call_keeps_who_answered_what_and_when():
    vote = called(opened(), AR=FOR, BO=AGAINST)
    assert [(one.state, one.choice, one.at) for one in vote.ballots] == [("AR", FOR, at(0)), ("BO", AGAINST, at(1))]


REFUSED = {
    "twice": ("AR", FOR, at(5), VotedAlready),
    "suspended": ("CU", FOR, at(5), NotAVoter),
    "stranger": ("FR", FOR, at(5), NotAMember),
    "early": ("BO", FOR, at(-1), BeforeTheVote),
    "spoiled": ("BO", SPOILED, at(5), NotARollCall),
}


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_a_ballot_that_must_not_be_is_refused_and_changes_nothing(case: str):
    state, choice, when, refusal = REFUSED[case]
    vote = called(opened(), AR=FOR)
    before = replace(vote)
    with pytest.raises(refusal):
        answer(vote, state, choice, at=when)
    assert vote == before


def test_a_ballot_after_closing_is_refused():
    result = close_vote(called(opened(), AR=FOR), at=at(10), rules=RULES)
    with pytest.raises(VoteClosed):
        answer(result.vote, "BO", FOR, at=at(11))
    with pytest.raises(VoteClosed):
        answer(result.vote, "BO", FOR, at=at(9))
    with pytest.raises(VoteClosed):
        close_vote(result.vote, at=at(12), rules=RULES)


def test_a_name_that_is_no_state_is_not_repeated():
    with pytest.raises(NotAMember) as caught:
        answer(opened(), "my secret words", FOR, at=at(1))
    assert "secret" not in str(caught.value)


def secret(*states: str) -> Vote:
    vote = opened("election", Method.SECRET_BALLOT)
    for minute, state in enumerate(states):
        vote = hand_in(vote, state, at=at(minute))
    return vote


def test_a_secret_ballot_keeps_no_link_between_state_and_paper():
    vote = secret("AR", "BO", "BR")
    result = close_vote(vote, at=at(9), rules=RULES, papers=[FOR, SPOILED, AGAINST])
    assert (result.tally.for_, result.tally.against, result.tally.spoiled) == (1, 1, 1)
    assert result.vote.ballots == vote.ballots == ()
    kept = {field.name: getattr(result.vote, field.name) for field in fields(result.vote)}
    assert not any(isinstance(value, Choice) for value in kept.values())
    assert kept["voted"] == {"AR", "BO", "BR"}


@given(papers=st.permutations([FOR, FOR, AGAINST, ABSTAIN, SPOILED]))
def test_the_order_of_papers_tells_and_changes_nothing(papers: list[Choice]):
    vote = secret("AR", "BO", "BR", "CL", "CO")
    in_order = close_vote(vote, at=at(9), rules=RULES, papers=sorted(papers))
    assert close_vote(vote, at=at(9), rules=RULES, papers=papers) == in_order


@pytest.mark.parametrize(("state", "refusal"), [("AR", VotedAlready), ("CU", NotAVoter), ("FR", NotAMember)])
def test_a_paper_that_must_not_be_is_refused(state: str, refusal: type[Refusal]):
    vote = secret("AR")
    with pytest.raises(refusal):
        hand_in(vote, state, at=at(3))
    assert vote.voted == {"AR"}


@pytest.mark.parametrize("papers", [[], [FOR], [FOR, FOR, FOR]], ids=len)
def test_papers_must_be_as_many_as_were_handed_in(papers: list[Choice]):
    with pytest.raises(PapersDoNotMatch):
        close_vote(secret("AR", "BO"), at=at(9), rules=RULES, papers=papers)


def test_the_two_methods_are_not_mixed():
    with pytest.raises(NotARollCall):
        answer(secret(), "AR", FOR, at=at(1))
    with pytest.raises(NotASecretBallot):
        hand_in(opened(), "AR", at=at(1))
    with pytest.raises(NotASecretBallot):
        close_vote(opened(), at=at(1), rules=RULES, papers=[FOR])


def test_a_method_that_the_rule_or_the_house_does_not_use_is_refused():
    for rule, method in (("election", Method.ROLL_CALL), ("majority", Method.CONSENSUS)):
        with pytest.raises(MethodNotUsed):
            opened(rule, method)
    bare = DecisionRules(rules=RULES.rules, quorums=RULES.quorums)
    with pytest.raises(MethodNotUsed):
        open_vote("majority", Method.ROLL_CALL, JUNE, at=T0, rules=bare)


def test_parties_may_be_there_and_may_not_vote():
    vote = opened("peaceful_settlement", voters=SMALL)
    with pytest.raises(NotAVoter):
        answer(vote, "DD", FOR, at=at(1))
    result = close_vote(called(vote, AA=FOR, BB=FOR, CC=FOR), at=at(9), rules=RULES, present=["AA", "BB", "CC", "DD"])
    assert (result.tally.present, result.tally.absent, result.outcome.counted, result.outcome.needed) == (4, 0, 4, 3)
    assert result.outcome.adopted


def test_who_voted_was_there_and_who_is_suspended_was_not():
    vote = called(opened("peaceful_settlement", voters=SMALL), AA=FOR)
    with pytest.raises(VotedThoughAbsent):
        close_vote(vote, at=at(9), rules=RULES, present=["BB"])
    with pytest.raises(NotAVoter):
        close_vote(vote, at=at(9), rules=RULES, present=["AA", "EE"])
    with pytest.raises(BeforeTheVote):
        close_vote(vote, at=at(-1), rules=RULES)


def test_a_party_is_a_member():
    with pytest.raises(NotAMember):
        voters_on(date(2018, 6, 5), MEMBERS, parties=["FR"])
