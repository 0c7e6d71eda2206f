"""The ombudsperson's report over three years: what it says, and that nothing hidden shows through what it says."""

from dataclasses import replace
from datetime import date

import pytest

from policies.reports import ReportPeriod
from policies.said import Said
from records.counts.taken import Duration
from reports.attack import Bounds, attack
from reports.ombuds.annex import draft_annex
from reports.ombuds.chair_week import chair_week
from reports.ombuds.draft import NothingCounted, draft_ombuds
from reports.ombuds.labels import label
from reports.ombuds.reading import Seen
from reports.shape import TOTAL, Cell, Place, Report, Table
from tests.reports.ombuds.offices import CLOCKS, RULES, YEARS, Year, counted, counts, frame
from tests.reports.ombuds.said import facts, keys, said
from web.messages import LANGUAGES, Messages

CHAPTERS = (
    *(
        "introduction",
        "at_a_glance",
        "flow",
        "matters",
        "categories",
        "contacts",
        "outcomes",
        "where_and_who",
        "timeliness",
        "escalations",
    ),
    *("waivers", "recommendations", "happened", "trends", "retaliation", "systemic_issues", "outreach", "independence"),
    *("staffing", "rules", "ledger", "protection", "elsewhere"),
)


def test_all_releases_together_withstand_the_attacker(ledger: tuple[Report, ...]) -> None:
    apart = Year(2026, open_at_start=0, received=3, closed=1)
    annex = draft_annex(counts(apart, apart=True), RULES, frame("2026", "annex"), ())
    weeks = [
        chair_week(band, date(2026, 8, day), band_from=5, house="oas", origin=ledger[2].origin)
        for band, day in (("none", 3), ("some", 10), ("many", 17))
    ]
    found = attack((*ledger, annex.report, *weeks), Bounds.of(RULES.disclosure))
    assert found.clean
    assert found.protected


def test_what_no_cell_publishes_changes_nothing(ledger: tuple[Report, ...]) -> None:
    told = counts(YEARS[0])
    few = [cell.count for cell in ledger[0].table("timeliness").cells if cell.key["clock"] == CLOCKS[1]]
    assert None in few
    others = replace(told, durations=(told.durations[0], Duration(CLOCKS[1], 300, 1.0, 2.0)), destroyed={}, unclassified=0)
    assert draft_ombuds(others, RULES, frame("2024"), ()).report.written() == ledger[0].written()


def test_every_chapter_stands_in_every_year_in_its_order(ledger: tuple[Report, ...]) -> None:
    assert [[chapter.name for chapter in report.chapters] for report in ledger] == [list(CHAPTERS)] * 3


def test_numbers_that_are_published_add_up(ledger: tuple[Report, ...]) -> None:
    assert {"flow.formal", "flow.total", "movements", "visitors_movements"} == {one.name for one in ledger[0].identities}
    for report in ledger:
        for identity in report.identities:
            terms = [(term.sign, Seen(report.tables).count(term)) for term in identity.terms]
            if all(count is not None for _, count in terms):
                assert sum(sign * (count or 0) for sign, count in terms) == 0


def test_no_sentence_says_a_number_that_is_hidden(ledger: tuple[Report, ...], tiny: Report) -> None:
    for report in (*ledger, tiny):
        for sentence in said(report):
            assert all(report.cell(fact).count is not None for fact in sentence.facts.values() if isinstance(fact, Place))
            assert all(report.figure(name).value is not None for name in sentence.figures.values())


def test_a_percentage_is_made_of_published_cells_alone(ledger: tuple[Report, ...]) -> None:
    shares = [(report, figure) for report in ledger for figure in report.figures if figure.unit == "percent"]
    assert len(shares) == 3
    for report, figure in shares:
        assert figure.part is not None
        assert figure.whole is not None
        part, whole = report.cell(figure.part).count, report.cell(figure.whole).count
        assert figure.value == (None if part is None or not whole else round(100 * part / whole))


def test_a_percentage_of_a_hidden_cell_or_of_nothing_is_not_said() -> None:
    key = {"result": "met"}
    for part, whole in ((None, 40), (7, None), (0, 0)):
        cells = (Cell(key=key, count=part), Cell(key={"result": TOTAL}, count=whole))
        seen = Seen((Table(name="t", kind="flow", dimensions=("result",), measure="t", cells=cells),))
        assert seen.share("s", Place(table="t", key=key), seen.whole("t")).value is None


def test_no_single_office_is_published(ledger: tuple[Report, ...]) -> None:
    assert not any("station" in table.dimensions for report in ledger for table in report.tables)


def test_every_table_has_its_chapter_and_every_picture_its_table(ledger: tuple[Report, ...]) -> None:
    for report in ledger:
        shown = {name for chapter in report.chapters for name in chapter.tables}
        hardly = {table.name for table in report.tables if table.dimensions == ("track",)}
        assert shown | hardly == {table.name for table in report.tables}
        for chart in report.charts:
            table = report.table(chart.table)
            assert {chart.across, chart.colour} - {None} <= set(table.dimensions)
            assert any(cell.count for cell in table.cells)


def test_issues_are_there_by_category_and_once(ledger: tuple[Report, ...]) -> None:
    for report in ledger:
        assert [table.dimensions for table in report.tables if table.name == "issues_by_category"] == [("category",)]
        assert all("sub_code" in table.dimensions for table in report.tables if table.name == "issues")


