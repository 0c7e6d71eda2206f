"""In a house that wants it, nobody ends a case that they alone have read. In an office of one the alternate has to look first."""

import pytest

from policies.pack import PACKS
from states.complaint import ClosingGround, Ground
from states.machine import MoveRefused
from tests.fixtures.databases import Database
from tests.fixtures.offices import shelf
from tests.fixtures.ombuds_office import ombuds_house
from tests.fixtures.visitors import Guest, at_desk, come, opened_by

ONE = {"head": "ombudsperson", "outside": "alternate"}
"""An office of one, and the alternate, who works elsewhere."""
ENDS = (("decline", {"ground": Ground.OUT_OF_REMIT}), ("close", {"ground": ClosingGround.CANNOT_GO_ON}))


def screened(guest: Guest) -> Guest:
    opened_by(guest.stage, "head", guest.matter)
    at_desk(guest.stage, "head", guest.matter, "acknowledge")
    at_desk(guest.stage, "head", guest.matter, "screen")
    return guest


def test_an_office_of_one_declines_and_closes_nothing_that_nobody_else_has_read(ombuds: Database):
    with ombuds_house(ombuds, ONE, rules=shelf(PACKS / "eu")) as stage:
        guests = [screened(come(stage)) for _ in ENDS]
        before = stage.rows("SELECT id, version FROM matter ORDER BY id")
        for guest, (trigger, told) in zip(guests, ENDS, strict=True):
            with pytest.raises(MoveRefused) as refused:
                at_desk(stage, "head", guest.matter, trigger, **told)
            assert refused.value.unmet == ("enough_others_have_read_it",)
        assert stage.rows("SELECT id, version FROM matter ORDER BY id") == before
        for guest, (trigger, told) in zip(guests, ENDS, strict=True):
            opened_by(stage, "outside", guest.matter)
            assert at_desk(stage, "head", guest.matter, trigger, **told).state in ("declined", "closed")
