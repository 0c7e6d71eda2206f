"""Migration 0057 with rows: what was asked before is good for nothing, and a yes that was used keeps its day."""

from datetime import date
from uuid import UUID

import pytest

from records import migrate
from states.machine import MoveRefused
from tests.fixtures.ombuds_office import OmbudsStage
from tests.fixtures.visitors import Guest, at_desk, come, opened_by

KEPT = "SELECT id, text_id, status, asked_on, answered_on FROM consent ORDER BY asked_on"
BOUND = "SELECT status, until, used_on, mark FROM consent ORDER BY asked_on"
FIRST, SECOND, LATER = date(2016, 9, 1), date(2016, 9, 8), date(2016, 9, 12)


def agreed(guest: Guest) -> UUID:
    told = {"to": "Legal affairs", "text": "This.", "audience": "legal", "purpose": "ask_third_party"}
    at_desk(guest.stage, "head", guest.matter, "ask_consent", **told)
    consent = guest.sees().consents[-1].id
    guest.does("consent", consent=consent)
    return consent


def test_consents_from_before_keep_their_days_and_allow_nothing_any_more(ombuds_office: OmbudsStage):
    stage, guest = ombuds_office, come(ombuds_office)
    opened_by(stage, "head", guest.matter)
    for trigger in ("acknowledge", "screen"):
        at_desk(stage, "head", guest.matter, trigger)
    at_desk(stage, "head", guest.matter, "ask_third_party", consent=agreed(guest))
    at_desk(stage, "head", guest.matter, "third_party_answered", text="No.")
    stage.to_day(SECOND)
    given, before = agreed(guest), stage.rows(KEPT)
    migrate.downgrade(stage.database.owner_url, "0056")
    assert stage.rows(KEPT) == before
    migrate.upgrade(stage.database.owner_url)
    assert stage.rows(KEPT) == before
    assert stage.rows(BOUND) == [("used", FIRST, FIRST, None), ("given", SECOND, None, None)]
    with pytest.raises(MoveRefused):
        at_desk(stage, "head", guest.matter, "ask_third_party", consent=given)
    stage.to_day(LATER)
    assert [one.status for one in guest.sees().consents] == ["used", "expired"]
    at_desk(stage, "head", guest.matter, "ask_third_party", consent=agreed(guest))