# what is left out, merged, added


def test_a_tiny_office_is_told_in_sentences(tiny: Report) -> None:
    assert keys(tiny, "at_a_glance").count("too_few") >= 3
    assert "too_small" in keys(tiny, "flow")
    assert not any(cell.count for name in ("received", "closed") for cell in tiny.table(name).cells)


def test_a_period_that_was_too_small_is_taken_in() -> None:
    merged = (ReportPeriod.named("2023"), ReportPeriod.named("2024"))
    report = draft_ombuds(counts(YEARS[1]), RULES, frame("2025", merged=merged), ()).report
    assert report.period.from_on.isoformat() == "2023-01-01"
    assert report.merged == ("2023", "2024")
    assert "merged" in keys(report, "at_a_glance")


def test_a_kind_that_comes_later_finds_its_place() -> None:
    more = counted("mediations", "mediations", "flow", {"step": ("begun", "agreed")}, [("begun",)] * 9, about_heads=False)
    base = counts(Year(2026, open_at_start=0, received=0))
    told = replace(base, tables=(*base.tables, more))
    report = draft_ombuds(told, RULES, frame("2026"), ()).report
    assert [chapter.tables for chapter in report.chapters if chapter.name == "further"] == [("mediations",)]
    messages = Messages("pt")
    assert all(messages.say(Said(each.key, facts(report, each))) for each in said(report))


def test_what_the_counts_say_of_destroyed_and_unclassified_cases_is_nowhere(ledger: tuple[Report, ...]) -> None:
    for report in ledger:
        assert "destroyed" not in report.written()
        assert "unclassified" not in report.written()


# words alone


def test_a_half_year_has_words_and_no_number_of_cases(ledger: tuple[Report, ...]) -> None:
    made = draft_ombuds(counts(YEARS[2]), RULES, frame("2026-H1"), ledger)
    report = made.report
    assert made.findings.clean
    assert (report.tables, report.figures, report.charts, report.identities) == ((), (), (), ())
    assert not any(isinstance(fact, Place) for sentence in said(report) for fact in sentence.facts.values())
    numbers = {name for sentence in said(report) for name, fact in sentence.facts.items() if isinstance(fact, int)}
    assert numbers == {"days", "people", "unverified"}
    assert report.written() == draft_ombuds(None, RULES, frame("2026-H1"), ()).report.written()


def test_tables_without_counts_are_refused() -> None:
    with pytest.raises(NothingCounted):
        draft_ombuds(None, RULES, frame("2026"), ())


def test_every_report_says_that_matters_about_the_office_are_elsewhere(ledger: tuple[Report, ...], tiny: Report) -> None:
    words = draft_ombuds(None, RULES, frame("2026-H1"), ()).report
    assert all("report.say.apart_elsewhere" in [each.key for each in said(report)] for report in (*ledger, tiny, words))


# four languages


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_a_report_says_is_said_in_every_language(ledger: tuple[Report, ...], tiny: Report, language: str) -> None:
    messages = Messages(language)
    for report in (*ledger, tiny):
        for sentence in said(report):
            assert "{" not in messages.say(Said(sentence.key, facts(report, sentence)))
        named = [f"report.series.{report.series}"]
        named += [f"report.chapter.{chapter.name}" for chapter in report.chapters]
        named += [f"report.chart.{chart.name}" for chart in report.charts]
        named += [f"report.table.{table.name}" for table in report.tables]
        named += [f"report.dimension.{dimension}" for table in report.tables for dimension in table.dimensions]
        assert [key for key in named if key not in messages] == []
        values = {pair for table in report.tables for cell in table.cells for pair in cell.key.items()}
        for dimension, value in values:
            if value != TOTAL and dimension != "report_period":
                assert label(dimension, value, language) != value


def test_a_figure_that_is_not_said_keeps_its_name_and_loses_its_value(tiny: Report) -> None:
    assert tiny.figure("median.complaint.feedback").value is None


def test_of_talks_on_slips_no_small_class_language_or_region_comes_out_and_the_attacker_finds_none() -> None:
    """The four lists of slips add up to the same talks, so that each one helps to compute the others."""
    told = counts(YEARS[0])
    people = {"channel": [30, 10], "region": [25, 14, 1], "language": [20, 18, 2], "personnel": [22, 17, 1]}
    values = {
        "channel": ("phone", "walk_in"),
        "region": (*list(RULES.regions)[:2], "unknown"),
        "language": ("es", "en", "pt"),
        "personnel": ("staff", "unknown", "intern"),
    }
    noted = tuple(
        counted(
            f"contacts_by_{one}",
            "contacts",
            "flow",
            {one: values[one]},
            [(code,) for code, number in zip(values[one], people[one], strict=True) for _ in range(number)],
            about_heads=False,
        )
        for one in people
    )
    made = draft_ombuds(replace(told, tables=(*told.tables, *noted)), RULES, frame("2024"), ())
    assert made.findings.clean
    shown = {table.name: table for table in made.report.tables if table.name.startswith("contacts_by_")}
    assert {cell.count for cell in shown["contacts_by_channel"].cells} == {30, 10, 40}
    small = [cell.count for table in shown.values() for cell in table.cells if cell.count is not None and cell.count < 5]
    assert small == []
    (left_out,) = [chapter for chapter in made.report.chapters if chapter.name == "contacts"]
    assert set(left_out.tables) >= set(shown)
