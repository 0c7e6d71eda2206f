"""One file an invariant. Add one: its file, and its classes in STATE_RULES or PLAN_RULES."""

from structure.rule import PlanRule, StateRule
from structure.rules.i01_exactly_once import FunctionWithoutOwner, FunctionWithTwoOwners
from structure.rules.i04_acyclic import UnitsInACircle, UnitUnderNone
from structure.rules.i05_heads import TwoHeadsNotAllowed, TwoHeadsUndivided, UnitWithoutHead
from structure.rules.i06_rank import EqualBelowEqual, EqualsOfUnequalRank
from structure.rules.i07_containment import UnitOutlivesItsHeads
from structure.rules.i14_independence import OverseerUnderWhomItOversees, OverseerWithoutOrgan
from structure.rules.i16_unknown import FunctionFieldUnknown, PostFieldUnknown, UnitFieldUnknown

STATE_RULES: tuple[StateRule, ...] = (
    FunctionWithoutOwner(),
    FunctionWithTwoOwners(),
    UnitsInACircle(),
    UnitUnderNone(),
    UnitWithoutHead(),
    TwoHeadsNotAllowed(),
    TwoHeadsUndivided(),
    EqualsOfUnequalRank(),
    EqualBelowEqual(),
    UnitOutlivesItsHeads(),
    OverseerWithoutOrgan(),
    OverseerUnderWhomItOversees(),
    UnitFieldUnknown(),
    FunctionFieldUnknown(),
    PostFieldUnknown(),
)
PLAN_RULES: tuple[PlanRule, ...] = ()
