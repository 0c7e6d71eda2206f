"""The calendar files of both packs, and what a wrong one is told."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from policies.calendars import Calendars, CalendarSpec, UnknownCalendar, load
from policies.limits import POLICIES
from policies.reading import RulesUnreadable

# Typed again by hand.
MEMBERS = {
    "AG", "AR", "BS", "BB", "BZ", "BO", "BR", "CA", "CL", "CO", "CR", "CU", "DM", "DO", "EC", "SV", "GD", "GT",
    "GY", "HT", "HN", "JM", "MX", "NI", "PA", "PY", "PE", "KN", "LC", "VC", "SR", "TT", "US", "UY", "VE",
}  # fmt: skip
WITHOUT_OFFICE = {"AR", "BR", "CA", "CL", "CO", "CU", "US"}
SPEC: dict[str, Any] = {"code": "US", "zone": "America/New_York", "country": "US", "source": "test", "verified": False}
FILE = """
office = "US"
[[stations]]
code = "US"
zone = "America/New_York"
country = "US"
source = "test"
verified = false
"""


@pytest.fixture(scope="module")
def oas() -> Calendars:
    return load(POLICIES / "oas" / "calendars.toml")


def test_headquarters_is_washington_and_opens_at_nine(oas: Calendars):
    office = oas.spec()
    assert (office.code, office.zone, office.country, office.subdivision) == ("US-DC", "America/New_York", "US", "DC")
    assert (office.opens.isoformat(), office.closes.isoformat()) == ("09:00:00", "17:30:00")


def test_all_35_member_states_are_listed_and_28_have_an_office(oas: Calendars):
    countries = {station.country for station in oas.stations}
    staffed = {station.code for station in oas.stations if station.staffed} - {"US-DC"}
    assert countries == MEMBERS
    assert staffed == MEMBERS - WITHOUT_OFFICE
    assert len(staffed) == 28


@pytest.mark.parametrize("pack", ["oas", "eu"])
def test_no_list_of_days_passes_for_verified(pack: str):
    assert not any(station.verified for station in load(POLICIES / pack / "calendars.toml").stations)


def test_none_is_the_offices_place_without_holidays(oas: Calendars):
    plain = oas.spec("none")
    assert (plain.country, plain.zone, plain.weekend) == (None, "America/New_York", ("sat", "sun"))


def test_an_unknown_code_is_refused_and_the_known_ones_are_named(oas: Calendars):
    with pytest.raises(UnknownCalendar) as refused:
        oas.spec("XX")
    assert {"US-DC", "BO", "none"} <= set(str(refused.value.params["known"]).split(", "))


@pytest.mark.parametrize(
    ("change", "names"),
    [
        ({"zone": "America/Washington"}, "no time zone"),
        ({"zone": "../etc/passwd"}, "no time zone"),
        ({"opens": "17:30", "closes": "09:00"}, "open before it closes"),
        ({"weekend": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]}, "never works"),
        ({"weekend": ["saturday"]}, "weekend"),
        ({"code": "washington"}, "code"),
        ({"holidays": []}, "holidays"),
        ({"added": [{"day": "2026-04-03", "name": "Good Friday"}]}, "source"),
        (
            {
                "added": [{"day": "2026-04-03", "name": "x", "source": "x"}],
                "removed": [{"day": "2026-04-03", "source": "x"}],
            },
            "both added and removed: 2026-04-03",
        ),
    ],
)
def test_a_calendar_that_makes_no_sense_is_refused(change: dict[str, Any], names: str):
    with pytest.raises(ValidationError, match=names):
        CalendarSpec(**{**SPEC, **change})


@pytest.mark.parametrize(
    ("old", "new", "key", "reason"),
    [
        ('office = "US"', 'office = "DC"', "-", "not among the stations"),
        ("verified = false", "verified = false\nzon = 1", "stations.0.zon", "Extra inputs"),
        ('"America/New_York"', '"Nowhere"', "stations.0.zone", "IANA"),
        ('office = "US"', "office = ", "-", "TOMLDecodeError"),
    ],
)
def test_a_broken_file_is_refused_with_file_key_and_reason(tmp_path: Path, old: str, new: str, key: str, reason: str):
    file = tmp_path / "calendars.toml"
    file.write_text(FILE.replace(old, new))
    with pytest.raises(RulesUnreadable) as refused:
        load(file)
    assert str(refused.value.params["file"]).endswith("/calendars.toml")
    assert refused.value.params["key"] == key
    assert reason in str(refused.value.params["reason"])


def test_a_missing_file_is_refused(tmp_path: Path):
    with pytest.raises(RulesUnreadable, match=r"calendars\.toml"):
        load(tmp_path / "calendars.toml")


def test_a_code_listed_twice_is_refused():
    with pytest.raises(ValidationError, match="listed twice: US"):
        Calendars.model_validate({"office": "US", "stations": [SPEC, SPEC]})
