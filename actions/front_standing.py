"""Who is there: said before she writes. Whose absence is recorded, whose time in office ends soon, and who reads meanwhile.

A vacant post is told beside it (`front.py`). All of it is read from appointments and absences, nothing is typed for it.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from actions.terms import roster_of_desk
from policies.said import Fact, Said
from records import desk
from records.books import Books

TALK: Final = "consultation"


def standing_of(books: Books, track: str, readers: Mapping[UUID, str]) -> tuple[Said, ...]:
    """What has to be said of those who would read it, in their order; none: all are there, and stay."""
    away = _away(books, readers)
    there = [name for person, name in readers.items() if person not in away]
    said = [_gone(readers[person], away[person]) for person in readers if person in away]
    if away and there:
        said.append(Said("intake.reads_meanwhile", {"names": ", ".join(there)}))
    return (*said, *_leaving(books, track, readers))


def _away(books: Books, readers: Mapping[UUID, str]) -> dict[UUID, date | None]:
    """Who is away today, and the first day back; None: nobody knows."""
    found: dict[UUID, date | None] = {}
    for row in desk.absences(books, books.today):
        if row.person_id in readers and row.from_on <= books.today:
            known = found.get(row.person_id, row.until_on)
            found[row.person_id] = max(known, row.until_on) if known and row.until_on else None
    return found


def _gone(name: str, back: date | None) -> Said:
    facts: dict[str, Fact] = {"name": name}
    return Said("intake.reader_away", facts) if back is None else Said("intake.reader_away_until", facts | {"day": back})


def _leaving(books: Books, track: str, readers: Mapping[UUID, str]) -> Iterator[Said]:
    rules, last = books.pack.house.terms, roster_of_desk(books).last
    if rules is None:
        return
    for person, name in readers.items():
        if person in last and last[person] <= books.today + timedelta(days=rules.again_days):
            key = "intake.reader_leaves_talk" if track == TALK else "intake.reader_leaves"
            yield Said(key, {"name": name, "day": last[person]})
