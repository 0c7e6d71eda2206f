"""One file an invariant. Add one: its file, and its classes in STATE_RULES or PLAN_RULES."""

from structure.rule import PlanRule, StateRule
from structure.rules.i01_exactly_once import FunctionWithoutOwner, FunctionWithTwoOwners

STATE_RULES: tuple[StateRule, ...] = (FunctionWithoutOwner(), FunctionWithTwoOwners())
PLAN_RULES: tuple[PlanRule, ...] = ()
