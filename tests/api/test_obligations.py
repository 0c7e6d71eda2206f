"""The yearly table at the council's door, and paragraphs that become mandates: who owes what by when, from pasted texts."""

import csv
from datetime import date
from io import StringIO
from typing import Any

from actions.kernel.sweep import sweep
from structure.creations import creations
from tests.fixtures.register import RegisterDoor
from tests.fixtures.restructuring import small_house

LOAD = {
    "as_of": "2015-01-01",
    "source": "Executive Order 08-01 Rev. 7",
    "operations": [operation.written() for operation in creations(small_house())],
}
TITLE = "Adjustments to the structure"


def table(register_door: RegisterDoor, year: int = 2015, **asked: str) -> dict[str, Any]:
    answer = register_door.door.client("mission").get("/v1/obligations", params={"year": year, **asked})
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


def lines(told: dict[str, Any], part: str = "owed") -> list[tuple[str | None, list[str], str, str | None]]:
    return [(one["day"], one["who"], one["symbol"], one["number"]) for one in told[part]]


def test_the_table_of_a_year_is_made_by_pasting_texts(register_door: RegisterDoor):
    for name, body in (("en_task", "GA"), ("en_reports", "GA"), ("es_recursos", "PC")):
        register_door.paste(name, body)
    told = table(register_door)
    assert lines(told) == [
        ("2015-07-31", ["secretary_general"], "AG/RES. 2876 (XLV-O/15)", "1"),
        ("2015-10-01", ["general_secretariat"], "CP/RES. 9002 (2017/15)", "2"),
        (None, ["general_secretariat"], "AG/RES. 9001 (XLIV-O/14)", "1.b"),
        (None, ["permanent_council"], "AG/RES. 9001 (XLIV-O/14)", "3"),
        (None, ["secretary_general", "member_states"], "CP/RES. 9002 (2017/15)", "3"),
    ]
    assert told["owed"][0]["task"].endswith("aligned with the Strategic Vision")
    assert [one["every"] for one in told["owed"]] == [None, None, "quarterly", None, "quarterly"]
    assert lines(table(register_door, body="PC")) == [line for line in lines(told) if line[2].startswith("CP")]
    assert {line[3] for line in lines(table(register_door, addressee="permanent_council"))} == {"3"}
    assert ("2014-12-01", "1.a") in [(line[0], line[3]) for line in lines(table(register_door, 2014))]


def test_only_a_decision_of_a_person_sets_a_paragraph_aside(register_door: RegisterDoor):
    older = register_door.paste("en_reports")["text"]
    register_door.paste("en_again")
    assert "3" in {line[3] for line in lines(table(register_door)) if line[2].startswith("AG/RES. 9001")}  # only proposed
    register_door.decide(older, 6, status="superseded")
    told = table(register_door)
    assert [(one["number"], one["status"]) for one in told["set_aside"]] == [("3", "superseded")]
    assert "3" not in {line[3] for line in lines(told) if line[2].startswith("AG/RES. 9001")}
    register_door.decide(older, 6, status="current")
    assert table(register_door)["set_aside"] == []


def test_the_table_is_a_sheet_in_the_readers_language(register_door: RegisterDoor):
    register_door.paste("en_task")
    register_door.paste("es_cursos")
    for lang, who in (("en", "Secretary General"), ("es", "Secretario General"), ("fr", "Secrétaire général")):
        answer = register_door.planner.get(f"/v1/obligations?year=2015&form=csv&lang={lang}")
        assert answer.headers["content-type"].startswith("text/csv")
        assert answer.headers["content-disposition"] == 'attachment; filename="obligations-2015.csv"'
        head, first, *rest = csv.reader(StringIO(answer.text))
        assert (len(head), first[1], first[3], first[6]) == (15, "2015-07-31", who, "AG/RES. 2876 (XLV-O/15)")
        assert {len(row) for row in rest} == {15}
    past = register_door.planner.get("/v1/obligations?year=2013&form=csv&lang=es").text
    assert "antes del 2013-11-30" in past


def test_no_cell_of_the_sheet_is_a_formula(register_door: RegisterDoor):
    text = "RESOLVES:\n\n1. To instruct the Secretary General =SUM(A1) by July 31, 2015.\n"
    told = {"text": text, "symbol": "AG/RES. 1 (XLV-O/15)", "body": "=GA", "source": "written for tests"}
    assert register_door.planner.post("/v1/texts", json=told).status_code == 201
    _, first = csv.reader(StringIO(register_door.planner.get("/v1/obligations?year=2015&form=csv").text))
    assert [cell for cell in first if cell.startswith("=")] == []
    assert first[8] == "'=GA"


