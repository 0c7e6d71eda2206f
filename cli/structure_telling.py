"""What `amparo structure` says of findings, differences and operations: a line for people, facts for programs."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from cli.structure_files import Asked
from policies.said import Said
from structure.diff import Difference
from structure.matching import Matching
from structure.rule import Finding, Severity
from structure.things import Ref, Sort
from structure.timeline import Planned, PlanRefused


def counts(findings: Iterable[Finding]) -> dict[str, int]:
    """How many of each severity, none left out, and of each rule that found something."""
    listed = list(findings)
    severities = Counter(finding.severity.value for finding in listed)
    rules = Counter(finding.rule for finding in listed)
    return {severity.value: severities[severity.value] for severity in Severity} | dict(
        sorted(rules.items(), key=lambda item: int(item[0][1:]))
    )


def finding_facts(finding: Finding, asked: Asked) -> dict[str, Any]:
    """A finding as JSON carries it: exactly these keys."""
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "subject": finding.subject.id,
        "from": finding.since,
        "to": finding.until,
        "message": asked.messages.say(finding.message),
    }


def print_findings(findings: Iterable[Finding], asked: Asked) -> None:
    """Findings by severity, a line each, and how many."""
    listed = list(findings)
    for severity in Severity:
        of_severity = [finding for finding in listed if finding.severity is severity]
        if not of_severity:
            continue
        print(asked.messages.say(Said(f"structure.severity.{severity.value}", {"count": len(of_severity)})))
        for finding in of_severity:
            since, until = finding.since or "…", finding.until or "…"
            print(f"  {finding.rule:<4} {finding.subject.id:<16} {since} - {until}  {asked.messages.say(finding.message)}")
    print(asked.messages.say(Said("structure.findings", {"count": len(listed)})))


def difference_facts(one: Difference) -> dict[str, Any]:
    """A difference as JSON carries it."""
    return {
        "sort": one.subject.sort.value,
        "id": one.subject.id,
        "field": one.field,
        "before": list(one.before),
        "after": list(one.after),
    }


def difference_line(one: Difference, asked: Asked) -> str:
    """A difference in one line."""
    field = asked.messages.say(Said(f"structure.field.{one.field}"))
    was, now = ", ".join(one.before), ", ".join(one.after)
    arrow = f"{was or '-'} > {now or '-'}" if one.field not in {"began", "ended"} else was or now
    return f"{one.subject.id:<12} {field}: {arrow}"


def questions(matching: Matching) -> list[dict[str, Any]]:
    """What the matching asks a person, as JSON carries it."""
    return [
        {"sort": asked.subject.sort.value, "id": asked.subject.id, "why": asked.why.value, "candidates": list(asked.candidates)}
        for asked in matching.questions
    ]


def planned_facts(planned: Planned) -> dict[str, Any]:
    """A planned operation as JSON carries it."""
    return {
        "id": planned.id,
        "on": planned.on,
        "kind": planned.operation.kind,
        "declared": planned.declared,
        "assumed": planned.assumed,
        "operation": planned.operation.written(),
    }


def planned_line(planned: Planned, asked: Asked) -> str:
    """A planned operation in one line; what is assumed or implied is marked."""
    marks = [name for name, is_so in (("assumed", planned.assumed), ("implied", not planned.declared)) if is_so]
    said = "".join(f"  [{asked.messages.say(Said(f'structure.{mark}'))}]" for mark in marks)
    concerned = ", ".join(sorted({ref.id for ref in _concerned(planned)}))
    kind = asked.messages.say(Said(f"operation.{planned.operation.kind}"))
    return f"{planned.on}  {planned.id:<24} {kind:<28} {concerned}{said}"


def _concerned(planned: Planned) -> frozenset[Ref]:
    operation = planned.operation
    first = operation.makes() | operation.ends()
    return first or frozenset(ref for ref in operation.uses() if ref.sort is not Sort.UNIT) or operation.uses()


def refused_said(refused: PlanRefused) -> Said:
    """Which operation cannot be done, on which day, and which claim fails."""
    failed = refused.refusal
    return Said(
        "structure.refused",
        {"operation": refused.planned.id, "on": refused.planned.on, "subject": failed.subject, "claim": failed.claim},
    )


def refused_facts(refused: PlanRefused, asked: Asked) -> dict[str, Any]:
    """A refused operation as JSON carries it."""
    return {
        "id": refused.planned.id,
        "on": refused.planned.on,
        "claim": refused.refusal.claim,
        "subject": refused.refusal.subject,
        "message": asked.messages.say(refused_said(refused)),
    }
