"""The history of the tables: numbered, complete, and the same as the models."""

import shutil

import pytest
import sqlalchemy as sa
from alembic.script import ScriptDirectory
from sqlalchemy.pool import NullPool

from records import migrate


def script() -> ScriptDirectory:
    return ScriptDirectory(str(migrate.MIGRATIONS))


def test_head_names_the_newest_file_so_that_two_branches_clash_when_merged():
    newest = max(path.stem for path in (migrate.MIGRATIONS / "versions").glob("[0-9]*.py"))
    assert (migrate.MIGRATIONS / ".head").read_text(encoding="utf-8").strip() == newest
    assert newest.split("_", 1)[0] == migrate.head()


def test_migrations_are_numbered_without_a_gap_and_each_follows_the_one_before():
    revisions = sorted(script().walk_revisions(), key=lambda one: one.revision)
    numbers = [one.revision for one in revisions]
    assert numbers == [f"{n:04d}" for n in range(1, len(numbers) + 1)]
    assert [one.down_revision for one in revisions] == [None, *numbers[:-1]]


@pytest.mark.parametrize("kind", ["ombuds", "house"])
def test_every_migration_can_be_taken_back_and_applied_again(request, kind):
    url = request.getfixturevalue(kind).owner_url
    migrate.downgrade(url, "base")
    assert not migrate.at_head(url)
    engine = sa.create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        left = set(sa.inspect(connection).get_table_names()) - {"alembic_version"}
    assert left == set()
    migrate.upgrade(url)
    assert migrate.at_head(url)
    assert migrate.matches_models(url) == []


def test_a_column_that_only_the_database_has_is_found(house):
    engine = sa.create_engine(house.owner_url, poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE stray (x int)"))
    assert "stray" in str(migrate.matches_models(house.owner_url))


def test_a_new_migration_gets_the_next_number_and_is_noted(work, monkeypatch, capsys):
    shutil.copytree(migrate.MIGRATIONS, work / "migrations", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(migrate, "MIGRATIONS", work / "migrations")
    before = int(migrate.head() or 0)
    path = migrate.write_migration("add case clock")
    assert path.name == f"{before + 1:04d}_add_case_clock.py"
    assert (work / "migrations" / ".head").read_text(encoding="utf-8") == f"{path.stem}\n"
    assert "lock_timeout = '5s'" in path.read_text(encoding="utf-8")
    assert migrate.head() == f"{before + 1:04d}"
