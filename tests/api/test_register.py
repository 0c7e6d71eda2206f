"""The register of operative paragraphs behind the council's door: pasted, proposed, decided by people, on a real database."""

from datetime import date
from typing import Any

from policies.pack import Pack
from tests.fixtures.register import RegisterDoor
from tests.fixtures.resolutions import text_of
from web.messages import LANGUAGES

LATER = "en_again"  # repeats a paragraph of `en_reports` and repeals it


def measure(criterion: str, value: int | str) -> dict[str, int | str]:
    return {"criterion": criterion, "word" if isinstance(value, str) else "number": value}


def test_a_pasted_text_is_read_once_and_kept(register_door: RegisterDoor):
    done = register_door.paste("en_task")
    assert (done["symbol"], done["paragraphs"], done["version"], done["warnings"]) == ("AG/RES. 2876 (XLV-O/15)", 2, 1, [])
    shown = register_door.text(done["text"])
    assert (shown["adopted_on"], shown["language"], shown["by"], shown["on"]) == ("2015-06-15", "en", "Planner", "2015-06-15")
    first, second = shown["items"]
    assert (first["place"], first["number"], first["verb"], first["addressees"]) == (1, "1", "instruct", ["secretary_general"])
    assert (first["due"]["day"], first["due"]["words"], first["reports_to"]) == (
        "2015-07-31",
        "by July 31, 2015",
        ["permanent_council"],
    )
    text = text_of("en_task")
    assert text[first["words"]["start"] : first["words"]["end"]] == first["words"]["words"]
    assert {second[name] for name in ("due", "sunset", "review", "every", "status", "category", "with_body", "mandate")} == {None}


def test_what_was_read_stays_with_the_edition_it_was_read_by(register_door: RegisterDoor):
    done = register_door.paste("en_task")
    ((edition, content),) = register_door.door.stage.rows(
        "SELECT t.edition, e.content FROM register_text t JOIN edition e ON e.hash = t.edition"
    )
    assert register_door.text(done["text"])["edition"] == edition
    pack = Pack.from_text(str(content))
    assert pack.mandates is not None
    assert set(pack.wordings) == {"en", "es", "pt", "fr"}


def test_duplicates_expired_and_superseded_are_proposed_with_reasons_and_never_decided(register_door: RegisterDoor):
    older, newer = register_door.paste("en_reports"), register_door.paste(LATER)
    shown = register_door.text(older["text"])
    labels = {each["number"]: {one["label"] for one in each["status_proposed"]} for each in shown["items"]}
    assert "superseded" in labels["3"]
    assert "duplicate" in labels["3"]
    assert {each["status"] for each in shown["items"]} == {None}
    assert all(
        "AG/RES." in one["reason"] for each in shown["items"] for one in each["status_proposed"] if one["label"] == "superseded"
    )
    assert not any(
        one["label"] == "duplicate" for each in register_door.text(newer["text"])["items"] for one in each["status_proposed"]
    )
    register_door.door.stage.to_day(date(2016, 6, 15))
    later = register_door.text(older["text"])["items"]
    assert "expired" in {one["label"] for one in later[5]["status_proposed"]}


def test_a_person_decides_and_the_trail_says_who_when_why_and_by_what(register_door: RegisterDoor):
    id = register_door.paste("en_reports")["text"]
    done = register_door.decide(id, 6, status="duplicate", category="B", authority="CP/CAJP-3142/13")
    assert done["version"] == 2
    again = register_door.decide(id, 6, status="current", reason="The other text was corrected.")
    assert again["version"] == 3
    one = register_door.text(id)["items"][5]
    assert (one["status"], one["category"]) == ("current", "B")  # the second decision says no category: the first one's stays
    assert [(step["what"], step["by"], step["on"], step["status"], step["authority"]) for step in one["trail"]] == [
        ("decided", "Secretary", "2015-06-15", "duplicate", "CP/CAJP-3142/13"),
        ("decided", "Secretary", "2015-06-15", "current", None),
    ]
    kept = register_door.door.stage.rows(
        "SELECT body::jsonb->>'what', body::jsonb->'facts'->>'status' FROM ledger_entry ORDER BY made_at"
    )
    assert kept == [("register.text_registered", None), ("register.decided", "duplicate"), ("register.decided", "current")]
    assert "corrected" not in str(register_door.door.stage.rows("SELECT * FROM ledger_entry"))  # a reason is people's words


def test_re_channelling_keeps_the_trail(register_door: RegisterDoor):
    id = register_door.paste("en_reports")["text"]
    steps = [("juridical_political_committee", "2014-07-10"), ("general_committee", "2015-06-10")]
    for body, since in steps:
        assert register_door.act(id, 2, "channels", body=body, since=since, authority="CP/doc.1/15").status_code == 201
    one = register_door.text(id)["items"][1]
    assert one["with_body"] == "general_committee"
    assert [(step["body"], step["since"]) for step in one["trail"]] == steps


