"""The page on which she writes: four steps in one document, so that nothing she typed travels before she sends it.

Going on and back between the steps is going to a place in the same page (docs/decisions/0052-steps-in-one-page.md): the browser's
Back button loses nothing, no door sees unsent text, and a door that was started again in between is never noticed.
"""

import json
import secrets
from dataclasses import dataclass
from typing import Any, Final

from fastapi import Response
from pydantic import TypeAdapter
from starlette.requests import Request

from actions.front import UNKNOWN, Answers, UnknownChoice
from actions.front import front as look_at_front
from actions.intake import Track
from actions.kernel.step import BeforeHistory, NotYet
from actions.offered_times import free_times
from actions.office import Office
from actions.replays import KEY_BYTES
from api import intake_shapes as shapes
from api import intake_telling as telling
from api.bodies import parse
from api.intake_pages.frame import last, page
from api.intake_pages.start import hours, numbers, shown
from api.pages.showing import parts_of
from api.pages.typed import Typed
from api.problems import Invalid, problem_of
from api.words import Words, messages, words_of
from policies.refusal import Refusal
from web.places import places

WHO, WHAT, MORE, READ = "p1", "p2", "p3", "p4"
"""The steps, as the places in the page are called: who must not see it, what happened, more, read it over."""
TRACKS: Final[dict[str, Track]] = {"/a": "consultation", "/b": "complaint"}
MOST_TIMES: Final = 20
"""Of the free times, the first ones; a longer list helps nobody to pick."""
FIELDS: Final = {
    "must_not_see.ids": WHO,
    "must_not_see.words": WHO,
    "statement": WHAT,
    "answers.about": MORE,
    "answers.personnel_class": MORE,
    "answers.station": MORE,
    "answers.decision_on": MORE,
    "answers.afraid": MORE,
    "identity": MORE,
    "comes": MORE,
    "talk.time": MORE,
    "talk.number": MORE,
    "talk.hours": MORE,
}
"""Every field she may fill in, and the step it is on."""
_REFUSED_AT: Final = {
    "no_reader": "must_not_see.ids",
    "not_yet": "answers.decision_on",
    "before_history": "answers.decision_on",
    "time_gone": "talk.time",
    "no_call_there": "talk.number",
}
_OWN_FLAWS: Final = {"talk.time": "times.flaw.time", "talk.number": "times.flaw.number", "talk.hours": "times.flaw.hours"}
_FILING: Final = TypeAdapter(shapes.Filing)
_ANSWERS: Final = TypeAdapter(shapes.AnswersTold)


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown again: the step, and what is wrong, if anything is. `counted`: she asked which limits are hers."""

    step: str = WHO
    problem: dict[str, Any] | None = None
    status: int = 200
    counted: bool = False


def filing(typed: Typed) -> shapes.Filing:
    """What was typed, as the JSON door would get it. Raises Invalid, which does not hold it."""
    value = {
        "track": last(typed, "track"),
        "language": last(typed, "lang"),
        "statement": last(typed, "statement"),
        "must_not_see": {"ids": list(typed.get("must_not_see.ids", ())), "words": told_in(typed, "must_not_see.words")},
        "urgent": bool(last(typed, "urgent")),
        "answers": _about_her(typed),
        "identity": told_in(typed, "identity"),
        "not_official_understood": bool(last(typed, "not_official_understood")),
        "talk": _talk(typed),
        "comes": last(typed, "comes") or "alone",
    }
    made: shapes.Filing = parse(_FILING, json.dumps(value).encode())
    return made


def writing_page(request: Request, office: Office, typed: Typed, again: Shown) -> Response:
    """The page with everything typed in its fields. Hidden values are judged as typed ones: what is no way to come is a talk."""
    words = words_of(request)
    track: Track = "complaint" if last(typed, "track") == "complaint" else "consultation"
    try:
        told = look_at_front(office, track, answers_of(typed))
    except (Invalid, UnknownChoice, NotYet, BeforeHistory) as refusal:
        told = look_at_front(office, track, Answers())
        again = again if again.problem else refused(refusal, words)
    data = {
        "track": track,
        "key": key_of(typed).hex(),
        "typed": typed,
        "step": again.step,
        "problem": again.problem,
        "counted": again.counted,
        "front": shown(told, words),
        "numbers": numbers(told, words),
        "hours": hours(told, words),
        "limit_notice": telling.limit_notice(words, track, told.limits),
        "guarded": telling.guarded_before(told, words),
        "stations": places(told.numbers, messages(words.language)),
        "times": telling.times(free_times(office)).times[:MOST_TIMES],
    }
    return page(request, "intake/write.html", data, status=again.status)


def refused(refusal: Refusal, words: Words) -> Shown:
    """Her page again: with what is wrong on top, at the step where it can be mended."""
    told = problem_of(refusal, words)
    found = [(_field(flaw.path), flaw.code, flaw.what) for flaw in told.errors or ()]
    found = found or [(_field(_refused_at(refusal)), "", words.label("come.flaw.change", ""))]
    errors = [_flaw(name, code, what, words) for name, code, what in found if name in FIELDS]
    step = next((FIELDS[name] for name, _, _ in found if name in FIELDS), READ)
    return Shown(step, {"title": told.title, "detail": told.detail, "unmet": (), "errors": errors}, told.status)


def key_of(typed: Typed) -> bytes:
    """What makes sending twice the same as sending once: 128 random bits; new ones where none came, or none that are good."""
    try:
        key = bytes.fromhex(last(typed, "key"))
    except ValueError:
        key = b""
    return key if len(key) == KEY_BYTES else secrets.token_bytes(KEY_BYTES)


def answers_of(typed: Typed) -> Answers:
    """What she told about herself, to be told which limits are hers. Raises Invalid."""
    told: shapes.AnswersTold = parse(_ANSWERS, json.dumps(_about_her(typed)).encode())
    return Answers(told.personnel_class or UNKNOWN, told.station or UNKNOWN, told.decision_on, told.afraid)


def _about_her(typed: Typed) -> dict[str, str]:
    names = [name for name in FIELDS if name.startswith("answers.") and told_in(typed, name)]
    return {name.partition(".")[2]: last(typed, name) for name in names}


def _talk(typed: Typed) -> dict[str, str | None] | None:
    """Which time she takes. A number or hours without a time are sent on, so that it is said what is missing."""
    told: dict[str, str | None] = {name: told_in(typed, f"talk.{name}") for name in ("number", "hours")}
    time = last(typed, "talk.time")
    return told | {"time": time} if time or any(told.values()) else None


def told_in(typed: Typed, name: str) -> str | None:
    """What was typed, if it is more than blanks."""
    return last(typed, name) if last(typed, name).strip() else None


def _refused_at(refusal: Refusal) -> str:
    return str(refusal.params["field"]) if isinstance(refusal, UnknownChoice) else _REFUSED_AT.get(refusal.code, "")


def _field(path: str) -> str:
    """The field that a part of the request stands in: without places in lists, and below `answers` if it came alone."""
    name = ".".join(part for part in parts_of(path) if not part.isdigit())
    name = "talk.hours" if name == "talk" else name  # a number without its hours
    return name if name in FIELDS else f"answers.{name}"


def _flaw(name: str, code: str, what: str, words: Words) -> dict[str, str]:
    """What is wrong with a field, and where on the page it is."""
    own = "come.flaw.statement" if name == "statement" and code == "too_short" else _OWN_FLAWS.get(name, "")
    target = f"f-{name.replace('.', '-')}"
    return {"what": words.label(own, what), "where": words.label(f"come.field.{name.rpartition('.')[2]}", name), "target": target}
