"""Rules of letters that would lose an answer, or send a letter to a role at the wrong door, are refused before anything runs."""

from pathlib import Path
from shutil import copytree

import pytest

from policies.pack import PolicyRefused, load_pack, pack_folder


def changed(folder: Path, pack: str, was: str, becomes: str) -> Path:
    copied = copytree(pack_folder(pack), folder / pack)
    rules = (copied / "letters.toml").read_text(encoding="utf-8")
    assert was in rules
    (copied / "letters.toml").write_text(rules.replace(was, becomes), encoding="utf-8")
    return copied


@pytest.mark.parametrize("pack", ["oas", "eu"])
def test_both_packs_have_rules_and_a_role_for_addressees(pack: str):
    rules = load_pack(pack_folder(pack)).letters
    assert rules is not None
    assert rules.kept_days > rules.most_days_to_answer
    assert load_pack(pack_folder(pack)).house.roles[rules.addressee].door == "council"


@pytest.mark.parametrize(
    ("was", "becomes", "why"),
    [
        ("kept_days = 400", "kept_days = 180", "destroyed before its answer is due"),
        ('signed_by = ["ombudsperson"]', 'signed_by = ["chair"]', "not at the door they must be at: chair"),
        ('addressee = "addressee"', 'addressee = "mission"', "addressee"),
        ("post_hour = 7", "post_hour = 24", "post_hour"),
    ],
)
def test_what_could_not_work_is_refused_by_name(tmp_path: Path, was: str, becomes: str, why: str):
    with pytest.raises(PolicyRefused) as refused:
        load_pack(changed(tmp_path, "oas", was, becomes))
    told = str(refused.value.params)
    assert "letters.toml" in told
    assert why in told
