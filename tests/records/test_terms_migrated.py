"""Migrations 0060 and 0062 with rows: ends of a time in office come and go, and nothing else does."""

from records import migrate
from tests.fixtures.ombuds_office import OmbudsStage

KEPT = ("person", "appointment", "signed_key")
THERE = "SELECT to_regclass('term_watch')::text, to_regclass('term_look')::text, to_regproc('release_leavers')::text"


def test_ends_go_and_come_with_their_tables(ombuds_office: OmbudsStage):
    stage = ombuds_office
    stage.rows("INSERT INTO term_watch VALUES (:p, '2016-12-31', '2016-10-02', NULL, false) RETURNING 1", p=stage.people["head"])
    before = [stage.rows(f"SELECT to_jsonb(t) FROM {table} t ORDER BY to_jsonb(t)::text") for table in KEPT]
    migrate.downgrade(stage.database.owner_url, "0059")
    assert stage.rows(THERE) == [(None, None, None)]
    migrate.upgrade(stage.database.owner_url)
    assert stage.rows(THERE) == [("term_watch", "term_look", "release_leavers")]
    assert [stage.rows(f"SELECT to_jsonb(t) FROM {table} t ORDER BY to_jsonb(t)::text") for table in KEPT] == before
    assert stage.rows("SELECT count(*) FROM term_watch") == [(0,)]
