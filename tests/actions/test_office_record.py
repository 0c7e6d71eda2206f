"""The office's own record: what an entry says, whom its words are sealed to, what becomes of them when people and keys change."""

from datetime import date
from uuid import uuid4

import pytest
from pydantic import ValidationError

from actions import outreach
from actions.choosing import NotInList
from actions.kernel.actor import NotAllowed
from actions.kernel.callers import DeskPerson
from actions.key_changes import leave, rotate
from actions.of_the_office import KeyNotSigned
from actions.office import Office
from actions.office_record import (
    DaysOutOfOrder,
    EntryIncomplete,
    EntryTooLong,
    NoOfficeRecord,
    WordsClosedToYou,
    change,
    entries,
    one_entry,
    record,
)
from actions.office_record_shapes import IndependenceEntry, OutreachLine
from actions.vacancies import Vacancy, vacancies
from records.matters import NotFound, StaleVersion
from records.vault import new_holder_key, staff_context, unwrap_with_passphrase
from tests.fixtures.keys import OTHER, now_code
from tests.fixtures.ombuds_office import PASSPHRASE, OmbudsStage

REFUSED = {
    "kind": "access_refused",
    "on": "2016-08-01",
    "thing": "documents",
    "unit": "Department of Procurement",
    "refused_on": "2016-08-15",
    "text": "They said that the tender is not closed.",
}
BUDGET = {"kind": "budget", "on": "2016-03-01", "currency": "USD", "asked_amount": 250_000, "given_amount": 180_000}
PRESSED = {"kind": "interference", "on": "2016-08-20", "text": "We were asked to show a draft before it was out."}
BRIEFED = {"on": "2016-08-30", "sort": "briefing", "region": "caribbean", "language": "en", "people": 14}


def entry(told: dict[str, object], **more: object) -> IndependenceEntry:
    return IndependenceEntry.model_validate(told | more)


def line(**more: object) -> OutreachLine:
    return OutreachLine.model_validate(BRIEFED | more)


def test_an_entry_is_read_by_everybody_of_the_office_and_its_words_stand_nowhere_in_clear(ombuds_office: OmbudsStage):
    stage, head, officer = ombuds_office, ombuds_office.callers["head"], ombuds_office.callers["officer_a"]
    made = [record(stage.desk, entry(told), by=head) for told in (REFUSED, BUDGET, PRESSED)]
    seen = entries(stage.desk, by=officer)
    assert [one.row.kind for one in seen] == ["interference", "access_refused", "budget"]
    assert (seen[1].unit, seen[1].text, seen[1].closed) == (REFUSED["unit"], REFUSED["text"], False)
    assert (seen[2].unit, seen[2].text, seen[2].closed, seen[2].row.given_amount) == (None, None, False, 180_000)
    kept = str(stage.rows("SELECT * FROM independence_entry")) + str(stage.rows("SELECT body FROM ledger_entry"))
    assert "Procurement" not in kept
    assert "tender" not in kept + repr(seen)
    # two with words, four people at the desk and recovery
    assert stage.rows("SELECT count(*) FROM sealed_office_text") == [(10,)]
    later = entry(REFUSED, given_on="2016-09-01", text="It came after all.")
    change(stage.desk, made[0], later, by=officer, version=1)
    with pytest.raises(StaleVersion):
        change(stage.desk, made[0], later, by=officer, version=1)
    changed = one_entry(stage.desk, made[0], by=head)
    assert (changed.row.version, changed.row.given_on, changed.text) == (2, date(2016, 9, 1), "It came after all.")
    wordless = entry(PRESSED, text="x")
    change(stage.desk, made[2], wordless, by=officer)
    assert [str(row[0]) for row in stage.rows("SELECT body FROM ledger_entry WHERE body LIKE '%independence.changed%'")] != []


WRONG = (
    (REFUSED, {"thing": None}, EntryIncomplete),
    (REFUSED, {"unit": "  "}, EntryIncomplete),
    (REFUSED, {"asked_amount": 1}, EntryIncomplete),
    (BUDGET, {"currency": None}, EntryIncomplete),
    (PRESSED, {"text": None}, EntryIncomplete),
    (REFUSED, {"refused_on": "2016-07-31"}, DaysOutOfOrder),
    (REFUSED, {"given_on": "2016-08-14"}, DaysOutOfOrder),
    (BUDGET, {"on": "2016-09-02"}, DaysOutOfOrder),
    (REFUSED, {"thing": "moon"}, NotInList),
    (BUDGET, {"currency": "XXX"}, NotInList),
    (PRESSED, {"text": "x" * 601}, EntryTooLong),
)


