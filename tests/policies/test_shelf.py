"""A house never starts on broken rules, and never stops because somebody broke them while it ran."""

import os
import shutil
from pathlib import Path

import pytest

from policies.pack import PACKS, Pack, PolicyRefused
from policies.shelf import Shelf
from states.opening import refuse_contradictions


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(PACKS / "oas", tmp_path / "oas"))


def open_shelf(folder: Path) -> Shelf:
    return Shelf(folder, refuse_contradictions)


def rewrite(file: Path, old: str, new: str) -> None:
    """Change a file so that its time stamp is another one, however coarse the file system's clock is."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    after = file.stat().st_mtime_ns + 10**9
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    os.utime(file, ns=(after, after))


def test_a_house_does_not_start_on_broken_rules(folder: Path):
    rewrite(folder / "office.toml", "desk_hour = 9", "desk_hour = 99")
    with pytest.raises(PolicyRefused):
        open_shelf(folder)


def test_a_house_does_not_start_on_rules_that_contradict_the_procedures(folder: Path):
    rewrite(folder / "mandate.toml", "[clocks.assignment]", "[clocks.asignment]")
    with pytest.raises(PolicyRefused):
        open_shelf(folder)


def test_nothing_happens_while_nothing_changes(folder: Path):
    shelf = open_shelf(folder)
    pack = shelf.pack
    assert shelf.refresh() is None
    assert shelf.pack is pack


def test_a_good_change_is_a_new_edition_from_the_next_look_on(folder: Path):
    shelf = open_shelf(folder)
    before = shelf.pack
    rewrite(folder / "office.toml", "desk_hour = 9", "desk_hour = 8")
    assert shelf.pack is before
    assert shelf.refresh() is None
    assert (before.house.notices.desk_hour, shelf.pack.house.notices.desk_hour) == (9, 8)
    assert shelf.pack.edition != before.edition


@pytest.mark.parametrize(
    ("file", "old", "new", "key"),
    [
        ("office.toml", "desk_hour = 9", "desk_hour = 99", "notices.desk_hour"),
        ("mandate.toml", "[clocks.assignment]", "[clocks.asignment]", "clocks.assignment"),
        ("ladders.toml", "[", "[[[", "-"),
    ],
)
def test_a_file_broken_while_running_leaves_the_last_good_edition_and_alarms(
    folder: Path, file: str, old: str, new: str, key: str
):
    shelf = open_shelf(folder)
    good = shelf.pack
    rewrite(folder / file, old, new)
    for _ in range(3):
        alarm = shelf.refresh()
        assert alarm is not None, "it alarms each time somebody looks, until it is mended"
        assert (alarm.refusal.params["file"], alarm.refusal.params["key"]) == (f"oas/{file}", key)
        assert shelf.pack is good
    rewrite(folder / file, new, old)
    assert shelf.refresh() is None
    assert shelf.pack.edition == good.edition


def test_a_file_that_vanishes_while_running_leaves_the_last_good_edition_and_alarms(folder: Path):
    shelf = open_shelf(folder)
    good = shelf.pack
    (folder / "routes.toml").unlink()
    alarm = shelf.refresh()
    assert alarm is not None
    assert alarm.refusal.params["file"] == "oas/routes.toml"
    assert shelf.pack is good


def test_a_folder_that_vanishes_while_running_leaves_the_last_good_edition_and_alarms(folder: Path):
    shelf = open_shelf(folder)
    good = shelf.pack
    shutil.rmtree(folder)
    assert shelf.refresh() is not None
    assert shelf.pack is good


def test_an_unreadable_file_leaves_the_last_good_edition_and_alarms(folder: Path):
    """A folder where a file was: what root, too, cannot read."""
    shelf = open_shelf(folder)
    good = shelf.pack
    (folder / "routes.toml").unlink()
    (folder / "routes.toml").mkdir()
    assert shelf.refresh() is not None
    assert shelf.pack is good


def test_a_broken_file_is_read_once_not_at_every_look(folder: Path):
    looked: list[Pack] = []
    shelf = Shelf(folder, looked.append)
    rewrite(folder / "office.toml", "desk_hour = 9", "desk_hour = 8")
    for _ in range(3):
        shelf.refresh()
    assert len(looked) == 2, "once at the start, once for the change"
