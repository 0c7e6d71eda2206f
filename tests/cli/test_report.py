"""`amparo report`, as an operator calls it on an installation, and anybody on what was published."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import get_args

import pytest
from nacl.signing import SigningKey
from typer.testing import CliRunner, Result

from actions.report_week import write_week
from cli.main import app
from reports.attack.findings import Why
from reports.form.verify import key_name
from reports.ombuds.chair_week import chair_week
from reports.shape import Origin
from web.messages import Messages

LANGUAGES = ("en", "es", "pt", "fr")
KEYS = {"cells", "protected", "broken", "tightest"}
Count = int | None


def run(*words: object) -> Result:
    return CliRunner(env={"AMPARO_LANG": "en"}).invoke(app, ["report", *map(str, words)])


def ask(*words: object, code: int = 0) -> dict[str, object]:
    result = run(*words, "--json")
    assert result.exit_code == code, result.output
    return json.loads(result.stdout)


def publish(folder: Path, edition: str, counts: Mapping[str, Count], dimension: str = "track") -> Path:
    """A release as somebody else might write one: nothing but what the issue says of `report.json`."""
    place = folder / "ombuds" / edition
    place.mkdir(parents=True)
    cells = [{"key": {dimension: value}, "count": count} for value, count in counts.items()]
    table = {"name": "cases", "kind": "flow", "dimensions": [dimension], "cells": cells}
    period = {"from": f"{edition[:4]}-01-01", "to": f"{edition[:4]}-12-31"}
    report = {"series": "ombuds", "edition": edition, "period": period, "tables": [table]}
    (place / "report.json").write_text(json.dumps(report), encoding="utf-8")
    return place


SAFE: Mapping[str, Count] = {"complaint": 30, "consultation": None, "request": None, "total": 60}
TOLD: Mapping[str, Count] = {"complaint": 30, "consultation": None, "total": 32}


def test_what_tells_nobody_is_clean(tmp_path: Path):
    publish(tmp_path, "2025.1", SAFE)
    answer = ask("attack", tmp_path)
    assert answer.keys() >= KEYS
    assert (answer["cells"], answer["protected"], answer["broken"]) == (4, 2, [])
    assert answer["releases"] == ["ombuds/2025.1"]
    told = run("attack", tmp_path)
    assert (told.exit_code, "Nobody can be found" in told.stdout) == (0, True)


def test_a_hidden_number_that_follows_from_a_total_is_found(tmp_path: Path):
    place = publish(tmp_path, "2025.1", TOLD)
    answer = ask("attack", place, code=1)
    (broken,) = answer["broken"]
    assert (broken["series"], broken["edition"], broken["key"]) == ("ombuds", "2025.1", {"track": "consultation"})
    assert (broken["low"], broken["high"], broken["why"], answer["tightest"]) == (2, 2, "exact", 0)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_person_reads_which_number_it_is_in_their_language(tmp_path: Path, lang: str):
    publish(tmp_path, "2025.1", TOLD)
    told = run("attack", tmp_path, "--lang", lang)
    assert told.exit_code == 1
    assert "track: consultation" in " ".join(told.stdout.split())
    assert "report_cli" not in told.output


def test_everything_an_attacker_may_find_has_its_sentence():
    assert [why for why in get_args(Why) if f"report_cli.why.{why}" not in Messages("en")] == []


def test_releases_are_found_below_a_folder_each_once_and_not_while_they_are_written(tmp_path: Path):
    first = publish(tmp_path, "2024.1", SAFE)
    publish(tmp_path, "2025.1", SAFE)
    publish(tmp_path, "2026.1", TOLD).rename(tmp_path / "ombuds" / ".2026.1.f00d")
    assert ask("attack", first, tmp_path, tmp_path / "ombuds" / "2025.1")["releases"] == ["ombuds/2024.1", "ombuds/2025.1"]


def unreadable(tmp_path: Path) -> Sequence[tuple[object, ...]]:
    (tmp_path / "empty").mkdir()
    place = publish(tmp_path / "broken", "2025.1", SAFE)
    (place / "report.json").write_text('{"tables": 3', encoding="utf-8")
    good = publish(tmp_path / "good", "2025.1", SAFE)
    return (
        (tmp_path / "empty",),
        (tmp_path / "nowhere",),
        (place,),
        (good, tmp_path / "empty"),
        (good, "--pack", "eu"),
        (good, "--pack", "nobody"),
        (good, "--lang", "de"),
    )


def test_what_cannot_be_read_is_said_and_ends_with_two(tmp_path: Path):
    for words in unreadable(tmp_path):
        result = run("attack", *words)
        assert result.exit_code == 2, (words, result.output)
        assert "Traceback" not in result.output
        error = ask("attack", *words, code=2)["error"]
        assert error["message"], words


def test_what_strangers_wrote_into_a_file_is_shown_and_never_obeyed(tmp_path: Path):
    publish(tmp_path, "2025.1", {"[red]a\x1b[2J": 30, "b": None, "total": 31})
    publish(tmp_path, "2026.1", {"[bold]b[/bold]": None, "total": 2}, dimension="[link]x")
    told = run("attack", tmp_path, "--lang", "en")
    assert told.exit_code == 1
    assert "\x1b[2J" not in told.output
    assert "[link]x" in told.output


@dataclass
class Signed:
    """A release on disk, and who signed it."""

    place: Path
    key: SigningKey

    @property
    def hex(self) -> str:
        return bytes(self.key.verify_key).hex()


@pytest.fixture
def signed(tmp_path: Path) -> Signed:
    """A week's band: the lightest release there is."""
    key = SigningKey(bytes(range(32)))
    origin = Origin(taken_on=date(2026, 5, 4), policy_edition="e" * 12, unverified=3)
    made = chair_week("some", date(2026, 5, 4), band_from=5, house="oas", origin=origin)
    write_week(made.written().encode(), tmp_path / "releases", key)
    return Signed(tmp_path / "releases" / made.series / made.edition, key)


