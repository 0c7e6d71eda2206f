"""What a move does to clocks, told case by case."""

from datetime import date

from states.clocks import Begin, Happened, Known, Status, Stop, follow, passed, waits_for
from states.complaint import COMPLAINT
from states.complaint_stages import State as C
from states.mandate import MANDATE
from states.mandate import State as M
from states.proposal import PROPOSAL
from states.proposal import State as P

DAY = date(2026, 3, 2)
LATER = date(2026, 3, 20)
NOTHING_GIVEN = {"due": None, "sunset": None, "review_by": None}


def running(*names: str, given: object = None) -> dict[str, Known]:
    return {name: Known(1, DAY, Status.RUNNING, given) for name in names}


def begun(happened: Happened, known: dict[str, Known], given: dict[str, object], table=MANDATE) -> set[str]:
    return {begin.clock for begin in follow(table, known, happened, given).begins}


def test_opening_enters_the_first_stage_and_starts_what_the_instrument_gives() -> None:
    opened = Happened("open", M.IN_FORCE, M.IN_FORCE, DAY)
    assert begun(opened, {}, NOTHING_GIVEN) == {"assignment"}
    assert begun(opened, {}, NOTHING_GIVEN | {"due": {"on": "2026-05-01"}}) == {"assignment", "due"}


def test_an_act_that_changes_no_stage_starts_no_clock_of_that_stage() -> None:
    again = Happened("reassign", M.ASSIGNED, M.ASSIGNED, LATER)
    change = follow(MANDATE, running("start_of_work"), again, NOTHING_GIVEN)
    assert change == type(change)((), ())


def test_the_stopping_act_meets_the_duty_and_leaving_for_elsewhere_only_ends_it() -> None:
    met = follow(MANDATE, running("assignment"), Happened("assign", M.IN_FORCE, M.ASSIGNED, LATER), NOTHING_GIVEN)
    assert met.stops == (Stop("assignment", Status.MET),)
    ended = follow(MANDATE, running("assignment"), Happened("open_review", M.IN_FORCE, M.UNDER_REVIEW, LATER), NOTHING_GIVEN)
    assert ended.stops == (Stop("assignment", Status.ENDED),)


def test_a_final_stage_ends_every_clock() -> None:
    known = running("due", "noting", "review_by")
    change = follow(MANDATE, known, Happened("note_fulfilled", M.REPORTED_AS_DONE, M.FULFILLED, LATER), NOTHING_GIVEN)
    assert {stop.clock for stop in change.stops} == {"due", "noting", "review_by"}
    assert change.begins == ()


def test_a_repeating_duty_begins_again_on_the_day_it_was_met() -> None:
    known = running("progress_report")
    change = follow(MANDATE, known, Happened("report_progress", M.IN_PROGRESS, M.IN_PROGRESS, LATER), NOTHING_GIVEN)
    assert change.stops == (Stop("progress_report", Status.MET),)
    assert change.begins == (Begin("progress_report", LATER),)


def test_d06_a_duty_that_runs_is_not_begun_again() -> None:
    message = Happened("message", C.INQUIRY, C.INQUIRY, LATER)
    assert begun(message, {}, {}, COMPLAINT) == {"reply_owed"}
    assert begun(message, running("reply_owed"), {}, COMPLAINT) == set()


def test_a_given_date_begins_one_epoch_and_another_date_the_next() -> None:
    due = {"on": "2026-05-01"}
    met = {"due": Known(1, DAY, Status.MET, due), "assignment": Known(1, DAY, Status.MET)}
    back = Happened("keep", M.UNDER_REVIEW, M.IN_FORCE, LATER)
    assert begun(back, met, NOTHING_GIVEN | {"due": due}) == {"assignment"}
    assert begun(back, met, NOTHING_GIVEN | {"due": {"on": "2027-01-01"}}) == {"assignment", "due"}


def test_a_new_given_date_replaces_a_running_one() -> None:
    known = running("sunset", given={"on": "2026-05-01"})
    renewed = Happened("renew", M.UNDER_REVIEW, M.RENEWED, LATER)
    change = follow(MANDATE, known, renewed, NOTHING_GIVEN | {"sunset": {"on": "2027-05-01"}})
    assert Stop("sunset", Status.ENDED) in change.stops
    assert Begin("sunset", LATER) in change.begins


def test_feedback_begins_when_acknowledged_or_when_that_was_due_whichever_comes_first() -> None:
    acknowledged = Happened("acknowledge", C.SUBMITTED, C.ACKNOWLEDGED, LATER)
    assert "feedback" in begun(acknowledged, running("acknowledgement"), {}, COMPLAINT)
    assert waits_for(COMPLAINT, "acknowledgement")
    assert passed(COMPLAINT, "acknowledgement", running("acknowledgement"), LATER) == (Begin("feedback", LATER),)
    already = running("acknowledgement") | {"feedback": Known(1, LATER, Status.RUNNING)}
    assert "feedback" not in begun(acknowledged, already, {}, COMPLAINT)
    assert passed(COMPLAINT, "acknowledgement", already, LATER) == ()


def test_a_lapse_is_told_from_a_duty_that_was_met() -> None:
    known = running("effective", given={"on": "2026-05-01"})
    by_itself = Happened("enter_into_force", P.ORDER_ISSUED, P.IN_FORCE, LATER)
    change = follow(PROPOSAL, known, by_itself, {"effective": {"on": "2026-05-01"}, "drafting": None})
    assert Stop("effective", Status.LAPSED) in change.stops
