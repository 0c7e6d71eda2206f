"""Story 16: an officer's term ends: one talk is finished, one goes on with a colleague by her yes, one ends on the last day."""

from datetime import date
from uuid import UUID

from actions.terms import due_terms
from cli.demo import cast
from cli.demo.scene import Scene, Unexpected
from cli.demo.script import Deed, Step, noon
from cli.demo.stories.desk import path, remember_newest, words, works
from cli.supervise.waiting import wait_until
from records import seats

NAME, HEAD, LEAVES, STAYS, KIND = "16 term", "head", "officer a", "officer b", "consultation"
FINISHED, HANDED, LEFT = KEYS = ("finished talk", "handed talk", "left talk")
OUT = date(2017, 11, 21)
"""The first day out of office. All dates are the demo's, and later than those of every other story."""
STATEMENT = {
    "track": KIND,
    "language": "en",
    "statement": "I would like to talk something over before I decide.",
    "not_official_understood": True,
}


def steps() -> tuple[Step, ...]:
    """The story's steps."""

    def at(day: date, who: str, what: str, expected: str, deed: Deed) -> Step:
        return Step(NAME, noon(day), who, what, expected, deed, assumed=True)

    return (
        at(date(2017, 10, 4), HEAD, "records an absence", "away", _away),
        at(date(2017, 10, 4), "visitor", "three people come to talk", "3 talks", _come),
        at(date(2017, 10, 5), LEAVES, "answers each of them", "in_conversation", _answers),
        at(date(2017, 10, 6), HEAD, "is back", "present", _back),
        at(date(2017, 10, 6), "operator", "writes down the last day of an officer", "2017-11-20", _ends),
        at(date(2017, 10, 10), LEAVES, "has a list of what is open", "3 to settle by 2017-11-20", _list),
        at(date(2017, 10, 24), "visitor", "reads that the talk ends with that day", "told in all 3", _told),
        at(date(2017, 10, 24), HEAD, "hears that it is not settled, and no number", "officer a: not settled", _heard),
        at(date(2017, 10, 25), LEAVES, "finishes one", "ended",
           works(FINISHED, LEAVES, ("end", {"text": "Farewell."}), kind=KIND)),
        at(date(2017, 10, 26), LEAVES, "cannot seat a colleague in another, but can ask", "needs_her_yes; asked", _ask),
        at(date(2017, 10, 30), "visitor", "says yes", "officer b can open it", _agrees),
        at(date(2017, 10, 31), STAYS, "goes on with it", "in_conversation",
           works(HANDED, STAYS, ("reply", {"text": "I go on."}), kind=KIND)),
        at(OUT, "flow deadlines", "the third talk ends with the term; seats and key are gone the same day", "ended; 401; 0 seats",
           _gone),
        at(date(2017, 11, 22), HEAD, "hears of it no more", "nobody leaves", _heard),
        at(date(2017, 11, 22), "flow retention", "announces, waits, and destroys", "words_unknown", _destroyed),
    )  # fmt: skip


def _away(scene: Scene) -> str:
    scene.post(HEAD, "/v1/absences", {})
    return "away"


def _back(scene: Scene) -> str:
    response = scene.call(HEAD, "DELETE", "/v1/absences/current")
    return "present" if response.is_success else str(response.status_code)


def _come(scene: Scene) -> str:
    for key in KEYS:
        filed = scene.visited("POST", "/v1/complaints", STATEMENT)
        scene.kept[f"{key} words"] = " ".join(filed["receipt"])
        remember_newest(scene, LEAVES, key)
    return f"{len(KEYS)} talks"


def _answers(scene: Scene) -> str:
    return " ".join({works(key, LEAVES, ("open_conversation", {"text": "I am listening."}), kind=KIND)(scene) for key in KEYS})


def _ends(scene: Scene) -> str:
    cast.leave_on(scene.running, LEAVES, "case_officer", OUT)
    scene.kept[f"{LEAVES} id of person"] = next(
        one["id"] for one in scene.get(HEAD, "/v1/office")["people"] if one["name"] == LEAVES
    )
    return str(scene.get(LEAVES, "/v1/term")["own"]["last_on"])


def _list(scene: Scene) -> str:
    own = scene.get(LEAVES, "/v1/term")["own"]
    return f"{len(own['informal'])} to settle by {own['last_on']}"


def _looked(scene: Scene) -> None:
    """Wait until the worker has looked for ends today. Raises Unexpected."""
    if not wait_until(lambda: not due_terms(scene.watched["ombuds"]), seconds=30):
        raise Unexpected("nobody looked for ends")


def _told(scene: Scene) -> str:
    _looked(scene)
    seen = [scene.visited("GET", "/v1/complaint", words=words(scene, key)) for key in KEYS]
    told = sum("term" in {each["clock"] for each in one["dates"] if each["on"] == "2017-11-20"} for one in seen)
    return f"told in all {told}"


def _heard(scene: Scene) -> str:
    _looked(scene)
    over = scene.get(HEAD, "/v1/term")["over"]
    said = [f"{one['who']['name']}: {'settled' if one['done'] else 'not settled'}" for one in over]
    return ", ".join(said) or "nobody leaves"


def _ask(scene: Scene) -> str:
    person = next(one["id"] for one in scene.get(LEAVES, "/v1/office")["people"] if one["name"] == STAYS)
    refused = scene.refused(LEAVES, f"{path(scene, HANDED, KIND)}/seats", {"person": person})
    told = {"trigger": "ask_hand_over", "payload": {"person": person, "text": "I leave in November."}}
    scene.post(LEAVES, f"{path(scene, HANDED, KIND)}/moves", told)
    return f"{refused}; asked"


def _agrees(scene: Scene) -> str:
    told = {"trigger": "agree_hand_over"}
    scene.visited("POST", "/v1/complaint/moves", told, words=words(scene, HANDED))
    readers = scene.visited("GET", "/v1/complaint", words=words(scene, HANDED))["readers"]
    return f"{STAYS} can open it" if STAYS in readers else ", ".join(readers)


def _gone(scene: Scene) -> str:
    _looked(scene)
    state = scene.visited("GET", "/v1/complaint", words=words(scene, LEFT))["state"]
    status = scene.call(LEAVES, "GET", "/v1/term").status_code
    person = scene.kept[f"{LEAVES} id of person"]
    with scene.watched["ombuds"].open() as books:
        left = seats.matters_of(books, UUID(person))
    return f"{state}; {status}; {len(left)} seats"


def _destroyed(scene: Scene) -> str:
    scene.days(12)
    return str(scene.visit("GET", "/v1/complaint", words=words(scene, LEFT)).json()["code"])
