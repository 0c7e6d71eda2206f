"""The forms of a visit, each for something she can do now. They become requests to the JSON door (api/pages/bridge.py)."""

from collections.abc import Iterable, Sequence
from typing import Final

from fastapi import FastAPI
from starlette.requests import Request

from actions.joining import CONCERNS_THEM
from actions.kinds.company import LEAVE
from actions.plain import Standing
from api import intake_shapes as shapes
from api.intake_pages.back_visit import HERE
from api.intake_pages.frame import TypedDep
from api.pages import bridge
from api.pages.forms import Choices, Form, Option, make_form
from api.pages.showing import href

MOVES: Final = "/v1/complaint/moves"
OFFICIAL: Final = "make_official"
LEAVE_AND_FORGET: Final = "leave_and_forget"
"""Leaving the others, when what she wrote alone goes, too: the same act, said otherwise."""
WAYS: Final = {
    "a": "withdraw_leave",
    "b": "withdraw_stop",
    "c": "withdraw_forget",
    "d": "stop",
    "e": LEAVE,
    "f": LEAVE_AND_FORGET,
    "g": "take_over",
}
"""The ways to stop, the weakest first, by what the address calls them, which tells nothing."""
WORSE: Final = ("it_happened", "nothing_happened", "stop_asking", "name_fear")
"""What she can say of being treated worse because she came."""
HAND_OVER: Final = ("agree_hand_over", "refuse_hand_over")
"""Whether somebody else may go on with a talk: her yes, her no."""
DONE: Final = "here"
ANSWERS: Final = {"asked": ("consent", "refuse_consent"), "agreed": ("refuse_consent",), "given": ("take_back_consent",)}
"""What she can answer to a text, by how it stands."""


def understands(app: FastAPI) -> None:
    """Let the bridge read forms as every page of this door does: so much at once, and none of another site."""
    app.dependency_overrides[bridge.sent_form] = sent_form


async def sent_form(typed: TypedDep) -> bridge.Sent:
    """The form of the request, whose text may be as long as the JSON door takes one."""
    about = {name: several[-1] for name, several in typed.items() if name.startswith("_")}
    return bridge.Sent(about, {name: several for name, several in typed.items() if not name.startswith("_")})


def on_here(request: Request, told: Standing, times: Sequence[Option] = ()) -> dict[str, Form]:
    """What she can do on the page itself, by what it is for; a form about one text by what it does and the text's id."""
    found = ("answer", "understand", "request_review", "raise_alarm", "take_code_back", "leave_time", *HAND_OVER, *WORSE)
    made: dict[str, Form] = {name: _move(request, name) for name in found if name in told.moves}
    if "take_time" in told.moves and times:
        made["take_time"] = _move(request, "take_time", choices={"payload.time": times})
    if "message" in told.moves:
        made["message"] = make_form(request, "POST", "/v1/complaint/messages", next=_next(request), done=DONE)
    made["words"] = make_form(request, "POST", "/v1/complaint/words", without=("language",), to=f"{HERE}/words")
    return made | _about_texts(request, told) | _about_mediation(request, told)


def _about_mediation(request: Request, told: Standing) -> dict[str, Form]:
    """Yes and no to the mediation that is proposed to her, and stopping one that goes on."""
    made: dict[str, Form] = {}
    if "answer_mediation" in told.moves:
        for name, agrees in (("yes", "true"), ("no", "false")):
            fixed = {"trigger": "answer_mediation", "payload.agrees": agrees}
            made[f"mediation.{name}"] = make_form(
                request, "POST", MOVES, next=_next(request), done=DONE, fixed=fixed, scope="back"
            )
    if "stop_mediation" in told.moves:
        made["mediation.stop"] = _move(request, "stop_mediation")
    return made


def _about_texts(request: Request, told: Standing) -> dict[str, Form]:
    """Yes, no, and taking a yes back, each for its own text."""
    made: dict[str, Form] = {}
    for one in told.consents:
        triggers = ANSWERS.get(one.status, ())
        for trigger in triggers:
            if trigger in told.moves or (trigger == "consent" and "say_yes" in told.moves):
                made[f"{trigger}.{one.id}"] = _move(request, trigger, consent=str(one.id))
    return made


def ways_of(told: Standing) -> list[tuple[str, str, bool]]:
    """The ways to stop of this kind of matter: what the address calls it, the move, and whether it is possible now."""
    ours = {"complaint": "abc", "consultation": "d"}.get(told.matter.kind, "")
    if told.together.people > 1:
        ours = "abcg" if told.together.part == CONCERNS_THEM else "ef"
    return [(way, WAYS[way], act_of(WAYS[way]) in told.moves) for way in ours]


def act_of(way: str) -> str:
    """The act by which a way to stop is gone."""
    return LEAVE if way == LEAVE_AND_FORGET else way


def to_stop(request: Request, told: Standing, trigger: str) -> Form:
    """The button that stops, for the version she has read about."""
    form = _move(request, act_of(trigger), version=told.matter.version)
    if act_of(trigger) == LEAVE:
        fixed = {"trigger": LEAVE, "payload.forget": "true" if trigger == LEAVE_AND_FORGET else "false"}
        version, after = told.matter.version, href(request, "/left")
        form = make_form(request, "POST", MOVES, next=after, version=version, fixed=fixed, scope="back")
    return form


def to_make_official(request: Request, told: Standing, people: Iterable[shapes.Tickable]) -> Form:
    """What she may add when she makes it official."""
    options = [Option(str(one.id), one.name) for one in people]
    return make_form(
        request,
        "POST",
        MOVES,
        next=_next(request),
        done=DONE,
        version=told.matter.version,
        fixed={"trigger": OFFICIAL},
        choices={"payload.excluded": options},
        scope="back",
    )


def _move(
    request: Request, trigger: str, *, consent: str = "", version: int | None = None, choices: Choices | None = None
) -> Form:
    """`version` only where she must have seen how it stands: what she writes arrives whatever we did meanwhile."""
    fixed = {"trigger": trigger} | ({"payload.consent": consent} if consent else {})
    return make_form(
        request, "POST", MOVES, next=_next(request), done=DONE, version=version, fixed=fixed, choices=choices, scope="back"
    )


def _next(request: Request) -> str:
    return href(request, HERE)
