"""Visitors: counted from tallies, because nothing else of them stays. Of nobody is it known whom the talk was about."""

from collections.abc import Mapping
from typing import Any

from records import contacts
from records.books import Books
from records.counts import asking
from records.counts.asking import Stretch
from records.counts.counted import CountedTable
from records.counts.piles import Sheet
from records.facts import BEGAN, ENDED, tally_kind
from states.counting import Counted


def visit_tables(books: Books, stretch: Stretch, kinds: Mapping[str, Counted]) -> list[CountedTable]:
    """Open at the start, received, closed by outcome, open at the end, by track; nothing where no kind is tallied.

    A matter is tallied when it ends: the month it began, and the month and outcome of its end. What is still open is counted
    from its row; so none is counted twice, and none is missed when it is destroyed. The same holds of talks that were noted on a
    slip or counted alone: see `contacts.py`.
    """
    if not kinds:
        return []
    tracks = {"track": [counted.track for counted in kinds.values()]}
    outcomes = {"outcome": [outcome for counted in kinds.values() for outcome in counted.all_outcomes]}
    start = Sheet("visitors_open_at_start", "visitors_open_at_start", "stock", tracks, about_heads=False)
    received = Sheet("visitors_received", "visitors_received", "flow", tracks, about_heads=False)
    closed = Sheet("visitors_closed", "visitors_closed", "flow", tracks | outcomes, about_heads=False)
    end = Sheet("visitors_open_at_end", "visitors_open_at_end", "stock", tracks, about_heads=False)
    names = {tally_kind(kind, what, apart=stretch.apart): (kind, what) for kind in kinds for what in (BEGAN, ENDED)}
    for row in asking.tallies(books, stretch, names):
        kind, what = names[row.kind]
        track, sign = kinds[kind].track, 1 if what == BEGAN else -1
        _add(start, (track,), sign * row.before)
        _add(end, (track,), sign * (row.before + row.within))
        if what == BEGAN:
            _add(received, (track,), row.within)
        else:
            _add(closed, (track, row.outcome), row.within)
    for row in asking.open_visits(books, stretch, kinds):
        track = kinds[row.kind].track
        _add(end, (track,), row.number)
        _add(start if row.old else received, (track,), row.number)
    if contacts.KIND in kinds:  # a talk noted on a slip began and ended in its month
        number = sum(row.number for row in asking.slips(books, stretch))
        _add(received, (kinds[contacts.KIND].track,), number)
        _add(closed, (kinds[contacts.KIND].track, contacts.ENDED), number)
    return [sheet.table() for sheet in (start, received, closed, end)]


def _add(sheet: Sheet, key: tuple[str, ...], count: Any) -> None:
    """Each stands for itself."""
    if count:
        sheet.add(key, "nobody", None, int(count))
