"""Story 7: a consultation that ends with nothing but a tally."""

from datetime import date, timedelta

from cli.demo.scene import Scene
from cli.demo.script import Deed, Step, noon
from cli.demo.stories.desk import files, remember_newest, words, works
from records import consultation

NAME, KEY, HEAD = "7 consultation", "talk", "head"
BEGINS = date(2017, 6, 1)
STATEMENT = {
    "track": "consultation",
    "language": "fr",
    "statement": "Je ne sais pas si ce que je vis est normal.",
    "not_official_understood": True,
}


def steps() -> tuple[Step, ...]:
    """The story's steps. All its dates are the demo's."""

    def at(days: int, who: str, what: str, expected: str, deed: Deed) -> Step:
        return Step(NAME, noon(BEGINS + timedelta(days=days)), who, what, expected, deed, assumed=True)

    return (
        at(-1, HEAD, "offers times to talk, of two weeks", "2 times", _offer),
        at(0, "visitor", "would rather talk, takes the first time, in French", "12 words", _come),
        at(0, HEAD, "sees with whom the time is, in a case of theirs alone", "1 of 2, nobody is to be called", _diary),
        at(1, HEAD, "reads and answers", "in_conversation",
           works(KEY, HEAD, ("open_conversation", {}), ("reply", {"text": "Parlons-en."}), kind="consultation")),
        at(4, HEAD, "ends it", "ended", works(KEY, HEAD, ("end", {}), kind="consultation")),
        at(5, "visitor", "comes back once more", "ended", _state),
        at(6, "flow retention", "announces, waits, and destroys", "nothing but a tally of 1 more", _destroyed),
        at(30, "visitor", "finds that the words lead nowhere", "words_unknown", _gone),
        at(30, HEAD, "finds no trace of it", "404", _no_trace),
    )  # fmt: skip


def _offer(scene: Scene) -> str:
    day = (BEGINS + timedelta(days=7)).isoformat()
    told = {"day": day, "at": "17:30", "minutes": 45, "way": "room", "place": "Columbus Library, second floor", "weeks": 2}
    return f"{len(scene.post(HEAD, '/v1/times', told)['ids'])} times"


def _diary(scene: Scene) -> str:
    diary = scene.get(HEAD, "/v1/times")
    taken = sum(one["taken"] for one in diary["times"])
    called = any(one["number"] for one in diary["agreed"])
    return f"{taken} of {len(diary['times'])}, {'somebody' if called else 'nobody'} is to be called"


def _come(scene: Scene) -> str:
    with scene.watched["ombuds"].open() as books:
        scene.kept["tally before"] = consultation.counted(books, "consultation")
    (first, *_) = scene.visited("GET", "/v1/times")["times"]
    seen = files(KEY, STATEMENT | {"talk": {"time": first["id"]}})(scene).partition(",")[0]
    remember_newest(scene, HEAD, KEY)
    return seen


def _state(scene: Scene) -> str:
    return str(scene.visited("GET", "/v1/complaint", words=words(scene, KEY))["state"])


def _destroyed(scene: Scene) -> str:
    scene.days(20)
    with scene.watched["ombuds"].open() as books:
        more = consultation.counted(books, "consultation") - scene.kept["tally before"]
    return f"nothing but a tally of {more} more"


def _gone(scene: Scene) -> str:
    return str(scene.visit("GET", "/v1/complaint", words=words(scene, KEY)).json()["code"])


def _no_trace(scene: Scene) -> str:
    return str(scene.call(HEAD, "GET", f"/v1/consultations/{scene.kept[f'{KEY} id']}").status_code)
