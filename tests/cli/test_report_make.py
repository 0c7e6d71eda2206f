"""`amparo report make`, `list`, `correct` and `withdraw` on an installation, as an operator calls them."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from typer.testing import Result

from actions.reporting import make_reports
from reports.shape import Report
from tests.cli.test_report import LANGUAGES, ask, run
from tests.fixtures.offices import Stage
from tests.fixtures.ombuds_office import OmbudsStage
from tests.fixtures.released import released
from tests.fixtures.report_life import open_to_review
from tests.fixtures.reporting import Reporting


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
    for word in ("functions", "shown in another"):
        assert word in " ".join(made.stdout.split())
    for told in ("Number ", "│ It is  ", "known to within"):
        assert told not in made.stdout  # neither which cell, nor its bounds, nor how close
    assert "Nothing was written" in made.stdout
    assert not installation.out.exists()
    assert installation.written() == before


def test_a_report_that_the_house_does_not_make_is_refused_with_those_it_makes(installation: Installation):
    for kind, period, said in (
        ("ombuds", "2015-Q3", "2015, 2015-H1, 2015-H2"),
        ("mandates", "2015", "2015-H1, 2015-H2"),
        ("annex", "2015-Q1", "2015, 2015-H1, 2015-H2"),
    ):
        refused = installation.make(kind=kind, period=period)
        assert (refused.exit_code, said in refused.output) == (2, True), refused.output
    for period in ("2015-H3", "soon", "15"):
        assert installation.make(period=period).exit_code == 2
    later = installation.make(period="2031")
    assert (later.exit_code, "nothing to count" in later.output) == (2, True)
    assert not installation.out.exists()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_real_house_is_not_looked_into_before_its_cut_off_date(installation: Installation, lang: str):
    (installation.data / "environment").write_text("real\n")
    for stage in (installation.house, installation.ombuds):
        stage.rows("UPDATE office_clock SET environment = 'real', instant = NULL RETURNING 1")
    before, year = installation.written(), datetime.now(UTC).year - (datetime.now(UTC).month == 1)
    for kind, period in (("ombuds", str(year)), ("annex", str(year))):
        refused = installation.make("--lang", lang, kind=kind, period=period)
        assert (refused.exit_code, str(year + 1) in refused.output) == (2, True), refused.output
        assert "31" in refused.output
    assert not installation.out.exists()
    assert installation.written() == before


def test_an_operator_corrects_the_mandates_and_ends_it(installation: Installation, reporting: Reporting):
    def mend(name: str, *more: str, kind: str = "mandates") -> Result:
        return run(name, "--kind", kind, "--period", "2015-H1", "--data", installation.data, *more)

    reporting.council.to_day(date(2015, 7, 30))
    make_reports(reporting.council.flows, reporting)
    done = mend("correct", "--because", "rule_wrong", "--lang", "en")
    assert (done.exit_code, "2015-H1.2 is opened. It corrects 2015-H1.1" in done.output) == (0, True), done.output
    assert mend("redraft").exit_code == 2
    for lang in LANGUAGES:
        refused = mend("correct", "--because", "figures_wrong", "--lang", lang, kind="ombuds")
        assert (refused.exit_code, "ombuds" in refused.output) == (2, True)
    assert mend("correct", "--because", "words_wrong").exit_code == 2
    ended = mend("withdraw", "--lang", "fr")
    assert (ended.exit_code, "2015-H1.2 est retirée" in ended.output) == (0, True)
    assert mend("withdraw").exit_code == 2


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
