"""`amparo retention`, as an operator uses it, on a real database."""

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.main import app
from tests.fixtures.databases import Database
from tests.fixtures.ledgers import KEY, nights
from tests.fixtures.months import BEGAN, DAY, sweep_days
from tests.fixtures.ombuds_office import OmbudsStage
from tests.fixtures.visitors import come


@pytest.fixture
def installation(ombuds_office: OmbudsStage, house: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder that leads to the databases of this test."""
    monkeypatch.setenv("AMPARO_LANG", "en")
    (tmp_path / "environment").write_text("test\n", encoding="ascii")
    secrets = tmp_path / "secrets"
    secrets.mkdir(mode=0o700)
    (secrets / "ombuds-amparo_owner.url").write_text(ombuds_office.database.owner_url, encoding="utf-8")
    (secrets / "house-amparo_owner.url").write_text(house.owner_url, encoding="utf-8")
    return tmp_path


def test_an_operator_says_that_backups_are_gone_and_certificates_get_their_second_date(
    ombuds_office: OmbudsStage, installation: Path
):
    stage = ombuds_office
    with stage.owner.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO certificate (id, kind, rule, edition, destroyed_on) SELECT gen_random_uuid(), 'complaint', "
            "'complaint.retention', hash, d FROM edition, unnest(ARRAY['2016-08-01', '2016-08-20']::date[]) d"
        )
    gone = "SELECT destroyed_on, backups_gone_on FROM certificate ORDER BY 1"
    command = ["retention", "backups-gone", "--data", str(installation)]
    late = CliRunner().invoke(app, [*command, "--before", "2016-09-02"])
    assert (late.exit_code, "not come" in late.output) == (2, True)
    assert stage.rows(gone) == [(date(2016, 8, 1), None), (date(2016, 8, 20), None)]
    done = CliRunner().invoke(app, [*command, "--before", "2016-08-20", "--lang", "es"])
    assert (done.exit_code, "Certificados que ahora lo dicen: 1." in done.output) == (0, True)
    assert stage.rows(gone) == [(date(2016, 8, 1), date(2016, 9, 1)), (date(2016, 8, 20), None)]
    assert "retention.backups_gone" in str(stage.rows("SELECT body FROM ledger_entry"))
    listed = CliRunner().invoke(app, ["retention", "certificates", "--data", str(installation), "--lang", "fr"])
    assert (listed.exit_code, listed.output.count("officiel ; détruit"), listed.output.count("1er septembre 2016")) == (0, 2, 1)
    plain = CliRunner().invoke(app, ["retention", "certificates", "--data", str(installation), "--json"])
    assert [(one["track"], one["destroyed_on"], one["backups_gone_on"]) for one in json.loads(plain.output)] == [
        ("formal", "2016-08-20", None),
        ("formal", "2016-08-01", "2016-09-01"),
    ]


def test_an_operator_hands_on_a_proof_that_anybody_checks_with_the_key_alone(
    ombuds_office: OmbudsStage, installation: Path, tmp_path: Path
):
    stage, out, keys = ombuds_office, tmp_path / "proof.json", tmp_path / "keys.txt"
    come(stage).does("withdraw_forget")
    sweep_days(stage, BEGAN, BEGAN + 7 * DAY)
    nights(stage)
    keys.write_text(bytes(KEY.verify_key).hex(), encoding="ascii")
    (one,) = json.loads(CliRunner().invoke(app, ["retention", "certificates", "--data", str(installation), "--json"]).output)
    command = ["retention", "certificates", "--data", str(installation), "--out", str(out), "--proof"]
    assert CliRunner().invoke(app, [*command, "0000-0000-0000-0000-0000"]).exit_code != 0
    assert not out.exists()
    written = CliRunner().invoke(app, [*command, one["number"]])
    assert (written.exit_code, str(out) in written.output.replace("\n", "")) == (0, True)
    checked = CliRunner().invoke(app, ["ledger", "check-proof", str(out), "--key", str(keys), "--lang", "pt"])
    assert (checked.exit_code, f"número {one['number']} foi destruído" in checked.output) == (0, True)
    out.write_text(out.read_text().replace("2016-09-08", "2016-09-07"), encoding="utf-8")
    forged = CliRunner().invoke(app, ["ledger", "check-proof", str(out), "--key", str(keys)])
    assert (forged.exit_code, one["number"] in forged.output) == (1, False)
