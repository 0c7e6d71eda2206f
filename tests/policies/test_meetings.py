"""What a pack says of meetings: its bodies and sorts by name, how meetings are numbered, and nothing that is not there."""

import pytest
from pydantic import ValidationError

from policies.meetings import Body, MeetingRules, NoSuchBody, NoSuchSort
from policies.pack import load_pack, pack_folder

NAME = {"en": "Council", "es": "Consejo", "pt": "Conselho", "fr": "Conseil"}


def rules() -> MeetingRules:
    found = load_pack(pack_folder("oas")).meetings
    assert found is not None
    return found


def test_a_house_without_the_file_holds_no_meetings_by_this_product():
    assert load_pack(pack_folder("eu")).meetings is None


def test_what_is_not_there_is_refused_by_naming_what_is():
    with pytest.raises(NoSuchBody) as body:
        rules().body("UN")
    assert body.value.params == {"known": "PC, GA, CG, CAAP, CAJP, CSH, CISC"}
    with pytest.raises(NoSuchSort) as sort:
        rules().sort("festive")
    assert sort.value.params == {"known": "regular, special, protocolary"}


def test_the_council_counts_for_ever_and_its_committees_year_by_year():
    assert {rules().body("PC").period(year) for year in (2015, 2016)} == {0}
    assert [rules().body("CAAP").period(year) for year in (2015, 2016)] == [2015, 2016]


def test_a_committee_whose_quorum_was_not_read_has_none():
    assert rules().body("CAAP").quorum is None
    assert not rules().body("CAAP").verified


def test_a_body_says_where_it_comes_from_and_how_it_counts():
    for left_out in ("source", "verified", "numbering", "name"):
        told = {"name": NAME, "numbering": "running", "source": "s", "verified": True}
        del told[left_out]
        with pytest.raises(ValidationError):
            Body.model_validate(told)
