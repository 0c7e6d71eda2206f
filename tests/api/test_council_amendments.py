"""Amendments, versions side by side, and committees' advice at the council's door."""

from typing import Any

from tests.fixtures.deciding import TEXTS, Tabled
from tests.fixtures.doors import CouncilDoor

IN_ALL = {
    "en": "To approve it in part.",
    "es": "Aprobarla en parte.",
    "pt": "Aprová-la em parte.",
    "fr": "De l'approuver en partie.",
}


def edit(change: str, at: str, **texts: str) -> dict[str, Any]:
    return {"change": change, "at": at} | ({"texts": texts} if texts else {})


def amendment(name: str, by: str, *edits: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "by": by, "edits": [*edits]}


def test_conflicts_are_named_and_what_is_carried_out_makes_a_version_that_waits_again(tabled: Tabled):
    tabled.post("amendments", **amendment("A1", "AR", edit("replace", "O1", **IN_ALL)))
    tabled.post("amendments", **amendment("A2", "BR", edit("replace", "O1", en="To reject it.")))
    tabled.post("amendments", **amendment("A3", "CL", edit("delete", "O2.1")))
    told = tabled.mission.get(f"{tabled.path}/amendments").json()
    assert [(one["language"], one["first"], one["second"], one["at"]) for one in told["conflicts"]] == [("en", "A1", "A2", "O1")]
    both = {"label": "rev. 1", "author": "PC"}
    tabled.refused("amendments/carry-out", "amendments_conflict", names=["A1", "A2"], **both)
    tabled.refused("amendments/carry-out", "no_such_amendment", names=["A9"], **both)
    tabled.post("amendments/carry-out", names=["A1", "A3"], **both)
    _, made = tabled.mission.get(f"{tabled.path}/versions").json()["versions"]
    assert (made["number"], made["label"], made["operations"]) == (2, "rev. 1", [])
    assert made["texts"]["en"] == ["Having seen the report,", "1. To approve it in part.", "2. To ask the Secretary General:"]
    assert made["text_sha256"].keys() == TEXTS.keys()
    assert [one["carried_into"] for one in tabled.mission.get(f"{tabled.path}/amendments").json()["amendments"]] == [2, None, 2]
    tabled.refused("votes", "locked", body="PC", method="roll_call", rule="council_majority")
    tabled.refused("amendments/carry-out", "no_such_amendment", names=["A2"], **both)


def test_a_language_an_amendment_does_not_speak_waits_for_its_translation(tabled: Tabled):
    tabled.post("amendments", **amendment("A1", "BR", edit("add_after", "O2.1", pt="que consulte;", es="que consulte;")))
    tabled.post("amendments/carry-out", names=["A1"], label="rev. 1", author="PC")
    made = tabled.mission.get(f"{tabled.path}/versions").json()["versions"][-1]
    assert made["texts"].keys() == {"es", "pt"}
    assert made["texts"]["pt"][-1] == "b. que consulte;"


def test_what_is_no_amendment_is_named_and_not_kept(tabled: Tabled):
    tabled.post("amendments", **amendment("A1", "AR", edit("delete", "O1")))
    tabled.refused("amendments", "amendment_there_already", **amendment("A1", "BR", edit("delete", "P1")))
    tabled.refused("amendments", "amends_nothing", **amendment("A2", "BR", edit("delete", "O7")))
    tabled.refused("amendments", "amendment_without_words", **amendment("A2", "BR", edit("replace", "O1")))
    whole = [edit("delete", key) for key in ("P1", "O1", "O2")]
    tabled.refused("amendments", "not_an_amendment", **amendment("A2", "BR", *whole))
    tabled.refused("amendments", "invalid", **amendment("A2", "BR", edit("replace", "X1", en="x")))
    vote = tabled.vote()
    tabled.refused("amendments", "not_open_for_amendments", **amendment("A2", "BR", edit("delete", "P1")))
    tabled.post(f"{vote}/close", 200)
    carried = {"names": ["A1"], "label": "rev. 1", "author": "PC"}
    tabled.refused("amendments/carry-out", "not_open_for_amendments", **carried)


def test_two_versions_stand_side_by_side_and_an_order_beside_its_resolution(tabled: Tabled):
    tabled.post("amendments", **amendment("A1", "AR", edit("replace", "O1", **IN_ALL)))
    tabled.post("amendments/carry-out", names=["A1"], label="rev. 1", author="PC")
    place = f"{tabled.path}/comparison"
    pairs = tabled.mission.get(f"{place}?first=1&second=2&language=es").json()["pairs"]
    assert [(pair["first"] or {}).get("key") for pair in pairs[:2]] == ["P1", "O1"]
    assert tabled.mission.get(f"{place}?first=1&second=3&language=es").json()["code"] == "no_such_version"
    order = {"language": "en", "paragraphs": ["The Secretary General orders:", "1. To approve the whole structure."]}
    before = tabled.written()
    pairs = tabled.mission.post(f"{place}?version=1", json=order).json()["pairs"]
    like = next(pair for pair in pairs if pair["first"] and pair["second"])
    assert (like["first"]["text"], like["second"]["text"]) == ("To approve the structure.", "To approve the whole structure.")
    assert {"kind": "second", "words": "whole"} in like["runs"]
    long = {"language": "en", "paragraphs": ["x"] * 2000}
    assert tabled.mission.post(f"{place}?version=1", json=long | {"language": "es"}).status_code == 200
    assert tabled.written() == before


def test_advice_moves_nothing_and_shows_where_the_body_decided_otherwise(council_door: CouncilDoor, tabled: Tabled):
    told = {"body": "CAAP", "on": "2015-06-16", "verdict": "adopt", "document": "CP/CAAP-1"}
    state = tabled.mission.get(tabled.path).json()["state"]
    tabled.post("advice", **told, parts={"O2.1": "reject"})
    tabled.refused("advice", "no_such_part", **told, parts={"O7": "reject"})
    tabled.refused("advice", "not_yet", **told | {"on": "2015-06-18"})
    assert tabled.mission.get(tabled.path).json()["state"] == state
    (one,) = tabled.mission.get(f"{tabled.path}/advice").json()["advice"]
    assert (one["verdict"], one["parts"], one["differs"]) == ("adopt", {"O2.1": "reject"}, [])
