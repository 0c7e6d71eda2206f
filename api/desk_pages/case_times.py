"""What is about time in a matter: each clock with its reasons and its ladder, pauses, waivers, holds, each with its forms."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from markupsafe import Markup

from actions import desk_writing
from actions.desk_case import Case
from actions.desk_history import Watched
from actions.holding import HoldReason
from api import desk_clock_shapes, desk_telling
from api.desk_pages import case_moves
from api.desk_pages.case_forms import CaseForm, Place
from api.pages.forms import Option
from api.words import Words
from policies.said import Said
from states.clocks import Status
from web.drawing.ladder import draw_ladder
from web.drawing.shapes import Frame, Ladder, Moment, Rung

OFF_LADDER: Final = frozenset({"lapse", "passed", "cap"})


@dataclass(frozen=True, slots=True)
class Duty:
    """A clock as the page shows it, with the picture of its ladder."""

    told: desk_clock_shapes.Clock
    runs: bool
    ladder: Markup | None
    steps: tuple["Shown", ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A step of a ladder: what it does, on which day, and what came of it, or that it is to come."""

    on: date
    label: str
    outcome: str
    fired: bool = True
    person: str = ""


def duties_of(case: Case, words: Words) -> list[Duty]:
    """What runs first, what is due first on top; then what is over, the newest first."""
    every = [_duty(case, one, words, number) for number, one in enumerate(case.times.clocks)]
    running = sorted((one for one in every if one.runs), key=lambda one: (one.told.due_on or date.max, one.told.name))
    over = sorted((one for one in every if not one.runs), key=lambda one: one.told.stopped_on or date.max, reverse=True)
    return [*running, *over]


def _duty(case: Case, one: Watched, words: Words, number: int) -> Duty:
    told = desk_telling.clock(case.kind.name, one, words)
    told = told.model_copy(update={"label": words.label(f"case.clock.{case.kind.name}.{told.name}", told.label)})
    steps = tuple(sorted(_steps(case, one, words), key=lambda step: step.on))
    runs = one.row.status == Status.RUNNING
    return Duty(told, runs, _picture(case, one, told, steps, words, number) if runs else None, steps)


def _steps(case: Case, one: Watched, words: Words) -> Iterator[Shown]:
    acts = {rung.name: str(rung.act) for rung in one.ladder}
    for fired in one.fired:
        label = (
            words.label(f"case.moment.{fired.what}", fired.what) if fired.what in OFF_LADDER else _act(acts, fired.what, words)
        )
        came = words.label(f"case.outcome.{fired.outcome}", fired.outcome.replace("_", " "))
        yield Shown(fired.due_on, label, came, person=fired.person.name if fired.person else "")
    for name, day in case.ahead.get((one.row.name, one.row.epoch), {}).items():
        yield Shown(day, _act(acts, name, words), words.say(Said("case.to_come" if day >= case.today else "case.not_yet")), False)


def _act(acts: dict[str, str], name: str, words: Words) -> str:
    return words.label(f"case.act.{acts.get(name, name)}", name.replace("_", " "))


def _picture(
    case: Case, one: Watched, told: desk_clock_shapes.Clock, steps: tuple[Shown, ...], words: Words, number: int
) -> Markup | None:
    def day(value: date) -> str:
        return words.say(Said("page.day", {"day": value}))

    def moment(on: date, key: str) -> Moment:
        return Moment(on, day(on), words.say(Said(key)))

    due = one.row.due_on
    frame = Frame(f"ladder-{number}", told.label, words.say(Said("case.ladder_of", {"duty": told.label})))
    late = words.say(Said("case.is_late")) if due is not None and due < case.today else ""
    rungs = tuple(Rung(step.on, day(step.on), step.label, step.fired, step.outcome) for step in steps)
    return draw_ladder(
        Ladder(
            frame,
            start=moment(one.row.started_on, "case.started"),
            today=moment(case.today, "case.today"),
            due=moment(due, "case.due") if due is not None else None,
            rungs=rungs,
            open_end="" if due is not None else words.say(Said("case.paused_now")),
            late=late,
        )
    )


def pause_form(case: Case, place: Place, words: Words) -> CaseForm | None:
    """Begin a pause that needs a reason and nothing more; None: there is none to begin now."""
    going = {pause.name for pause in case.times.pauses if pause.until is None}
    known = [pause.name for pause in case.kind.table.pauses if pause.name in desk_writing.BEGINS and pause.name not in going]
    options = [Option(name, _pause_called(case, name, words)) for name in known if _may_begin(case, name)]
    if not options:
        return None
    return place.form("POST", "pauses", "case.begin_pause", name="pause", choices={"name": options}, scope="case.pause")


def _may_begin(case: Case, pause: str) -> bool:
    move = case_moves.possible(case, desk_writing.BEGINS[pause][0])
    return move is not None and set(move.unmet) <= set(case_moves.SHOWN_BY)


def why_no_pause(case: Case, words: Words) -> tuple[str, ...]:
    """What stands against a pause by decision; nothing where somebody else answers for the matter."""
    move = case_moves.possible(case, desk_writing.BEGINS["by_decision"][0])
    against = [claim for claim in move.unmet if claim not in case_moves.SHOWN_BY] if move is not None else []
    return tuple(words.label(f"claim.{claim}", claim) for claim in against)


def going_on(case: Case, place: Place) -> dict[str, CaseForm]:
    """The pauses that go on and that the office may end, each with its button."""
    return {
        pause.name: place.form("DELETE", f"pauses/{pause.name}", "case.end_pause", look="quiet")
        for pause in case.times.pauses
        if pause.until is None and pause.name in desk_writing.ENDS and case_moves.possible(case, desk_writing.ENDS[pause.name])
    }


def _pause_called(case: Case, name: str, words: Words) -> str:
    return words.label(f"pause_called.{case.kind.name}.{name}", name.replace("_", " "))


def waiver_form(case: Case, duties: list[Duty], place: Place, words: Words) -> CaseForm | None:
    """Excuse that something is late; None: nothing that runs can be excused."""
    options = [
        Option(duty.told.name, words.say(Said("case.waivable", {"duty": duty.told.label, "day": duty.told.waivable_until})))
        for duty in duties
        if duty.told.waivable_until is not None
    ]
    if not options:
        return None
    scope = "case.waiver" if case.hers else "case.excuse"
    return place.form("POST", "waivers", "case.waive", name="waiver", choices={"rule": options}, scope=scope)


def hold_form(case: Case, place: Place, words: Words) -> CaseForm:
    """Keep it from being destroyed. Whoever approves it picks who asked: somebody else who can see it, or nobody."""
    reasons = [Option(str(one), words.label(f"hold.reason.{one}", str(one))) for one in HoldReason]
    asking = [Option(str(one.id), one.name) for one in case.opened.seated if one.id != place.request.state.who.person]
    choices = {"reason": reasons, "asked_by": asking}
    return place.form("POST", "holds", "case.hold", versioned=False, choices=choices, scope="case.hold")


def lifts(case: Case, place: Place) -> dict[str, CaseForm]:
    """A button for each hold, to end it."""
    held = case.times.holds
    return {str(one.id): place.form("DELETE", f"holds/{one.id}", "case.lift", look="quiet", versioned=False) for one in held}
