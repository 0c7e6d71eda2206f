"""Typed for somebody on the phone: filed as if she came, words that only lead to new ones, and nobody types about themselves."""

from datetime import date
from uuid import UUID

import pytest
from pydantic import SecretStr

from actions.front import Answers, UnknownChoice
from actions.intake import Coming, Received, WordsMustChange, change_words, visitor_of
from actions.kernel.step import NotYet
from actions.phoned import NotAgreed, TypistMustNotSee, file_for, read_back
from actions.plain import look
from policies.refusal import Refusal
from records.matters import NotFound
from tests.fixtures.ombuds_office import OmbudsStage
from tests.fixtures.visitors import Guest

TODAY = date(2016, 9, 1)
KEPT = ("matter", "event", "seat", "receipt", "sealed_text", "clock", "idempotency", "responsibility", "queue_line")


def told(stage: OmbudsStage, track: str = "complaint", **more: object) -> Coming:
    excluded = tuple(stage.people[who] for who in more.pop("excluded", ()))  # type: ignore[attr-defined]  names of the roster
    texts = {name: SecretStr(str(more.pop(name))) for name in ("about", "must_not_see", "identity") if name in more}
    return Coming(track, "es", SecretStr("Me gritan cada mañana."), excluded=excluded, **texts, **more)  # type: ignore[arg-type]  fields of Coming


def phoned(stage: OmbudsStage, who: str = "head", on: date | None = TODAY, **more: object) -> Guest:
    got: list[Received] = []

    def answer(received: Received) -> dict[str, object]:
        got.append(received)
        return {}

    file_for(stage.desk, told(stage, **more), on, by=stage.callers[who], request=None, answer=answer)  # type: ignore[arg-type]  a test's shorthand
    return Guest(stage, got[0], got[0].receipt.written())


def new_words(stage: OmbudsStage, guest: Guest) -> Guest:
    got: list[str] = []
    change_words(stage.intake, guest.visitor, request=None, answer=lambda one: got.append(one.written()) or {})  # type: ignore[func-returns-value]  append gives None
    return Guest(stage, guest.received, got[0])


def everything(stage: OmbudsStage) -> list[object]:
    return [stage.rows(f"SELECT count(*) FROM {table}") for table in KEPT]


def test_what_is_typed_is_filed_like_her_own_and_says_by_whom(ombuds_office: OmbudsStage):
    stage = ombuds_office
    guest = phoned(stage, identity="Rosa Luna", excluded=("officer_a",), urgent=True, answers=Answers(afraid="yes"))
    seated = {row[0] for row in stage.rows("SELECT person_id FROM seat WHERE person_id IS NOT NULL")}
    assert stage.people["officer_a"] not in seated
    assert guest.received.readers[0] == "Head"
    assert stage.rows("SELECT by_person, facts FROM event WHERE trigger = 'open'") == [
        (stage.people["head"], {"agreed_on": "2016-09-01"})
    ]
    standing = new_words(stage, guest).sees()
    assert "plain.read.typed" in [one.key for one in standing.answers[0]]
    assert [one.text for one in standing.messages] == ["Me gritan cada mañana."]


def test_dictated_words_lead_to_new_ones_and_to_nothing_else(ombuds_office: OmbudsStage):
    stage = ombuds_office
    guest = phoned(stage)
    for tried in (guest.sees, lambda: guest.does("message", text="x"), lambda: guest.does("withdraw_stop")):
        with pytest.raises(WordsMustChange):
            tried()
    assert stage.rows("SELECT count(*) FROM event") == [(1,)]
    hers = new_words(stage, guest)
    hers.does("message", text="Now I write myself.")
    with pytest.raises(NotFound):
        look(stage.intake, visitor_of(stage.intake, guest.words))
    with pytest.raises(NotFound):
        change_words(stage.intake, guest.visitor, request=None, answer=lambda _: {})
    assert [row[0] for row in stage.rows("SELECT DISTINCT epoch FROM sealed_text ORDER BY 1")] == [1, 2]


def test_who_types_without_a_seat_reads_nothing_of_it_afterwards(ombuds_office: OmbudsStage):
    stage = ombuds_office
    stage.appoint("officer_c", "case_officer", date(2016, 8, 1))  # the newest stands in for nobody
    guest = phoned(stage, "officer_c")
    seats = {row[0] for row in stage.rows("SELECT person_id FROM seat WHERE person_id IS NOT NULL")}
    assert stage.people["officer_c"] not in seats
    locator = guest.visitor.locator.hex()
    with stage.desk.open() as books:
        for name, value in (("person", stage.people["officer_c"]), ("locator", locator)):
            books.connection.exec_driver_sql(f"SELECT set_config('amparo.{name}', %s, true)", (str(value),))
        for table in ("matter", "seat", "sealed_text", "epoch", "receipt", "event", "complaint"):
            assert books.connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one() == 0, table


REFUSED: tuple[tuple[str, dict[str, object], type[Refusal]], ...] = (
    ("head", {"excluded": ("head",)}, TypistMustNotSee),
    ("head", {"must_not_see": "la jefa Head"}, TypistMustNotSee),
    ("officer_a", {"about": "Officer A"}, TypistMustNotSee),
    ("officer_a", {"excluded": ("head",)}, TypistMustNotSee),  # who works under somebody that is ticked
    ("alternate", {"excluded": ("head", "officer_a", "officer_b", "alternate")}, TypistMustNotSee),
    ("head", {"on": None}, NotAgreed),
    ("head", {"on": date(2016, 9, 2)}, NotYet),
)


def test_what_may_not_be_typed_leaves_nothing_behind(ombuds_office: OmbudsStage):
    before = everything(ombuds_office)
    for who, more, why in REFUSED:
        with pytest.raises(why):
            phoned(ombuds_office, who, **more)  # type: ignore[arg-type]  a test's shorthand
    assert everything(ombuds_office) == before


def test_reading_back_keeps_nothing_and_names_who_will_open_it(ombuds_office: OmbudsStage):
    stage = ombuds_office
    before = everything(stage)
    shown = read_back(stage.desk, told(stage, urgent=True, excluded=("officer_a",)), by=stage.callers["alternate"])
    assert (shown.typist, shown.readers[0], shown.urgent_by) == ("Alternate", "Head", date(2016, 9, 2))
    assert "Officer A" not in shown.readers
    with pytest.raises(UnknownChoice):
        read_back(stage.desk, Coming("complaint", "es", SecretStr("x"), excluded=(UUID(int=1),)), by=stage.callers["head"])
    assert everything(stage) == before
