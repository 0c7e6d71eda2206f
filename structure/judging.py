"""Everything the rules say about a case file, or about an organisation by itself."""

from collections.abc import Iterator
from dataclasses import dataclass

from policies.structure import StructureRules
from structure.checking import check_plan, check_states, sorted_findings
from structure.organisation import Organisation
from structure.reading.case_file import CaseFile
from structure.rule import Case, Finding
from structure.rules import PLAN_RULES, STATE_RULES
from structure.timeline import Attempt, Timeline
from structure.uncollected import uncollected


@dataclass(frozen=True, slots=True)
class Judged:
    """A plan, what came of it, and what is wrong with it."""

    attempt: Attempt
    findings: tuple[Finding, ...]


@uncollected()
def judge(file: CaseFile, rules: StructureRules) -> Judged:
    """Every finding about a plan: on every date of it, about it as a whole, and about the result that its file shows."""
    case = file.case(file.attempt())
    of_plan = [
        *check_states(case.attempt.timeline, STATE_RULES, rules),
        *check_plan(case, PLAN_RULES, rules),
    ]
    return Judged(case.attempt, tuple(sorted_findings((*of_plan, *_of_target(case, of_plan, rules)))))


def judge_organisation(org: Organisation, rules: StructureRules) -> tuple[Finding, ...]:
    """Every finding about an organisation on one date."""
    return tuple(check_states(Timeline(org), STATE_RULES, rules))


def _of_target(case: Case, found: list[Finding], rules: StructureRules) -> Iterator[Finding]:
    """What is wrong with the result that the file shows and not also with where the plan leads: from the plan's last day on.

    A plan may leave a fault of the target undone by not doing it, so that only the target has it.
    """
    if case.target is None:
        return
    standing = {_what(finding) for finding in found if finding.until is None}
    for finding in judge_organisation(case.target, rules):
        if _what(finding) not in standing:
            yield Finding(finding.rule, finding.severity, finding.subject, case.ends_on, None, finding.message)


def _what(finding: Finding) -> tuple[object, ...]:
    return finding.rule, finding.subject, finding.message.key, tuple(sorted(map(str, finding.message.params.items())))
