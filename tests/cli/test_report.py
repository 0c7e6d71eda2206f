"""`amparo report`, as an operator calls it on an installation, and anybody on what was published."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
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
from reports.shape import Origin, Report
from tests.fixtures.offices import Stage
from tests.fixtures.ombuds_office import OmbudsStage
from tests.fixtures.released import released
from tests.fixtures.report_life import open_to_review
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


@dataclass
class Installation:
    """A data folder over the two databases of a test."""

    data: Path
    out: Path
    house: Stage
    ombuds: OmbudsStage

    def make(self, *words: str, kind: str = "ombuds", period: str = "2015") -> Result:
        return run("make", "--kind", kind, "--period", period, "--out", self.out, "--data", self.data, *words)

    def written(self) -> list[tuple[object, ...]]:
        """How many rows the tables hold that a report could ever write to."""
        tables = ("report", "report_draft", "released_report", "matter", "ledger_entry", "trouble")
        counts = ", ".join(f"(SELECT count(*) FROM {table})" for table in tables)
        return [*self.ombuds.rows(f"SELECT {counts}"), *self.house.rows(f"SELECT {counts}")]


@pytest.fixture
def installation(
    tmp_path: Path, house_office: Stage, ombuds_office: OmbudsStage, monkeypatch: pytest.MonkeyPatch
) -> Installation:
    monkeypatch.setenv("AMPARO_LANG", "en")
    data = tmp_path / "data"
    (data / "secrets").mkdir(parents=True)
    (data / "environment").write_text("test\n")
    for stage, role in ((house_office, "house_flows"), (ombuds_office, "ombuds_flows"), (ombuds_office, "ombuds_reports")):
        (data / "secrets" / f"{role.split('_')[0]}-{role}.url").write_text(stage.database.url(role) + "\n")
    return Installation(data, tmp_path / "out", house_office, ombuds_office)


def test_the_report_of_a_period_is_made_and_nothing_is_written_but_the_folder(installation: Installation):
    before = installation.written()
    made = installation.make("--lang", "es")
    assert made.exit_code == 0, made.output
    names = {path.name for path in installation.out.iterdir()}
    stems = {"report.es.html", "report.es.pdf", "report.es.csv", "dictionary.es.csv"}
    assert names == {"report.json", "report.schema.json", *stems}
    written = json.loads((installation.out / "report.json").read_text())
    assert (written["series"], written["edition"]) == ("ombuds", "2015.1")
    assert written["period"] == {"from": "2015-01-01", "to": "2015-12-31"}
    assert ask("attack", installation.out)["broken"] == []
    assert installation.written() == before
    digest = sha256((installation.out / "report.json").read_bytes()).digest()
    again = installation.make()
    assert (again.exit_code, "not empty" in again.output) == (2, True)
    assert sha256((installation.out / "report.json").read_bytes()).digest() == digest


def test_a_report_in_which_somebody_could_be_found_is_not_written_and_says_why(installation: Installation):
    asked = {"kind": "mandates", "period": "2015-H1"}
    assert installation.make("--lang", "en", **asked).exit_code == 0
    shown = Report.read((installation.out / "report.json").read_bytes())
    functions = shown.table("functions")
    hidden = functions.model_copy(update={"cells": tuple(cell.model_copy(update={"count": None}) for cell in functions.cells)})
    earlier = shown.model_copy(update={"tables": (hidden,), "edition": "2015-H1.9", "identities": (), "figures": ()}).written()
    installation.house.rows(
        "INSERT INTO released_report (series, edition, kind, object, sha256, released_on) "
        "VALUES ('mandates', '2015-H1.9', 'mandates', :object, :digest, '2015-06-14') RETURNING 1",
        object=earlier,
        digest=sha256(earlier.encode()).hexdigest(),
    )
    installation.out = installation.out.with_name("another")
    before = installation.written()
    made = installation.make("--lang", "en", **asked)
    assert made.exit_code == 1, made.output
    assert "Somebody can be found" in made.stdout
    assert "mandates/2015-H1.9" in made.stdout
    assert "Nothing was written" in made.stdout
    assert not installation.out.exists()
    assert installation.written() == before


def test_a_report_that_the_house_does_not_make_is_refused_with_those_it_makes(installation: Installation):
    for kind, period, said in (
        ("ombuds", "2015-Q3", "2015, 2015-H1, 2015-H2"),
        ("mandates", "2015", "2015-H1, 2015-H2"),
        ("annex", "2015-H1", "2015."),
    ):
        refused = installation.make(kind=kind, period=period)
        assert (refused.exit_code, said in refused.output) == (2, True), refused.output
    for period in ("2015-H3", "soon", "15"):
        assert installation.make(period=period).exit_code == 2
    later = installation.make(period="2031")
    assert (later.exit_code, "nothing to count" in later.output) == (2, True)
    assert not installation.out.exists()


def test_a_house_that_sleeps_says_how_to_wake_it(installation: Installation):
    url = "postgresql+psycopg://nobody@127.0.0.1:1/ombuds"
    (installation.data / "secrets" / "ombuds-ombuds_reports.url").write_text(url)
    refused = installation.make()
    assert (refused.exit_code, "amparo up" in refused.output) == (2, True)
    assert run("make", "--kind", "annex", "--period", "2015", "--out", installation.out, "--data", "/nowhere").exit_code == 2
    assert not installation.out.exists()


def test_the_list_names_what_is_out_and_what_is_under_way(installation: Installation, tmp_path: Path):
    empty = run("list", "--data", installation.data)
    assert (empty.exit_code, "no reports yet" in empty.output) == (0, True)
    open_to_review(installation.ombuds)
    released(installation.house, tmp_path / "releases")
    told = ask("list", "--data", installation.data)
    (waiting,) = told["under_way"]
    assert (waiting["series"], waiting["edition"], waiting["state"], waiting["late"]) == ("ombuds", "2015.1", "in_review", False)
    (out,) = told["released"]
    assert (out["edition"], out["released_on"], out["state"], out["written"]) == ("2014.1", "2015-02-16", "transmitted", True)
    shown = run("list", "--data", installation.data, "--lang", "pt")
    assert (shown.exit_code, "ombuds/2015.1" in shown.output, out["symbol"] in shown.output) == (0, True, True)
