"""A letter goes out sealed, lies at the other door, is answered once, and the answer comes home: through both real databases."""

import json
from datetime import date
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from actions.addressees import AddresseeDigitsDiffer, listed, sign_with
from actions.codes import totp_of
from actions.key_changes import rotate
from actions.keys import MayNotEnrol, Signer
from actions.letters import (
    AddresseeWithoutKey,
    AnswerByTooFar,
    addressees,
    last_day_to_answer,
    letters_of,
    read_answer,
)
from actions.office import Office
from actions.people import NobodyCalled
from actions.sealing import Reader
from records import sealed, seats
from records.matters import NotFound
from records.vault import SERVED_COPY, key_digits, new_holder_key
from tests.fixtures.letter_post import LetterPost
from tests.fixtures.ombuds_office import PASSPHRASE
from tests.fixtures.visitors import come

KEY = {"Idempotency-Key": "0f" * 16}


def read_at_desk(post: LetterPost, matter: UUID, letter: UUID, who: str = "head") -> tuple[str, str]:
    """To whom a letter went, and what the answer says."""
    with post.ombuds.desk.open() as books:
        reader = Reader(books, matter, post.ombuds.callers[who].enter(books, matter))
        (copy,) = sealed.texts(books, matter, [SERVED_COPY.name])
        return json.loads(reader.open(copy, SERVED_COPY).text)["to"], read_answer(books, matter, reader, letter)


def lying(client: TestClient) -> list[dict[str, object]]:
    found: list[dict[str, object]] = client.get("/v1/letters").json()["letters"]
    return found


def test_a_letter_goes_out_is_answered_once_and_the_answer_opens_for_the_case_alone(letter_post: LetterPost):
    post, matter = letter_post, come(letter_post.ombuds).matter
    letter = post.serve(matter, "secretary_general", until=date(2016, 9, 30))
    assert post.carry().carried == 0, "what was made today goes with the post of the next working day"
    post.to_day(date(2016, 9, 2))
    assert (post.carry().carried, post.carry().carried) == (1, 0)
    client = post.client("secretary_general")
    told = {"id": str(letter), "came_on": "2016-09-02", "read_on": None, "answered_on": None, "answer_by": "2016-09-30"}
    assert lying(client) == [told | {"late": False, "closed": False}]
    opened = client.get(f"/v1/letters/{letter}").json()
    assert (opened["text"], opened["sender"], opened["read_on"]) == ("What do you say?", "Head", "2016-09-02")
    sent = client.post(f"/v1/letters/{letter}/answer", json={"text": "It was not so."}, headers=KEY)
    again = client.post(f"/v1/letters/{letter}/answer", json={"text": "It was not so."}, headers=KEY)
    other = client.post(f"/v1/letters/{letter}/answer", json={"text": "It was so."})
    assert (sent.status_code, again.status_code) == (204, 204)
    assert (other.status_code, other.json()["code"]) == (409, "letter_answered")
    assert len(post.house.stage.rows("SELECT 1 FROM post_out WHERE sort = 'reply'")) == 1
    assert "It was not so." not in client.get(f"/letters/{letter}").text, "the page does not show what cannot be opened"
    with pytest.raises(NotFound):
        read_at_desk(post, matter, letter)
    post.to_day(date(2016, 9, 5))
    assert post.carry().carried == 0, "on Labor Day there is no post"
    post.to_day(date(2016, 9, 6), hour=10)
    assert post.carry().carried == 0, "nor before its hour"
    post.to_day(date(2016, 9, 6), hour=11)
    assert post.carry().carried == 2
    assert read_at_desk(post, matter, letter) == ("Secretary_General", "It was not so.")
    with post.ombuds.desk.open() as books:
        post.ombuds.callers["head"].enter(books, matter)
        (row,) = letters_of(books, matter)
        assert (row.served_on, row.taken_on, row.came_on) == (date(2016, 9, 1), date(2016, 9, 2), date(2016, 9, 2))
        assert last_day_to_answer(books, date(2016, 9, 12)) == date(2016, 9, 11)
    assert post.house.stage.rows("SELECT 1 FROM post_out") == post.ombuds.rows("SELECT 1 FROM post_out") == []


