"""The office's two mails go by the calendar alone: the same with and without a matter, never two at once, also when there is
nothing to say.
"""

import email
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from pydantic import SecretStr

from actions.kernel.sweep import sweep
from actions.mail import Posted, send_waiting
from actions.notices import band, chair_note, desk_mail, due_notices, name_chair
from tests.fixtures.databases import Database, Server
from tests.fixtures.offices import Stage
from tests.fixtures.ombuds_office import OmbudsStage, ombuds_house, roster_of
from tests.fixtures.post import Post
from tests.fixtures.visitors import come, opened_by
from tests.fixtures.wall import Wall

MARKER = "zanahoria-marcada-8831"
pytestmark = pytest.mark.usefixtures("wall")
DESK = ["alternate@ombuds.invalid", "head@ombuds.invalid", "officer_a@ombuds.invalid", "officer_b@ombuds.invalid"]


def tick(stage: OmbudsStage, post: Post) -> Posted:
    """What the worker does when office time has moved."""
    sweep(stage.flows)
    due_notices(stage.flows)
    return send_waiting(stage.flows, post.smtp)


def receivers(post: Post) -> list[str]:
    return sorted(receiver for receiver, _ in post.mails)


def dedups(stage: OmbudsStage, like: str) -> list[str]:
    return [
        str(row[0]).rpartition(":")[0] for row in stage.rows("SELECT dedup FROM outbox WHERE dedup LIKE :l ORDER BY 1", l=like)
    ]


def _secret(text: str) -> SecretStr:
    return SecretStr(text)


def _without_name(content: bytes) -> bytes:
    """A mail without its Message-ID, which is random."""
    lines = content.split(b"\r\n")
    named = [line for line in lines if line.startswith(b"Message-ID: ")]
    assert len(named) == 1
    assert len(named[0]) == len(b"Message-ID: <>") + 32 + len(b"@house.example")
    return b"\r\n".join(line for line in lines if line not in named)


def marked(content: bytes) -> list[str]:
    body = email.message_from_bytes(content).get_payload(decode=True)
    assert isinstance(body, bytes)
    return [line.strip() for line in body.decode().splitlines() if line.startswith("[")]


class TestDesk:
    def test_everybody_at_the_desk_gets_one_mail_each_working_day(self, ombuds_office: OmbudsStage, post: Post):
        for day in range(1, 8):  # Thursday 1 to Wednesday 7 September 2016; Monday is Labor Day
            if day > 1:
                ombuds_office.to_day(date(2016, 9, day), hour=12)
                assert tick(ombuds_office, post) == Posted()
            ombuds_office.to_day(date(2016, 9, day), hour=13)  # 09:00 in Washington
            tick(ombuds_office, post)
            tick(ombuds_office, post)
        assert receivers(post) == sorted(DESK * 4 + ["chair@ombuds.invalid"])
        days = sorted({key.split(":")[1] for key in dedups(ombuds_office, "desk:%")})
        assert days == ["2016-09-01", "2016-09-02", "2016-09-06", "2016-09-07"]

    def test_nothing_goes_out_before_the_hour(self, ombuds_office: OmbudsStage):
        due_notices(ombuds_office.flows)
        ombuds_office.move_to(datetime(2016, 9, 2, 12, 59, 59, tzinfo=UTC))
        assert due_notices(ombuds_office.flows) == 0
        ombuds_office.move_to(datetime(2016, 9, 2, 13, tzinfo=UTC))
        assert due_notices(ombuds_office.flows) == 4
        assert due_notices(ombuds_office.flows) == 0

    def test_after_an_outage_only_the_newest_is_made(self, ombuds_office: OmbudsStage, post: Post):
        tick(ombuds_office, post)
        post.mails.clear()
        ombuds_office.to_day(date(2016, 9, 29))
        tick(ombuds_office, post)
        assert receivers(post) == sorted([*DESK, "chair@ombuds.invalid"])
        assert set(dedups(ombuds_office, "desk:%")) == {"desk:2016-09-01", "desk:2016-09-29"}

    def test_a_server_away_for_days_gives_one_mail_not_one_a_day(self, ombuds_office: OmbudsStage, post: Post, wall: Wall):
        smtp = post.smtp
        post.stop()
        for day in (1, 2, 6, 7, 8):
            ombuds_office.to_day(date(2016, 9, day))
            due_notices(ombuds_office.flows)
            assert send_waiting(ombuds_office.flows, smtp).sent == 0
            wall.after(days=1)
        assert ombuds_office.rows("SELECT count(*) FROM outbox WHERE dedup LIKE 'desk:%'") == [(4,)]
        assert set(dedups(ombuds_office, "desk:%")) == {"desk:2016-09-08"}

    def test_who_has_no_address_or_no_office_or_came_later_gets_none(self, ombuds_office: OmbudsStage, post: Post):
        ombuds_office.rows("UPDATE person SET mail = NULL WHERE name = 'Officer A' RETURNING 1")
        ombuds_office.rows("UPDATE appointment SET until_on = '2016-09-02' WHERE role = 'alternate' RETURNING 1")
        ombuds_office.to_day(date(2016, 9, 2))
        ombuds_office.appoint("late", "case_officer")  # at 13:00: after the hour of this day's mail
        tick(ombuds_office, post)
        assert receivers(post) == ["head@ombuds.invalid", "officer_b@ombuds.invalid"]
        ombuds_office.to_day(date(2016, 9, 6))
        tick(ombuds_office, post)
        assert post.to("late@ombuds.invalid")

    def test_an_absence_changes_nothing(self, ombuds_office: OmbudsStage, post: Post):
        ombuds_office.absent("head", date(2016, 9, 1))
        tick(ombuds_office, post)
        assert receivers(post) == DESK

    def test_only_the_newest_day_can_be_asked_for(self, ombuds_office: OmbudsStage):
        ombuds_office.to_day(date(2016, 9, 7))
        assert desk_mail(ombuds_office.flows, date(2016, 9, 6)) == 0
        assert desk_mail(ombuds_office.flows, date(2016, 9, 8)) == 0
        assert desk_mail(ombuds_office.flows, date(2016, 9, 7)) == 4
        assert desk_mail(ombuds_office.flows, date(2016, 9, 7)) == 0


