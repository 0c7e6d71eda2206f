"""The register of paragraphs in a browser: a text is pasted, a paragraph decided and made a mandate; readers have no form."""

import re

from tests.fixtures.council_pages import HOSTILE, reader
from tests.fixtures.doors import CouncilDoor
from tests.fixtures.register import RegisterDoor
from tests.fixtures.resolutions import text_of


def test_a_text_is_pasted_and_one_of_its_paragraphs_becomes_a_mandate_by_forms(council_door: CouncilDoor):
    mine = reader(council_door, "planner")
    assert 'class="empty"' in mine.page("/texts")
    assert 'href="/texts"' in mine.page("/")
    mine.does("/texts/new", "/v1/texts", text=text_of("en_task"), body="GA", source=HOSTILE)
    (path,) = set(re.findall(r'href="(/texts/[0-9a-f-]{36})"', mine.page("/texts")))
    assert mine.page(path).count('class="beside"') >= 2
    secretary = reader(council_door, "secretary")
    deed = f"/v1{path}/paragraphs/1"
    told = {"status": "current", "category": "B", "reason": HOSTILE}
    secretary.does(f"{path}?place=1", f"{deed}/decisions", **told)
    mine.does(f"{path}?place=1", f"{deed}/mandate", title="Report on the structure")
    page = reader(council_door, "mission").page(path)
    assert "Current" in page
    assert "/act/v1" not in page
    assert "place=1" not in page
    ((mandate,),) = council_door.stage.rows("SELECT matter_id FROM mandate")
    assert f'href="/mandates/{mandate}"' in page
    year = mine.page("/owed?year=2015")
    assert "<h1>Who owes what in 2015</h1>" in year


def test_a_refused_decision_keeps_its_reason(register_door: RegisterDoor):
    path = f"/texts/{register_door.paste('en_task')['text']}"
    mine = reader(register_door.door, "secretary")
    action = f"/v1{path}/paragraphs/1/decisions"
    answer = mine.send(action, mine.fields(f"{path}?place=1", action), reason="Read again.")
    assert answer.status_code == 422
    assert 'value="Read again."' in answer.text
    assert register_door.door.stage.rows("SELECT * FROM register_step") == []


def test_an_unknown_text_is_not_found(council_door: CouncilDoor):
    mine = reader(council_door, "mission")
    mine.page("/texts/00000000-0000-4000-8000-000000000000", 404)
    mine.page("/texts/none", 404)
    mine.page("/texts/new", 403)
