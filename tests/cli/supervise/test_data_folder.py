"""A data folder is ours alone, or we leave it as it was."""

import errno
import json
import os
import stat
from pathlib import Path

import pytest

from cli.supervise import troubles
from cli.supervise.data_folder import occupied, write_atomically
from cli.supervise.doors import address
from cli.supervise.endpoints import write_endpoints
from cli.supervise.kept import ChildPlan
from cli.supervise.supervisor import Wanted, supervise
from cli.supervise.voice import Voice
from web.messages import LANGUAGES, Messages

AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_new_folder_is_closed_to_others_and_says_what_it_is_for(work):
    with occupied(work / "data", "test") as folder:
        assert folder.environment == "test"
        assert (work / "data" / "environment").read_text(encoding="ascii") == "test\n"
        assert stat.S_IMODE((work / "data").stat().st_mode) == 0o700
        assert stat.S_IMODE((work / "data" / "secrets").stat().st_mode) == 0o700


def test_a_folder_is_for_a_demo_unless_a_person_says_otherwise(work):
    with occupied(work / "data", None) as folder:
        assert folder.environment == "demo"


@pytest.mark.parametrize(("first", "then"), [("demo", "real"), ("real", "demo"), ("test", "real"), ("demo", "test")])
def test_data_of_one_environment_refuses_another_and_is_left_as_it_was(work, first, then):
    with occupied(work / "data", first):
        before = names(work / "data")
    with pytest.raises(troubles.FolderOfAnotherEnvironment) as refused, occupied(work / "data", then):
        pass
    assert refused.value.params == {"folder": str(work / "data"), "kept": first, "wanted": then}
    assert names(work / "data") == before
    assert (work / "data" / "environment").read_text(encoding="ascii") == f"{first}\n"


def test_two_cannot_hold_it_at_once_and_the_second_learns_who_does(work):
    with (
        occupied(work / "data", "test"),
        pytest.raises(troubles.FolderInUse) as refused,
        occupied(work / "data", "test"),
    ):
        pass
    assert refused.value.params["pid"] == str(os.getpid())
    with occupied(work / "data", "test"):
        assert (work / "data" / "lock").exists()


def test_a_folder_with_other_peoples_files_is_left_alone(work):
    (work / "thesis.txt").write_text("four years", encoding="utf-8")
    with pytest.raises(troubles.FolderOfOthers), occupied(work, "test"):
        pass
    assert names(work) == {"thesis.txt"}


def test_a_folder_with_only_the_lock_of_an_interrupted_first_start_is_ours(work):
    (work / "lock").write_text("999\n", encoding="ascii")
    with occupied(work, "test") as folder:
        assert folder.environment == "test"


def test_a_path_under_a_file_cannot_be_written(work):
    (work / "file").touch()
    with pytest.raises(troubles.FolderNotWritable), occupied(work / "file" / "data", "test"):
        pass
    assert names(work) == {"file"}


@AS_ROOT
def test_a_folder_of_another_account_is_refused_and_nothing_is_written(work):
    theirs = work / "theirs"
    theirs.mkdir()
    os.chown(theirs, 54321, 54321)
    with pytest.raises(troubles.FolderNotOurs) as refused, occupied(theirs, "test"):
        pass
    assert refused.value.params["owner"] == "54321"
    assert names(theirs) == set()


def test_too_little_room_is_refused_before_anything_is_written(work):
    with pytest.raises(troubles.DiskFull) as refused, occupied(work / "data", "test", least_free=2**62):
        pass
    assert refused.value.params["needed"] == 2**42
    assert names(work / "data") == set()


def test_a_disk_that_fills_up_while_starting_is_told_as_such(work):
    def no_room(_ground: object) -> list[ChildPlan]:
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(troubles.DiskFull):
        supervise(Wanted(work / "data", {}, environment="test"), Voice("en"), plan=no_room)


@AS_ROOT
def test_real_data_is_not_run_as_root(work):
    with pytest.raises(troubles.RootRunsNoRealData):
        supervise(Wanted(work / "data", {}, environment="real"), Voice("en"), plan=lambda _: [])
    assert not (work / "data" / "postgres").exists()


def test_a_secret_stays_the_same_and_only_we_can_read_it(work):
    with occupied(work / "data", "test") as folder:
        word = folder.secret("superuser")
        assert len(word) >= 32
        assert stat.S_IMODE(folder.secret_file("superuser").stat().st_mode) == 0o600
    with occupied(work / "data", None) as folder:
        assert folder.secret("superuser") == word
        assert folder.secret("other") != word


def test_a_file_is_replaced_whole(work):
    write_atomically(work / "a", "old")
    (work / ".a.new").write_text("of a killed run", encoding="utf-8")
    write_atomically(work / "a", "new")
    assert (work / "a").read_text(encoding="utf-8") == "new"
    assert names(work) == {"a"}


def test_endpoints_name_every_child_that_answers_somewhere(work):
    plans = [
        ChildPlan("council", (), {}, work, work / "log", address=address("127.0.0.1", 8083)),
        ChildPlan("worker", (), {}, work, work / "log"),
        ChildPlan("desk", (), {}, work, work / "log", address=address("::", 8082)),
    ]
    write_endpoints(work / "endpoints.json", plans)
    written = json.loads((work / "endpoints.json").read_text(encoding="utf-8"))
    assert written == {"council": "http://127.0.0.1:8083", "desk": "http://[::1]:8082"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("trouble", troubles.CannotRun.__subclasses__(), ids=lambda trouble: trouble.code)
def test_every_trouble_has_its_sentence_in_every_language(language, trouble):
    assert f"refusal.{trouble.code}" in Messages(language)
