"""Which committee a mandate is with: a trail of dated steps that is added to and never rewritten."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from policies.refusal import Refusal


class ChannelRefused(Refusal):
    """A step that does not follow: before the last one, or to where the mandate is already, or by nothing."""

    code: ClassVar[str] = "channel_refused"
    status: ClassVar[int] = 422


@dataclass(frozen=True, slots=True)
class Step:
    """From this day the mandate is with this body, by this document."""

    body: str
    since: date
    authority: str


Trail = tuple[Step, ...]


def rechannel(trail: Trail, body: str, since: date, authority: str) -> Trail:
    """The trail with one more step. Raises ChannelRefused; the trail given is as it was."""
    if not body.strip() or not authority.strip():
        raise ChannelRefused(since=since)
    if trail and (since < trail[-1].since or body == trail[-1].body):
        raise ChannelRefused(since=trail[-1].since)
    return (*trail, Step(body, since, authority))


def with_whom(trail: Trail, day: date) -> str | None:
    """The body it was with at the end of a day; None before the first step."""
    return next((step.body for step in reversed(trail) if step.since <= day), None)
