"""Story 17: three colleagues come together, and one leaves; then somebody comes for another, who takes it over."""

from datetime import date

from cli.demo.scene import Scene
from cli.demo.script import Deed, Step, noon
from cli.demo.stories.desk import files, path, remember_newest, words, works

NAME, KEY, BEHALF, HEAD = "17 group", "three", "for another", "head"
STATEMENT = {
    "track": "complaint",
    "language": "es",
    "statement": "Nuestro jefe nos grita a las tres cada mañana.",
    "comes": "with_others",
    "identity": "Primera persona de la demostración",
}
FOR_ANOTHER = {
    "track": "complaint",
    "language": "en",
    "statement": "My colleague is left out of every meeting, and is afraid to come.",
    "comes": "for_another",
}
TO = {"to": "Recursos humanos", "text": "Hay gritos cada mañana.", "purpose": "refer", "audience": "human_resources"}
MOVES, JOIN = "/v1/complaint/moves", "/v1/joining"


def steps() -> tuple[Step, ...]:
    """The story's steps. All its dates are the demo's."""

    def at(day: date, who: str, what: str, expected: str, deed: Deed) -> Step:
        return Step(NAME, noon(day), who, what, expected, deed, assumed=True)

    first, second = date(2017, 9, 4), date(2017, 9, 13)
    return (
        at(first, "visitor", "complains, and says that others come with her",
           "12 words, read by 2017-09-11, by head, officer a, alternate", files(KEY, STATEMENT)),
        at(first, "visitor", "gives two colleagues a code each; they join", "3 people, 3 different words", _join),
        at(date(2017, 9, 5), HEAD, "reads it, and asks them for a yes", "screening; 3 people, no name", _ask),
        at(date(2017, 9, 6), "visitor", "two say yes", "agreed, agreed, asked", _two_agree),
        at(date(2017, 9, 6), "visitor", "the third leaves", "words_unknown; lapsed", _leave),
        at(date(2017, 9, 7), HEAD, "asks the two who are left", "2 of 3 are here", _ask_again),
        at(date(2017, 9, 8), "visitor", "both agree", "asked, then given", _both_agree),
        at(date(2017, 9, 8), HEAD, "passes on exactly that", "referred", _refer),
        at(date(2017, 9, 11), "visitor", "one leaves, the last asks to be forgotten", "withdrawn", _end),
        at(second, "visitor", "comes for a colleague", "12 words, read by 2017-09-20, by head, officer a, alternate",
           files(BEHALF, FOR_ANOTHER)),
        at(date(2017, 9, 14), HEAD, "may screen it and look into nothing", "screening; move_refused", _nothing_yet),
        at(date(2017, 9, 15), "visitor", "the colleague joins and agrees", "concerned", _concerned),
        at(date(2017, 9, 18), HEAD, "looks into it", "inquiry", works(BEHALF, HEAD, ("inquire", {}))),
        at(date(2017, 9, 19), "visitor", "the colleague goes on alone, then stops it all", "words_unknown; withdrawn",
           _take_over),
    )  # fmt: skip


def _moves(scene: Scene, who: str, trigger: str, payload: dict[str, object] | None = None) -> str:
    told = {"trigger": trigger} | ({"payload": payload} if payload else {})
    return str(scene.visited("POST", MOVES, told, words=words(scene, who))["state"])


def _joins(scene: Scene, first: str, who: str) -> str:
    """Somebody joins with a code of the first; return what they come for."""
    code = scene.visited("POST", "/v1/complaint/codes", {}, words=words(scene, first))["code"]
    joined = scene.visited("POST", JOIN, {"code": code, "language": "es", "agrees": True})
    scene.kept[f"{who} words"] = " ".join(joined["receipt"])
    return str(joined["part"])


def _join(scene: Scene) -> str:
    for who in ("three b", "three c"):
        _joins(scene, KEY, who)
    told = scene.visited("GET", "/v1/complaint", words=words(scene, "three c"))["together"]
    return f"{told['people']} people, {len({words(scene, who) for who in _WHO})} different words"


_WHO = (KEY, "three b", "three c")


def _ask(scene: Scene) -> str:
    remember_newest(scene, HEAD, KEY)
    state = works(KEY, HEAD, ("acknowledge", {}), ("screen", {}), ("ask_consent", TO))(scene)
    opened = scene.get(HEAD, path(scene, KEY))
    named = "Primera persona" in str(opened)
    return f"{state}; {len(opened['people'])} people, {'a' if named else 'no'} name"


def _status(scene: Scene, who: str, consent: str) -> str:
    rows = scene.visited("GET", "/v1/complaint", words=words(scene, who))["consents"]
    return str(next(one["status"] for one in rows if one["id"] == consent))


def _open(scene: Scene, who: str) -> str:
    consents = scene.visited("GET", "/v1/complaint", words=words(scene, who))["consents"]
    return str(next(one["id"] for one in consents if one["status"] == "asked"))


def _two_agree(scene: Scene) -> str:
    consent = _open(scene, KEY)
    for who in (KEY, "three b"):
        _moves(scene, who, "consent", {"consent": consent})
    scene.kept[f"{KEY} consent"] = consent
    return ", ".join(_status(scene, who, consent) for who in _WHO)


def _leave(scene: Scene) -> str:
    _moves(scene, "three c", "leave_group", {"forget": True})
    gone = scene.visit("GET", "/v1/complaint", words=words(scene, "three c")).json()["code"]
    return f"{gone}; {_status(scene, KEY, scene.kept[f'{KEY} consent'])}"


def _ask_again(scene: Scene) -> str:
    works(KEY, HEAD, ("ask_consent", TO))(scene)
    people = scene.get(HEAD, path(scene, KEY))["people"]
    return f"{sum(one['here'] for one in people)} of {len(people)} are here"


def _both_agree(scene: Scene) -> str:
    consent, seen = _open(scene, KEY), []
    for who in (KEY, "three b"):
        _moves(scene, who, "consent", {"consent": consent})
        seen.append(_status(scene, "three b", consent))
    scene.kept[f"{KEY} consent"] = consent
    return ", then ".join(seen)


def _refer(scene: Scene) -> str:
    return works(KEY, HEAD, ("refer", {"consent": scene.kept[f"{KEY} consent"]}))(scene)


def _end(scene: Scene) -> str:
    _moves(scene, KEY, "leave_group")
    return _moves(scene, "three b", "withdraw_forget")


def _nothing_yet(scene: Scene) -> str:
    remember_newest(scene, HEAD, BEHALF)
    state = works(BEHALF, HEAD, ("acknowledge", {}), ("screen", {}))(scene)
    return f"{state}; {scene.refused(HEAD, f'{path(scene, BEHALF)}/moves', {'trigger': 'inquire'})}"


def _concerned(scene: Scene) -> str:
    return _joins(scene, BEHALF, "concerned")


def _take_over(scene: Scene) -> str:
    _moves(scene, "concerned", "take_over")
    gone = scene.visit("GET", "/v1/complaint", words=words(scene, BEHALF)).json()["code"]
    return f"{gone}; {_moves(scene, 'concerned', 'withdraw_forget')}"
