"""Story 4: a complaint in Spanish the whole way: a pause, a recommendation without reply, and a late yes.

Another goes as a letter that only its addressee opens; the answer comes back the same way.
"""

from datetime import date, timedelta
from typing import Any

from cli.demo.scene import Scene
from cli.demo.script import Deed, Step, noon
from cli.demo.stories.desk import clock, files, path, remember_newest, words, works
from cli.demo.stories.letters import SG, addressee, letter_of, reads_and_answers, told

NAME, KEY, HEAD = "4 complaint", "spanish", "head"
STATEMENT = {
    "track": "complaint",
    "language": "es",
    "statement": "Desde marzo mi jefe no me deja entrar en las reuniones de mi propio proyecto.",
    "identity": "Persona de la demostración",
    "answers": {"personnel_class": "staff", "about": "Departamento de la demostración"},
}
TO, TEXT = "Departamento de la demostración", "Una persona no puede entrar en las reuniones de su proyecto desde marzo."
ADVICE = "Que cada persona entre en las reuniones de su propio proyecto."
RULE = "Que una regla diga quién entra en las reuniones de un proyecto."
HALF = "Una regla, sí; para todos los proyectos, todavía no."
BY_LETTER = {"text": RULE, "purpose": "issue", "audience": "head_of_house"}


def steps() -> tuple[Step, ...]:
    """The story's steps. All its dates are the demo's."""

    def at(day: date, who: str, what: str, expected: str, deed: Deed) -> Step:
        return Step(NAME, noon(day), who, what, expected, deed, assumed=True)

    return (
        at(date(2017, 1, 10), "visitor", "complains in Spanish, with her name",
           "12 words, read by 2017-01-17, by head, officer a, alternate", files(KEY, STATEMENT)),
        at(date(2017, 1, 12), HEAD, "reads and acknowledges it", "acknowledged", _first_reading),
        at(date(2017, 1, 12), "visitor", "is told, in Spanish, who read it", "head, 12 de enero de 2017", _answers),
        at(date(2017, 1, 17), HEAD, "screens it and begins the inquiry", "inquiry",
           works(KEY, HEAD, ("screen", {}), ("inquire", {}))),
        at(date(2017, 1, 18), HEAD, "asks her something: the inquiry waits", "asked; inquiry paused", _ask),
        at(date(2017, 1, 25), "visitor", "answers, and sends a file", "answered; a file of 70000 bytes", _answer),
        at(date(2017, 1, 25), HEAD, "finds the inquiry's date moved by the pause", "4 working days later", _moved),
        at(date(2017, 2, 1), HEAD, "opens the file", "acta.txt, 70000 bytes", _open_file),
        at(date(2017, 2, 2), HEAD, "drafts findings, which may not go out yet", "move_refused", _draft),
        at(date(2017, 2, 3), "visitor", "agrees to the exact text", "given", _agree),
        at(date(2017, 2, 6), HEAD, "serves exactly that text", "draft_findings", _serve),
        at(date(2017, 2, 20), HEAD, "writes down the reply and concludes", "findings",
           works(KEY, HEAD, ("draft_answered", {"text": "No sabíamos nada."}), ("conclude", {"text": TEXT}))),
        at(date(2017, 2, 21), HEAD, "recommends, with her consent", "issued", _recommend),
        at(date(2017, 2, 22), HEAD, "asks for a yes to a letter; what is about somebody never goes to them",
           "addressee_not_of_subject; asked", _ask_for_a_letter),
        at(date(2017, 2, 23), "visitor", "agrees to the letter", "given", _agree),
        at(date(2017, 2, 23), HEAD, "serves it, sealed to the Secretary General alone",
           "issued; a letter to Secretary General, answer by 2017-03-22", _serve_letter),
        at(date(2017, 2, 28), SG, "signs in at the council's door, reads it and answers",
           "word for word; answered; letter_answered", reads_and_answers(SG, RULE, HALF)),
        at(date(2017, 3, 1), HEAD, "finds that an answer came, and reads it", f"replied; {HALF}", _read_answer),
        at(date(2017, 3, 1), HEAD, "takes it as a yes to a part", "partly_accepted", _take_answer),
        at(date(2017, 3, 2), HEAD, "follows up what was promised", "follow_up",
           works("rule", HEAD, ("start_follow_up", {"text": "Una regla para los proyectos nuevos.", "by": "2017-04-28"}),
                 kind="recommendation")),
        at(date(2017, 3, 23), "flow deadlines", "20 working days pass without a reply", "no_reply by reply", _silence),
        at(date(2017, 4, 10), HEAD, "writes down the late yes", "accepted",
           works("advice", HEAD, ("accept", {"text": "Se acepta.", "on": "2017-04-07"}), kind="recommendation")),
        at(date(2017, 5, 2), HEAD, "sees the rule", "implemented",
           works("rule", HEAD, ("confirm_implemented", {"text": "La regla es del 27 de abril."}), kind="recommendation")),
        at(date(2017, 5, 15), HEAD, "sees it done", "implemented",
           works("advice", HEAD, ("start_follow_up", {"text": "Lo harán."}), ("confirm_implemented", {"text": "Hecho."}),
                 kind="recommendation")),
        at(date(2017, 5, 16), HEAD, "closes the complaint", "closed",
           works(KEY, HEAD, ("follow_up", {}), ("close", {"ground": "followed_up", "text": "Hemos terminado."}))),
        at(date(2017, 5, 17), "visitor", "may still ask for a second look", "request_review is possible", _second_look),
    )  # fmt: skip


