"""Mistakes somebody could make in a pack: each gives the spoilt packs of a good one, or none if nothing can be
spoilt."""

from collections.abc import Callable, Iterator
from typing import Any

from policies.consents import PurposeRules
from policies.identity import IdentityRules
from policies.pack import Pack
from policies.rules import KindPolicy, Ladder, Role, TimedClock, WaiverRule
from states.acts import acts_of
from states.consents import ASK, acts_with_a_yes
from states.table import StateTable

SpoilPack = Callable[[Pack, StateTable], Iterator[Pack]]


def _without_a_clock(pack: Pack, table: StateTable) -> Iterator[Pack]:
    clocks = pack.kinds[table.kind].clocks
    for gone in clocks:
        yield _with_kind(pack, table, clocks={name: clock for name, clock in clocks.items() if name != gone})


def _clock_too_many(pack: Pack, table: StateTable) -> Iterator[Pack]:
    clocks = pack.kinds[table.kind].clocks
    yield _with_kind(pack, table, clocks={**clocks, "midnight": next(iter(clocks.values()))})


def _only_given_clocks(pack: Pack, table: StateTable) -> Iterator[Pack]:
    given = {
        name: {"unit": "given", "ladder": clock.ladder, "source": clock.source, "verified": clock.verified}
        for name, clock in pack.kinds[table.kind].clocks.items()
    }
    rules = KindPolicy.model_validate({"clocks": given, "access": {}}).clocks
    yield _with_kind(pack, table, clocks=rules)


def _unknown_ladder(pack: Pack, table: StateTable) -> Iterator[Pack]:
    clocks = pack.kinds[table.kind].clocks
    for name, clock in clocks.items():
        yield _with_kind(pack, table, clocks={**clocks, name: clock.model_copy(update={"ladder": "rope"})})


def _hours(pack: Pack, table: StateTable) -> Iterator[Pack]:
    clocks = pack.kinds[table.kind].clocks
    for name, clock in clocks.items() if table.sealed else ():
        if isinstance(clock, TimedClock):
            yield _with_kind(pack, table, clocks={**clocks, name: clock.model_copy(update={"unit": "hours"})})


def _without_a_grant(pack: Pack, table: StateTable) -> Iterator[Pack]:
    access = pack.kinds[table.kind].access
    for gone in access:
        yield _with_kind(pack, table, access={act: grants for act, grants in access.items() if act != gone})


def _grant_too_many(pack: Pack, table: StateTable) -> Iterator[Pack]:
    yield _with_access(pack, table, "jump", ("clock:clock",))


def _waiver_too_many(pack: Pack, table: StateTable) -> Iterator[Pack]:
    rule = WaiverRule(most_days=1, source="test", verified=True)
    yield _with_kind(pack, table, waivers={**pack.kinds[table.kind].waivers, "midnight": rule})


def _act_without_seat(pack: Pack, table: StateTable) -> Iterator[Pack]:
    role = next(iter(pack.house.roles))
    yield from (_with_access(pack, table, act, (f"{role}:any",)) for act in (acts_of(table) if table.sealed else ()))


def _without_an_act(pack: Pack, table: StateTable) -> Iterator[Pack]:
    access = pack.kinds[table.kind].access
    for gone in acts_of(table):
        yield _with_kind(pack, table, access={act: grants for act, grants in access.items() if act != gone})


def _nobody_may(pack: Pack, table: StateTable) -> Iterator[Pack]:
    heard = {own for _, own in table.listens}
    yield from (_with_access(pack, table, act, ()) for act in table.triggers if act not in heard)


def _undeclared_role(pack: Pack, table: StateTable) -> Iterator[Pack]:
    yield from (_with_access(pack, table, act, ("gardener:any",)) for act in table.triggers)


def _unknown_relation(pack: Pack, table: StateTable) -> Iterator[Pack]:
    role = next(iter(pack.house.roles))
    yield from (_with_access(pack, table, act, (f"{role}:cousin",)) for act in table.triggers)


def _lapse_for_people(pack: Pack, table: StateTable) -> Iterator[Pack]:
    role = next(iter(pack.house.roles))
    yield from (_with_access(pack, table, act, (f"{role}:any",)) for act in table.lapses)


