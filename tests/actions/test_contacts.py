"""Contact slips: what can be said, by whom, who sees it; that counts are all that is left, once, on the day after the last."""

from collections.abc import Mapping
from datetime import date
from uuid import uuid4

import pytest
from pydantic import ValidationError
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from actions.choosing import NotInList
from actions.contacts import (
    MonthNotOpen,
    NoContacts,
    NothingMoreContradicted,
    ReferralContradicted,
    TooManyIssues,
    choices,
    correct,
    count_only,
    own_slip,
    own_slips,
    throw_away,
    write,
)
from actions.contacts_shapes import Slip
from actions.kernel.actor import NotAllowed
from actions.kernel.callers import DeskPerson
from actions.of_the_office import KeyNotSigned
from actions.replays import KeyReused, Repeatable
from actions.retention import keep_house
from policies.categories import NoSuchIssue
from records import migrate
from records.matters import NotFound, StaleVersion
from records.vault import new_holder_key
from tests.fixtures.months import sweep_days
from tests.fixtures.ombuds_office import OmbudsStage

PHONED = {"month": "2016-09", "channel": "phone", "language": "es", "issues": ["2H"], "done": ["listened", "options"]}
FULL = PHONED | {
    "issues": ["2h", "8E", "2H"],
    "done": ["referral"],
    "route": "hearing",
    "personnel": "intern",
    "region": "caribbean",
}


def slip(**told: object) -> Slip:
    return Slip.model_validate(PHONED | told)


def kept(stage: OmbudsStage) -> int:
    return int(str(stage.rows("SELECT count(*) FROM contact_slip")[0][0]))


def tally(stage: OmbudsStage) -> Mapping[tuple[str, str, str], int]:
    rows = stage.rows("SELECT month::text, kind, outcome, count FROM tally WHERE kind LIKE 'contact%'")
    return {(str(month), str(kind), str(outcome)): int(str(number)) for month, kind, outcome, number in rows}


def test_a_slip_is_written_seen_by_its_writer_alone_corrected_and_thrown_away(ombuds_office: OmbudsStage):
    stage, head, officer = ombuds_office, ombuds_office.callers["head"], ombuds_office.callers["officer_a"]
    before = stage.rows("SELECT count(*) FROM ledger_entry")
    mine = write(stage.desk, Slip.model_validate(FULL), by=officer)
    (seen,) = own_slips(stage.desk, by=officer)
    assert (seen.id, seen.version, seen.until) == (mine, 1, date(2016, 10, 30))
    assert seen.told.issues == ("2H", "8E")
    assert own_slips(stage.desk, by=head) == ()
    with pytest.raises(NotFound):
        own_slip(stage.desk, mine, by=head)
    for act in (correct, throw_away):
        with pytest.raises(NotFound):
            act(stage.desk, mine, *([slip()] if act is correct else []), by=head)  # type: ignore[operator]  two acts, one wall
    correct(stage.desk, mine, slip(channel="letter"), by=officer, version=1)
    with pytest.raises(StaleVersion):
        correct(stage.desk, mine, slip(), by=officer, version=1)
    seen = own_slip(stage.desk, mine, by=officer)
    assert (seen.version, seen.told.channel, seen.told.region) == (2, "letter", None)
    key = Repeatable(b"k" * 16, b"asked")
    assert write(stage.desk, slip(), by=officer, request=key) == write(stage.desk, slip(), by=officer, request=key)
    assert kept(stage) == 2
    with pytest.raises(KeyReused):
        write(stage.desk, slip(), by=officer, request=Repeatable(b"k" * 16, b"other"))
    throw_away(stage.desk, mine, by=officer)
    assert kept(stage) == 1
    assert tally(stage) == {}
    assert stage.rows("SELECT count(*) FROM ledger_entry") == before  # a line a slip would tell the day somebody came
    assert stage.rows("SELECT count(*) FROM search_log") == stage.rows("SELECT count(*) FROM read_log") == [(0,)]


REFUSED = (
    ({"month": "2016-10"}, MonthNotOpen),
    ({"month": "2016-07"}, MonthNotOpen),
    ({"channel": "pigeon"}, NotInList),
    ({"language": "la"}, NotInList),
    ({"region": "moon"}, NotInList),
    ({"personnel": "king"}, NotInList),
    ({"done": ["sang"]}, NotInList),
    ({"done": ["referral"], "route": "nowhere"}, NotInList),
    ({"issues": ["9Z"]}, NoSuchIssue),
    ({"issues": ["1A", "1B", "1C", "1D"]}, TooManyIssues),
    ({"done": ["referral"]}, ReferralContradicted),
    ({"route": "hearing"}, ReferralContradicted),
    ({"done": ["nothing_more", "options"]}, NothingMoreContradicted),
)


def test_what_no_slip_can_say_is_refused_and_nothing_is_written(ombuds_office: OmbudsStage):
    stage, officer = ombuds_office, ombuds_office.callers["officer_a"]
    mine = write(stage.desk, slip(), by=officer)
    for told, refused in REFUSED:
        with pytest.raises(refused):
            write(stage.desk, slip(**told), by=officer)
        with pytest.raises(refused):
            correct(stage.desk, mine, slip(**told), by=officer)
    with pytest.raises(MonthNotOpen):
        count_only(stage.desk, date(2016, 10, 1), by=officer)
    for told in ({"month": "2016-09-01"}, {"month": "2016-13"}, {"name": "Ana"}, {"note": "x"}, {"issues": []}, {"done": []}):
        with pytest.raises(ValidationError):
            slip(**told)
    assert (kept(stage), tally(stage)) == (1, {})
    assert own_slip(stage.desk, mine, by=officer).version == 1


