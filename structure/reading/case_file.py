"""A case file: before, after, and what leads from one to the other, read whole or refused whole."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from pydantic import ValidationError

from policies.structure import Assumed, StructureRules
from structure.operation import OperationRefused
from structure.organisation import Organisation
from structure.reading.content import Format, content_of
from structure.reading.faults import CaseFileRefused, Fault
from structure.reading.identity import Identity, faults_of_identity
from structure.reading.noticing import noticed, with_lines
from structure.reading.organisations import before_of, target_of
from structure.reading.pieces import day_of
from structure.reading.planning import Effect, planned
from structure.reading.references import faults_of
from structure.reading.shape import Content, Mandate
from structure.rule import Authority, Case, Delegation
from structure.things import UNKNOWN
from structure.timeline import Attempt, PlanCircle, Planned, PlanRefused, attempt

ASSUMED: Final = "assumed: "
"""How a method begins that no source gives."""
AD_REFERENDUM: Final = "ad_referendum"
IN_A_CIRCLE: Final = "operations_do_not_wait_in_a_circle"
"""The claim that fails for operations of one date that each need another to be done first."""


@dataclass(frozen=True, slots=True)
class CaseFile:
    """What a file says, under one set of ids, and the plan it amounts to.

    `content` is the whole file in its own shape: mandates, lineage, proposal, order, plan against actual, reports owed.
    """

    content: Content
    before: Organisation
    target: Organisation | None
    planned: tuple[Planned, ...]
    same: Mapping[str, str] = field(default_factory=dict)
    """Id before -> id after, of units that are the same under another id."""
    authority: Authority | None = None
    delegations: tuple[Delegation, ...] = ()
    due_on: date | None = None
    submitted_on: date | None = None
    adopted_on: date | None = None
    shown_on: date | None = None
    """The day of which the file shows the structure before, if it says one to the day."""

    def attempt(self) -> Attempt:
        """What comes of the plan. Operations that wait for each other in a circle that cannot be cut are refused too."""
        stuck: set[str] = set()
        while True:
            try:
                made = attempt(self.before, (one for one in self.planned if one.id not in stuck))
            except PlanCircle as circle:
                stuck.update(str(circle.params["operations"]).split(", "))
            else:
                waiting = (one for one in self.planned if one.id in stuck)
                refused = (PlanRefused(one, OperationRefused(IN_A_CIRCLE, one.id)) for one in waiting)
                return replace(made, refused=(*made.refused, *refused))

    def case(self, made: Attempt) -> Case:
        """The plan with all it is judged by."""
        return Case(
            before=self.before,
            attempt=made,
            target=self.target,
            authority=self.authority,
            delegations=self.delegations,
            decided_ad_referendum=self.authority is not None and self.authority.method == AD_REFERENDUM,
            due_on=self.due_on,
            submitted_on=self.submitted_on,
            adopted_on=self.adopted_on,
            shown_on=self.shown_on,
        )

    def with_planned(self, more: Iterable[Planned]) -> "CaseFile":
        """The same with operations added, as a second version of its proposal would."""
        return replace(self, planned=(*self.planned, *more))


def read_case(text: str, format: Format, rules: StructureRules, *, effect_on: date | None = None) -> CaseFile:
    """A case file from YAML or JSON, in the shape of version 1.

    `effect_on` is the assumed day of effect of operations for which the file gives none; left out, the rules' own. Raises
    CaseFileRefused with every fault of the first stage that has any (text, shape, references, operations), and
    EffectDateUnknown.
    """
    data = content_of(text, format)
    try:
        content = Content.model_validate(data)
    except ValidationError as wrong:
        raise CaseFileRefused(with_lines(_top(data, noticed(wrong, data)), text)) from None
    faults = [*faults_of(content, data), *faults_of_identity(content)]
    if faults:
        raise CaseFileRefused(with_lines(faults, text))
    try:
        return _case(content, rules.assumed or Assumed(), effect_on)
    except CaseFileRefused as refused:
        raise CaseFileRefused(with_lines(refused.faults, text)) from None


def _top(data: object, faults: Iterable[Fault]) -> Iterable[Fault]:
    """A text that is no list of keys at all is one fault, not one a key."""
    return faults if isinstance(data, dict) else [Fault("wrong_group")]


def _case(content: Content, assumed: Assumed, effect_on: date | None) -> CaseFile:
    identity = Identity.of(content)
    before, target = before_of(content, identity), target_of(content, identity)
    versions = content.proposal.versions if content.proposal else ()
    approval = content.proposal.approval if content.proposal else None
    return CaseFile(
        content,
        before,
        target,
        planned(content, before, target, _effect(content, assumed, effect_on)),
        identity.same,
        _authority(content, assumed, identity),
        tuple(_delegations(content, assumed)),
        day_of(versions[0].due) if versions else None,
        day_of(versions[0].submitted_on) if versions else None,
        day_of(approval.decided_on) if approval else None,
        day_of(content.structure_before.as_of),
    )


def _effect(content: Content, assumed: Assumed, given: date | None) -> Effect:
    """The order's own day, or the day somebody gives, or the pack's."""
    order = content.proposal.executive_order if content.proposal else None
    stated = day_of(order.effective_on) if order else None
    if stated is not None:
        return Effect(stated, assumed=False)
    return Effect(given or (assumed.effect.day if assumed.effect else None), assumed=True)


def _authority(content: Content, assumed: Assumed, identity: Identity) -> Authority | None:
    approval = content.proposal.approval if content.proposal else None
    if approval is None:
        return None
    stated = approval.method.value if approval.method else UNKNOWN
    usual = assumed.method.name if assumed.method else None
    method = f"{ASSUMED}{usual}" if stated == UNKNOWN and usual else stated
    return Authority(approval.body, day_of(approval.decided_on), method, _scope(content, assumed, identity))


def _scope(content: Content, assumed: Assumed, identity: Identity) -> frozenset[str]:
    """The units that the mandates of the proposal name; a limit in prose is what the pack says it is."""
    bases = _implemented(content)
    named = {identity.now(unit) for mandate in bases for unit in mandate.scope}
    if any(mandate.scope_limit and not mandate.scope for mandate in bases) and assumed.scope:
        named.update(assumed.scope.names)
    return frozenset(named)


def _implemented(content: Content) -> list[Mandate]:
    proposal = content.proposal.id if content.proposal else None
    ids = {link.to for link in content.mandate_lineage if link.from_ == proposal and link.type == "implements"}
    return [mandate for mandate in content.mandates if mandate.id in ids]


def _delegations(content: Content, assumed: Assumed) -> Iterable[Delegation]:
    """Each power that one body gave another, with its classes of acts; one whose classes nobody names gives none."""
    made: dict[Delegation, None] = {}
    for mandate in content.mandates:
        mapped = assumed.delegations.get(mandate.id)
        for given in mandate.delegations:
            classes = given.classes or frozenset(mapped.names if mapped else ())
            since = day_of(given.from_) or day_of(mandate.adopted_on)
            if classes and since is not None:
                made[Delegation(mandate.issued_by, given.to, classes, since, day_of(given.until), mandate.symbol)] = None
    return made
