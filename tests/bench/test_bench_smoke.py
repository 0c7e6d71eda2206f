"""The bench measures what it says, at tiny sizes. How fast anything is, no test says."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from bench.__main__ import main
from bench.beside import Peer, beside
from bench.firing import fire, floor, ours
from bench.ground import Ground
from bench.page import BEGINS, ENDS, tables, write
from bench.planting import MOST_DAYS, House, plant
from bench.results import Beside, Fired, Results, Started, Ticked, growth
from bench.starting import start
from bench.ticking import tick
from records.bootstrap import drop_database
from states.due import business_offset
from tests.fixtures.databases import Server

PENDING, DUE, DAYS = 120, 20, 6

ROWS = """
SELECT f.rung, f.round, f.outcome, f.fired_at, f.person_id = r.person_id, f.due_at, c.due_on, c.next_at, c.status, c.attempts,
       o.key, o.person_id = r.person_id, o.dedup = c.id || ':thirty_days:0', o.made_at = f.fired_at,
       o.params = jsonb_build_object('matter', c.matter_id, 'kind', 'mandate', 'clock', 'sunset', 'rung', 'thirty_days',
                                     'due', c.due_on)
  FROM rung_fired f JOIN clock c ON c.id = f.clock_id JOIN responsibility r ON r.matter_id = c.matter_id
  LEFT JOIN outbox o ON o.dedup LIKE c.id || ':%%'