def test_the_score_shows_where_bands_overlap_and_counts_again_to_the_same(register_door: RegisterDoor):
    id = register_door.paste("en_reports")["text"]
    for place, people in ((2, 3), (3, 4), (4, 7)):
        told = {"criteria": [measure("human_resources", people), measure("external_competitors", "few")], "reason": "Posts."}
        assert register_door.act(id, place, "weights", register_door.planner, **told).status_code == 201
    answer = register_door.planner.get("/v1/ranking").json()
    assert answer["overlaps"] == [{"criterion": "human_resources", "from": 3, "until": 3}]
    ranked = [(one["rank"], one["place"], one["weight"]["low"], one["weight"]["high"]) for one in answer["ranked"]]
    assert ranked == [(1, 4, 80, 80), (2, 3, 65, 65), (3, 2, 40, 65)]
    assert answer["ranked"][2]["weight"]["scores"][0]["points"] == [20, 45]
    assert "20, 45" in answer["ranked"][2]["weight"]["scores"][0]["warnings"][0]
    assert register_door.planner.get("/v1/ranking").json() == answer
    register_door.act(id, 4, "weights", criteria=[measure("human_resources", 1)], reason="They left.")
    again = register_door.planner.get("/v1/ranking").json()
    assert (again["ranked"][0]["place"], again["sha256"] == answer["sha256"]) == (3, False)
    register_door.decide(id, 3, status="expired")
    assert [one["place"] for one in register_door.planner.get("/v1/ranking").json()["ranked"]] == [2, 4]


PASTE = {"body": "GA", "source": "written for tests"}
WRONG: dict[str, tuple[dict[str, Any], int, str]] = {
    "no text": ({"text": ""}, 422, "invalid"),
    "no body": ({"text": text_of("en_task"), "body": " "}, 422, "invalid"),
    "an unknown key": ({"text": text_of("en_task"), "sunset": "2015-07-31"}, 422, "invalid"),
    "a symbol that is none": ({"text": text_of("en_task"), "symbol": "see below"}, 422, "not_a_citation"),
    "a text without a symbol": (
        {"text": "RESOLVES:\n\n1. To instruct the Secretary General to act.\n"},
        422,
        "text_without_symbol",
    ),
    "a menu": ({"text": "The menu of the day and that is all of it."}, 422, "text_without_paragraphs"),
    "words of no language": ({"text": "xyzzy"}, 422, "text_language_unknown"),
    "a draft": ({"text": text_of("pt_revisao"), "body": "PC"}, 422, "text_not_yet_adopted"),
    "a day that is none": ({"text": text_of("en_task"), "adopted": "2015-06-31"}, 422, "invalid"),
}


def test_what_is_no_adopted_text_is_refused_by_name_and_nothing_is_written(register_door: RegisterDoor):
    before = register_door.everything()
    got = {}
    for what, (told, _, _) in WRONG.items():
        answer = register_door.planner.post("/v1/texts", json=PASTE | told)
        got[what] = (told, answer.status_code, answer.json()["code"])
    assert got == WRONG
    assert register_door.everything() == before


def test_a_text_stands_once_whatever_its_language_until_it_is_withdrawn(register_door: RegisterDoor):
    id = register_door.paste("en_task")["text"]
    again = {"text": text_of("fr_rapport"), "symbol": "AG/RES.2876 (XLV-0/15)", **PASTE}
    before = register_door.everything()
    answer = register_door.planner.post("/v1/texts", json=again)
    assert (answer.status_code, answer.json()["code"]) == (409, "text_registered")
    assert register_door.everything() == before
    withdrawn = register_door.secretary.post(f"/v1/texts/{id}/withdrawal", json={"reason": "Pasted from a draft."})
    assert withdrawn.json()["version"] == 2
    shown = register_door.text(id)
    assert (shown["withdrawn_on"], shown["steps"][0]["reason"]) == ("2015-06-15", "Pasted from a draft.")
    assert register_door.planner.get("/v1/texts").json()["items"] == []
    told = register_door.planner.post("/v1/texts", json=again).json()
    assert told["symbol"] == "AG/RES. 2876 (XLV-O/15)"
    assert any("AG/RES. 9006" in warning for warning in told["warnings"])
    refused = register_door.act(id, 1, "decisions", status="current", reason="x")
    assert (refused.status_code, refused.json()["code"]) == (409, "text_withdrawn")


