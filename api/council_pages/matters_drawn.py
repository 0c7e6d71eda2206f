"""The pictures on a matter's page: its stages, the lines of its clocks, and what it came of. Each has its words beside it."""

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final
from uuid import UUID

from markupsafe import Markup

from actions import looking
from actions.looking import NotFound
from actions.office import Office
from api import shapes
from api.council_pages.matters_choices import title
from policies.said import Fact
from states.table import StateTable
from web.drawing.ladder import draw_ladder
from web.drawing.lineage import draw_lineage
from web.drawing.shapes import Ancestor, Descent, Frame, Ladder, Lineage, Moment, Rung, Stage, StatesMap
from web.drawing.states_map import draw_states
from web.rendering import Tongue

AIMS: Final[Mapping[str, str]] = {"mandate": "fulfilled", "proposal": "completed", "meeting": "record_approved"}
"""Where a matter of a kind is meant to come to; the stages ahead are those of the shortest way there."""
LINEAGE: Final = ("supersedes", "absorbs", "bases")
"""Ties of a lineage, each from the later matter to the earlier one."""
WHOLE: Final = ("supersedes", "absorbs")
MOST_RELATED: Final = 24
"""Matters that a lineage shows at most, the nearest first."""


def stage_map(table: StateTable, matter: shapes.Detail, history: Sequence[shapes.Happening], tongue: Tongue) -> Markup | None:
    """The stages it has been in, where it is, and those still before it."""
    reached: dict[str, date | None] = {}
    for event in history:
        for state, day in ((event.source, None), (event.dest, event.effective_on)):
            if state in table.states and (state not in reached or day is not None):
                reached.pop(state, None)
                reached[state] = day
    reached.setdefault(matter.state, None)
    here = reached.pop(matter.state)
    passed = list(reached.items())
    stages = [Stage(_state(table, state, tongue), "passed", _day(day, tongue)) for state, day in passed]
    stages.append(Stage(matter.state_label, "here", _day(here, tongue)))
    ahead = [Stage(_state(table, state, tongue), "ahead") for state in way_ahead(table, matter.state)]
    facts: dict[str, Fact] = {"passed": len(passed), "here": matter.state_label, "ahead": len(ahead)}
    frame = Frame("stages", tongue.t("council.stages"), tongue.t("council.stages_told", **facts))
    return draw_states(StatesMap(frame, (*stages, *ahead), tongue.t("council.here")))


def way_ahead(table: StateTable, state: str) -> list[str]:
    """The stages on the shortest way from here to where such a matter is meant to come, without this one."""
    ends = [str(one.name) for one in table.stages if one.final]
    aim = AIMS.get(table.kind, ends[0] if ends else state)
    came: dict[str, str] = {state: ""}
    queue = deque([state])
    while queue and aim not in came:
        at = queue.popleft()
        for move in table.moves:
            if str(move.source) == at and str(move.dest) not in came:
                came[str(move.dest)] = at
                queue.append(str(move.dest))
    way: list[str] = []
    at = aim if aim in came else state
    while at != state:
        way.append(at)
        at = came[at]
    return way[::-1]


def clock_line(clock: shapes.Clock, today: date, tongue: Tongue) -> Markup | None:
    """One clock from its start: what it did, when its duty is due, what comes next."""
    rungs = [
        Rung(
            one.due_at.date(), tongue.day(one.due_at.date(), "medium"), rung_label(one.what, tongue), True, _reached(one, tongue)
        )
        for one in clock.fired
    ]
    if clock.next is not None:
        on = clock.next.at.date()
        rungs.append(Rung(on, tongue.day(on, "medium"), rung_label(clock.next.what, tongue), False, tongue.t("council.to_come")))
    late = clock.days is not None and clock.days < 0
    facts: dict[str, Fact] = {"clock": clock.label, "count": len(rungs)}
    return draw_ladder(
        Ladder(
            frame=Frame(f"clock-{clock.name}-{clock.epoch}", clock.label, tongue.t("council.ladder_told", **facts)),
            start=_moment(clock.started_on, "council.begun", tongue),
            today=_moment(today, "council.today", tongue),
            due=None if clock.due_on is None else _moment(clock.due_on, "council.due_on", tongue),
            rungs=tuple(rungs),
            stopped=None if clock.stopped_on is None else _moment(clock.stopped_on, f"council.clock.{clock.status}", tongue),
            open_end=tongue.t("council.no_day"),
            late=lateness(-(clock.days or 0), tongue) if late else "",
        )
    )


