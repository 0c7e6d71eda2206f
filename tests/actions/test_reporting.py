"""Reports by themselves: opened on their dates, released unless held, passed on, numbered, told; a cut is gone on from."""

import email
import json
from datetime import date
from threading import Thread
from uuid import uuid4

import pytest
from sqlalchemy.exc import DBAPIError, IntegrityError, ProgrammingError

from actions.mail import Smtp, compose, send_waiting
from actions.notices import REPORT_HELD, REPORT_OUT, due_notices, name_chair
from actions.report_mails import tell_holds
from actions.report_periods import owed
from actions.reporting import Reported, Stopped, due_reports, make_reports
from actions.status import status_of
from records.mailing import Mail
from records.rosters import end_appointment
from reports.attack.reading import read_release
from reports.form.verify import verify_release
from tests.fixtures.offices import Stage, shelf
from tests.fixtures.post import Post
from tests.fixtures.report_life import does
from tests.fixtures.reporting import KEY, Reporting
from tests.fixtures.wall import Wall

CUT_OFF = date(2017, 1, 31)
"""Of 2016, with tables. The ten working days of review are over on 14 February."""
OUT = date(2017, 2, 15)
HALVES = ["ombuds 2016-H2", "annex 2016-H2"]
pytestmark = pytest.mark.usefixtures("wall")


class PowerFailed(Exception):
    """What a test throws where the power fails."""


def periods(database: str, begun: date, today: date) -> list[str]:
    rules = shelf().pack.reports
    assert rules is not None
    return [f"{one.kind} {one.period.code}" for one in owed(rules, database, begun, today)]


class TestWhen:
    def test_a_report_is_owed_from_its_cut_off_date_on(self):
        assert periods("ombuds", date(2016, 9, 1), date(2017, 1, 14)) == []
        assert periods("ombuds", date(2016, 9, 1), date(2017, 1, 15)) == HALVES
        assert periods("ombuds", date(2016, 9, 1), date(2017, 1, 30)) == HALVES
        assert periods("ombuds", date(2016, 9, 1), CUT_OFF) == [*HALVES, "ombuds 2016", "annex 2016"]

    def test_periods_before_the_house_are_not_made_up(self):
        assert periods("house", date(2016, 7, 1), date(2017, 1, 30)) == ["mandates 2016-H2"]
        assert periods("house", date(2016, 6, 30), date(2017, 1, 30)) == ["mandates 2016-H1", "mandates 2016-H2"]

    def test_it_is_opened_on_that_day_and_once(self, reporting: Reporting):
        reporting.to_day(date(2017, 1, 30), hour=23)
        assert reporting.tick()[0] == Reported(opened=2, judged=2)
        reporting.to_day(date(2017, 1, 31), hour=12)
        assert due_reports(reporting.ombuds.flows)
        assert reporting.tick()[0] == Reported(opened=1, judged=1)
        halves = {"ombuds 2016-H2.1": "awaiting", "annex 2016-H2.1": "awaiting"}
        assert reporting.states() == halves | {"ombuds 2016.1": "in_review"}
        assert not due_reports(reporting.ombuds.flows)
        assert reporting.tick()[0] == Reported()


