"""What one can agree to: each purpose is one act that passes something on, and a yes to it allows no other act.

The acts are those of the procedures whose claim is that she agreed to the exact text. What leaves a mediation she answers there,
and what the office finds by itself names nobody: neither asks for a consent (`docs/decisions/0065-own-initiative.md`).
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from states.table import StateTable

AGREED: Final = frozenset({"consent_to_the_exact_text", "enough_people_agreed_to_the_exact_text"})
"""The claims that a consent shows."""


ASK: Final = "ask_consent"
"""The act by which somebody is asked. It is of whoever answers for the case: no rank, and nobody from outside, gives it."""
HANDLER: Final = "handler"
"""The relation of whoever answers for a matter."""


class Purpose(StrEnum):
    """The act a consent is for, by its name in the procedure."""

    REFER = "refer"
    SERVE_DRAFT = "serve_draft"
    SERVE_FINDINGS = "serve_findings"
    ASK_THIRD_PARTY = "ask_third_party"
    ISSUE = "issue"
    ASK_MEASURES = "ask_measures"
    REFER_HARM = "refer_harm"
    DELIVER = "deliver"


def acts_with_a_yes(tables: Iterable[StateTable]) -> set[str]:
    """The acts of these procedures that pass something on because somebody agreed to it."""
    return {
        move.trigger
        for table in tables
        for move in table.moves
        if move.discloses and AGREED & {claim.__name__ for claim in move.only_if}
    }
