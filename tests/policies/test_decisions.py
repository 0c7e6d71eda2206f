"""Rules of decision: shares are exact, what is unknown stays unknown, and a file that contradicts itself is refused."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from policies.decisions import Base, DecisionRules, Method, NoSuchDecisionRule, Part, Requirement, load
from policies.pack import PACKS, load_pack, pack_folder
from policies.reading import RulesUnreadable

OAS = load(PACKS / "oas" / "decisions.toml")
SOURCED = {"source": "test", "verified": False}


def part(share: str, strictness: str) -> Part:
    return Part.model_validate({"share": share, "strictness": strictness, **SOURCED})


def refused(**changes: Any) -> str:
    rule = {"base": "members", "share": "1/2", "strictness": "more_than", **SOURCED}
    content: dict[str, Any] = {"rules": {"one": rule | changes.pop("rule", {})}, **changes}
    with pytest.raises(ValidationError) as caught:
        DecisionRules.model_validate(content)
    return str(caught.value)


@pytest.mark.parametrize(
    ("share", "strictness", "count", "needed"),
    [
        ("1/2", "more_than", 35, 18),
        ("1/2", "more_than", 34, 18),
        ("1/2", "at_least", 34, 17),
        ("1/2", "at_least", 35, 18),
        ("2/3", "at_least", 35, 24),
        ("2/3", "at_least", 34, 23),
        ("2/3", "at_least", 33, 22),
        ("2/3", "more_than", 33, 23),
        ("1/3", "at_least", 35, 12),
        ("1/1", "at_least", 35, 35),
        ("1/2", "at_least", 0, 1),
        ("1/2", "more_than", 0, 1),
    ],
    ids=str,
)
def test_a_share_of_a_count_is_taken_exactly(share: str, strictness: str, count: int, needed: int):
    assert part(share, strictness).of(count) == needed


@given(numerator=st.integers(1, 9999), denominator=st.integers(1, 9999), count=st.integers(1, 10**30))
def test_what_is_needed_is_the_least_number_that_reaches_the_share(numerator: int, denominator: int, count: int):
    low, high = sorted((numerator, denominator))
    share = Fraction(low, high)
    enough = part(f"{low}/{high}", "at_least").of(count)
    assert enough is not None
    assert Fraction(enough, count) >= share > Fraction(enough - 1, count)
    if share < 1:
        more = part(f"{low}/{high}", "more_than").of(count)
        assert more is not None
        assert Fraction(more, count) > share >= Fraction(more - 1, count)


def test_a_share_nobody_has_established_needs_an_unknown_number():
    assert part("unknown", "at_least").of(35) is None


@pytest.mark.parametrize("share", ["3/2", "0/3", "1/0", "0.5", "1/2 ", "-1/2", "half", "", "1/20000"])
def test_what_is_no_share_is_refused(share: str):
    assert "share" in refused(rule={"share": share})


def test_rules_that_contradict_themselves_are_refused():
    assert "never be reached" in refused(rule={"share": "1/1"})
    assert "quorum 'few'" in refused(rule={"quorum": "few"})
    assert "without the parties" in refused(rule={"without_parties": True, "base": "cast"})
    lock = {"holds": ["discuss"], "length": 12, "unit": "hours_after_distribution", "languages": ["en"], **SOURCED}
    assert "waived by the rule 'nobody'" in refused(locks={"wait": lock | {"waived_by": "nobody"}})
    assert "reconsidered by the rule 'nobody'" in refused(reconsidered_by="nobody")
    assert "Extra inputs" in refused(rule={"treshold": "1/2"})
    assert "rules" in refused(rules={})


def test_a_broken_file_is_refused_with_its_key(tmp_path: Path):
    file = tmp_path / "decisions.toml"
    file.write_text((PACKS / "oas" / "decisions.toml").read_text(encoding="utf-8").replace('"2/3"', '"7/3"', 1), encoding="utf-8")
    with pytest.raises(RulesUnreadable) as caught:
        load(file)
    assert caught.value.params["key"] == "rules.two_thirds.share"


def test_an_unknown_rule_is_refused_by_naming_those_there_are():
    with pytest.raises(NoSuchDecisionRule) as caught:
        OAS.requirement("my secret words")
    assert "secret" not in str(caught.value)
    assert "majority, " in str(caught.value.params["known"])


def test_majority_and_two_thirds_are_of_all_members():
    def shape(rule: Requirement) -> tuple[Base, str, str]:
        return rule.base, rule.share, rule.strictness

    assert shape(OAS.rules["majority"]) == (Base.MEMBERS, "1/2", "more_than")
    assert shape(OAS.rules["two_thirds"]) == (Base.MEMBERS, "2/3", "at_least")


def test_what_was_not_read_is_not_called_verified():
    unverified = {name for name, rule in OAS.rules.items() if not rule.verified}
    assert unverified >= {"simple_majority", "committee", "late_admission", "reconsideration", "election"}
    council = OAS.quorums["council"]
    assert council.to_open is not None
    assert council.to_vote is not None
    assert (council.to_open.verified, council.to_vote.share) == (False, "unknown")


def test_every_method_has_its_rule_and_only_a_secret_vote_is_not_explained():
    assert set(OAS.methods) == set(Method)
    assert [name for name, rule in OAS.methods.items() if not rule.explained] == [Method.SECRET_BALLOT]


def test_the_pack_holds_the_same_rules_and_can_be_read_back():
    pack = load_pack(pack_folder("oas"))
    assert pack.decisions == OAS
    assert type(pack).from_text(pack.canonical()) == pack
