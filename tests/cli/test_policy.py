"""`amparo policy`: an operator learns what nobody has checked, and whether rules may be used, before a house opens."""

import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from cli.policy import app
from policies.pack import PACKS, load_pack

RUNNER = CliRunner(env={"AMPARO_LANG": "en"})


def run(*words: str) -> Result:
    return RUNNER.invoke(app, list(words))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(PACKS / "eu", tmp_path / "mine"))


def test_every_unchecked_value_is_listed_for_programs():
    listed = json.loads(run("unverified", "--json").stdout)
    expected = [{"name": name, "source": source} for name, source in load_pack(PACKS / "oas").unverified()]
    assert listed == expected
    assert len(listed) > 10


def test_every_unchecked_value_is_listed_for_people():
    outcome = run("unverified", "--pack", "eu")
    values = [*load_pack(PACKS / "eu").unverified()]
    *lines, last = outcome.stdout.splitlines()
    assert lines == [f"{name}: {source}" for name, source in values]
    assert str(len(values)) in last
    assert outcome.exit_code == 0


def test_every_pack_we_bring_may_be_used():
    outcome = run("check", "--json")
    assert outcome.exit_code == 0
    assert [pack["pack"] for pack in json.loads(outcome.stdout)] == ["eu", "oas"]
    assert load_pack(PACKS / "eu").edition in run("check").stdout


def test_a_folder_of_ones_own_is_checked(folder: Path):
    outcome = run("check", str(folder), "--json")
    assert outcome.exit_code == 0
    assert [pack["pack"] for pack in json.loads(outcome.stdout)] == ["mine"]


BREAKS = {
    "an impossible hour": (r"(?m)^desk_hour = \d+$", "desk_hour = 99", "notices.desk_hour"),
    "a kind without a file": (r"(?m)^kinds = \[", 'kinds = ["appeal", ', "-"),
    "an overseer who is nobody": (r'(?m)^overseer = "chair"$', 'overseer = "chairs"', "roles."),
}


@pytest.mark.parametrize("what", BREAKS)
def test_rules_that_may_not_be_used_are_refused_with_file_and_key(folder: Path, what: str):
    pattern, new, key = BREAKS[what]
    text, times = re.subn(pattern, new, (folder / "office.toml").read_text(encoding="utf-8"), count=1)
    assert times == 1
    (folder / "office.toml").write_text(text, encoding="utf-8")
    outcome = run("check", str(folder))
    assert outcome.exit_code == 1
    assert outcome.stdout == ""
    assert re.search(rf"mine/\w+\.toml, (key )?{re.escape(key)}", outcome.stderr), outcome.stderr


@pytest.mark.parametrize(("words", "code"), [(("unverified", "--pack", "mars"), 2), (("check", "/nowhere"), 1)])
def test_rules_that_are_not_there_are_refused(words: tuple[str, ...], code: int):
    outcome = run(*words, "--json")
    assert outcome.exit_code == code
    assert json.loads(outcome.stdout)["error"]["code"] == "policy_refused"


@pytest.mark.parametrize("lang", ["es", "pt", "fr"])
def test_people_are_told_in_their_language(lang: str):
    assert run("check", "--lang", lang).stdout != run("check").stdout


def test_a_language_we_do_not_speak_is_refused():
    outcome = run("check", "--lang", "tlh")
    assert outcome.exit_code == 2
    assert "en, es, pt, fr" in outcome.stderr
