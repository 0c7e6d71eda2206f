"""The yearly table as CSV, its head in the reader's language, for whoever opens it as a sheet."""

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Final

from actions.paragraphs_owed import Line, Table
from api.words import Words
from policies.said import Said
from structure.exchange.tables import guarded

COLUMNS: Final = (
    "list", "day", "every", "who", "task", "reports_to", "text", "paragraph", "body", "status", "category", "with_body",
    "mandate", "state", "units",
)  # fmt: skip


def write_obligations(table: Table, words: Words) -> str:
    """One line an obligation: what is owed, what has no day, what was set aside. What is not said is an empty cell."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([words.label(f"obligations.{column}", column) for column in COLUMNS])
    for name, lines in (("owed", table.owed), ("undated", table.undated), ("set_aside", table.set_aside)):
        called = words.label(f"obligations.list.{name}", name)
        writer.writerows([called, *map(guarded, _cells(line, words))] for line in lines)
    return out.getvalue()


def _cells(line: Line, words: Words) -> Iterator[str]:
    one, carried = line.paragraph, line.mandate
    yield _when(line, words)
    yield words.label(f"obligations.every.{one.every}", one.every) if one.every else ""
    yield _names(one.addressees, words)
    yield line.task
    yield _names(one.reports_to, words)
    yield line.symbol
    yield one.number or str(line.place)
    yield line.body
    yield words.label(f"obligations.status.{line.stands.status}", line.stands.status) if line.stands.status else ""
    yield line.stands.category or ""
    yield _names((line.with_body,) if line.with_body else (), words)
    yield str(carried.matter.id) if carried else ""
    yield words.label(f"state.mandate.{carried.matter.state}", carried.matter.state) if carried else ""
    yield ", ".join(carried.units) if carried else ""


def _when(line: Line, words: Words) -> str:
    """The day, or the year where no day of it is said."""
    due = line.paragraph.due
    if line.day is None:
        return str(due.in_year) if due and due.in_year else ""
    day = line.day.isoformat()
    return words.say(Said("obligations.before", {"day": day})) if due and due.excluded else day


def _names(names: tuple[str, ...], words: Words) -> str:
    return ", ".join(words.label(f"addressee.{name}", name) for name in names)
