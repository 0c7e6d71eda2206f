"""A pack is read whole or refused, with the file, the key and the reason; and an edition is named by all it says."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from policies.pack import PACKS, Pack, PolicyRefused, load_pack, pack_folder
from policies.periods import Sourced
from states.opening import refuse_contradictions

CODES = ("eu", "oas")
OPTIONAL = {"citations.toml", "decisions.toml", "documents.toml", "mandates.toml", "meetings.toml", "members.toml"}
OPTIONAL |= {"consents.toml", "contacts.toml", "files.toml", "groups.toml", "letters.toml", "offered_times.toml", "serving.toml"}
OPTIONAL |= {"office_record.toml", "officers.toml", "reports.toml", "structure.toml"}
"""What a house may do without."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the house's own rules, to be broken."""
    return Path(shutil.copytree(PACKS / "oas", tmp_path / "oas"))


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text, f"{file.name} no longer holds {old!r}"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def refused(folder: Path) -> PolicyRefused:
    """What a house says that is told to open on these rules."""
    with pytest.raises(PolicyRefused) as caught:
        refuse_contradictions(load_pack(folder))
    return caught.value


def test_every_pack_has_a_name_in_the_folder_of_packs():
    assert sorted(path.parent.name for path in PACKS.glob("*/office.toml")) == list(CODES)
    for code in CODES:
        assert load_pack(pack_folder(code)).code == code


@pytest.mark.parametrize("code", CODES)
def test_our_own_packs_may_be_used(code: str):
    refuse_contradictions(load_pack(pack_folder(code)))


def test_a_pack_that_is_not_there_is_refused_by_naming_those_that_are():
    with pytest.raises(PolicyRefused) as caught:
        pack_folder("../tests")
    assert caught.value.params["key"] == "pack"
    assert "eu, oas" in str(caught.value.params["reason"])


BREAKS = {
    "an unknown key": ("office.toml", "desk_hour = 9", "desk_hour = 9\ndesk_minute = 30", "notices.desk_minute", "Extra inputs"),
    "a misspelt key": ("mandate.toml", "ladder = ", "laddder = ", "clocks.assignment", "Field required"),
    "an unknown table": ("routes.toml", "[", "[typo.deeper]\nx = 1\n\n[", "typo.", "Field required"),
    "a value of the wrong shape": ("office.toml", "desk_hour = 9", 'desk_hour = "nine"', "notices.desk_hour", "integer"),
    "an impossible value": ("office.toml", "desk_hour = 9", "desk_hour = 24", "notices.desk_hour", "less than"),
    "a rule without a source": ("ladders.toml", "source = ", "# source = ", ".source", "Field required"),
    "bad TOML": ("ladders.toml", "[", "[[[", "-", "not readable TOML"),
    "a time zone that does not exist": ("calendars.toml", "America/New_York", "America/New_Yorck", "stations.0.zone", "IANA"),
    "an invitation to nobody's office": ("office.toml", 'offices = ["case_', 'offices = ["space_', "-", "not at the desk"),
    "an invitation from another door": ("office.toml", 'by = ["ombudsperson"]', 'by = ["chair"]', "-", "not at the desk"),
}


@pytest.mark.parametrize("what", BREAKS)
def test_a_broken_file_is_refused_with_file_key_and_reason(folder: Path, what: str):
    file, old, new, key, reason = BREAKS[what]
    change(folder / file, old, new)
    refusal = refused(folder)
    assert refusal.params["file"] == f"oas/{file}"
    assert key in str(refusal.params["key"])
    assert reason in str(refusal.params["reason"])


def test_a_file_that_is_not_text_is_refused(folder: Path):
    (folder / "routes.toml").write_bytes(b"\xff\xfe\x00")
    assert refused(folder).params["file"] == "oas/routes.toml"


@pytest.mark.parametrize("file", sorted({path.name for path in (PACKS / "oas").glob("*.toml")} - OPTIONAL))
def test_a_missing_file_is_refused_by_name(folder: Path, file: str):
    (folder / file).unlink()
    refusal = refused(folder)
    assert refusal.params == {"file": f"oas/{file}", "key": "-", "reason": "the file is missing"}


