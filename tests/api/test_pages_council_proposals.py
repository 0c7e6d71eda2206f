"""A proposal in a browser: drafted, tabled, amended, voted on and adopted by forms; its findings; statements beside its text."""

import re
from html import unescape

from starlette.testclient import TestClient

from tests.api.test_council_structure import RENAME, draft, moved, planner, version
from tests.fixtures.council_pages import HOSTILE, reader
from tests.fixtures.deciding import STATES, Tabled, submitted
from tests.fixtures.doors import CouncilDoor

__all__ = ["planner"]  # a fixture


def test_a_proposal_is_drafted_and_its_text_written_by_forms(council_door: CouncilDoor):
    mine = reader(council_door, "planner")
    path = mine.does("/proposals/new", "/v1/proposals", title=HOSTILE, proposer="SG", source="assumed", text_kind="resolution")
    assert 'class="empty"' in mine.page(f"{path}/text")
    assert 'class="empty"' in mine.page(f"{path}/votes")
    texts = {"texts.en": "Having seen,\n1. To approve <i>it</i>.", "texts.es": "Visto,\n1. Aprobar."}
    fields = mine.fields(f"{path}/text", f"/v1{path}/versions")
    told = fields | texts | {"label": "original", "author": "SG"}
    assert mine.send(f"/v1{path}/versions", told).status_code == 303
    page = mine.page(f"{path}/text")
    assert re.findall(r'<span class="key">([^<]+)</span>', page) == ["P1", "O1"]
    assert "To approve &lt;i&gt;it&lt;/i&gt;." in page
    assert "Aprobar." in mine.page(f"{path}/text?text=es")
    assert "To approve" not in mine.page(f"{path}/text?text=es&version=1").partition("<details")[0]
    mine.page(f"{path}/text?version=7", 404)
    mine.moves(path, "submit")
    assert "Submitted" in mine.page(path)


def test_a_text_is_amended_and_carried_out_and_both_versions_compared(council_door: CouncilDoor):
    case = submitted(council_door)
    path, mine = case.path.removeprefix("/v1"), reader(council_door, "secretary")
    at = f"{path}/text"
    told = {"name": "AR 1", "by": "AR", "edits.0.change": "replace", "edits.0.at": "O1", "edits.0.texts.en": "To approve a part."}
    mine.does(at, f"{case.path}/amendments", **{name.replace(".", "__"): value for name, value in told.items()})
    page = mine.page(at)
    beside = page.partition('id="O1"')[2].partition('id="O2"')[0]
    assert "AR 1" in beside
    assert "Argentina" in beside
    assert "To approve a part." in beside
    assert "/amendments" not in reader(council_door, "mission").page(at)
    mine.does(at, f"{case.path}/amendments/carry-out", names="AR 1", label="rev. 1", author="PC")
    both = mine.page(f"{path}/comparison?first=1&second=2")
    assert re.search(r"<del>[^<]*structure", both)
    assert re.search(r"<ins>[^<]*part", both)


def test_a_vote_is_opened_answered_closed_and_the_proposal_adopted_by_forms(tabled: Tabled):
    path, mine = tabled.path.removeprefix("/v1"), reader(tabled.door, "secretary")
    votes = f"{path}/votes"
    mine.does(votes, f"{tabled.path}/votes", body="PC", method="roll_call", rule="council_majority", asks="adoption")
    (sheet,) = set(re.findall(rf'href="({votes}/[0-9a-f-]+)"', mine.page(votes)))
    question = f"{tabled.path}/decidings/{sheet.rpartition('/')[2]}"
    fields = mine.fields(sheet, f"{question}/answers")
    choices = {f"answers.{place}.choice": "for" if place < 20 else "abstain" for place in range(len(STATES) - 1)}
    some = {name: value for name, value in fields.items() if not name.endswith(".choice")} | choices
    assert mine.send(f"{question}/answers", some).status_code == 303
    page = mine.page(sheet)
    assert "Not yet</dt>" not in page
    assert "For (20)" in page
    assert f"Not yet ({1})" in page
    mine.does(sheet, f"{question}/close")
    mine.does(sheet, f"{question}/statements", kind="footnote", state="NI", paragraph="O1", text=HOSTILE)
    page = unescape(reader(tabled.door, "mission").page(sheet))
    assert "It is adopted." in page
    assert "Nicaragua" in page
    assert "Votes needed: 18" in page
    assert "/act/" not in page.partition("<main")[2]
    assert "Footnote 1, Nicaragua" in mine.page(f"{path}/text").partition('id="O1"')[2].partition('id="O2"')[0]
    mine.moves(path, "adopt", body="PC", on="2015-06-17", instrument="CP/RES. 1 (2036/15)", decided=sheet.rpartition("/")[2])
    page = mine.page(path)
    assert "CP/RES. 1 (2036/15)" in page
    assert "taken here" in page


def test_a_refused_vote_is_told_on_its_page_with_what_was_typed(undistributed: Tabled):
    path, mine = undistributed.path.removeprefix("/v1"), reader(undistributed.door, "secretary")
    told = {"body": "PC", "method": "roll_call", "rule": "council_majority", "asks": "adoption"}
    answer = mine.send(f"{undistributed.path}/votes", mine.fields(f"{path}/votes", f"{undistributed.path}/votes"), **told)
    assert answer.status_code == 409
    assert 'role="alert"' in answer.text
    assert '<option value="council_majority" selected>' in answer.text
    assert undistributed.door.stage.rows("SELECT * FROM deciding") == []


def test_a_warning_is_let_pass_by_name_and_only_by_whom_the_pack_names(council_door: CouncilDoor, planner: TestClient):
    proposal = draft(planner)
    same = {"id": "C2", "operation": {"kind": "rename_unit", "unit": "DECO", "name": "Electoral Observation"}}
    assert planner.post(f"{proposal}/versions", json=version(RENAME, same)).status_code == 201
    moved(planner, proposal, "submit")
    path = f"{proposal.removeprefix('/v1')}/findings"
    assert "waive=" not in reader(council_door, "mission").page(path)
    mine = reader(council_door, "secretary")
    page = mine.page(path)
    assert "It may not go on yet" in page
    (asked,) = set(re.findall(rf'href="({path}\?waive=[0-9]+)#waiving"', page))
    told = {"author": "Chair", "authority": "CP/INF. 1", "reason": "For the record.", "until": "2016-01-01"}
    form = mine.fields(asked, f"{proposal}/findings/waivers")
    refused = mine.send(f"{proposal}/findings/waivers", form, **told | {"until": "2015-06-15"})
    assert refused.status_code == 422
    assert 'value="For the record."' in refused.text
    assert mine.does(asked, f"{proposal}/findings/waivers", **told) == path
    page = mine.page(path)
    assert "It may go on" in page
    assert "let pass" in page
    assert "waive=" not in page


def test_the_next_text_keeps_what_the_version_before_changes_in_the_structure(council_door: CouncilDoor, planner: TestClient):
    proposal = draft(planner)
    assert planner.post(f"{proposal}/versions", json=version(RENAME)).status_code == 201
    path = f"{proposal.removeprefix('/v1')}/text"
    mine = reader(council_door, "planner")
    mine.does(path, f"{proposal}/versions", label="rev. 2", author="SG", texts__en="Another text.")
    first, second = planner.get(f"{proposal}/versions").json()["versions"]
    assert (second["operations"], second["terms"]) == (first["operations"], first["terms"])
    assert (second["texts"]["en"], first["texts"]["en"]) == (["Another text."], ["The structure is as follows."])
