"""A mediation: two sides talk with the help of somebody who takes no side, if both agree to. 0..n a complaint, one at a time.

What each side answers is not in this table: only whether both agreed. Her answer is sealed in her own case until the round is
over, and gone then; a no of the other side is not written down at all. So the same acts lead to `not_taken_up`, whoever
declined (`docs/decisions/0058-mediation.md`). She stops it by an act of her own; nothing here pauses a clock of her case.
"""

from dataclasses import dataclass
from enum import StrEnum

from states.counting import Counted, Mark
from states.table import Clock, Facts, Move, Owner, Stage, StateTable, from_each


class State(StrEnum):
    """Where a mediation can rest."""

    PROPOSED = "proposed"
    ANSWERED = "answered"
    """She answered, yes or no."""
    ASKING = "asking"
    """The office acted on her answer: with her yes the other side is asked, with her no nobody is."""
    AGREED = "agreed"
    MEDIATOR_CHOSEN = "mediator_chosen"
    IN_SESSIONS = "in_sessions"
    SETTLED = "settled"
    PARTLY_SETTLED = "partly_settled"
    NOT_TAKEN_UP = "not_taken_up"
    NOT_SETTLED = "not_settled"
    STOPPED = "stopped"
    KEPT = "kept"
    NOT_KEPT = "not_kept"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class MediationFacts(Facts):
    """What must be shown before a mediation may move. "She" is the person whose case it grew out of."""

    goes_out_as_answered: bool = False
    """Her answer is there and can be opened: with her yes exactly the text before her goes to its receiver, else nothing."""
    both_agree: bool = False
    """Her newest answer is yes, and so is the other side's."""
    time_to_answer_over: bool = False
    """The last day on which the other side could answer has passed; it runs also where nobody was asked."""
    mediator_named: bool = False
    """One person of the office who has a seat here, or one from outside; not both."""
    conflict_checked: bool = False
    """Whoever chose says that a conflict was looked for and none was found."""
    settlement_on_file: bool = False
    outcome_on_file: bool = False
    ground_given: bool = False


def only_what_she_agreed_to_goes_out(facts: MediationFacts) -> bool:
    """With her yes exactly the text she agreed to, without it nothing."""
    return facts.goes_out_as_answered


def both_sides_agree(facts: MediationFacts) -> bool:
    """Both sides said yes. It does not say which one did not."""
    return facts.both_agree


def the_time_to_answer_is_over(facts: MediationFacts) -> bool:
    """Nobody can read from the day on which it ends who said no."""
    return facts.time_to_answer_over


def a_mediator_is_named(facts: MediationFacts) -> bool:
    """It says who mediates."""
    return facts.mediator_named


def no_conflict_was_found(facts: MediationFacts) -> bool:
    """Somebody looked whether whoever mediates has a part in it."""
    return facts.conflict_checked


def the_settlement_is_on_file(facts: MediationFacts) -> bool:
    """What both sides settled on is written down."""
    return facts.settlement_on_file


def the_outcome_is_on_file(facts: MediationFacts) -> bool:
    """Whether both kept to it, and how, is written down."""
    return facts.outcome_on_file


def a_ground_is_given(facts: MediationFacts) -> bool:
    """It says why the office looks at the settlement no more."""
    return facts.ground_given


S = State
ROUND = (S.PROPOSED, S.ANSWERED, S.ASKING)
"""Nobody agreed to anything yet: she can answer, and answer otherwise."""
UNDER_WAY = (S.AGREED, S.MEDIATOR_CHOSEN, S.IN_SESSIONS)
"""Both agreed: each can stop it at any time, without a reason."""
SETTLEMENT = (S.SETTLED, S.PARTLY_SETTLED)
LIVE = (*ROUND, *UNDER_WAY, *SETTLEMENT)
MEDIATOR = (a_mediator_is_named, no_conflict_was_found)
TERMS = (the_settlement_is_on_file,)
OUTCOME = (the_outcome_is_on_file,)

STAGES = (
    Stage(S.PROPOSED, Owner.VISITOR),
    Stage(S.ANSWERED, Owner.OFFICE),
    Stage(S.ASKING, Owner.ADDRESSEE),
    *(Stage(going, Owner.OFFICE) for going in (*UNDER_WAY, *SETTLEMENT)),
    *(Stage(end, final=True) for end in (S.NOT_TAKEN_UP, S.NOT_SETTLED, S.STOPPED, S.KEPT, S.NOT_KEPT, S.CLOSED)),
)