def without(file: Path, table: str) -> None:
    """Take one table with its values out of a file."""
    head, _, rest = file.read_text(encoding="utf-8").partition(f"[{table}]\n")
    assert rest, f"{file.name} has no table {table}"
    file.write_text(head + rest[rest.index("\n[") + 1 :], encoding="utf-8")


def test_a_clock_without_a_duration_is_refused(folder: Path):
    without(folder / "mandate.toml", "clocks.assignment")
    assert refused(folder).params == {"file": "oas/mandate.toml", "key": "clocks.assignment", "reason": "clock_missing"}


def test_a_clock_that_no_table_has_is_refused(folder: Path):
    change(folder / "mandate.toml", "[clocks.assignment]", "[clocks.asignment]")
    assert refused(folder).params["key"] in {"clocks.assignment", "clocks.asignment"}


def test_a_move_that_nobody_is_granted_is_refused(folder: Path):
    change(folder / "mandate.toml", "keep = [", "keep = []\nkept = [")
    assert refused(folder).params["file"] == "oas/mandate.toml"


def test_a_ladder_that_does_not_end_with_the_chair_is_refused(folder: Path):
    change(folder / "ladders.toml", 'act = "tell_chair"', 'act = "remind"')
    refusal = refused(folder)
    assert (refusal.params["file"], refusal.params["reason"]) == ("oas/ladders.toml", "ladder_without_chair")


def test_a_ladder_that_falls_silent_is_refused(folder: Path):
    file = folder / "ladders.toml"
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("repeat_every")]
    file.write_text("\n".join(lines).replace(", repeat_every", " # "), encoding="utf-8")
    assert refused(folder).params["reason"] == "ladder_falls_silent"


def test_a_role_that_nobody_can_hold_is_refused(folder: Path):
    change(folder / "office.toml", "[roles.mission]\n", "[roles.mission]\nmost = 0\n")
    assert refused(folder).params["reason"] == "nobody_can_hold"


def test_a_role_that_does_not_exist_is_refused(folder: Path):
    change(folder / "mandate.toml", '"secretariat_officer:any"', '"secretariat_oficer:any"')
    refusal = refused(folder)
    assert refusal.params["reason"] in {"granted_to_no_role", "nobody_can_hold"}
    assert str(refusal.params["key"]).startswith("access.")


def test_a_pack_cannot_be_changed_once_it_is_read():
    pack = load_pack(PACKS / "oas")
    with pytest.raises(ValidationError):
        pack.house.notices.desk_hour = 10  # type: ignore[misc]  the point of the test


@pytest.mark.parametrize("code", CODES)
def test_an_edition_reads_back_whole(code: str):
    pack = load_pack(PACKS / code)
    again = Pack.from_text(pack.canonical())
    assert again == pack
    assert again.edition == pack.edition
    assert again.canonical() == pack.canonical()


def test_an_edition_is_the_same_wherever_and_whenever_it_is_read(folder: Path):
    assert load_pack(folder).edition == load_pack(PACKS / "oas").edition


def test_comments_and_spaces_make_no_new_edition(folder: Path):
    before = load_pack(folder).edition
    for file in folder.glob("*.toml"):
        file.write_text(f"# read again\n\n{file.read_text(encoding='utf-8')}\n", encoding="utf-8")
    assert load_pack(folder).edition == before


def inside(value: Any, part: str) -> Any:
    """What a part of a dotted name stands for: a key, a place in a list, the code of one of a list, or a field."""
    if isinstance(value, dict):
        return value[part]
    if isinstance(value, tuple):
        coded = {getattr(one, "code", None): one for one in value}
        return coded[part] if part in coded else value[int(part)]
    return getattr(value, part)


@pytest.mark.parametrize("code", CODES)
def test_every_unchecked_value_is_listed_once_with_its_source(code: str):
    pack = load_pack(PACKS / code)
    listed = [*pack.unverified()]
    assert len({name for name, _ in listed}) == len(listed)
    assert all(source for _, source in listed)
    for name, source in listed:
        value: Any = pack
        for part in name.split("."):
            value = inside(value, part)
        assert isinstance(value, Sourced)
        assert (value.verified, value.source) == (False, source)