class TestGoingOut:
    @pytest.fixture(autouse=True)
    def _drafted(self, reporting: Reporting) -> None:
        reporting.to_day(CUT_OFF)
        for _ in range(4):  # four halves of years of the house, one after the other
            reporting.tick()

    def test_it_goes_out_by_itself_when_the_days_are_over_and_reaches_everybody_once(self, reporting: Reporting):
        reporting.to_day(date(2017, 2, 14))
        reporting.tick()
        assert [name for name in reporting.released() if "ombuds" in name] == []
        reporting.to_day(OUT)
        assert [done.published for done in reporting.tick()] == [1, 1]
        assert reporting.tick() == (Reported(), Reported())
        assert reporting.states()["ombuds 2016.1"] == "released"
        sent = reporting.council.rows("SELECT symbol, receiver, document_id FROM transmittal WHERE series = 'ombuds'")
        (document,) = reporting.council.rows("SELECT symbol, id, by_person FROM document WHERE source = 'ombuds/2016.1'")
        assert sent == [(document[0], "permanent_council", document[1])]
        assert document[2] is None
        (copy,) = reporting.council.rows("SELECT object, sha256 FROM released_report WHERE series = 'ombuds'")
        assert [copy] == reporting.ombuds.rows("SELECT object, sha256 FROM released_report WHERE series = 'ombuds'")
        assert read_release(reporting.releases / "ombuds" / "2016.1").symbol == document[0]

    def test_a_mission_gets_one_mail_that_says_nothing_of_it(self, reporting: Reporting, post: Post):
        send_waiting(reporting.council.flows, post.smtp)
        post.mails.clear()
        reporting.to_day(OUT)
        reporting.tick()
        send_waiting(reporting.council.flows, post.smtp)
        (mail,) = post.to("mission@house.invalid")
        text = str(email.message_from_bytes(mail).get_payload(decode=True))
        assert "A report is there for you: Report of the Ombudsperson." in text
        assert "2016" not in text
        assert "12" not in text
        assert "CP/doc" not in text

    def test_held_it_stays_the_chair_learns_it_once_and_let_go_it_goes(self, reporting: Reporting, post: Post):
        office, matter = reporting.ombuds, reporting.matter("ombuds", "2016.1")
        does(office, "head", matter, "hold", reason="somebody_at_risk")
        assert tell_holds(office.flows) == 1
        assert tell_holds(office.flows) == 0
        reporting.to_day(date(2017, 4, 3))
        reporting.tick()
        assert reporting.states()["ombuds 2016.1"] == "held"
        assert "ombuds 2016.1" not in reporting.released()
        send_waiting(office.flows, post.smtp)
        (mail,) = post.to("chair@ombuds.invalid")
        assert b"held" in mail
        assert b"risk" not in mail
        assert b"2016" not in mail.partition(b"\r\n\r\n")[2]
        does(office, "head", matter, "let_go")
        reporting.to_day(date(2017, 4, 6))
        reporting.tick()
        assert "ombuds 2016.1" in reporting.released()
        assert office.rows("SELECT count(*) FROM outbox WHERE key = 'notice.report_held'") == [(1,)]

    def test_each_hold_is_told_also_one_that_was_let_go_before_anybody_looked(self, reporting: Reporting):
        office, matter = reporting.ombuds, reporting.matter("ombuds", "2016.1")
        for _ in range(2):
            does(office, "head", matter, "hold", reason="other")
            does(office, "head", matter, "let_go")
        assert tell_holds(office.flows) == 2
        assert tell_holds(office.flows) == 0
        assert office.rows("SELECT params::text LIKE '%other%' FROM outbox WHERE key = 'notice.report_held'") == [(False,)] * 2

    def test_a_hold_while_nobody_chairs_is_told_to_the_next_who_does(self, reporting: Reporting):
        office, matter = reporting.ombuds, reporting.matter("ombuds", "2016.1")
        with office.as_owner.open() as books:
            assert end_appointment(books, office.people["chair"], "chair", books.today) == 1
        does(office, "head", matter, "hold", reason="other")
        assert tell_holds(office.flows) == 0
        reporting.to_day(date(2017, 2, 20))
        named = name_chair(office.as_owner, "Next", mail="next@ombuds.invalid")
        assert tell_holds(office.flows) == 1
        assert tell_holds(office.flows) == 0
        assert office.rows("SELECT person_id FROM outbox WHERE key = 'notice.report_held'") == [(named,)]

    def test_the_annex_waits_for_the_alternate_and_goes_to_the_chair_alone(self, reporting: Reporting):
        matter = reporting.matter("annex", "2016-H2.1")
        reporting.to_day(date(2017, 6, 1))
        reporting.tick()
        assert reporting.states()["annex 2016-H2.1"] == "awaiting"
        assert "annex 2016.1" not in reporting.states()  # the next one waits
        does(reporting.ombuds, "alternate", matter, "approve")
        reporting.tick()
        told = reporting.council.rows(
            "SELECT p.mail FROM outbox o JOIN person p ON p.id = o.person_id WHERE o.params->>'series' = 'annex'"
        )
        assert told == [("chair@house.invalid",)]
        ((symbol, digest),) = reporting.council.rows("SELECT symbol, sha256 FROM released_report WHERE series = 'annex'")
        assert symbol is None
        crossed = self._crossed(reporting)
        assert {name for name, body in crossed.items() if "sha256" in body} == {"ombuds"}
        assert set(crossed) == {"ombuds", "annex"}
        every = [str(body) for (body,) in reporting.council.rows("SELECT body FROM ledger_entry")]
        assert [body for body in every if str(digest) in body] == []  # a digest of a few bands tells them, by trying all

    def _crossed(self, reporting: Reporting) -> dict[str, str]:
        """What the house's ledger, which every mission reads, says of each copy."""
        bodies = reporting.council.rows("SELECT body FROM ledger_entry WHERE body LIKE '%report.crossed%'")
        return {json.loads(str(body))["facts"]["series"]: str(body) for (body,) in bodies}

    def test_beside_another_worker_it_is_done_once(self, reporting: Reporting):
        reporting.to_day(OUT)
        both = [Thread(target=reporting.tick) for _ in range(2)]
        for one in both:
            one.start()
        for one in both:
            one.join()
        reporting.tick()
        for table in ("transmittal", "document"):
            (count,) = reporting.council.rows(f"SELECT count(*) FROM {table}")
            assert count == (5,), table  # one of the office, four halves of years of the house
        numbers = [row[0] for row in reporting.council.rows("SELECT number FROM document ORDER BY number")]
        assert numbers == [1, 2, 3, 4, 5]
        assert reporting.council.rows("SELECT count(*) FROM outbox WHERE key = 'notice.report_out'") == [(5,)]

    def test_operators_see_how_many_wait_for_what(self, reporting: Reporting):
        state = status_of(reporting.ombuds.flows)
        shown = {name.removeprefix("reports_"): value for name, value in state.items() if name.startswith("reports_")}
        assert shown == {"wanted": 0, "in_review": 3, "held": 0, "unsafe": 0, "unpublished": 0}
        does(reporting.ombuds, "head", reporting.matter("ombuds", "2016.1"), "hold", reason="other")
        assert status_of(reporting.ombuds.flows)["reports_held"] == 1


