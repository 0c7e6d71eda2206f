"""What came of a meeting, item by item, as it is printed at once: who was there, what was decided how, and what was stated."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from actions.deciding import Decided, decided
from actions.kinds.meeting_rules import delegates, opening_told, pack_of, rules_of
from actions.looking import seen
from actions.office import Office
from policies.meetings import Body, Sort
from policies.said import Said
from records import meeting as records
from records.books import Books
from records.matters import Matter
from records.meeting import ItemRow, PresenceRow
from states.meeting import State
from states.officers.accrediting import Accreditation

__all__ = ["Decided", "ItemRow", "PresenceRow"]  # what doors need of the records

KIND: Final = "meeting"
HELD: Final = frozenset({State.HELD, State.RECORD_APPROVED})


@dataclass(frozen=True, slots=True)
class Line:
    """An item with what came of it. `to`: the meeting it was deferred to; `decided`: the vote or consensus it rests on."""

    item: ItemRow
    to: str | None
    decided: Decided | None


@dataclass(frozen=True, slots=True)
class There:
    """A member state that was there. `by`: who represented it; None: not told."""

    row: PresenceRow
    by: Accreditation | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """The results of a meeting. `why`: who was there and what it took; empty before it is held."""

    matter: Matter
    title: str
    body: Body
    sort: Sort
    day: date
    hour: str | None
    place: str | None
    present: tuple[There, ...]
    why: tuple[Said, ...]
    lines: tuple[Line, ...]
    record_circulated_on: date | None
    record_document: str | None
    corrections: int
    approved_by: str | None

    @property
    def was_held(self) -> bool:
        """Whether there are results; before, it is the order of business."""
        return self.matter.state in HELD


def results(office: Office, meeting_id: UUID, *, by: UUID) -> Sheet:
    """The result sheet of a meeting, as it stands now. Raises NotFound."""
    with office.open() as books:
        matter = seen(office, books, KIND, meeting_id, by)[1].matter
        detail = records.detail(books, matter.id)
        rules = rules_of(pack_of(books, matter))
        present = tuple(records.present(books, matter.id))
        approving = detail["approved_by"]
        return Sheet(
            matter=matter,
            title=detail["title"],
            body=rules.body(detail["body"]),
            sort=rules.sort(detail["sort"]),
            day=detail["day"],
            hour=detail["hour"],
            place=detail["place"],
            present=_there(books, detail["day"], present),
            why=_why(books, matter, detail, present),
            lines=tuple(_line(books, item) for item in records.items(books, matter.id)),
            record_circulated_on=detail["record_circulated_on"],
            record_document=detail["record_document"],
            corrections=len(records.corrections(books, matter.id)),
            approved_by=None if approving is None else _title(books, approving),
        )


def _there(books: Books, day: date, present: tuple[PresenceRow, ...]) -> tuple[There, ...]:
    sent = delegates(books, day) if any(row.accreditation for row in present) else {}
    return tuple(There(row, sent.get(row.accreditation) if row.accreditation else None) for row in present)


def _why(books: Books, matter: Matter, detail: Mapping[str, Any], present: tuple[PresenceRow, ...]) -> tuple[Said, ...]:
    """Told of those who were there when it was opened, by which it was judged."""
    if not present:
        return ()
    return opening_told(books, matter, detail, sum(row.at_opening for row in present)).why


def _line(books: Books, item: ItemRow) -> Line:
    rests_on = None
    if item.proposal is not None and item.decision is not None:
        rests_on = decided(books, item.proposal, item.decision)
    return Line(item, None if item.to_meeting is None else _title(books, item.to_meeting), rests_on)


def _title(books: Books, meeting_id: UUID) -> str:
    return str(records.detail(books, meeting_id)["title"])
