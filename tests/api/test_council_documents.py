"""Documents at the council's door: a number, four languages, what is missing and until when, in the reader's words."""

from datetime import date
from typing import Any

from tests.fixtures.doors import CouncilDoor

PATH = "/v1/documents"
NEW = {"series": "council_document", "number": 5139, "title": "Adjustments", "original": "es", "source": "the register"}
NOON, ONE = "2015-06-15T12:00:00-04:00", "2015-06-15T13:00:00-04:00"
SHA = "5f" * 32


def steps(language: str, *names: str, at: str = NOON) -> list[dict[str, Any]]:
    return [{"language": language, "step": name, "at": at} for name in names]


def test_the_secretary_of_the_council_finds_what_is_missing_and_until_when(council_door: CouncilDoor):
    secretary, mission = council_door.client("secretary"), council_door.client("mission")
    made = secretary.post(PATH, json=NEW | {"wanted_at": "2015-06-16T10:00:00-04:00"})
    assert (made.status_code, made.json()["symbol"], made.headers["etag"]) == (201, "CP/doc.5139/15", '"1"')
    place = made.headers["location"]
    lines = [*steps("es", "received", "revised", "distributed"), *steps("fr", "requested")]
    assert secretary.post(f"{place}/stamps", json={"stamps": lines}, headers={"If-Match": '"1"'}).status_code == 201
    shown = mission.get(place).json()
    assert (shown["missing"], shown["needed_by"], shown["late"]) == (["en", "pt", "fr"], "2015-06-15T22:00:00-04:00", False)
    assert shown["said"].startswith("Not out yet: English, Portuguese, French. Needed by 15 June 2015, 22:00")
    french = next(one for one in shown["languages"] if one["language"] == "fr")
    assert (french["next_step"], french["distributed_at"], french["original"]) == ("received", None, False)
    spanish = mission.get(place, headers={"Accept-Language": "es"}).json()
    assert spanish["said"].startswith("Aún no ha salido: inglés, portugués, francés.")
    assert [one["symbol"] for one in mission.get(f"{PATH}?missing=fr&year=2015").json()["documents"]] == ["CP/doc.5139/15"]
    assert mission.get(f"{PATH}?missing=es").json()["documents"] == []


def test_the_next_meeting_that_has_it_on_its_order_of_business_says_until_when(council_door: CouncilDoor):
    secretary = council_door.client("secretary")
    place = secretary.post(PATH, json=NEW).headers["location"]
    assert secretary.get(place).json()["needed_by"] is None
    for number, day, hour in ((2021, "2015-07-08", None), (2020, "2015-06-24", "10:30")):
        meeting = {"body": "PC", "number": number, "day": day, "sort": "regular", "source": "assumed", "hour": hour}
        made = secretary.post("/v1/meetings", json={name: value for name, value in meeting.items() if value is not None})
        ordered = {"trigger": "set_order", "payload": {"items": [{"title": "Structure", "documents": ["CP/doc.5139/15"]}]}}
        assert secretary.post(f"{made.headers['location']}/moves", json=ordered).status_code == 200
    shown = secretary.get(place).json()
    assert [(one["title"], one["day"], one["hour"]) for one in shown["meetings"]] == [
        ("PC 2020/15", "2015-06-24", "10:30"),
        ("PC 2021/15", "2015-07-08", None),
    ]
    assert shown["needed_by"] == "2015-06-23T22:30:00-04:00"
    council_door.stage.to_day(date(2015, 6, 25))
    assert secretary.get(place).json()["needed_by"] == "2015-07-07T12:00:00-04:00"


