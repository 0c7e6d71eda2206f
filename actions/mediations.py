"""What she sees of the mediations that grew out of her complaint: what is proposed, what she answered, until when."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from uuid import UUID

from actions.kernel.step import Kinds, subject_of
from actions.kernel.watching import derive
from actions.kinds.mediating import PROPOSE, her_answer
from actions.sealing import Reader
from policies.said import Said
from records import clocks, matters, mediation, sealed
from records.books import Books
from records.matters import Matter
from records.vault import DRAFT
from states.mediation import ROUND, UNDER_WAY

ANSWERING: Final = ("first_answer", "second_answer")
"""The clocks that say until when there is time to answer."""


@dataclass(frozen=True, slots=True)
class Mediating:
    """A mediation as she sees it. `open`: she can answer, and answer otherwise; `goes_on`: she can stop it.

    `agrees` is her answer now; None: she gave none, or it is erased. `until`: the last day of the time to answer, and `why`
    it is that day.
    """

    id: UUID
    state: str
    open: bool
    goes_on: bool
    proposed_on: date
    until: date | None
    agrees: bool | None
    why: tuple[Said, ...]
    to: str = field(repr=False)
    text: str = field(repr=False)

    @property
    def said(self) -> Said:
        """How it stands, in plain words: the same whoever said no."""
        return Said(f"plain.mediation.{self.state}")


def mediations_in(kinds: Kinds, books: Books, matter: Matter, reader: Reader) -> tuple[Mediating, ...]:
    """The mediations of her matter, the oldest first, each with the exact text that was proposed."""
    proposed = [event for event in matters.history(books, matter.id) if event.trigger == PROPOSE]
    if not proposed:
        return ()
    rows = {str(row.id): row for row in sealed.texts(books, matter.id, [DRAFT.name])}
    found = mediation.of_case(books, matter.id)
    times = _times(kinds, books, [one.id for one in found])
    made = []
    for event, one in zip(proposed, found, strict=True):
        told = json.loads(reader.open(rows[str(event.facts["text"])], DRAFT).text)
        answer = her_answer(books, matter.id, reader) if one.state in ROUND else None
        until, why = times.get(one.id, (None, ()))
        made.append(
            Mediating(
                id=one.id,
                state=one.state,
                open=one.state in ROUND,
                goes_on=one.state in UNDER_WAY,
                proposed_on=event.effective_on,
                until=until,
                agrees=answer,
                why=why,
                to=told["to"],
                text=told["text"],
            )
        )
    return tuple(made)


def asked_of_her(found: Sequence[Mediating]) -> tuple[Said, ...]:
    """What is asked of her: her yes or no, while she gave none."""
    waiting = (one for one in found if one.open and one.agrees is None and one.until is not None)
    return tuple(Said("plain.asked.mediation", {"day": one.until}) for one in waiting if one.until is not None)


def _times(kinds: Kinds, books: Books, ids: Sequence[UUID]) -> dict[UUID, tuple[date | None, tuple[Said, ...]]]:
    """By mediation, the last day of the time to answer that runs now, with its reasons."""
    found: dict[UUID, tuple[date | None, tuple[Said, ...]]] = {}
    for row in clocks.running(books, ids):
        if row.name in ANSWERING:
            subject = subject_of(kinds, books, matters.find(books, row.matter_id))
            due, _ = derive(books, subject, row, clocks.fired(books, [row.id])[row.id])
            found[row.matter_id] = (due.on, due.lines)
    return found
