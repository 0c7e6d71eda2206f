"""Warnings are passed by name: who lets it pass, by which authority, why, and until when. What blocks cannot be waived.

There is no switch that skips a rule: a waiver is for one rule about one thing, and it ends.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, NamedTuple

from policies.refusal import Refusal
from structure.rule import Finding, Severity
from structure.things import UNKNOWN, Ref


class WaiverIncomplete(Refusal):
    """A waiver that leaves out its author, authority or reason. Names what is left out."""

    code: ClassVar[str] = "waiver_incomplete"
    status: ClassVar[int] = 422


class WaiverOfBlocking(Refusal):
    """What the waiver is for blocks: it can be mended, not passed."""

    code: ClassVar[str] = "waiver_of_blocking"
    status: ClassVar[int] = 422


class WaiverExpired(Refusal):
    """The waiver's last day is over."""

    code: ClassVar[str] = "waiver_expired"
    status: ClassVar[int] = 422


class WaiverOfNothing(Refusal):
    """There is no warning that the waiver is for."""

    code: ClassVar[str] = "waiver_of_nothing"
    status: ClassVar[int] = 422


@dataclass(frozen=True, slots=True)
class Waiver:
    """Lets the warnings of one rule about one thing pass, up to the day before `until`. Raises WaiverIncomplete."""

    rule: str
    subject: Ref
    author: str
    authority: str
    reason: str
    until: date

    def __post_init__(self) -> None:
        """Unknown is no answer here: who does not know by which authority has none."""
        for field in ("author", "authority", "reason"):
            if getattr(self, field).strip() in {"", UNKNOWN}:
                raise WaiverIncomplete(field=field)


class Passed(NamedTuple):
    """A warning and the waiver that passes it."""

    finding: Finding
    waiver: Waiver


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a plan stands with what was found about it. What only informs is in none of these."""

    blocking: tuple[Finding, ...]
    open: tuple[Finding, ...]
    """Warnings that no waiver passes."""
    passed: tuple[Passed, ...]
    refused: tuple[Waiver, ...] = ()
    """Waivers for what blocks and for no warning: they pass nothing."""
    expired: tuple[Waiver, ...] = ()
    idle: tuple[Waiver, ...] = ()
    """Waivers for which there is no finding, or only one that informs."""

    @property
    def may_go_on(self) -> bool:
        """Nothing blocks and every warning is passed."""
        return not self.blocking and not self.open


def standing(findings: Iterable[Finding], waivers: Iterable[Waiver], on: date) -> Standing:
    """Sort findings into what blocks, what is open and what is passed on a day, and name the waivers that pass nothing.

    Of two waivers for one warning the one that holds longer passes it; the other is not idle.
    """
    found = list(findings)
    given = list(waivers)
    valid: dict[tuple[str, Ref], Waiver] = {}
    for waiver in sorted((waiver for waiver in given if on < waiver.until), key=lambda waiver: waiver.until):
        valid[waiver.rule, waiver.subject] = waiver
    blocking = tuple(finding for finding in found if finding.severity is Severity.BLOCKS)
    warnings = [finding for finding in found if finding.severity is Severity.WARNS]
    passed = tuple(Passed(one, valid[one.rule, one.subject]) for one in warnings if (one.rule, one.subject) in valid)
    blocked, warned = {(one.rule, one.subject) for one in blocking}, {(one.rule, one.subject) for one in warnings}
    holding = [waiver for waiver in given if on < waiver.until and (waiver.rule, waiver.subject) not in warned]
    return Standing(
        blocking=blocking,
        open=tuple(one for one in warnings if (one.rule, one.subject) not in valid),
        passed=passed,
        refused=tuple(waiver for waiver in holding if (waiver.rule, waiver.subject) in blocked),
        expired=tuple(waiver for waiver in given if waiver.until <= on),
        idle=tuple(waiver for waiver in holding if (waiver.rule, waiver.subject) not in blocked),
    )


def accept(waiver: Waiver, findings: Iterable[Finding], on: date) -> None:
    """Let a waiver be given on a day. Raises WaiverExpired, WaiverOfBlocking, WaiverOfNothing."""
    where = standing(findings, (waiver,), on)
    facts = {"rule": waiver.rule, "subject": waiver.subject.id}
    if where.expired:
        raise WaiverExpired(until=waiver.until, **facts)
    if where.refused:
        raise WaiverOfBlocking(**facts)
    if where.idle:
        raise WaiverOfNothing(**facts)