def test_a_correction_and_a_void_are_told_with_their_symbols(council_door: CouncilDoor):
    secretary = council_door.client("secretary")
    place = secretary.post(PATH, json=NEW).headers["location"]
    lines = [*steps("es", "received", "revised"), *steps("es", "distributed", at=ONE)]
    secretary.post(f"{place}/stamps", json={"stamps": lines})
    told = {"language": "es", "what": "A figure.", "at": ONE, "sha256": SHA}
    assert secretary.post(f"{place}/corrections", json=told).json()["version"] == 3
    spanish = next(one for one in secretary.get(place).json()["languages"] if one["language"] == "es")
    assert (spanish["sha256"], spanish["corrections"][0]["what"]) == (SHA, "A figure.")
    part = secretary.post(f"{place}/parts", json={"suffix": "corr", "title": "T", "original": "es", "source": "s"}).json()
    assert part["symbol"] == "CP/doc.5139/15 corr. 1"
    assert secretary.post(f"{PATH}/{part['id']}/void", json={"reason": "Registered twice."}).status_code == 201
    assert secretary.get(place).json()["parts"] == [{"id": part["id"], "symbol": part["symbol"], "void": True}]
    void = secretary.get(f"{PATH}/{part['id']}").json()
    assert (void["void_on"], void["void_reason"]) == ("2015-06-15", "Registered twice.")
    assert void["said"] == "Void since 15 June 2015: the number stays without a document."


def test_a_refusal_is_a_sentence_in_the_readers_language_and_nothing_is_written(council_door: CouncilDoor):
    secretary = council_door.client("secretary")
    place = secretary.post(PATH, json=NEW).headers["location"]
    before = council_door.stage.rows("SELECT version FROM document")
    asked = {"stamps": steps("fr", "distributed")}
    refused = secretary.post(f"{place}/stamps", json=asked, headers={"Accept-Language": "fr"})
    assert (refused.status_code, refused.json()["code"]) == (409, "step_before_missing")
    assert refused.json()["detail"].startswith("français : avant « distribué » vient « demandé »")
    gap = secretary.post(PATH, json=NEW | {"number": 5200})
    assert (gap.status_code, gap.json()["params"]) == (409, {"number": "5200", "next": "5140"})
    stale = secretary.post(f"{place}/void", json={"reason": "r"}, headers={"If-Match": '"7"'})
    assert (stale.status_code, stale.json()["code"]) == (412, "stale_version")
    unknown = secretary.post(f"{PATH}/nothing/void", json={"reason": "r"})
    assert unknown.status_code == 404
    assert council_door.stage.rows("SELECT version FROM document") == before


def test_a_request_sent_again_gets_its_first_number(council_door: CouncilDoor):
    secretary, key = council_door.client("secretary"), {"Idempotency-Key": "0f" * 16}
    first = secretary.post(PATH, json=NEW, headers=key)
    again = secretary.post(PATH, json=NEW, headers=key)
    assert again.json() == first.json()
    assert secretary.post(PATH, json=NEW | {"title": "Other"}, headers=key).json()["code"] == "key_reused"
    assert council_door.stage.rows("SELECT count(*) FROM document") == [(1,)]


def test_the_series_are_told_with_what_they_ask_for_and_their_last_numbers(council_door: CouncilDoor):
    secretary = council_door.client("secretary")
    secretary.post(PATH, json=NEW)
    special = {"series": "assembly_resolution", "session": "XLVII-E", "year": 2014}
    for told in (special, {"series": "council_minutes", "meeting": 2036}):
        assert secretary.post(PATH, json=NEW | told | {"number": None}).status_code == 201
    told = {one["series"]: one for one in council_door.client("chair").get(f"{PATH}/series").json()["series"]}
    assert (told["council_document"]["last"], told["council_document"]["asks"]) == (5139, [])
    assert (told["assembly_resolution"]["last"], told["assembly_resolution"]["asks"]) == (None, ["session"])
    assert told["assembly_resolution"]["again"] == {"assembly_resolution XLVII-E": 1}
    assert (told["council_minutes"]["last"], told["council_minutes"]["asks"]) == (None, ["meeting"])
    assert told["council_resolution"]["asks"] == ["meeting"]
