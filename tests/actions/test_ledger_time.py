"""A clock that cannot be trusted signs nothing, and nothing is lost meanwhile."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

import actions.office
from actions import ledger
from actions.ledger import LEAVES_A_DAY, Folded, LedgerTimeJumped, LedgerTimeWentBack, due_fold, fold, newest_head, standing
from actions.office import Office
from policies.refusal import Refusal
from records import office_clock
from records.ledger import Entry, store
from tests.fixtures.databases import Database
from tests.fixtures.ledgers import KEY, acted, checked, nights, written
from tests.fixtures.offices import Stage, shelf


class Wall:
    """The world's clock in our hand."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 21, 17, tzinfo=UTC)


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch) -> Wall:
    hand = Wall()
    monkeypatch.setattr(actions.office, "wall_now", lambda: hand.now)
    return hand


def real_offices(house: Database, ombuds: Database) -> list[Stage]:
    """Both offices in real time, begun now."""
    stages = []
    for name, database, door in (("house", house, "house_council"), ("ombuds", ombuds, "ombuds_intake")):
        owner = create_engine(database.owner_url, poolclass=NullPool)
        with owner.begin() as connection:
            office_clock.initialise(connection, "real")
        made = [
            Office(create_engine(database.url(role), poolclass=NullPool), database=name, environment="real", shelf=shelf())
            for role in (door, f"{name}_flows")
        ]
        stage = Stage(database, *made, owner)
        with stage.office.open() as books:
            store.append(books, Entry(books.today, "house.begun"), None)
        stages.append(stage)
    return stages


def test_the_first_head_is_of_the_day_on_which_the_house_began(house: Database, ombuds: Database, wall: Wall):
    for stage in real_offices(house, ombuds):
        wall.now = datetime(2026, 11, 21, 17, tzinfo=UTC)
        assert not due_fold(stage.flows)
        assert fold(stage.flows, KEY) == Folded()
        wall.now += timedelta(days=3)
        leaves, heads = (1, 1) if stage.flows.database == "house" else (3 * LEAVES_A_DAY, 3)
        assert fold(stage.flows, KEY) == Folded(heads, leaves)
        assert newest_head(stage.flows).head.office_date == date(2026, 11, 23)


def test_a_clock_that_went_back_signs_nothing_until_its_day_is_over(house: Database, ombuds: Database, wall: Wall):
    for stage in real_offices(house, ombuds):
        wall.now = datetime(2026, 12, 11, 17, tzinfo=UTC)
        fold(stage.flows, KEY)
        acted(stage)
        wall.now = datetime(2026, 12, 1, 17, tzinfo=UTC)
        refuses(stage, LedgerTimeWentBack)
        wall.now = datetime(2026, 12, 12, 17, tzinfo=UTC)
        assert fold(stage.flows, KEY).heads == 1
        assert checked(stage).findings == ()


def test_a_clock_that_jumped_signs_nothing_unless_a_person_says_that_there_was_an_outage(
    house: Database, ombuds: Database, wall: Wall
):
    for stage in real_offices(house, ombuds):
        wall.now = datetime(2026, 11, 22, 17, tzinfo=UTC)
        fold(stage.flows, KEY)
        acted(stage)
        wall.now += timedelta(days=ledger.MOST_MISSED_DAYS + 1)
        refuses(stage, LedgerTimeJumped)
        assert fold(stage.flows, KEY, after_outage=True).heads == (1 if stage.flows.database == "house" else 32)
        assert standing(stage.flows).trouble is None


def refuses(stage: Stage, refusal: type[Refusal]) -> None:
    before = written(stage)
    with pytest.raises(refusal):
        fold(stage.flows, KEY)
    assert written(stage) == before
    assert not due_fold(stage.flows)
    now = standing(stage.flows)
    assert isinstance(now.trouble, refusal)
    assert now.waiting > 0


def test_a_director_may_jump_as_far_as_the_story_needs(house_office: Stage):
    nights(house_office)
    acted(house_office)
    assert nights(house_office, 400) == Folded(1, 1)


def test_a_demo_that_has_not_been_moved_yet_signs_nothing_dated_today(house: Database, wall: Wall):
    """The first entry of a demo is of the day on which it was installed; its story plays years before."""
    owner = create_engine(house.owner_url)
    with owner.begin() as connection:
        office_clock.initialise(connection, "demo")
    one = Office(create_engine(house.url("house_flows")), database="house", environment="demo", shelf=shelf())
    stage = Stage(house, one, one, owner)
    acted(stage)
    assert not due_fold(one)
    assert fold(one, KEY) == Folded()
    stage.to_day(date(2015, 6, 15))
    assert fold(one, KEY) == Folded(1, 1)
    assert newest_head(one).head.office_date == date(2015, 6, 14)
    one.engine.dispose()
    owner.dispose()