def lineage(office: Office, seen: looking.Detail, by: UUID, tongue: Tongue, link: Callable[[str], str]) -> Markup | None:
    """What this matter came of and what came of it, as far as the person may know; None: nothing did. `link` makes addresses."""
    kind = seen.matter.kind
    members: dict[UUID, looking.Detail] = {seen.matter.id: seen}
    ties: dict[tuple[UUID, UUID], str] = {}
    queue = deque([seen])
    while queue:
        one = queue.popleft()
        for tie in one.ties:
            if tie.what not in LINEAGE or tie.other.kind != kind:
                continue
            if tie.other.id not in members and len(members) < MOST_RELATED:
                try:
                    members[tie.other.id] = looking.one(office, kind, tie.other.id, by=by)
                except NotFound:  # gone, or closed to this person, since its neighbour was read
                    continue
                queue.append(members[tie.other.id])
            later, earlier = (one.matter.id, tie.other.id) if tie.outward else (tie.other.id, one.matter.id)
            ties[earlier, later] = tie.what
    kept = {pair: what for pair, what in ties.items() if pair[0] in members and pair[1] in members}
    if not kept:
        return None
    facts: dict[str, Fact] = {"count": len(members) - 1}
    return draw_lineage(
        Lineage(
            Frame("lineage", tongue.t("council.lineage"), tongue.t("council.lineage_told", **facts)),
            tuple(_ancestor(kind, one, seen.matter.id, tongue, link) for one in members.values()),
            tuple(_descent(earlier, later, what, tongue) for (earlier, later), what in kept.items()),
        )
    )


def lateness(days: int, tongue: Tongue) -> str:
    """By how much something is late, in words."""
    return tongue.t("council.late_by_one") if days == 1 else tongue.t("council.late_by", days=days)


def rung_label(what: str, tongue: Tongue) -> str:
    """What a clock does at a rung, in words; its own end is the day on which it moves the matter."""
    return tongue.label(f"rung.{what}", what)


def _descent(earlier: UUID, later: UUID, what: str, tongue: Tongue) -> Descent:
    return Descent(str(earlier), str(later), tongue.label(f"council.tie.{what}.in", what), what in WHOLE)


def _ancestor(kind: str, one: looking.Detail, this: UUID, tongue: Tongue, link: Callable[[str], str]) -> Ancestor:
    mine = one.matter.id == this
    said = tongue.label(f"state.{kind}.{one.matter.state}", one.matter.state)
    href = "" if mine else link(f"/{kind}s/{one.matter.id}")
    return Ancestor(str(one.matter.id), str(one.detail.get("symbol") or title(kind, one.detail)), said, href, mine)


def _reached(one: shapes.Fired, tongue: Tongue) -> str:
    told = one.person.name if one.person is not None else ""
    why = tongue.label(f"rung_reason.{one.outcome}", one.outcome)
    return f"{told}: {why}" if told else why


def _moment(on: date, key: str, tongue: Tongue) -> Moment:
    return Moment(on, tongue.day(on, "medium"), tongue.label(key, key))


def _state(table: StateTable, state: str, tongue: Tongue) -> str:
    return tongue.label(f"state.{table.kind}.{state}", state)


def _day(day: date | None, tongue: Tongue) -> str:
    return "" if day is None else tongue.day(day, "medium")
