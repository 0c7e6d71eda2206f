"""`amparo ledger`, as an operator calls it on an installation, and an auditor on what the operator hands out."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from nacl.signing import SigningKey
from typer.testing import CliRunner, Result

from actions.ledger_keys import LedgerKeyUnusable, public_file, public_keys, signing_key
from cli.ledger import app
from records.ledger import read_known_head
from tests.fixtures.ledgers import acted, changed
from tests.fixtures.offices import Stage
from tests.fixtures.ombuds_office import OmbudsStage
from tests.fixtures.visitors import come

LANGUAGES = ("en", "es", "pt", "fr")
LOGS = ("house", "ombuds")


@dataclass
class Installation:
    """A data folder over the two test databases, and a folder outside to write to."""

    data: Path
    out: Path
    house: Stage
    ombuds: OmbudsStage

    def run(self, command: str, *arguments: str, log: str | None = "house", data: bool = True) -> Result:
        said = [command, *arguments, *(["--log", log] if log else []), *(["--data", str(self.data)] if data else [])]
        return CliRunner().invoke(app, said)

    def did(self, command: str, *arguments: str, log: str | None = "house") -> str:
        result = self.run(command, *arguments, log=log)
        assert result.exit_code == 0, result.output
        return result.stdout

    def key_file(self, log: str) -> Path:
        return self.data / "secrets" / f"ledger-{log}.key"

    def night(self) -> None:
        """A day passes in both databases, and what waits is folded."""
        with self.house.flows.open() as books:
            day = date(2016, 9, 2) if books.today < date(2016, 9, 1) else date.fromordinal(books.today.toordinal() + 1)
        for stage in (self.house, self.ombuds):
            stage.to_day(day)
        for log in LOGS:
            self.did("fold", log=log)


@pytest.fixture
def installation(tmp_path: Path, house_office: Stage, ombuds_office: OmbudsStage) -> Installation:
    data = tmp_path / "data"
    (data / "secrets").mkdir(parents=True)
    (data / "environment").write_text("test\n")
    for stage, role in ((house_office, "house_flows"), (ombuds_office, "ombuds_flows")):
        (data / "secrets" / f"{role.split('_')[0]}-{role}.url").write_text(stage.database.url(role) + "\n")
    out = tmp_path / "out"
    out.mkdir()
    found = Installation(data, out, house_office, ombuds_office)
    for log in LOGS:
        new_key(found.key_file(log))
    return found


def new_key(file: Path) -> None:
    file.touch(mode=0o600)
    file.write_bytes(bytes(SigningKey.generate()))


def handed_out(installation: Installation, log: str) -> list[str]:
    """What an auditor gets: a copy and the keys. Returns the arguments that check it."""
    copy, keys = installation.out / "copy", installation.out / "keys"
    installation.did("export", str(copy), log=log)
    keys.write_text(installation.did("key", log=log))
    return [str(copy), "--key", str(keys)]


@pytest.mark.parametrize("log", LOGS)
def test_a_copy_is_checked_with_the_key_and_a_head_of_before(installation: Installation, log: str):
    acted(installation.house, 3)
    come(installation.ombuds)
    installation.night()
    kept = {"printed": installation.did("head", log=log), "whole": installation.did("head", "--json", log=log)}
    acted(installation.house, 2)
    installation.night()
    checks = handed_out(installation, log)
    for name, text in kept.items():
        read_known_head(text)
        (installation.out / name).write_text(text)
        result = CliRunner().invoke(app, ["verify", *checks, "--head", str(installation.out / name)])
        assert result.exit_code == 0, result.output
    changed(
        installation.house if log == "house" else installation.ombuds,
        "UPDATE ledger_entry SET commitment = sha256(commitment) WHERE position = 0",
    )
    checks = handed_out(installation, log)
    result = CliRunner().invoke(app, ["verify", *checks, "--head", str(installation.out / "whole"), "--json"])
    assert result.exit_code == 1
    assert json.loads(result.stdout)["findings"] != []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_export_says_how_much_it_holds_and_with_which_head_it_ends(installation: Installation, lang: str):
    acted(installation.house, 3)
    installation.night()
    said = installation.did("export", str(installation.out / "copy"), "--lang", lang)
    assert "3" in said
    assert installation.did("head").strip() == said.splitlines()[1]


def test_the_office_exports_leaves_only(installation: Installation):
    matter = str(come(installation.ombuds).matter)
    installation.night()
    installation.did("export", str(installation.out / "copy"), log="ombuds")
    lines = [json.loads(line) for line in (installation.out / "copy").read_text().splitlines()]
    assert {frozenset(line) for line in lines[1:]} == {frozenset({"index", "leaf"}), frozenset({"head", "key", "signature"})}
    assert matter not in (installation.out / "copy").read_text()


def test_one_entry_of_the_house_is_proved(installation: Installation):
    acted(installation.house, 3)
    installation.night()
    proof, keys = installation.out / "proof", installation.out / "keys"
    installation.did("prove", "--entry", "1", str(proof))
    keys.write_text(installation.did("key"))
    assert CliRunner().invoke(app, ["check-proof", str(proof), "--key", str(keys)]).exit_code == 0


@pytest.mark.parametrize(
    ("command", "log"),
    [
        (["prove", "--entry", "7"], "house"),  # there is no such entry
        (["prove", "--entry", "seven"], "house"),
        (["prove", "--entry", "9" * 30], "house"),
        (["prove", "--entry", "0"], "ombuds"),  # theirs alone
    ],
)
def test_what_is_not_given_is_refused_with_a_sentence_and_writes_nothing(
    installation: Installation, command: list[str], log: str
):
    acted(installation.house)
    installation.night()
    result = installation.run(*command, str(installation.out / "proof"), log=log)
    assert result.exit_code == 2
    assert len(result.stderr.strip().splitlines()) == 1
    assert list(installation.out.iterdir()) == []


def test_without_a_head_or_a_place_to_write_it_says_so(installation: Installation):
    for command in (["head"], ["export", str(installation.out / "copy")]):
        installation.key_file("house").with_suffix(".pub").write_text(bytes(SigningKey.generate().verify_key).hex())
        result = installation.run(*command)
        assert (result.exit_code, result.stdout) == (2, "")
    installation.key_file("house").with_suffix(".pub").unlink()
    acted(installation.house)
    installation.night()
    result = installation.run("export", str(installation.out / "nowhere" / "copy"))
    assert (result.exit_code, "nowhere" in result.stderr) == (2, True)
    assert list(installation.out.iterdir()) == []


def test_a_folder_without_an_installation_is_named(installation: Installation):
    result = CliRunner().invoke(app, ["head", "--log", "house", "--data", str(installation.out)])
    assert (result.exit_code, str(installation.out) in result.stderr) == (2, True)


def test_a_key_that_was_replaced_still_checks_what_it_signed(installation: Installation):
    acted(installation.house)
    installation.night()
    old = installation.did("key").split()
    new_key(installation.key_file("house"))
    acted(installation.house)
    installation.night()
    keys = installation.did("key").split()
    assert len(keys) == 2
    assert keys[1:] == old
    assert CliRunner().invoke(app, ["verify", *handed_out(installation, "house")]).exit_code == 0


def test_the_public_key_stands_beside_the_signing_key(tmp_path: Path):
    file = tmp_path / "ledger-house.key"
    new_key(file)
    with pytest.raises(LedgerKeyUnusable):
        public_keys(file)
    key = signing_key(file)
    before = public_file(file).stat().st_mtime_ns
    assert public_file(file).read_text() == bytes(key.verify_key).hex() + "\n"
    assert signing_key(file) == key
    assert public_keys(file) == [key.verify_key]
    assert public_file(file).stat().st_mtime_ns == before  # not written again
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ledger-house.key", "ledger-house.pub"]


@pytest.mark.parametrize("fault", ["missing", "short", "open", "spoilt"])
def test_a_signing_key_that_is_not_one_is_refused(tmp_path: Path, fault: str):
    file = tmp_path / "ledger-house.key"
    if fault != "missing":
        new_key(file)
    if fault == "short":
        file.write_bytes(bytes(31))
    if fault == "open":
        file.chmod(0o640)
    if fault == "spoilt":
        public_file(file).write_text("no key")
    before = sorted(tmp_path.iterdir())
    with pytest.raises(LedgerKeyUnusable):
        signing_key(file)
    assert sorted(tmp_path.iterdir()) == before
