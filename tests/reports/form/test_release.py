"""A release is written whole, once, and signed; whoever has the public key finds whatever was changed, missing or added."""

import ast
import json
import subprocess
import sys
from pathlib import Path
from shutil import copy, copytree

import jsonschema
import pytest
from nacl.signing import SigningKey

from reports.form import verify
from reports.form.release import ReleaseDiffers, write_release
from reports.form.verify import key_name, verify_release
from reports.shape import Report
from tests.reports.form.sample import sample
from web.messages import LANGUAGES

KEY = SigningKey(bytes(range(32)))
PUBLIC = bytes(KEY.verify_key)


def sign(message: bytes) -> bytes:
    return KEY.sign(message).signature


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, released once. Tests that change it take a copy."""
    folder = tmp_path_factory.mktemp("releases") / "sample" / "2026.2"
    return write_release(sample(), folder, sign, key=key_name(PUBLIC))


@pytest.fixture
def folder(original: Path, tmp_path: Path) -> Path:
    """A copy of the release."""
    return Path(copytree(original, tmp_path / "2026.2"))


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_release_holds_every_form_in_every_language(original):
    forms = {f"report.{lang}.{form}" for lang in LANGUAGES for form in ("html", "pdf", "csv")}
    words = {f"dictionary.{lang}.csv" for lang in LANGUAGES}
    lists = {"report.json", "report.schema.json", "manifest.json", "manifest.json.sig"}
    assert set(contents(original)) == forms | words | lists
    assert [path.name for path in original.parent.iterdir()] == ["2026.2"], "nothing is left beside it"
    assert (original / "report.json").read_text() == sample().written()
    assert Report.read((original / "report.json").read_bytes()).written() == sample().written()


def test_the_report_fits_its_schema_and_another_does_not(original):
    found = json.loads((original / "report.schema.json").read_text())
    report = json.loads((original / "report.json").read_text())
    jsonschema.Draft202012Validator.check_schema(found)
    jsonschema.validate(report, found)
    assert report["period"] == {"from": "2026-01-01", "to": "2026-12-31"}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**report, "tables": [{**report["tables"][0], "kind": "sum"}]}, found)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**report, "more": 1}, found)


def test_a_genuine_release_is_found_genuine(original):
    found = verify_release(original, PUBLIC)
    assert found.genuine
    assert (found.series, found.edition, found.key) == ("sample", "2026.2", key_name(PUBLIC))


def test_a_changed_byte_is_found(folder):
    path = folder / "report.fr.pdf"
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    found = verify_release(folder, PUBLIC)
    assert (found.changed, found.missing, found.extra, found.signed, found.genuine) == (("report.fr.pdf",), (), (), True, False)


def test_a_missing_and_an_added_file_are_found(folder):
    (folder / "report.es.csv").rename(folder / "report.de.csv")
    found = verify_release(folder, PUBLIC)
    assert (found.missing, found.extra, found.genuine) == (("report.es.csv",), ("report.de.csv",), False)


def test_a_link_in_the_place_of_a_file_is_found(folder, tmp_path):
    path = folder / "report.json"
    path.symlink_to(path.rename(tmp_path / "elsewhere.json"))
    assert verify_release(folder, PUBLIC).changed == ("report.json",)


def test_another_key_and_another_manifest_are_found(folder):
    assert not verify_release(folder, bytes(SigningKey.generate().verify_key)).signed
    manifest = folder / "manifest.json"
    manifest.write_bytes(manifest.read_bytes().replace(b'"2026.2"', b'"2026.3"'))
    found = verify_release(folder, PUBLIC)
    assert (found.signed, found.edition, found.changed, found.genuine) == (False, "2026.3", (), False)


@pytest.mark.parametrize("wrong", [b"", b"[]", b"{}", b"\xff", b'{"format": "amparo-release-1", "files": {"../x": ""}}'])
def test_a_manifest_that_is_none_is_a_finding(folder, wrong):
    (folder / "manifest.json").write_bytes(wrong)
    found = verify_release(folder, PUBLIC)
    assert (found.genuine, found.signed, found.series) == (False, False, None)
    assert found.trouble


@pytest.mark.parametrize("wrong", [None, b"", b"[]", b'{"key": "k", "signature": "zz"}', b'{"key": "k", "signature": "00"}'])
def test_a_signature_that_is_none_is_a_finding(folder, wrong):
    (folder / "manifest.json.sig").unlink() if wrong is None else (folder / "manifest.json.sig").write_bytes(wrong)
    found = verify_release(folder, PUBLIC)
    assert (found.genuine, found.signed) == (False, False)


def test_a_signature_over_the_manifest_without_its_fixed_words_is_none(folder):
    bare = KEY.sign((folder / "manifest.json").read_bytes()).signature.hex()
    (folder / "manifest.json.sig").write_text(json.dumps({"key": "k", "signature": bare}))
    assert not verify_release(folder, PUBLIC).signed


def test_writing_the_same_release_again_leaves_it(folder):
    before = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()}
    write_release(sample(), folder, sign, key=key_name(PUBLIC))
    assert {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()} == before


@pytest.mark.parametrize("what", ["another_report", "changed_file", "added_file", "another_key", "empty"])
def test_another_release_in_its_place_is_refused_and_left(folder, what):
    report, by = sample(), sign
    if what == "another_report":
        report = report.model_copy(update={"symbol": "CP/doc.5191/27"})
    elif what == "changed_file":
        (folder / "report.en.html").write_bytes(b"")
    elif what == "added_file":
        (folder / "more.txt").write_bytes(b"")
    elif what == "another_key":
        by = lambda message: SigningKey(bytes(32)).sign(message).signature  # noqa: E731  # a key of one line
    else:
        for path in folder.iterdir():
            path.unlink()
    before = contents(folder)
    with pytest.raises(ReleaseDiffers) as refused:
        write_release(report, folder, by, key="k")
    assert refused.value.params == {"series": "sample", "edition": "2026.2"}
    assert contents(folder) == before


def test_a_release_that_cannot_be_signed_leaves_nothing(tmp_path):
    def refuse(message: bytes) -> bytes:
        raise PermissionError

    nothing = sample().model_copy(
        update={"chapters": (), "charts": (), "tables": (), "figures": (), "groupings": (), "identities": ()}
    )
    with pytest.raises(PermissionError):
        write_release(nothing, tmp_path / "sample" / "2026.2", refuse, key="k")
    assert list(tmp_path.rglob("*")) == []


def test_a_stranger_with_nothing_of_ours_can_verify(folder, tmp_path):
    program = Path(copy(verify.__file__, tmp_path / "alone.py"))
    tree = ast.parse(program.read_text())
    names = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    names |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert {name.split(".")[0] for name in names} - set(sys.stdlib_module_names) == {"nacl"}
    command = [sys.executable, "-I", str(program), str(folder), PUBLIC.hex()]
    genuine = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (genuine.returncode, genuine.stdout.splitlines()[-1]) == (0, "GENUINE")
    (folder / "report.json").write_bytes(b"{}")
    changed = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (changed.returncode, changed.stdout.splitlines()[-2:]) == (1, ["changed: report.json", "NOT GENUINE"])


def test_the_verifier_loads_nothing_heavy():
    heavy = ("typst", "altair", "vl_convert", "jinja2", "babel")
    program = f"import sys, reports.form.verify; print([name for name in {heavy} if name in sys.modules])"
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