def test_an_addressee_of_no_list_and_a_year_out_of_reach_are_refused(register_door: RegisterDoor):
    get = register_door.planner.get
    assert get("/v1/obligations?year=2015&addressee=sg").json()["code"] == "no_such_addressee"
    for query in ("", "year=1900", "year=x", "year=2015&form=xlsx"):
        assert get(f"/v1/obligations?{query}").status_code == 422


def test_a_paragraph_becomes_a_mandate_with_its_clock_its_function_and_its_words(register_door: RegisterDoor):
    stage = register_door.door.stage
    assert register_door.planner.post("/v1/structure", json=LOAD).status_code == 201
    id = register_door.paste("en_task")["text"]
    made = register_door.act(id, 1, "mandate", register_door.planner, title=TITLE, function="F1")
    assert (made.status_code, made.headers["etag"], made.json()["warnings"]) == (201, '"2"', []), made.text
    shown = register_door.planner.get(made.headers["location"]).json()
    detail = shown["detail"]
    assert (detail["symbol"], detail["issued_by"], detail["addressee"]) == ("AG/RES. 2876 (XLV-O/15)", "GA", "secretary_general")
    assert (detail["recipient"], detail["adopted_on"], detail["due"]) == ("permanent_council", "2015-06-15", {"on": "2015-07-31"})
    assert detail["paragraph"] == {"text": id, "place": 1, "symbol": "AG/RES. 2876 (XLV-O/15)"}
    assert detail["responsible_units"] == ["DIA"]
    clocks = register_door.planner.get(f"{made.headers['location']}/clocks").json()["clocks"]
    assert {clock["name"]: clock["due_on"] for clock in clocks}["due"] == "2015-07-31"
    (line,) = [one for one in table(register_door)["owed"] if one["number"] == "1"]
    assert (line["mandate"], line["state"], line["units"]) == (shown["id"], "in_force", ["DIA"])
    assert register_door.text(id)["items"][0]["trail"][0]["mandate"] == shown["id"]
    stage.to_day(date(2015, 8, 3))
    sweep(stage.flows)
    assert shown["id"] in {one["matter"] for one in register_door.planner.get("/v1/due").json()["late"]}
    before = register_door.everything()
    again = register_door.act(id, 1, "mandate", register_door.planner, title="Once more", task="Other words")
    assert (again.status_code, again.json()["code"]) == (409, "paragraph_is_mandate")
    assert register_door.everything() == before


def test_a_time_from_which_no_day_follows_starts_no_clock_and_is_said(register_door: RegisterDoor):
    id = register_door.paste("es_cursos")["text"]
    working = register_door.act(id, 2, "mandate", title="Cursos").json()
    assert len(working["warnings"]) == 1  # 60 working days of no calendar
    before_a_day = register_door.act(id, 4, "mandate", title="Cursos").json()
    due = {
        one["mandate"]: register_door.planner.get(f"/v1/mandates/{one['mandate']}").json()["detail"]["due"]
        for one in (working, before_a_day)
    }
    assert list(due.values()) == [None, {"on": "2013-11-29"}]
    told = register_door.act(id, 1, "mandate", title="Cursos", due={"on": "2015-12-31"}).json()
    assert register_door.planner.get(f"/v1/mandates/{told['mandate']}").json()["detail"]["due"] == {"on": "2015-12-31"}


def test_what_was_set_aside_becomes_no_mandate_and_nothing_is_written(register_door: RegisterDoor):
    id = register_door.paste("en_task")["text"]
    register_door.decide(id, 1, status="duplicate")
    before = register_door.everything()
    answer = register_door.act(id, 1, "mandate", title=TITLE)
    assert (answer.status_code, answer.json()["code"]) == (409, "paragraph_set_aside")
    assert register_door.everything() == before


def test_a_mandate_that_is_refused_leaves_no_step_at_the_paragraph(register_door: RegisterDoor):
    id = register_door.paste("en_task")["text"]
    other = {"symbol": "AG/RES. 2876 (XLV-O/15)", "title": "T", "task": "As told", "issued_by": "GA", "source": "s1"}
    assert register_door.planner.post("/v1/mandates", json=other).status_code == 201
    before = register_door.everything()
    answer = register_door.act(id, 1, "mandate", title=TITLE, task="As told")
    assert (answer.status_code, answer.json()["code"]) == (409, "already_registered")
    assert register_door.everything() == before
