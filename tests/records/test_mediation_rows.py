"""Migration 0045 with rows: what comes and goes with it, and that a mediation is destroyed with its case and never alone."""

from records import migrate
from tests.fixtures.ombuds_office import OmbudsStage
from tests.fixtures.visitors import at_desk, come, opened_by

KEPT = ("person", "seat", "matter", "event", "clock", "link", "sealed_text", "queue_line")
RULES = "SELECT count(*) FROM queue_rule WHERE kind = 'mediation'"


def kept(stage: OmbudsStage) -> list[object]:
    """All of it, but for the number of who came, which is drawn anew where several cannot come."""
    return [stage.rows(f"SELECT to_jsonb(t) - 'comer_id' FROM {table} t ORDER BY to_jsonb(t)::text") for table in KEPT]


def test_it_goes_and_comes_with_its_table_and_belongs_to_the_family_of_its_case(ombuds_office: OmbudsStage):
    stage, guest = ombuds_office, come(ombuds_office)
    opened_by(stage, "head", guest.matter)
    for trigger in ("acknowledge", "screen"):
        at_desk(stage, "head", guest.matter, trigger)
    at_desk(stage, "head", guest.matter, "propose_mediation", to="x", text="y")
    ((mediation,),) = stage.rows("SELECT id FROM matter WHERE kind = 'mediation'")
    assert {row[0] for row in stage.rows("SELECT family_of(:m)", m=guest.matter)} == {guest.matter, mediation}
    assert stage.rows("SELECT last_day_of(:m)", m=guest.matter) == [(None,)], "while it is under way, its case is not destroyed"
    before = kept(stage)
    assert stage.rows(RULES) == [(9,)]
    migrate.downgrade(stage.database.owner_url, "0044")
    assert stage.rows(RULES) == [(0,)]
    assert stage.rows("SELECT to_regclass('mediation')::text, to_regproc('mediations_of')::text") == [(None, None)]
    migrate.upgrade(stage.database.owner_url)
    assert stage.rows(RULES) == [(9,)]
    assert kept(stage) == before
    assert stage.rows("SELECT count(*) FROM mediation") == [(0,)]
