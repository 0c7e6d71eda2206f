"""Story 11: two mediations: one that is settled and kept, and one that nobody can tell afterwards who declined."""

from datetime import date

from cli.demo.scene import Scene
from cli.demo.script import Deed, Step, noon
from cli.demo.stories.desk import clock, files, path, remember_newest, words, works

NAME, KEY, OTHER, HEAD = "11 mediation", "mediated", "unmediated", "head"
STATEMENT = {
    "track": "complaint",
    "language": "pt",
    "statement": "Desde que pedi férias, o meu chefe não fala mais comigo.",
    "answers": {"personnel_class": "staff"},
}
TO, TEXT = "O chefe da unidade", "Você conversaria com a pessoa que pediu férias, com a ajuda de alguém?"
TALKS, SETTLEMENT = "mediation", "Os dois conversam toda segunda-feira; as férias valem."


def steps() -> tuple[Step, ...]:
    """The story's steps. All its dates are the demo's."""

    def at(day: date, who: str, what: str, expected: str, deed: Deed) -> Step:
        return Step(NAME, noon(day), who, what, expected, deed, assumed=True)

    return (
        at(date(2017, 2, 7), "visitor", "complains, in Portuguese", "12 words", _come(KEY)),
        at(date(2017, 2, 8), HEAD, "reads it and begins the inquiry", "inquiry", _inquire(KEY)),
        at(date(2017, 2, 9), HEAD, "proposes a mediation: no limit stands still",
           "proposed; the inquiry's date is the same", _propose),
        at(date(2017, 2, 10), "visitor", "reads what would be said to whom, and says yes", "told whole; answered", _say_yes),
        at(date(2017, 2, 13), HEAD, "acts on the answer", "asking", _acts(KEY, ("act_on_answer", {}))),
        at(date(2017, 2, 16), HEAD, "writes down that both agree; somebody from outside mediates", "mediator_chosen",
           _acts(KEY, ("agree", {"other_side": True, "on": "2017-02-15"}),
                 ("choose_mediator", {"outside": "Uma mediadora de fora", "no_conflict": True}))),
        at(date(2017, 2, 23), HEAD, "writes down the first session", "in_sessions", _acts(KEY, ("hold_session", {}))),
        at(date(2017, 3, 9), HEAD, "writes down a second one, and that they settled", "settled",
           _acts(KEY, ("hold_session", {}), ("settle", {"text": SETTLEMENT}))),
        at(date(2017, 3, 10), HEAD, "closes the complaint: it is settled", "closed",
           works(KEY, HEAD, ("close", {"ground": "settled", "text": "Vocês chegaram a um acordo."}))),
        at(date(2017, 3, 13), "visitor", "somebody else complains", "12 words", _come(OTHER)),
        at(date(2017, 3, 14), HEAD, "reads it and proposes a mediation", "proposed", _propose_to_the_other),
        at(date(2017, 3, 15), "visitor", "says no, without a reason", "answered", _answer(OTHER, agrees=False)),
        at(date(2017, 3, 16), HEAD, "acts on the answer: nothing goes out", "asking; 0 texts", _nothing_goes_out),
        at(date(2017, 4, 10), HEAD, "notes after the last day that it is not taken up", "not_taken_up",
           _acts(OTHER, ("note_no_agreement", {}))),
        at(date(2017, 4, 10), HEAD, "finds nothing that says who declined",
           "proposed, answered, asking, not_taken_up; 0 texts", _who_declined),
        at(date(2017, 6, 5), HEAD, "looks before three months are over if it is kept", "due 2017-06-09; kept", _kept),
        at(date(2017, 6, 6), "visitor", "reads how it stands", "O que os dois lados acordaram é cumprido.", _reads),
    )  # fmt: skip


def _come(key: str) -> Deed:
    def deed(scene: Scene) -> str:
        return files(key, STATEMENT)(scene).partition(",")[0]

    return deed


def _inquire(key: str) -> Deed:
    def deed(scene: Scene) -> str:
        remember_newest(scene, HEAD, key)
        return works(key, HEAD, ("acknowledge", {}), ("screen", {}), ("inquire", {}))(scene)

    return deed


def _proposed(scene: Scene, key: str) -> str:
    """Propose it; keep where the new mediation is."""
    works(key, HEAD, ("propose_mediation", {"to": TO, "text": TEXT}))(scene)
    ties = scene.get(HEAD, path(scene, key))["ties"]
    scene.kept[f"{key} {TALKS} id"] = next(tie["id"] for tie in ties if tie["kind"] == TALKS)
    return str(scene.get(HEAD, path(scene, f"{key} {TALKS}", TALKS))["state"])


def _propose(scene: Scene) -> str:
    before = clock(scene, KEY, HEAD, "inquiry")["due_on"]
    state, after = _proposed(scene, KEY), clock(scene, KEY, HEAD, "inquiry")["due_on"]
    return f"{state}; the inquiry's date is the same" if after == before else f"{state}; {before} became {after}"


def _propose_to_the_other(scene: Scene) -> str:
    _inquire(OTHER)(scene)
    return _proposed(scene, OTHER)


def _answer(key: str, *, agrees: bool) -> Deed:
    def deed(scene: Scene) -> str:
        told = {"trigger": "answer_mediation", "payload": {"agrees": agrees}}
        scene.visited("POST", "/v1/complaint/moves", told, words(scene, key))
        return str(_seen(scene, key)["state"])

    return deed


def _seen(scene: Scene, key: str) -> dict[str, object]:
    """The newest mediation as she sees it."""
    found: list[dict[str, object]] = scene.visited("GET", "/v1/complaint", words=words(scene, key))["mediations"]
    return found[-1]


def _say_yes(scene: Scene) -> str:
    said = " ".join(map(str, _seen(scene, KEY)["said"]))  # type: ignore[call-overload]  # a list of sentences
    whole = all(part in said for part in (TO, TEXT, "não suspende nenhum prazo"))
    return f"{'told whole' if whole else said}; {_answer(KEY, agrees=True)(scene)}"


def _acts(key: str, *acts: tuple[str, dict[str, object]]) -> Deed:
    return works(f"{key} {TALKS}", HEAD, *acts, kind=TALKS)


def _texts(scene: Scene, key: str) -> int:
    return len(scene.get(HEAD, path(scene, f"{key} {TALKS}", TALKS))["texts"])


def _nothing_goes_out(scene: Scene) -> str:
    state = _acts(OTHER, ("act_on_answer", {}))(scene)
    return f"{state}; {_texts(scene, OTHER)} texts"


def _who_declined(scene: Scene) -> str:
    """All that history says: which stages it went through."""
    events = scene.get(HEAD, f"{path(scene, f'{OTHER} {TALKS}', TALKS)}/history")["events"]
    stages = [str(event["dest"]) for event in events if event["what"] in ("moved", "signalled")]
    return f"{', '.join(stages)}; {_texts(scene, OTHER)} texts"


def _kept(scene: Scene) -> str:
    due = clock(scene, f"{KEY} {TALKS}", HEAD, "settlement_check", TALKS)["due_on"]
    return f"due {due}; {_acts(KEY, ('confirm_kept', {'text': 'Sim.'}))(scene)}"


def _reads(scene: Scene) -> str:
    return str(_seen(scene, KEY)["plain"])