def test_nothing_is_sealed_to_a_key_that_nobody_compared_or_to_one_that_ended(letter_post: LetterPost):
    post, matter = letter_post, come(letter_post.ombuds).matter
    post.add("unsigned", signed=False)
    post.add("keyless", key=False)
    with post.ombuds.desk.open() as books:
        assert [one.name for one in addressees(books)] == ["Secretary_General"]
    for who in ("unsigned", "keyless"):
        with pytest.raises(AddresseeWithoutKey):
            post.serve(matter, who)
    with pytest.raises(AnswerByTooFar):
        post.serve(matter, "secretary_general", until=date(2017, 9, 1))
    with pytest.raises(AnswerByTooFar):
        post.serve(matter, "secretary_general", until=date(2016, 8, 31))
    stolen = "UPDATE addressee SET box = (SELECT box FROM addressee WHERE signed_by IS NULL) WHERE signed_by IS NOT NULL"
    renamed = "UPDATE addressee SET name = 'Unsigned' WHERE signed_by IS NOT NULL"
    ended = "UPDATE addressee SET ended_on = '2016-09-01'"
    for change in (stolen, renamed, ended):
        with post.ombuds.owner.begin() as connection:
            before = connection.exec_driver_sql("SELECT person_id, box, name FROM addressee WHERE signed_by IS NOT NULL").one()
            connection.exec_driver_sql(change)
        with pytest.raises(AddresseeWithoutKey):
            post.serve(matter, "secretary_general")
        with post.ombuds.owner.begin() as connection:
            undo = "UPDATE addressee SET box = %s, name = %s WHERE person_id = %s"
            connection.exec_driver_sql(undo, (before.box, before.name, before.person_id))
    assert post.ombuds.rows("SELECT 1 FROM letter UNION ALL SELECT 1 FROM post_out") == []


def test_two_of_the_papers_sign_too_and_whoever_leaves_the_office_takes_their_signatures_along(letter_post: LetterPost):
    post, operator = letter_post, letter_post.ombuds.as_owner
    post.add("unsigned", signed=False)
    papers, key = Signer(None, post.ombuds.ceremony), post.keys["unsigned"]
    digits = key_digits(post.house.stage.people["unsigned"], key.box.public, key.verify)
    with pytest.raises(AddresseeDigitsDiffer):
        sign_with(operator, "Unsigned", digits[::-1], papers)
    with pytest.raises(NobodyCalled):
        sign_with(operator, "Nobody", digits, papers)
    with pytest.raises(MayNotEnrol):
        sign_with(operator, "Unsigned", digits, Signer(post.ombuds.people["officer_a"], new_holder_key()))
    assert [one.standing for one in listed(post.ombuds.desk, by=post.ombuds.callers["head"])] == ["signed", "waiting"]
    sign_with(operator, "Unsigned", digits, papers)
    with post.ombuds.desk.open() as books:
        assert {one.name for one in addressees(books)} == {"Secretary_General", "Unsigned"}
    with post.ombuds.as_owner.open() as books:
        seats.remove_signed_keys(books, post.ombuds.people["head"])
    with post.ombuds.desk.open() as books:
        assert {one.name for one in addressees(books)} == {"Unsigned"}, "what only the head signed waits for somebody else"


@pytest.mark.usefixtures("cheap_passphrases")
def test_a_holder_who_changes_their_key_has_still_signed_what_they_signed(letter_post: LetterPost, operator: Office):
    stage = letter_post.ombuds
    code = totp_of(stage.give_passphrase("head")).now()
    rotate(operator, "head", PASSPHRASE, code, "another passphrase", signer=Signer(None, stage.ceremony))
    with stage.desk.open() as books:
        assert [one.name for one in addressees(books)] == ["Secretary_General"]
