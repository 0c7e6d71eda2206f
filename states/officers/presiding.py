"""Who presides on a day: the chair, else the vice-chair, else whoever has been there longest (Statutes, art. 7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from policies.officers import CHAIR, VICE_CHAIR, OfficerRules
from states.officers.accrediting import Accreditation, has_no_principal, is_principal, speaks
from states.officers.rota import Basis, Term, Turn


class Presides(StrEnum):
    """In which place somebody presides. The sentence is `presides.<value>`."""

    CHAIR = "chair"
    VICE_CHAIR = "vice_chair"
    """The state that has the chair has no principal representative, and the register knows it."""
    SENIOR = "senior"
    """Neither has one: the principal representative who was accredited first."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Presiding:
    """Which state presides, in which place, what that is known by, and who speaks for it (None: the register does not know)."""

    state: str | None
    place: Presides
    basis: Basis
    representative: Accreditation | None = None


def presiding(term: Term, lines: Sequence[Accreditation], on: date, rules: OfficerRules) -> Presiding:
    """Who presides on a day of a term. A state whose representatives the register has never known keeps its office."""
    turns = {Presides.CHAIR: term.on(on, CHAIR), Presides.VICE_CHAIR: term.on(on, VICE_CHAIR)}
    for place, turn in turns.items():
        if turn.state is None:
            return Presiding(None, Presides.UNKNOWN, Basis.UNKNOWN)
        if not has_no_principal(lines, turn.state, on, rules):
            return _with_speaker(place, turn, lines, on, rules)
    seniors = sorted((one for one in lines if one.holds(on) and is_principal(one, rules)), key=lambda one: (one.since, one.id))
    if not seniors:
        return Presiding(None, Presides.UNKNOWN, Basis.UNKNOWN)
    return Presiding(seniors[0].state, Presides.SENIOR, Basis.RECORDED, seniors[0])


def _with_speaker(place: Presides, turn: Turn, lines: Sequence[Accreditation], on: date, rules: OfficerRules) -> Presiding:
    return Presiding(turn.state, place, turn.basis, speaks(lines, turn.state, on, rules) if turn.state is not None else None)
