"""The ledger at work: a head an office day, and a size that tells only the date."""

import json
import re
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.exc import ProgrammingError

from actions.ledger import LEAVES_A_DAY, Folded, due_fold, fold, newest_head, standing
from records.ledger import Entry, PublicHead, store
from tests.fixtures.databases import Database, Server
from tests.fixtures.ledgers import BEGUN, FORGED_LEAF, KEY, Either, acted, changed, checked, lines_of, nights, written
from tests.fixtures.offices import Stage
from tests.fixtures.ombuds_office import OmbudsStage, ombuds_house
from tests.fixtures.visitors import come


@pytest.fixture(params=["house_office", "ombuds_office"])
def stage(request: pytest.FixtureRequest) -> Either:
    """Each database's office in turn."""
    found: Either = request.getfixturevalue(request.param)
    return found


def test_a_day_is_closed_half_an_hour_after_its_end_at_the_office(stage: Either):
    acted(stage)
    nights(stage)
    today = newest_head(stage.flows).head.office_date + timedelta(days=1)
    after = datetime(today.year, today.month, today.day, tzinfo=UTC) + timedelta(days=1, hours=4)  # midnight in Washington
    stage.move_to(after + timedelta(minutes=29))
    assert not due_fold(stage.flows)
    assert fold(stage.flows, KEY) == Folded()
    stage.move_to(after + timedelta(minutes=30))
    assert due_fold(stage.flows)
    assert fold(stage.flows, KEY).heads == 1
    assert not due_fold(stage.flows)
    assert newest_head(stage.flows).head.office_date == today


def test_every_head_holds_and_the_export_is_sound(stage: Either):
    known = []
    for number in range(4):
        acted(stage, number)
        nights(stage)
        known.append(newest_head(stage.flows))
    for head in known:
        for told in (head, PublicHead.of(head.head)):
            verdict = checked(stage, told)
            assert verdict.findings == ()
            assert verdict.heads == 4
    assert checked(stage).last == PublicHead.of(known[-1].head)


def test_the_house_has_one_head_for_the_days_it_missed_and_one_for_a_day_without_entries(house_office: Stage):
    acted(house_office, 3)
    assert nights(house_office, 5) == Folded(1, 3)
    assert nights(house_office) == Folded(1, 0)
    assert newest_head(house_office.flows).head.office_date == date(2015, 6, 20)
    assert checked(house_office).findings == ()


def test_the_house_shows_its_entries_in_the_order_of_the_acts(house_office: Stage):
    acted(house_office, 5)
    nights(house_office)
    entries = [json.loads(line)["entry"] for line in lines_of(house_office.flows) if '"entry"' in line]
    assert [entry["facts"]["number"] for entry in entries] == [0, 1, 2, 3, 4]


