"""Who may do what: only the access policy says it."""

from collections.abc import Sequence

from actions.kernel.actor import VISITOR, Actor, NotAllowed, NotHers
from policies.rules import KindPolicy
from records.matters import Matter, NotFound
from states.acts import AT_THE_DESK


def require(policy: KindPolicy, actor: Actor, trigger: str, matter: Matter | None, *, kind: str = "") -> None:
    """Let the actor pass, or raise: NotFound if they may not even know of the matter, else NotAllowed, which says who may.

    `matter` is None for opening, where no relation to a matter can exist yet; then `kind` is what they would open.
    """
    if may(policy, actor, trigger, matter):
        return
    if matter is not None and not may(policy, actor, "read", matter):
        raise NotFound()
    raise refusal(policy, actor, trigger, matter.kind if matter is not None else kind)


def refusal(policy: KindPolicy, actor: Actor, trigger: str, kind: str) -> NotAllowed:
    """What somebody is told who may not: who may. A visitor: that it is not hers."""
    if actor.roles == VISITOR:
        return NotHers(kind, trigger)
    return NotAllowed(kind, trigger, _grants(policy, trigger))


def may(policy: KindPolicy, actor: Actor, trigger: str, matter: Matter | None) -> bool:
    """Whether a grant of the policy covers this act."""
    return any(_covers(grant, actor, matter) for grant in _grants(policy, trigger))


def _grants(policy: KindPolicy, act: str) -> Sequence[str]:
    """Who may do it. An edition from before acts besides moves had names does not name them: there, whoever reads by seat may."""
    if act in AT_THE_DESK and act not in policy.access:
        return [grant for grant in policy.access.get("read", ()) if grant.endswith(":seat")]
    return policy.access.get(act, ())


def _covers(grant: str, actor: Actor, matter: Matter | None) -> bool:
    role, _, relation = grant.partition(":")
    match relation:
        case "clock":
            return actor.clock is not None
        case "any" | "flow":
            return role in actor.roles
        case "self":
            return role in actor.roles and matter is not None and actor.own == matter.id
        case "seat":
            return role in actor.roles and matter is not None and actor.seat_in == matter.id
        case "handler":
            return role in actor.roles and matter is not None and actor.seat_in == actor.handles == matter.id
    return False
