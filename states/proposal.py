"""A proposal: a change of the house, from the secretariat's draft through the organ that decides to the order in force.

A committee recommends and the organ decides; an adopted text becomes real only through a signed order that carries
it. An order may be revised while it stands (Executive Order 08-01 Rev. 8, then Rev. 9): that is the move `reissue`,
which changes no stage.
"""

from dataclasses import dataclass
from enum import StrEnum

from states.table import Clock, Facts, Move, Owner, Stage, StateTable, event, from_each


class State(StrEnum):
    """Where a proposal can rest."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    IN_COMMITTEE = "in_committee"
    IN_DRAFTING_GROUP = "in_drafting_group"
    TABLED = "tabled"
    DEFERRED = "deferred"
    RETURNED_WITH_INSTRUCTIONS = "returned_with_instructions"
    ADOPTED = "adopted"
    ADOPTED_IN_PART = "adopted_in_part"
    ADOPTED_AD_REFERENDUM = "adopted_ad_referendum"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    TAKEN_NOTE_OF = "taken_note_of"
    ORDER_DRAFTED = "order_drafted"
    ORDER_ISSUED = "order_issued"
    IN_FORCE = "in_force"
    COMPLETED = "completed"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True)
class ProposalFacts(Facts):
    """What must be shown before a proposal may move."""

    decision_recorded: bool = False
    """For this very move, not an earlier one: body, date, instrument, and the method or that it is unknown."""
    awaits_confirmation: bool = False
    """Adopted ad referendum and not confirmed since."""
    order_signed: bool = False
    order_carries_adopted_text: bool = False
    successor_registered: bool = False
    structure_sound: bool = False
    """No rule about the structure itself blocks the newest version, and its warnings are waived; or it changes no structure."""
    plan_may_be_decided: bool = False
    """The same of all rules: authority, scope, what is declared, and dates among them."""
    operations_adopted: bool = False
    """Every operation of the order is one that was adopted; or none was."""
    order_sound: bool = False
    """What is ordered blocks nothing on the house as it is known today."""
    may_be_admitted: bool = False
    """No wait for texts of its kind keeps it from being put before the organ."""
    came_out_so: bool = False
    """What was put to the body here and is over says what is now decided; or nothing was put to it here."""
    nothing_open: bool = False
    """No vote and no silence about it is under way."""
    not_voted_on: bool = False
    """No vote on it was opened yet."""


def a_decision_is_recorded(facts: ProposalFacts) -> bool:
    """The organ's decision is on record: body, date, instrument, and its method or that nobody knows it."""
    return facts.decision_recorded


def it_was_adopted_ad_referendum(facts: ProposalFacts) -> bool:
    """It was adopted subject to confirmation by a higher organ, which has not come yet."""
    return facts.awaits_confirmation


def the_order_is_signed(facts: ProposalFacts) -> bool:
    """The order has a signer and a date."""
    return facts.order_signed


def the_order_carries_the_adopted_text(facts: ProposalFacts) -> bool:
    """The order's text is the text that was adopted, by its hash (`structure.md` 5.7)."""
    return facts.order_carries_adopted_text


def the_structure_it_makes_is_sound(facts: ProposalFacts) -> bool:
    """Of I1 to I8 and I12 to I14 nothing blocks, and every warning has a waiver that holds today (`structure.md` 5.7)."""
    return facts.structure_sound


def the_plan_may_be_decided(facts: ProposalFacts) -> bool:
    """Of all rules nothing blocks, and every warning has a waiver that holds today: also of I9 to I11."""
    return facts.plan_may_be_decided


def every_operation_was_adopted(facts: ProposalFacts) -> bool:
    """The order does nothing to the structure that the organ did not adopt."""
    return facts.operations_adopted


def what_is_ordered_blocks_nothing(facts: ProposalFacts) -> bool:
    """Nothing of what is ordered is blocked by what became known since it was adopted."""
    return facts.order_sound


def it_may_be_admitted(facts: ProposalFacts) -> bool:
    """It went out in time before the session, or the organ admits it late by its majority."""
    return facts.may_be_admitted


def it_came_out_so(facts: ProposalFacts) -> bool:
    """Where the body voted or agreed here, the decision names that and says the same; a vote held elsewhere has a source."""
    return facts.came_out_so


def nothing_is_under_way(facts: ProposalFacts) -> bool:
    """No vote about it is open and no silence runs."""
    return facts.nothing_open


def it_was_not_put_to_the_vote(facts: ProposalFacts) -> bool:
    """No vote on it was opened yet (Rules of Procedure of the General Assembly, art. 55)."""
    return facts.not_voted_on


