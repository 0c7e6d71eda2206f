"""What she agreed to goes out as a letter to exactly whom she agreed to, and the answer comes home and is read."""

from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID

import pytest
from pydantic import SecretStr

from actions.addressing import AddresseeLockedOut, AddresseeNotOfSubject, AddresseeUnderLockedOut
from actions.choosing import NotInList
from actions.kinds.serving import ReceiverUnclear
from actions.letters import AddresseeWithoutKey
from actions.sealing import Reader
from policies.refusal import Refusal
from records import sealed
from records.vault import NOTE
from states.machine import MoveRefused
from tests.fixtures.letter_post import LetterPost
from tests.fixtures.visitors import Guest, at_desk, come, opened_by, state

SG = ("addressee", "secretary_general")
TEXT = "Move her desk."
ABOUT = {"about": "people_of_a_unit", "audience": "head_of_house"}


@pytest.fixture
def post(letter_post: LetterPost) -> LetterPost:
    """The Secretary General and the head of a unit can be served, and the chair."""
    letter_post.add("luis", roles=SG)
    letter_post.add("berta", roles=("addressee", "head_of_unit"))
    letter_post.add("clara", roles=("addressee", "chair"))
    return letter_post


def to(post: LetterPost, who: str, **told: object) -> dict[str, object]:
    return {"addressee": post.house.stage.people[who], "text": TEXT, **ABOUT, **told}


def drafting(post: LetterPost, **told: object) -> Guest:
    """A complaint whose findings are in draft."""
    guest = come(post.ombuds, **told)
    opened_by(post.ombuds, "head", guest.matter)
    for trigger in ("acknowledge", "screen", "inquire"):
        at_desk(post.ombuds, "head", guest.matter, trigger)
    at_desk(post.ombuds, "head", guest.matter, "draft", text="So it is.")
    return guest


def agreed(post: LetterPost, guest: Guest, who: str, purpose: str, **told: object) -> UUID:
    """A consent that names somebody with a letter key, and her yes to it."""
    at_desk(post.ombuds, "head", guest.matter, "ask_consent", **to(post, who, purpose=purpose, **told))
    asked = next(one for one in guest.sees().consents if one.status == "asked")
    guest.does("consent", consent=asked.id)
    return asked.id


def only(post: LetterPost, query: str, **params: object) -> object:
    ((found,),) = post.ombuds.rows(query, **params)
    return found


def letter_id(post: LetterPost) -> UUID:
    return UUID(str(only(post, "SELECT id FROM letter")))


def answer(post: LetterPost, who: str, letter: UUID, text: str) -> None:
    client = post.client(who)
    assert client.get(f"/v1/letters/{letter}").json()["text"] == TEXT
    assert client.post(f"/v1/letters/{letter}/answer", json={"text": text}).status_code == 204


def clocks(post: LetterPost, matter: UUID) -> Mapping[str, str]:
    query = "SELECT name, status FROM clock WHERE matter_id = :m"
    return {str(name): str(status) for name, status in post.ombuds.rows(query, m=matter)}


def notes(post: LetterPost, matter: UUID) -> list[tuple[str, str]]:
    """By whom each note is, and what it says."""
    with post.ombuds.desk.open() as books:
        reader = Reader(books, matter, post.ombuds.callers["head"].enter(books, matter))
        return [(row.author, reader.open(row, NOTE).text) for row in sealed.texts(books, matter, [NOTE.name])]


def refused(post: LetterPost, guest: Guest, who: str, **told: object) -> Refusal:
    """That nobody is asked, and why."""
    with pytest.raises(Refusal) as why:
        at_desk(post.ombuds, "head", guest.matter, "ask_consent", **to(post, who, purpose="refer", **told))
    assert guest.sees().consents == ()
    return why.value


def test_a_recommendation_goes_by_letter_and_the_answer_of_the_last_day_is_no_silence(post: LetterPost):
    stage, guest = post.ombuds, drafting(post)
    at_desk(stage, "head", guest.matter, "conclude_without_names", text="So it is.", names_nobody=True)
    at_desk(stage, "head", guest.matter, "recommend", text="A draft.")
    matter = UUID(str(only(post, "SELECT id FROM matter WHERE kind = 'recommendation'")))
    at_desk(stage, "head", matter, "issue", consent=agreed(post, guest, "luis", "issue"))
    letter = letter_id(post)
    ((answer_by, taken), (due,)) = (
        stage.rows("SELECT answer_by, taken_on FROM letter WHERE matter_id = :m", m=matter)[0],
        stage.rows("SELECT due_on FROM clock WHERE matter_id = :m AND name = 'reply'", m=matter)[0],
    )
    assert isinstance(answer_by, date)
    assert (taken, due) == (None, answer_by + timedelta(days=1))
    assert stage.rows("SELECT count(*) FROM letter WHERE matter_id <> :m", m=matter) == [(0,)]
    post.to_day(answer_by)
    post.carry()
    answer(post, "luis", letter, "Half of it.")
    post.to_day(answer_by + timedelta(days=2))
    assert post.carry().carried == 2
    assert state(stage, matter) == "replied"
    assert only(post, "SELECT count(*) FROM event WHERE trigger = 'pass_without_reply'") == 0
    assert (clocks(post, matter)["reply"], clocks(post, matter)["reading"]) == ("met", "running")
    with pytest.raises(MoveRefused) as why:
        at_desk(stage, "head", matter, "accept", letter=letter, text="As if.", on=answer_by)
    assert why.value.unmet == ("the_reply_is_on_file",)
    assert at_desk(stage, "head", matter, "accept_in_part", letter=letter).state == "partly_accepted"
    assert notes(post, matter) == [("addressee", "Half of it.")]
    assert only(post, "SELECT reply_on FROM recommendation") == answer_by
    with pytest.raises(MoveRefused):
        at_desk(stage, "head", matter, "accept", letter=letter)
    assert clocks(post, matter)["reading"] == "met"


