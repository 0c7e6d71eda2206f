"""Two plans on one organisation become one; where they cannot, a person decides. Nothing is chosen by who came later."""

from structure.merging.conflicts import Choice, ChoiceRefused, Conflict, ConflictKind, Side
from structure.merging.merge import Merged, decide, merge
from structure.merging.rounds import decided

__all__ = ["Choice", "ChoiceRefused", "Conflict", "ConflictKind", "Merged", "Side", "decide", "decided", "merge"]
