"""The shape of a case file, second half: what led to a structure and what came of it. Nothing in it is free-form."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Discriminator, Field, NonNegativeInt, PositiveInt, Tag

from structure.reading.pieces import Id, Listed, Piece, Prose, Reference, Stated, Symbol, When, Word
from structure.reading.shape_structure import Act, OwnAct, Structure, which_act
from structure.things import UNKNOWN


class Source(Piece):
    """Something that was read."""

    what: Prose | None = None
    url: Prose | None = None


class Body(Piece):
    """An organ or committee. `parent`: to which it reports, for the lineage of mandates only."""

    id: Id
    name: Prose
    kind: Word
    parent: Id | None = None


class Alias(Piece):
    """The same document under another symbol."""

    symbol: Symbol


class MandateTask(Piece):
    """What a mandate asks somebody to do, by when, for whom."""

    id: Id
    action: Prose
    due: Stated[When] | None = None
    recipient: Id | None = None
    addressee: Prose | None = None


class Delegation(Piece):
    """A power given to another body. `classes`: of which acts; left out, the pack may say."""

    to: Id
    power: Prose
    classes: frozenset[Id] = frozenset()
    from_: Stated[When] | None = Field(default=None, alias="from")
    until: Stated[When] | None = None


class Sunset(Piece):
    """How long an authorisation lasts, and how much it covers."""

    from_: When = Field(alias="from")
    days: PositiveInt
    cap: Mapping[Word, NonNegativeInt] = {}


class Mandate(Piece):
    """An instruction of a body, by symbol."""

    id: Id
    symbol: Symbol
    aliases: tuple[Alias, ...] = ()
    title: Stated[Prose] | None = None
    issued_by: Reference = UNKNOWN
    adopted_on: Stated[When] | None = None
    adopted_by: Stated[Word] | None = None
    kind: Word | None = None
    addressee: Prose | None = None
    section: Stated[Prose] | None = None
    operative_paragraph_count: Stated[NonNegativeInt] | None = None
    tasks: tuple[MandateTask, ...] = ()
    delegations: tuple[Delegation, ...] = ()
    scope_limit: Prose | None = None
    scope: frozenset[Id] = frozenset()
    sunset: Sunset | None = None


class Link(Piece):
    """How one document stands to another."""

    from_: Id = Field(alias="from")
    to: Id
    type: Literal["bases", "implements", "cites", "delegates", "approves", "executes", "supersedes"]


class Version(Piece):
    """One text of a proposal."""

    id: Id
    submitted_on: Stated[When] | None = None
    due: Stated[When] | None = None
    dated: Stated[When] | None = None
    presented_by: Prose | None = None


class DesignRule(Piece):
    """A rule that the proposal sets itself."""

    id: Id
    rule: Prose


class Approval(Piece):
    """Who decided, when and how."""

    body: Reference
    decided_on: Stated[When] | None = None
    instrument: Id | None = None
    method: Stated[Word] | None = None
    reservations: Stated[Prose] | None = None


class ExecutiveOrder(Piece):
    """The order that carries a decision out."""

    id: Id
    symbol: Symbol
    supersedes: Symbol | None = None
    issued_on: Stated[When] | None = None
    effective_on: Stated[When] | None = None
    authority: tuple[Prose, ...] = ()


class Proposal(Piece):
    """A proposal, its versions, its decision, its order."""

    id: Id
    title: Prose
    proposer: Prose | None = None
    versions: tuple[Version, ...] = ()
    demands: tuple[Word, ...] = ()
    aims: tuple[Word, ...] = ()
    design_rules: tuple[DesignRule, ...] = ()
    approval: Approval | None = None
    executive_order: ExecutiveOrder | None = None


class SameUnit(Piece):
    """What became of a unit that was there before."""

    before: Id | None = None
    after: Id | None = None
    kind: Literal[
        "renamed", "rename_and_expand", "rename_or_replace", "moves_with_parent", "moved",
        "replaced", "merged", "split", "functions_absorbed", "eliminated",
    ]  # fmt: skip


class PlanAndActual(Piece):
    """What was planned, and the names a later report shows. `actual` is prose."""

    item: Prose
    plan: tuple[Id, ...] = ()
    actual: tuple[Prose, ...] = ()


class Happening(Piece):
    """What happened on a day."""

    date: When
    what: Prose


class Reporting(Piece):
    """A report that somebody owes."""

    id: Id
    name: Prose
    every: Word
    owner: Id | None = None
    recipient: Id | None = None
    lag: Prose | None = None


class AuditReport(Piece):
    """A report of auditors."""

    body: Id
    for_year: PositiveInt | None = None
    presented_on: Stated[When] | None = None
    recommendation_count: NonNegativeInt | None = None


class AuditFollowUp(Piece):
    """What auditors asked for."""

    report: AuditReport | None = None
    topics: tuple[Word, ...] = ()


class Pipeline(Piece):
    """The way of a new initiative."""

    stages_in_source: tuple[Word, ...] = ()
    originators: tuple[Word, ...] = ()


class Initiative(Piece):
    """Something the coordinating office offers."""

    name: Prose
    description: Prose | None = None
    expected_outcome: Prose | None = None


class Engagement(Piece):
    """How a member state takes part. The period is not stated, so it is not kept."""

    member_state: Prose
    initiatives: NonNegativeInt
    feedback: Word


class FeedbackScale(Piece):
    """The words feedback is given in."""

    seen: tuple[Word, ...] = ()
    implied: tuple[Word, ...] = ()


class CoordinatingOffice(Piece):
    """The office for the offices in the member states."""

    name_in_source: Prose | None = None
    unit: Id | None = None
    conflict: Prose | None = None
    country_offices: Stated[NonNegativeInt] | None = None
    initiatives: tuple[Initiative, ...] = ()
    mechanisms: tuple[Word, ...] = ()
    workshop_topics: tuple[Word, ...] = ()
    engagement: tuple[Engagement, ...] = ()
    feedback_scale: FeedbackScale | None = None


class Coordinator(Piece):
    """Who holds a course, as its source names it."""

    name_in_source: Prose
    unit: Id | None = None
    unit_src: Listed[Prose] = ()


class Course(Piece):
    """One edition of a course that a mandate asks for."""

    id: Id
    title: Prose
    edition: PositiveInt | None = None
    reference: Symbol | None = None
    held_on: Stated[When] | None = None
    modality: Word | None = None
    announced_participants: Stated[NonNegativeInt] | None = None
    participants: Stated[NonNegativeInt] | None = None
    languages: tuple[Word, ...] = ()
    mandate: Id | None = None
    mandate_text: Stated[Prose] | None = Field(None, repr=False)
    coordinator: Coordinator | None = None
    coordinator_also: Prose | None = None
    framework_body: Id | None = None
    audience: tuple[Word, ...] = ()
    topics: tuple[Word, ...] = ()
    speakers: Stated[NonNegativeInt] | None = None


AnyAct = Annotated[Annotated[Act, Tag("act")] | Annotated[OwnAct, Tag("own")], Discriminator(which_act)]


class Content(Piece):
    """Everything a case file says, in the shape of version 1."""

    schema_version: Literal[1]
    sources: Mapping[Word, Source] = {}
    bodies: tuple[Body, ...] = ()
    mandates: tuple[Mandate, ...] = ()
    mandate_lineage: tuple[Link, ...] = ()
    proposal: Proposal | None = None
    structure_before: Structure = Structure()
    structure_after: Structure | None = None
    operations: tuple[AnyAct, ...] = ()
    identity_map: tuple[SameUnit, ...] = ()
    plan_vs_actual: tuple[PlanAndActual, ...] = ()
    timeline: tuple[Happening, ...] = ()
    reporting: tuple[Reporting, ...] = ()
    auditor_follow_up: AuditFollowUp | None = None
    new_initiatives_pipeline: Pipeline | None = None
    coordinating_office: CoordinatingOffice | None = None
    training: tuple[Course, ...] = ()