def test_a_copy_is_genuine_under_the_key_that_signed_it(signed: Signed, tmp_path: Path):
    told = run("verify", signed.place, "--key", signed.hex, "--lang", "en")
    assert (told.exit_code, "genuine" in told.stdout) == (0, True)
    keys = tmp_path / "keys"
    keys.write_text(f"{'0' * 64}\n{signed.hex}\n")
    answer = ask("verify", signed.place, "--key", keys)
    assert (answer["genuine"], answer["series"], answer["key"]) == (True, "chair_week", key_name(bytes(signed.key.verify_key)))


def test_the_houses_own_key_is_taken_where_none_is_named(signed: Signed, tmp_path: Path):
    secrets = tmp_path / "data" / "secrets"
    secrets.mkdir(parents=True)
    assert run("verify", signed.place, "--data", tmp_path / "data").exit_code == 2
    (secrets / "ledger-house.pub").write_text(signed.hex + "\n")
    assert run("verify", signed.place, "--data", tmp_path / "data").exit_code == 0


def test_what_was_changed_added_or_taken_away_is_named(signed: Signed):
    kept = (signed.place / "report.json").read_bytes()
    (signed.place / "report.json").write_bytes(kept.replace(b"2026", b"2025"))
    (signed.place / "extra.csv").write_text("a")
    answer = ask("verify", signed.place, "--key", signed.hex, code=1)
    assert (answer["changed"], answer["extra"], answer["signed"]) == (["report.json"], ["extra.csv"], True)
    (signed.place / "report.json").unlink()
    told = run("verify", signed.place, "--key", signed.hex, "--lang", "fr")
    assert (told.exit_code, "Manque : report.json" in told.stdout) == (1, True)
    other = run("verify", signed.place, "--key", "0" * 64)
    assert other.exit_code == 1


def test_a_folder_that_is_no_release_or_a_key_that_is_none_ends_with_two(signed: Signed, tmp_path: Path):
    assert run("verify", tmp_path, "--key", signed.hex).exit_code == 2
    for key in ("abc", "zz" * 32, str(tmp_path), signed.hex + "00"):
        result = run("verify", signed.place, "--key", key)
        assert (result.exit_code, "64" in result.output) == (2, True)
