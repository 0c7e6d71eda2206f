"""The annex and the chair's weekly note: always there, always the same shape, nothing but bands."""

from dataclasses import replace
from datetime import date

import pytest

from policies.said import Said
from reports.attack import Bounds, attack
from reports.ombuds.annex import draft_annex
from reports.ombuds.chair_week import chair_week
from reports.shape import Cell, Origin, Place, Report
from tests.reports.ombuds.offices import RULES, Year, counts, frame
from web.messages import LANGUAGES, Messages

ORIGIN = Origin(taken_on=date(2026, 8, 31), policy_edition="oas-7", unverified=31)
NIL = Year(2026, open_at_start=0, received=0, visitors=0, recommendations=0, results={})
ANNEX = ["annex_received", "annex_closed", "annex_open_at_end", "annex_visitors_received", "annex_recommendations_received"]


def annex(year: Year, earlier: tuple[Report, ...] = ()) -> Report:
    made = draft_annex(counts(year, apart=True), RULES, frame(str(year.year), "annex"), earlier)
    assert made.findings.clean
    return made.report


def band(report: Report, table: str) -> tuple[int | None, int | None, int | None]:
    cell = report.cell(Place(table=table, key={}))
    return cell.count, cell.low, cell.high


def test_the_annex_is_there_when_there_is_nothing() -> None:
    report = annex(NIL)
    assert [table.name for table in report.tables] == [*ANNEX, "annex_timeliness"]
    assert {band(report, name) for name in ANNEX} == {(0, 0, 0)}


@pytest.mark.parametrize(
    ("received", "said"), [(0, (0, 0, 0)), (1, (None, 1, 4)), (4, (None, 1, 4)), (5, (None, 5, None)), (90, (None, 5, None))]
)
def test_the_annex_says_bands_alone(received: int, said: tuple[int | None, ...]) -> None:
    report = annex(Year(2026, open_at_start=0, received=received))
    assert band(report, "annex_received") == said
    assert all(cell.count in (0, None) for table in report.tables for cell in table.cells)
    assert (report.figures, report.charts, report.identities) == ((), (), ())


def test_the_annex_has_the_same_shape_and_says_the_same_whatever_there_is() -> None:
    nil, some = annex(NIL), annex(Year(2026, open_at_start=3, received=9, closed=2))
    assert [table.name for table in nil.tables] == [table.name for table in some.tables]
    assert nil.chapters == some.chapters
    assert (nil.series, nil.receiver) == ("annex", "chair")


def test_the_annexes_of_years_withstand_the_attacker_together() -> None:
    years = (NIL, Year(2027, open_at_start=0, received=3), Year(2028, open_at_start=3, received=1, closed=4))
    assert attack([annex(year) for year in years], Bounds.of(RULES.disclosure)).clean


def test_what_was_not_counted_is_not_said_to_be_none() -> None:
    told = counts(NIL, apart=True)
    without = replace(told, tables=tuple(table for table in told.tables if table.name != "closed"))
    with pytest.raises(KeyError, match="closed"):
        draft_annex(without, RULES, frame("2026", "annex"), ())


def test_the_annex_promises_nobodys_words() -> None:
    assert "report.say.alternates_words" not in {one.key for chapter in annex(NIL).chapters for one in chapter.sentences}
    assert annex(NIL).chapters[0].sentences == ()


def test_the_annex_is_not_made_of_the_ombudspersons_own_counts() -> None:
    with pytest.raises(ValueError, match="own report"):
        draft_annex(counts(NIL), RULES, frame("2026", "annex"), ())


@pytest.mark.parametrize(
    ("said", "cell"),
    [
        ("none", Cell(key={}, count=0, low=0, high=0)),
        ("some", Cell(key={}, count=None, low=1, high=4)),
        ("many", Cell(key={}, count=None, low=5, high=None)),
    ],
)
def test_the_weekly_note_is_a_release_with_one_band(said: str, cell: Cell) -> None:
    report = chair_week(said, date(2026, 8, 31), band_from=5, house="oas", origin=ORIGIN)
    assert (report.series, report.kind, report.edition, report.receiver) == ("chair_week", "chair_week", "2026-W36", "chair")
    assert (report.period.from_on, report.period.to_on) == (date(2026, 8, 31), date(2026, 9, 6))
    assert [(table.kind, table.measure, table.cells) for table in report.tables] == [("stock", "late_duties", (cell,))]
    assert attack([report], Bounds.of(RULES.disclosure)).clean


def test_a_week_across_the_turn_of_the_year_belongs_to_the_year_of_its_thursday() -> None:
    report = chair_week("none", date(2027, 1, 1), band_from=5, house="oas", origin=ORIGIN)
    assert report.edition == "2026-W53"
    assert (report.period.from_on, report.period.to_on) == (date(2026, 12, 28), date(2027, 1, 3))


def test_there_is_no_other_band() -> None:
    with pytest.raises(ValueError, match="no such band"):
        chair_week("few", date(2026, 8, 31), band_from=5, house="oas", origin=ORIGIN)


@pytest.mark.parametrize("language", LANGUAGES)
def test_annex_and_note_are_said_in_every_language(language: str) -> None:
    messages = Messages(language)
    weeks = [chair_week(one, date(2026, 8, 31), band_from=5, house="oas", origin=ORIGIN) for one in ("none", "some", "many")]
    for report in (annex(NIL), *weeks):
        assert f"report.series.{report.series}" in messages
        for table in report.tables:
            assert f"report.table.{table.name}" in messages
        for chapter in report.chapters:
            assert f"report.chapter.{chapter.name}" in messages
            assert all("{" not in messages.say(Said(each.key, dict(each.facts))) for each in chapter.sentences)  # type: ignore[arg-type]  # no places here
