"""Reports with figures go out one after the other: a draft is tried against everything that will be out before it."""

from datetime import date
from uuid import UUID

import pytest

from actions.kernel.callers import HouseProcess
from actions.kernel.move import open_kind
from actions.kinds.report_opening import ReportUnderWay
from actions.kinds.report_shapes import Wanted
from actions.reporting import due_reports
from tests.fixtures.report_life import does
from tests.fixtures.reporting import Reporting

pytestmark = pytest.mark.usefixtures("wall")


def settled(reporting: Reporting, day: date) -> dict[str, str]:
    """That day has come, and there is nothing left that could be done."""
    reporting.to_day(day)
    for _ in range(20):
        reporting.tick()
        if not due_reports(reporting.ombuds.flows) and not due_reports(reporting.council.flows):
            return reporting.states()
    raise AssertionError("there is always more to do")


def correction(reporting: Reporting) -> UUID:
    told = Wanted(kind="ombuds", period="2016", corrects="2016.1", because="figures_wrong")
    return open_kind(reporting.ombuds.desk, "report", told, by=reporting.ombuds.callers["head"]).id


def kept(reporting: Reporting) -> list[tuple[object, ...]]:
    return reporting.ombuds.rows(
        "SELECT (SELECT count(*) FROM matter), (SELECT count(*) FROM report), (SELECT count(*) FROM ledger_entry)"
    )


def test_the_next_one_waits_until_the_one_before_is_out(reporting: Reporting) -> None:
    there = settled(reporting, date(2018, 1, 31))  # nobody looked for a year
    assert there["ombuds 2016.1"] == "in_review"
    assert {"ombuds 2016-H2.1", "ombuds 2017-H1.1", "ombuds 2017-H2.1"} <= there.keys()  # words alone wait for nobody
    assert "ombuds 2017.1" not in there
    does(reporting.ombuds, "head", reporting.matter("ombuds", "2016.1"), "hold", reason="figures_wrong")
    assert "ombuds 2017.1" not in settled(reporting, date(2018, 3, 1))
    before = kept(reporting)
    with pytest.raises(ReportUnderWay) as refused:
        open_kind(reporting.ombuds.flows, "report", Wanted(kind="ombuds", period="2017"), by=HouseProcess())
    assert refused.value.params == {"edition": "2016.1"}
    assert kept(reporting) == before
    does(reporting.ombuds, "head", reporting.matter("ombuds", "2016.1"), "let_go")
    there = settled(reporting, date(2018, 3, 7))
    assert (there["ombuds 2016.1"], there["ombuds 2017.1"]) == ("released", "in_review")


def test_what_was_merged_is_waited_for_no_longer(reporting: Reporting) -> None:
    reporting.clean = False
    settled(reporting, date(2018, 1, 31))
    reporting.clean = True
    does(reporting.ombuds, "head", reporting.matter("ombuds", "2016.1"), "merge_with_next")
    assert settled(reporting, date(2018, 2, 1))["ombuds 2017.1"] == "in_review"
    assert reporting.ombuds.rows("SELECT merged FROM report WHERE edition = '2017.1' AND series = 'ombuds'") == [(["2016"],)]


def test_the_next_one_waits_for_a_correction_and_a_correction_is_refused_while_it_is_there(reporting: Reporting) -> None:
    settled(reporting, date(2017, 1, 31))
    assert settled(reporting, date(2017, 2, 20))["ombuds 2016.1"] == "released"
    second = correction(reporting)
    there = settled(reporting, date(2017, 2, 21))
    assert there["ombuds 2016.2"] == "in_review"
    does(reporting.ombuds, "head", second, "hold", reason="figures_wrong")
    assert "ombuds 2017.1" not in settled(reporting, date(2018, 1, 31))
    does(reporting.ombuds, "head", second, "withdraw")
    assert settled(reporting, date(2018, 2, 1))["ombuds 2017.1"] == "in_review"
    before = kept(reporting)
    with pytest.raises(ReportUnderWay) as refused:
        correction(reporting)
    assert refused.value.params == {"edition": "2017.1"}
    assert kept(reporting) == before
    settled(reporting, date(2018, 2, 20))
    correction(reporting)
    assert reporting.states()["ombuds 2016.3"] == "wanted"