def _act_for_the_clock(pack: Pack, table: StateTable) -> Iterator[Pack]:
    acts = (act for act in table.triggers if act not in table.lapses)
    yield from (_with_access(pack, table, act, ("clock:clock",)) for act in acts)


def _sealed_read_beyond_the_desk(pack: Pack, table: StateTable) -> Iterator[Pack]:
    for name, role in pack.house.roles.items():
        if table.sealed and role.door != "desk":
            yield _with_access(pack, table, "read", (f"{name}:seat",))


def _custodian_with_a_seat(pack: Pack, table: StateTable) -> Iterator[Pack]:
    """Whoever reads such matters is made the custodian of identities as well."""
    told: dict[str, Any] = {"role": "case_officer", "days": 1, "lapses_after": 1, "reasons": ("x",), "refusals": ("x",)}
    sourced = {"source": "x", "verified": False}
    rules = {"gate": "custodian", "custodian": told | sourced, **sourced}
    if table.sealed and "case_officer:seat" in pack.kinds[table.kind].access["read"]:
        yield pack.model_copy(update={"house": pack.house.model_copy(update={"identity": IdentityRules.model_validate(rules)})})


def _without_a_purpose(pack: Pack, table: StateTable) -> Iterator[Pack]:
    for gone in sorted(acts_with_a_yes([table])) if pack.consents else ():
        purposes = {name: rules for name, rules in pack.consents.purposes.items() if name != gone} if pack.consents else {}
        yield _with_purposes(pack, purposes)


def _purpose_too_many(pack: Pack, table: StateTable) -> Iterator[Pack]:
    """Something that is no act with a yes, of the procedure looked at."""
    if pack.consents is not None:
        rules = next(iter(pack.consents.purposes.values()))
        yield _with_purposes(pack, {**pack.consents.purposes, f"end_of_{table.kind}": rules})


def _asked_by_anyone(pack: Pack, table: StateTable) -> Iterator[Pack]:
    """Consent is asked by somebody with a seat, or by the head of office whoever answers for the case."""
    if ASK in pack.kinds[table.kind].access:
        yield _with_access(pack, table, ASK, ("case_officer:handler", "ombudsperson:seat"))
        yield _with_access(pack, table, ASK, ("ombudsperson:any",))


def _with_purposes(pack: Pack, purposes: dict[str, PurposeRules]) -> Pack:
    rules = pack.consents.model_copy(update={"purposes": purposes}) if pack.consents else None
    return pack.model_copy(update={"consents": rules})


def _no_retention(pack: Pack, table: StateTable) -> Iterator[Pack]:
    if table.sealed:
        yield _with_kind(pack, table, retention=None)


def _ladder_without_its_last_rung(pack: Pack, table: StateTable) -> Iterator[Pack]:
    yield from (_with_ladder(pack, name, ladder, ladder.rungs[:-1]) for name, ladder in _climbed(pack, table))


def _rungs_upside_down(pack: Pack, table: StateTable) -> Iterator[Pack]:
    yield from (_with_ladder(pack, name, ladder, ladder.rungs[::-1]) for name, ladder in _climbed(pack, table))


def _ladder_that_falls_silent(pack: Pack, table: StateTable) -> Iterator[Pack]:
    for name, ladder in _climbed(pack, table):
        if ladder.rungs[-1].repeat_every:
            once = ladder.rungs[-1].model_copy(update={"repeat_every": None})
            yield _with_ladder(pack, name, ladder, (*ladder.rungs[:-1], once))


def _role_without_a_place(pack: Pack, table: StateTable) -> Iterator[Pack]:
    for name, role in _handlers(pack, table):
        yield _with_role(pack, name, role, most=0)


def _overseers_in_a_circle(pack: Pack, table: StateTable) -> Iterator[Pack]:
    for name, role in _handlers(pack, table):
        if role.overseer:
            yield _with_role(pack, role.overseer, pack.house.roles[role.overseer], overseer=name)


def _unknown_overseer(pack: Pack, table: StateTable) -> Iterator[Pack]:
    yield from (_with_role(pack, name, role, overseer="gardener") for name, role in _handlers(pack, table))


def _nobody_oversees(pack: Pack, table: StateTable) -> Iterator[Pack]:
    yield from (_with_role(pack, name, role, overseer=None) for name, role in _handlers(pack, table))


