"""Reading what was published: our own report, a plainer one, and what is none."""

import json
from pathlib import Path
from typing import Any

import pytest

from reports.attack import NoReportThere, NotAReport, attack, read_release
from reports.attack.reading import ASSUMED
from tests.reports.attack.published import BOUNDS, assert_clean, line, release, row


def plain(
    *tables: dict[str, Any], edition: str = "2026.1", days: tuple[str, str] = ("2026-01-01", "2026-12-31")
) -> dict[str, Any]:
    """A report with nothing in it but what must be there."""
    return {"series": "ombuds", "edition": edition, "period": {"from": days[0], "to": days[1]}, "tables": list(tables)}


def counts(name: str, *dimensions: str, kind: str = "flow", **cells: int | None) -> dict[str, Any]:
    """A plain table; values of several dimensions are joined by two underscores."""
    made = [{"key": dict(zip(dimensions, value.split("__"), strict=True)), "count": count} for value, count in cells.items()]
    return {"name": name, "kind": kind, "dimensions": list(dimensions), "cells": made}


def written(folder: Path, data: object) -> Path:
    """A release's folder with this in it."""
    folder.mkdir(parents=True)
    (folder / "report.json").write_text(data if isinstance(data, str) else json.dumps(data))
    return folder


def found(folder: Path, *reports: dict[str, Any]) -> set[tuple[object, ...]]:
    """What an attack on plain reports breaks."""
    read = [read_release(written(folder / str(number), each)) for number, each in enumerate(reports)]
    return {row(each) for each in attack(read, BOUNDS).broken}


def test_our_own_report_is_read_as_it_is(tmp_path: Path) -> None:
    """Written and read, it is the same object."""
    report = release(line("by_track", "track", total=60, a=41, b=None))
    assert read_release(written(tmp_path / "r", report.written())) == report


def test_the_plainest_report_is_read(tmp_path: Path) -> None:
    """Series, edition, period and tables; all else may be missing, and what is not known is passed over."""
    data = plain(counts("by_track", "track", total=60, a=None)) | {"colour": "blue"}
    data["tables"][0]["cells"][0]["note"] = "?"
    read = read_release(written(tmp_path / "r", data))
    assert (read.series, read.edition, read.period.to_on.isoformat()) == ("ombuds", "2026.1", "2026-12-31")
    assert read.tables[0].measure == ASSUMED
    assert [cell.count for cell in read.tables[0].cells] == [60, None]
    assert read == read_release(tmp_path / "r" / "report.json")


def test_a_folder_without_a_report_is_refused(tmp_path: Path) -> None:
    """It is said which folder."""
    with pytest.raises(NoReportThere) as refused:
        read_release(tmp_path)
    assert refused.value.params == {"folder": tmp_path.name}
    with pytest.raises(NoReportThere):
        read_release(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("no json", "report"),
        ("[1, 2]", "report"),
        ('{"series": "x", "edition": "1", "period": {"from": "2026-01-01"}, "tables": []}', "period.to"),
        ('{"series": "x", "edition": "1", "period": {"from": "2026-01-01", "to": "soon"}, "tables": []}', "period.to"),
        (
            '{"period": {"from": "2026-01-01", "to": "2026-12-31"}, "tables": [{"cells": [{"key": {}, "count": -1}]}]}',
            "tables.0.cells.0.count",
        ),
        ('{"period": {"from": "2026-01-01", "to": "2026-12-31"}, "tables": [{"cells": [3]}]}', "report"),
    ],
    ids=["no_json", "a_list", "no_end", "no_day", "below_zero", "no_cell"],
)
def test_what_is_no_report_is_refused_with_the_place(tmp_path: Path, text: str, at: str) -> None:
    """A person can then mend it."""
    with pytest.raises(NotAReport) as refused:
        read_release(written(tmp_path / "r", text))
    assert refused.value.params == {"folder": "r", "at": at}


def test_plain_tables_that_agree_count_the_same(tmp_path: Path) -> None:
    """One total, two tables: the second shows what the first hides."""
    two_way = counts("a", "region", "track", total__total=60, x__a=20, x__b=None, y__a=10, y__b=None)
    one_way = counts("b", "region", total=60, x=37, y=23)
    assert found(tmp_path, plain(two_way, one_way)) == {
        ("2026.1", "a", ("x", "b"), "exact", 17, 17),
        ("2026.1", "a", ("y", "b"), "exact", 13, 13),
    }


def test_plain_tables_that_do_not_agree_count_different_things(tmp_path: Path) -> None:
    """Another total: visitors, not cases."""
    two_way = counts("a", "region", "track", total__total=60, x__a=20, x__b=None, y__a=10, y__b=None)
    one_way = counts("b", "region", total=61, x=37, y=24)
    assert found(tmp_path, plain(two_way, one_way)) == set()


def test_plain_tables_of_one_name_count_the_same_in_every_release(tmp_path: Path) -> None:
    """The year without its first half."""
    year = plain(counts("a", "region", total=60, x=None, y=None))
    first = plain(counts("a", "region", total=40, x=30, y=10), edition="2026-H1.1", days=("2026-01-01", "2026-06-30"))
    second = plain(counts("a", "region", total=20, x=11, y=9), edition="2026-H2.1", days=("2026-07-01", "2026-12-31"))
    assert found(tmp_path, year, first, second) == {
        ("2026.1", "a", ("x",), "exact", 41, 41),
        ("2026.1", "a", ("y",), "exact", 19, 19),
    }


def test_a_link_that_the_numbers_do_not_bear_out_is_given_up(tmp_path: Path) -> None:
    """A half with more than its year is of something else; each is then attacked alone."""
    year = plain(counts("a", "region", total=30, x=None, y=20))
    half = plain(counts("a", "region", total=40, x=None, y=None), edition="2026-H1.1", days=("2026-01-01", "2026-06-30"))
    read = [read_release(written(tmp_path / str(number), each)) for number, each in enumerate((year, half))]
    findings = attack(read, BOUNDS)
    assert {row(each) for each in findings.broken} == {("2026.1", "a", ("x",), "exact", 10, 10)}
    assert findings.inconsistent == ()
    assert_clean(attack(read[1:], BOUNDS))


def test_plain_tables_of_one_name_are_linked_across_series(tmp_path: Path) -> None:
    """Months in one series, the year to date in another."""
    january = plain(counts("a", "track", total=20, x=12, y=8), days=("2026-01-01", "2026-01-31")) | {"series": "monthly"}
    february = plain(counts("a", "track", total=20, x=None, y=None), days=("2026-02-01", "2026-02-28")) | {"series": "monthly"}
    to_date = plain(counts("a", "track", total=40, x=14, y=26), days=("2026-01-01", "2026-02-28")) | {"series": "to_date"}
    assert {each[2:] for each in found(tmp_path, january, february, to_date)} == {
        (("x",), "exact", 2, 2),
        (("y",), "exact", 18, 18),
    }


def test_the_only_plain_tables_of_their_dimensions_are_linked_under_any_name(tmp_path: Path) -> None:
    """A series that renames its table still subtracts; where there are two such tables, it is not known which."""
    half = counts("half", "track", total=20, x=12, y=8)
    first = plain(half, edition="H1", days=("2026-01-01", "2026-06-30"))
    year = plain(counts("year", "track", total=40, x=14, y=26), edition="Y")
    assert found(tmp_path / "a", first, year) == {("Y", "year", ("x",), "differenced", 2, 2)}
    two = plain(half, counts("other", "track", total=9, x=9, y=0), edition="H1", days=("2026-01-01", "2026-06-30"))
    assert found(tmp_path / "b", two, year) == set()
