"""Which days the office works: real holidays, late closures, midnight, and a source that fails."""

from datetime import UTC, date, datetime, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.calendars import CalendarSpec
from policies.calendars import load as load_file
from policies.limits import POLICIES
from states.calendars import CalendarSourceFailed, DayOutOfRange, load, refresh

OAS = load_file(POLICIES / "oas" / "calendars.toml")
EU = load_file(POLICIES / "eu" / "calendars.toml")
DC = load(OAS.spec("US-DC"))
ZONES = sorted({station.zone for station in (*OAS.stations, *EU.stations)})


def in_zone(zone: str) -> CalendarSpec:
    return CalendarSpec(code="none", zone=zone, country=None, source="test", verified=False)


@pytest.mark.parametrize(
    ("pack", "code"), [("oas", c) for c in OAS.codes] + [("eu", c) for c in EU.codes if c != "none"]
)
def test_every_member_state_is_loadable(pack: str, code: str):
    calendar = load((OAS if pack == "oas" else EU).spec(code))
    has_holidays = any(day.year == 2026 for day in calendar.closed)
    assert has_holidays == (code != "none")
    assert calendar.first.year <= 2015
    assert calendar.is_working(date(2015, 6, 16)) is not None


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2027, 12, 31), "New Year's Day (observed)"),
        (date(2026, 4, 16), "Emancipation Day"),
        (date(2027, 6, 18), "Juneteenth National Independence Day (observed)"),
        (date(2026, 7, 3), "Independence Day (observed)"),
    ],
)
def test_washington_is_closed_on_observed_and_local_holidays(day: date, name: str):
    assert not DC.is_working(day)
    assert DC.closed[day] == name


def test_emancipation_day_is_a_holiday_in_the_district_only():
    assert load(OAS.spec("US")).is_working(date(2026, 4, 16))


def test_good_friday_is_a_holiday_in_bolivia_and_not_in_washington():
    assert DC.is_working(date(2026, 4, 3))
    assert not load(OAS.spec("BO")).is_working(date(2026, 4, 3))


def test_holidays_are_named_in_the_language_asked_for_where_the_library_has_it():
    assert load(OAS.spec("BO"), language="en").closed[date(2026, 4, 3)] == "Good Friday"
    assert load(OAS.spec("BO"), language="es").closed[date(2026, 4, 3)] == "Viernes Santo"
    assert load(OAS.spec("BR"), language="pt").closed[date(2026, 4, 3)] == "Sexta-feira Santa"
    assert load(OAS.spec("HT"), language="fr").closed[date(2026, 4, 3)] == "Vendredi Saint"
    assert load(OAS.spec("US-DC"), language="fr").closed[date(2026, 12, 25)] == "Christmas Day"


def test_names_do_not_depend_on_whose_computer_it_is(monkeypatch: pytest.MonkeyPatch):
    before = load(OAS.spec("BO"), language="pt")
    for variable in ("LANGUAGE", "LC_ALL", "LANG"):
        monkeypatch.setenv(variable, "en_US")
    assert load(OAS.spec("BO"), language="pt") == before


def test_the_houses_file_adds_and_removes_days_and_a_late_closure_wins():
    columbus, saturday, good_friday = date(2026, 10, 12), date(2026, 4, 11), date(2026, 4, 3)
    spec = OAS.spec("US-DC").model_copy(update=edits(added=good_friday, removed=(columbus, saturday)))
    calendar = load(spec)
    assert [calendar.is_working(day) for day in (columbus, saturday, good_friday)] == [True, True, False]
    late = load(spec, [(columbus, "Snow"), (saturday, "Flood")])
    assert [late.is_working(day) for day in (columbus, saturday)] == [False, False]
    assert late.closed[columbus] == "Snow"
    assert late.closed[saturday] == "Flood"


def edits(added: date, removed: tuple[date, ...]) -> dict[str, object]:
    spec = CalendarSpec.model_validate(
        {
            **OAS.spec("US-DC").model_dump(),
            "added": [{"day": added, "name": "Good Friday", "source": "test"}],
            "removed": [{"day": day, "source": "test"} for day in removed],
        }
    )
    return {"added": spec.added, "removed": spec.removed}


