"""Who may do what: only the access policy says it."""

from actions.kernel.actor import Actor, NotAllowed
from policies.rules import KindPolicy
from records.matters import Matter, NotFound


def require(policy: KindPolicy, actor: Actor, trigger: str, matter: Matter | None) -> None:
    """Let the actor pass, or raise: NotFound if they may not even know of the matter, else NotAllowed.

    `matter` is None for opening, where no relation to a matter can exist yet.
    """
    if may(policy, actor, trigger, matter):
        return
    if matter is not None and not may(policy, actor, "read", matter):
        raise NotFound()
    raise NotAllowed(trigger=trigger)


def may(policy: KindPolicy, actor: Actor, trigger: str, matter: Matter | None) -> bool:
    """Whether a grant of the policy covers this act."""
    return any(_covers(grant, actor, matter) for grant in policy.access.get(trigger, ()))


def _covers(grant: str, actor: Actor, matter: Matter | None) -> bool:
    role, _, relation = grant.partition(":")
    match relation:
        case "clock":
            return actor.clock is not None
        case "any":
            return role in actor.roles
        case "self":
            return role in actor.roles and matter is not None and actor.own == matter.id
        case "seat":
            return role in actor.roles and matter is not None and actor.seat_in == matter.id
        case "handler":
            return role in actor.roles and matter is not None and actor.seat_in == actor.handles == matter.id
    return False
