"""How an act that is no move of a table is written down: the matter's version goes up, and the ledger has a line."""

from collections.abc import Mapping
from datetime import date

from actions.kernel.actor import Actor
from records import matters
from records.books import Books
from records.ledger import Entry, store
from records.matters import Matter


def write_down(
    books: Books, matter: Matter, what: str, actor: Actor, facts: Mapping[str, str | int | date] | None = None
) -> Matter:
    """Bump the matter's version and leave a ledger entry such as complaint.assigned; of a conversation, none.

    Clocks and pauses stay (D09).
    """
    changed = matters.change(books, matter, state=matter.state, rested_on=matter.rested_on)
    told = {**(facts or {}), "version": changed.version}
    store.enter(books, matter, Entry(books.today, f"{matter.kind}.{what}", str(matter.id), str(actor.person), told))
    return changed
