"""The pack and the tables side by side: what one names the other has, and every act has somebody to do it."""

from collections.abc import Iterable, Iterator, Sequence

from policies.pack import Pack
from policies.rules import Act, GivenClock, KindPolicy, Ladder, Role, TimedClock
from states.acts import acts_of
from states.calendars import is_known
from states.check_findings import OPEN, READ, Finding, found
from states.consents import ASK, HANDLER, Purpose, acts_with_a_yes
from states.table import StateTable, event

COMPLAINANT = "complainant"
"""Whoever comes to the intake door, or holds the words of a matter: no appointment, so no role of the pack."""
CLOCK = "clock"
"""Time itself."""
FLOW = "flow"
"""A process of the house that acts by itself, on a day of the policy."""
RELATIONS = {COMPLAINANT: {"any", "self"}, CLOCK: {"clock"}, FLOW: {"flow"}}
"""What grants to these may say; a role's relation is one of `ROLE_RELATIONS`."""
ROLE_RELATIONS = {"any", "seat", "handler"}
REVIEWED = ("review", "approval")
"""The clocks of a report whose days are those of its review."""
SEATED = {"seat", "handler"}
"""What grants of the acts besides moves may say of a sealed matter: who has no seat does nothing there."""


def kind_findings(table: StateTable, pack: Pack) -> Iterator[Finding]:
    """What is wrong between one table and its policy."""
    policy = pack.kinds[table.kind]
    file = f"{pack.code}/{table.kind}.toml"
    yield from _same_names(file, "clock", [clock.name for clock in table.clocks], policy.clocks)
    yield from _same_names(file, "pause", [pause.name for pause in table.pauses], policy.pauses)
    yield from _same_names(file, "access", [OPEN, READ, *table.triggers, *acts_of(table)], policy.access)
    yield from _clocks(table, policy, pack, file)
    yield from _access(table, policy, pack, file)
    yield from _asking(table, policy, pack, file)
    for name in policy.waivers:
        if name not in {clock.name for clock in table.clocks}:
            yield found("waiver_unknown", file, f"waivers.{name}", name=name)
    yield from _pauses(table, policy, file)
    if table.sealed and policy.retention is None:
        yield found("retention_missing", file, "retention")
    if table.sealed and not any(table.kind in role.handles and role.outside_office for role in pack.house.roles.values()):
        yield found("nobody_outside", f"{pack.code}/office.toml", "roles", kind=table.kind)
    if not any(table.kind in role.handles and role.most != 0 for role in pack.house.roles.values()):
        yield found("nobody_handles", f"{pack.code}/office.toml", "roles", kind=table.kind)


def _same_names(file: str, what: str, wanted: Sequence[str], given: Iterable[str]) -> Iterator[Finding]:
    for name in wanted:
        if name not in given:
            yield found(f"{what}_missing", file, f"{_section(what)}.{name}", name=name)
    for name in given:
        if name not in wanted:
            yield found(f"{what}_unknown", file, f"{_section(what)}.{name}", name=name)


def _section(what: str) -> str:
    return what if what == "access" else f"{what}s"


def _clocks(table: StateTable, policy: KindPolicy, pack: Pack, file: str) -> Iterator[Finding]:
    for name, clock in policy.clocks.items():
        key = f"clocks.{name}"
        if clock.ladder not in pack.ladders:
            yield found("ladder_unknown", file, f"{key}.ladder", name=clock.ladder)
        elif not pack.ladders[clock.ladder].rungs[-1].repeat_every and not _lapses(table, name):
            yield found("ladder_falls_silent", file, f"{key}.ladder", name=clock.ladder)
        if table.sealed and isinstance(clock, GivenClock):
            yield found("given_in_sealed_kind", file, f"{key}.unit")
        if table.sealed and isinstance(clock, TimedClock) and clock.unit == "hours":
            yield found("hours_in_sealed_kind", file, f"{key}.unit")


def _pauses(table: StateTable, policy: KindPolicy, file: str) -> Iterator[Finding]:
    """The end of a pause's cap is itself a decision due: the clock that starts with the pause ends with its cap.

    A clock that lapses ends the pause by itself, and need only do so before the cap.
    """
    starts = {pause.name: pause.starts_on for pause in table.pauses}
    for name, pause in policy.pauses.items():
        if pause.total < pause.each:
            yield found("pause_total_too_small", file, f"pauses.{name}")
        for clock in table.clocks:
            rule = policy.clocks.get(clock.name)
            if not isinstance(rule, TimedClock) or name not in starts or event(starts[name]) not in clock.starts_on:
                continue
            fits = rule.count <= pause.each if clock.lapse else rule.count == pause.each
            if rule.unit != "calendar_days" or not fits:
                yield found("pause_without_decision", file, f"pauses.{name}", clock=clock.name)


