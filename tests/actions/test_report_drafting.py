"""What goes into a draft beside what was counted: who served, which posts were empty, what its holder chose to leave out."""

from datetime import date

from actions.report_drafting import _chosen, draft, staffing, vacancies
from policies.reports import ReportRules
from records import report
from records.counts.counted import CountedCell, CountedTable
from records.counts.taken import Balance, Counts, Term
from reports.shape import Report
from tests.fixtures.offices import shelf
from tests.fixtures.report_life import does, wanted
from tests.fixtures.reporting import Reporting


def rules() -> ReportRules:
    found = shelf().pack.reports
    assert found is not None
    return found


def table(name: str) -> CountedTable:
    values = {"station": ("US-DC", "MX"), "track": ("formal",)}
    cells = (CountedCell(key={"station": "MX", "track": "formal"}, count=7),)
    return CountedTable(name, "cases", "flow", ("station", "track"), values, cells)


def counts() -> Counts:
    terms = (Term("received", {"station": "total", "track": "total"}), Term("closed", {"station": "total", "track": "total"}, -1))
    first, last = date(2016, 1, 1), date(2016, 12, 31)
    return Counts(first, last, last, False, (table("received"), table("closed")), (Balance("flow", terms),), (), {}, 0)


def test_a_table_that_was_left_out_is_still_counted_and_adds_up():
    told = counts()
    left = _chosen(told, rules(), [{"act": "drop", "table": "closed"}])
    assert left.left_out == {"closed"}
    assert (left.tables, left.balances) == (told.tables, told.balances)


def test_a_table_is_said_one_step_more_coarsely():
    coarse = _chosen(counts(), rules(), [{"act": "coarsen", "table": "received", "dimension": "station"}])
    assert [each.dimensions for each in coarse.tables] == [("region", "track"), ("station", "track")]
    assert coarse.tables[0].cells[0].key == {"region": "central_america_mexico", "track": "formal"}
    assert [set(term.key) for term in coarse.balances[0].terms] == [{"region", "track"}, {"station", "track"}]
    assert _chosen(counts(), rules(), [{"act": "coarsen", "table": "received", "dimension": "track"}]) == counts()


def test_who_serves_and_how_long_a_post_was_empty(reporting: Reporting):
    stage = reporting.ombuds
    stage.rows("UPDATE appointment SET until_on = '2016-11-01' WHERE role IN ('ombudsperson', 'chair') RETURNING 1")
    stage.to_day(date(2017, 1, 31))
    with reporting.counting["ombuds"].open() as books:
        assert staffing(books, date(2016, 12, 31)) == {"case_officer": 2, "alternate": 1}
        empty = [(each.role, each.days) for each in vacancies(books, date(2016, 1, 1), date(2016, 12, 31))]
    assert empty == [("ombudsperson", 61)]  # November and December; the office stands since September


def test_a_draft_is_made_once_and_only_of_what_is_wanted(reporting: Reporting):
    stage, counting = reporting.ombuds, reporting.counting["ombuds"]
    matter = wanted(stage, "ombuds", "2015-H2")  # words alone
    assert draft(counting, matter) == 1
    assert draft(counting, matter) is None  # it waits for the flow's judgement
    stage.rows("UPDATE report_draft SET clean = false RETURNING 1")
    reporting.tick()
    assert draft(counting, matter) is None
    with counting.open() as books:
        (kept,) = report.drafts(books, matter)
    made = Report.read(kept.object)
    assert (made.edition, kept.findings["broken"], kept.findings["mending"]) == ("2015-H2.1", [], [])
    assert does(stage, "head", matter, "redraft").state == "wanted"
    assert draft(counting, matter) == 2
