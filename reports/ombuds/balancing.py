"""That a flow adds up is known to everybody, also where a table of it is not said: then one more must not be."""

from collections.abc import Sequence
from typing import Final

from reports.ombuds.reading import Seen
from reports.shape import Identity, Table

_STOCK: Final = "open_at_"


def kept_open(tables: Sequence[Table], identities: Sequence[Identity]) -> tuple[Table, ...]:
    """The tables, without those of what is open wherever else one hidden term of a sum could be computed from all the others.

    The protection knows these sums too, and the attacker asks about them. This is the wall behind it, for what is left out last.
    """
    kept = tuple(tables)
    while (named := _telling(Seen(kept), identities)) is not None:
        kept = tuple(_unsaid(table) if table.name == named else table for table in kept)
    return kept


def _telling(seen: Seen, identities: Sequence[Identity]) -> str | None:
    """The table to be left out next: of a stock, in a sum of which exactly one term is hidden."""
    for identity in identities:
        hidden = [term for term in identity.terms if seen.count(term) is None]
        shown = [term.table for term in identity.terms if seen.count(term) is not None]
        if len(hidden) == 1:
            return next((name for name in reversed(shown) if _STOCK in name), shown[-1] if shown else None)
    return None


def _unsaid(table: Table) -> Table:
    return table.model_copy(update={"cells": (), "state": "too_small"})
