"""Numbers, bands, days and figures are said as each language says them."""

from datetime import date

import pytest

from policies.categories import categories
from reports.form.grids import grid_of
from reports.form.labels import labels_in
from reports.shape import TOTAL, Cell, Figure
from tests.reports.form.sample import sample
from web.messages import LANGUAGES, UnknownLanguageError, UnknownMessageError

NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("language", "thousand", "share", "days", "first"),
    [
        ("en", "1,043", "62.9%", "2 days", "1 March 2026"),
        ("es", "1.043", f"62,9{NBSP}%", "2 días", "1 de marzo de 2026"),
        ("pt", "1.043", "62,9%", "2 dias", "1 de março de 2026"),
        ("fr", f"1{NBSP}043", f"62,9{NBSP}%", "2 jours", "1er mars 2026"),
    ],
    ids=LANGUAGES,
)
def test_numbers_are_written_by_language(language, thousand, share, days, first):
    labels = labels_in(language)
    assert labels.number(1043) == thousand
    assert labels.figure(Figure(name="f", unit="percent", value=62.9, decimals=1)) == share
    assert labels.figure(Figure(name="f", unit="days", value=2.0)) == days
    assert labels.day(date(2026, 3, 1)) == first


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (None, None, "too few to say"),
        (0, 0, "none"),
        (None, 0, "none"),
        (0, 4, "4 or fewer"),
        (1, 4, "from 1 to 4"),
        (5, None, "5 or more"),
    ],
)
def test_a_band_is_said_in_words(low, high, said):
    assert labels_in("en").cell(Cell(key={}, count=None, low=low, high=high)) == said


def test_a_figure_is_rounded_as_the_object_says_and_never_made_more_exact():
    labels = labels_in("en")
    assert labels.figure(Figure(name="f", unit="percent", value=33.0)) == "33%"
    assert labels.figure(Figure(name="f", unit="days", value=1.0)) == "1 day"
    assert labels.figure(Figure(name="f", unit="days", value=12.5, decimals=1)) == "12.5 days"
    assert labels.figure(Figure(name="f", unit="days", value=None)) == "too few to say"


def test_a_value_without_a_label_is_shown_as_it_is_and_a_sentence_without_words_is_refused():
    labels = labels_in("fr")
    assert labels.value("region", "no_such_region") == "no_such_region"
    assert labels.value("region", TOTAL) == "Total"
    assert labels.receiver("permanent_council") == "Conseil permanent"
    with pytest.raises(UnknownMessageError):
        labels.sentence("no_such_sentence", {})
    with pytest.raises(UnknownLanguageError):
        labels_in("de")


def test_a_long_list_folds_what_says_the_same_and_keeps_its_headings():
    report, labels = sample(), labels_in("en")
    grid = grid_of(report, report.table("issues"), labels)
    headings = [line.heads[0] for line in grid.lines if not line.entries]
    assert headings[:2] == ["1 Compensation and benefits", "2 Evaluative relationships"]
    assert len(headings) == 9
    assert grid.lines[-1].total
    folded = [value for note in grid.notes for value in note.split(": ", 1)[1].rstrip(".").split("; ")]
    shown = [line.heads[0] for line in grid.lines if line.entries and not line.total]
    assert len(folded) > len(shown) > 10
    assert sorted(folded + shown) == sorted(labels.value("sub_code", code) for code in categories().codes)


def test_a_table_of_three_ways_keeps_one_across():
    report, labels = sample(), labels_in("en")
    grid = grid_of(report, report.table("cube"), labels)
    assert grid.downs == ("office", labels.label("dimension", "track"))
    assert grid.columns == ("f", "m", "Total")
    assert grid.lines[0].heads == ("north", labels.value("track", "informal"))
