"""The frame of every act about deciding at the council's door: one transaction, the proposal locked and settled, once a key."""

from collections.abc import Callable
from typing import Final
from uuid import UUID

from actions.deciding_waits import require
from actions.kernel.actor import Actor
from actions.kernel.move import lock_with_ties
from actions.kernel.settle import settle, tell
from actions.looking import seen
from actions.office import Office
from actions.replays import Repeatable, matter_once
from policies.decisions import Act
from records import matters
from records.books import Books
from records.matters import Matter, StaleVersion

KIND: Final = "proposal"

Deed = Callable[[Books, Matter, Actor], Matter]
"""What is done to a proposal that is locked and settled; gives it as it is then."""


def allowed(office: Office, act: Act, *, by: UUID) -> None:
    """Raise NotAllowed or DecisionsNotOffered unless this person may do this."""
    with office.open() as books:
        require(books, by, act)


def act_on(
    office: Office,
    matter_id: UUID,
    act: Act,
    deed: Deed,
    *,
    by: UUID,
    version: int | None = None,
    request: Repeatable | None = None,
) -> Matter:
    """Do something about a proposal that is no move of it, once however often `request` comes.

    Raises NotFound, NotAllowed, StaleVersion when `version` is given and somebody changed it since, KeyReused, and what the
    deed raises; then nothing is written.
    """
    with office.open() as books:
        seen(office, books, KIND, matter_id, by)

        def first() -> Matter:
            actor = require(books, by, act)
            matter = lock_with_ties(office, books, matter_id)
            if version is not None and version != matter.version:
                raise StaleVersion()
            done = deed(books, settle(office.kinds, books, matters.find(books, matter_id)), actor)
            tell(books)
            return done

        return matter_once(books, request, first, by=by)
