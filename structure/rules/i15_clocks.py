"""I15: a plan is submitted when it is due, and nothing holds before it is adopted unless an authority lets it.

Nor does anything hold from before the day of which the structure it changes is shown: there it is done already, or never was.
"""

from collections.abc import Iterator
from typing import ClassVar

from policies.structure import StructureRules
from structure.rule import Case, Found, PlanRule, Severity
from structure.things import Ref, Sort

SUBMISSION = Ref(Sort.PLAN, "submission")
"""What a finding about the submission of the whole plan is about."""


class SubmittedLate(PlanRule):
    """The plan was submitted on {submitted}, and it was due on {due}. Say by which authority it is taken all the same."""

    id: ClassVar[str] = "I15"
    severity: ClassVar[Severity] = Severity.WARNS

    def find(self, case: Case, rules: StructureRules) -> Iterator[Found]:
        """On the day it is due it is in time."""
        if case.due_on is not None and case.submitted_on is not None and case.submitted_on > case.due_on:
            yield Found(SUBMISSION, case.due_on, case.submitted_on, {"submitted": case.submitted_on, "due": case.due_on})


class SubmissionUnknown(PlanRule):
    """The plan was due on {due}, and no source we read says when it was submitted."""

    id: ClassVar[str] = "I15"
    severity: ClassVar[Severity] = Severity.INFORMS

    def find(self, case: Case, rules: StructureRules) -> Iterator[Found]:
        """Asked of an adopted plan only: what is not adopted may not be submitted yet."""
        if case.due_on is not None and case.submitted_on is None and case.adopted_on is not None:
            yield Found(SUBMISSION, case.due_on, None, {"due": case.due_on})


class EffectiveBeforeAdoption(PlanRule):
    """The operation {operation} holds from {effective}, before the adoption on {adopted}. Date it later, or name an authority."""

    id: ClassVar[str] = "I15"
    severity: ClassVar[Severity] = Severity.WARNS

    def find(self, case: Case, rules: StructureRules) -> Iterator[Found]:
        """On the day of adoption it may hold. What has authority to be retroactive is let be."""
        adopted = case.adopted_on
        if adopted is None:
            return
        early = {step.id: step for step in case.steps if step.on < adopted and step.id not in case.retroactive}
        for step in early.values():
            yield Found(step.subject, step.on, adopted, {"operation": step.id, "effective": step.on, "adopted": adopted})


class EffectiveBeforeShown(PlanRule):
    """The operation {operation} holds from {effective}, before the structure it changes, shown as of {shown}. Correct a day."""

    id: ClassVar[str] = "I15"
    severity: ClassVar[Severity] = Severity.WARNS

    def find(self, case: Case, rules: StructureRules) -> Iterator[Found]:
        """On the day that is shown it may hold. Nothing is asked where no day is shown."""
        shown = case.shown_on
        if shown is None:
            return
        early = {step.id: step for step in case.steps if step.on < shown}
        for step in early.values():
            yield Found(step.subject, step.on, shown, {"operation": step.id, "effective": step.on, "shown": shown})
