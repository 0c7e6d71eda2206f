"""A matter on one screen: what it reads of the database it reads once, and the reading itself is written down once."""

from collections import Counter
from uuid import uuid4

import pytest
from sqlalchemy import event

from actions.desk_case import case_of
from records import people, seats
from records.matters import NotFound
from tests.fixtures.ombuds_office import OmbudsStage
from tests.fixtures.visitors import come, on_rung

MOST = 24
"""Statements of one look at a case; each is a way to the database and back."""


def test_a_case_is_shown_with_no_statement_asked_twice(ombuds_office: OmbudsStage):
    stage, guest = ombuds_office, come(ombuds_office)
    asked: Counter[str] = Counter()

    def count(_: object, __: object, statement: str, told: object, ___: object, ____: bool) -> None:
        asked[f"{statement} {told}"] += 1

    who = on_rung(stage, guest.matter, 0)
    event.listen(stage.desk.engine, "before_cursor_execute", count)
    try:
        case_of(stage.desk, "complaint", guest.matter, by=stage.callers[who])
    finally:
        event.remove(stage.desk.engine, "before_cursor_execute", count)
    assert [statement for statement, times in asked.items() if times > 1] == []
    assert asked.total() <= MOST
    assert stage.rows("SELECT person_id FROM read_log") == [(stage.people[who],)]


def test_a_look_keeps_what_it_read_and_who_acts_reads_again(ombuds_office: OmbudsStage):
    stage, guest = ombuds_office, come(ombuds_office)
    caller = stage.callers[on_rung(stage, guest.matter, 0)]
    with stage.desk.open() as books:
        caller.enter(books, guest.matter)
        look = books.looking()
        assert seats.readers(look, guest.matter) == seats.readers(books, guest.matter) == []
        seats.log_reading(books, guest.matter, caller.person)
        assert seats.readers(look, guest.matter) == []
        assert [person for person, _ in seats.readers(books, guest.matter)] == [caller.person]
        unknown = uuid4()
        assert list(people.names(look, [caller.person, unknown])) == list(people.names(look, {caller.person})) == [caller.person]


def test_without_a_seat_a_case_is_shown_to_nobody(ombuds_office: OmbudsStage):
    guest = come(ombuds_office)
    seated = {on_rung(ombuds_office, guest.matter, rung) for rung in range(2)}
    other = next(who for who in ombuds_office.callers if who not in seated and who != on_rung(ombuds_office, guest.matter, 2))
    with pytest.raises(NotFound):
        case_of(ombuds_office.desk, "complaint", guest.matter, by=ombuds_office.callers[other])