def the_other_proposal_is_registered(facts: ProposalFacts) -> bool:
    """The proposal that takes this one's place is in the register."""
    return facts.successor_registered


S = State
BEFORE_A_VOTE = (
    S.DRAFT,
    S.SUBMITTED,
    S.IN_COMMITTEE,
    S.IN_DRAFTING_GROUP,
    S.TABLED,
    S.DEFERRED,
    S.RETURNED_WITH_INSTRUCTIONS,
)
ADOPTED = (S.ADOPTED, S.ADOPTED_IN_PART, S.ADOPTED_AD_REFERENDUM)
CARRIED_OUT = (S.ORDER_DRAFTED, S.ORDER_ISSUED, S.IN_FORCE)
PUT_TO_A_BODY = (S.TABLED,)
"""Where a body may be asked to decide; to confirm what was adopted ad referendum: in those below."""
TO_BE_CONFIRMED = (S.ADOPTED_AD_REFERENDUM, *CARRIED_OUT)
UNDER_WAY = (S.SUBMITTED, S.IN_COMMITTEE, S.IN_DRAFTING_GROUP, S.TABLED, S.DEFERRED)
"""Where a body may lift a wait."""
BEFORE_THE_ORGAN = (S.IN_COMMITTEE, S.IN_DRAFTING_GROUP, S.TABLED, S.DEFERRED)
IDLE = (nothing_is_under_way,)
DECIDED = (a_decision_is_recorded, it_came_out_so, nothing_is_under_way)
CONFIRMED = (a_decision_is_recorded, it_came_out_so, nothing_is_under_way, it_was_adopted_ad_referendum)
TO_THE_ORGAN = (the_plan_may_be_decided, it_may_be_admitted)
NOTED = (a_decision_is_recorded, nothing_is_under_way)
TRUE_ORDER = (
    the_order_is_signed,
    the_order_carries_the_adopted_text,
    every_operation_was_adopted,
    what_is_ordered_blocks_nothing,
)

STAGES = (
    Stage(S.DRAFT, Owner.UNIT),
    Stage(S.SUBMITTED, Owner.BODY),
    Stage(S.IN_COMMITTEE, Owner.BODY),
    Stage(S.IN_DRAFTING_GROUP, Owner.BODY),
    Stage(S.TABLED, Owner.BODY),
    Stage(S.DEFERRED, Owner.BODY),
    Stage(S.RETURNED_WITH_INSTRUCTIONS, Owner.UNIT),
    Stage(S.ADOPTED, Owner.UNIT),
    Stage(S.ADOPTED_IN_PART, Owner.UNIT),
    Stage(S.ADOPTED_AD_REFERENDUM, Owner.BODY),
    Stage(S.REJECTED, final=True),
    Stage(S.WITHDRAWN, final=True),
    Stage(S.TAKEN_NOTE_OF, final=True),
    Stage(S.ORDER_DRAFTED, Owner.UNIT),
    Stage(S.ORDER_ISSUED, Owner.UNIT),
    Stage(S.IN_FORCE, Owner.UNIT),
    Stage(S.COMPLETED, final=True),
    Stage(S.SUPERSEDED, final=True),
)

