"""A kept answer is opened only for who may still see it, judged in the transaction that opens it and not by the door alone."""

import pytest
from pydantic import SecretStr

from actions import desk_seats, desk_writing
from actions.kernel.actor import NotAllowed
from actions.kernel.move import move, open_kind
from actions.kinds.mandate import Register
from actions.replays import Repeatable, once
from actions.sealing import NoCeremony
from records.matters import NotFound
from tests.fixtures.desk_door import come
from tests.fixtures.offices import Stage
from tests.fixtures.ombuds_office import OmbudsStage
from tests.fixtures.visitors import on_rung, opened_by

pytest_plugins = ("tests.fixtures.desk_door",)

ONE, TWO = (Repeatable(bytes(range(start, start + 16)), b"asked") for start in (0, 16))


def test_who_may_open_no_longer_is_not_told_what_they_opened(house_office: Stage):
    office, planner = house_office.office, house_office.people["planner"]
    mandate = Register(symbol="AG/RES. 1 (I-O/70)", title="A title", issued_by="GA", source="test")
    first = open_kind(office, "mandate", mandate, by=planner, request=ONE)
    assert open_kind(office, "mandate", mandate, by=planner, request=ONE) == first
    with house_office.owner.begin() as connection:
        connection.exec_driver_sql("UPDATE appointment SET role = 'mission' WHERE person_id = %s", (planner,))
    with pytest.raises(NotAllowed):
        open_kind(office, "mandate", mandate, by=planner, request=ONE)
    assert house_office.rows("SELECT count(*) FROM matter") == [(1,)]


def test_who_lost_the_seat_is_not_told_what_they_did(ombuds_office: OmbudsStage):
    stage, came = ombuds_office, come(ombuds_office)
    handler, other = on_rung(stage, came.id, 0), on_rung(stage, came.id, 1)
    opened_by(stage, handler, came.id)
    text, by = SecretStr("x"), stage.callers[handler]

    def noted() -> object:
        return desk_writing.note(stage.desk, "complaint", came.id, text, by=by, request=ONE)

    def moved() -> object:
        payload = stage.desk.kinds["complaint"].payload("acknowledge")()
        return move(stage.desk, came.id, "acknowledge", payload, by=by, request=TWO)

    first = [noted(), moved()]
    assert [noted(), moved()] == first
    desk_seats.late_conflict(stage.desk, "complaint", came.id, stage.people[handler], text, by=stage.callers[other])
    before = stage.rows("SELECT * FROM ledger_entry ORDER BY 1"), stage.rows("SELECT * FROM event ORDER BY 1, 2")
    for again in (noted, moved):
        with pytest.raises(NotFound):
            again()
    assert (stage.rows("SELECT * FROM ledger_entry ORDER BY 1"), stage.rows("SELECT * FROM event ORDER BY 1, 2")) == before


def test_without_a_person_the_key_alone_seals_nothing(house_office: Stage):
    """At a door without pepper, an act that forgot to say who asks fails closed."""
    with house_office.office.open() as books, pytest.raises(NoCeremony):
        once(books, ONE, dict)
    assert house_office.rows("SELECT count(*) FROM idempotency") == [(0,)]
