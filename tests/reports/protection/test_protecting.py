"""A whole release: what is published as it is, what is said more coarsely, what not at all, and what to do when nothing helps."""

from collections.abc import Mapping
from typing import Literal

from bench.populations import assembler, cases, table
from policies.said import Said
from records.counts.counted import CountedCell, CountedTable
from reports.protection import protect
from reports.shape import Cell, Grouping, Identity, Place, Report, Table
from tests.reports.releases import RULES, attacked

FLOW = (("open_at_start", 1), ("received", 1), ("closed", -1), ("open_at_end", -1))


def one(name: str, count: int, kind: Literal["flow", "stock"] = "flow", **more: bool) -> CountedTable:
    return CountedTable(name, name, kind, (), {}, (CountedCell({}, count),), about_heads=False, **more)


def movements(**counts: int) -> tuple[CountedTable, ...]:
    return tuple(one(name, counts[name], "stock" if name.startswith("open") else "flow") for name, _ in FLOW)


def year_of(code: str, counts: Mapping[str, int], *earlier: Report) -> Report:
    plain = assembler(code)

    def assemble(tables: tuple[Table, ...], groupings: tuple[Grouping, ...]) -> Report:
        terms = tuple(Place(table=name, key={}, sign=1 if sign > 0 else -1) for name, sign in FLOW)
        return plain(tables, groupings).model_copy(update={"identities": (Identity(name="flow", terms=terms),)})

    made = protect(movements(**counts), RULES, assemble=assemble, earlier=earlier)
    assert made.findings.clean
    return made.report


def said(report: Report) -> dict[str, int | None]:
    return {shown.name: shown.cells[0].count for shown in report.tables if shown.cells}


def test_the_flow_does_not_give_its_one_small_number_away() -> None:
    report = year_of("2026", {"open_at_start": 3, "received": 40, "closed": 30, "open_at_end": 13})
    shown = said(report)
    assert len(shown) == 2, "what is too small and one more are not said"
    assert "open_at_start" not in shown


def test_what_was_too_few_at_the_end_is_not_told_by_the_next_years_start() -> None:
    first = year_of("2025", {"open_at_start": 8, "received": 40, "closed": 45, "open_at_end": 3})
    second = year_of("2026", {"open_at_start": 3, "received": 40, "closed": 30, "open_at_end": 13}, first)
    assert attacked((first, second)).clean
    assert "open_at_end" not in said(first)


def test_what_is_not_confidential_is_published_as_it_is() -> None:
    draft = assembler("2026")
    made = protect(
        (one("mandates", 2, protected=False),),
        RULES,
        assemble=lambda tables, groupings: draft(tables, groupings).model_copy(update={"series": "mandates"}),
        earlier=(),
    )
    assert said(made.report) == {"mandates": 2}
    assert (made.utility.cells, made.utility.cases) == (1.0, 1.0)


def test_movements_have_no_total() -> None:
    cells = tuple(CountedCell({"movement": name}, 20) for name in ("open_start", "received", "open_end"))
    values = {"movement": ("open_start", "received", "open_end")}
    counted = CountedTable("flow", "flow", "flow", ("movement",), values, cells, unsummed=("movement",))
    made = protect((counted,), RULES, assemble=assembler("2026"), earlier=())
    assert [cell.key["movement"] for cell in made.report.table("flow").cells] == list(values["movement"])


def test_places_are_said_as_regions_before_they_are_hidden() -> None:
    made = protect((table(RULES, "places", ("station",), cases(400, RULES, 2)),), RULES, assemble=assembler("2026"), earlier=())
    assert made.report.table("places").dimensions == ("region",)
    assert made.done == (Said("report.mend.coarsened", {"table": "places"}),)
    assert made.utility.cases > 0.9


def test_levels_of_one_dimension_that_are_both_published_are_told_as_such() -> None:
    people = cases(400, RULES, 2)
    tables = (table(RULES, "codes", ("sub_code",), people), table(RULES, "categories", ("category",), people))
    made = protect(tables, RULES, assemble=assembler("2026"), earlier=())
    assert [(each.fine, each.coarse) for each in made.report.groupings] == [("sub_code", "category")]
    assert made.findings.clean


def test_what_nothing_can_mend_comes_back_with_what_is_found() -> None:
    plain = assembler("2026")
    cells = (Cell(key={"track": "a"}, count=9), Cell(key={"track": "b"}, count=None), Cell(key={"track": "total"}, count=11))
    leak = Table(name="leak", kind="flow", dimensions=("track",), cells=cells, measure="else")

    def assemble(tables: tuple[Table, ...], groupings: tuple[Grouping, ...]) -> Report:
        return plain((*tables, leak), groupings)

    made = protect((one("received", 20),), RULES, assemble=assemble, earlier=())
    assert [(each.table, each.low, each.high) for each in made.findings.broken] == [("leak", 2, 2)]
    assert made.mending == (Said("report.mend.drop", {"table": "leak"}),)


def test_what_older_rules_let_find_is_not_held_against_a_new_report() -> None:
    cells = (Cell(key={"track": "a"}, count=9), Cell(key={"track": "b"}, count=None), Cell(key={"track": "total"}, count=11))
    old = assembler("2025")((Table(name="old", kind="flow", dimensions=("track",), cells=cells, measure="else"),), ())
    assert attacked([old]).broken
    made = protect((one("received", 20),), RULES, assemble=assembler("2026"), earlier=(old,))
    assert made.findings.clean
    assert said(made.report) == {"received": 20}