class TestCuts:
    def test_what_failed_is_noted_rests_and_stops_nothing_else(self, reporting: Reporting, wall: Wall):
        failing: list[object] = []

        def fail(matter: object) -> None:
            if not failing or matter == failing[0]:
                failing.append(matter)
                raise PowerFailed

        reporting.before_draft = fail
        reporting.to_day(CUT_OFF)
        assert reporting.tick()[0] == Reported(opened=3, judged=2, failed=1)
        assert reporting.ombuds.rows('SELECT "where", what FROM trouble') == [("reports", "PowerFailed")]
        assert not due_reports(reporting.ombuds.flows)  # a draft costs a minute
        wall.after(minutes=2)
        assert due_reports(reporting.ombuds.flows)
        reporting.before_draft = lambda _matter: None
        assert reporting.tick()[0] == Reported(judged=1)

    def test_cut_after_the_draft_it_is_judged_and_not_drafted_again(self, reporting: Reporting):
        reporting.to_day(date(2017, 1, 15))

        def cut() -> None:
            raise Stopped

        reporting.after_draft = cut
        with pytest.raises(Stopped):
            make_reports(reporting.ombuds.flows, reporting)
        assert reporting.states() == {"ombuds 2016-H2.1": "wanted", "annex 2016-H2.1": "wanted"}
        reporting.after_draft = lambda: None
        assert make_reports(reporting.ombuds.flows, reporting) == Reported(judged=2)
        assert len(reporting.drafted) == len(set(reporting.drafted)) == 2
        assert reporting.ombuds.rows("SELECT count(*) FROM trouble") == [(0,)]

    def test_cut_between_number_and_transmittal_the_number_is_kept(self, reporting: Reporting, wall: Wall):
        def fail() -> None:
            raise PowerFailed

        reporting.council.to_day(date(2015, 7, 30))
        reporting.after_write = fail
        assert make_reports(reporting.council.flows, reporting) == Reported(opened=1, judged=1, failed=1)
        symbol = reporting.council.rows("SELECT symbol, published_at FROM released_report")
        assert symbol == [("CP/doc.1/15", None)]
        assert reporting.council.rows("SELECT count(*) FROM transmittal") == [(0,)]
        assert reporting.council.rows("SELECT count(*) FROM outbox") == [(0,)]
        wall.after(minutes=2)
        reporting.after_write = lambda: None
        assert make_reports(reporting.council.flows, reporting) == Reported(published=1)
        assert reporting.council.rows("SELECT number FROM document") == [(1,)]
        assert reporting.council.rows("SELECT language, step FROM document_stamp") == [("en", "distributed")]
        assert reporting.council.rows("SELECT count(*) FROM outbox") == [(1,)]

    def test_what_the_attacker_broke_is_not_released_by_anybody(self, reporting: Reporting):
        reporting.clean = False
        reporting.to_day(CUT_OFF)
        reporting.tick()
        assert set(reporting.states().values()) == {"unsafe"}
        reporting.to_day(date(2017, 12, 1))
        reporting.tick()
        assert set(reporting.states().values()) >= {"unsafe"}
        assert reporting.released() == []
        matter = reporting.matter("ombuds", "2016.1")
        with pytest.raises(DBAPIError, match="not to be released"), reporting.ombuds.flows.engine.begin() as connection:
            connection.exec_driver_sql(f"SELECT release_report('{matter}', '2017-12-01')")


