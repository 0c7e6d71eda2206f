"""A mandate in a browser, from the register to work under way, by its forms; what others see; what is refused keeps its text."""

import re
from html import unescape

import pytest

from tests.fixtures.council_pages import reader
from tests.fixtures.doors import CouncilDoor

MANDATE = {"symbol": "AG/RES. 2876 (XLV-O/15)", "title": "Structure", "issued_by": "GA", "source": "assumed"}
DUE = {"due._which": "0", "due.on": "2015-07-31"}


def opened(door: CouncilDoor) -> str:
    """A mandate opened by the form."""
    mine = reader(door, "planner")
    return mine.does(
        "/mandates/new", "/v1/mandates", **MANDATE, **{name.replace(".", "__"): value for name, value in DUE.items()}
    )


def test_a_mandate_goes_from_the_register_to_a_report_by_forms(council_door: CouncilDoor):
    path = opened(council_door)
    mine = reader(council_door, "planner")
    lawyer = str(council_door.stage.people["lawyer"])
    assert f'<option value="{lawyer}"' in mine.page(path)
    mine.moves(path, "assign", unit="SAF", person=lawyer)
    mine.moves(path, "start")
    mine.moves(path, "report_progress", document="CP/doc.5139/15")
    page = unescape(mine.page(path))
    assert "<dd>Lawyer</dd>" in page
    assert "<dd>SAF</dd>" in page
    assert "<dd>31 July 2015</dd>" in page
    assert "It is here" in page
    assert "Fulfilled" in page
    assert page.index("Report progress") < page.index('id="history"')
    states = re.findall(r"<td[^>]*>([^<]*)</td>\s*</tr>", page.partition('id="history"')[2])
    assert states == ["In force", "Assigned to a unit", "In progress", "In progress"]


@pytest.mark.parametrize("who", ["mission", "chair"])
def test_whoever_only_reads_has_no_forms_and_is_told_why(council_door: CouncilDoor, who: str):
    path = opened(council_door)
    page = reader(council_door, who).page(path)
    assert "/act/v1/mandates" not in page
    assert "There is nothing for you to do here now" in page
    assert "your office does not do this" in page


def test_a_refused_move_keeps_what_was_typed_and_stands_open(council_door: CouncilDoor):
    path = opened(council_door)
    mine = reader(council_door, "planner")
    before = council_door.stage.rows("SELECT state, version FROM matter")
    typed = {"payload__unit": "U" * 81, "payload__on": "2099-01-01"}
    form = mine.fields(path, f"/v1{path}/moves", trigger="assign")
    answer = mine.send(f"/v1{path}/moves", form, **typed)
    assert answer.status_code == 422
    assert "U" * 81 in answer.text
    assert 'value="2099-01-01"' in answer.text
    assert re.search(r'<details id="move-assign" open>', answer.text)
    assert 'aria-invalid="true"' in answer.text
    assert council_door.stage.rows("SELECT state, version FROM matter") == before


def test_who_was_overtaken_sees_so_and_loses_nothing(council_door: CouncilDoor):
    path = opened(council_door)
    mine = reader(council_door, "planner")
    seen = mine.fields(path, f"/v1{path}/moves", trigger="assign")
    reader(council_door, "staff_chief").moves(path, "assign", unit="SEDI")
    answer = mine.send(f"/v1{path}/moves", seen, payload__unit="SAF")
    assert answer.status_code in (409, 412)
    assert "SAF" in answer.text
    assert council_door.stage.rows("SELECT unit FROM mandate") == [("SEDI",)]


def test_one_mandate_takes_the_place_of_another_and_both_draw_it(council_door: CouncilDoor):
    old = opened(council_door)
    mine = reader(council_door, "secretary")
    assert "There is no other one in the register" in mine.page(old)
    new = mine.does("/mandates/new", "/v1/mandates", **MANDATE | {"symbol": "AG/RES. 2900", "title": "Newer structure"})
    assert new.rpartition("/")[2] in mine.page(f"{old}?find=newer&of=supersede")
    assert f'<option value="{new.rpartition("/")[2]}"' not in mine.page(f"{old}?find=elsewhere&of=supersede")
    mine.moves(old, "supersede", successor=new.rpartition("/")[2])
    assert 'id="lineage"' in mine.page(old)
    assert f'href="{new}"' in mine.page(old)
    assert f'href="{old}"' in mine.page(new)
    assert "Takes the place of" in mine.page(new)


def test_lateness_is_excused_by_the_form_of_its_clock(council_door: CouncilDoor):
    path = opened(council_door)
    mine = reader(council_door, "secretary")
    assert "/waivers" not in reader(council_door, "planner").page(path)
    told = {"authority": "CP/RES. 1", "reason": "Funds came late", "until": "2015-08-20"}
    mine.does(path, f"/v1{path}/waivers", {"rule": "due"}, **told)
    page = mine.page(path)
    assert "Secretary excused that it is late, through 20 August 2015." in page
    assert "Funds came late" in page
