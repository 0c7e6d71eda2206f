"""What words.md has us say is said at the intake door, in this order and in her language; and what it says of words and sheet."""

from datetime import date

import pytest

from policies.rules import Role
from policies.said import Said
from records.tables import METADATA
from tests.fixtures.intake_door import IntakeDoor
from web.messages import LANGUAGES, Messages

BEFORE = (
    "intake.start",
    "intake.who_reads",
    "intake.who_else",
    "intake.secrecy",
    "intake.danger_unknown",
    "intake.limits_formal",
    "intake.limits_unknown",
    "intake.device",
    "intake.details",
)


def overseers(roles: dict[str, Role], name: str) -> list[str]:
    above = roles[name].overseer
    return [] if above is None else [above, *overseers(roles, above)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_before_she_writes_the_first_seven_sentences_are_said_in_order(intake_door: IntakeDoor, language: str):
    notice = intake_door.client.get("/v1/office", params={"lang": language}).json()["notice"]
    messages = Messages(language)
    stand_in, other = ("Officer A", "Officer B") if "Officer A" in notice[1] else ("Officer B", "Officer A")
    names = {"intake.who_reads": f"Head, {stand_in}, Alternate", "intake.who_else": other}
    assert notice == [messages.say(Said(key, {"names": names.get(key, "")})) for key in BEFORE]


@pytest.mark.parametrize(("track", "said"), [("consultation", "intake.limits_talk"), ("complaint", "intake.limits_formal")])
def test_whoever_is_named_before_she_writes_can_open_it_and_nobody_else(intake_door: IntakeDoor, track: str, said: str):
    front = intake_door.client.get("/v1/office", params={"track": track}).json()
    assert Messages("en").say(Said(said)) in front["notice"]
    filed = intake_door.file(track=track, not_official_understood=True).json()
    assert [one["name"] for one in front["readers"]] == filed["readers"]


@pytest.mark.parametrize(("track", "said"), [("consultation", "intake.limits_talk"), ("complaint", "intake.limits_formal")])
@pytest.mark.parametrize("language", LANGUAGES)
def test_once_it_is_sealed_words_dates_limits_and_protection_are_said(
    intake_door: IntakeDoor, track: str, said: str, language: str
):
    filed = intake_door.file(track=track, language=language, not_official_understood=True).json()
    messages = Messages(language)
    later = "intake.newcomers" if track == "complaint" else "intake.nobody_later"
    for key in (said, "intake.secrecy", later):
        assert messages.say(Said(key)) in filed["notice"]
    assert messages.say(Said("intake.words", {"count": 12})) == filed["notice"][0]
    assert messages.say(Said("intake.next", {"day": date.fromisoformat(filed["read_by"])})) in filed["notice"]
    until = [line for line in filed["notice"] if "2017" in line]
    assert len(until) == (1 if track == "complaint" else 0), "of a talk nothing is left, so no day is promised"


def test_who_she_must_fear_oversees_nobody_who_can_read(intake_door: IntakeDoor):
    roles = dict(intake_door.stage.intake.shelf.pack.house.roles)
    readers = [name for name, role in roles.items() if {"complaint", "consultation"} & set(role.handles)]
    assert readers
    for name in readers:
        assert roles[name].door == "desk"
        above = overseers(roles, name)
        assert above[-1] == "chair"
        assert all(roles[one].door == "desk" for one in above[:-1])


def test_the_words_are_kept_nowhere(intake_door: IntakeDoor):
    filed = intake_door.file(key="00" * 16).json()
    first_two, told = " ".join(filed["receipt"][:2]), '", "'.join(filed["receipt"][:2])
    for table in METADATA.sorted_tables:
        for (row,) in intake_door.stage.rows(f"SELECT t::text FROM {table.name} t"):
            assert first_two not in str(row)
            assert told not in str(row)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sheet_bears_words_and_nothing_that_names_us_or_the_matter(intake_door: IntakeDoor, language: str):
    filed = intake_door.file(language=language).json()
    sheet = [*filed["receipt"], filed["notice"][0]]
    assert all(word.isalpha() for word in filed["receipt"])
    names = set(intake_door.stage.intake.shelf.pack.house.name.values())
    parts = {part.casefold() for name in names for part in name.replace(",", "").split() if len(part) > 6}
    ids = [str(row[0]) for row in intake_door.stage.rows("SELECT id FROM matter")]
    said = " ".join(sheet).casefold()
    assert [part for part in {*parts, *names, *ids} if part.casefold() in said.split()] == []
    assert [one for one in ids if one in str(filed)] == [], "no reference is ever given"


def test_s11_nothing_at_the_door_is_indexed_or_kept_by_a_browser(intake_door: IntakeDoor):
    for path in ("/v1/office", "/v1/complaint", "/nowhere", "/openapi.json"):
        answer = intake_door.client.get(path)
        assert answer.headers["X-Robots-Tag"] == "noindex"
        assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("derived", ["id", "state", "version", "opened_on", "readers", "locator", "subject_tag"])
def test_s16_what_we_derive_ourselves_cannot_be_sent(intake_door: IntakeDoor, derived: str):
    refused = intake_door.file(**{derived: "1"})
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid")
    assert [flaw["code"] for flaw in refused.json()["errors"]] == ["unknown_field"]
    assert intake_door.stage.rows("SELECT count(*) FROM matter") == [(0,)]