class TestTwoWorlds:
    @pytest.fixture
    def other(self, database_server: Server) -> Iterator[Database]:
        yield from database_server.fresh("ombuds")

    def test_the_desks_mail_is_the_same_with_a_matter_and_without(self, ombuds_office: OmbudsStage, other: Database, post: Post):
        worlds = []
        with ombuds_house(other) as busy:
            for stage in (ombuds_office, busy):
                post.mails.clear()
                for day in (1, 2, 6, 7, 8, 9, 12):
                    if stage is busy and day in (1, 6):
                        come(stage, language="es", statement=_secret(MARKER), urgent=True)
                    stage.to_day(date(2016, 9, day), hour=13 if stage is ombuds_office else 19)
                    tick(stage, post)
                worlds.append(sorted((to, _without_name(content)) for to, content in post.mails if to in DESK))
                assert not any(MARKER.encode() in content for _, content in post.mails)
        assert len(worlds[0]) == 7 * 4
        assert worlds[0] == worlds[1]

    def test_an_event_makes_no_mail(self, ombuds_office: OmbudsStage, post: Post):
        tick(ombuds_office, post)
        before = len(post.mails)
        guest = come(ombuds_office, statement=_secret(MARKER), urgent=True)
        guest.does("message", text=_secret(MARKER))
        opened_by(ombuds_office, "head", guest.matter)
        assert tick(ombuds_office, post) == Posted()
        assert len(post.mails) == before
        assert ombuds_office.rows("SELECT count(*) FROM outbox WHERE dedup NOT LIKE 'desk:%'") == [(0,)]


