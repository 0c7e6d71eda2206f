"""Every named limit against the numbers of domain.md, typed again by hand."""

from pathlib import Path

import pytest

from policies.limits import (
    POLICIES,
    RuleHasNoPeriod,
    UnknownPack,
    UnknownRule,
    load,
    named_period,
    rules,
)
from policies.reading import RulesUnreadable

WORKING, CALENDAR, MONTHS = "working_days", "calendar_days", "months"
OAS = {
    "staff_rule_112_1_a": [(15, CALENDAR, "next_working_day")],
    "staff_rule_112_1_b": [(20, CALENDAR, "next_working_day")],
    "staff_rule_112_1_c": [(3, WORKING, "none")],
    "staff_rule_112_2_silence": [(23, CALENDAR, "next_working_day")],
    "staff_rule_112_2_reconsideration": [(15, CALENDAR, "next_working_day")],
    "tribunal_headquarters": [(90, CALENDAR, "none")],
    "tribunal_away": [(120, CALENDAR, "none")],
    "tribunal_no_decision": [(30, CALENDAR, "none")],
    "tribunal_headquarters_after_silence": [(30, CALENDAR, "none"), (90, CALENDAR, "none")],
    "tribunal_away_after_silence": [(30, CALENDAR, "none"), (120, CALENDAR, "none")],
    "tribunal_committee_late": [(30, CALENDAR, "none")],
}
EU = {
    "directive_2019_1937_acknowledgement": [(7, CALENDAR, "none")],
    "directive_2019_1937_feedback": [(3, MONTHS, "none")],
    "directive_2019_1937_feedback_never_acknowledged": [(7, CALENDAR, "none"), (3, MONTHS, "none")],
    "directive_2019_1937_feedback_justified": [(6, MONTHS, "none")],
}
CLOCKS = """
[clocks.acknowledgement]
count = 7
unit = "calendar_days"
ladder = "officer"
source = "test"
verified = false

[clocks.sunset]
unit = "given"
ladder = "officer"
source = "test"
verified = false
"""


@pytest.fixture
def policies(tmp_path: Path) -> Path:
    """A folder of packs with one pack, `house`, that has the limits of `oas` and one kind."""
    pack = tmp_path / "house"
    pack.mkdir()
    (pack / "limits.toml").write_text((POLICIES / "oas" / "limits.toml").read_text())
    (pack / "complaint.toml").write_text(CLOCKS)
    return tmp_path


@pytest.mark.parametrize(("pack", "expected"), [("oas", OAS), ("eu", EU)])
def test_every_limit_has_the_numbers_of_its_source(pack: str, expected: dict[str, list[tuple[int, str, str]]]):
    found = load(POLICIES / pack / "limits.toml")
    seen = {name: [(p.count, p.unit, p.roll) for p in limit.chain] for name, limit in found.items()}
    assert seen == expected


def test_periods_of_up_to_five_days_are_working_days_and_longer_ones_are_not():
    """Staff Rule 112.1(e)."""
    for name, limit in load(POLICIES / "oas" / "limits.toml").items():
        if name.startswith("staff_rule"):
            assert (limit.unit == WORKING) == (limit.count <= 5), name


def test_the_tribunals_limit_depends_on_where_one_works():
    limits = load(POLICIES / "oas" / "limits.toml")
    assert limits["tribunal_headquarters"].station == "headquarters"
    assert limits["tribunal_away"].station == "away_from_headquarters"


def test_what_is_known_from_memory_is_not_verified():
    limits = load(POLICIES / "eu" / "limits.toml")
    unverified = {name for name, limit in limits.items() if not all(p.verified for p in limit.chain)}
    assert unverified == {
        "directive_2019_1937_feedback_never_acknowledged",
        "directive_2019_1937_feedback_justified",
    }
    assert all("memory" in limits[name].source for name in unverified)


def test_a_kinds_clock_is_found_by_its_name_whatever_else_its_table_says(policies: Path):
    (period,) = named_period("house", "complaint.acknowledgement", policies)
    assert (period.count, period.unit, period.source) == (7, CALENDAR, "test")


def test_a_clock_whose_date_is_given_has_no_period(policies: Path):
    with pytest.raises(RuleHasNoPeriod):
        named_period("house", "complaint.sunset", policies)
    assert "complaint.sunset" not in [rule.name for rule in rules("house", policies)]


def test_an_unknown_rule_is_refused_and_the_known_ones_are_named(policies: Path):
    with pytest.raises(UnknownRule) as refused:
        named_period("house", "complaint.acknowledgment", policies)
    assert str(refused.value.params["known"]).split(", ") == [*OAS, "complaint.acknowledgement"]


@pytest.mark.parametrize("pack", ["uno", "../oas", "", "."])
def test_an_unknown_pack_is_refused_and_no_path_gets_out(policies: Path, pack: str):
    with pytest.raises(UnknownPack) as refused:
        named_period(pack, "staff_rule_112_1_a", policies)
    assert refused.value.params["known"] == "house"


def test_a_broken_clock_is_refused_with_file_key_and_reason(policies: Path):
    (policies / "house" / "complaint.toml").write_text(CLOCKS.replace("count = 7", "count = 0"))
    with pytest.raises(RulesUnreadable) as refused:
        named_period("house", "complaint.acknowledgement", policies)
    assert refused.value.params["file"] == "house/complaint.toml"
    assert refused.value.params["key"] == "clocks.acknowledgement.count"


def test_a_misspelt_key_of_a_limit_is_refused(policies: Path):
    file = policies / "house" / "limits.toml"
    file.write_text(file.read_text().replace("roll =", "rol =", 1))
    with pytest.raises(RulesUnreadable) as refused:
        load(file)
    assert refused.value.params["key"] == "staff_rule_112_1_a.rol"
