"""The ledger in the database: entries are appended in the transaction of the act, and folded into the tree later."""

from uuid import UUID, uuid4

from sqlalchemy import insert

from records.books import Books
from records.ledger.entries import Entry, Log, SaltedEntry, entry_bytes, leaf_bytes, salted
from records.tables import LEDGER_ENTRY


def append(books: Books, entry: Entry, matter_id: UUID | None) -> None:
    """Write an entry that waits to be folded. In the ombuds log it is salted, and body and salt can be erased."""
    recorded: Entry | SaltedEntry = salted(entry) if books.database == Log.OMBUDS else entry
    books.connection.execute(
        insert(LEDGER_ENTRY).values(
            id=uuid4(),
            commitment=leaf_bytes(recorded),
            body=entry_bytes(entry).decode(),
            salt=recorded.salt if isinstance(recorded, SaltedEntry) else None,
            matter_id=matter_id,
        )
    )
