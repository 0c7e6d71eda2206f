"""What an operator mends of a report without a holder, and what a restored database or a changed folder meets."""

from datetime import date

import pytest

from actions.kinds.report_opening import NothingToCorrect
from actions.report_correcting import (
    HolderCorrects,
    Mended,
    NoCorrection,
    NotUnsafe,
    correct_as_process,
    redraft_as_process,
    withdraw_as_process,
)
from actions.report_week import FILE, AnotherReleaseIsThere, write_week
from actions.reporting import Reported, make_reports
from policies.refusal import Refusal
from policies.reports import PeriodUnreadable
from reports.ombuds.chair_week import chair_week
from reports.shape import Origin
from tests.fixtures.reporting import KEY, Reporting

HALF = "2015-H1"
FIRST, SECOND = "2015-H1.1", "2015-H1.2"
pytestmark = pytest.mark.usefixtures("wall")


@pytest.fixture(autouse=True)
def _due(reporting: Reporting) -> None:
    """The mandates of the half year in which the house began are owed."""
    reporting.council.to_day(date(2015, 7, 30))


def states(reporting: Reporting) -> list[tuple[object, ...]]:
    return reporting.council.rows(
        "SELECT r.edition, m.state FROM report r JOIN matter m ON m.id = r.matter_id ORDER BY r.edition"
    )


def asked(reporting: Reporting) -> list[tuple[object, ...]]:
    """What the ledger says that an operator asked for."""
    return reporting.council.rows(
        "SELECT body::json->>'what', body::json->'facts'->>'edition', body::json->'facts'->>'because' FROM ledger_entry"
        " WHERE body LIKE '%_asked%'"
    )


def refused(reporting: Reporting, wanted: type[Refusal], act: object, *told: str) -> None:
    assert callable(act)
    query = "SELECT (SELECT count(*) FROM matter), (SELECT count(*) FROM event), (SELECT count(*) FROM ledger_entry)"
    before = reporting.council.rows(query)
    with pytest.raises(wanted):
        act(reporting.council.flows, *told)
    assert reporting.council.rows(query) == before


def test_a_correction_is_the_next_edition_goes_out_and_takes_the_place_of_the_first(reporting: Reporting):
    assert make_reports(reporting.council.flows, reporting) == Reported(opened=1, judged=1, published=1)
    done = correct_as_process(reporting.council.flows, "mandates", HALF, "figures_wrong")
    assert done == Mended("mandates", SECOND, FIRST)
    assert asked(reporting) == [("report.correct_asked", SECOND, "figures_wrong")]
    refused(reporting, NothingToCorrect, correct_as_process, "mandates", HALF, "figures_wrong")
    refused(reporting, NotUnsafe, redraft_as_process, "mandates", HALF)
    assert make_reports(reporting.council.flows, reporting) == Reported(judged=1, published=1)
    assert states(reporting) == [(FIRST, "released"), (SECOND, "released")]
    sent = reporting.council.rows("SELECT t.edition, m.state FROM transmittal t JOIN matter m ON m.id = t.matter_id ORDER BY 1")
    assert sent == [(FIRST, "replaced"), (SECOND, "transmitted")]
    refused(reporting, NoCorrection, withdraw_as_process, "mandates", HALF)


def test_an_unsafe_correction_is_drafted_again_or_withdrawn_and_what_is_out_stands(reporting: Reporting):
    flows = reporting.council.flows
    make_reports(flows, reporting)
    correct_as_process(flows, "mandates", HALF, "rule_wrong")
    reporting.clean = False
    make_reports(flows, reporting)
    assert redraft_as_process(flows, "mandates", HALF) == Mended("mandates", SECOND, FIRST)
    assert states(reporting) == [(FIRST, "released"), (SECOND, "wanted")]
    make_reports(flows, reporting)
    assert states(reporting) == [(FIRST, "released"), (SECOND, "unsafe")]
    assert withdraw_as_process(flows, "mandates", HALF) == Mended("mandates", SECOND, FIRST)
    assert states(reporting) == [(FIRST, "released"), (SECOND, "withdrawn")]
    assert [what for what, _, _ in asked(reporting)] == ["report.correct_asked", "report.redraft_asked", "report.withdraw_asked"]


def test_what_is_not_out_is_not_corrected_and_a_report_with_a_holder_never(reporting: Reporting):
    refused(reporting, NothingToCorrect, correct_as_process, "mandates", HALF, "figures_wrong")
    refused(reporting, PeriodUnreadable, correct_as_process, "mandates", "2015-H3", "figures_wrong")
    make_reports(reporting.council.flows, reporting)
    for kind in ("ombuds", "annex"):
        refused(reporting, HolderCorrects, correct_as_process, kind, "2015", "figures_wrong")
        refused(reporting, HolderCorrects, withdraw_as_process, kind, "2015")
        refused(reporting, HolderCorrects, redraft_as_process, kind, "2015")


def test_a_folder_that_holds_another_week_is_left_and_said_and_the_same_week_is_done(reporting: Reporting):
    origin = Origin(taken_on=date(2016, 9, 5), policy_edition="e" * 12, unverified=3)
    bands = (chair_week(band, date(2016, 9, 5), band_from=5, house="oas", origin=origin) for band in ("none", "some"))
    one, other = (made.written().encode() for made in bands)
    write_week(one, reporting.releases, KEY)
    write_week(one, reporting.releases, KEY)
    (folder,) = (reporting.releases / "chair_week").iterdir()
    with pytest.raises(AnotherReleaseIsThere):
        write_week(other, reporting.releases, KEY)
    assert (folder / FILE).read_bytes() == one
    (folder / FILE).unlink()
    with pytest.raises(AnotherReleaseIsThere):
        write_week(one, reporting.releases, KEY)
    assert not (folder / FILE).exists()


def test_another_release_in_the_house_under_its_name_is_a_trouble_and_nothing_is_marked(reporting: Reporting):
    reporting.to_day(date(2017, 1, 31))
    reporting.tick()
    reporting.council.rows(
        "INSERT INTO released_report (series, edition, kind, object, sha256, released_on, published_at)"
        " VALUES ('ombuds', '2016.1', 'ombuds', '{}', 'another', '2017-02-10', '2017-02-10') RETURNING 1"
    )
    reporting.to_day(date(2017, 2, 15))
    done, _ = reporting.tick()
    assert (done.published, done.failed) == (0, 1)
    assert reporting.ombuds.rows("SELECT what FROM trouble") == [("AnotherReleaseCrossed",)]
    assert reporting.ombuds.rows("SELECT published_at FROM released_report WHERE series = 'ombuds'") == [(None,)]
    assert reporting.council.rows("SELECT sha256 FROM released_report WHERE series = 'ombuds'") == [("another",)]
