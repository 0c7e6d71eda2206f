"""The sheet holds every published number once, no hidden one, and no formula; its dictionary explains all of it."""

import csv
from io import StringIO

import pytest

from reports.form.labels import labels_in
from reports.form.sheet import render_csv, render_dictionary
from reports.shape import Cell, Table
from tests.reports.form.sample import sample
from web.messages import LANGUAGES


def lines(text: str) -> list[list[str]]:
    assert text.startswith("\N{BYTE ORDER MARK}")
    assert text.endswith("\r\n")
    return list(csv.reader(StringIO(text[1:], newline="")))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_published_number_is_a_line(language):
    report, labels = sample(), labels_in(language)
    head, *rows = lines(render_csv(report, language))
    assert head[0] == labels.form("column.table")
    assert {len(row) for row in rows} == {len(head)}
    numbers = [row[-4:-1] for row in rows]
    expected = [
        ["" if number is None else str(number) for number in (cell.count, cell.low, cell.high)]
        for table in report.tables
        for cell in table.cells or [Cell(key={}, count=None)]
    ]
    assert numbers[: len(expected)] == expected
    assert [row[0] for row in numbers[len(expected) :]] == ["62.9", "1", "", "-1234.5"]
    assert {tuple(row[3:5]) for row in rows} == {("2026-01-01", "2026-12-31")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_not_a_number_says_why(language):
    for row in lines(render_csv(sample(), language))[1:]:
        assert bool(row[-1]) == (row[-4] == ""), row


def test_no_field_is_a_formula():
    for text in (render_csv(sample(), "en"), render_dictionary(sample(), "en")):
        fields = [field for row in lines(text) for field in row]
        assert any(field.startswith("'=HYPERLINK") for field in fields)
        assert [field for field in fields if field.startswith(("=", "+", "@", "\t"))] == []
        assert [field for field in fields if field.startswith("-") and field != "-1234.5"] == []


@pytest.mark.parametrize("lead", ["=", "+", "-", "@", "\t=", " =", "\n-", "＝"])
def test_whatever_a_spreadsheet_takes_for_a_formula_is_guarded(lead):
    cell = Cell(key={"region": f"{lead}1+1"}, count=5)
    table = Table(name="t", kind="flow", measure="cases", dimensions=("region",), cells=(cell,))
    report = sample().model_copy(update={"tables": (table,), "figures": (), "groupings": ()})
    assert lines(render_csv(report, "en"))[1][5] == f"'{lead}1+1"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_dictionary_names_each_column_table_dimension_value_and_figure(language):
    report, labels = sample(), labels_in(language)
    entries = lines(render_dictionary(report, language))[1:]
    assert all(all(entry) for entry in entries)
    named = {(entry[0], entry[1]) for entry in entries}
    assert {(labels.form("entry.table"), table.name) for table in report.tables} <= named
    assert {(labels.form("entry.figure"), figure.name) for figure in report.figures} <= named
    for table in report.tables:
        for cell in table.cells:
            for dimension, value in cell.key.items():
                assert (labels.form("entry.dimension"), dimension) in named
                assert any(entry[1].removeprefix("'") == f"{dimension}.{value}" for entry in entries)
    columns = [entry[2] for entry in entries if entry[0] == labels.form("entry.column")]
    head = lines(render_csv(report, language))[0]
    assert [*columns[:5], *columns[5:]] == [*head[:5], *head[-4:]]


def test_the_dictionary_tells_what_a_value_belongs_to():
    entries = lines(render_dictionary(sample(), "en"))
    assert next(entry for entry in entries if entry[1] == "sub_code.3D")[3] == "Belongs to: 3 Peer and colleague relationships."