BEFORE = {"body": "general_committee", "since": "2015-06-14", "authority": "CP/doc.1/15"}
NOBODY = {"body": "summits_secretariat", "since": "2015-06-15", "authority": "CP/doc.1/15"}
FEW = {"criteria": [measure("external_competitors", "some")], "reason": "x"}
ACTS: dict[str, tuple[str, dict[str, Any], int, str]] = {
    "no label": ("decisions", {"reason": "x"}, 422, "invalid"),
    "no reason": ("decisions", {"status": "current"}, 422, "invalid"),
    "a status of no house": ("decisions", {"status": "late", "reason": "x"}, 422, "invalid"),
    "a criterion of no rules": ("weights", FEW | {"criteria": [measure("beauty", 3)]}, 422, "no_such_criterion"),
    "a word of no level": ("weights", FEW, 422, "no_such_criterion"),
    "a number for a word": ("weights", FEW | {"criteria": [measure("external_competitors", 3)]}, 422, "no_such_criterion"),
    "no criteria": ("weights", FEW | {"criteria": []}, 422, "invalid"),
    "a criterion twice": ("weights", FEW | {"criteria": [measure("human_resources", 1)] * 2}, 422, "invalid"),
    "a measure of nothing": ("weights", FEW | {"criteria": [{"criterion": "human_resources"}]}, 422, "invalid"),
    "no committee": ("channels", NOBODY, 422, "no_such_channel"),
    "before adoption": ("channels", BEFORE, 422, "channel_too_early"),
    "on a day to come": ("channels", BEFORE | {"since": "2051-06-15"}, 422, "channel_ahead"),
    "an unknown function": ("mandate", {"title": "Structure", "function": "F9"}, 422, "function_not_there"),
}


def test_an_act_that_does_not_fit_is_refused_by_name_and_nothing_is_written(register_door: RegisterDoor):
    id = register_door.paste("en_task")["text"]
    before = register_door.everything()
    got = {}
    for what, (path, told, _, _) in ACTS.items():
        answer = register_door.act(id, 1, path, **told)
        got[what] = (path, told, answer.status_code, answer.json()["code"])
    assert got == ACTS
    assert register_door.everything() == before


def test_a_committee_twice_or_backwards_is_refused(register_door: RegisterDoor):
    id = register_door.paste("en_reports")["text"]
    told = {"body": "general_committee", "since": "2015-01-10", "authority": "CP/doc.1/15"}
    assert register_door.act(id, 2, "channels", **told).status_code == 201
    before = register_door.everything()
    for wrong in ({"since": "2015-02-01"}, {"body": "permanent_council", "since": "2015-01-09"}):
        answer = register_door.act(id, 2, "channels", **(told | wrong))
        assert (answer.status_code, answer.json()["code"]) == (422, "channel_refused")
    assert register_door.everything() == before


def test_a_paragraph_that_is_not_there_is_not_found(register_door: RegisterDoor):
    id = register_door.paste("en_task")["text"]
    before = register_door.everything()
    for place in ("0", "3", "-1", "x", "999999999"):
        told = {"status": "current", "reason": "x"}
        answer = register_door.secretary.post(f"/v1/texts/{id}/paragraphs/{place}/decisions", json=told)
        assert (answer.status_code, answer.json()["code"]) == (404, "text_paragraph_missing"), place
    assert register_door.everything() == before


def test_of_two_at_once_the_second_is_stale_and_a_repeated_request_is_one(register_door: RegisterDoor):
    id = register_door.paste("en_task")["text"]
    path, told = f"/v1/texts/{id}/paragraphs/1/decisions", {"status": "current", "reason": "Read."}
    headers = {"If-Match": '"1"', "Idempotency-Key": "0" * 32}
    first = register_door.secretary.post(path, json=told, headers=headers)
    assert (first.status_code, first.headers["etag"]) == (201, '"2"')
    assert register_door.secretary.post(path, json=told, headers=headers).json() == first.json()
    before = register_door.everything()
    stale = register_door.secretary.post(path, json=told, headers={"If-Match": '"1"'})
    assert (stale.status_code, stale.json()["code"]) == (412, "stale_version")
    assert register_door.everything() == before


def test_texts_are_listed_by_symbol_body_and_year(register_door: RegisterDoor):
    for name, body in (("en_task", "GA"), ("en_reports", "GA"), ("es_recursos", "PC")):
        register_door.paste(name, body)
    get = register_door.planner.get

    def symbols(query: str) -> list[str]:
        return [item["symbol"] for item in get(f"/v1/texts?{query}").json()["items"]]

    assert symbols("body=PC") == ["CP/RES. 9002 (2017/15)"]
    assert symbols("year=2014") == ["AG/RES. 9001 (XLIV-O/14)"]
    page = get("/v1/texts?limit=2").json()
    assert len(page["items"]) == 2
    assert symbols(f"after={page['after']}") == ["CP/RES. 9002 (2017/15)"]
    assert get("/v1/texts?limit=3").json()["after"] is None


def test_reasons_are_said_in_the_readers_language(register_door: RegisterDoor):
    older = register_door.paste("en_reports")
    register_door.paste(LATER)
    said = {}
    for lang in LANGUAGES:
        items = register_door.text(older["text"], lang)["items"]
        said[lang] = {one["reason"] for each in items for one in each["status_proposed"]}
    assert len({len(reasons) for reasons in said.values()}) == 1
    assert len(set().union(*said.values())) == len(LANGUAGES) * len(said["en"]) > 0
