"""Who a rung of a ladder reaches: pure, so that the model check can try every office and every absence.

No rung changes a state, and no rung ever reaches somebody who is excluded from the matter. For a sealed matter
everybody without a seat is excluded: nobody can be made a reader by being late.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from policies.rules import Act, Role


class Why(StrEnum):
    """Why a rung reached whom it reached, or nobody. The key `rung_reason.<value>` is kept in the rung's history."""

    RESPONSIBLE = "responsible"
    """The person responsible for the matter."""
    OVERSEER = "overseer"
    """The nearest overseer who is there and not excluded."""
    CHAIR = "chair"
    """The top of the chain of overseers."""
    NEXT_IN_LINE = "next_in_line"
    """The next person who may be responsible."""
    NOT_NEEDED = "not_needed"
    """Nobody: the person responsible is there, and lateness alone moves no matter to a stranger."""
    POST_VACANT = "post_vacant"
    """Nobody: no person is responsible, so there is nobody to remind."""
    EXCLUDED = "excluded"
    """Nobody: everybody this rung could reach is excluded from the matter."""
    NOBODY_ELIGIBLE = "nobody_eligible"
    """Nobody: no person may take the matter over. A person has to decide."""


@dataclass(frozen=True, slots=True)
class Post:
    """One appointment: a person in a role, on the day of the rung.

    `absent` is a recorded absence. `excluded` means that this person must not see the matter, whatever the reason. `acting`: told
    of late duties in the place of whoever holds the role, without its rights, so nothing is handed over to them by itself.
    """

    person: UUID
    role: str
    absent: bool = False
    excluded: bool = False
    acting: bool = False

    @property
    def there(self) -> bool:
        """Neither away nor excluded."""
        return not self.absent and not self.excluded


@dataclass(frozen=True, slots=True)
class Duty:
    """A late duty: the kind of its matter, and whose it is. `person` is None while nobody is responsible.

    A person who is not in the roster any more counts as a vacant post.
    """

    kind: str
    role: str
    person: UUID | None


@dataclass(frozen=True, slots=True)
class Roster:
    """Who holds which role now, in the order of appointment, and the pack's roles."""

    posts: tuple[Post, ...]
    roles: Mapping[str, Role]

    def holder(self, person: UUID | None) -> Post | None:
        """This person's first post; None for nobody and for someone who left."""
        return next((post for post in self.posts if post.person == person), None)

    def overseers(self, role: str) -> list[str]:
        """The roles above `role`, nearest first, the chair's last. A circle in the pack ends where it closes."""
        above: list[str] = []
        while role in self.roles and (over := self.roles[role].overseer) is not None and over not in above:
            above.append(over)
            role = over
        return above


@dataclass(frozen=True, slots=True)
class Reached:
    """Whom a rung reaches. `person` None: nobody; `why` says the reason, and the rung is recorded all the same."""

    person: UUID | None
    why: Why


Reach = Callable[[Act, Roster, Duty], Reached]


def addressee(act: Act, roster: Roster, duty: Duty) -> Reached:
    """Say whom a rung reaches.

    A reminder goes to whoever is responsible, also during an absence. An overseer who is away or excluded is skipped
    upwards; the chair is told even when away. A hand-over happens only if the person responsible is away, excluded or
    gone. Total: it answers for every act, roster and duty, and never names an excluded person (D20, S40 of
    `peers.md`).
    """
    match act:
        case Act.REMIND:
            return _responsible(roster, duty)
        case Act.TELL_OVERSEER | Act.ASK_HANDOVER:
            return _overseer(roster, duty)
        case Act.HAND_OVER:
            return _next_in_line(roster, duty)
        case Act.TELL_CHAIR:
            return _chair(roster, duty)


def _responsible(roster: Roster, duty: Duty) -> Reached:
    post = roster.holder(duty.person)
    if post is None:
        return Reached(None, Why.POST_VACANT)
    if _is_excluded(roster, post.person):
        return Reached(None, Why.EXCLUDED)
    return Reached(post.person, Why.RESPONSIBLE)


def _overseer(roster: Roster, duty: Duty) -> Reached:
    for role in roster.overseers(duty.role):
        for post in roster.posts:
            if post.role == role and post.there and post.person != duty.person and _is_there(roster, post.person):
                return Reached(post.person, Why.OVERSEER)
    return _chair(roster, duty)


def _chair(roster: Roster, duty: Duty) -> Reached:
    top = [duty.role, *roster.overseers(duty.role)][-1]
    holders = [post for post in roster.posts if post.role == top]
    for post in holders:
        if not post.excluded and not _is_excluded(roster, post.person):
            return Reached(post.person, Why.CHAIR)
    return Reached(None, Why.EXCLUDED if holders else Why.POST_VACANT)


def _next_in_line(roster: Roster, duty: Duty) -> Reached:
    present = roster.holder(duty.person)
    if present is not None and _is_there(roster, present.person):
        return Reached(None, Why.NOT_NEEDED)
    for may_follow in (_same_role, _stands_in, _handles):
        for post in sorted(roster.posts, key=lambda post: _is_outside(roster, post)):
            role = roster.roles.get(post.role)
            fit = role is not None and not post.acting and duty.kind in role.handles and may_follow(post.role, role, duty)
            if fit and post.there and post.person != duty.person and _is_there(roster, post.person):
                return Reached(post.person, Why.NEXT_IN_LINE)
    return Reached(None, Why.NOBODY_ELIGIBLE)


def _is_outside(roster: Roster, post: Post) -> bool:
    """Whoever is outside the office comes last: the alternate is there when nobody inside is."""
    return post.role in roster.roles and roster.roles[post.role].outside_office


def _same_role(name: str, _role: Role, duty: Duty) -> bool:
    return name == duty.role


def _stands_in(_name: str, role: Role, duty: Duty) -> bool:
    return duty.role in role.stands_in_for


def _handles(_name: str, role: Role, duty: Duty) -> bool:
    return duty.kind in role.handles


def _is_excluded(roster: Roster, person: UUID) -> bool:
    return any(post.excluded for post in roster.posts if post.person == person)


def _is_there(roster: Roster, person: UUID) -> bool:
    return all(post.there for post in roster.posts if post.person == person)
