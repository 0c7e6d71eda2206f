"""The ombudsperson's figures: what each table counts, read from lives that are known by hand, by the role that may."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.reports import ReportPeriod
from records.tables import METADATA
from tests.fixtures.counting import YEAR, add_up, cells, counted, counts_of, plant, reports_office
from tests.fixtures.databases import Server
from tests.fixtures.ombuds_office import OmbudsStage, ombuds_house
from tests.fixtures.visitors import at_desk, come, on_rung, opened_by, secret

DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def planted(database_server: Server) -> Iterator[OmbudsStage]:
    """One office for what is planted by the row; each test takes its rows away."""
    with contextmanager(database_server.fresh)("ombuds") as database, ombuds_house(database) as stage:
        yield stage


@pytest.fixture
def office(planted: OmbudsStage) -> Iterator[OmbudsStage]:
    yield planted
    with planted.owner.begin() as connection:
        connection.exec_driver_sql("TRUNCATE matter, tally CASCADE")


def test_a_year_is_counted_from_the_moves_themselves(ombuds_office: OmbudsStage):
    stage = ombuds_office
    guest, other = come(stage, identity=secret("Rosa Luna")), come(stage)
    for one in (guest, other):
        opened_by(stage, on_rung(stage, one.matter, 0), one.matter)
    for trigger in ("acknowledge", "screen"):
        at_desk(stage, on_rung(stage, guest.matter, 0), guest.matter, trigger)
    stage.to_day(date(2016, 9, 20))
    at_desk(stage, on_rung(stage, guest.matter, 0), guest.matter, "decline", ground="out_of_remit", text="Not ours.")
    at_desk(stage, on_rung(stage, other.matter, 0), other.matter, "acknowledge")
    guest.does("request_review")
    reviewer = stage.rows("SELECT person_id FROM responsibility WHERE matter_id = :m AND until_at IS NULL", m=guest.matter)[0][0]
    who = next(name for name, person in stage.people.items() if person == reviewer)
    at_desk(stage, who, guest.matter, "reopen")
    counts = counts_of(stage)
    shown = {name: cells(counts.table(name)) for name in ("received", "reopened", "closed", "open_at_start", "open_at_end")}
    assert shown == {
        "received": {("formal",): 2},
        "reopened": {("formal",): 1},
        "closed": {("formal", "declined"): 1},
        "open_at_start": {},
        "open_at_end": {("formal",): 2},
    }
    assert cells(counts.table("closed_by_ground")) == {("out_of_remit",): 1}
    assert cells(counts.table("closed_by_region")) == {("unknown", "formal"): 1}
    assert cells(counts.table("marks")) == {("second_look_asked",): 1, ("second_look_reopened",): 1}
    assert cells(counts.table("timeliness")) == {
        ("complaint.acknowledgement", "met"): 1,
        ("complaint.acknowledgement", "late"): 1,
        ("complaint.feedback", "met"): 1,
        ("complaint.review", "met"): 1,
        ("complaint.screening", "met"): 1,
    }
    took = {one.clock: (one.observed, one.median, one.p90) for one in counts.durations if one.median}
    assert took == {
        "complaint.acknowledgement": (2, 9.5, 17.1),
        "complaint.feedback": (1, 19.0, 19.0),
        "complaint.screening": (1, 19.0, 19.0),
    }
    assert set(add_up(counts).values()) == {0}
    assert counts.unclassified == 3


def test_an_act_that_is_told_late_counts_on_its_day_and_never_before_the_opening(office: OmbudsStage):
    plant(office, (date(2016, 3, 1), date(2016, 2, 1), "closed"))
    assert office.rows("SELECT until_on FROM case_spell") == [(date(2016, 3, 1),)]
    assert cells(counts_of(office).table("closed")) == {("formal", "closed"): 1}


def test_visitors_are_counted_once_while_they_are_there_and_when_they_are_destroyed(ombuds_office: OmbudsStage):
    stage = ombuds_office
    open_one, gone = come(stage, "consultation"), come(stage, "consultation")
    gone.does("stop")
    before = counts_of(stage)
    assert cells(before.table("visitors_received")) == {("informal",): 2}
    assert cells(before.table("visitors_closed")) == {("informal", "stopped"): 1}
    assert cells(before.table("visitors_open_at_end")) == {("informal",): 1}
    with stage.owner.begin() as connection:
        connection.exec_driver_sql("DELETE FROM sealed_text")
        connection.exec_driver_sql("DELETE FROM matter WHERE id = %s", (gone.matter,))
    after = counts_of(stage)
    assert (before.tables, before.balances) == (after.tables, after.balances)
    assert set(add_up(after).values()) == {0}
    open_one.does("stop")
    next_year = counts_of(stage, ReportPeriod.named("2017"))
    assert not any(table.cells for table in next_year.tables if table.name.startswith("visitors"))


def test_matters_without_the_heads_seat_are_counted_apart_and_nowhere_else(ombuds_office: OmbudsStage):
    stage = ombuds_office
    for track in ("complaint", "consultation"):
        come(stage, track)
        come(stage, track, excluded=(stage.people["head"],)).does("withdraw_stop" if track == "complaint" else "stop")
    ours, apart = counts_of(stage), counts_of(stage, apart=True)
    assert cells(ours.table("received")) == {("formal",): 1} == cells(ours.table("open_at_end"))
    assert cells(ours.table("closed")) == {} == cells(ours.table("visitors_closed"))
    assert cells(apart.table("closed")) == {("formal", "withdrawn"): 1}
    assert cells(apart.table("visitors_closed")) == {("informal", "stopped"): 1}
    assert cells(ours.table("visitors_received")) == cells(apart.table("visitors_received")) == {("informal",): 1}
    assert set(add_up(ours).values()) == set(add_up(apart).values()) == {0}


def test_who_headed_the_office_at_another_time_does_not_bring_a_matter_back(office: OmbudsStage):
    matter = plant(office, (date(2016, 9, 1), None, None), head_seated=False)
    with office.owner.begin() as connection:
        for who, since, until in (("officer_a", "2016-09-01", "2016-10-01"), ("officer_b", "2016-09-01", None)):
            connection.exec_driver_sql(
                "INSERT INTO seat (id, matter_id, holder, person_id, rung, epoch, key_sealed, from_at, until_at)"
                " VALUES (%s, %s, 'person', %s, 0, 1, '', %s, %s)",
                (uuid4(), matter, office.people[who], since, until),
            )
        role = "INSERT INTO appointment VALUES (%s, %s, 'ombudsperson', %s, %s)"
        connection.exec_driver_sql(role, (uuid4(), office.people["officer_a"], date(2017, 1, 1), None))
    assert cells(counts_of(office, apart=True).table("received")) == {("formal",): 1}
    with office.owner.begin() as connection:
        connection.exec_driver_sql(role, (uuid4(), office.people["officer_b"], date(2017, 1, 1), None))
    assert cells(counts_of(office, apart=True).table("received")) == {}
    assert cells(counts_of(office).table("received")) == {("formal",): 1}
    with office.owner.begin() as connection:
        connection.exec_driver_sql("DELETE FROM appointment WHERE from_on = '2017-01-01'")


def test_a_cell_knows_its_ten_largest_heads_the_rest_and_the_unknown(office: OmbudsStage):
    closed = (date(2016, 2, 1), date(2016, 5, 1), "closed")
    heads = [uuid4() for _ in range(12)]
    for number, head in enumerate(heads):
        for _ in range(2 if number < 3 else 1):
            plant(office, closed, about="head", subject=head, station="CR", personnel="staff", issues=("2H", "4J"))
    plant(office, closed, about="nobody", station="US-DC")
    plant(office, closed)
    counts = counts_of(office)
    (cell,) = counts.table("closed").cells
    assert (cell.count, len(cell.heads), cell.other_heads, cell.unknown) == (17, 10, 2, 1)
    assert {tag for tag, number in cell.heads.items() if number == 2} == {str(head) for head in heads[:3]}
    assert cells(counts.table("closed_by_station")) == {("CR",): 15, ("US-DC",): 1, ("unknown",): 1}
    assert cells(counts.table("closed_by_region")) == {
        ("central_america_mexico", "formal"): 15, ("headquarters", "formal"): 1, ("unknown", "formal"): 1,
    }  # fmt: skip
    assert cells(counts.table("closed_by_personnel")) == {("staff",): 15, ("unknown",): 2}
    assert cells(counts.table("issues")) == {("2H",): 15, ("4J",): 15}
    assert len(counts.table("issues").values["sub_code"]) == 87
    assert counts.unclassified == 1


def test_a_class_that_no_list_has_any_more_stands_at_its_end(office: OmbudsStage):
    plant(office, (date(2016, 2, 1), date(2016, 5, 1), "closed"), about="nobody", station="XX", personnel="pages")
    counts = counts_of(office)
    assert counts.table("closed_by_personnel").values["personnel"][-1] == "pages"
    assert cells(counts.table("closed_by_region")) == {("elsewhere", "formal"): 1}


LIVES = st.lists(st.lists(st.integers(-400, 800), min_size=1, max_size=5), max_size=8)


@settings(max_examples=5, deadline=None)
@given(lives=LIVES)
def test_whatever_lives_there_were_every_balance_comes_to_nothing(planted: OmbudsStage, lives: list[list[int]]):
    try:
        for life in lives:
            days = [YEAR.first + day * DAY for day in sorted(life)]
            spells = [(days[at], days[at + 1] if at + 1 < len(days) else None, "closed") for at in range(0, len(days), 2)]
            plant(planted, *spells, about="nobody")
        with reports_office(planted) as reports:
            for code in ("2015", "2017"):
                assert set(add_up(counted(reports, ReportPeriod.named(code))).values()) == {0}
            quarters = [counted(reports, ReportPeriod.named(f"2016-Q{number}")) for number in range(1, 5)]
            year = counted(reports, YEAR)
        assert {total for one in (year, *quarters) for total in add_up(one).values()} == {0}
        closed = sum(cell.count for cell in year.table("closed").cells)
        assert {sum(cell.count for cell in table.cells) for table in year.tables if table.measure == "closed"} == {closed}
        for name in ("received", "reopened", "closed"):
            added = sum(cell.count for one in quarters for cell in one.table(name).cells)
            assert added == sum(cell.count for cell in year.table(name).cells)
    finally:
        with planted.owner.begin() as connection:
            connection.exec_driver_sql("TRUNCATE matter CASCADE")


def test_a_shredded_matter_takes_what_was_counted_of_it_with_it(office: OmbudsStage):
    matter = plant(office, (date(2016, 2, 1), date(2016, 5, 1), "closed"), about="head", subject=uuid4(), issues=("2H",))
    hang_on = [t.name for t in METADATA.sorted_tables if t.name.startswith("case_")]
    assert hang_on == ["case_facts", "case_issue", "case_mark", "case_spell"]
    with office.owner.begin() as connection:
        connection.exec_driver_sql("INSERT INTO case_mark VALUES (%s, 1, 'x', '2016-02-01')", (matter,))
        connection.exec_driver_sql("DELETE FROM matter WHERE id = %s", (matter,))
    assert [office.rows(f"SELECT count(*) FROM {table}") for table in hang_on] == [[(0,)]] * 4
