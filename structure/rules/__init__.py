"""One file an invariant. Add one: its file, and its classes in STATE_RULES or PLAN_RULES."""

from structure.rule import PlanRule, StateRule, TimelineRule
from structure.rules.i01_exactly_once import FunctionWithoutOwner, FunctionWithTwoOwners
from structure.rules.i02_no_orphan import DisposedOfTwice, EndedWithoutAuthority, LeftWithEndedUnit, OwedByNone
from structure.rules.i03_conservation import FunctionFromNowhere, FunctionLost
from structure.rules.i04_acyclic import UnitsInACircle, UnitUnderNone
from structure.rules.i05_heads import MatterUnderTwoHeads, TwoHeadsNotAllowed, TwoHeadsUndivided, UnitWithoutHead
from structure.rules.i06_rank import EqualBelowEqual, EqualsOfUnequalRank
from structure.rules.i07_containment import UnitOutlivesItsHeads
from structure.rules.i08_succession import (
    AbolishedWithoutReason,
    SplitWithoutPrimary,
    SuccessorIsNotThere,
    TooFewSuccessors,
    TooManySuccessors,
)
from structure.rules.i09_authority import AwaitsConfirmation, BodyWithoutPower, DecisionUnknown
from structure.rules.i10_scope import OutsideMandate
from structure.rules.i11_declared import (
    ChangeNotShown,
    OperationNotPossible,
    OperationWithoutEffect,
    UndeclaredBeginning,
    UndeclaredChange,
    UndeclaredEnd,
)
from structure.rules.i12_duplication import FunctionsNearEqual, InstrumentOfTwoUnits
from structure.rules.i13_posts import PostsOfFundChange
from structure.rules.i14_independence import OverseerUnderWhomItOversees, OverseerWithoutOrgan
from structure.rules.i15_clocks import EffectiveBeforeAdoption, EffectiveBeforeShown, SubmissionUnknown, SubmittedLate
from structure.rules.i16_unknown import FunctionFieldUnknown, PostFieldUnknown, UnitFieldUnknown

STATE_RULES: tuple[StateRule | TimelineRule, ...] = (
    FunctionWithoutOwner(),
    FunctionWithTwoOwners(),
    UnitsInACircle(),
    UnitUnderNone(),
    UnitWithoutHead(),
    TwoHeadsNotAllowed(),
    TwoHeadsUndivided(),
    MatterUnderTwoHeads(),
    EqualsOfUnequalRank(),
    EqualBelowEqual(),
    UnitOutlivesItsHeads(),
    FunctionsNearEqual(),
    InstrumentOfTwoUnits(),
    OverseerWithoutOrgan(),
    OverseerUnderWhomItOversees(),
    UnitFieldUnknown(),
    FunctionFieldUnknown(),
    PostFieldUnknown(),
)
PLAN_RULES: tuple[PlanRule, ...] = (
    LeftWithEndedUnit(),
    DisposedOfTwice(),
    EndedWithoutAuthority(),
    OwedByNone(),
    FunctionLost(),
    FunctionFromNowhere(),
    TooFewSuccessors(),
    TooManySuccessors(),
    SplitWithoutPrimary(),
    SuccessorIsNotThere(),
    AbolishedWithoutReason(),
    DecisionUnknown(),
    BodyWithoutPower(),
    AwaitsConfirmation(),
    OutsideMandate(),
    UndeclaredBeginning(),
    UndeclaredEnd(),
    UndeclaredChange(),
    ChangeNotShown(),
    OperationWithoutEffect(),
    OperationNotPossible(),
    PostsOfFundChange(),
    SubmittedLate(),
    SubmissionUnknown(),
    EffectiveBeforeAdoption(),
    EffectiveBeforeShown(),
)
