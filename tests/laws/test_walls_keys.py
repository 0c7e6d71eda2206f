"""Walls around keys, in the database itself: whom the desk can make a person of the house, whatever its code does."""

from collections.abc import Iterator, Mapping
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg import errors

from actions.seating import candidates
from tests.fixtures.ombuds_office import OmbudsStage
from tests.fixtures.report_life import open_to_review
from tests.laws.test_walls import session

INVITED = (
    "INSERT INTO invitation (id, code_hash, person_id, name, login, language, roles, from_on, enrols, renew, expires_at,"
    " totp_sealed, key_wrapped, box, verify)"
    " VALUES (%(id)s, '', %(id)s, 'Iris', 'iris', 'en', %(roles)s::jsonb, '2016-09-01', %(enrols)s, false, now(),"
    " '', %(half)s, %(half)s, %(half)s)"
)
ADMIT = "SELECT admit(%s, 1, %s, '')"
PLAIN: Mapping[str, object] = {"roles": '["case_officer"]', "enrols": False, "half": b"half"}


@pytest.fixture
def desk(ombuds_office: OmbudsStage) -> Iterator[psycopg.Connection]:
    """The desk's own connection, with a case officer in front of it."""
    with session(ombuds_office.database.url("ombuds_desk")) as connection:
        connection.execute("SELECT set_config('amparo.person', %s, false)", (str(ombuds_office.people["officer_a"]),))
        connection.commit()
        yield connection


def invited(desk: psycopg.Connection, **changed: object) -> UUID:
    one = uuid4()
    desk.execute(INVITED, {**PLAIN, **changed, "id": one})
    return one


def signer(stage: OmbudsStage) -> bytes:
    return stage.keys["head"].verify


def test_it_admits_once_what_was_set_up_and_under_a_key_that_may_enrol(ombuds_office: OmbudsStage, desk: psycopg.Connection):
    one = invited(desk)
    desk.execute(ADMIT, (one, signer(ombuds_office)))
    desk.commit()
    assert ombuds_office.rows("SELECT id FROM person WHERE name = 'Iris'") == [(one,)]
    assert ombuds_office.rows("SELECT role, until_on FROM appointment WHERE person_id = :p", p=one) == [("case_officer", None)]
    assert ombuds_office.rows("SELECT count(*) FROM invitation") == [(0,)]
    with pytest.raises(errors.RaiseException):
        desk.execute(ADMIT, (one, signer(ombuds_office)))


@pytest.mark.parametrize(
    ("changed", "by_head"),
    [
        ({"half": None}, True),
        ({}, False),
        ({"enrols": True}, True),
        ({"roles": '["case_officer", "ombudsperson"]'}, True),
        ({"roles": '["alternate"]'}, True),
    ],
)
def test_the_desk_admits_nobody_else_and_nobody_to_an_office_that_reads_reports_first(
    ombuds_office: OmbudsStage, desk: psycopg.Connection, changed: dict[str, object], *, by_head: bool
):
    open_to_review(ombuds_office)
    one = invited(desk, **changed)
    desk.commit()
    with pytest.raises(errors.RaiseException, match="not to be admitted"):
        desk.execute(ADMIT, (one, signer(ombuds_office) if by_head else ombuds_office.keys["head"].box.public.raw))
    desk.rollback()
    assert ombuds_office.rows("SELECT count(*) FROM person WHERE name = 'Iris'") == [(0,)]


def test_what_it_admits_without_a_genuine_signature_is_sealed_to_by_nobody(ombuds_office: OmbudsStage, desk: psycopg.Connection):
    desk.execute(ADMIT, (invited(desk, half=bytes(32)), signer(ombuds_office)))
    desk.commit()
    with ombuds_office.intake.open() as books:
        assert {one.name for one in candidates(books)} == {"Head", "Officer A", "Officer B", "Alternate"}