"""


@pytest.fixture
def ground(database_server: Server, tmp_path: Path) -> Ground:
    return Ground(tmp_path, database_server.postgres, database_server.passwords)


@contextmanager
def planted(ground: Ground, copy: int = 0) -> Iterator[House]:
    made = plant(ground, PENDING, due=DUE, days=DAYS, copy=copy)
    try:
        yield made
    finally:
        made.close()
        drop_database(ground.postgres.admin_url, made.name)


@pytest.fixture
def house(ground: Ground) -> Iterator[House]:
    with planted(ground) as made:
        yield made


def rows_of(house: House, day: date) -> list[tuple[object, ...]]:
    return house.ask(f"{ROWS} WHERE f.due_at = %s", house.calendar.opens(day))


def expected(house: House, day: date) -> tuple[object, ...]:
    ends = business_offset(day, 20, house.calendar)
    ahead = house.calendar.opens(business_offset(ends, -5, house.calendar))
    (now,) = house.ask("SELECT instant FROM office_clock")[0]
    told = ("notice.remind", True, True, True, True)
    return ("thirty_days", 0, "told", now, True, house.calendar.opens(day), ends, ahead, "running", 0, *told)


@pytest.mark.parametrize("way", [ours, floor])
def test_both_ways_write_the_same_whole_rows_and_nothing_else(house: House, way):
    way(house, house.days[0])
    assert rows_of(house, house.days[0]) == [expected(house, house.days[0])] * DUE
    assert house.ask("SELECT (SELECT count(*) FROM rung_fired), (SELECT count(*) FROM outbox)") == [(DUE, DUE)]
    assert house.ask("SELECT count(*) FROM clock WHERE next_at IS NOT NULL") == [(PENDING,)]
    assert house.ask("SELECT count(*) FROM event WHERE by_clock IS NOT NULL") == [(0,)]


def test_what_is_planted_is_what_the_product_would_have_derived(house: House):
    """Otherwise the sweep would put clocks right instead of firing them."""
    wrong = [
        due_on
        for started_on, due_on, next_at in house.ask("SELECT started_on, due_on, next_at FROM clock")
        if (due_on - started_on).days != 179 or next_at != house.calendar.opens(business_offset(due_on, -20, house.calendar))
    ]
    assert wrong == []
    found = house.ask("SELECT next_at, count(*) FROM clock GROUP BY 1 ORDER BY 1 LIMIT %s", DAYS)
    assert found == [(house.calendar.opens(day), DUE) for day in house.days]


def test_both_ways_take_turns_at_every_size(ground: Ground, house: House):
    heard: list[str] = []
    with planted(ground, copy=1) as other:
        found = fire([[house], [other]], times=2, told=heard.append)
    assert [(one.pending, len(one.ours), len(one.floor)) for one in found] == [(PENDING, 2, 2)] * 2
    assert all(one.per_clock > 0 and one.of_the_floor > 0 for one in found)
    assert len(heard) == 2
    assert house.ask("SELECT count(*) FROM rung_fired") == [(DAYS * DUE,)]


@pytest.mark.parametrize("way", [ours, floor])
def test_a_day_that_fires_something_else_than_it_should_is_no_measurement(house: House, way):
    house.to_day(house.days[0])
    with pytest.raises(AssertionError, match=f"{DUE} clocks were due"):
        way(house, house.days[1])


def test_no_more_is_planted_than_the_ladder_has_room_for(ground: Ground):
    with pytest.raises(ValueError, match="more days"):
        plant(ground, 1_000, due=1, days=MOST_DAYS + 1)
    with pytest.raises(ValueError, match="fewer clocks"):
        plant(ground, 10, due=11, days=1)


def test_an_empty_tick_is_empty(house: House):
    ticked = tick(house, times=3)
    assert (ticked.pending, len(ticked.looks), len(ticked.ones)) == (PENDING, 3, 3)
    assert house.ask("SELECT count(*) FROM sweep_run") == [(0,)]
    house.to_day(house.days[0])
    with pytest.raises(AssertionError, match="no empty tick"):
        tick(house, times=1)


def test_a_door_and_the_bare_application_are_started_until_they_answer(ground: Ground, house: House):
    try:
        started = start(ground, house, times=1)
    finally:
        drop_database(ground.postgres.admin_url, "bare")
    assert (len(started.door), len(started.bare)) == (1, 1)
    assert started.times > 0


def test_a_peer_that_cannot_run_is_said_and_not_counted(ground: Ground):
    found = beside(ground, Peer("Nobody", "nobody", own=False), [10, 20], due=1, rounds=1, seconds=1)
    assert [(one.pending, one.per_timer) for one in found] == [(10, None)]
    assert found[0].note.startswith("failed: ")


MEASURED = Results(
    fired=[Fired(10, 2, 0.1, [0.2, 0.4], [0.1, 0.1]), Fired(1_000, 2, 3.0, [0.3, 0.4], [0.4, 0.4])],
    ticked=[Ticked(1_000, [0.6, 0.5], [0.1, 0.1])],
    started=Started([1.0, 1.2], [0.8, 0.6]),
    beside=[Beside("Fast", 1_000, 1.0, 2, 2, 0.6), Beside("Slow", 1_000, 1.0, 2, 1, 9.0), Beside("Gone", 10, note="why")],
)


def test_ratios_are_medians_of_neighbours_in_time():
    small, large = MEASURED.fired
    assert growth(small, large) == pytest.approx((1.5 + 1.0) / 2)
    assert small.of_the_floor == pytest.approx((0.5 + 0.25) / 2)
    assert MEASURED.ticked[0].times == pytest.approx(5.5)


def test_the_tables_say_what_is_not_met():
    said = tables(MEASURED)
    assert "| a clock among 1,000 / among 10 | 1.25 | <= 1.2 | **no** |" in said
    assert "| speed / the floor's, 10 pending | 0.38 | >= 0.5 | **no** |" in said
    assert "| speed / the floor's, 1,000 pending | 1.17 | >= 0.5 | yes |" in said
    assert "| empty tick / `SELECT 1`, 1,000 pending | 5.50 | < 5 | **no** |" in said
    assert "| cold start / bare application | 1.62 | <= 2 | yes |" in said
    assert "| Fast | 1,000 | 2 | 300.00 | 1.7 | 1 |  |" in said
    assert "| Slow | 1,000 | 2 | 9000.00 | 51.4 | 1 | 1 fired in the time it was given |" in said
    assert "| Gone | 10 |  |  |  |  | why |" in said


def test_numbers_replace_numbers_and_nothing_else_of_the_page(tmp_path: Path):
    page = tmp_path / "page.md"
    page.write_text(f"before\n{BEGINS}\n97 bottles\n{ENDS}\nafter\n", encoding="utf-8")
    write(MEASURED, seconds=600, page=page)
    once = page.read_text(encoding="utf-8")
    assert once.startswith(f"before\n{BEGINS}\n")
    assert once.endswith(f"\n{ENDS}\nafter\n")
    assert "97 bottles" not in once
    assert tables(MEASURED) in once
    write(MEASURED, seconds=600, page=page)
    assert page.read_text(encoding="utf-8") == once
    page.write_text("no marks", encoding="utf-8")
    with pytest.raises(ValueError, match="no place"):
        write(MEASURED, seconds=600, page=page)


def test_only_takes_parts_that_there_are(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit):
        main(["--only", "fire,everything"])
    assert "fire,tick,start,beside" in capsys.readouterr().err
