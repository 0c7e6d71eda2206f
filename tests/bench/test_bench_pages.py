"""Pages are measured as a person gets them, on an office that stands as the product would have made it."""

from collections.abc import Iterator

import psycopg
import pytest

from bench.desk_planting import DeskHouse, plant_desk
from bench.ground import Ground
from bench.page import tables
from bench.pages import measured, weight
from bench.results import Results
from records.bootstrap import OWNER, drop_database
from tests.fixtures.databases import Server

CASES = (40, 90)


@pytest.fixture(scope="module")
def ground(database_server: Server, tmp_path_factory: pytest.TempPathFactory) -> Ground:
    return Ground(tmp_path_factory.mktemp("bench"), database_server.postgres, database_server.passwords)


@pytest.fixture(scope="module")
def houses(ground: Ground) -> Iterator[list[DeskHouse]]:
    made = [plant_desk(ground, cases) for cases in CASES]
    yield made
    for house in made:
        house.close()
        drop_database(ground.postgres.admin_url, house.name)


def test_every_planted_case_stands_in_the_queue_as_the_database_would_have_put_it(ground: Ground, houses: list[DeskHouse]):
    for house, cases in zip(houses, CASES, strict=True):
        with psycopg.connect(**ground.straight(OWNER, house.name)) as owner:
            kept = owner.execute("TABLE queue_line ORDER BY 1, 2").fetchall()
            made = owner.execute("TABLE queue_now ORDER BY 1, 2").fetchall()
        assert kept == made
        assert len(kept) == 3 * cases
        queue = house.head.get("/v1/queue?limit=200").json()
        assert {one["id"] for found in queue.values() for one in found} >= {str(house.case)}
        assert len({one["id"] for found in queue.values() for one in found}) == cases
        assert all(found for found in queue.values()), "each list is measured with something in it"


def test_each_page_is_measured_and_what_was_asked_for_is_said(ground: Ground, houses: list[DeskHouse]):
    found = measured(ground, houses, times=2)
    assert [len(took) for took in (found.few, found.many, found.case, found.bare, found.lines)] == [2] * 5
    assert found.sizes == CASES
    assert found.intake["/"] > 1_000
    said = tables(Results(paged=found))
    assert "the queue's page among 90 open cases / among 40" in said
    assert "the heaviest page of the intake" in said


def test_a_page_weighs_what_it_links_to_as_well(houses: list[DeskHouse]):
    head = houses[0].head
    page, sheet = head.get("/people"), head.get("/style.css")
    assert page.status_code == sheet.status_code == 200
    assert weight(head, "/people") >= len(page.content) + len(sheet.content)
    assert weight(head, "/healthz") == 0
