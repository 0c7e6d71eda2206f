"""The structure as a file for other programs: a day's as W3C ORG in Turtle, CSV tables or Mermaid; functions from day to day."""

from collections.abc import Mapping
from datetime import date
from typing import Final
from uuid import UUID

from actions.office import Office
from actions.structure import organisation
from actions.structure_posts import Ledger
from structure.exchange.mermaid import draw_flow, draw_tree
from structure.exchange.tables import write_csv, write_ledger

TYPES: Final[Mapping[str, str]] = {"turtle": "text/turtle", "csv": "text/csv", "mermaid": "text/plain"}


def exported(office: Office, format: str, table: str, as_of: date | None, known_at: date | None, *, by: UUID) -> str:
    """The text of the file. `table` says which of the tables of CSV. Raises NotAllowed."""
    seen = organisation(office, as_of, known_at, by=by)
    if format == "turtle":
        # here, not above: rdflib takes a third of a second to load, which every start of the door would pay
        from structure.exchange.turtle import write_turtle  # noqa: PLC0415  # as said above

        return write_turtle(seen.organisation, seen.as_of)
    if format == "csv":
        return write_csv(seen.organisation)[f"{table}.csv"]
    return draw_tree(seen.organisation)


def flow(office: Office, since: date, until: date | None, known_at: date | None, *, by: UUID) -> str:
    """Which unit's functions are whose between two days (`until` left out: today), drawn in Mermaid. Raises NotAllowed."""
    before, after = (organisation(office, on, known_at, by=by) for on in (since, until))
    return draw_flow(before.organisation, after.organisation, after.heirs, after.as_of)


def ledger_table(found: Ledger) -> str:
    """The ledger of posts as CSV. Who holds a post is never written into a file, whoever asks."""
    return write_ledger((line.post, line.since, line.until, line.source) for line in found.lines)
