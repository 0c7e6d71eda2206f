"""Migrations 0050 and 0051 with rows: what a complaint opened goes with it, and taken back the matter itself stays."""

from records import migrate
from tests.fixtures.ombuds_office import OmbudsStage
from tests.fixtures.visitors import at_desk, come

FAMILY = "SELECT k.kind FROM matter k WHERE k.id IN (SELECT family_of(:m)) ORDER BY 1"
RULES = "SELECT count(*) FROM queue_rule WHERE kind = 'protection'"


def test_a_protection_is_of_its_cases_family_and_was_not_before(ombuds_office: OmbudsStage):
    stage = ombuds_office
    case = come(stage).matter
    at_desk(stage, "head", case, "watch_over", risk="Her contract.")
    assert stage.rows(FAMILY, m=case) == [("complaint",), ("protection",)]
    lines = "SELECT person_id, matter_id FROM queue_line ORDER BY 1, 2"
    before, rules = stage.rows(lines), stage.rows(RULES)
    url = stage.database.owner_url
    migrate.downgrade(url, "0049")
    assert stage.rows(FAMILY, m=case) == [("complaint",)]
    assert stage.rows(RULES) == [(0,)]
    migrate.upgrade(url)
    assert stage.rows(FAMILY, m=case) == [("complaint",), ("protection",)]
    assert stage.rows(RULES) == rules
    assert stage.rows(lines) == before
    assert stage.rows("SELECT count(*) FROM protection") == [(0,)], "taken back, its details are gone; the matter is not"
