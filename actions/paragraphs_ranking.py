"""The weight of mandates, so that whoever counts again gets the same: what was told, what it scores, and who ties with whom."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from actions.office import Office
from actions.paragraphs import require, rules_of
from actions.paragraphs_looking import of_paragraph, stands, weighed_of
from records import paragraphs as records
from records.paragraphs import StepRow, TextRow, Wanted
from states.registering.weighing import Ranked, rank


@dataclass(frozen=True, slots=True)
class Place:
    """A paragraph by what ranks it under: text, symbol, place and number; and what was told of it."""

    text: UUID
    symbol: str
    place: int
    number: str | None
    criteria: tuple[tuple[str, int | str], ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    """Every weighed paragraph that is owed still, the heaviest first.

    `places` says what each name in `ranked` is; `overlaps` are the bands of the rules that hold the same number. `digest` is
    SHA-256 over rules and what was told: equal digests, equal ranking.
    """

    edition: str
    digest: bytes
    overlaps: tuple[tuple[str, int, int | None], ...]
    ranked: tuple[Ranked, ...]
    places: dict[str, Place]


def ranking(office: Office, *, by: UUID) -> Ranking:
    """Rank the register. What nobody weighed is not in it. Raises NotAllowed."""
    with office.open() as books:
        require(books, by, "read")
        rules = rules_of(books.pack)
        rows = records.texts(books, Wanted())
        steps = records.steps(books, [row.id for row in rows])
        weighed, places = [], {}
        for row in rows:
            for at in sorted({step.paragraph for step in steps[row.id] if step.what == records.WEIGHED and step.paragraph}):
                own = of_paragraph(steps[row.id], at)
                name = f"{row.symbol}, {at:03}"
                found = weighed_of(name, own, rules)
                if found is not None and stands(own).is_owed:
                    weighed.append(found)
                    places[name] = _place(row, at, own)
        told = {name: dict(place.criteria) for name, place in sorted(places.items())}
        text = json.dumps([books.pack.edition, told], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return Ranking(books.pack.edition, sha256(text.encode()).digest(), rules.overlaps(), rank(weighed), places)


def _place(row: TextRow, at: int, steps: Sequence[StepRow]) -> Place:
    told = next(step.criteria for step in reversed(steps) if step.what == records.WEIGHED)
    number = row.extract.paragraphs[at - 1].number
    return Place(row.id, row.symbol, at, number, tuple(sorted((told or {}).items())))
