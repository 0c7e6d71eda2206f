"""Letters on the page of a matter: whom to serve is picked there, and the answer is read there and taken by a form."""

from datetime import date
from uuid import UUID

from actions.kinds.complaint_acts import Consenting
from tests.fixtures.desk_door import Came, DeskDoor, she
from tests.fixtures.letter_post import LetterPost
from tests.fixtures.sheets import TEXT, Walk, sheet, walked

pytest_plugins = ("tests.fixtures.desk_door", "tests.fixtures.letter_post")

LUIS = {"payload.about": "people_of_a_unit", "payload.audience": "head_of_house", "payload.to": ""}


def agreed(door: DeskDoor, walk: Walk, came: Came, purpose: str, **told: str) -> UUID:
    """She is asked by a form, and says yes."""
    walk.do("ask_consent", **{"payload.purpose": purpose, **told})
    ((asked,),) = door.stage.rows("SELECT id FROM consent WHERE matter_id = :m AND status = 'asked'", m=came.id)
    she(door.stage, came, "consent", Consenting(consent=asked))
    return UUID(str(asked))


def answered(post: LetterPost, matter: UUID, text: str, on: date, back: date) -> None:
    """The newest letter of a matter is read and answered at the other door, and the answer comes home."""
    post.to_day(on)
    post.carry()
    letter = post.ombuds.rows("SELECT id FROM letter WHERE matter_id = :m", m=matter)[-1][0]
    client = post.client("luis")
    assert client.get(f"/v1/letters/{letter}").status_code == 200
    assert client.post(f"/v1/letters/{letter}/answer", json={"text": text}).status_code == 204
    post.to_day(back)
    post.carry()


def test_a_letter_is_served_followed_read_and_taken_on_the_page_of_its_matter(desk_door: DeskDoor, letter_post: LetterPost):
    luis = str(letter_post.add("luis", roles=("addressee", "secretary_general")))
    came, case = walked(desk_door)
    case.do("acknowledge", "screen", "inquire", "draft")
    case.do("conclude_without_names", **{"payload.names_nobody": "true"})
    form = sheet(case.client, case.page, "/moves", trigger="ask_consent")
    assert luis in form.options["payload.addressee"]
    assert "The Secretary General → Chair" in case.client.get(case.page).text
    agreed(desk_door, case, came, "issue", **LUIS, **{"payload.addressee": luis})
    assert "It goes out as a sealed letter, to Luis alone." in case.client.get(case.page).text
    case.do("recommend")
    ((matter,),) = desk_door.stage.rows("SELECT id FROM matter WHERE kind = 'recommendation'")
    one = Walk(desk_door, case.client, f"/recommendations/{matter}")
    logged = "SELECT count(*) FROM read_log WHERE matter_id = :m AND day = '2016-09-02'"
    letter_post.to_day(date(2016, 9, 2))
    assert desk_door.stage.rows(logged, m=came.id) == [(0,)]
    shown = one.client.get(one.page).text
    assert "to whom" not in shown
    assert shown.count(TEXT.replace("&", "&amp;")[:20]) >= 2, "the text that would go out, and in the list to pick from"
    assert "Luis" in shown
    assert desk_door.stage.rows(logged, m=came.id) == [(1,)], "to show it is a reading of her case"
    one.do("issue")
    shown = one.client.get(one.page).text
    assert "To Luis, served on 2 September 2016" in shown
    assert "They have not opened it, as far as the post has told us." in shown
    answered(letter_post, UUID(str(matter)), "La mitad.", date(2016, 9, 6), date(2016, 9, 7))
    shown = one.client.get(one.page).text
    assert "La mitad." in shown
    told = one.client.get(f"/v1/recommendations/{matter}").json()
    (letter,) = told["letters"]
    assert (letter["to"], letter["act"], letter["opened_on"], letter["answered_on"]) == (
        "Luis",
        "issue",
        "2016-09-06",
        "2016-09-06",
    )
    assert (letter["waits"], letter["answer"], told["state"]) == (True, "La mitad.", "replied")
    asked = sheet(one.client, one.page, "/moves", trigger="accept_in_part")
    assert asked.must == {"payload.letter"}
    assert "payload.text" not in asked.sent
    one.do("find_no_answer")
    one.do("accept_in_part", **{"payload.on": "2016-09-07"})
    (letter,) = one.client.get(f"/v1/recommendations/{matter}").json()["letters"]
    assert (letter["waits"], letter["answer"]) == (False, None)
    one.do("start_follow_up", **{"payload.by": "2016-12-01"})
    assert "Promised for 1 December 2016" in one.client.get(one.page).text
    agreed(desk_door, case, came, "serve_findings", **LUIS, **{"payload.addressee": luis})
    case.do("serve_findings")
    assert "No answer was asked for. One can come." in case.client.get(case.page).text
    answered(letter_post, came.id, "Gracias.", date(2016, 9, 8), date(2016, 9, 9))
    case.do("take_answer")
    assert case.client.get(f"/v1/complaints/{came.id}").json()["letters"][0]["waits"] is False
