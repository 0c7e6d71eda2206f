"""The rules of documents: steps in their order, and nothing that the citations of the same pack do not have."""

import shutil
from pathlib import Path

import pytest

from policies.documents import STEPS, Way
from policies.pack import PACKS, PolicyRefused, load_pack
from states.opening import refuse_contradictions

BREAKS = {
    "a form that is not there": ('form = "council_summary"', 'form = "council_sumary"', "series.council_summary.form"),
    "an organ too few": ('organ = "CG"\n', "", "series.general_committee.organ"),
    "an organ too many": ('form = "council_summary"', 'form = "council_summary"\norgan = "CG"', "series.council_summary.organ"),
    "a mark that is not there": ('again_in = ["E"]', 'again_in = ["X"]', "series.assembly_resolution.again_in"),
    "a suffix that is not there": ("[suffixes.rev]", "[suffixes.bis]", "suffixes"),
    "steps out of order": ('steps = ["requested", "received"', 'steps = ["received", "requested"', "translation"),
    "no distribution": (', "distributed"]', "]", "original"),
}


@pytest.mark.parametrize("what", BREAKS)
def test_rules_that_do_not_fit_are_refused_with_their_key(tmp_path: Path, what: str):
    old, new, key = BREAKS[what]
    folder = Path(shutil.copytree(PACKS / "oas", tmp_path / "oas"))
    text = (folder / "documents.toml").read_text(encoding="utf-8")
    assert old in text
    (folder / "documents.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PolicyRefused) as refused:
        refuse_contradictions(load_pack(folder))
    assert refused.value.params["file"] == "oas/documents.toml"
    assert str(refused.value.params["key"]).startswith(key)


def test_a_way_may_be_shorter_but_ends_with_the_distribution():
    assert Way(steps=STEPS[1:], source="example", verified=False).steps == ("received", "revised", "distributed")
    with pytest.raises(ValueError, match="come in this order"):
        Way(steps=(*STEPS, STEPS[-1]), source="example", verified=False)


def test_every_series_says_where_its_numbering_is_read_and_specimens_alone_are_marked():
    rules = load_pack(PACKS / "oas").documents
    assert rules is not None
    lone = {code for code, series in rules.series.items() if "only specimen" in series.source or "not read" in series.source}
    assert lone
    assert not any(rules.series[code].verified for code in lone)
