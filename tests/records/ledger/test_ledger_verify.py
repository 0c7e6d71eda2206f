"""The auditor's program, run as an auditor runs it: elsewhere, with an export and a public key."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from nacl.signing import SigningKey
from typer.testing import CliRunner

from cli.ledger_verify import LONGEST_LINE, app
from records.ledger import Row, filler, leaf_bytes, prove, public_line
from records.ledger.entries import canonical

TREE = Path(__file__).parents[3]
LANGUAGES = ("en", "es", "pt", "fr")
NEVER_NEEDED = {
    "sqlalchemy",
    "psycopg",
    "fastapi",
    "prefect",
    "pydantic",
    "babel",
    "jinja2",
    "transitions",
    "settings",
    "web",
}


def written(folder, kept):
    """The files that the office hands out."""
    recorded = kept.recorded[1]
    texts = {
        "export": "".join(kept.export()),
        "key": bytes(kept.public_key).hex() + "\n",
        "printed": public_line(kept.heads[-1].head) + "\n",
        "kept": canonical(kept.heads[1].as_plain()).decode() + "\n",
        "proof": prove(kept.leaves, kept.leaves.index(leaf_bytes(recorded)), recorded, kept.heads[-1]).as_text(),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def run(command, folder, file, *options):
    return CliRunner().invoke(app, [command, str(folder / file), "--key", str(folder / "key"), *options])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_sound_export_ends_with_0_and_the_line_to_compare_with_a_report(kept, tmp_path, lang):
    folder = written(tmp_path, kept)
    alone = run("verify", folder, "export", "--lang", lang)
    assert alone.exit_code == 0
    assert public_line(kept.heads[-1].head) in alone.stdout
    for head in ("printed", "kept"):
        compared = run("verify", folder, "export", "--head", str(folder / head), "--lang", lang)
        assert compared.exit_code == 0
        assert alone.stdout.startswith(compared.stdout)  # without a head known before, one warning more
        assert len(alone.stdout) > len(compared.stdout)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_any_finding_ends_with_1_and_a_sentence_that_says_where(kept, tmp_path, lang):
    folder = written(tmp_path, kept)
    kept.rows[5] = kept.rows[6]
    (folder / "export").write_text("".join(kept.export()))
    answer = run("verify", folder, "export", "--lang", lang)
    assert answer.exit_code == 1
    (finding,) = re.findall("^- (.+)$", answer.stdout, flags=re.MULTILINE)
    assert all(number in finding for number in ("7", "10", "11"))
    told = json.loads(run("verify", folder, "export", "--lang", lang, "--json").stdout)
    assert told["sound"] is False
    assert told["findings"] == [
        {"key": "ledger.finding.leaves_changed", "params": {"line": 11, "first": 7, "last": 10}, "sentence": finding}
    ]


def test_a_head_that_was_cut_off_ends_with_1(kept, tmp_path):
    folder = written(tmp_path, kept)
    kept.heads = kept.heads[:2]
    (folder / "export").write_text("".join(kept.export()))
    assert run("verify", folder, "export").exit_code == 0
    assert run("verify", folder, "export", "--head", str(folder / "printed")).exit_code == 1


def test_json_tells_all_that_a_program_needs(kept, tmp_path):
    told = json.loads(run("verify", written(tmp_path, kept), "export", "--json").stdout)
    head = public_line(kept.heads[-1].head)
    assert told == {"sound": True, "log": kept.log, "leaves": 12, "heads": 3, "head": head, "findings": []}


def test_the_key_in_use_stands_first_and_an_earlier_one_after_it(kept, tmp_path):
    folder = written(tmp_path, kept)
    new = SigningKey.generate()
    (folder / "key").write_text(f"{bytes(new.verify_key).hex()}\n{bytes(kept.public_key).hex()}\n")
    assert run("verify", folder, "export").exit_code == 0
    (folder / "key").write_text(bytes(new.verify_key).hex())
    assert run("verify", folder, "export").exit_code == 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_proof_is_checked_with_head_and_public_key(kept, tmp_path, lang):
    folder = written(tmp_path, kept)
    entry = kept.recorded[1].entry if kept.log == "ombuds" else kept.recorded[1]
    fine = run("check-proof", folder, "proof", "--head", str(folder / "printed"), "--lang", lang)
    assert fine.exit_code == 0
    assert entry.what in fine.stdout
    told = json.loads(run("check-proof", folder, "proof", "--json", "--lang", lang).stdout)
    assert (told["sound"], told["entry"]) == (True, entry.as_plain())
    wrong = run("check-proof", folder, "proof", "--head", str(folder / "kept"), "--lang", lang)
    assert wrong.exit_code == 1
    assert entry.what not in wrong.stdout
    (folder / "key").write_text(bytes(SigningKey.generate().verify_key).hex())
    assert run("check-proof", folder, "proof", "--lang", lang).exit_code == 1


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("broken", ["export", "key", "head", "proof"])
def test_a_file_that_cannot_be_read_ends_with_2_and_says_which(kept, tmp_path, broken, lang):
    folder = written(tmp_path, kept)
    shutil.copy(folder / "printed", folder / "head")
    for content in (None, b"", b"\xff\xfe", b"0123"):
        (folder / broken).unlink(missing_ok=True)
        if content is not None and broken != "export":  # an export with strange content is not unreadable but unsound
            (folder / broken).write_bytes(content)
        command, file = ("check-proof", "proof") if broken == "proof" else ("verify", "export")
        answer = run(command, folder, file, "--head", str(folder / "head"), "--lang", lang)
        assert answer.exit_code == 2
        assert str(folder / broken) in answer.stderr
        assert answer.stdout == ""


def test_a_file_of_strange_bytes_or_one_endless_line_is_unsound(kept, tmp_path):
    folder = written(tmp_path, kept)
    good = (folder / "export").read_bytes()
    for content in (
        b"",
        b"\xff\x00\xfe",
        good.replace(b'"leaf"', b'"le\xffaf"'),
        b"a" * (3 * LONGEST_LINE),
        good + b"x",
    ):
        (folder / "export").write_bytes(content)
        answer = run("verify", folder, "export")
        assert (answer.exit_code, answer.exception.__class__) == (1, SystemExit)


@pytest.fixture
def elsewhere(tmp_path):
    """An auditor's machine: of our tree, only what the program says it needs."""
    needed = [
        "cli/__init__.py",
        "cli/ledger_verify.py",
        "policies/__init__.py",
        "policies/said.py",
        "policies/refusal.py",
        "records/__init__.py",
        *(f"records/ledger/{name}.py" for name in ("__init__", "entries", "export", "heads", "proofs", "tree")),
        *(f"web/locale/{lang}/LC_MESSAGES/ledger.po" for lang in LANGUAGES),
    ]
    for name in needed:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(TREE / name, tmp_path / name)
    return tmp_path


def test_it_runs_where_there_is_no_database_and_nothing_of_ours_but_the_pure_parts(kept, elsewhere):
    folder = written(elsewhere, kept)
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    command = [sys.executable, "-m", "cli.ledger_verify", "verify", "export", "--key", "key"]
    assert subprocess.run(command, cwd=folder, env=clean, check=False, capture_output=True).returncode == 0
    kept.rows[2] = Row(filler())
    (folder / "export").write_text("".join(kept.export()))
    assert subprocess.run(command, cwd=folder, env=clean, check=False, capture_output=True).returncode == 1
    loaded = (
        "import sys, cli.ledger_verify; print(cli.ledger_verify.__file__);"
        " print(*{name.split('.')[0] for name in sys.modules})"
    )
    program = [sys.executable, "-c", loaded]
    answer = subprocess.run(program, cwd=folder, env=clean, check=True, capture_output=True, text=True)
    where, modules = answer.stdout.splitlines()
    assert where.startswith(str(folder))
    assert NEVER_NEEDED.isdisjoint(modules.split())
    assert {"nacl", "typer"} <= set(modules.split())
