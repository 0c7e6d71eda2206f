"""Talks noted on a slip or counted alone: visitors who came and were heard at once, and what they came with, never together.

While a slip is kept it is counted from its row, afterwards from what `purge_contacts` made of it; so each counts once. What is
tallied of what they came with has a year and no month: it is told of whole years alone.
"""

from collections.abc import Iterable
from typing import Any, Final

from policies.categories import categories
from policies.contacts import SlipRules
from policies.reports import ReportRules
from records.books import Books
from records.contacts import ENDED, KIND
from records.counts import asking
from records.counts.asking import Stretch
from records.counts.counted import CountedTable
from records.counts.piles import UNKNOWN, Sheet
from records.facts import tally_kind
from states.counting import Counted

CONTACT: Final = Counted(measure="visitors", track=KIND, open_in=(), outcomes=(("write", ENDED),), kept=False)
"""A talk is never open: it begins and ends when it is noted. It is no matter and has no duties and no marks."""
_LISTS: Final[tuple[tuple[str, str, str], ...]] = (
    ("contacts_by_channel", "channel", "contacts"),
    ("contacts_by_region", "region", "contacts"),
    ("contacts_by_language", "language", "contacts"),
    ("contacts_by_personnel", "personnel", "contacts"),
    ("contact_issues", "sub_code", "contact_issues"),
    ("contact_done", "done", "contact_done"),
)
"""Table, dimension, measure: those of `contacts` add up to the slips each, the others to more than they are."""
_TALLIED: Final = {"sub_code": "issue"}
"""Dimensions that are tallied under another name."""


def contact_tables(books: Books, stretch: Stretch, rules: ReportRules) -> list[CountedTable]:
    """What the people who were noted came with. None for less than years, nor of those that are counted apart."""
    pack = books.pack.contacts
    if pack is None or stretch.apart or not stretch.whole_years:
        return []
    tallied = {tally_kind(KIND, _TALLIED.get(dimension, dimension), apart=False): dimension for _, dimension, _ in _LISTS}
    values = _values(pack.slips, rules)
    sheets = {
        dimension: Sheet(name, measure, "flow", {dimension: values[dimension]}, about_heads=False)
        for name, dimension, measure in _LISTS
    }
    for row in asking.tallies(books, stretch, tallied):
        _add(sheets[tallied[row.kind]], row.outcome, int(row.within))
    for row in asking.slips(books, stretch):
        for dimension, codes in _codes(row).items():
            for code in codes:
                _add(sheets[dimension], code, row.number)
    return [sheet.table() for sheet in sheets.values()]


def _values(slips: SlipRules, rules: ReportRules) -> dict[str, Iterable[str]]:
    return {
        "channel": slips.channels,
        "region": [*rules.regions, UNKNOWN],
        "language": [*slips.languages, UNKNOWN],
        "personnel": [*rules.personnel, UNKNOWN],
        "sub_code": categories().codes,
        "done": slips.done,
    }


def _codes(row: Any) -> dict[str, Iterable[str]]:
    one = {"channel": row.channel, "region": row.region, "language": row.language, "personnel": row.personnel}
    return {dimension: (code or UNKNOWN,) for dimension, code in one.items()} | {"sub_code": row.issues, "done": row.done}


def _add(sheet: Sheet, code: str, number: int) -> None:
    """Each stands for itself."""
    if number:
        sheet.add((code,), "nobody", None, number)
