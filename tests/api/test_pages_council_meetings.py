"""A meeting in a browser: called, its order of business written, held, an item's result noted with its proposal, its record."""

from datetime import date
from html import unescape
from uuid import UUID

from tests.fixtures.council_pages import HOSTILE, reader
from tests.fixtures.doors import CouncilDoor
from tests.fixtures.meetings import DAY, Council


def test_a_meeting_goes_from_its_call_to_its_record_by_forms(council_door: CouncilDoor):
    council = Council(council_door.stage)
    proposal = str(council.tabled())
    mine = reader(council_door, "secretary")
    path = mine.does("/meetings/new", "/v1/meetings", body="PC", number="2020", day=str(DAY), sort="regular", source="assumed")
    items = {"items__0__title": "Structure", "items__0__proposal": proposal, "items__1__title": HOSTILE}
    mine.moves(path, "set_order", **items)
    kept = mine.fields(path, f"/v1{path}/moves", trigger="set_order")
    assert (kept["payload.items.0.title"], kept["payload.items.1.title"]) == ("Structure", HOSTILE)
    mine.moves(path, "circulate_order")
    council.stage.to_day(DAY)
    # The roll names every state in a hidden field; who is ticked is there, and nobody else.
    fields = mine.fields(path, f"/v1{path}/moves", trigger="hold")
    places = [name.split(".")[2] for name in fields if name.endswith("._if")]
    ticked = {f"payload.present.{place}.state": code for place, code in zip(places, _codes(mine.page(path)), strict=True)}
    some = dict(list(ticked.items())[:20])
    assert mine.send(f"/v1{path}/moves", fields | some).status_code == 303
    assert council.stage.rows("SELECT count(*) FROM meeting_presence") == [(20,)]
    assert "Argentina" in mine.page(path)
    one, other = f"{path}?item=1", f"{path}?item=2"
    told = {"disposition": "adopted", "method": "consensus", "instrument": "CP/RES. 1055 (2020/15)"}
    own = {f"payload__{name}": value for name, value in told.items()}
    assert mine.does(one, f"/v1{path}/moves", {"trigger": "dispose"}, **own) == path
    assert council.state(UUID(proposal)) == "adopted"
    mine.does(other, f"/v1{path}/moves", {"trigger": "dispose"}, payload__disposition="no_decision")
    mine.moves(path, "circulate_record")
    mine.moves(path, "correct_record", state="AR", text="It was <b>noted</b>.")
    page = reader(council_door, "mission").page(path)
    assert "Adopted." in page
    assert "CP/RES. 1055 (2020/15)" in page
    assert "No decision was taken." in page
    assert "It was &lt;b&gt;noted&lt;/b&gt;." in page
    assert f'href="/proposals/{proposal}"' in page
    assert "/act/v1" not in page
    assert HOSTILE in unescape(page)


def test_a_refused_roll_keeps_who_was_ticked(council_door: CouncilDoor):
    council = Council(council_door.stage)
    meeting = council.circulated(day=date(2015, 6, 24))
    mine = reader(council_door, "secretary")
    path = f"/meetings/{meeting}"
    fields = mine.fields(path, f"/v1{path}/moves", trigger="hold")
    place = next(name for name in fields if name.endswith("._if")).removesuffix("._if")
    answer = mine.send(f"/v1{path}/moves", fields | {f"{place}.state": "AR"})
    assert answer.status_code == 409, answer.text
    assert f'name="{place}.state" value="' in answer.text
    assert answer.text.count(" checked") >= 1
    assert council.stage.rows("SELECT * FROM meeting_presence") == []


def _codes(page: str) -> list[str]:
    """The states of the roll, in its order."""
    found = page.partition('class="seats"')[2].partition("</fieldset>")[0].split('type="checkbox"')[1:]
    return [one.partition('value="')[2].partition('"')[0] for one in found]
