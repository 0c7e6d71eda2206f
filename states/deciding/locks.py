"""What must wait before it is admitted, discussed or voted on: from when, why, and whether the body has lifted the wait."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo

from policies.decisions import DecisionRules, Step, TimeLock
from policies.said import Fact, Said
from states.deciding.counting import decide
from states.deciding.tally import Tally


@dataclass(frozen=True, slots=True)
class Draft:
    """A text that waits. `kind` is one of the pack's names of texts.

    `distributed`: language -> when it went out; a language that is not there has not. `session` is the session's first day,
    None: not called yet. `zone` is that of the place, where days are counted.
    """

    kind: str
    distributed: Mapping[str, datetime]
    session: date | None
    zone: tzinfo
    waivers: Mapping[str, Tally] = field(default_factory=dict)
    """Lock -> the vote on lifting it."""


@dataclass(frozen=True, slots=True)
class Permission:
    """Whether it may be done. `not_before` is known where waiting helps; None where something else must happen first."""

    allowed: bool
    not_before: datetime | None
    why: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class _Held:
    """One lock's answer."""

    open: bool
    opens: datetime | None
    said: Said


def may(step: Step, draft: Draft, at: datetime, rules: DecisionRules) -> Permission:
    """Whether this text may be admitted, discussed or voted on at this instant. Every lock that bears on it is told.

    A lock is lifted by a vote that adopts by the lock's own rule, and by nothing else. One whose length nobody has
    established holds nothing back, and `why` says so.
    """
    held = [
        _lifted(name, lock, draft, rules) or _judged(name, lock, draft, at)
        for name, lock in rules.locks.items()
        if step in lock.holds and (not lock.texts or draft.kind in lock.texts)
    ]
    shut = [one for one in held if not one.open]
    opens = [one.opens for one in shut if one.opens is not None]
    why = tuple(one.said for one in held) or (Said("deciding.lock.none"),)
    return Permission(not shut, max(opens) if shut and len(opens) == len(shut) else None, why)


def _lifted(name: str, lock: TimeLock, draft: Draft, rules: DecisionRules) -> _Held | None:
    if lock.waived_by is None or name not in draft.waivers:
        return None
    outcome = decide(lock.waived_by, rules, draft.waivers[name])
    if not outcome.adopted:
        return None
    return _Held(True, None, Said("deciding.lock.lifted", {"lock": name, "rule": lock.waived_by, "needed": outcome.needed}))


def _judged(name: str, lock: TimeLock, draft: Draft, at: datetime) -> _Held:
    length = lock.length
    if length == "unknown":
        return _Held(True, None, Said("deciding.lock.unknown", {"lock": name}))
    missing = tuple(_missing(lock, draft, at))
    if missing:
        return _Held(False, None, Said("deciding.lock.languages", {"lock": name, "languages": ", ".join(missing)}))
    last = max(draft.distributed[language] for language in lock.languages)
    if lock.unit == "days_before_session":
        return _by_days(name, lock, length, draft, last)
    opens = (last.astimezone(UTC) + timedelta(hours=length)).astimezone(draft.zone)  # elapsed hours, summer time or not
    key = "deciding.lock.hours_over" if at >= opens else "deciding.lock.hours"
    return _Held(at >= opens, opens, Said(key, {"lock": name, "hours": length, "opens": opens}))


def _missing(lock: TimeLock, draft: Draft, at: datetime) -> Iterator[str]:
    """The languages that are not out yet. Who plans a distribution has not distributed."""
    for language in lock.languages:
        if language not in draft.distributed or draft.distributed[language] > at:
            yield language


def _by_days(name: str, lock: TimeLock, days: int, draft: Draft, last: datetime) -> _Held:
    if draft.session is None:
        return _Held(False, None, Said("deciding.lock.no_session", {"lock": name}))
    latest = draft.session - timedelta(days=days)
    given = last.astimezone(draft.zone).date()
    if given <= latest:
        return _Held(True, None, Said("deciding.lock.in_time", {"lock": name, "given": given, "latest": latest}))
    if lock.waived_by is None:
        return _Held(False, None, Said("deciding.lock.late", {"lock": name, "given": given, "latest": latest}))
    facts: dict[str, Fact] = {"lock": name, "given": given, "latest": latest, "rule": lock.waived_by}
    return _Held(False, None, Said("deciding.lock.late_unless_waived", facts))
