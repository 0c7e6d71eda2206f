"""What somebody is told who came with others, or for another: who they are stays theirs, a number stands for each.

One's own yes is shown to oneself alone. Who said no, or nothing, nobody is told.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from actions.kernel.actor import Actor
from actions.kinds.company import INVITE, Company, company_of
from policies.said import Fact, Said
from records import comers
from records.books import Books
from records.comers import CONCERNED, FOR_ANOTHER
from records.comers import OWN as OWN_PART
from records.sealed import FileRow, TextRow
from records.vault import Author

OWN: Final = OWN_PART
"""What somebody comes for in her own matter."""
AGREED: Final = "agreed"
"""A text that is still asked of others, and that she has said yes to."""


@dataclass(frozen=True, slots=True)
class Together:
    """How somebody stands to the others. `people` are here, `codes` are the last days of codes that nobody used."""

    number: int
    part: str
    people: int
    several: bool
    waits: bool
    codes: tuple[date, ...]
    numbers: Mapping[UUID, int]
    agreed: frozenset[UUID]

    def person(self, row: TextRow | FileRow) -> int | None:
        """The number of who wrote something; None: the office, or the only one who ever came."""
        return self.numbers.get(row.comer_id) if row.comer_id and self.several else None


def together(books: Books, matter_id: UUID, actor: Actor) -> Together:
    """How whoever acts stands to the others who came."""
    group = company_of(books, matter_id, actor)
    mine = group.mine
    codes = comers.joinings(books, matter_id) if mine is not None and mine.number == 1 else []
    return Together(
        number=mine.number if mine else 1,
        part=mine.part if mine else OWN,
        people=len(group.here),
        several=len(group.everybody) > 1,
        waits=not comers.concerned_agrees(books, matter_id),
        codes=tuple(one.expires_on for one in codes),
        numbers={one.id: one.number for one in group.everybody},
        agreed=frozenset(consent for consent, comer in _yeses(books, matter_id, group) if comer == actor.comer),
    )


def _yeses(books: Books, matter_id: UUID, group: Company) -> set[tuple[UUID, UUID]]:
    return comers.yeses(books, matter_id) if group.others else set()


def is_mine(row: TextRow | FileRow, actor: Actor) -> bool:
    """Whether somebody wrote it herself: of several who came, not another."""
    return row.author == Author.VISITOR and row.comer_id in (None, actor.comer)


def group_said(told: Together, moves: Sequence[str]) -> tuple[Said, ...]:
    """What being several means to her, and what nobody can be asked before the one it is about agrees."""
    said = []
    if told.several:
        said.append(Said("group.you", {"number": f"group.person.{min(told.number, 13)}", "count": told.people}))
        said.append(Said("group.read"))
    if told.waits:
        said.append(Said("group.waits_for_person"))
    if told.part == CONCERNED and "take_over" in moves:
        said.append(Said("group.somebody_came_for_you"))
    if told.part == FOR_ANOTHER and not told.waits:
        said.append(Said("group.person_agreed"))
    if INVITE in moves and told.part == FOR_ANOTHER:
        said.append(Said("group.may_bring_person"))
    return (*said, *(Said("group.code_out", {"day": day}) for day in told.codes))


def group_asked(told: Together, until: date | None) -> tuple[Said, ...]:
    """That her yes is there, and the others are still asked."""
    facts: dict[str, Fact] = {} if until is None else {"day": until}
    return (Said("group.asked.you_agreed", facts),) if told.agreed and until is not None else ()
