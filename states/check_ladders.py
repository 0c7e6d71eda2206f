"""Each rung with small offices, everybody present, absent or excluded: somebody is reached, never an excluded person.

Offices of one, two and four people are built from the pack: the roles that handle the kind, whoever holds a role
outside the office besides, and those who oversee them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, combinations_with_replacement, groupby, product
from uuid import UUID

from policies.pack import Pack
from policies.rules import Act, Role
from states.check_findings import Finding, found
from states.ladders import Duty, Post, Reach, Roster

SIZES = (1, 2, 4)
CONDITIONS = ((False, True), (True, False), (False, False))
"""(absent, excluded): in conflict, absent, present. Worst first: a rung that takes the first name it finds is
caught."""

PEOPLE = tuple(UUID(int=number) for number in range(1, 65))
"""Enough people for every office tried; nobody real."""

NamedRoles = tuple[tuple[str, Role], ...]


@dataclass(slots=True)
class Climbed:
    """What came of climbing: how many rungs were tried, and what was wrong."""

    explored: int = 0
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Answers:
    """What one act did in every office: how many were tried, and the rules it broke."""

    explored: int
    broken: frozenset[str]


def climb(kind: str, pack: Pack, reach: Reach) -> Climbed:
    """Try every rung of the ladders that this kind's clocks climb, with every office. A rule is told once a rung."""
    climbed = Climbed()
    roles = _as_seen_by(kind, pack)
    for name in sorted({clock.ladder for clock in pack.kinds[kind].clocks.values()} & set(pack.ladders)):
        for rung in pack.ladders[name].rungs:
            answers = _try_act(roles, rung.act, reach)
            climbed.explored += answers.explored
            for rule in sorted(answers.broken):
                climbed.findings.append(found(rule, f"{pack.code}/ladders.toml", f"{name}.{rung.name}", kind=kind))
    return climbed


IT = "it"
"""Stands for the kind that is tried: kinds handled by the same roles have the same answers, worked out once."""


def _as_seen_by(kind: str, pack: Pack) -> NamedRoles:
    """The pack's roles, knowing of this kind only."""
    return tuple(
        (name, role.model_copy(update={"handles": (IT,) if kind in role.handles else ()}))
        for name, role in pack.house.roles.items()
    )


@lru_cache(maxsize=512)
def _try_act(named: NamedRoles, act: Act, reach: Reach) -> Answers:
    """Every office, every condition of everybody in it, every possible responsible person and the vacant post."""
    roles = dict(named)
    explored = 0
    broken: set[str] = set()
    for office in _offices(named):
        for posts in _conditions(office):
            roster = Roster(posts, roles)
            for duty in _duties(roster):
                explored += 1
                broken.update(_broken(act, roster, duty, reach))
    return Answers(explored, frozenset(broken))


def _conditions(office: tuple[str, ...]) -> Iterator[tuple[Post, ...]]:
    """Everybody in every condition. People in one role are alike, so only how many of them are how, worst first."""
    in_a_role = [combinations_with_replacement(CONDITIONS, len(list(same))) for _, same in groupby(office)]
    for chosen in product(*in_a_role):
        conditions = chain.from_iterable(chosen)
        yield tuple(Post(PEOPLE[place], role, *how) for place, (role, how) in enumerate(zip(office, conditions, strict=True)))


def _offices(named: NamedRoles) -> set[tuple[str, ...]]:
    """Roles held in offices of each size: people in the office, those outside it, and everybody above them."""
    roles = dict(named)
    inside = [name for name, role in named if role.handles and not role.outside_office and role.most != 0]
    outside = [name for name, role in named if role.handles and role.outside_office and role.most != 0]
    return {
        _with_overseers((*_filled(roles, inside[first:] + inside[:first], size), *outside), roles)
        for size in SIZES
        for first in range(len(inside))
    }


def _filled(roles: dict[str, Role], order: list[str], size: int) -> tuple[str, ...]:
    held: list[str] = []
    while len(held) < size:
        room = [name for name in order if held.count(name) < (roles[name].most or size)]
        if not room:
            break
        held += room[: size - len(held)]
    return tuple(sorted(held))


def _with_overseers(held: tuple[str, ...], roles: dict[str, Role]) -> tuple[str, ...]:
    roster = Roster((), roles)
    above = dict.fromkeys(role for name in held for role in roster.overseers(name))
    return (*held, *(role for role in above if role not in held and role in roles))


def _duties(roster: Roster) -> Iterator[Duty]:
    handling = [post for post in roster.posts if roster.roles[post.role].handles]
    yield from (Duty(IT, post.role, post.person) for post in handling)
    yield from (Duty(IT, role, None) for role in dict.fromkeys(post.role for post in handling))


def _broken(act: Act, roster: Roster, duty: Duty, reach: Reach) -> Iterator[str]:
    person = reach(act, roster, duty).person
    post = roster.holder(person)
    if post is not None and post.excluded:
        yield "reaches_excluded"
    match act:
        case Act.REMIND:
            yield from _reminder(roster, duty, person)
        case Act.TELL_OVERSEER | Act.ASK_HANDOVER:
            if person is None and _chair_may_know(roster, duty):
                yield "reaches_nobody"
            if person is not None and person == duty.person:
                yield "oversees_itself"
        case Act.HAND_OVER:
            yield from _hand_over(roster, duty, post)
        case Act.TELL_CHAIR:
            if _chair_may_know(roster, duty) and (post is None or post.role != _top(roster, duty)):
                yield "misses_the_chair"


def _reminder(roster: Roster, duty: Duty, person: UUID | None) -> Iterator[str]:
    responsible = roster.holder(duty.person)
    if responsible is not None and not responsible.excluded and person != responsible.person:
        yield "reaches_nobody"


def _hand_over(roster: Roster, duty: Duty, post: Post | None) -> Iterator[str]:
    present = roster.holder(duty.person)
    if post is not None and present is not None and present.there:
        yield "takes_from_the_present"
    if post is not None and not (post.there and roster.roles[post.role].handles and post.person != duty.person):
        yield "hands_to_the_unfit"
    others = [other for other in roster.posts if other.person != duty.person and roster.roles[other.role].handles]
    if post is None and not (present is not None and present.there) and any(other.there for other in others):
        yield "reaches_nobody"


def _top(roster: Roster, duty: Duty) -> str:
    return [duty.role, *roster.overseers(duty.role)][-1]


def _chair_may_know(roster: Roster, duty: Duty) -> bool:
    return any(post.role == _top(roster, duty) and not post.excluded for post in roster.posts)
