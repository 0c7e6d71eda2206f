"""Is the table well formed? Everything here can be seen without running anything; a broken table is not run at all."""

from collections import Counter
from collections.abc import Iterable, Iterator

from states.check_findings import OPEN, Finding, found
from states.table import After, Clock, Event, Owner, StateTable


def shape_findings(table: StateTable) -> Iterator[Finding]:
    """Names that are doubled, missing or unknown; stages without an owner; wildcards; moves out of final stages."""
    file = f"states/{table.kind}.py"
    yield from _stages(table, file)
    yield from _moves(table, file)
    for clock in table.clocks:
        yield from _clock(table, clock, file)
    yield from _pauses(table, file)
    yield from _signals(table, file)


def _stages(table: StateTable, file: str) -> Iterator[Finding]:
    yield from _twice(file, "stage", table.states)
    yield from _twice(file, "clock", [clock.name for clock in table.clocks])
    yield from _twice(file, "pause", [pause.name for pause in table.pauses])
    if table.initial not in table.states:
        yield found("unknown_stage", file, "initial", name=table.initial)
    for stage in table.stages:
        if not stage.final and stage.owner is Owner.NOBODY:
            yield found("nobody_owns", file, stage.name)


def _moves(table: StateTable, file: str) -> Iterator[Finding]:
    yield from _twice(file, "move", [f"{m.trigger}: {m.source}" for m in table.moves])
    final = {stage.name for stage in table.stages if stage.final}
    for move in table.moves:
        key = f"{move.trigger}: {move.source}"
        if move.source == "*":
            yield found("wildcard", file, key)
        for end in {move.source, move.dest} - set(table.states) - {"*"}:
            yield found("unknown_stage", file, key, name=end)
        if move.source in final and move.dest != move.source:
            yield found("out_of_final", file, key)
        if move.trigger == OPEN:
            yield found("open_is_no_move", file, key)


def _clock(table: StateTable, clock: Clock, file: str) -> Iterator[Finding]:
    key = f"clocks.{clock.name}"
    names = {other.name for other in table.clocks}
    if not clock.starts_on:
        yield found("never_starts", file, key)
    for start in clock.starts_on:
        match start:
            case Event(trigger):
                yield from _trigger(table, file, key, (trigger,))
            case After(other):
                if other not in names or other == clock.name:
                    yield found("unknown_clock", file, key, name=other)
            case _:
                yield from _known_stages(table, file, key, (start,))
    lapse = (clock.lapse,) if clock.lapse else ()
    yield from _trigger(table, file, key, (*clock.stops_on, *lapse))
    yield from _known_stages(table, file, key, clock.ends_in)
    if not clock.stops_on and not clock.lapse:
        yield found("never_met", file, key)


def _pauses(table: StateTable, file: str) -> Iterator[Finding]:
    clocks = {clock.name for clock in table.clocks}
    for pause in table.pauses:
        key = f"pauses.{pause.name}"
        yield from _trigger(table, file, key, (pause.starts_on, *pause.stops_on))
        if not pause.stops_on:
            yield found("pause_never_ends", file, key)
        for name in pause.holds:
            if name not in clocks:
                yield found("unknown_clock", file, key, name=name)


def _signals(table: StateTable, file: str) -> Iterator[Finding]:
    yield from _trigger(table, file, "emits", table.emits)
    yield from _trigger(table, file, "listens", [own for _, own in table.listens])
    for fact in table.consent_facts:
        if fact not in table.facts.names():
            yield found("unknown_fact", file, "consent_facts", name=fact)


def _trigger(table: StateTable, file: str, key: str, triggers: Iterable[str]) -> Iterator[Finding]:
    known = {OPEN, *table.triggers}
    return (found("unknown_trigger", file, key, name=trigger) for trigger in triggers if trigger not in known)


def _known_stages(table: StateTable, file: str, key: str, stages: Iterable[str]) -> Iterator[Finding]:
    return (found("unknown_stage", file, key, name=stage) for stage in stages if stage not in table.states)


def _twice(file: str, what: str, names: Iterable[str]) -> Iterator[Finding]:
    return (found("twice", file, f"{what}: {name}", name=name) for name, times in Counter(names).items() if times > 1)
