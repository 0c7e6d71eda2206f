"""Migrations: numbered sentences, up and down, and together exactly what the models say."""

import re
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from records import migrate
from tests.fixtures.databases import Database
from tests.laws.tree import ROOT

VERSIONS = sorted((ROOT / "records/migrations/versions").glob("*.py"))
NUMBERS = [path.stem[:4] for path in VERSIONS]
NAME = re.compile(r"\d{4}_(add|drop|rename|fill|index|constrain|grant)(_[a-z0-9]+)+")
SHAPE = """
    SELECT 'column', table_name, column_name, data_type || is_nullable || coalesce(column_default, '')
    FROM information_schema.columns WHERE table_schema = 'public'
    UNION ALL SELECT 'grant', relname, '', one::text
    FROM pg_class, unnest(coalesce(relacl, acldefault(CASE relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", relowner)))
    AS one
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v', 'S')
    UNION ALL SELECT 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT 'index', tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT 'rule', tablename, policyname, coalesce(qual, '') || coalesce(with_check, '') || roles::text
    FROM pg_policies
    UNION ALL SELECT 'guarded', relname, '', relrowsecurity::text || relforcerowsecurity::text FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
    UNION ALL SELECT 'function', proname, one::text, prosrc || prosecdef::text
    FROM pg_proc, unnest(coalesce(proacl, acldefault('f', proowner))) one WHERE pronamespace = 'public'::regnamespace
    UNION ALL SELECT 'trigger', tgrelid::regclass::text, tgname, pg_get_triggerdef(oid)
    FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT 'type', typname, '', typtype::text
    FROM pg_type WHERE typnamespace = 'public'::regnamespace AND typtype IN ('e', 'd')
"""


@pytest.fixture(params=["house", "ombuds"])
def database(request: pytest.FixtureRequest) -> Database:
    found: Database = request.getfixturevalue(request.param)
    return found


def shape(database: Database) -> set[tuple[str, ...]]:
    """Everything the migrations made, `alembic_version` aside."""
    url = make_url(database.owner_url)
    place = {"host": url.query["host"], "port": url.query["port"]}
    with psycopg.connect(dbname=url.database, user=url.username, password=url.password, **place) as connection:
        return {row for row in connection.execute(SHAPE).fetchall() if row[1] != "alembic_version"}


def test_a_migration_is_named_as_a_numbered_sentence():
    assert [path.stem for path in VERSIONS if not NAME.fullmatch(path.stem)] == []
    assert [f"{number:04d}" for number, _ in enumerate(VERSIONS, start=1)] == NUMBERS


def test_the_newest_migration_is_noted_so_that_two_branches_clash_in_git():
    assert (ROOT / "records/migrations/.head").read_text(encoding="utf-8") == f"{VERSIONS[-1].stem}\n"
    assert migrate.head() == NUMBERS[-1]


@pytest.mark.parametrize("path", VERSIONS, ids=lambda path: path.stem)
def test_a_migration_goes_up_and_down_and_waits_for_nobody(path: Path):
    text = path.read_text(encoding="utf-8")
    up, down = text.partition("def upgrade()")[2].partition("def downgrade()")[::2]
    for way in (up, down):
        assert "SET LOCAL lock_timeout = '5s'" in way
        assert len(re.findall(r"^    \S", way, re.MULTILINE)) > 1, "it changes nothing"
    assert f'revision = "{path.stem[:4]}"' in text
    assert not ("_fill_" in path.stem and re.search(r"op\.(add_column|create_table)", text)), "one change a file"


def test_migrations_match_the_models(database: Database):
    assert migrate.at_head(database.owner_url)
    assert migrate.matches_models(database.owner_url) == []


def test_each_migration_down_and_up_again_leaves_the_same(database: Database):
    shapes = {NUMBERS[-1]: shape(database)}
    for number in [*reversed(NUMBERS[:-1]), "base"]:
        migrate.downgrade(database.owner_url, number)
        shapes[number] = shape(database)
    assert shapes["base"] == set(), "a downgrade left something behind"
    for number in NUMBERS:
        migrate.upgrade(database.owner_url, number)
        assert shape(database) == shapes[number], number
    assert migrate.matches_models(database.owner_url) == []
