"""What `amparo up` refuses before it starts, or makes, anything."""

import os

import pytest
from typer.testing import CliRunner

from cli.main import app, run

PORTS = [option for door in ("intake", "desk", "council", "prefect") for option in (f"--{door}-port", "0")]


@pytest.mark.parametrize(
    ("variable", "value"), [("AMPARO_COUNCIL_PORT", "abc"), ("AMPARO_INTAKE_PORT", "70000"), ("AMPARO_ENVIRONMENT", "prod")]
)
def test_a_setting_that_cannot_be_read_is_named_and_not_shown(work, monkeypatch, variable, value):
    monkeypatch.setenv(variable, value)
    done = CliRunner().invoke(app, ["up", "--data", str(work / "data"), *PORTS])
    assert done.exit_code == 2
    assert done.stderr.startswith(f"The setting {variable} holds something that it cannot be.")
    assert value not in done.output
    assert not (work / "data").exists()


def test_an_unknown_pack_is_refused_before_a_folder_is_made(work, monkeypatch):
    monkeypatch.setenv("AMPARO_PACK", "nowhere")
    done = CliRunner().invoke(app, ["up", "--data", str(work / "data"), *PORTS])
    assert done.exit_code == 1
    assert "there are: eu, oas" in done.stderr
    assert not (work / "data").exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root is refused")
def test_real_data_as_root_is_refused_and_fixes_no_folder(work):
    done = CliRunner().invoke(app, ["up", "--data", str(work / "data"), "--environment", "real", *PORTS])
    assert done.exit_code == 1
    assert "Real data is not run as root" in done.stderr
    assert not (work / "data").exists()


@pytest.mark.parametrize("words", [["status"], ["policy", "unverified"], ["due", "--list"]], ids=" ".join)
def test_no_command_shows_a_traceback_for_a_setting(words, monkeypatch, capsys):
    monkeypatch.setenv("AMPARO_COUNCIL_PORT", "abc")
    monkeypatch.setattr("sys.argv", ["amparo", *words])
    with pytest.raises(SystemExit) as ended:
        run()
    told = capsys.readouterr()
    assert ended.value.code == 2
    assert "AMPARO_COUNCIL_PORT" in told.err
    assert "abc" not in told.err
