"""What a check has to say: findings, and the report on one procedure."""

from dataclasses import dataclass

from policies.said import Fact, Said

OPEN = "open"
"""The act that opens a matter; every policy says who may do it, no table has a row for it."""
READ = "read"
"""Looking at a matter: no move, but every policy says who may."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that must not be so. `rule` is stable, for tests; `file` and `key` say where to look.

    `said` is its sentence, `finding.<rule>` in the catalogue `procedures`.
    """

    rule: str
    file: str
    key: str
    said: Said


@dataclass(frozen=True, slots=True)
class Report:
    """One procedure, checked.

    `explored` counts the situations covered: moves with their facts, stages with their clocks, rungs with their
    offices.
    """

    name: str
    explored: int
    findings: tuple[Finding, ...]


def found(rule: str, file: str, key: str, **params: Fact) -> Finding:
    """A finding whose sentence is `finding.<rule>` with these facts; file and key are always among them."""
    key = str(key)  # a member of a kind's State would show as one
    return Finding(rule, file, key, Said(f"finding.{rule}", {"file": file, "key": key, **params}))
