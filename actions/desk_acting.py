"""One act at the desk that is no move of a procedure: one transaction, done once however often the same request comes."""

from collections.abc import Callable
from uuid import UUID

from actions.desk import enter, hold
from actions.kernel import access
from actions.kernel.actor import Actor
from actions.kernel.callers import DeskPerson
from actions.kernel.settle import tell
from actions.kernel.watching import Subject
from actions.office import Office
from actions.replays import Repeatable, matter_once
from records.books import Books
from records.matters import Matter

Act = Callable[[Books, Actor, Subject], Matter]
"""What is done to a matter that is locked and settled, by somebody with a seat. Returns it as it is then."""


def act(
    office: Office,
    kind: str,
    matter_id: UUID,
    do: Act,
    *,
    may: str,
    by: DeskPerson,
    version: int | None = None,
    request: Repeatable | None = None,
) -> Matter:
    """Do it, or answer as the first time when `request` came before. `may` is the name the access policy has for it.

    Raises NotFound, also for who had a seat the first time and has none now; StaleVersion, but not for what was done already;
    NotAllowed; KeyReused; and whatever `do` raises.
    """
    with office.open() as books:
        enter(office, books, kind, matter_id, by)

        def first() -> Matter:
            actor, subject = hold(office, books, kind, matter_id, by, version)
            access.require(subject.policy, actor, may, subject.matter)
            changed = do(books, actor, subject)
            tell(books)
            return changed

        return matter_once(books, request, first, by=by.person)
