"""What a redraft may choose: tables of the draft that lies there, and dimensions in which there is a coarser step."""

from collections.abc import Sequence
from itertools import pairwise
from typing import ClassVar, Final

from actions.kinds.report_shapes import Choice
from policies.refusal import Refusal
from policies.reports import ReportRules
from records import report as records
from records.books import Books
from records.report import ReportRow
from reports.shape import Report

CHOSEN_FROM: Final = "ombuds"
"""The annex always has the same tables, each a band: one left out would say "none" of what there was. Of the mandates
nothing is confidential."""


class NothingToChoose(Refusal):
    """The report has no table that could be left out or said more coarsely: the annex, the mandates, words alone."""

    code: ClassVar[str] = "nothing_to_choose"
    status: ClassVar[int] = 422


class NoSuchTable(Refusal):
    """The draft has no such table. `tables` names those it has."""

    code: ClassVar[str] = "no_such_table"
    status: ClassVar[int] = 422


class NoSuchDimension(Refusal):
    """The table cannot be said more coarsely in this dimension. `dimensions` names those in which it can; may be empty."""

    code: ClassVar[str] = "no_such_dimension"
    status: ClassVar[int] = 422


def has_choices(row: ReportRow) -> bool:
    """Whether something of this report can be left out or said more coarsely by choice."""
    return row.report_kind == CHOSEN_FROM and row.contents == "tables"


def require_known(books: Books, row: ReportRow, rules: ReportRules, choices: Sequence[Choice]) -> None:
    """Raise NothingToChoose, NoSuchTable or NoSuchDimension for what the newest draft has not. What was typed is not repeated."""
    if not choices:
        return
    draft = records.newest_draft(books, row.matter_id)
    if draft is None or not has_choices(row):
        raise NothingToChoose()
    there = {table.name: table.dimensions for table in Report.read(draft.object).tables}
    for choice in choices:
        if choice.table not in there:
            raise NoSuchTable(tables=", ".join(sorted(there)))
        known = _coarser(rules, there[choice.table])
        if choice.act == "coarsen" and choice.dimension not in known:
            raise NoSuchDimension(table=choice.table, dimensions=", ".join(known))


def _coarser(rules: ReportRules, dimensions: Sequence[str]) -> tuple[str, ...]:
    """The dimensions of a table in which the rules know a coarser step that it has not."""
    steps = [step for hierarchy in rules.disclosure.coarsen.values() for step in pairwise(hierarchy)]
    return tuple(fine for fine, coarse in steps if fine in dimensions and coarse not in dimensions)