def test_a_draft_goes_by_letter_and_nobody_concludes_over_an_answer_that_lies_unread(post: LetterPost):
    stage, guest = post.ombuds, drafting(post)
    consent = agreed(post, guest, "berta", "serve_draft", audience="head_of_unit")
    with post.ombuds.owner.begin() as connection:
        connection.exec_driver_sql("UPDATE addressee SET ended_on = '2016-09-01' WHERE name = 'Berta'")
    with pytest.raises((AddresseeWithoutKey, NotInList)):
        at_desk(stage, "head", guest.matter, "serve_draft", consent=consent)
    assert stage.rows("SELECT 1 FROM letter UNION ALL SELECT 1 FROM post_out") == []
    assert guest.sees().consents[0].status == "given"
    with post.ombuds.owner.begin() as connection:
        connection.exec_driver_sql("UPDATE addressee SET ended_on = NULL WHERE name = 'Berta'")
    at_desk(stage, "head", guest.matter, "serve_draft", consent=consent)
    post.to_day(date(2016, 9, 2))
    post.carry()
    answer(post, "berta", letter_id(post), "It was not so.")
    post.to_day(date(2016, 12, 1))
    post.carry()
    for trigger, told in (("conclude", {}), ("conclude_without_names", {"names_nobody": True})):
        with pytest.raises(MoveRefused) as why:
            at_desk(stage, "head", guest.matter, trigger, text="So it is.", **told)
        assert why.value.unmet == ("every_answer_that_came_was_read",)
    with pytest.raises(MoveRefused) as why:
        at_desk(stage, "head", guest.matter, "third_party_answered", letter=letter_id(post))
    assert why.value.unmet == ("a_third_party_was_asked", "their_answer_is_on_file")
    at_desk(stage, "head", guest.matter, "draft_answered", letter=letter_id(post))
    assert notes(post, guest.matter) == [("addressee", "It was not so.")]
    assert at_desk(stage, "head", guest.matter, "conclude", text="So it is.").state == "findings"


def test_s40_whoever_she_locked_out_is_never_served_nor_whoever_works_under_them(post: LetterPost):
    free = come(post.ombuds)
    opened_by(post.ombuds, "head", free.matter)
    at_desk(post.ombuds, "head", free.matter, "acknowledge")
    assert isinstance(refused(post, free, "luis", about="secretary_general"), AddresseeNotOfSubject)
    assert isinstance(refused(post, free, "luis", about="assistant_secretary_general"), AddresseeNotOfSubject)
    assert isinstance(refused(post, free, "berta", about="head_of_unit", audience="head_of_unit"), AddresseeNotOfSubject)
    assert isinstance(refused(post, free, "luis", audience="legal"), NotInList)
    assert isinstance(refused(post, free, "luis", about=None), NotInList)
    assert isinstance(refused(post, free, "luis", to=SecretStr("Legal")), ReceiverUnclear)
    assert isinstance(refused(post, free, "luis", addressee=None), ReceiverUnclear)
    at_desk(post.ombuds, "head", free.matter, "ask_consent", **to(post, "clara", purpose="refer", about="secretary_general",
                                                                  audience="council_chair"))  # fmt: skip
    assert [one.status for one in free.sees().consents] == ["asked"]
    for told in (
        {"must_not_see": SecretStr("Not the Secretario General, please")},
        {"about": SecretStr("Luis reads my mail")},
    ):
        guest = come(post.ombuds, **told)
        opened_by(post.ombuds, "head", guest.matter)
        at_desk(post.ombuds, "head", guest.matter, "acknowledge")
        assert isinstance(refused(post, guest, "luis"), AddresseeLockedOut)
        assert isinstance(refused(post, guest, "berta", audience="head_of_unit"), AddresseeUnderLockedOut)
    assert post.ombuds.rows("SELECT 1 FROM letter UNION ALL SELECT 1 FROM post_out") == []
