"""What time alone does to a matter: every stage is under a clock that leads on, and lapses never go round in a circle.

Which clocks may run in which stage is walked with `clocks.follow`, the very function that starts and stops them. All
clocks at once would be too many combinations, so they are walked one at a time, and two together only where no single
one is enough.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from itertools import combinations

from policies.rules import GivenClock, KindPolicy
from states.check_findings import OPEN, Finding, found
from states.check_moves import Tried
from states.clocks import Begin, Change, Happened, Known, Status, follow
from states.table import After, Clock, Event, StateTable

DAY = date(2015, 6, 15)
"""Some day. Only the order of acts matters here, so everything happens on it."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A matter at rest: its stage, the walked clocks that run, and those that have ever begun."""

    stage: str
    running: frozenset[str]
    begun: frozenset[str]


@dataclass(slots=True)
class Timed:
    """What came of the walk: how many standings were seen, and which clocks may run in which stage."""

    explored: int = 0
    may_run: dict[str, set[str]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def walk_time(table: StateTable, policy: KindPolicy, tried: Tried) -> Timed:
    """Prove that no stage is without a clock that leads on, that lapses always can, and that they never circle.

    A clock whose date the matter brings ("given") proves nothing: there may be no date.
    """
    timed = Timed()
    file = f"states/{table.kind}.py"
    surely: dict[str, set[str]] = {}
    bare = _without_guards(table)
    for clock in table.clocks:
        seen = _walk(_with_forerunners(bare, {clock.name}))
        timed.explored += len(seen)
        timed.may_run[clock.name] = {at.stage for at in seen if clock.name in at.running}
        surely[clock.name] = timed.may_run[clock.name] - {at.stage for at in seen if clock.name not in at.running}
    timed.findings += _lapses(table, file, timed.may_run, tried)
    timed.findings += _circles(table, file, timed.may_run, tried)
    timed.findings += _never_running(table, file, timed.may_run)
    leads = {clock.name: _leads_on(table, policy, clock, timed.may_run[clock.name]) for clock in table.clocks}
    for stage in table.stages:
        leading = [name for name, stages in leads.items() if stage.name in stages]
        alone = any(stage.name in surely[name] for name in leading)
        if not stage.final and not alone and not _covered_by_two(bare, stage.name, leading, timed):
            timed.findings.append(found("no_clock", file, stage.name))
    return timed


def _covered_by_two(table: StateTable, stage: str, leading: list[str], timed: Timed) -> bool:
    """Whether of some two clocks one always runs in this stage. Three would be no proof anybody could follow."""
    for pair in combinations(leading, 2):
        seen = _walk(_with_forerunners(table, set(pair)))
        timed.explored += len(seen)
        if not any(at.stage == stage and at.running.isdisjoint(pair) for at in seen):
            return True
    return False


def _leads_on(table: StateTable, policy: KindPolicy, clock: Clock, may_run: set[str]) -> set[str]:
    """The stages in which this clock, if it runs, leads on: it lapses, or the act it watches can be come to."""
    if isinstance(policy.clocks.get(clock.name), GivenClock):
        return set()
    acts = {clock.lapse, *clock.stops_on}
    leads = {move.source for move in table.moves if move.trigger in acts} & may_run
    while new := {move.source for move in table.moves if move.dest in leads and move.source in may_run} - leads:
        leads |= new
    return leads


def _lapses(table: StateTable, file: str, may_run: Mapping[str, set[str]], tried: Tried) -> Iterator[Finding]:
    for clock in table.clocks:
        if clock.lapse is None:
            continue
        for stage in sorted(may_run[clock.name]):
            rows = [move for move in table.moves_from(stage) if move.trigger == clock.lapse]
            if not rows:
                yield found("lapse_has_no_move", file, f"clocks.{clock.name}", stage=stage, trigger=clock.lapse)
            elif not tried.always(stage, clock.lapse):
                yield found("lapse_can_be_refused", file, f"clocks.{clock.name}", stage=stage, trigger=clock.lapse)


def _circles(table: StateTable, file: str, may_run: Mapping[str, set[str]], tried: Tried) -> Iterator[Finding]:
    """Following lapses alone must come to rest; an act by the clock that changes no stage rests already."""
    edges: dict[str, set[str]] = {}
    for clock in table.clocks:
        for stage in may_run[clock.name] if clock.lapse else ():
            edges.setdefault(stage, set()).update(tried.leads.get((stage, str(clock.lapse)), set()) - {stage})
    while leaves := {stage for stage, dests in edges.items() if dests.isdisjoint(edges)}:
        edges = {stage: dests for stage, dests in edges.items() if stage not in leaves}
    for stage in sorted(edges):
        yield found("lapses_circle", file, stage)


def _never_running(table: StateTable, file: str, may_run: Mapping[str, set[str]]) -> Iterator[Finding]:
    for clock in table.clocks:
        if not may_run[clock.name]:
            yield found("never_starts", file, f"clocks.{clock.name}")


def _without_guards(table: StateTable) -> StateTable:
    """The table with what a walk asks of it, and nothing that facts or people decide: so that tables alike are walked once."""
    moves = tuple(replace(move, only_if=(), discloses=False) for move in table.moves)
    return replace(table, moves=moves)


def _with_forerunners(table: StateTable, names: set[str]) -> StateTable:
    """The table with these clocks and those they start after, and no others."""
    wanted = set(names)
    while True:
        before = {s.clock for clock in table.clocks if clock.name in wanted for s in clock.starts_on if isinstance(s, After)}
        if before <= wanted:
            return replace(table, clocks=tuple(clock for clock in table.clocks if clock.name in wanted))
        wanted |= before


@lru_cache(maxsize=4096)
def _walk(table: StateTable) -> frozenset[Standing]:
    """Every standing that acts and passing due days can lead to, whatever the facts."""
    acts = _acts(table)
    nothing = Standing(table.initial, frozenset(), frozenset())
    todo = list(_after(table, nothing, Happened(OPEN, table.initial, table.initial, DAY)))
    seen = set(todo)
    while todo:
        at = todo.pop()
        following = [new for act in acts.get(at.stage, ()) for new in _after(table, at, act)]
        for new in (*following, *_when_due(table, at)):
            if new not in seen:
                seen.add(new)
                todo.append(new)
    return frozenset(seen)


def _acts(table: StateTable) -> dict[str, list[Happened]]:
    acts: dict[str, list[Happened]] = {}
    for move in table.moves:
        acts.setdefault(move.source, []).append(Happened(move.trigger, move.source, move.dest, DAY))
    return acts


def _after(table: StateTable, at: Standing, act: Happened) -> Iterator[Standing]:
    """The standing after one act; two when a clock that follows another may or may not have begun since."""
    known = {name: Known(1, DAY, Status.RUNNING) for name in at.running}
    change = follow(table, known, act, {})
    yield _changed(at, act.dest, change, change.begins)
    again = {begin.clock for begin in change.begins if begin.clock in at.begun and _only_follows(table, begin, act)}
    if again:
        yield _changed(at, act.dest, change, tuple(begin for begin in change.begins if begin.clock not in again))


def _changed(at: Standing, stage: str, change: Change, begins: tuple[Begin, ...]) -> Standing:
    started = {begin.clock for begin in begins}
    running = (at.running - {stop.clock for stop in change.stops}) | started
    return Standing(stage, running, at.begun | started)


def _only_follows(table: StateTable, begin: Begin, act: Happened) -> bool:
    """Whether it begins here only because another one stopped: it may then have begun on that one's due day already."""
    starts = table.clock(begin.clock).starts_on
    return any(isinstance(start, After) for start in starts) and not any(
        start == Event(act.trigger) or (act.entered and start == act.dest) for start in starts
    )


def _when_due(table: StateTable, at: Standing) -> Iterator[Standing]:
    """The standing after the due day of a running clock passed with its duty open, for clocks that others follow."""
    for name in at.running:
        follows = {clock.name for clock in table.clocks if After(name) in clock.starts_on}
        if follows - at.running:
            yield Standing(at.stage, at.running | follows, at.begun | follows)