def test_a_checked_value_is_not_listed():
    pack = load_pack(PACKS / "oas")
    names = {name for name, _ in pack.unverified()}
    assert "house.notices" in names
    assert pack.house.danger["US-DC"].verified
    assert "house.danger.US-DC" not in names


def test_no_value_without_a_source_hides_in_a_pack():
    """Every shape that holds a number of days or a threshold says where it comes from."""
    unsourced = {shape.__name__ for shape in shapes(Pack) if "count" in shape.model_fields and not issubclass(shape, Sourced)}
    assert unsourced == set()


def shapes(of: type[BaseModel]) -> set[type[BaseModel]]:
    """A model and every model inside it."""
    found, waiting = set(), [of]
    while waiting:
        one = waiting.pop()
        found.add(one)
        inside = {made for field in one.model_fields.values() for made in models_in(field.annotation)}
        waiting += inside - found
    return found


def models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in getattr(annotation, "__args__", ()):
        yield from models_in(inner)


CONTRADICTIONS = {
    "a date that nothing brings": (
        "complaint.toml",
        r'(\[clocks\.acknowledgement\]\n)count = \d+\nunit = "\w+"(\nroll = "\w+")?',
        r'\1unit = "given"',
        "clocks.acknowledgement.unit",
        "given_in_sealed_kind",
    ),
    "true for a number": ("complaint.toml", r"count = \d+", "count = true", "clocks.", "integer"),
    "a text for a number": ("complaint.toml", r"count = \d+", 'count = "7"', "clocks.", "integer"),
    "a pause without its decision": (
        "complaint.toml",
        r"(\[pauses\.awaiting_complainant\]\neach = )30\ntotal = 90",
        r"\g<1>300\ntotal = 300",
        "pauses.awaiting_complainant",
        "pause_without_decision",
    ),
    "a limit that is not there": ("routes.toml", r'limit = "\w+"', 'limit = "nope"', "hearing.limit", "limit_unknown"),
    "nobody reads": ("office.toml", r"(\[min_readers\]\nvalue = )1", r"\g<1>0", "min_readers.value", "nobody_reads"),
    "more pairs of eyes than there are": (
        "complaint.toml",
        r"(\[numbers\.other_readers\]\nvalue = )0",
        r"\g<1>1",
        "numbers.other_readers.value",
        "too_few_can_read",
    ),
    "a talk that does not end with the term": (
        "consultation.toml",
        r"(\[clocks\.term\]\ncount = )30",
        r"\g<1>20",
        "clocks.term",
        "term_apart",
    ),
    "no language": ("office.toml", r"languages = \[.*\]", "languages = []", "languages", "at least 1"),
    "danger nowhere": ("office.toml", r"\[danger\.US-DC\]", "[danger.ZZ]", "danger.ZZ", "station_unknown"),
    "an alternate inside the office": ("office.toml", r"outside_office = true\n", "", "roles", "nobody_outside"),
    "a country without holidays": ("calendars.toml", r'country = "US"', 'country = "QQ"', "stations.0", "holidays_unknown"),
    "a subdivision that is none": (
        "calendars.toml",
        r'subdivision = "DC"',
        'subdivision = "QQ"',
        "stations.0",
        "holidays_unknown",
    ),
}


@pytest.mark.parametrize("what", CONTRADICTIONS)
def test_rules_that_would_break_later_are_refused_before_anything_is_opened_on_them(folder: Path, what: str):
    file, old, new, key, reason = CONTRADICTIONS[what]
    text = (folder / file).read_text(encoding="utf-8")
    changed, count = re.subn(old, new, text, count=1)
    assert count == 1, f"{file} no longer holds {old}"
    (folder / file).write_text(changed, encoding="utf-8")
    refusal = refused(folder)
    assert refusal.params["file"] == f"oas/{file}"
    assert key in str(refusal.params["key"])
    assert reason in str(refusal.params["reason"])
