"""A mandate on a real database: its moves, its clocks, its ladder."""

import threading
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from pydantic import ValidationError

from actions.kernel.actor import NotAllowed
from actions.kernel.move import move, open_kind
from actions.kernel.step import BeforeHistory, NotYet
from actions.kernel.sweep import sweep
from actions.kinds.house import GivenDay, GivenPeriod, HousePayload
from actions.kinds.mandate import AlreadyRegistered, Assign, Note, Register, Report
from records.matters import NotFound, StaleVersion
from states.machine import MoveRefused, NoSuchMove
from tests.fixtures.offices import Stage

M2876 = Register(
    symbol="AG/RES. 2876 (XLV-O/15)",
    title="Modernization and Reorganization of the General Secretariat",
    task="Submit adjustments to the Permanent Council",
    issued_by="GA",
    recipient="PC",
    on=date(2015, 6, 15),
    due=GivenDay(on=date(2015, 7, 31)),
    source="s1",
)
M1051 = Register(
    symbol="CP/RES. 1051 (2017/15)",
    title="Administrative Measures",
    issued_by="PC",
    on=date(2015, 5, 20),
    sunset=GivenPeriod(start=date(2015, 5, 26), count=180, first_day="counted"),
    source="e.trust",
)


def register(stage: Stage, payload: Register = M2876) -> UUID:
    return open_kind(stage.office, "mandate", payload, by=stage.people["planner"]).id


def state(stage: Stage, matter: UUID) -> object:
    return stage.rows("SELECT state FROM matter WHERE id = :id", id=matter)[0][0]


def everything(stage: Stage) -> list[object]:
    tables = ("matter", "event", "clock", "rung_fired", "outbox", "ledger_entry", "mandate", "link", "responsibility")
    return [stage.rows(f"SELECT * FROM {table} ORDER BY 1, 2") for table in tables]


def test_registering_starts_the_clocks_the_instrument_gives(house_office: Stage) -> None:
    register(house_office)
    found = house_office.rows("SELECT name, started_on, due_on, status FROM clock ORDER BY name")
    assert found == [
        ("assignment", date(2015, 6, 15), date(2015, 6, 29), "running"),
        ("due", date(2015, 6, 15), date(2015, 7, 31), "running"),
    ]


def test_reminders_come_once_and_at_opening_hours(house_office: Stage) -> None:
    register(house_office)
    house_office.to_day(date(2015, 6, 23))
    sweep(house_office.flows)
    again = sweep(house_office.flows)
    assert again.fired == 0
    found = house_office.rows("SELECT rung, due_at, outcome FROM rung_fired")
    assert found == [("reminder", datetime(2015, 6, 22, 13, tzinfo=UTC), "told")]
    assert house_office.rows("SELECT key, params->>'clock' FROM outbox") == [("notice.remind", "assignment")]


def test_a_180_day_authorisation_is_in_force_through_a_saturday_and_expired_on_the_next_day(house_office: Stage) -> None:
    matter = register(house_office, M1051)
    house_office.move_to(datetime(2015, 11, 22, 4, 59, tzinfo=UTC))
    sweep(house_office.flows)
    assert state(house_office, matter) == "in_force"
    house_office.move_to(datetime(2015, 11, 22, 5, 0, tzinfo=UTC))
    assert sweep(house_office.flows).lapsed == 1
    assert state(house_office, matter) == "expired"
    assert house_office.rows("SELECT effective_on, by_clock FROM event WHERE trigger = 'expire'") == [
        (date(2015, 11, 22), "sunset")
    ]
    assert house_office.rows("SELECT name, status FROM clock WHERE status = 'running'") == []


def test_a_move_after_a_sunset_finds_it_settled_although_no_worker_ran(house_office: Stage) -> None:
    matter = register(house_office, M1051)
    house_office.to_day(date(2015, 11, 30))
    with pytest.raises(NoSuchMove):
        move(house_office.office, matter, "assign", Assign(unit="OSG"), by=house_office.people["planner"])


def test_d08_stopped_for_ten_days_everything_fires_once_in_order_and_only_the_newest_is_told(house_office: Stage) -> None:
    register(house_office)
    house_office.to_day(date(2015, 7, 10))
    sweep(house_office.flows)
    found = house_office.rows("SELECT rung, round FROM rung_fired ORDER BY due_at")
    assert found == [("reminder", 0), ("last_day", 0), ("late", 0), ("handover", 0)]
    told = house_office.rows("SELECT p.name, o.params->>'rung' FROM outbox o JOIN person p ON p.id = o.person_id ORDER BY 1")
    assert told == [("Planner", "last_day"), ("Staff_Chief", "late")]