def _lapses(table: StateTable, name: str) -> bool:
    return any(clock.name == name and clock.lapse for clock in table.clocks)


def _access(table: StateTable, policy: KindPolicy, pack: Pack, file: str) -> Iterator[Finding]:
    heard = {own for _, own in table.listens}
    for trigger, grants in policy.access.items():
        key = f"access.{trigger}"
        if not grants and trigger not in heard:
            yield found("granted_to_nobody", file, key)
        for grant in grants:
            role, _, relation = grant.partition(":")
            yield from (found(rule, file, key, grant=grant) for rule in _grant(table, pack, role, relation))
            if (role == CLOCK) != (trigger in table.lapses):
                yield found("lapse_by_people" if trigger in table.lapses else "act_by_clock", file, key, grant=grant)
            if table.sealed and trigger in acts_of(table) and relation not in SEATED:
                yield found("act_without_seat", file, key, grant=grant)


def _grant(table: StateTable, pack: Pack, role: str, relation: str) -> Iterator[str]:
    """The rules that a grant breaks."""
    if relation not in RELATIONS.get(role, ROLE_RELATIONS):
        yield "relation_unknown"
    if role in RELATIONS:
        return
    holder = pack.house.roles.get(role)
    if holder is None or holder.most == 0:
        yield "granted_to_no_role"
    elif table.sealed and holder.door != "desk":
        yield "sealed_beyond_the_desk"
    elif table.sealed and role == _custodian(pack):
        yield "custodian_in_a_case"


def _custodian(pack: Pack) -> str:
    """The role that lets somebody see who a person is; empty: this house has none."""
    rules = pack.house.identity.custodian if pack.house.identity else None
    return rules.role if rules else ""


def _asking(table: StateTable, policy: KindPolicy, pack: Pack, file: str) -> Iterator[Finding]:
    """Whatever leaves with a yes can be asked for, and only who answers for the matter asks: no manager, not all at once."""
    known = pack.consents.purposes if pack.consents else {}
    for act in sorted(acts_with_a_yes([table]) - set(known)):
        yield found("purpose_missing", f"{pack.code}/consents.toml", f"purposes.{act}", name=act)
    for grant in policy.access.get(ASK, ()):
        if grant.partition(":")[2] != HANDLER:
            yield found("asked_by_others", file, f"access.{ASK}", grant=grant)


def house_findings(pack: Pack, kinds: Sequence[str]) -> Iterator[Finding]:
    """What is wrong in the pack by itself: kinds without a table, roles, chains of overseers, ladders."""
    office = f"{pack.code}/office.toml"
    for kind in pack.house.kinds:
        if kind not in kinds:
            yield found("kind_unknown", office, "kinds", kind=kind)
    yield from _numbers_and_places(pack, office)
    tops: set[str] = set()
    for name, role in pack.house.roles.items():
        yield from _role(pack, office, name, role)
        if role.handles:
            tops.add(_top(pack, name))
    tops.discard("")
    if len(tops) > 1:
        yield found("several_chairs", office, "roles", names=", ".join(sorted(tops)))
    for part, rules in (("structure", pack.structure), ("mandates", pack.mandates), ("decisions", pack.decisions)):
        for act, grants in (rules.access if rules is not None else {}).items():
            yield from _access_of_part(pack, part, act, grants)
    yield from _reports(pack)
    for name in pack.consents.purposes if pack.consents else ():
        if name not in set(Purpose):
            yield found("purpose_unknown", f"{pack.code}/consents.toml", f"purposes.{name}", name=name)
    for name, ladder in pack.ladders.items():
        yield from _ladder(f"{pack.code}/ladders.toml", name, ladder)


def _reports(pack: Pack) -> Iterator[Finding]:
    """Whoever holds a report or reads its words is a role; the days of a review are the same wherever they are said."""
    for kind, policy in pack.reports.reports.items() if pack.reports is not None else ():
        for role in filter(None, (policy.holder, *policy.second_reader)):
            if role not in pack.house.roles or pack.house.roles[role].most == 0:
                yield found("granted_to_no_role", f"{pack.code}/reports.toml", f"reports.{kind}", grant=role)
        days = policy.review.working_days if policy.review is not None else None
        for name in REVIEWED if days is not None and "report" in pack.kinds else ():
            clock = pack.kinds["report"].clocks.get(name)
            if not isinstance(clock, TimedClock) or (clock.count, clock.unit) != (days, "working_days"):
                yield found("review_days_differ", f"{pack.code}/report.toml", f"clocks.{name}.count")