def test_who_holds_no_office_of_the_desk_or_no_signed_key_writes_and_sees_nothing(
    ombuds_office: OmbudsStage, monkeypatch: pytest.MonkeyPatch
):
    stage = ombuds_office
    chair = DeskPerson(stage.people["chair"], new_holder_key().box)
    stranger = DeskPerson(uuid4(), new_holder_key().box)
    borrowed = DeskPerson(stage.people["head"], new_holder_key().box)
    for who, refused in ((chair, NotAllowed), (stranger, NotAllowed), (borrowed, KeyNotSigned)):
        for act in (
            lambda who=who: write(stage.desk, slip(), by=who),
            lambda who=who: count_only(stage.desk, date(2016, 9, 1), by=who),
            lambda who=who: own_slips(stage.desk, by=who),
            lambda who=who: choices(stage.desk, by=who),
        ):
            with pytest.raises(refused):
                act()
    assert (kept(stage), tally(stage)) == (0, {})
    shelf = stage.desk.shelf
    monkeypatch.setattr(shelf, "pack", shelf.pack.model_copy(update={"contacts": None}))
    with pytest.raises(NoContacts):
        write(stage.desk, slip(), by=stage.callers["head"])


def test_a_number_alone_is_a_month_and_nothing_else(ombuds_office: OmbudsStage):
    stage = ombuds_office
    months = [month for month, _ in choices(stage.desk, by=stage.callers["head"]).months]
    assert months == [date(2016, 9, 1), date(2016, 8, 1)]
    count_only(stage.desk, months[0], by=stage.callers["head"])
    count_only(stage.desk, months[0], by=stage.callers["alternate"])
    assert kept(stage) == 0
    assert tally(stage) == {
        ("2016-09-01", f"contact.{which}{what}", outcome): 1
        for which in ("", "apart.")
        for what, outcome in (("began", "began"), ("ended", "talked"))
    }


def test_slips_become_counts_on_the_day_after_their_last_and_each_once(ombuds_office: OmbudsStage):
    stage = ombuds_office
    write(stage.desk, Slip.model_validate(FULL), by=stage.callers["officer_a"])
    write(stage.desk, slip(), by=stage.callers["head"])
    write(stage.desk, slip(), by=stage.callers["alternate"])
    sweep_days(stage, date(2016, 10, 24), date(2016, 10, 29))
    (last,) = sweep_days(stage, date(2016, 10, 30), date(2016, 10, 30))
    assert (last.slips, kept(stage), tally(stage)) == (0, 3, {})
    write(stage.desk, slip(month="2016-10"), by=stage.callers["head"])
    (gone,) = sweep_days(stage, date(2016, 10, 31), date(2016, 10, 31))
    counted = tally(stage)
    assert (gone.slips, kept(stage)) == (3, 1)
    assert counted == {
        ("2016-09-01", "contact.began", "began"): 2,
        ("2016-09-01", "contact.ended", "talked"): 2,
        ("2016-09-01", "contact.apart.began", "began"): 1,
        ("2016-09-01", "contact.apart.ended", "talked"): 1,
        ("2016-01-01", "contact.channel", "phone"): 2,
        ("2016-01-01", "contact.region", "caribbean"): 1,
        ("2016-01-01", "contact.region", "unknown"): 1,
        ("2016-01-01", "contact.language", "es"): 2,
        ("2016-01-01", "contact.personnel", "intern"): 1,
        ("2016-01-01", "contact.personnel", "unknown"): 1,
        ("2016-01-01", "contact.issue", "2H"): 2,
        ("2016-01-01", "contact.issue", "8E"): 1,
        ("2016-01-01", "contact.done", "listened"): 1,
        ("2016-01-01", "contact.done", "options"): 1,
        ("2016-01-01", "contact.done", "referral"): 1,
    }
    assert keep_house(stage.flows).slips == 0
    assert (tally(stage), kept(stage)) == (counted, 1)


def test_a_jump_of_the_clock_makes_nothing_old_and_the_role_of_flows_cannot_hurry(ombuds_office: OmbudsStage):
    stage = ombuds_office
    mine = write(stage.desk, slip(), by=stage.callers["head"])
    keep_house(stage.flows)
    days = sweep_days(stage, date(2016, 12, 1), date(2016, 12, 8))
    assert [one.slips for one in days] == [0] * 7 + [1]
    assert mine not in {one.id for one in own_slips(stage.desk, by=stage.callers["head"])}
    write(stage.desk, slip(month="2016-12"), by=stage.callers["head"])
    flows = create_engine(stage.database.url("ombuds_flows"), poolclass=NullPool)
    for wrong, told in (
        ("SELECT * FROM contact_slip", "permission denied"),
        ("SELECT count_contacts('2030-01-01')", "permission denied"),
        ("SELECT purge_contacts('2030-01-01')", "not the office day"),
    ):
        with pytest.raises(Exception, match=told), flows.begin() as connection:
            connection.execute(text(wrong))
    flows.dispose()
    assert kept(stage) == 1


def test_going_down_slips_are_counted_and_coming_back_nothing_else_changed(ombuds_office: OmbudsStage):
    stage = ombuds_office
    write(stage.desk, slip(), by=stage.callers["head"])
    migrate.downgrade(stage.database.owner_url, "0045")
    assert tally(stage)[("2016-09-01", "contact.began", "began")] == 1
    migrate.upgrade(stage.database.owner_url)
    assert tally(stage)[("2016-01-01", "contact.language", "unknown")] == 1
    assert tally(stage)[("2016-01-01", "contact.personnel", "unknown")] == 1
    assert kept(stage) == 0
    write(stage.desk, slip(), by=stage.callers["head"])
    assert kept(stage) == 1
