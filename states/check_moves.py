"""Every stage with every combination of the facts its guards read, through the real machine.

Guards of one move do not see those of another, so each (stage, trigger) is tried with the facts it reads and no others:
that is the same answer as trying all facts at once, in milliseconds.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product

from states.check_findings import Finding, found
from states.machine import Machine, MoveRefused
from states.table import Facts, Guard, StateTable

PERSONAL = frozenset({"acknowledge", "open_conversation"})
"""Triggers that say that a human being has read it; no clock, no flow and no linked matter may say that for her."""
MOST_FACTS = 12
"""More facts than this behind one button could not be tried in time, nor understood by anybody."""


@dataclass(slots=True)
class Tried:
    """What came of trying: how many situations, where each trigger led, where it was refused, and what was wrong."""

    explored: int = 0
    leads: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    refused: set[tuple[str, str]] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)

    def always(self, state: str, trigger: str) -> bool:
        """Whether `trigger` is accepted in `state` whatever the facts."""
        return (state, trigger) in self.leads and (state, trigger) not in self.refused

    def ways_out(self, state: str) -> set[str]:
        """Stages one accepted move away from `state`, itself not counted."""
        return {dest for (source, _), dests in self.leads.items() if source == state for dest in dests} - {state}


class _Recorder:
    """Stands in for a Facts object and remembers which facts a guard asked for."""

    def __init__(self, facts: Mapping[str, bool], asked: set[str]) -> None:
        self._facts = facts
        self._asked = asked

    def __getattr__(self, name: str) -> bool:
        self._asked.add(name)
        return self._facts.get(name, False)


def facts_read(guard: Guard) -> frozenset[str]:
    """The names of all facts that `guard` can ask for, whichever way it branches: tried until no new name appears.

    Raises whatever the guard raises; a guard is a plain function of booleans and has no reason to.
    """
    known: set[str] = set()
    while True:
        asked = set(known)
        for facts in assignments(known):
            guard(_Recorder(facts, asked))
        if asked == known or len(asked) > MOST_FACTS:
            return frozenset(asked)
        known = asked


def assignments(names: set[str] | frozenset[str]) -> Iterator[dict[str, bool]]:
    """All ways for these facts to be true or false."""
    ordered = sorted(names)
    return (dict(zip(ordered, values, strict=True)) for values in product((False, True), repeat=len(ordered)))


def try_moves(table: StateTable) -> Tried:
    """Try everything there is to try, and judge what came of it. The table must be well formed (`shape_findings`)."""
    tried = Tried()
    file = f"states/{table.kind}.py"
    read = _resolve(table, file, tried)
    if tried.findings:
        return tried
    machine = Machine(table)
    for state, trigger in dict.fromkeys((move.source, move.trigger) for move in table.moves):
        guards = [guard for move in table.moves_from(state) if move.trigger == trigger for guard in move.only_if]
        names = frozenset[str]().union(*(read[guard] for guard in guards))
        for facts in assignments(names):
            _try(machine, state, trigger, facts, tried)
    tried.findings += [
        *_ways(table, file, tried),
        *_only_persons(table, file, tried),
        *_only_after_consent(table, file),
    ]
    return tried


def _resolve(table: StateTable, file: str, tried: Tried) -> dict[Guard, frozenset[str]]:
    read: dict[Guard, frozenset[str]] = {}
    known = set(table.facts.names())
    for guard in dict.fromkeys(guard for move in table.moves for guard in move.only_if):
        try:
            read[guard] = facts_read(guard)
        except Exception:  # noqa: BLE001  a guard is somebody else's code; whatever it raises is the finding
            tried.findings.append(found("guard_raises", file, guard.__name__))
            continue
        for name in sorted(read[guard] - known):
            tried.findings.append(found("unknown_fact", file, guard.__name__, name=name))
        if len(read[guard]) > MOST_FACTS:
            tried.findings.append(found("too_many_facts", file, guard.__name__))
    return read


def _try(machine: Machine, state: str, trigger: str, facts: Mapping[str, bool], tried: Tried) -> None:
    table = machine.table
    tried.explored += 1
    shown: Facts = table.facts(**facts)
    try:
        dest = machine.advance(str(state), trigger, shown)
    except MoveRefused:
        tried.refused.add((state, trigger))
        return
    tried.leads.setdefault((state, trigger), set()).add(dest)
    discloses = any(m.discloses and m.trigger == trigger and m.dest == dest for m in table.moves_from(state))
    if discloses and not any(facts.get(name, False) for name in table.consent_facts):
        finding = found("discloses_without_consent", f"states/{table.kind}.py", f"{trigger}: {state}")
        if finding not in tried.findings:
            tried.findings.append(finding)


def _ways(table: StateTable, file: str, tried: Tried) -> Iterator[Finding]:
    reached = _closure({table.initial}, {state: tried.ways_out(state) for state in table.states})
    back = {state: {other for other in table.states if state in tried.ways_out(other)} for state in table.states}
    ends = _closure({stage.name for stage in table.stages if stage.final}, back)
    for stage in table.stages:
        if stage.name not in reached:
            yield found("unreachable", file, stage.name)
        elif not stage.final and not tried.ways_out(stage.name):
            yield found("dead_end", file, stage.name)
        elif stage.name not in ends:
            yield found("never_ends", file, stage.name)
    alive = {trigger for (source, trigger) in tried.leads if source in reached}
    yield from (found("dead_trigger", file, trigger) for trigger in table.triggers if trigger not in alive)


def _only_persons(table: StateTable, file: str, tried: Tried) -> Iterator[Finding]:
    by_itself = table.lapses | {own for _, own in table.listens}
    for trigger in PERSONAL.intersection(table.triggers):
        if trigger in by_itself:
            yield found("said_without_a_person", file, trigger, trigger=trigger)
        rows = [move for move in table.moves if move.trigger == trigger]
        for move in rows:
            if not move.only_if:
                yield found("said_without_a_person", file, f"{trigger}: {move.source}", trigger=trigger)
        for other in by_itself - {trigger}:
            for move in rows:
                if move.dest in tried.leads.get((move.source, other), set()) - {move.source}:
                    yield found("said_without_a_person", file, f"{other}: {move.source}", trigger=other)


def _only_after_consent(table: StateTable, file: str) -> Iterator[Finding]:
    """An unanswered request for consent is a refusal: time and other matters disclose nothing."""
    by_itself = table.lapses | {own for _, own in table.listens}
    for move in table.moves:
        if move.discloses and move.trigger in by_itself:
            yield found("discloses_by_itself", file, f"{move.trigger}: {move.source}")


def _closure(start: set[str], edges: Mapping[str, set[str]]) -> set[str]:
    seen, todo = set(start), list(start)
    while todo:
        new = edges.get(todo.pop(), set()) - seen
        seen |= new
        todo += new
    return seen
