"""Migration 0049 with rows, and what it lets the desk do: in the transaction that opens a matter, and in no other."""

import psycopg
import pytest
from psycopg import errors

from records import migrate
from tests.actions.test_phoned import phoned
from tests.fixtures.ombuds_office import OmbudsStage
from tests.fixtures.visitors import come

KEPT = ("person", "seat", "matter", "sealed_text", "event", "clock")
ALIEN = b"\7" * 32
ADD_RECEIPT = "INSERT INTO receipt (locator, matter_id, comer_id, dictated) VALUES (%s, %s, gen_random_uuid(), true)"


def kept(stage: OmbudsStage) -> list[object]:
    """All of it, but for the number of who came, which is drawn anew where several cannot come."""
    return [stage.rows(f"SELECT to_jsonb(t) - 'comer_id' FROM {table} t ORDER BY to_jsonb(t)::text") for table in KEPT]


def test_going_down_words_stay_and_nobody_is_made_to_change_them_again(ombuds_office: OmbudsStage):
    stage = ombuds_office
    phoned(stage)
    come(stage)
    before = kept(stage)
    places = stage.rows("SELECT locator, matter_id FROM receipt ORDER BY 1")
    assert stage.rows("SELECT dictated FROM receipt ORDER BY 1") == [(False,), (True,)]
    migrate.downgrade(stage.database.owner_url, "0048")
    migrate.upgrade(stage.database.owner_url)
    assert kept(stage) == before
    assert stage.rows("SELECT locator, matter_id FROM receipt ORDER BY 1") == places
    assert stage.rows("SELECT dictated FROM receipt") == [(False,), (False,)]


def test_the_desk_gives_no_words_to_a_matter_it_has_not_just_opened(ombuds_office: OmbudsStage):
    stage = ombuds_office
    hers = come(stage)
    locator = hers.visitor.locator.hex()
    url = stage.database.url("ombuds_desk").replace("+psycopg", "", 1)
    with psycopg.connect(url) as desk:
        desk.execute("SELECT set_config('amparo.person', %s, false)", (str(stage.people["head"]),))
        desk.execute("SELECT set_config('amparo.locator', %s, false)", (locator,))
        (found,) = desk.execute("SELECT typed_matter()").fetchone() or ()
        assert found is None
        desk.execute("SELECT set_config('amparo.locator', %s, false)", (ALIEN.hex(),))
        desk.commit()
        for statement, told in (
            (ADD_RECEIPT, (ALIEN, hers.matter)),
            ("UPDATE receipt SET dictated = false WHERE matter_id = %s", (hers.matter,)),
            ("DELETE FROM receipt WHERE matter_id = %s", (hers.matter,)),
            ("INSERT INTO sealed_identity VALUES (gen_random_uuid(), gen_random_uuid(), '', '', NULL, gen_random_uuid())", ()),
        ):
            with pytest.raises(errors.InsufficientPrivilege):
                desk.execute(statement, told)
            desk.rollback()
    assert stage.rows("SELECT count(*) FROM receipt") == [(1,)]
