"""Story 14: somebody phones; it is typed, read back and agreed. It is urgent, and the words that are dictated die at once."""

from datetime import date

from cli.demo.scene import Scene
from cli.demo.script import Deed, Step, noon
from cli.demo.stories.desk import path, words

NAME, KEY, HEAD = "14 phoned", "phoned", "head"
SAID = {
    "track": "complaint",
    "language": "es",
    "statement": "Mi jefe me espera cada noche en la puerta.",
    "answers": {"personnel_class": "staff", "station": "BO"},
    "urgent": True,
}
DANGER = {
    "reason": "La espera cada noche, y ayer la siguió.",
    "to": "La policía de su ciudad",
    "text": "Alguien espera esta noche ante su puerta.",
    "told_first": True,
    "beforehand": "Por teléfono, mientras llamaba.",
}


def steps() -> tuple[Step, ...]:
    """The story's steps. All its dates are the demo's."""

    def at(day: date, who: str, what: str, expected: str, deed: Deed) -> Step:
        return Step(NAME, noon(day), who, what, expected, deed, assumed=True)

    return (
        at(date(2017, 7, 10), HEAD, "types what is said on the phone, and reads it back", "nothing kept; not_agreed", _read_back),
        at(date(2017, 7, 10), HEAD, "files what she agreed to, and dictates the words", "12 words, urgent by 2017-07-11", _file),
        at(date(2017, 7, 10), HEAD, "finds it first at the desk, and acts; she was told first", "1, then 0", _act),
        at(date(2017, 7, 12), "visitor", "comes back: the words lead to new ones alone", "words_must_change; 12 words", _change),
        at(date(2017, 7, 12), HEAD, "tries the words that were dictated", "words_unknown", _dead),
        at(date(2017, 7, 12), "visitor", "reads who typed it, and what left without her yes", "typed, 4 parts", _reads),
    )  # fmt: skip


def _read_back(scene: Scene) -> str:
    before = scene.get(HEAD, "/v1/queue?limit=200")
    scene.post(HEAD, "/v1/phoned/check", SAID)
    refused = scene.refused(HEAD, "/v1/phoned", SAID)
    same = scene.get(HEAD, "/v1/queue?limit=200") == before
    return f"{'nothing' if same else 'something'} kept; {refused}"


def _file(scene: Scene) -> str:
    filed = scene.post(HEAD, "/v1/phoned", SAID | {"agreed_on": "2017-07-10"})
    scene.kept[f"{KEY} words"] = scene.kept[f"{KEY} dictated"] = " ".join(filed["receipt"])
    return f"{len(filed['receipt'])} words, urgent by {filed['urgent_by']}"


def _act(scene: Scene) -> str:
    (one,) = scene.get(HEAD, "/v1/queue")["urgent"]  # nothing else in the demo is urgent
    scene.kept[f"{KEY} id"] = one["id"]
    scene.post(HEAD, f"{path(scene, KEY)}/moves", {"trigger": "act_on_danger", "payload": DANGER})
    return f"1, then {len(scene.get(HEAD, '/v1/queue')['urgent'])}"


def _change(scene: Scene) -> str:
    refused = scene.visit("GET", "/v1/complaint", words=words(scene, KEY)).json()["code"]
    changed = scene.visited("POST", "/v1/complaint/words", {}, words=words(scene, KEY))
    scene.kept[f"{KEY} words"] = " ".join(changed["receipt"])
    return f"{refused}; {len(changed['receipt'])} words"


def _dead(scene: Scene) -> str:
    return str(scene.visit("GET", "/v1/complaint", words=scene.kept[f"{KEY} dictated"]).json()["code"])


def _reads(scene: Scene) -> str:
    told = scene.visited("GET", "/v1/complaint?lang=es", words=words(scene, KEY))
    typed = any("escribió esto por usted" in line for line in told["answers"][0]["said"])
    parts = [one for one in told["messages"] if one["what"].startswith("act_on_danger")]
    return f"{'typed' if typed else 'not typed'}, {len(parts)} parts"