def test_what_no_entry_and_no_line_can_say_is_refused_and_nothing_is_written(
    ombuds_office: OmbudsStage, monkeypatch: pytest.MonkeyPatch
):
    stage, head = ombuds_office, ombuds_office.callers["head"]
    for told, more, refused in WRONG:
        with pytest.raises(refused):
            record(stage.desk, entry(told, **more), by=head)
    for more, refused in (({"sort": "song"}, NotInList), ({"on": "2016-09-02"}, outreach.DayToCome)):
        with pytest.raises(refused):
            outreach.record(stage.desk, line(**more), by=head)
    for told in ({**BUDGET, "asked_amount": -1}, {**PRESSED, "name": "x"}, {**PRESSED, "kind": "vacancy"}):
        with pytest.raises(ValidationError):
            entry(told)
    chair, borrowed = (DeskPerson(stage.people[who], new_holder_key().box) for who in ("chair", "head"))
    for who, refused in ((chair, NotAllowed), (DeskPerson(uuid4(), chair.pair), NotAllowed), (borrowed, KeyNotSigned)):
        for act in (
            lambda who=who: record(stage.desk, entry(PRESSED), by=who),
            lambda who=who: entries(stage.desk, by=who),
            lambda who=who: vacancies(stage.desk, by=who),
            lambda who=who: outreach.record(stage.desk, line(), by=who),
            lambda who=who: outreach.log(stage.desk, by=who),
        ):
            with pytest.raises(refused):
                act()
    shelf = stage.desk.shelf
    monkeypatch.setattr(shelf, "pack", shelf.pack.model_copy(update={"office_record": None}))
    with pytest.raises(NoOfficeRecord):
        record(stage.desk, entry(PRESSED), by=head)
    for table in ("independence_entry", "sealed_office_text", "outreach_entry"):
        assert stage.rows(f"SELECT count(*) FROM {table}") == [(0,)]


def test_whoever_comes_later_gets_the_words_when_somebody_who_can_open_them_writes(ombuds_office: OmbudsStage):
    stage, head = ombuds_office, ombuds_office.callers["head"]
    made = record(stage.desk, entry(PRESSED), by=head)
    stage.appoint("officer_c", "case_officer")
    newcomer = stage.callers["officer_c"]
    (seen,) = entries(stage.desk, by=newcomer)
    assert (seen.closed, seen.text) == (True, None)
    with pytest.raises(WordsClosedToYou):
        change(stage.desk, made, entry(PRESSED, text="Nothing happened."), by=newcomer)
    mine = record(stage.desk, entry(PRESSED, on="2016-08-21", text="Again."), by=newcomer)
    assert one_entry(stage.desk, made, by=newcomer).closed
    record(stage.desk, entry(BUDGET), by=head)
    assert one_entry(stage.desk, made, by=newcomer).text == PRESSED["text"]
    assert one_entry(stage.desk, mine, by=head).text == "Again."
    assert one_entry(stage.desk, made, by=newcomer).row.version == 1


@pytest.mark.usefixtures("cheap_passphrases")
def test_a_new_key_opens_the_words_that_the_old_one_opened_and_a_leaver_keeps_none(ombuds_office: OmbudsStage, operator: Office):
    stage = ombuds_office
    record(stage.desk, entry(PRESSED), by=stage.callers["head"])
    totp = stage.give_passphrase("head")
    rotate(operator, "head", PASSPHRASE, now_code(totp), OTHER)
    sealed = stage.rows("SELECT count(*) FROM sealed_office_text WHERE reader = :p", p=stage.people["head"])
    assert sealed == [(1,)]
    with pytest.raises(KeyNotSigned):
        entries(stage.desk, by=stage.callers["head"])
    (row,) = stage.rows("SELECT key_wrapped FROM staff_key WHERE person_id = :p", p=stage.people["head"])
    wrapped = row[0]
    assert isinstance(wrapped, bytes | memoryview)
    fresh = unwrap_with_passphrase(bytes(wrapped), OTHER, staff_context(stage.people["head"])).box
    assert entries(stage.desk, by=DeskPerson(stage.people["head"], fresh))[0].text == PRESSED["text"]
    stage.give_passphrase("officer_a")
    leave(operator, "officer_a")
    sealed = stage.rows("SELECT count(*) FROM sealed_office_text WHERE reader = :p", p=stage.people["officer_a"])
    assert sealed == [(0,)]


def test_outreach_is_logged_corrected_and_taken_out(ombuds_office: OmbudsStage):
    stage, officer, other = ombuds_office, ombuds_office.callers["officer_a"], ombuds_office.callers["alternate"]
    made = outreach.record(stage.desk, line(), by=officer)
    outreach.change(stage.desk, made, line(people=None, sort="publication"), by=other, version=1)
    (seen,) = outreach.log(stage.desk, by=officer)
    assert (seen.version, seen.sort, seen.people) == (2, "publication", None)
    with pytest.raises(StaleVersion):
        outreach.change(stage.desk, made, line(), by=officer, version=1)
    outreach.take_out(stage.desk, made, by=officer)
    with pytest.raises(NotFound):
        outreach.take_out(stage.desk, made, by=officer)
    assert outreach.log(stage.desk, by=officer) == ()


def test_an_empty_office_is_read_from_appointments(ombuds_office: OmbudsStage):
    stage, officer = ombuds_office, ombuds_office.callers["officer_a"]
    assert vacancies(stage.desk, by=officer) == ()
    stage.rows("UPDATE appointment SET until_on = '2016-09-10' WHERE role = 'ombudsperson' RETURNING 1")
    stage.to_day(date(2016, 9, 20))
    assert vacancies(stage.desk, by=officer) == (Vacancy("ombudsperson", date(2016, 9, 10), None),)
    stage.appoint("next", "ombudsperson", date(2016, 9, 25))
    stage.to_day(date(2016, 10, 3))
    assert vacancies(stage.desk, by=officer) == (Vacancy("ombudsperson", date(2016, 9, 10), date(2016, 9, 25)),)
