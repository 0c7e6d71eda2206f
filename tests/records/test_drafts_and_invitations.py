"""Migrations 0040 and 0041 with rows: what goes with a seat, and what stays when they are taken back and made again."""

from uuid import UUID

import pytest

from actions.desk_drafts import drafts_of, keep
from actions.invitations import Invited, invite
from records import migrate
from tests.fixtures.ombuds_office import OmbudsStage
from tests.fixtures.visitors import come, on_rung

KEPT = ("person", "appointment", "staff_key", "signed_key", "seat", "matter", "sealed_text")


def kept(stage: OmbudsStage) -> list[object]:
    """All of it, but for the number of who came, which is drawn anew where several cannot come."""
    return [stage.rows(f"SELECT to_jsonb(t) - 'comer_id' FROM {table} t ORDER BY to_jsonb(t)::text") for table in KEPT]


@pytest.fixture
def drafted(ombuds_office: OmbudsStage) -> UUID:
    """A matter in which the first handler and the stand-in have a draft each."""
    guest = come(ombuds_office)
    for rung in (0, 1):
        who = on_rung(ombuds_office, guest.matter, rung)
        keep(ombuds_office.desk, "complaint", guest.matter, "reply", {"text": "x"}, by=ombuds_office.callers[who])
    return guest.matter


def test_drafts_go_and_come_with_their_table_and_nothing_else_changes(ombuds_office: OmbudsStage, drafted: UUID):
    before = kept(ombuds_office)
    migrate.downgrade(ombuds_office.database.owner_url, "0039")
    migrate.upgrade(ombuds_office.database.owner_url)
    assert kept(ombuds_office) == before
    who = ombuds_office.callers[on_rung(ombuds_office, drafted, 0)]
    assert drafts_of(ombuds_office.desk, "complaint", drafted, by=who) == ()


def test_a_seat_taken_by_any_way_takes_its_persons_drafts_and_no_others(ombuds_office: OmbudsStage, drafted: UUID):
    first, second = (ombuds_office.people[on_rung(ombuds_office, drafted, rung)] for rung in (0, 1))
    ombuds_office.rows("UPDATE seat SET rung = rung WHERE person_id = :p RETURNING 1", p=second)
    ombuds_office.rows("UPDATE seat SET until_at = now(), key_sealed = '' WHERE person_id = :p RETURNING 1", p=first)
    assert ombuds_office.rows("SELECT person_id FROM sealed_draft") == [(second,)]


def test_invitations_go_with_their_table_and_no_person_came_of_them(ombuds_office: OmbudsStage):
    invite(ombuds_office.desk, Invited("Iris", "iris", ("case_officer",)), by=ombuds_office.callers["head"])
    before = kept(ombuds_office)
    migrate.downgrade(ombuds_office.database.owner_url, "0040")
    migrate.upgrade(ombuds_office.database.owner_url)
    assert kept(ombuds_office) == before
    assert ombuds_office.rows("SELECT count(*) FROM invitation") == [(0,)]
