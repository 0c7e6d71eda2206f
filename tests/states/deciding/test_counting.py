"""From numbers to a decision: the real votes, every base, quorums, and numbers that cannot be."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.decisions import Base, DecisionRules, load
from policies.pack import PACKS
from policies.refusal import Refusal
from states.deciding.counting import NoPartiesHere, RuleNotEstablished, decide
from states.deciding.tally import (
    MoreAbsentThanLeft,
    MoreEntitledThanMembers,
    MorePresentThanMembers,
    MoreVotesThanPresent,
    MoreVotesThanVoters,
    NegativeCount,
    NobodyToDecide,
    Tally,
)
from web.messages import LANGUAGES, Messages

OAS = load(PACKS / "oas" / "decisions.toml")
SOURCED = {"source": "test", "verified": True}


def house(base: str = "members", share: str = "1/2", strictness: str = "more_than", **quorum: Any) -> DecisionRules:
    demanded = {step: {"strictness": "at_least", "base": "members", **SOURCED, **what} for step, what in quorum.items()}
    rule = {"base": base, "share": share, "strictness": strictness, "quorum": "q", **SOURCED}
    return DecisionRules.model_validate({"rules": {"r": rule}, "quorums": {"q": demanded}})


def keys(*args: Any) -> list[str]:
    return [said.key for said in decide(*args).why]


@pytest.mark.parametrize(
    ("rule", "tally", "adopted", "needed"),
    [
        ("majority", Tally(35, 19, 4, 11), True, 18),
        ("two_thirds", Tally(35, 19, 4, 11), False, 24),
        ("majority", Tally(34, 17, 0, 11, absent=5), False, 18),
        ("council_majority", Tally(34, 17, 0, 11, absent=5), False, 18),
        ("two_thirds", Tally(34, 22, 0, 0), False, 23),
        ("two_thirds", Tally(34, 23, 0, 0), True, 23),
        ("majority", Tally(35, 17, 4, 0, present=21), False, 18),
        ("simple_majority", Tally(35, 17, 4, 0, present=21), True, 11),
    ],
    ids=[
        "2018-adopted",
        "2018-suspension",
        "2024-failed",
        "2024-council",
        "34-short",
        "34-enough",
        "2017-members",
        "2017-voting",
    ],
)
def test_the_real_votes_come_out_as_they_did(rule: str, tally: Tally, adopted: bool, needed: int):
    outcome = decide(rule, OAS, tally)
    assert (outcome.adopted, outcome.needed) == (adopted, needed)


@pytest.mark.parametrize(
    ("base", "counted", "needed"),
    [
        ("members", 35, 18),
        ("entitled", 34, 18),
        ("present", 30, 16),
        ("cast", 16, 9),
        ("cast_with_abstentions", 28, 15),
        ("valid", 26, 14),
    ],
)
def test_each_base_counts_its_own(base: str, counted: int, needed: int):
    tally = Tally(35, 10, 6, 10, present=30, absent=4, entitled=34, spoiled=2)
    outcome = decide("r", house(base), tally)
    assert (outcome.base, outcome.counted, outcome.needed) == (base, counted, needed)


def test_abstentions_move_the_threshold_only_where_they_are_in_the_base():
    few, many = Tally(35, 10, 9, 0), Tally(35, 10, 9, 15)
    assert decide("r", house("cast"), few).needed == decide("r", house("cast"), many).needed == 10
    assert decide("r", house("cast_with_abstentions"), few).adopted
    assert not decide("r", house("cast_with_abstentions"), many).adopted
    assert decide("r", house("members"), few).needed == decide("r", house("members"), many).needed == 18


def test_nobody_voting_adopts_nothing():
    for base in Base:
        assert not decide("r", house(base, strictness="at_least"), Tally(35, 0, 0, 35)).adopted


def test_a_tie_is_not_more_than_half():
    assert not decide("r", house("cast"), Tally(34, 17, 17, 0)).adopted
    assert decide("r", house("cast", strictness="at_least"), Tally(34, 17, 17, 0)).adopted


def test_who_is_suspended_is_in_the_base_of_all_members():
    outcome = decide("majority", OAS, Tally(35, 17, 0, 17, entitled=34))
    assert (outcome.adopted, outcome.needed) == (False, 18)


def test_without_the_quorum_nothing_is_adopted_however_many_are_for_it():
    rules = house("cast", to_open={"share": "1/3"}, to_vote={"share": "2/3"})
    full, opened, empty = (Tally(30, 9, 0, 0, present=present) for present in (20, 10, 9))
    assert decide("r", rules, full).adopted
    assert not decide("r", rules, opened).adopted
    assert "deciding.too_few_to_vote" in keys("r", rules, opened)
    assert "deciding.too_few_to_open" not in keys("r", rules, opened)
    assert not decide("r", rules, empty).adopted
    assert {"deciding.too_few_to_open", "deciding.too_few_to_vote"} < set(keys("r", rules, empty))
    assert decide("r", rules, empty).needed == 5


def test_a_quorum_may_leave_out_who_may_not_come():
    rules = house("cast", to_vote={"share": "2/3", "base": "entitled"})
    assert decide("r", rules, Tally(34, 22, 0, 0, entitled=33)).adopted
    assert not decide("r", rules, Tally(34, 22, 0, 0)).adopted


def test_a_quorum_nobody_established_is_said_and_not_checked():
    rules = house("cast", to_vote={"share": "unknown"})
    assert decide("r", rules, Tally(34, 1, 0, 0)).adopted
    assert "deciding.quorum_unknown" in keys("r", rules, Tally(34, 1, 0, 0))


def test_a_rule_nobody_established_counts_nothing():
    with pytest.raises(RuleNotEstablished):
        decide("r", house(share="unknown"), Tally(34, 34, 0, 0))


def test_parties_are_neither_counted_nor_asked():
    outcome = decide("peaceful_settlement", OAS, Tally(35, 22, 0, 0, parties=2))
    assert (outcome.adopted, outcome.counted, outcome.needed) == (True, 33, 22)
    with pytest.raises(MoreVotesThanVoters):
        Tally(35, 34, 0, 0, parties=2)
    with pytest.raises(NoPartiesHere):
        decide("majority", OAS, Tally(35, 22, 0, 0, parties=2))


def test_why_says_when_presence_was_taken_from_the_votes():
    rules = house("present")
    assert "deciding.present_taken" in keys("r", rules, Tally(34, 1, 0, 0))
    assert "deciding.present_taken" not in keys("r", rules, Tally(34, 1, 0, 0, present=1))


def test_why_says_when_nobody_has_read_the_rule():
    assert "deciding.not_read" in keys("reconsideration", OAS, Tally(35, 24, 0, 0))
    assert "deciding.not_read" not in keys("majority", OAS, Tally(35, 24, 0, 0))


@pytest.mark.parametrize(
    ("numbers", "refusal"),
    [
        ({"members": -1}, NegativeCount),
        ({"for_": -1}, NegativeCount),
        ({"absent": -1}, NegativeCount),
        ({"spoiled": -1}, NegativeCount),
        ({"members": 0, "for_": 0}, NobodyToDecide),
        ({"members": 2, "parties": 2}, NobodyToDecide),
        ({"for_": 36}, MoreVotesThanVoters),
        ({"for_": 20, "against": 10, "abstain": 6}, MoreVotesThanVoters),
        ({"for_": 35, "entitled": 34}, MoreVotesThanVoters),
        ({"entitled": 36}, MoreEntitledThanMembers),
        ({"present": 36}, MorePresentThanMembers),
        ({"present": 35, "entitled": 34}, MorePresentThanMembers),
        ({"present": 9, "for_": 10}, MoreVotesThanPresent),
        ({"absent": 31, "for_": 5}, MoreAbsentThanLeft),
        ({"absent": 16, "present": 20}, MoreAbsentThanLeft),
    ],
    ids=str,
)
def test_numbers_that_cannot_be_are_refused_by_name(numbers: dict[str, int], refusal: type[Refusal]):
    with pytest.raises(refusal) as caught:
        Tally(**({"members": 35, "for_": 1, "against": 0, "abstain": 0} | numbers))
    assert caught.type is refusal


COUNTS = st.integers(0, 60)


@given(for_=COUNTS, against=COUNTS, abstain=COUNTS, silent=COUNTS, base=st.sampled_from(Base))
def test_a_decision_is_the_comparison_of_shares(for_: int, against: int, abstain: int, silent: int, base: Base):
    members = for_ + against + abstain + silent
    if members == 0:
        return
    tally = Tally(members, for_, against, abstain)
    for strictness in ("more_than", "at_least"):
        outcome = decide("r", house(base, "2/3", strictness), tally)
        share = Fraction(for_, outcome.counted) if outcome.counted else Fraction(0)
        reached = share > Fraction(2, 3) if strictness == "more_than" else share >= Fraction(2, 3)
        assert outcome.adopted is reached
        assert outcome.adopted is (for_ >= outcome.needed)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_its_sentence(language: str):
    messages = Messages(language)
    quorums = {"to_open": {"share": "2/3"}, "to_vote": {"share": "2/3"}}
    for base in Base:
        for strictness in ("more_than", "at_least"):
            for tally in (Tally(35, 4, 1, 1), Tally(35, 30, 1, 1)):
                assert all(messages.say(said) for said in decide("r", house(base, "1/2", strictness, **quorums), tally).why)
    for rule in OAS.rules:
        assert all(messages.say(said) for said in decide(rule, OAS, Tally(35, 4, 1, 1)).why)
    assert messages.say(decide("peaceful_settlement", OAS, Tally(35, 4, 1, 1, parties=1)).why[0])
    assert f"deciding.base.{Base.ENTITLED}.without_parties" in messages
