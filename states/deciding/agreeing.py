"""Deciding without counting: consensus, acclamation, silence, and what waits for another body to confirm it.

Consensus is one act: nobody objects, so it is decided. A reservation or a footnote is a statement and stops nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import ClassVar, Literal

from policies.decisions import DecisionRules, Method
from policies.refusal import Refusal
from policies.said import Said
from states.deciding.statements import Statement, StatementKind
from states.deciding.voters import Voters
from states.deciding.voting import MethodNotUsed


class SilenceBackwards(Refusal):
    """A silence that ends before it begins."""

    code: ClassVar[str] = "silence_backwards"
    status: ClassVar[int] = 422


class SilenceNotBegun(Refusal):
    """An objection dated before the text was put under silence."""

    code: ClassVar[str] = "silence_not_begun"
    status: ClassVar[int] = 422


class SilenceOver(Refusal):
    """The hour has struck: an objection now is too late."""

    code: ClassVar[str] = "silence_over"


class NotTheirsToConfirm(Refusal):
    """Another body than this was asked to confirm."""

    code: ClassVar[str] = "not_theirs_to_confirm"
    status: ClassVar[int] = 422


class ConfirmedTooEarly(Refusal):
    """A confirmation dated before the decision."""

    code: ClassVar[str] = "confirmed_too_early"
    status: ClassVar[int] = 422


class AnsweredBefore(Refusal):
    """The other body has answered already."""

    code: ClassVar[str] = "answered_before"


@dataclass(frozen=True, slots=True)
class Agreement:
    """What came of deciding without counting. `objecting`: whose objections stand in the way."""

    method: Method
    adopted: bool
    objecting: tuple[str, ...]
    why: tuple[Said, ...]


def agree(
    method: Literal[Method.CONSENSUS, Method.ACCLAMATION], statements: Iterable[Statement], *, rules: DecisionRules
) -> Agreement:
    """Whether nobody objected. Statements of other kinds are counted in `why` and stop nothing. Raises MethodNotUsed."""
    if method not in rules.methods:
        raise MethodNotUsed(method=method)
    made = tuple(statements)
    objecting = tuple(dict.fromkeys(one.state for one in made if one.kind == StatementKind.OBJECTION))
    if objecting:
        return Agreement(method, False, objecting, (Said("deciding.objected", {"states": ", ".join(objecting)}),))
    why = [Said(f"deciding.no_objection.{method}")]
    if made:
        why.append(Said("deciding.with_statements", {"count": len(made)}))
    return Agreement(method, True, (), tuple(why))


@dataclass(frozen=True, slots=True)
class Silence:
    """A text that stands if nobody who may vote objects before `until`."""

    voters: Voters
    opened: datetime
    until: datetime
    objections: tuple[tuple[str, datetime], ...] = ()


def put_under_silence(voters: Voters, *, at: datetime, until: datetime, rules: DecisionRules) -> Silence:
    """Begin a silence. Raises MethodNotUsed, SilenceBackwards."""
    if Method.SILENCE not in rules.methods:
        raise MethodNotUsed(method=Method.SILENCE)
    if until <= at:
        raise SilenceBackwards(at=at, until=until)
    return Silence(voters, at, until)


def break_silence(silence: Silence, state: str, *, at: datetime) -> Silence:
    """A state objects. At the very hour it is too late.

    Raises SilenceNotBegun, SilenceOver, NotAMember, NotAVoter; the silence is then as it was.
    """
    if at < silence.opened:
        raise SilenceNotBegun(at=silence.opened)
    if at >= silence.until:
        raise SilenceOver(until=silence.until)
    silence.voters.refuse_who_may_not_vote(state)
    return replace(silence, objections=(*silence.objections, (state, at)))


def silence_at(silence: Silence, instant: datetime) -> Agreement | None:
    """What has come of it by `instant`; None while it runs and nobody has objected yet."""
    before = tuple(dict.fromkeys(state for state, at in silence.objections if at <= instant))
    if before:
        why = Said("deciding.silence_broken", {"states": ", ".join(before)})
        return Agreement(Method.SILENCE, False, before, (why,))
    if instant < silence.until:
        return None
    return Agreement(Method.SILENCE, True, (), (Said("deciding.silence_kept", {"until": silence.until}),))


@dataclass(frozen=True, slots=True)
class AdReferendum:
    """Adopted at once and for now, until `to` confirms it or does not. `confirmed` None: no answer yet."""

    by: str
    to: str
    on: date
    confirmed: bool | None = None
    answered: date | None = None

    @property
    def stands(self) -> bool:
        """It holds until the other body says no."""
        return self.confirmed is not False

    @property
    def why(self) -> tuple[Said, ...]:
        """What it waits for, or what became of it."""
        if self.answered is None:
            return (Said("deciding.awaits", {"to": self.to}),)
        key = "deciding.confirmed" if self.confirmed else "deciding.not_confirmed"
        return (Said(key, {"to": self.to, "day": self.answered}),)


def adopt_ad_referendum(*, by: str, to: str, on: date, rules: DecisionRules) -> AdReferendum:
    """Adopt for now. That the body decided at all is another question, answered before. Raises MethodNotUsed."""
    if Method.AD_REFERENDUM not in rules.methods:
        raise MethodNotUsed(method=Method.AD_REFERENDUM)
    if by == to:
        raise NotTheirsToConfirm(body=by, to=to)
    return AdReferendum(by, to, on)


def confirm(decision: AdReferendum, *, by: str, on: date, yes: bool) -> AdReferendum:
    """The other body's answer. Raises NotTheirsToConfirm, ConfirmedTooEarly, AnsweredBefore."""
    if by != decision.to:
        raise NotTheirsToConfirm(body=by, to=decision.to)
    if decision.answered is not None:
        raise AnsweredBefore(day=decision.answered)
    if on < decision.on:
        raise ConfirmedTooEarly(day=decision.on)
    return replace(decision, confirmed=yes, answered=on)
