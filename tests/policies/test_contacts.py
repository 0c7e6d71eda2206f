"""What slips and the office's record can say: the words of the house's reports, and nothing that nobody at the desk may write."""

from typing import Any

import pytest
from pydantic import ValidationError

from policies.contacts import NOTHING_MORE, REFERRAL, SlipRules
from policies.pack import PACKS, load_pack


@pytest.mark.parametrize("code", ["oas", "eu"])
def test_only_offices_of_the_desk_write_and_what_is_not_known_is_not_asked(code: str):
    pack = load_pack(PACKS / code)
    assert pack.contacts is not None
    assert pack.office_record is not None
    slips, record = pack.contacts.slips, pack.office_record
    desk = {name for name, role in pack.house.roles.items() if role.door == "desk" and role.handles}
    assert set(slips.by) == set(record.independence.by) == set(record.outreach.by) == desk
    assert {REFERRAL, NOTHING_MORE, "listened"} <= set(slips.done)
    assert (slips.verified, record.independence.verified, record.outreach.verified) == (False, False, False)
    assert len(slips.regions) == (5 if code == "oas" else 0)


def test_regions_and_classes_are_those_that_the_reports_publish():
    pack = load_pack(PACKS / "oas")
    assert pack.contacts is not None
    assert pack.office_record is not None
    assert pack.reports is not None
    assert set(pack.contacts.slips.regions) == set(pack.office_record.outreach.regions) == set(pack.reports.regions)
    assert set(pack.contacts.slips.personnel) == set(pack.reports.personnel)


@pytest.mark.parametrize("wrong", [{"days": 0}, {"channels": []}, {"done": ["listened", "listened"]}, {"regions": ["Ünknown"]}])
def test_rules_that_no_slip_could_be_written_by_are_refused(wrong: dict[str, Any]):
    contacts = load_pack(PACKS / "oas").contacts
    assert contacts is not None
    told = contacts.slips.model_dump(mode="json")
    with pytest.raises(ValidationError):
        SlipRules.model_validate(told | wrong)