MOVES = (
    # trigger, from, to, only if
    Move("take_answer", S.PROPOSED, S.ANSWERED),
    Move("pass_unanswered", S.PROPOSED, S.NOT_TAKEN_UP),
    Move("act_on_answer", S.ANSWERED, S.ASKING, (only_what_she_agreed_to_goes_out,), discloses=True),
    Move("agree", S.ASKING, S.AGREED, (both_sides_agree,)),
    Move("note_no_agreement", S.ASKING, S.NOT_TAKEN_UP, (the_time_to_answer_is_over,)),
    *from_each(UNDER_WAY, "choose_mediator", S.MEDIATOR_CHOSEN, only_if=MEDIATOR),
    *from_each((S.MEDIATOR_CHOSEN, S.IN_SESSIONS), "hold_session", S.IN_SESSIONS),
    Move("settle", S.IN_SESSIONS, S.SETTLED, TERMS),
    Move("settle_in_part", S.IN_SESSIONS, S.PARTLY_SETTLED, TERMS),
    Move("end_unsettled", S.IN_SESSIONS, S.NOT_SETTLED),
    *from_each(UNDER_WAY, "stop", S.STOPPED),
    *from_each(SETTLEMENT, "check_settlement"),
    *from_each(SETTLEMENT, "confirm_kept", S.KEPT, only_if=OUTCOME),
    *from_each(SETTLEMENT, "note_not_kept", S.NOT_KEPT, only_if=OUTCOME),
    *from_each(SETTLEMENT, "close", S.CLOSED, only_if=(a_ground_is_given,)),
    *from_each(LIVE, "end_with_case", S.CLOSED),
)  # fmt: skip

CLOCKS = (
    # her silence ends it: nothing was passed on, and her yes cannot be lost because somebody was late
    Clock("first_answer", starts_on=(S.PROPOSED,), stops_on=("take_answer",), lapse="pass_unanswered"),
    Clock("acting_on_answer", starts_on=(S.ANSWERED,), stops_on=("act_on_answer",)),
    # no lapse: a yes that came in time is not lost because nobody wrote it down
    Clock("second_answer", starts_on=(S.ASKING,), stops_on=("agree", "note_no_agreement")),
    Clock("choosing_mediator", starts_on=(S.AGREED,), stops_on=("choose_mediator", "stop")),
    Clock("first_session", starts_on=(S.MEDIATOR_CHOSEN,), stops_on=("hold_session", "stop")),
    Clock("next_session", starts_on=(S.IN_SESSIONS,),
          stops_on=("hold_session", "settle", "settle_in_part", "end_unsettled", "stop"),
          ends_in=(S.MEDIATOR_CHOSEN, *SETTLEMENT), repeats=True),
    Clock("settlement_check", starts_on=SETTLEMENT, stops_on=("check_settlement",), repeats=True),
)  # fmt: skip

COUNTED = Counted(
    measure="mediations",
    track="mediation",
    open_in=LIVE,
    outcomes=(
        ("pass_unanswered", "not_taken_up"),
        ("note_no_agreement", "not_taken_up"),
        ("end_unsettled", "not_settled"),
        ("stop", "stopped"),
        ("confirm_kept", "kept"),
        ("note_not_kept", "not_kept"),
        ("close", "closed"),
        ("end_with_case", "ended_with_case"),
    ),
    marks=(
        Mark("agreed", ("agree",)),
        Mark("settled", ("settle",)),
        Mark("partly_settled", ("settle_in_part",)),
        Mark("not_settled", ("end_unsettled",)),
        Mark("stopped", ("stop",)),
        Mark("settlement_kept", ("confirm_kept",)),
        Mark("settlement_not_kept", ("note_not_kept",)),
    ),
    duties=("acting_on_answer", "second_answer", "choosing_mediator", "first_session", "next_session", "settlement_check"),
)

MEDIATION = StateTable(
    kind="mediation",
    facts=MediationFacts,
    initial=S.PROPOSED,
    stages=STAGES,
    moves=MOVES,
    clocks=CLOCKS,
    sealed=True,
    consent_facts=("goes_out_as_answered",),
    listens=(
        ("complaint.propose_mediation", "open"),
        ("complaint.answer_mediation", "take_answer"),
        ("complaint.stop_mediation", "stop"),
        ("complaint.withdraw_stop", "end_with_case"),
        ("complaint.withdraw_leave", "end_with_case"),
        ("complaint.withdraw_forget", "end_with_case"),
    ),
    counted=COUNTED,
)
