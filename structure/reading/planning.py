"""The plan of a file: its operations and what they imply, each with its date, and whether the date is the file's or ours."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from pydantic import ValidationError

from policies.refusal import Refusal
from structure.operations import read_operation
from structure.organisation import Organisation
from structure.reading.acts import Drawn, Ground, drawn, faults_of_keys, made_by
from structure.reading.faults import CaseFileRefused, Fault
from structure.reading.identity import Identity
from structure.reading.implied import implied, new_functions
from structure.reading.noticing import noticed
from structure.reading.shape import Content
from structure.reading.shape_structure import Act, OwnAct
from structure.things import Ref, Sort
from structure.timeline import Planned

IMPLIED = "implied"
"""How the file writes, and an id begins, of what nobody declared by name."""


class EffectDateUnknown(Refusal):
    """A file whose operations have no date, read without one to assume."""

    code: ClassVar[str] = "effect_date_unknown"
    status: ClassVar[int] = 422


@dataclass(frozen=True, slots=True)
class Effect:
    """From when operations without a date of their own hold. `assumed`: no source says so."""

    on: date | None
    assumed: bool


def planned(content: Content, before: Organisation, target: Organisation | None, effect: Effect) -> tuple[Planned, ...]:
    """Every operation of the file in its order, then what they imply.

    Raises EffectDateUnknown, and CaseFileRefused naming every operation that cannot be read.
    """
    shown = target if target is not None else Organisation()
    identity = Identity.of(content)
    ground = Ground(before, shown, identity, _placed(content, identity), _created(content))
    read = _all(content, ground)
    plan = [one for act, operations in read for one in _dated(act, operations, effect)]
    whole = (*plan, *_implied(read, ground, effect))
    taken = Counter(one.id for one in whole)
    twice = [Fault("duplicate_id", ("operations",), id) for id, times in taken.items() if times > 1]
    if twice:
        raise CaseFileRefused(twice)
    return whole


Read = list[tuple[Act | OwnAct, list[Drawn]]]


def _all(content: Content, ground: Ground) -> Read:
    faults: list[Fault] = []
    read: Read = []
    for place, act in enumerate(content.operations):
        try:
            if isinstance(act, Act):
                wrong = list(faults_of_keys(act, place, ground.target))
                faults += wrong
                operations = [] if wrong else drawn(act, ground)
            else:
                operations = [Drawn(act.id, read_operation(act.operation))]
        except ValidationError as refused:
            data = {"operations": {place: act.operation}} if isinstance(act, OwnAct) else None
            faults += noticed(refused, data, ("operations", place))
        else:
            read.append((act, operations))
    faults += _of_nothing(read, ground)
    if faults:
        raise CaseFileRefused(faults)
    return read


def _of_nothing(read: Read, ground: Ground) -> Iterator[Fault]:
    """References of operations in our own words to what is in neither structure and what no operation makes."""
    known = {Ref(Sort.UNIT, id) for org in (ground.before, ground.target) for id in org.units}
    known |= {Ref(Sort.FUNCTION, id) for org in (ground.before, ground.target) for id in org.functions}
    known |= {Ref(Sort.POST, id) for org in (ground.before, ground.target) for id in org.posts}
    known |= {ref for _, operations in read for one in operations for ref in one.operation.makes()}
    for place, (act, operations) in enumerate(read):
        if isinstance(act, OwnAct):
            named = {ref for one in operations for ref in one.operation.uses() | one.operation.ends()}
            yield from (Fault("unknown_reference", ("operations", place), ref.id) for ref in sorted(named - known))


def _dated(act: Act | OwnAct, operations: Sequence[Drawn], effect: Effect) -> Iterator[Planned]:
    on, assumed = _day(act, effect)
    for one in operations:
        id = f"{act.id}:{one.name}" if one.name and len(operations) > 1 else act.id
        yield Planned(id, on, one.operation, declared=act.declared is True, assumed=assumed)


def _day(act: Act | OwnAct, effect: Effect) -> tuple[date, bool]:
    if isinstance(act.on, date):
        return act.on, False
    if effect.on is None:
        raise EffectDateUnknown(operation=act.id)
    return effect.on, effect.assumed


def _implied(read: Read, ground: Ground, effect: Effect) -> Iterator[Planned]:
    said = [one.operation for _, operations in read for one in operations]
    seen: set[str] = set()
    for act, _ in read:
        if not isinstance(act, Act):
            continue
        on, assumed = _day(act, effect)
        for unit in made_by(act):
            root = ground.identity.now(unit)
            if root in ground.target.units:
                for one in implied(root, ground, said, known_heads=act.kind == "rename_and_expand"):
                    yield from _once(one, on, assumed, seen)
    if effect.on is not None:
        for one in new_functions(ground, frozenset(ground.before.units), said):
            yield from _once(one, effect.on, effect.assumed, seen)


def _once(one: Drawn, on: date, assumed: bool, seen: set[str]) -> Iterator[Planned]:
    if one.name not in seen:
        seen.add(one.name)
        yield Planned(f"{IMPLIED}:{one.name}", on, one.operation, declared=False, assumed=assumed)


def _placed(content: Content, identity: Identity) -> frozenset[str]:
    """Units whose heads an act of the file sets."""
    acts = (act for act in content.operations if isinstance(act, Act) and act.parents)
    setting = (act for act in acts if act.kind in {"set_reporting", "move"})
    return frozenset(identity.now(unit) for act in setting for unit in (*act.targets, act.target) if unit is not None)


def _created(content: Content) -> dict[str, date | str | None]:
    return {act.target: act.on for act in content.operations if isinstance(act, Act) and act.kind == "create" and act.target}
