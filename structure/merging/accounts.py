"""What one plan does to one organisation, field by field and date by date, and which of its operations does it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain
from typing import Final, NamedTuple

from structure.diff import Difference, Value, diff_of, fields_of
from structure.operation import Operation, OperationRefused
from structure.organisation import Organisation
from structure.steps import steps_of
from structure.things import ChangeEvent, Ref
from structure.timeline import Attempt, PlanCircle, Planned, PlanRefused, attempt

BEGAN: Final = "began"
ENDED: Final = "ended"
BESIDE: Final = "coordinates_with"
"""Coordinations are added and ended one by one, so each is a field of its own: `coordinates_with:` and with whom."""
IN_A_CIRCLE: Final = "operations_do_not_wait_in_a_circle"


class Key(NamedTuple):
    """One field of one thing."""

    thing: Ref
    field: str


History = tuple[tuple[date, Value], ...]
"""From which dates on a field holds what, as far as a plan changes it."""


@dataclass(frozen=True, slots=True)
class Account:
    """A plan done by itself. `own`: ids of its operations that the other plan does not have too."""

    plan: tuple[Planned, ...]
    attempt: Attempt
    own: frozenset[str]
    histories: dict[Key, History]
    fields: dict[Ref, list[str]]
    """Thing -> its fields that change."""
    _writers: dict[Ref, list[tuple[str, Planned]]] = field(repr=False)
    _namers: dict[Ref, list[Planned]] = field(repr=False)
    """Thing -> its own operations that name it."""
    _places: dict[str, int] = field(repr=False)
    """Operation -> its place in the plan."""
    _keys: dict[str, list[Key]] = field(repr=False)
    """Operation -> what it changes."""
    _successions: dict[str, frozenset[ChangeEvent]] = field(repr=False)
    succession: frozenset[ChangeEvent] = field(repr=False)
    """Why units begin and end in the whole plan, whatever its operations are called."""

    @property
    def end(self) -> Organisation:
        """Where the plan leads."""
        return self.attempt.timeline.end

    @property
    def refused(self) -> frozenset[str]:
        """Ids of operations that cannot be done even alone."""
        return frozenset(refusal.planned.id for refusal in self.attempt.refused)

    def writers(self, thing: Ref, *fields: str) -> tuple[Planned, ...]:
        """Its own operations that change these fields of a thing, or any field if none is named or the thing begins."""
        wanted = fields if fields and BEGAN not in fields else ()
        found = {one.id: one for name, one in self._writers.get(thing, ()) if not wanted or name in wanted}
        return tuple(one for id, one in found.items() if id in self.own)

    def changed_by(self, id: str) -> list[Key]:
        """The fields that an operation of this plan changes."""
        return self._keys.get(id, [])

    def succession_by(self, id: str) -> frozenset[ChangeEvent]:
        """Why units begin and end by an operation of this plan, whatever the operation is called."""
        return self._successions.get(id, frozenset())

    def about(self, things: Iterable[Ref]) -> tuple[Planned, ...]:
        """Its own operations that change any of these things, as the plan has them."""
        return self._in_order(one for thing in things for one in self.writers(thing))

    def naming(self, things: Iterable[Ref]) -> tuple[Planned, ...]:
        """Its own operations that change or name any of these things, as the plan has them."""
        return self._in_order(one for thing in things for one in (*self.writers(thing), *self._namers.get(thing, ())))

    def _in_order(self, found: Iterable[Planned]) -> tuple[Planned, ...]:
        once = {one.id: one for one in found}
        return tuple(once[id] for id in sorted(once, key=self._places.__getitem__))


def account(base: Organisation, plan: Sequence[Planned], own: frozenset[str]) -> Account:
    """Do the plan by itself. n log n in what it changes."""
    made = attempt_all(base, plan)
    histories = histories_of(made)
    fields: dict[Ref, list[str]] = {}
    for key in histories:
        fields.setdefault(key.thing, []).append(key.field)
    by_id = {planned.id: planned for planned in plan}
    writers: dict[Ref, list[tuple[str, Planned]]] = {}
    keys: dict[str, list[Key]] = {}
    for step in steps_of(made):
        for found in step.changes():
            for name, _ in _entries(found, step.after):
                writers.setdefault(found.subject, []).append((name, by_id[step.id]))
                keys.setdefault(step.id, []).append(Key(found.subject, name))
    namers: dict[Ref, list[Planned]] = {}
    for planned in plan:
        for ref in mentioned(planned.operation) if planned.id in own else ():
            namers.setdefault(ref, []).append(planned)
    places = {planned.id: place for place, planned in enumerate(plan)}
    events = _successions(made)
    every = frozenset(chain.from_iterable(events.values()))
    return Account(tuple(plan), made, own, histories, fields, writers, namers, places, keys, events, every)


def _successions(made: Attempt) -> dict[str, frozenset[ChangeEvent]]:
    found: dict[str, frozenset[ChangeEvent]] = {}
    for change in made.timeline.end.changes[len(made.timeline.start.changes) :]:
        found[change.operation] = found.get(change.operation, frozenset()) | {replace(change, operation="")}
    return found


def attempt_all(base: Organisation, plan: Iterable[Planned]) -> Attempt:
    """What comes of a plan; operations of one date that wait for each other in a circle are refused like others."""
    planned = tuple(plan)
    stuck: set[str] = set()
    while True:
        try:
            made = attempt(base, (one for one in planned if one.id not in stuck))
        except PlanCircle as circle:
            stuck.update(str(circle.params["operations"]).split(", "))
        else:
            waiting = (PlanRefused(one, OperationRefused(IN_A_CIRCLE, one.id)) for one in planned if one.id in stuck)
            return replace(made, refused=(*made.refused, *waiting))


def histories_of(made: Attempt) -> dict[Key, History]:
    """Every field that changes, with its values at the end of each date that changes it."""
    found: dict[Key, list[tuple[date, Value]]] = {}
    before = made.timeline.start
    for on, after in zip(made.timeline.dates, made.timeline.states, strict=True):
        for difference in diff_of(before, after, after.touched):
            for name, value in _entries(difference, after):
                found.setdefault(Key(difference.subject, name), []).append((on, value))
        before = after
    return {key: tuple(values) for key, values in found.items()}


def mentioned(operation: Operation) -> frozenset[Ref]:
    """Everything that an operation names."""
    return operation.makes() | operation.uses() | operation.ends()


def _entries(found: Difference, after: Organisation) -> Iterator[tuple[str, Value]]:
    if found.field == BESIDE:
        for head in sorted({*found.before} ^ {*found.after}):
            yield f"{BESIDE}:{head}", (head,) if head in found.after else ()
        return
    thing = after.thing(found.subject)
    if found.field == BEGAN and thing is not None:
        contents = tuple(f"{name}: {', '.join(value)}" for name, value in sorted(fields_of(thing).items()) if value)
        yield BEGAN, (*contents, *(("autonomous",) if getattr(thing, "autonomous", False) else ()))
        return
    yield found.field, found.after