def _nobody_handles(pack: Pack, table: StateTable) -> Iterator[Pack]:
    roles = {
        name: role.model_copy(update={"handles": tuple(kind for kind in role.handles if kind != table.kind)})
        for name, role in pack.house.roles.items()
    }
    yield pack.model_copy(update={"house": pack.house.model_copy(update={"roles": roles})})


def _climbed(pack: Pack, table: StateTable) -> list[tuple[str, Ladder]]:
    names = {clock.ladder for clock in pack.kinds[table.kind].clocks.values()}
    return [(name, ladder) for name, ladder in pack.ladders.items() if name in names]


def _handlers(pack: Pack, table: StateTable) -> list[tuple[str, Role]]:
    return [(name, role) for name, role in pack.house.roles.items() if table.kind in role.handles]


def _with_kind(pack: Pack, table: StateTable, **change: Any) -> Pack:
    kinds = {**pack.kinds, table.kind: pack.kinds[table.kind].model_copy(update=change)}
    return pack.model_copy(update={"kinds": kinds})


def _with_access(pack: Pack, table: StateTable, act: str, grants: tuple[str, ...]) -> Pack:
    return _with_kind(pack, table, access={**pack.kinds[table.kind].access, act: grants})


def _with_ladder(pack: Pack, name: str, ladder: Ladder, rungs: tuple[Any, ...]) -> Pack:
    return pack.model_copy(update={"ladders": {**pack.ladders, name: ladder.model_copy(update={"rungs": rungs})}})


def _with_role(pack: Pack, name: str, role: Role, **change: Any) -> Pack:
    roles = {**pack.house.roles, name: role.model_copy(update=change)}
    return pack.model_copy(update={"house": pack.house.model_copy(update={"roles": roles})})


PACK_MISTAKES: tuple[tuple[str, str, SpoilPack], ...] = (
    ("a clock without a number", "clock_missing", _without_a_clock),
    ("a number without a clock", "clock_unknown", _clock_too_many),
    ("only clocks the matter may not bring", "no_clock", _only_given_clocks),
    ("a clock on a ladder that is not there", "ladder_unknown", _unknown_ladder),
    ("hours for a sealed matter", "hours_in_sealed_kind", _hours),
    ("an act nobody is named for", "access_missing", _without_a_grant),
    ("an act besides moves that nobody is named for", "access_missing", _without_an_act),
    ("a grant for an act that is not there", "access_unknown", _grant_too_many),
    ("an act on a sealed matter without a seat", "act_without_seat", _act_without_seat),
    ("a waiver of a clock that is not there", "waiver_unknown", _waiver_too_many),
    ("an act granted to nobody", "granted_to_nobody", _nobody_may),
    ("an act granted to a role that is not there", "granted_to_no_role", _undeclared_role),
    ("a relation that is not there", "relation_unknown", _unknown_relation),
    ("a lapse in people's hands", "lapse_by_people", _lapse_for_people),
    ("an act in the clock's hands", "act_by_clock", _act_for_the_clock),
    ("a sealed matter read beyond the desk", "sealed_beyond_the_desk", _sealed_read_beyond_the_desk),
    ("a custodian who can read a case", "custodian_in_a_case", _custodian_with_a_seat),
    ("something that leaves and cannot be asked for", "purpose_missing", _without_a_purpose),
    ("a question for what is no act", "purpose_unknown", _purpose_too_many),
    ("a consent asked by others than the handler", "asked_by_others", _asked_by_anyone),
    ("a sealed matter kept for ever", "retention_missing", _no_retention),
    ("a ladder that does not reach the chair", "ladder_without_chair", _ladder_without_its_last_rung),
    ("a ladder upside down", "rungs_out_of_order", _rungs_upside_down),
    ("a ladder that falls silent", "ladder_falls_silent", _ladder_that_falls_silent),
    ("a role nobody can hold", "nobody_can_hold", _role_without_a_place),
    ("an overseer that is not there", "nobody_can_hold", _unknown_overseer),
    ("overseers in a circle", "overseers_circle", _overseers_in_a_circle),
    ("a handler without an overseer", "nobody_oversees", _nobody_oversees),
    ("a kind nobody handles", "nobody_handles", _nobody_handles),
)
"""What is done, the rule that must find it, and how it is done."""
