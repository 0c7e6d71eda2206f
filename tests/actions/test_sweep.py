"""The sweep: once, in order, whatever goes wrong."""

import threading
from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import text

from actions.closures import announce_closure
from actions.director import Director, NothingFires
from actions.kernel.move import open_kind
from actions.kernel.sweep import MOST_ATTEMPTS, sweep
from actions.kinds.house import GivenDay
from actions.kinds.mandate import Register
from actions.office import Office
from actions.status import is_well, status_of
from records import people
from tests.fixtures.offices import Stage


def register(stage: Stage, symbol: str, due: date | None = None) -> object:
    payload = Register(symbol=symbol, title="A title", issued_by="GA", source="test", due=GivenDay(on=due) if due else None)
    return open_kind(stage.office, "mandate", payload, by=stage.people["planner"]).id


def test_several_sweeps_at_once_fire_each_rung_once(house_office: Stage) -> None:
    for number in range(30):
        register(house_office, f"AG/RES. {number}", date(2015, 7, 31))
    house_office.to_day(date(2015, 9, 1))
    found = []
    threads = [threading.Thread(target=lambda: found.append(sweep(house_office.flows, batch=5))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    once = house_office.rows("SELECT count(*) FROM rung_fired")[0][0]
    assert sum(counts.fired for counts in found) == once
    assert sum(counts.failed for counts in found) == 0
    again = sweep(house_office.flows)
    assert again.fired == 0
    in_order = house_office.rows(
        "SELECT count(*) FROM (SELECT due_at, lag(due_at) OVER (PARTITION BY clock_id ORDER BY fired_at, due_at) AS before "
        "FROM rung_fired) r WHERE before > due_at"
    )
    assert in_order == [(0,)]


def test_a_poisoned_matter_is_set_aside_dead_lettered_and_revived_and_the_rest_goes_on(house_office: Stage) -> None:
    poisoned = register(house_office, "AG/RES. 1")
    register(house_office, "AG/RES. 2")
    with house_office.owner.begin() as connection:
        connection.execute(text("UPDATE clock SET name = 'nobody_knows_it' WHERE matter_id = :m"), {"m": poisoned})
    house_office.to_day(date(2015, 6, 23))
    first = sweep(house_office.flows)
    assert (first.matters, first.failed, first.dead) == (1, 1, 0)
    for _ in range(MOST_ATTEMPTS - 1):
        with house_office.owner.begin() as connection:
            connection.execute(text("UPDATE clock SET retry_at = NULL"))
        last = sweep(house_office.flows)
    assert last.dead == 1
    assert sweep(house_office.flows).failed == 0
    state = status_of(house_office.flows)
    assert state["dead_clocks"] == 1
    assert not is_well(state)


def test_an_empty_sweep_finds_nothing_and_a_director_says_so_when_nobody_fires(house_office: Stage) -> None:
    register(house_office, "AG/RES. 1")
    assert sweep(house_office.flows).matters == 0
    clock = Office(house_office.owner, database="house", environment="test", shelf=house_office.flows.shelf)
    director = Director([house_office.flows], [clock], patience=0.2)
    house_office.to_day(date(2015, 6, 30))
    with pytest.raises(NothingFires):
        director.wait_until_nothing_is_due()


def test_d02_a_late_holiday_moves_open_clocks_keeps_stopped_ones_and_is_in_the_ledger(house_office: Stage) -> None:
    register(house_office, "AG/RES. 1", date(2015, 7, 31))
    before = dict(house_office.rows("SELECT name, due_on FROM clock"))
    assert before == {"assignment": date(2015, 6, 29), "due": date(2015, 7, 31)}
    assert announce_closure(house_office.office, "US-DC", date(2015, 6, 22), "a closure") == 1
    after = dict(house_office.rows("SELECT name, due_on FROM clock"))
    assert after == {"assignment": date(2015, 6, 30), "due": date(2015, 7, 31)}
    entries = [row[0] for row in house_office.rows("SELECT body::jsonb->>'what' FROM ledger_entry ORDER BY made_at")]
    assert entries[-2:] == ["closure.announced", "clock.recomputed"]
    assert announce_closure(house_office.office, "US-DC", date(2015, 6, 22), "a closure") == 0


def test_rungs_a_stopped_worker_has_not_fired_keep_their_days_when_a_closure_is_announced(house_office: Stage) -> None:
    register(house_office, "AG/RES. 1", date(2015, 7, 31))
    house_office.to_day(date(2015, 8, 14))  # nobody swept since 15 June
    announce_closure(house_office.office, "US-DC", date(2015, 6, 22), "a closure")
    query = "SELECT c.name, rung, due_at::date FROM rung_fired JOIN clock c ON c.id = clock_id ORDER BY due_at, c.name, rung"
    seen = house_office.rows(query)
    assert [row for row in seen if row[0] == "assignment"][:3] == [
        ("assignment", "reminder", date(2015, 6, 22)),  # on the day that was still a working day when it came
        ("assignment", "last_day", date(2015, 6, 29)),
        ("assignment", "late", date(2015, 6, 30)),
    ]
    assert ("due", "late", date(2015, 8, 3)) in seen
    assert sweep(house_office.flows).fired == 0
    assert house_office.rows(query) == seen


def test_what_comes_after_the_announcement_goes_by_the_new_calendar(house_office: Stage) -> None:
    register(house_office, "AG/RES. 1")
    house_office.to_day(date(2015, 6, 23))
    announce_closure(house_office.office, "US-DC", date(2015, 6, 26), "a closure")
    assert house_office.rows("SELECT due_on, next_at::date FROM clock") == [(date(2015, 6, 30), date(2015, 6, 30))]
    assert house_office.rows("SELECT rung, due_at::date FROM rung_fired") == [("reminder", date(2015, 6, 22))]


def test_d03_a_long_running_office_sees_new_closures(house_office: Stage) -> None:
    with house_office.flows.open() as books:
        assert books.calendar().is_working(date(2015, 6, 24))
    announce_closure(house_office.office, "US-DC", date(2015, 6, 24), "a closure")
    with house_office.flows.open() as books:
        assert not books.calendar().is_working(date(2015, 6, 24))


def test_d17_lateness_is_stored_nowhere(house_office: Stage) -> None:
    columns = house_office.rows(
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' "
        "AND column_name ~ '(^|_)(late|lateness|overdue)(_|$)'"
    )
    assert columns == []


def test_an_absence_that_is_over_hands_over_also_when_it_is_swept_late(house_office: Stage) -> None:
    """Who is responsible must not depend on when a worker ran: a rung judges whoever was there on its own day."""
    matter = register(house_office, "AG/RES. 1")
    with house_office.office.open() as books:
        people.record_absence(books, uuid4(), house_office.people["planner"], date(2015, 7, 1), date(2015, 7, 10))
    house_office.to_day(date(2015, 7, 20))
    sweep(house_office.flows)
    query = "SELECT p.name FROM responsibility r JOIN person p ON p.id = r.person_id WHERE matter_id = :m AND until_at IS NULL"
    assert house_office.rows(query, m=matter) == [("Lawyer",)]