def test_several_folds_at_once_make_one_head_a_day(stage: Either):
    acted(stage, 4)
    stage.to_day(BEGUN[stage.flows.database] + timedelta(days=1))
    done: list[Folded] = []
    threads = [threading.Thread(target=lambda: done.append(fold(stage.flows, KEY))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(each.heads for each in done) == [0, 0, 0, 1]
    assert checked(stage).findings == ()


def test_an_entry_under_way_during_the_fold_is_in_the_next_head(stage: Either):
    nights(stage)
    office = stage.office if isinstance(stage, Stage) else stage.intake
    with office.open() as books:
        store.append(books, Entry(books.today, "test.slow"), None)
        nights(stage)
        early = newest_head(stage.flows)
    nights(stage)
    assert stage.rows("SELECT count(*) FROM ledger_entry WHERE position IS NULL AND body::jsonb->>'what' = 'test.slow'") == [(0,)]
    assert checked(stage, early).findings == ()


def test_only_the_flows_may_fold(stage: Either):
    acted(stage)
    stage.to_day(BEGUN[stage.flows.database] + timedelta(days=1))
    doors = [stage.office] if isinstance(stage, Stage) else [stage.intake, stage.desk]
    before = written(stage)
    for door in doors:
        with pytest.raises(ProgrammingError, match="permission denied"):
            fold(door, KEY)
    assert written(stage) == before


def shape(lines: list[str]) -> list[str]:
    """An export without what is random in it."""
    return [re.sub(r"[0-9a-f]{32,}", lambda found: f"<{len(found[0])} digits>", line) for line in lines]


@pytest.fixture
def other_ombuds(database_server: Server) -> Iterator[Database]:
    yield from database_server.fresh("ombuds")


def test_two_offices_with_no_and_with_seven_complaints_look_alike(ombuds: Database, other_ombuds: Database):
    exports, heads = [], []
    for complaints, database in ((0, ombuds), (7, other_ombuds)):
        with ombuds_house(database) as stage:
            nights(stage)
            for _ in range(complaints):
                come(stage)
            nights(stage, 2)
            verdict = checked(stage)
            assert verdict.findings == ()
            exports.append(shape(lines_of(stage.flows)))
            heads.append(stage.rows("SELECT office_date, size, length(canonical), length(frontier) FROM ledger_head"))
    assert exports[0] == exports[1]
    assert heads[0] == heads[1]
    assert len(exports[0]) == 1 + 3 * (LEAVES_A_DAY + 1)


def test_every_missed_day_gets_its_batch(ombuds_office: OmbudsStage):
    nights(ombuds_office)
    acted(ombuds_office, 3)
    assert nights(ombuds_office, 6) == Folded(6, 6 * LEAVES_A_DAY)
    days = [row[0] for row in ombuds_office.rows("SELECT office_date FROM ledger_head ORDER BY 1")]
    assert days == [date(2016, 9, 1) + timedelta(days=number) for number in range(7)]
    assert checked(ombuds_office).findings == ()


def test_a_busy_day_is_carried_over_oldest_first(ombuds_office: OmbudsStage):
    acted(ombuds_office, LEAVES_A_DAY + 5)
    nights(ombuds_office)
    query = (
        "SELECT (body::jsonb->'facts'->>'number')::int FROM ledger_entry WHERE position IS {} NULL AND body LIKE '%test.done%'"
    )
    assert {row[0] for row in ombuds_office.rows(query.format("NOT"))} == set(range(LEAVES_A_DAY))
    nights(ombuds_office)
    assert ombuds_office.rows(query.format("")) == []
    assert newest_head(ombuds_office.flows).head.size == 2 * LEAVES_A_DAY


def test_places_do_not_tell_the_order_of_arrival(ombuds_office: OmbudsStage):
    acted(ombuds_office, 12)
    nights(ombuds_office)
    query = "SELECT position FROM ledger_entry WHERE body LIKE '%test.done%' ORDER BY (body::jsonb->'facts'->>'number')::int"
    order = [row[0] for row in ombuds_office.rows(query)]
    assert len(order) == 12
    assert order != sorted(order)  # 1 in 12! by chance
    assert len(ombuds_office.rows("SELECT DISTINCT made_at, xid::text FROM ledger_entry WHERE position IS NOT NULL")) == 1


def test_two_equal_commitments_are_two_leaves(ombuds_office: OmbudsStage):
    acted(ombuds_office, 2)
    changed(ombuds_office, "UPDATE ledger_entry SET commitment = :leaf", leaf=FORGED_LEAF)
    nights(ombuds_office)
    waiting = "SELECT count(*) FROM ledger_entry WHERE position IS NULL AND commitment = :leaf"
    assert ombuds_office.rows(waiting, leaf=FORGED_LEAF) == [(0,)]
    assert checked(ombuds_office).findings == ()


def test_what_was_erased_still_verifies_before_and_after_the_fold(ombuds_office: OmbudsStage):
    first = come(ombuds_office).matter
    with ombuds_office.flows.open() as books:
        assert store.erase(books, first) > 0  # while it waits
    nights(ombuds_office)
    known = newest_head(ombuds_office.flows)
    second = come(ombuds_office).matter
    nights(ombuds_office)
    with ombuds_office.flows.open() as books:
        assert store.erase(books, second) > 0
    nights(ombuds_office)
    assert checked(ombuds_office, known).findings == ()
    said = ombuds_office.rows("SELECT count(*) FROM ledger_entry WHERE body LIKE '%complaint.%'")
    assert said == [(0,)]


def test_conversations_leave_one_tally_a_day_in_a_band(ombuds_office: OmbudsStage):
    nights(ombuds_office)
    for _ in range(2):
        come(ombuds_office, "consultation").does("stop")
    nights(ombuds_office)
    for _ in range(5):
        come(ombuds_office, "consultation").does("stop")
    nights(ombuds_office)
    query = "SELECT body::jsonb->>'at_day', body::jsonb->'facts' FROM ledger_entry WHERE body LIKE '%consultation.tally%'"
    assert ombuds_office.rows(query + " ORDER BY 1") == [
        ("2016-09-01", {"rested": "none"}),
        ("2016-09-02", {"rested": "some"}),
        ("2016-09-03", {"rested": "many"}),
    ]
    others = "SELECT count(*) FROM ledger_entry WHERE body LIKE '%consultation.%' AND body NOT LIKE '%consultation.tally%'"
    assert ombuds_office.rows(others) == [(0,)]
    assert ombuds_office.rows("SELECT count(*) FROM ledger_entry WHERE matter_id IS NOT NULL") == [(0,)]


def test_the_house_has_no_tally(house_office: Stage):
    nights(house_office, 3)
    assert house_office.rows("SELECT count(*) FROM ledger_entry WHERE body LIKE '%tally%'") == [(0,)]


def test_standing_counts_what_waits(stage: Either):
    acted(stage, 2)
    assert standing(stage.flows).waiting == 2
    nights(stage)
    now = standing(stage.flows)
    assert now.waiting == (0 if stage.flows.database == "house" else 1)  # the day's tally
    assert now.last_day == BEGUN[stage.flows.database]