def _first_reading(scene: Scene) -> str:
    remember_newest(scene, HEAD, KEY)
    return works(KEY, HEAD, ("acknowledge", {}))(scene)


def _answers(scene: Scene) -> str:
    seen = scene.visited("GET", "/v1/complaint", words=words(scene, KEY))
    said = seen["answers"][0]["said"][0]
    return "head, 12 de enero de 2017" if "head" in said and "12 de enero de 2017" in said else str(said)


def _ask(scene: Scene) -> str:
    scene.kept["due before"] = clock(scene, KEY, HEAD, "inquiry")["due_on"]
    works(KEY, HEAD, ("ask", {"text": "¿Desde qué día?"}))(scene)
    due = clock(scene, KEY, HEAD, "inquiry")["due_on"]
    return "asked; inquiry paused" if due is None else f"asked; inquiry due {due}"


def _answer(scene: Scene) -> str:
    content = b"acta de la reunion\n" * 3684 + b"fin."
    payload = {"trigger": "answer", "payload": {"text": "Desde el 6 de marzo."}}
    scene.visited("POST", "/v1/complaint/moves", payload, words(scene, KEY))
    scene.send_file("acta.txt", content, words(scene, KEY))
    return f"answered; a file of {len(content)} bytes"


def _moved(scene: Scene) -> str:
    before, after = (date.fromisoformat(day) for day in (scene.kept["due before"], clock(scene, KEY, HEAD, "inquiry")["due_on"]))
    with scene.watched["ombuds"].open() as books:
        between = (before + timedelta(days=n) for n in range(1, (after - before).days + 1))
        return f"{sum(books.calendar().is_working(day) for day in between)} working days later"


def _open_file(scene: Scene) -> str:
    listed = scene.get(HEAD, f"{path(scene, KEY)}/files")["files"][0]
    content = scene.call(HEAD, "GET", f"{path(scene, KEY)}/files/{listed['id']}").content
    return f"{listed['name']}, {len(content)} bytes"