def _access_of_part(pack: Pack, part: str, act: str, grants: Sequence[str]) -> Iterator[Finding]:
    """The structure and the register are nobody's matter: a grant about them can only say which role."""
    for grant in grants:
        role, _, relation = grant.partition(":")
        holder = pack.house.roles.get(role)
        if relation != "any":
            yield found("relation_unknown", f"{pack.code}/{part}.toml", f"access.{act}", grant=grant)
        elif holder is None or holder.most == 0:
            yield found("granted_to_no_role", f"{pack.code}/{part}.toml", f"access.{act}", grant=grant)


def _numbers_and_places(pack: Pack, office: str) -> Iterator[Finding]:
    least = pack.house.min_readers.value
    if isinstance(least, int) and least < 1:
        yield found("nobody_reads", office, "min_readers.value")
    for name, policy in pack.kinds.items():
        # told so many days before, it must end with the term and on no other day
        term, days = policy.clocks.get("term"), pack.house.terms.again_days if pack.house.terms else None
        if days and isinstance(term, TimedClock) and (term.count, term.unit, term.roll) != (days, "calendar_days", "none"):
            yield found("term_apart", f"{pack.code}/{name}.toml", "clocks.term", count=days)
        # whoever acts is one of the least who can read it
        wanted = policy.numbers.get("other_readers")
        if wanted is not None and wanted.value != 0 and not _is_below(wanted.value, least):
            yield found("too_few_can_read", f"{pack.code}/{name}.toml", "numbers.other_readers.value")
    stations = {station.code for station in pack.calendars.stations}
    for code in pack.house.danger:
        if code not in stations:
            yield found("station_unknown", office, f"danger.{code}", name=code)
    for place, station in enumerate(pack.calendars.stations):
        if not is_known(station):
            yield found("holidays_unknown", f"{pack.code}/calendars.toml", f"stations.{place}", name=station.code)
    for name, route in pack.routes.items():
        if route.limit is not None and route.limit not in pack.limits:
            yield found("limit_unknown", f"{pack.code}/routes.toml", f"{name}.limit", name=route.limit)


def _is_below(number: int | str, other: int | str) -> bool:
    """Whether both are known, and one is less."""
    return isinstance(number, int) and isinstance(other, int) and number < other


def _role(pack: Pack, file: str, name: str, role: Role) -> Iterator[Finding]:
    key, roles = f"roles.{name}", pack.house.roles
    if name in RELATIONS:
        yield found("role_name_taken", file, key, role=name)
    if role.most is not None and role.most < max(1, role.least):
        yield found("nobody_can_hold", file, key, role=name)
    for other in [role.overseer] if role.overseer else []:
        if other not in roles or roles[other].most == 0:
            yield found("nobody_can_hold", file, f"{key}.overseer", role=other)
    for other in role.stands_in_for:
        if other not in roles:
            yield found("nobody_can_hold", file, f"{key}.stands_in_for", role=other)
    for kind in role.handles:
        if kind not in pack.house.kinds:
            yield found("kind_unknown", file, f"{key}.handles", kind=kind)
    if not _top(pack, name):
        yield found("overseers_circle", file, f"{key}.overseer", role=name)
    elif role.handles and role.overseer is None:
        yield found("nobody_oversees", file, key, role=name)


def _top(pack: Pack, name: str) -> str:
    """The last overseer above this role; empty if the chain goes round in a circle."""
    seen = [name]
    while (role := pack.house.roles.get(seen[-1])) is not None and role.overseer is not None:
        if role.overseer in seen:
            return ""
        seen.append(role.overseer)
    return seen[-1]


def _ladder(file: str, name: str, ladder: Ladder) -> Iterator[Finding]:
    rungs = ladder.rungs
    if rungs[-1].act is not Act.TELL_CHAIR:
        yield found("ladder_without_chair", file, name)
    days = [rung.working_days for rung in rungs]
    if days != sorted(set(days)):
        yield found("rungs_out_of_order", file, name)
    if len({rung.name for rung in rungs}) < len(rungs):
        yield found("twice", file, name, name=", ".join(sorted(rung.name for rung in rungs)))
    for rung in rungs[:-1]:
        if rung.repeat_every:
            yield found("repeats_too_early", file, f"{name}.{rung.name}")
