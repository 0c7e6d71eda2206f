"""The books: one open transaction on one database, with the instant and the rules it is judged by."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from policies.pack import Pack
from records import office_clock
from records.vault import Secret
from states.calendars import Calendar


@dataclass(frozen=True, slots=True)
class Trust:
    """The keys of a door of the ombudsperson's office that are not in its database.

    `ceremony` is the public key all signed keys go back to; `pepper` makes words into a locator; `server_key` seals what must
    be read before a person's own key is at hand. Each door is given only what it needs.
    """

    ceremony: bytes
    pepper: Secret | None = None
    server_key: Secret | None = None


@dataclass(frozen=True, slots=True)
class Books:
    """What an action works with. Made only by `Office.open`, which commits it whole or not at all.

    `now` is the office's instant and `wall` the world's, each read once for the transaction. `pack` is the edition in use
    today; a matter's own is `edition(name)`. `notices` collects what is to be told, newest last. `seen` is what a look has read
    already (`records/once.py`); None where something may change.
    """

    connection: Connection
    database: str
    now: datetime
    wall: datetime
    pack: Pack
    editions: dict[str, Pack]
    calendars: Mapping[str, Calendar]
    trust: Trust | None = None
    notices: dict[tuple[UUID, UUID], "Notice"] = field(default_factory=dict)
    seen: dict[Any, Any] | None = field(default=None, repr=False)

    def looking(self) -> "Books":
        """The same books for a look at one matter: what is read in it is read once. Not for who changes anything."""
        return replace(self, seen={})

    def edition(self, name: str) -> Pack:
        """The pack of that edition, which never changes. Raises KeyError for one that was never kept."""
        if name not in self.editions:
            self.editions[name] = office_clock.edition(self.connection, name)
        return self.editions[name]

    def calendar(self, code: str | None = None) -> Calendar:
        """The calendar called `code`, with all closures announced so far; without a code, the office's own."""
        return self.calendars[code or self.pack.calendars.office]

    @property
    def today(self) -> date:
        """The date at the office: its zone says it. Which days are closed, nobody has to look up for that."""
        return self.now.astimezone(ZoneInfo(self.pack.calendars.spec().zone)).date()


@dataclass(frozen=True, slots=True)
class Notice:
    """Something one person is to be told of one clock. `key` is a message id; `params` hold ids, names of rules and dates."""

    person: UUID
    clock: UUID
    dedup: str
    key: str
    params: Mapping[str, str | int]
