"""Mistakes somebody could make in a table: each gives the spoilt tables of a good one, or none if nothing can be
spoilt."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from states.check_moves import PERSONAL, facts_read
from states.table import Clock, Guard, Move, Owner, Stage, StateTable, after, event

SpoilTable = Callable[[StateTable], Iterator[StateTable]]


def never(_facts: Any) -> bool:
    """A claim that can never hold."""
    return False


def the_moon_is_full(facts: Any) -> bool:
    """A claim about a fact that no kind has."""
    return bool(facts.moon_is_full)


def is_broken(_facts: Any) -> bool:
    """A claim that fails."""
    raise LookupError


def _disclosing_without_its_guards(table: StateTable) -> Iterator[StateTable]:
    for move in table.moves:
        if move.discloses:
            yield _with_move(table, move, only_if=tuple(g for g in move.only_if if not _asks_consent(table, g)))


def _no_consent_facts(table: StateTable) -> Iterator[StateTable]:
    if table.consent_facts:
        yield replace(table, consent_facts=())


def _disclosing_by_a_clock(table: StateTable) -> Iterator[StateTable]:
    for trigger in dict.fromkeys(move.trigger for move in table.moves if move.discloses):
        yield replace(table, listens=(*table.listens, ("mandate.expire", trigger)))


def _read_by_a_clock(table: StateTable) -> Iterator[StateTable]:
    for clock in table.clocks:
        for trigger in PERSONAL.intersection(clock.stops_on):
            yield _with_clock(table, clock, lapse=trigger)


def _read_without_a_claim(table: StateTable) -> Iterator[StateTable]:
    yield from (_with_move(table, move, only_if=()) for move in table.moves if move.trigger in PERSONAL)


def _read_by_another_name(table: StateTable) -> Iterator[StateTable]:
    for move in table.moves:
        if move.trigger in PERSONAL:
            quiet = Move("count_as_read", move.source, move.dest)
            yield replace(table, moves=(*table.moves, quiet), listens=(*table.listens, ("mandate.expire", "count_as_read")))


def _stage_nobody_leaves(table: StateTable) -> Iterator[StateTable]:
    for stage in table.stages:
        if not stage.final:
            yield replace(table, moves=tuple(replace(m, dest=m.source) if m.source == stage.name else m for m in table.moves))


def _stage_only_left_by_a_miracle(table: StateTable) -> Iterator[StateTable]:
    for stage in table.stages:
        if not stage.final:
            leaving = [m for m in table.moves if m.source == stage.name and m.dest != m.source]
            moves = (replace(m, only_if=(*m.only_if, never)) if m in leaving else m for m in table.moves)
            yield replace(table, moves=tuple(moves))


def _no_end(table: StateTable) -> Iterator[StateTable]:
    final = {stage.name for stage in table.stages if stage.final}
    yield replace(table, moves=tuple(replace(m, dest=m.source) if m.dest in final else m for m in table.moves))


def _way_out_of_final(table: StateTable) -> Iterator[StateTable]:
    for stage in table.stages:
        if stage.final:
            yield replace(table, moves=(*table.moves, Move("come_back", stage.name, table.initial)))


def _wildcard(table: StateTable) -> Iterator[StateTable]:
    yield replace(table, moves=(*table.moves, Move("jump", "*", table.states[-1])))


def _island(table: StateTable) -> Iterator[StateTable]:
    yield replace(table, stages=(*table.stages, Stage("island", final=True)))


def _impossible_move(table: StateTable) -> Iterator[StateTable]:
    yield replace(table, moves=(*table.moves, Move("fly", table.initial, table.states[-1], (never,))))


def _unknown_fact(table: StateTable) -> Iterator[StateTable]:
    yield replace(table, moves=(*table.moves, Move("howl", table.initial, table.initial, (the_moon_is_full,))))


def _broken_guard(table: StateTable) -> Iterator[StateTable]:
    yield replace(table, moves=(*table.moves, Move("howl", table.initial, table.initial, (is_broken,))))


def _misspelt_stage(table: StateTable) -> Iterator[StateTable]:
    yield _with_move(table, table.moves[0], dest="adress")
    yield replace(table, initial="begining")


def _twice(table: StateTable) -> Iterator[StateTable]:
    yield replace(table, stages=(*table.stages, table.stages[-1]))
    yield replace(table, moves=(*table.moves, table.moves[0]))
    yield replace(table, clocks=(*table.clocks, table.clocks[0]))


def _nobody_owns(table: StateTable) -> Iterator[StateTable]:
    first, *rest = table.stages
    yield replace(table, stages=(replace(first, owner=Owner.NOBODY), *rest))


def _without_each_start(table: StateTable) -> Iterator[StateTable]:
    yield from (_with_clock(table, clock, starts_on=()) for clock in table.clocks)


def _never_met(table: StateTable) -> Iterator[StateTable]:
    yield from (_with_clock(table, clock, stops_on=(), lapse=None) for clock in table.clocks)


def _misspelt_trigger(table: StateTable) -> Iterator[StateTable]:
    yield from (_with_clock(table, clock, stops_on=("anwser",)) for clock in table.clocks)
    yield replace(table, emits=(*table.emits, "anwser"))


def _follows_nothing(table: StateTable) -> Iterator[StateTable]:
    yield _with_clock(table, table.clocks[0], starts_on=(after("midnight"),))


def _no_clock_in_the_first_stage(table: StateTable) -> Iterator[StateTable]:
    late = (event(table.triggers[-1]),)
    clocks = (replace(clock, starts_on=late) if table.initial in clock.starts_on else clock for clock in table.clocks)
    yield replace(table, clocks=tuple(clocks))


def _clock_that_stops_too_early(table: StateTable) -> Iterator[StateTable]:
    own = {move.source for move in table.moves if move.source == move.dest}
    yield replace(
        table,
        moves=(*table.moves, *(Move("look_at", stage, stage) for stage in own)),
        clocks=tuple(replace(clock, stops_on=(*clock.stops_on, "look_at"), repeats=False) for clock in table.clocks),
    )


def _lapse_that_can_be_refused(table: StateTable) -> Iterator[StateTable]:
    for move in table.moves:
        if move.trigger in table.lapses:
            yield _with_move(table, move, only_if=(*move.only_if, never))


def _lapse_without_a_row(table: StateTable) -> Iterator[StateTable]:
    for trigger in table.lapses:
        stages = {move.source for move in table.moves if move.trigger == trigger}
        if len(stages) > 1:
            first = next(move for move in table.moves if move.trigger == trigger)
            yield replace(table, moves=tuple(move for move in table.moves if move != first))


def _lapses_in_a_circle(table: StateTable) -> Iterator[StateTable]:
    here = table.initial
    there = next(move.dest for move in table.moves if move.source == here and move.dest != here)
    moves = (Move("go_round", here, there), Move("go_back", there, here))
    clocks = (Clock("round", (here,), lapse="go_round"), Clock("back", (there,), lapse="go_back"))
    yield replace(table, moves=(*table.moves, *moves), clocks=(*table.clocks, *clocks))


def _pause_without_an_end(table: StateTable) -> Iterator[StateTable]:
    yield from (replace(table, pauses=(replace(pause, stops_on=()),)) for pause in table.pauses)


def _pause_holding_nothing(table: StateTable) -> Iterator[StateTable]:
    yield from (replace(table, pauses=(replace(pause, holds=("midnight",)),)) for pause in table.pauses)


def _asks_consent(table: StateTable, guard: Guard) -> bool:
    return not facts_read(guard).isdisjoint(table.consent_facts)


def _with_move(table: StateTable, move: Move, **change: Any) -> StateTable:
    return replace(table, moves=tuple(replace(m, **change) if m == move else m for m in table.moves))


def _with_clock(table: StateTable, clock: Clock, **change: Any) -> StateTable:
    return replace(table, clocks=tuple(replace(c, **change) if c == clock else c for c in table.clocks))


TABLE_MISTAKES: tuple[tuple[str, str, SpoilTable], ...] = (
    ("a disclosing move without its consent", "discloses_without_consent", _disclosing_without_its_guards),
    ("no fact counts as consent", "discloses_without_consent", _no_consent_facts),
    ("another matter's event discloses", "discloses_by_itself", _disclosing_by_a_clock),
    ("a clock says it was read", "said_without_a_person", _read_by_a_clock),
    ("read without a claim", "said_without_a_person", _read_without_a_claim),
    ("read by another name", "said_without_a_person", _read_by_another_name),
    ("a stage nobody leaves", "dead_end", _stage_nobody_leaves),
    ("a stage only left by a miracle", "dead_end", _stage_only_left_by_a_miracle),
    ("no way to any end", "never_ends", _no_end),
    ("a way out of a final stage", "out_of_final", _way_out_of_final),
    ("a wildcard source", "wildcard", _wildcard),
    ("a stage nobody reaches", "unreachable", _island),
    ("a move that can never happen", "dead_trigger", _impossible_move),
    ("a guard on a fact that is not there", "unknown_fact", _unknown_fact),
    ("a guard that raises", "guard_raises", _broken_guard),
    ("a misspelt stage", "unknown_stage", _misspelt_stage),
    ("the same thing twice", "twice", _twice),
    ("a stage nobody owns", "nobody_owns", _nobody_owns),
    ("a clock that never starts", "never_starts", _without_each_start),
    ("a clock that is never met", "never_met", _never_met),
    ("a misspelt trigger", "unknown_trigger", _misspelt_trigger),
    ("a clock after one that is not there", "unknown_clock", _follows_nothing),
    ("no clock in the first stage", "no_clock", _no_clock_in_the_first_stage),
    ("clocks that stop when somebody looks", "no_clock", _clock_that_stops_too_early),
    ("a lapse behind a guard", "lapse_can_be_refused", _lapse_that_can_be_refused),
    ("a lapse without a row", "lapse_has_no_move", _lapse_without_a_row),
    ("lapses in a circle", "lapses_circle", _lapses_in_a_circle),
    ("a pause without an end", "pause_never_ends", _pause_without_an_end),
    ("a pause that holds nothing", "unknown_clock", _pause_holding_nothing),
)
"""What is done, the rule that must find it, and how it is done."""