class TestBands:
    def test_each_note_is_a_release_and_is_written_and_signed(self, reporting: Reporting):
        for day in (date(2016, 9, 5), date(2016, 9, 12)):
            reporting.to_day(day)
            due_notices(reporting.ombuds.flows)
            due_notices(reporting.ombuds.flows)
        assert make_reports(reporting.ombuds.flows, reporting) == Reported(published=2)
        assert make_reports(reporting.ombuds.flows, reporting) == Reported()
        for week in ("2016-W36", "2016-W37"):
            folder = reporting.releases / "chair_week" / week
            assert verify_release(folder, bytes(KEY.verify_key)).genuine
            assert read_release(folder).tables[0].cells[0].count == 0
        assert reporting.council.rows("SELECT count(*) FROM released_report") == [(0,)]

    def test_the_flows_can_write_down_no_other_release(self, reporting: Reporting):
        with pytest.raises((ProgrammingError, IntegrityError)), reporting.ombuds.flows.engine.begin() as connection:
            connection.exec_driver_sql(
                "INSERT INTO released_report (series, edition, kind, object, sha256, released_on)"
                " VALUES ('ombuds', '2015.1', 'ombuds', '{}', '', '2016-09-01')"
            )


@pytest.mark.parametrize("language", ["en", "es", "pt", "fr"])
def test_each_mail_can_be_written_in_each_language(house_office: Stage, language: str):
    with house_office.flows.open() as books:
        for key, series in ((REPORT_HELD, "ombuds"), (REPORT_OUT, "annex"), (REPORT_OUT, "mandates")):
            params = {"at": books.now.isoformat(), "series": series}
            mail = Mail(uuid4(), key, params, books.now, 0, "somebody@house.invalid", language)
            written = compose(books, mail, Smtp("127.0.0.1", 25, "noreply@house.example", starttls=False))
            assert written["Subject"].startswith("Amparo")
            assert len(written.get_content().strip().split("\n\n")) == (2 if key == REPORT_HELD else 3)


def test_the_flows_cannot_read_a_draft(reporting: Reporting):
    reporting.to_day(CUT_OFF)
    reporting.tick()
    with pytest.raises(ProgrammingError, match="permission denied"), reporting.ombuds.flows.engine.begin() as connection:
        connection.exec_driver_sql("SELECT object FROM report_draft")
