"""The structure of a day as a file for other programs: W3C ORG in Turtle, CSV tables, Mermaid."""

from collections.abc import Mapping
from datetime import date
from typing import Final
from uuid import UUID

from actions.office import Office
from actions.structure import organisation
from structure.exchange.mermaid import draw_tree
from structure.exchange.tables import write_csv

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