MOVES = (
    # trigger, from, to, only if
    *from_each((S.DRAFT, S.RETURNED_WITH_INSTRUCTIONS), "submit", S.SUBMITTED, only_if=(the_structure_it_makes_is_sound,)),
    *from_each((S.SUBMITTED, S.DEFERRED), "refer_to_committee", S.IN_COMMITTEE),
    *from_each((S.SUBMITTED, S.IN_COMMITTEE), "refer_to_drafting_group", S.IN_DRAFTING_GROUP),
    Move("return_to_committee", S.IN_DRAFTING_GROUP, S.IN_COMMITTEE),
    Move("return_to_committee", S.TABLED, S.IN_COMMITTEE, IDLE),
    *from_each((S.SUBMITTED, S.IN_COMMITTEE, S.IN_DRAFTING_GROUP), "table", S.TABLED, only_if=TO_THE_ORGAN),
    Move("defer", S.TABLED, S.DEFERRED, IDLE),
    Move("take_up", S.DEFERRED, S.TABLED),
    Move("return_with_instructions", S.IN_COMMITTEE, S.RETURNED_WITH_INSTRUCTIONS),
    Move("return_with_instructions", S.TABLED, S.RETURNED_WITH_INSTRUCTIONS, IDLE),
    Move("adopt", S.TABLED, S.ADOPTED, DECIDED),
    Move("adopt_in_part", S.TABLED, S.ADOPTED_IN_PART, DECIDED),
    Move("adopt_ad_referendum", S.TABLED, S.ADOPTED_AD_REFERENDUM, DECIDED),
    Move("confirm", S.ADOPTED_AD_REFERENDUM, S.ADOPTED, CONFIRMED),
    # What is adopted ad referendum is in force at once (CP/RES. 760), so confirmation may come when the order already
    # stands.
    *from_each(CARRIED_OUT, "confirm", only_if=CONFIRMED),
    *from_each((S.TABLED, S.ADOPTED_AD_REFERENDUM), "reject", S.REJECTED, only_if=DECIDED),
    Move("take_note", S.TABLED, S.TAKEN_NOTE_OF, NOTED),
    # Rules of Procedure of the General Assembly, art. 55: a proposal may be withdrawn before it has been put to the
    # vote.
    *from_each(BEFORE_A_VOTE, "withdraw", S.WITHDRAWN, only_if=(it_was_not_put_to_the_vote, nothing_is_under_way)),
    *from_each((*BEFORE_THE_ORGAN, *ADOPTED), "register_note"),
    *from_each(ADOPTED, "draft_order", S.ORDER_DRAFTED),
    Move("issue_order", S.ORDER_DRAFTED, S.ORDER_ISSUED, TRUE_ORDER),
    *from_each((S.ORDER_ISSUED, S.IN_FORCE), "reissue", only_if=TRUE_ORDER),
    # From in force: a revision takes effect; the stage stays.
    *from_each((S.ORDER_ISSUED, S.IN_FORCE), "enter_into_force", S.IN_FORCE),
    # An order may give no date of effect (08-01 Rev. 8): a person notes it on what shows it, such as an annual report.
    Move("note_in_force", S.ORDER_ISSUED, S.IN_FORCE),
    Move("report_implementation", S.IN_FORCE, S.IN_FORCE),
    Move("complete", S.IN_FORCE, S.COMPLETED),
    *from_each((*ADOPTED, *CARRIED_OUT), "supersede", S.SUPERSEDED, only_if=(the_other_proposal_is_registered,)),
)

CLOCKS = (
    Clock("drafting", starts_on=(S.DRAFT,), stops_on=("submit",)),
    Clock("draft_review", starts_on=(S.DRAFT,), stops_on=("submit",)),
    Clock("referral", starts_on=(S.SUBMITTED,), stops_on=("refer_to_committee", "refer_to_drafting_group", "table")),
    Clock("committee", starts_on=(S.IN_COMMITTEE,),
          stops_on=("refer_to_drafting_group", "table", "return_with_instructions")),
    Clock("drafting_group", starts_on=(S.IN_DRAFTING_GROUP,), stops_on=("return_to_committee", "table")),
    Clock("vote", starts_on=(S.TABLED,),
          stops_on=("adopt", "adopt_in_part", "adopt_ad_referendum", "reject", "take_note", "return_with_instructions"),
          ends_in=(S.DEFERRED, S.IN_COMMITTEE)),
    Clock("deferral", starts_on=(S.DEFERRED,), stops_on=("take_up", "refer_to_committee")),
    Clock("resubmission", starts_on=(S.RETURNED_WITH_INSTRUCTIONS,), stops_on=("submit",)),
    Clock("confirmation", starts_on=(event("adopt_ad_referendum"),), stops_on=("confirm", "reject")),
    Clock("order", starts_on=ADOPTED, stops_on=("draft_order",)),
    Clock("issue", starts_on=(S.ORDER_DRAFTED,), stops_on=("issue_order",)),
    # A clock lapses on the day after its due day, so the day given here is the last one before the order takes
    # effect. Each revision brings its own; an order that gives no date is watched by the duty `effect_date`.
    Clock("effective", starts_on=(S.ORDER_ISSUED, event("reissue")), stops_on=("reissue",), lapse="enter_into_force"),
    Clock("effect_date", starts_on=(S.ORDER_ISSUED, event("reissue")), stops_on=("reissue", "enter_into_force", "note_in_force")),
    Clock("implementation", starts_on=(S.IN_FORCE,), stops_on=("report_implementation",), repeats=True),
)  # fmt: skip

PROPOSAL = StateTable(
    kind="proposal",
    facts=ProposalFacts,
    initial=S.DRAFT,
    stages=STAGES,
    moves=MOVES,
    clocks=CLOCKS,
    emits=(
        "submit",
        "adopt",
        "adopt_in_part",
        "adopt_ad_referendum",
        "issue_order",
        "reissue",
        "enter_into_force",
        "note_in_force",
        "complete",
    ),
)