def test_an_absence_hands_over_by_itself_and_presence_does_not(house_office: Stage) -> None:
    matter = register(house_office)
    house_office.absent("planner", date(2015, 7, 1))
    house_office.to_day(date(2015, 7, 8))
    sweep(house_office.flows)
    query = (
        "SELECT p.name, r.why FROM responsibility r JOIN person p ON p.id = r.person_id "
        "WHERE matter_id = :m AND until_at IS NULL"
    )
    assert house_office.rows(query, m=matter) == [("Lawyer", "handed_over")]


def test_a_whole_life_to_fulfilment(house_office: Stage) -> None:
    planner, secretary = house_office.people["planner"], house_office.people["secretary"]
    matter = register(house_office)
    move(house_office.office, matter, "assign", Assign(unit="OSG", person=planner), by=planner)
    move(house_office.office, matter, "start", HousePayload(), by=planner)
    house_office.to_day(date(2016, 5, 10))
    move(house_office.office, matter, "report_done", Report(document="CP/doc.5190/16", on=date(2016, 5, 10)), by=planner)
    house_office.to_day(date(2016, 6, 15))
    with pytest.raises(MoveRefused) as refused:
        move(house_office.office, matter, "note_fulfilled", Note(body="PC", on=date(2016, 6, 15)), by=secretary)
    assert refused.value.unmet == ("the_mandating_body_took_note",)
    move(house_office.office, matter, "note_fulfilled", Note(body="GA", on=date(2016, 6, 15)), by=secretary)
    assert state(house_office, matter) == "fulfilled"
    assert house_office.rows("SELECT count(*) FROM clock WHERE status = 'running'") == [(0,)]


def test_facts_out_of_order_are_kept_as_irregular(house_office: Stage) -> None:
    planner = house_office.people["planner"]
    matter = register(house_office)
    house_office.to_day(date(2015, 8, 1))
    move(house_office.office, matter, "assign", Assign(unit="OSG", on=date(2015, 7, 20)), by=planner)
    move(house_office.office, matter, "start", HousePayload(on=date(2015, 7, 10)), by=planner)
    assert house_office.rows("SELECT trigger, irregular FROM event ORDER BY seq") == [
        ("open", False),
        ("assign", False),
        ("start", True),
    ]


@pytest.mark.parametrize(
    ("who", "trigger", "payload", "error"),
    [
        ("mission", "assign", Assign(unit="OSG"), NotAllowed),
        ("planner", "expire", HousePayload(), NotAllowed),
        ("planner", "note_fulfilled", Note(), NotAllowed),
        ("planner", "report_done", Report(), NoSuchMove),
        ("planner", "assign", Assign(unit="OSG", on=date(2016, 1, 1)), NotYet),
        ("planner", "assign", Assign(unit="OSG", on=date(1900, 1, 1)), BeforeHistory),
    ],
)
def test_a_refused_move_writes_nothing(
    house_office: Stage, who: str, trigger: str, payload: HousePayload, error: type[Exception]
) -> None:
    matter = register(house_office)
    before = everything(house_office)
    with pytest.raises(error):
        move(house_office.office, matter, trigger, payload, by=house_office.people[who])
    assert everything(house_office) == before


def test_a_stale_version_and_an_unknown_matter_are_refused(house_office: Stage) -> None:
    matter = register(house_office)
    before = everything(house_office)
    planner = house_office.people["planner"]
    with pytest.raises(StaleVersion):
        move(house_office.office, matter, "assign", Assign(unit="OSG"), by=planner, version=99)
    with pytest.raises(NotFound):
        move(house_office.office, UUID(int=1), "assign", Assign(unit="OSG"), by=planner)
    with pytest.raises(AlreadyRegistered):
        register(house_office)
    assert everything(house_office) == before


def test_of_eight_who_register_one_task_at_once_one_does_and_seven_are_told(house_office: Stage) -> None:
    found: list[str] = []

    def try_it() -> None:
        try:
            register(house_office)
            found.append("registered")
        except AlreadyRegistered:
            found.append("told")

    threads = [threading.Thread(target=try_it) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == ["registered", *["told"] * 7]


@pytest.mark.parametrize(
    "given",
    [
        {"start": "2015-05-26", "count": 36_501},
        {"start": "2015-05-26", "count": 6, "unit": "months", "first_day": "counted"},
        {"on": "0001-01-01"},
        {"on": "9999-12-31"},
    ],
)
def test_a_given_date_that_no_calendar_knows_is_refused_before_anything_is_done(given: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Register(symbol="AG/RES. 1", title="t", issued_by="GA", source="s", due=given)
