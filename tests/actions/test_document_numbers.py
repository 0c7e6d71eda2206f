"""Numbers of documents under many hands at once, on real connections: none twice, none missing, none lost to a rollback."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DataError

from actions import documents
from actions.document_shapes import NewDocument, NewPart
from actions.replays import Repeatable
from states.documents import NumberTaken
from tests.fixtures.offices import Stage

HANDS = 6
EACH = 5
NEW = NewDocument(series="council_document", title="Adjustments", original="es", source="the register")
PART = NewPart(suffix="rev", title="Adjustments", original="es", source="the register")


def numbers(stage: Stage, circle: str) -> list[object]:
    return [row[0] for row in stage.rows("SELECT number FROM document WHERE circle = :c ORDER BY number", c=circle)]


def at_once(act: Callable[[], object]) -> None:
    """Every hand begins at the same moment, on a connection of its own."""
    ready = Barrier(HANDS)

    def hand(_: int) -> None:
        ready.wait(30)
        for _ in range(EACH):
            act()

    with ThreadPoolExecutor(HANDS) as hands:
        list(hands.map(hand, range(HANDS)))


def test_many_who_register_at_once_leave_no_gap_and_nobody_gets_anothers_number(house_office: Stage):
    who = house_office.people["secretary"]
    at_once(lambda: documents.register(house_office.office, NEW, by=who))
    assert numbers(house_office, "council_document") == list(range(1, HANDS * EACH + 1))
    assert house_office.rows("SELECT first, last FROM document_counter") == [(1, HANDS * EACH)]


def test_many_who_revise_one_document_at_once_leave_no_gap(house_office: Stage):
    who = house_office.people["secretary"]
    base = UUID(documents.register(house_office.office, NEW, by=who).id)
    at_once(lambda: documents.register_part(house_office.office, base, PART, by=who))
    assert numbers(house_office, f"rev {base}") == list(range(1, HANDS * EACH + 1))


def test_a_number_that_was_rolled_back_is_the_next_ones_and_whoever_waited_gets_it(house_office: Stage):
    who = house_office.people["secretary"]
    documents.register(house_office.office, NEW, by=who)
    with house_office.owner.connect() as connection, ThreadPoolExecutor(1) as hands:
        begun = connection.begin()
        try:
            connection.execute(text("UPDATE document_counter SET last = 2 WHERE circle = 'council_document'"))
            waiting = hands.submit(documents.register, house_office.office, NEW, by=who)
            with pytest.raises(TimeoutError):
                waiting.result(0.5)
        finally:
            begun.rollback()
        assert waiting.result(30).symbol == "CP/doc.2/15"


def test_of_many_who_register_the_minutes_of_one_meeting_one_does_and_the_others_are_refused_by_name(house_office: Stage):
    who, minutes = house_office.people["secretary"], NEW.model_copy(update={"series": "council_minutes", "meeting": 2036})
    said: list[str] = []

    def register() -> None:
        try:
            said.append(documents.register(house_office.office, minutes, by=who).symbol)
        except NumberTaken as refused:
            said.append(refused.code)

    at_once(register)
    assert sorted(said) == ["CP/ACTA 2036/15", *["number_taken"] * (HANDS * EACH - 1)]
    assert numbers(house_office, "council_minutes") == [2036]


def test_a_registration_that_fails_after_it_took_its_number_gives_it_back(house_office: Stage):
    who = house_office.people["secretary"]
    with pytest.raises(DataError):
        documents.register(house_office.office, NEW.model_copy(update={"title": "no database keeps \0"}), by=who)
    assert house_office.rows("SELECT count(*) FROM document_counter") == [(0,)]
    assert documents.register(house_office.office, NEW, by=who).symbol == "CP/doc.1/15"


def test_a_request_that_comes_again_gets_the_number_it_got(house_office: Stage):
    who = house_office.people["secretary"]
    request = Repeatable(bytes(range(16)), b"POST /v1/documents")
    first = documents.register(house_office.office, NEW, by=who, request=request)
    assert documents.register(house_office.office, NEW, by=who, request=request) == first
    assert numbers(house_office, "council_document") == [1]
