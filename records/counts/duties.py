"""How the office kept its own dates: met or late by clock, in how many days, the rungs climbed, what was waived."""

from collections.abc import Mapping
from itertools import chain

from records.books import Books
from records.counts import asking
from records.counts.asking import Stretch
from records.counts.counted import CountedTable
from records.counts.piles import Sheet
from records.counts.taken import Duration
from records.facts import CLOCKS, RUNGS, tally_kind
from states.counting import Counted

RESULTS = ("met", "late")


def duty_tables(books: Books, stretch: Stretch, kinds: Mapping[str, Counted]) -> tuple[list[CountedTable], tuple[Duration, ...]]:
    """Timeliness by clock, escalations by rung, waivers by clock; and how long each duty took.

    A clock is called `<kind>.<clock>`. Of kinds that are destroyed soon, a month's tally tells met, late and rungs, by the day of
    the matter's end, and no days.
    """
    duties = {(kind, name): f"{kind}.{name}" for kind, counted in kinds.items() for name in counted.duties}
    clock = {"clock": duties.values()}
    timeliness = Sheet("timeliness", "timeliness", "flow", clock | {"result": RESULTS}, about_heads=False)
    waived = Sheet("waivers", "waivers", "flow", clock, about_heads=False)
    kept = [kind for kind, counted in kinds.items() if counted.kept]
    names = sorted({name for _, name in duties})
    durations = []
    for row in asking.clocks(books, stretch, kept, names):
        called = duties.get((row.kind, row.name))
        if called is None:
            continue  # another kind's duty of the same name
        for result in RESULTS:
            timeliness.add((called, result), "nobody", None, getattr(row, result))
        durations.append(Duration(called, row.observed, row.median, row.p90))
    for row in asking.waivers(books, stretch, kept):
        waived.add((f"{row.kind}.{row.rule}",), "nobody", None, row.number)
    escalations = _escalations(books, stretch, kept, names)
    _tallied(books, stretch, kinds, timeliness, escalations)
    tables = [sheet.table() for sheet in (timeliness, escalations, waived)]
    return tables, tuple(sorted(durations, key=lambda one: one.clock))


def _escalations(books: Books, stretch: Stretch, kept: list[str], names: list[str]) -> Sheet:
    ladders = books.pack.ladders
    used = {rule.ladder for kind in kept if kind in books.pack.kinds for rule in books.pack.kinds[kind].clocks.values()}
    rungs = dict.fromkeys(chain.from_iterable((rung.name for rung in ladders[name].rungs) for name in ladders if name in used))
    sheet = Sheet("escalations", "escalations", "flow", {"rung": rungs}, about_heads=False)
    for row in asking.rungs(books, stretch, kept, names):
        sheet.add((row.rung,), "nobody", None, row.number)
    return sheet


def _tallied(books: Books, stretch: Stretch, kinds: Mapping[str, Counted], timeliness: Sheet, escalations: Sheet) -> None:
    gone = [kind for kind, counted in kinds.items() if not counted.kept]
    called = {tally_kind(kind, what, apart=stretch.apart): (kind, what) for kind in gone for what in (CLOCKS, RUNGS)}
    for row in asking.tallies(books, stretch, called):
        kind, what = called[row.kind]
        if what == RUNGS:
            escalations.add((row.outcome,), "nobody", None, int(row.within))
        else:
            name, result = row.outcome.rsplit(".", 1)
            timeliness.add((f"{kind}.{name}", result), "nobody", None, int(row.within))
