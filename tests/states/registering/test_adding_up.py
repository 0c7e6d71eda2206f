"""The table of 751 mandates, and any other, adds up or says where it does not."""

import pytest

from states.registering.adding_up import NotATable, check_table
from tests.fixtures.resolutions import DATA

MANDATES = (DATA / "mandates_751.csv").read_text(encoding="utf-8")
CAAP = "# source: domain.md 7.4\ncommittee,A,B,C,total\nCAAP,10,23,40,73\ntotal,10,23,40,73\n"


def keys(text: str) -> list[tuple[str, dict[str, object]]]:
    return [(one.key.removeprefix("registering."), dict(one.params)) for one in check_table(text).findings]


def test_the_published_table_adds_up():
    checked = check_table(MANDATES)
    assert checked.findings == ()
    assert (checked.table.total, checked.table.column_totals, len(checked.table.rows)) == (751, (79, 474, 173, 25), 8)
    assert checked.table.source is not None


def test_the_share_of_one_committee_adds_up():
    assert keys(CAAP) == []


@pytest.mark.parametrize("old", ["165", "117", "56", "248", "474", "79"])
def test_every_number_that_is_changed_is_found(old: str):
    assert f",{old}" in MANDATES
    assert keys(MANDATES.replace(f",{old}", f",{int(old) + 1}", 1))


def test_a_wrong_cell_is_named_by_its_row_and_its_column():
    assert keys(MANDATES.replace("22,165,54", "22,166,54")) == [
        ("row_differs", {"row": 8, "said": 248, "added": 249}),
        ("column_differs", {"column": 2, "said": 474, "added": 475}),
    ]


def test_a_wrong_grand_total_is_found_by_both_ways():
    assert [key for key, _ in keys(MANDATES.replace("25,751", "25,750"))] == ["total_of_rows_differs", "total_of_columns_differs"]


def test_what_is_no_number_is_said_and_not_taken_for_nothing():
    assert keys(CAAP.replace("CAAP,10", "CAAP,ten")) == [("not_a_number", {"row": 1, "column": 1})]


def test_a_table_without_a_source_a_row_twice_and_years_out_of_order_are_said():
    table = "year,A,total\n2013,1,1\n2012,1,1\n2012,1,1\ntotal,3,3\n"
    assert [key for key, _ in keys(table)] == ["table_without_source", "row_twice", "rows_out_of_order"]


@pytest.mark.parametrize(
    ("text", "line"),
    [("", 1), ("# only\n", 1), ("a,b\n1,2\n3,4\n", 1), ("a,b,c\n1,2,3\n", 1), ("# s\na,b,c\n1,2,3\n1,2\nt,2,3\n", 4)],
)
def test_what_cannot_be_added_up_is_refused_with_its_line(text: str, line: int):
    with pytest.raises(NotATable) as refused:
        check_table(text)
    assert refused.value.params == {"line": line}
