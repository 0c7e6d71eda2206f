"""What is written as CSV is read back the same, and no spreadsheet runs it."""

import csv
import io
from dataclasses import replace

import pytest

from structure.diff import diff
from structure.exchange.tables import NotATable, read_csv, write_csv
from structure.organisation import Organisation
from structure.things import UNKNOWN, Unit
from tests.structure.exchange.houses import everything


def read(tables: dict[str, str]) -> Organisation:
    return read_csv(tables["units.csv"], tables["functions.csv"], tables["posts.csv"])


def test_what_is_written_is_read_back_the_same():
    org = everything()
    back = read(write_csv(org))
    assert diff(org, back) == []
    assert {id: replace(unit, edges=frozenset(unit.edges)) for id, unit in back.units.items()} == {
        id: replace(unit, edges=frozenset(unit.edges)) for id, unit in org.units.items()
    }
    assert dict(back.functions) == dict(org.functions)
    assert dict(back.posts) == dict(org.posts)


def test_writing_twice_gives_the_same_text():
    assert write_csv(everything()) == write_csv(everything())


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@sum", "\tx", "'quoted"])
def test_no_cell_begins_as_a_formula(name: str):
    tables = write_csv(Organisation.of([Unit("U", name, "office")]))
    rows = list(csv.reader(io.StringIO(tables["units.csv"])))
    assert rows[1][1] == "'" + name
    assert read(tables).units["U"].name == name


def test_who_holds_a_post_is_not_written():
    org = everything()
    held = org.with_post(replace(org.posts["P1"], holder="person-4711"))
    assert all("person-4711" not in text for text in write_csv(held).values())


def test_a_table_of_names_alone_is_enough_and_the_rest_is_unknown():
    unit = read_csv("id,name\r\nA,Alpha\r\n").units["A"]
    assert (unit.name, unit.type, unit.rank, unit.edges) == ("Alpha", UNKNOWN, UNKNOWN, ())


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("name\r\nAlpha\r\n", 1, "id"),
        ("id,what somebody wrote\r\nA,red\r\n", 1, "2"),
        ("id\r\nA\r\nA\r\n", 3, "id"),
        ("id\r\nunknown\r\n", 2, "id"),
        ("id,name\r\nA\r\n", 2, "id"),
        ("id,name\r\nA,b,c\r\n", 2, "id"),
        ("id,state\r\nA,asleep\r\n", 2, "state"),
        ("id,heads\r\nA,wheel:B\r\n", 2, "heads"),
        ('id,name\r\nA,"x\r\n', 1, "-"),
    ],
)
def test_a_table_that_makes_no_sense_is_refused_by_line_and_column(text: str, line: int, column: str):
    with pytest.raises(NotATable) as refused:
        read_csv(text)
    assert refused.value.params == {"table": "units", "line": line, "column": column}
