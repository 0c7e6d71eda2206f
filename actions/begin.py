"""The first thing that ever happens in a database: its environment is fixed, and the ledger's first entry says so."""

from actions.office import Database, open_office
from records import office_clock
from records.ledger import Entry, store


def begin_house(url: str, *, database: Database, environment: str, pack: str) -> None:
    """Fix the environment of a migrated database, once. `url` is the owner's. Safe to run again.

    Demo data can then never meet a real house, nor the reverse. Raises WrongEnvironment, and PolicyRefused for a pack that
    must not be used.
    """
    office = open_office(url, database=database, environment=environment, pack=pack)
    try:
        with office.engine.begin() as connection:
            fresh = office_clock.initialise(connection, environment)
        if fresh:
            with office.open() as books:
                facts = {"environment": environment, "pack": pack, "edition": books.pack.edition}
                store.append(books, Entry(books.today, "house.begun", facts=facts), None)
    finally:
        office.engine.dispose()
