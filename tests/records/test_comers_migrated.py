"""Migration 0061 with rows: one person a matter is the same going down and up again; of several, the first keeps a way back."""

from records import migrate
from tests.fixtures.groups import code_of, joins
from tests.fixtures.ombuds_office import OmbudsStage
from tests.fixtures.visitors import STATEMENT, come, secret

PLACES = "SELECT encode(locator, 'hex'), matter_id FROM receipt ORDER BY 1"


def test_going_down_and_up_again_each_matter_keeps_its_first_person(ombuds_office: OmbudsStage):
    stage = ombuds_office
    alone, first = come(stage, identity=secret("Eva")), come(stage)
    talk = come(stage, "consultation")
    talk.does("make_official")
    joins(stage, code_of(first), identity=secret("Bea"), statement=secret("Mine."))
    code_of(first)
    hers = alone.matter
    kept = stage.rows("SELECT id, matter_id, sealed, made_on FROM sealed_text ORDER BY 1")
    migrate.downgrade(stage.database.owner_url, "0060")
    assert len(stage.rows(PLACES)) == 3
    assert stage.rows("SELECT count(*) FROM receipt WHERE length(public) = 32") == [(3,)]
    assert [row[0] for row in stage.rows("SELECT count(*) FROM seat WHERE holder = 'visitor' GROUP BY matter_id")] == [1, 1, 1, 1]
    assert stage.rows("SELECT matter_id FROM sealed_identity") == [(hers,)]
    migrate.upgrade(stage.database.owner_url)
    assert stage.rows("SELECT id, matter_id, sealed, made_on FROM sealed_text ORDER BY 1") == kept
    assert stage.rows("SELECT number, part, here FROM comer ORDER BY matter_id") == [(1, "own", True)] * 4
    assert stage.rows("SELECT count(*) FROM sealed_text WHERE author = 'visitor' AND comer_id IS NULL") == [(0,)]
    assert [message.text for message in first.sees().messages] == [STATEMENT, "Mine."]
    for guest in (alone, first, talk):
        guest.does("message", text="Still here.")
        assert guest.sees().messages[-1].text == "Still here."
