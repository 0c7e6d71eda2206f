"""Story 12: somebody is afraid to have come: measures, the question after the end, and the day on which it happens."""

from datetime import date
from typing import Any

from cli.demo.scene import Scene
from cli.demo.script import Deed, Step, noon
from cli.demo.stories.desk import clock, files, path, remember_newest, words, works

NAME, KEY, WATCHED, KIND, HEAD = "12 protection", "afraid", "watched over", "protection", "head"
STATEMENT = {
    "track": "complaint",
    "language": "es",
    "statement": "Mi jefe firma viajes que nadie hizo. Mi contrato termina en marzo.",
    "answers": {"personnel_class": "staff", "afraid": "yes"},
}
MEASURE = ("La Directora de Personal", "Renueven el contrato de esta persona hasta que se decida su queja.")
HARM = ("La Oficina de Ética", "Después de venir a nosotros, a esta persona le quitaron sus tareas.")
CHECK_INS = ("first_check_in", "second_check_in", "third_check_in", "last_check_in")


def steps() -> tuple[Step, ...]:
    """The story's steps. All its dates are the demo's."""

    def at(day: date, who: str, what: str, expected: str, deed: Deed) -> Step:
        return Step(NAME, noon(day), who, what, expected, deed, assumed=True)

    return (
        at(date(2017, 2, 1), "visitor", "complains, and says that she is afraid", "12 words", _come),
        at(date(2017, 2, 1), "visitor", "reads by when she is answered", "2017-02-06", _answered_by),
        at(date(2017, 2, 2), HEAD, "reads it and watches over her", "risk_named, met", _watch_over),
        at(date(2017, 2, 3), HEAD, "writes what shall be asked of whom, and asks for her yes", "measures_proposed", _propose),
        at(date(2017, 2, 3), HEAD, "cannot ask for it without her yes", "move_refused", _too_early),
        at(date(2017, 2, 6), "visitor", "says yes to exactly that text", "acknowledged", _agrees),
        at(date(2017, 2, 7), HEAD, "asks for the measures", "measures_asked", _sent("ask_measures")),
        at(date(2017, 2, 10), HEAD, "writes down the yes", "measures_in_place",
           _acts(("note_granted", {"text": "Renovado hasta junio.", "on": "2017-02-10"}))),
        at(date(2017, 2, 21), HEAD, "closes the complaint; she is asked again on four days",
           "closed; 2017-03-21, 2017-05-21, 2017-08-21, 2018-02-21", _close),
        at(date(2017, 3, 22), "visitor", "is asked with the same words, and says no", "asked; not asked", _says_no),
        at(date(2017, 5, 22), "visitor", "comes back: it happened", "ended; harm_told", _it_happened),
        at(date(2017, 5, 23), HEAD, "answers her, and asks for her yes", "ended", _answer),
        at(date(2017, 5, 24), "visitor", "says yes to exactly that text", "ended", _agrees),
        at(date(2017, 5, 25), HEAD, "passes it on", "referred", _sent("refer_harm")),
        at(date(2017, 5, 26), "visitor", "reads until when she can tell us more", "2018-03-21", _until),
    )  # fmt: skip


def _come(scene: Scene) -> str:
    return files(KEY, STATEMENT)(scene).partition(",")[0]


def _seen(scene: Scene) -> dict[str, Any]:
    """Everything her words open."""
    seen: dict[str, Any] = scene.visited("GET", "/v1/complaint", words=words(scene, KEY))
    return seen


def _says(scene: Scene, trigger: str, payload: dict[str, object]) -> str:
    told = {"trigger": trigger, "payload": payload}
    return str(scene.visited("POST", "/v1/complaint/moves", told, words(scene, KEY))["state"])


def _day(scene: Scene, name: str) -> str:
    return str(next(each["on"] for each in _seen(scene)["dates"] if each["clock"] == name))


def _answered_by(scene: Scene) -> str:
    return _day(scene, "protection_answer")


def _until(scene: Scene) -> str:
    return _day(scene, "protection_watch")


def _watch_over(scene: Scene) -> str:
    remember_newest(scene, HEAD, KEY)
    works(KEY, HEAD, ("acknowledge", {}), ("watch_over", {"risk": "El contrato termina en marzo."}))(scene)
    ties = scene.get(HEAD, path(scene, KEY))["ties"]
    scene.kept[f"{WATCHED} id"] = next(tie["id"] for tie in ties if tie["kind"] == KIND)
    return f"{_acts()(scene)}, {clock(scene, KEY, HEAD, 'protection_answer')['status']}"


def _acts(*acts: tuple[str, dict[str, object]]) -> Deed:
    return works(WATCHED, HEAD, *acts, kind=KIND)


def _propose(scene: Scene) -> str:
    to, text = MEASURE
    works(KEY, HEAD, ("ask_consent", {"to": to, "text": text, "purpose": "ask_measures", "audience": "head_of_unit"}))(scene)
    return _acts(("propose", {"to": to, "text": text}))(scene)


def _too_early(scene: Scene) -> str:
    told = {"trigger": "ask_measures", "payload": {}}
    return scene.refused(HEAD, f"{path(scene, WATCHED, KIND)}/moves", told)


def _agrees(scene: Scene) -> str:
    (asked,) = (one for one in _seen(scene)["consents"] if one["status"] == "asked")
    scene.kept[f"{KEY} consent"] = asked["id"]
    return _says(scene, "consent", {"consent": asked["id"]})


def _sent(trigger: str) -> Deed:
    def deed(scene: Scene) -> str:
        return _acts((trigger, {"consent": scene.kept[f"{KEY} consent"]}))(scene)

    return deed


def _close(scene: Scene) -> str:
    text = "No hallamos viajes sin respaldo."
    state = works(KEY, HEAD, ("screen", {}), ("close", {"ground": "nothing_found", "text": text}))(scene)
    return f"{state}; {', '.join(_day(scene, name) for name in CHECK_INS)}"


def _is_asked(scene: Scene) -> str:
    (asked,) = (answer for answer in _seen(scene)["answers"] if answer["question"] == "asked")
    return "asked" if any("tratado peor" in line for line in asked["said"]) else "not asked"


def _says_no(scene: Scene) -> str:
    before = _is_asked(scene)
    _says(scene, "nothing_happened", {})
    return f"{before}; {_is_asked(scene)}"


def _it_happened(scene: Scene) -> str:
    state = _says(scene, "it_happened", {"text": "Me quitaron mis tareas al volver de licencia."})
    return f"{state}; {_acts()(scene)}"


def _answer(scene: Scene) -> str:
    to, text = HARM
    reply = "Lo hemos leído. Podemos decirlo a quien debe protegerle, si usted quiere."
    asked = {"to": to, "text": text, "purpose": "refer_harm", "audience": "ethics"}
    return works(KEY, HEAD, ("reply", {"text": reply}), ("ask_consent", asked))(scene)
