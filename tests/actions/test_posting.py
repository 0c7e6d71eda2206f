"""The post loses nothing and doubles nothing, carries bytes as they are, and keeps nothing longer than the policy says."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from uuid import UUID

import psycopg
from sqlalchemy.exc import OperationalError

from actions.letter_mails import addressee_mails
from actions.letters import addressees
from actions.mail import Smtp, compose
from actions.posting import deliver, due_post, keep_post
from records import mailing, outbox, rosters
from tests.fixtures.databases import Database
from tests.fixtures.letter_post import LetterPost
from tests.fixtures.visitors import come

CARRIED = "id, sort, addressee_id, letter_id, encode(sealed, 'hex'), encode(key_sealed, 'hex'), told, made_on"
FRIDAY, NEXT = date(2016, 9, 2), date(2016, 9, 6)


@contextmanager
def held(database: Database, lock: str) -> Iterator[psycopg.Connection]:
    """The owner holds what a carrier needs, so that it stands still at that place."""
    with psycopg.connect(database.owner_url.replace("+psycopg", "", 1)) as owner:
        owner.execute(lock.encode())
        yield owner
        owner.rollback()


def killed_at(post: LetterPost, database: Database, lock: str, role: str) -> list[BaseException]:
    """What became of a carrier whose connection was killed while it stood at this lock."""
    ended: list[BaseException] = []

    def carrying() -> None:
        try:
            deliver(post.ombuds.flows, post.house.stage.flows)
        except OperationalError as error:
            ended.append(error)

    with held(database, lock), psycopg.connect(database.postgres.admin_url.replace("+psycopg", "", 1), autocommit=True) as admin:
        carrier = threading.Thread(target=carrying)
        carrier.start()
        waits = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = %s AND wait_event_type = 'Lock'"
        until = time.monotonic() + 20
        while carrier.is_alive() and time.monotonic() < until:
            admin.execute(waits, (role,))
            carrier.join(0.02)
    return ended


def test_killed_on_either_side_of_the_two_commits_no_row_is_lost_and_none_is_doubled(letter_post: LetterPost):
    post, matter = letter_post, come(letter_post.ombuds).matter
    letters = {post.serve(matter, "secretary_general", f"{n}") for n in range(3)}
    waiting = post.ombuds.rows(f"SELECT {CARRIED} FROM post_out ORDER BY id")
    post.to_day(FRIDAY)
    kept = f"SELECT {CARRIED} FROM post_in ORDER BY id"
    killed_at(post, post.house.stage.database, "LOCK TABLE post_in IN EXCLUSIVE MODE", "house_flows")
    assert post.house.stage.rows(kept) == []
    assert len(post.house.stage.rows("SELECT what FROM trouble")) == 3, "it is seen"
    ended = killed_at(post, post.ombuds.database, "LOCK TABLE post_out IN EXCLUSIVE MODE", "ombuds_flows")
    assert (len(ended), post.house.stage.rows(kept)) == (1, waiting), "kept over there, byte for byte, and not yet taken away"
    assert len(post.ombuds.rows("SELECT 1 FROM post_out")) == 3
    again = deliver(post.ombuds.flows, post.house.stage.flows)
    assert (again.carried, again.again, again.failed) == (0, 3, 0)
    assert (post.house.stage.rows(kept), post.ombuds.rows("SELECT 1 FROM post_out")) == (waiting, [])
    assert {row[3] for row in post.house.stage.rows(kept)} == letters


def test_what_crosses_is_the_same_bytes_and_no_id_of_a_matter_is_in_them(letter_post: LetterPost):
    post, matter = letter_post, come(letter_post.ombuds).matter
    letter = post.serve(matter, "secretary_general", "Words nobody may find.", until=date(2016, 9, 30))
    there = [post.ombuds.rows(f"SELECT {CARRIED} FROM post_out")]
    post.to_day(FRIDAY)
    post.carry()
    here = [post.house.stage.rows(f"SELECT {CARRIED} FROM post_in")]
    client = post.client("secretary_general")
    assert client.get(f"/v1/letters/{letter}").status_code == 200
    assert client.post(f"/v1/letters/{letter}/answer", json={"text": "No."}).status_code == 204
    there.append(post.house.stage.rows(f"SELECT {CARRIED} FROM post_out ORDER BY id"))
    post.to_day(NEXT)
    post.carry()
    here.append(post.ombuds.rows(f"SELECT {CARRIED} FROM post_in ORDER BY id"))
    assert here == there
    whole = json.dumps(there, default=str)
    matters = [UUID(str(row[0])) for row in post.ombuds.rows("SELECT id FROM matter")]
    assert len(matters) == 1
    for told in (str(matters[0]), matters[0].hex, b"Words".hex()):
        assert told not in whole
    whole_house = json.dumps(post.house.stage.rows("SELECT row_to_json(p)::text FROM post_in p"), default=str)
    assert "2016-09-30" not in whole_house, "the day of the answer is sealed too: it would tell which procedure it is"


def test_the_size_that_crosses_tells_steps_alone(letter_post: LetterPost):
    post, matter = letter_post, come(letter_post.ombuds).matter
    for words in ("a", "b" * 700):
        post.serve(matter, "secretary_general", words)
    sizes = post.ombuds.rows("SELECT DISTINCT length(sealed), length(key_sealed) FROM post_out")
    assert len(sizes) == 1


def test_a_matter_that_goes_takes_its_letters_and_an_answer_to_it_is_not_kept(letter_post: LetterPost):
    post, first, second = letter_post, come(letter_post.ombuds).matter, come(letter_post.ombuds).matter
    one, other = post.serve(first, "secretary_general"), post.serve(second, "secretary_general")
    with post.ombuds.owner.begin() as connection:
        connection.exec_driver_sql("DELETE FROM sealed_text WHERE matter_id = %s", (second,))  # as `shred` does
    assert post.ombuds.rows("SELECT letter_id FROM post_out") == [(one,)]
    post.to_day(FRIDAY)
    post.carry()
    client = post.client("secretary_general")
    assert client.get(f"/v1/letters/{other}").status_code == 404
    assert client.post(f"/v1/letters/{one}/answer", json={"text": "No."}).status_code == 204
    post.to_day(NEXT)
    post.carry()
    assert post.ombuds.rows("SELECT sort FROM post_in") == [("reply",)]
    with post.ombuds.owner.begin() as connection:
        connection.exec_driver_sql("DELETE FROM sealed_text WHERE matter_id = %s", (first,))
    assert post.ombuds.rows("SELECT 1 FROM post_in UNION ALL SELECT 1 FROM letter") == []
    with post.house.stage.owner.begin() as connection:  # as if it had come a day later
        connection.exec_driver_sql(
            "INSERT INTO post_out SELECT gen_random_uuid(), 'reply', addressee_id, letter_id, sealed, NULL, NULL, made_on"
            " FROM post_in"
        )
    assert post.carry().failed == 0
    assert post.ombuds.rows("SELECT 1 FROM post_in") == [] == post.house.stage.rows("SELECT 1 FROM post_out")


def test_in_the_house_a_letter_goes_some_days_after_its_answer_and_an_unread_one_at_last(letter_post: LetterPost):
    post, matter = letter_post, come(letter_post.ombuds).matter
    answered = post.serve(matter, "secretary_general", until=date(2016, 9, 20))
    unread = post.serve(matter, "secretary_general")
    post.to_day(FRIDAY)
    post.carry()
    post.client("secretary_general").post(f"/v1/letters/{answered}/answer", json={"text": "No."})
    lies = "SELECT letter_id FROM post_in WHERE sort = 'letter'"
    for day, gone, left in ((date(2016, 10, 2), 0, 2), (date(2016, 10, 3), 1, 1), (date(2017, 10, 7), 0, 1)):
        post.to_day(day)
        assert (keep_post(post.house.stage.flows), keep_post(post.house.stage.flows)) == (gone, 0)
        assert len(post.house.stage.rows(lies)) == left
    assert post.house.stage.rows(lies) == [(unread,)]
    post.to_day(date(2017, 10, 8))
    assert keep_post(post.house.stage.flows) == 1
    assert post.house.stage.rows(lies) == []


def test_who_leaves_the_role_is_an_addressee_no_more_and_no_answer_is_needed_for_that(letter_post: LetterPost):
    post, person = letter_post, letter_post.house.stage.people["secretary_general"]
    with post.ombuds.desk.open() as books:
        assert [one.office for one in addressees(books)] == ["head_of_unit"]
    offered = "SELECT role FROM appointment WHERE person_id = :p AND (until_on IS NULL OR until_on > :d)"
    assert post.ombuds.rows(offered, p=person, d=FRIDAY) == [("addressee",)], "she who comes can name them"
    with post.house.owner.open() as books:
        rosters.end_appointment(books, person, "addressee", FRIDAY)
    post.to_day(FRIDAY)
    keep_post(post.house.stage.flows)
    assert not due_post(post.house.stage.flows)
    post.to_day(NEXT)
    assert due_post(post.house.stage.flows)
    assert post.carry().carried == 1
    with post.ombuds.desk.open() as books:
        assert addressees(books) == ()
    assert post.ombuds.rows(offered, p=person, d=NEXT) == []


def test_s25_s34_the_weekly_mail_is_the_same_whether_or_not_anything_happened(letter_post: LetterPost):
    post, matter = letter_post, come(letter_post.ombuds).matter
    post.add("head_of_unit")
    post.add("without_key", key=False)
    post.serve(matter, "secretary_general")
    made = []
    for day in (date(2016, 9, 6), date(2016, 9, 7), date(2016, 9, 13)):
        post.to_day(day)
        post.carry()
        made.append(addressee_mails(post.house.stage.flows))
    assert made == [2, 0, 2]
    assert addressee_mails(post.ombuds.flows) == 0
    with post.house.stage.flows.open() as books:
        mails, mail = outbox.kinds_of(books), mailing.next_mail(books, None)
        assert mail is not None
        sent = compose(books, mail, Smtp("127.0.0.1", 25, "noreply@house.example", starttls=False))
        assert sent["Subject"] == "Amparo: your week"
        assert "always says the same" in sent.get_content()
        assert not {"2016", "http", "Secretary"} & set(sent.get_content().replace(":", " ").split())
    assert mails == [("notice.addressee_week", {"at": "2016-09-12T09:00:00-04:00"})] * 2, "to who got a letter and to who did not"
    assert post.ombuds.rows("SELECT 1 FROM outbox WHERE key = 'notice.addressee_week'") == []