def test_d03_a_long_running_process_sees_a_closure_at_the_next_refresh():
    snow = date(2026, 1, 26)
    held, _ = refresh(DC, OAS.spec("US-DC"))
    assert held.is_working(snow)
    held, alarm = refresh(held, OAS.spec("US-DC"), [(snow, "Snow")])
    assert not held.is_working(snow)
    assert alarm is None


class BrokenError(Exception):
    pass


def nothing(*_: object, **__: object) -> dict[date, str]:
    return holidays.HolidayBase()


def failing(*_: object, **__: object) -> dict[date, str]:
    raise BrokenError


@pytest.mark.parametrize("source", [nothing, failing])
def test_d19_a_failing_source_keeps_the_last_good_set_takes_late_closures_and_alarms(monkeypatch, source):
    monkeypatch.setattr(holidays, "country_holidays", source)
    snow = date(2026, 1, 26)
    kept, alarm = refresh(DC, OAS.spec("US-DC"), [(snow, "Snow")])
    assert dict(kept.closed) == {**DC.closed, snow: "Snow"}
    assert alarm.said.key == "alarm.calendar_source_failed"
    assert alarm.said.params["calendar"] == "US-DC"


@pytest.mark.parametrize("source", [nothing, failing])
def test_d19_without_a_last_good_set_nothing_starts(monkeypatch, source):
    monkeypatch.setattr(holidays, "country_holidays", source)
    with pytest.raises(CalendarSourceFailed):
        refresh(None, OAS.spec("US-DC"))


def test_d19_a_source_that_has_lost_one_year_has_failed(monkeypatch):
    whole = {day: name for day, name in DC.closed.items() if day.year != 2031}
    monkeypatch.setattr(holidays, "country_holidays", lambda *_, **__: _Fixed(whole))
    with pytest.raises(CalendarSourceFailed):
        load(OAS.spec("US-DC"))


class _Fixed(dict):
    supported_languages: tuple[str, ...] = ()
    default_language = None


def test_a_country_the_library_does_not_know_is_a_failed_source():
    spec = OAS.spec("BO").model_copy(update={"country": "XX"})
    with pytest.raises(CalendarSourceFailed):
        load(spec)


@pytest.mark.parametrize("day", [date(1947, 12, 31), date(2100, 1, 1)])
def test_a_day_of_which_nothing_is_known_is_refused_not_guessed(day: date):
    with pytest.raises(DayOutOfRange):
        DC.is_working(day)


@given(zone=st.sampled_from(ZONES), day=st.dates(date(1990, 1, 1), date(2099, 12, 30)))
def test_d04_the_local_day_begins_at_its_first_instant_in_every_zone_and_across_dst(zone: str, day: date):
    calendar = load(in_zone(zone))
    start = calendar.start_of(day)
    assert start.tzinfo is UTC
    assert calendar.local_date(start) == day
    assert calendar.local_date(start - timedelta(microseconds=1)) == day - timedelta(days=1)


def test_d04_where_clocks_skip_midnight_the_day_begins_at_the_jump():
    calendar = load(in_zone("America/Asuncion"))
    assert calendar.start_of(date(2023, 10, 1)) == datetime(2023, 10, 1, 4, tzinfo=UTC)


def test_d04_the_office_opens_at_nine_in_winter_and_in_summer():
    assert DC.opens(date(2026, 3, 6)) == datetime(2026, 3, 6, 14, tzinfo=UTC)
    assert DC.opens(date(2026, 3, 9)) == datetime(2026, 3, 9, 13, tzinfo=UTC)


def test_the_last_minute_of_a_day_in_washington_is_the_next_day_in_utc_and_still_that_day():
    assert DC.local_date(datetime(2026, 12, 1, 4, 59, 59, tzinfo=UTC)) == date(2026, 11, 30)


def test_a_naive_instant_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        DC.local_date(datetime(2026, 12, 1, 4, 59, 59))  # noqa: DTZ001 -- the point of the test
