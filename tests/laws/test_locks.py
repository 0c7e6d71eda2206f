"""The locks: every library by hash, from nowhere in particular, and what is installed is what is locked."""

import importlib.metadata
import re
from functools import cache

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.laws.tree import ROOT

LOCKS = ("requirements.lock", "requirements-dev.lock")


@cache
def entries(lock: str) -> dict[Requirement, int]:
    """Each requirement of a lock and how many hashes it has."""
    found: dict[Requirement, int] = {}
    for entry in re.split(r"\n(?=\S)", (ROOT / lock).read_text(encoding="utf-8")):
        written = entry.split("\\\n")[0].split("#")[0].strip()
        if written:
            found[Requirement(written)] = len(re.findall(r"--hash=sha256:[0-9a-f]{64}\b", entry))
    return found


@pytest.mark.parametrize("lock", LOCKS)
def test_every_library_is_pinned_and_has_hashes(lock: str):
    assert len(entries(lock)) > 50
    assert [str(entry) for entry, hashes in entries(lock).items() if not hashes] == []
    assert [str(entry) for entry in entries(lock) if not re.fullmatch(r"==[^,*]+", str(entry.specifier))] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_address(lock: str):
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert re.findall(r"\S*://\S*|^\s*(?:-e|-i|-f|--(?!hash)\S+)", text, re.MULTILINE) == []


def test_checking_uses_the_versions_that_run():
    """The second lock holds the whole first one, so that nothing is tested on another version than it runs on."""
    first, second = ({str(entry) for entry in entries(lock)} for lock in LOCKS)
    assert first - second == set()


@pytest.mark.parametrize("lock", LOCKS)
def test_every_library_we_ask_for_is_locked(lock: str):
    asked = (ROOT / lock.replace(".lock", ".in")).read_text(encoding="utf-8").splitlines()
    wanted = [Requirement(line) for line in asked if line and line[0] not in "#-"]
    locked = {canonicalize_name(entry.name): entry for entry in entries(lock)}
    for requirement in wanted:
        entry = locked[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(str(entry.specifier).removeprefix("=="), prereleases=True), str(entry)


def test_what_is_installed_is_what_is_locked():
    """Otherwise a test proves something about another program; `make test` installs the lock."""
    here = [entry for entry in entries("requirements-dev.lock") if entry.marker is None or entry.marker.evaluate()]
    other = {}
    for entry in here:
        try:
            version = importlib.metadata.version(entry.name)
        except importlib.metadata.PackageNotFoundError:
            version = "missing"
        if not entry.specifier.contains(version, prereleases=True):
            other[str(entry)] = version
    assert other == {}
