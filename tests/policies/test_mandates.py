"""The rules of the register and the words of each language: the same verbs everywhere, and no word with two meanings."""

import shutil
from pathlib import Path

import pytest

from policies.mandates import Category, Status, load
from policies.pack import PACKS
from policies.reading import RulesUnreadable
from policies.wording import FOLDER, load_all
from states.registering.phrases import plain
from web.messages import LANGUAGES

WORDINGS = load_all()


def test_there_are_words_for_every_language_people_read():
    assert set(WORDINGS) == set(LANGUAGES)


def test_every_language_has_the_same_verbs_with_the_same_force():
    forces = {code: {name: verb.force for name, verb in wording.verbs.items()} for code, wording in WORDINGS.items()}
    assert all(each == forces["en"] for each in forces.values())


@pytest.mark.parametrize("code", sorted(WORDINGS))
def test_no_word_of_a_language_is_two_verbs_or_two_months(code: str):
    wording = WORDINGS[code]
    for groups in ([verb.forms for verb in wording.verbs.values()], wording.months, list(wording.units.values())):
        words = [plain(word) for group in groups for word in group]
        assert len(words) == len(set(words))


def test_no_name_of_the_house_means_two():
    rules = load(PACKS / "oas" / "mandates.toml")
    names = [plain(name) for addressee in rules.addressees.values() for name in {plain(name) for name in addressee.names}]
    assert len(names) == len(set(names))


def test_the_house_uses_every_status_and_category_of_its_committees():
    rules = load(PACKS / "oas" / "mandates.toml")
    assert set(rules.statuses) == set(Status)
    assert set(rules.categories) == set(Category)


BREAKS = {
    "a band that ends before it begins": ("since = 3, until = 5", "since = 5, until = 3", "counted.human_resources.bands.1"),
    "a level without its points": ("points = [30, 20, 10]", "points = [30, 20]", "judged.external_competitors"),
    "a status that is none": ("[statuses.expired]", "[statuses.old]", "statuses.old.[key]"),
    "a share over all": ("percent = 70", "percent = 170", "alike.percent"),
}


@pytest.mark.parametrize("what", BREAKS)
def test_a_broken_file_of_rules_is_refused_by_key(tmp_path: Path, what: str):
    old, new, key = BREAKS[what]
    text = (PACKS / "oas" / "mandates.toml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "mandates.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(RulesUnreadable) as refused:
        load(tmp_path / "mandates.toml")
    assert refused.value.params["key"] == key


def test_a_misspelt_key_of_a_language_is_refused(tmp_path: Path):
    shutil.copy(FOLDER / "en.toml", tmp_path / "en.toml")
    path = tmp_path / "en.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("sunset =", "sunsett ="), encoding="utf-8")
    with pytest.raises(RulesUnreadable) as refused:
        load_all(tmp_path)
    assert str(refused.value.params["key"]).startswith("cues.sunset")