def _draft(scene: Scene) -> str:
    asked = {"to": TO, "text": TEXT, "purpose": "serve_draft", "audience": "head_of_unit"}
    works(KEY, HEAD, ("draft", {"text": TEXT}), ("ask_consent", asked))(scene)
    consent = scene.get(HEAD, path(scene, KEY))["consents"][-1]["id"]
    return scene.refused(HEAD, f"{path(scene, KEY)}/moves", {"trigger": "serve_draft", "payload": {"consent": consent}})


def _agree(scene: Scene) -> str:
    seen = scene.visited("GET", "/v1/complaint", words=words(scene, KEY))
    asked = next(each for each in seen["consents"] if each["status"] == "asked")
    payload = {"trigger": "consent", "payload": {"consent": asked["id"]}}
    scene.visited("POST", "/v1/complaint/moves", payload, words(scene, KEY))
    scene.kept["consent"] = asked["id"]
    consents = scene.visited("GET", "/v1/complaint", words=words(scene, KEY))["consents"]
    return str(next(each["status"] for each in consents if each["id"] == asked["id"]))


def _serve(scene: Scene) -> str:
    return works(KEY, HEAD, ("serve_draft", {"consent": scene.kept["consent"]}))(scene)


def _recommend(scene: Scene) -> str:
    asked = {"to": TO, "text": ADVICE, "purpose": "issue", "audience": "head_of_unit"}
    works(KEY, HEAD, ("recommend", {"text": ADVICE, "to": TO}), ("ask_consent", asked))(scene)
    _agree(scene)
    ties: list[dict[str, Any]] = scene.get(HEAD, path(scene, KEY))["ties"]
    scene.kept["advice id"] = next(tie["id"] for tie in ties if tie["kind"] == "recommendation")
    return works("advice", HEAD, ("issue", {"consent": scene.kept["consent"]}), kind="recommendation")(scene)


def _ask_for_a_letter(scene: Scene) -> str:
    asked = {**BY_LETTER, "addressee": addressee(scene, HEAD, SG)}
    about_them = {"trigger": "ask_consent", "payload": {**asked, "about": "secretary_general"}}
    refused = scene.refused(HEAD, f"{path(scene, KEY)}/moves", about_them)
    works(KEY, HEAD, ("recommend", {"text": RULE}), ("ask_consent", {**asked, "about": "rules_and_services"}))(scene)
    ties: list[dict[str, Any]] = scene.get(HEAD, path(scene, KEY))["ties"]
    known = scene.kept["advice id"]
    scene.kept["rule id"] = next(tie["id"] for tie in ties if tie["kind"] == "recommendation" and tie["id"] != known)
    return f"{refused}; asked"


def _serve_letter(scene: Scene) -> str:
    state = works("rule", HEAD, ("issue", {"consent": scene.kept["consent"]}), kind="recommendation")(scene)
    return f"{state}; {told(letter_of(scene, HEAD, 'rule', 'recommendation'))}"


def _read_answer(scene: Scene) -> str:
    state = scene.get(HEAD, path(scene, "rule", "recommendation"))["state"]
    return f"{state}; {letter_of(scene, HEAD, 'rule', 'recommendation')['answer']}"


def _take_answer(scene: Scene) -> str:
    letter = letter_of(scene, HEAD, "rule", "recommendation")["id"]
    return works("rule", HEAD, ("accept_in_part", {"letter": letter}), kind="recommendation")(scene)


def _silence(scene: Scene) -> str:
    events = scene.get(HEAD, f"{path(scene, 'advice', 'recommendation')}/history")["events"]
    lapsed = [event for event in events if event["what"] == "lapsed"]
    state = scene.get(HEAD, path(scene, "advice", "recommendation"))["state"]
    return f"{state} by {lapsed[-1]['by_clock']}" if lapsed else str(state)


def _second_look(scene: Scene) -> str:
    seen = scene.visited("GET", "/v1/complaint", words=words(scene, KEY))
    possible = [move["trigger"] for move in seen["moves"]]
    return "request_review is possible" if "request_review" in possible else f"{possible}"