class TestChair:
    def weekly(self, stage: OmbudsStage, post: Post, day: date) -> bytes:
        """The chair's note of a Monday."""
        post.mails.clear()
        stage.to_day(day)
        tick(stage, post)
        (note,) = post.to("chair@ombuds.invalid")
        return note

    def test_a_note_comes_every_week_also_when_there_is_nothing(self, ombuds_office: OmbudsStage, post: Post):
        notes = [self.weekly(ombuds_office, post, date(2016, 9, day)) for day in (5, 12, 19)]  # the 5th is a holiday
        assert [marked(note)[0] for note in notes] == ["[x] none"] * 3
        weeks = [row[0] for row in ombuds_office.rows("SELECT dedup FROM outbox WHERE dedup LIKE 'chair:%' ORDER BY 1")]
        assert weeks == ["chair:2016-W36", "chair:2016-W37", "chair:2016-W38"]

    @pytest.mark.parametrize(("matters", "line"), [(0, "none"), (1, "1 to 4"), (4, "1 to 4"), (5, "5 or more"), (6, "5 or more")])
    def test_the_bands_tell_no_number_and_have_one_length(self, ombuds_office: OmbudsStage, post: Post, matters: int, line: str):
        for _ in range(matters):
            come(ombuds_office, statement=_secret(MARKER))
        self.weekly(ombuds_office, post, date(2016, 9, 19))  # late since the 9th, not yet at the chair's rung
        note = self.weekly(ombuds_office, post, date(2016, 9, 26))
        assert [each for each in marked(note) if each.startswith("[x]")] == [f"[x] {line}"]
        assert len(marked(note)) == 3
        assert len(note) == len(self.weekly(ombuds_office, post, date(2016, 10, 3))) + len("26 September") - len("3 October")
        assert MARKER.encode() not in note

    def test_late_is_told_only_from_the_chairs_rung_on(self, ombuds_office: OmbudsStage, post: Post):
        """In an office of four: a duty is due on the 8th, late on the 9th, and reaches the chair ten working days later."""
        guest = come(ombuds_office)
        ombuds_office.rows(
            "UPDATE responsibility SET person_id = :p RETURNING 1", p=ombuds_office.people["officer_a"]
        )  # an officer's: between them and the chair stands the head
        for monday, line in ((12, "none"), (19, "none"), (26, "1 to 4")):
            assert f"[x] {line}" in marked(self.weekly(ombuds_office, post, date(2016, 9, monday)))
        assert guest.matter

    def test_in_an_office_of_one_the_chair_stands_next(self, ombuds: Database, post: Post):
        with ombuds_house(ombuds, roster_of(1)) as stage:
            come(stage)
            assert "[x] 1 to 4" in marked(self.weekly(stage, post, date(2016, 9, 12)))

    def test_what_was_done_since_or_waits_by_right_is_not_counted(self, ombuds_office: OmbudsStage):
        come(ombuds_office)
        ombuds_office.to_day(date(2016, 9, 26))
        sweep(ombuds_office.flows)
        for change, expected in (
            ("due_on = NULL", "none"),  # paused
            ("due_on = '2016-09-26'", "none"),  # due today, after a pause
            ("due_on = '2016-09-25'", "some"),
            ("status = 'met'", "none"),
        ):
            ombuds_office.rows(f"UPDATE clock SET {change} RETURNING 1")
            with ombuds_office.flows.open() as books:
                assert band(books) == expected

    def test_after_an_outage_of_weeks_one_note_of_what_is_true_now(self, ombuds_office: OmbudsStage, post: Post):
        come(ombuds_office)
        assert "[x] 1 to 4" in marked(self.weekly(ombuds_office, post, date(2016, 10, 6)))  # a Thursday: the note of Monday
        assert ombuds_office.rows("SELECT dedup FROM outbox WHERE dedup LIKE 'chair:%'") == [("chair:2016-W40",)]

    def test_the_note_of_a_week_is_made_once_and_of_no_other_week(self, ombuds_office: OmbudsStage):
        ombuds_office.to_day(date(2016, 9, 12))
        assert chair_note(ombuds_office.flows, "2016-W36") == 0
        assert chair_note(ombuds_office.flows, "2016-W37") == 1
        assert chair_note(ombuds_office.flows, "2016-W37") == 0

    def test_another_chair_gets_the_next_note_and_no_key(self, ombuds_office: OmbudsStage, post: Post):
        self.weekly(ombuds_office, post, date(2016, 9, 12))
        person = name_chair(ombuds_office.as_owner, "New Chair", mail="new@ombuds.invalid", language="fr")
        post.mails.clear()
        ombuds_office.to_day(date(2016, 9, 19))
        tick(ombuds_office, post)
        assert receivers(post) == sorted([*DESK, "new@ombuds.invalid"])
        assert "[x] aucune" in marked(post.to("new@ombuds.invalid")[0])
        assert ombuds_office.rows("SELECT count(*) FROM signed_key WHERE person_id = :p", p=person) == [(0,)]


def test_in_the_house_nothing_goes_by_the_calendar(house_office: Stage):
    assert due_notices(house_office.flows) == 0
    assert house_office.rows("SELECT count(*) FROM outbox") == [(0,)]


def test_the_desk_and_intake_can_put_nothing_into_the_outbox(ombuds_office: OmbudsStage):
    granted = ombuds_office.rows(
        "SELECT grantee FROM information_schema.role_table_grants"
        " WHERE table_name = 'outbox' AND privilege_type = 'INSERT' AND grantee LIKE 'ombuds%'"
    )
    assert granted == [("ombuds_flows",)]
