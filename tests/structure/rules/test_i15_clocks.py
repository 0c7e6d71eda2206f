"""I15: a plan comes in time, and holds from no day before it was adopted."""

from datetime import date, timedelta

from structure.operations import RenameUnit
from structure.rule import Severity
from tests.structure.cases import DAY, case, found, said

DUE = date(2015, 7, 31)
ONE = timedelta(days=1)
RENAME = RenameUnit(unit="SER", name="X")


def test_a_plan_submitted_on_its_day_and_holding_from_adoption_is_in_time():
    assert found(case(RENAME, due_on=DUE, submitted_on=DUE, adopted_on=DAY), number="I15") == []


def test_a_plan_submitted_a_day_late_is_found_with_both_days():
    findings = found(case(RENAME, due_on=DUE, submitted_on=DUE + ONE), number="I15")
    assert said(findings) == [("submitted_late", "submission")]
    assert findings[0].message.params == {"submitted": DUE + ONE, "due": DUE}
    assert findings[0].severity is Severity.WARNS


def test_a_submission_on_an_unknown_day_is_counted_and_not_called_late():
    findings = found(case(RENAME, due_on=DUE, adopted_on=DAY), number="I15")
    assert said(findings) == [("submission_unknown", "submission")]
    assert findings[0].severity is Severity.INFORMS
    assert found(case(RENAME, due_on=DUE), number="I15") == []


def test_an_operation_that_holds_before_adoption_is_found_until_then():
    findings = found(case(RENAME, (DAY + ONE, RenameUnit(unit="SPA", name="Y")), adopted_on=DAY + ONE), number="I15")
    assert said(findings) == [("effective_before_adoption", "OP-1")]
    assert (findings[0].since, findings[0].until) == (DAY, DAY + ONE)


def test_a_retroactive_operation_with_authority_is_let_be():
    assert found(case(RENAME, adopted_on=DAY + ONE, retroactive=frozenset({"OP-1"})), number="I15") == []


def test_what_is_not_adopted_has_no_adoption_to_precede():
    assert found(case(RENAME), number="I15") == []


def test_what_holds_from_before_the_day_that_is_shown_is_found_until_that_day():
    findings = found(case(RENAME, (DAY + ONE, RenameUnit(unit="SPA", name="Y")), shown_on=DAY + ONE), number="I15")
    assert said(findings) == [("effective_before_shown", "OP-1")]
    assert (findings[0].since, findings[0].until, findings[0].severity) == (DAY, DAY + ONE, Severity.WARNS)
    assert found(case(RENAME, shown_on=DAY), number="I15") == []
    assert found(case(RENAME), number="I15") == []
