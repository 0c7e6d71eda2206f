"""Warnings are passed by name and until a day; what blocks is not."""

from datetime import date, timedelta

import pytest

from policies.said import Said
from structure.rule import Finding, Severity
from structure.things import UNKNOWN, Ref, Sort
from structure.waivers import (
    Passed,
    Waiver,
    WaiverExpired,
    WaiverIncomplete,
    WaiverOfBlocking,
    WaiverOfNothing,
    accept,
    standing,
)

ON = date(2015, 10, 1)
ONE = timedelta(days=1)


def finding(rule: str, severity: Severity, id: str = "SHA") -> Finding:
    return Finding(rule, severity, Ref(Sort.UNIT, id), None, None, Said(f"finding.{rule}"))


def waiver(rule: str, id: str = "SHA", until: date = ON + ONE, **facts: str) -> Waiver:
    said = {"author": "SG", "authority": "CP/RES. 1051 (2017/15)", "reason": "transition"} | facts
    return Waiver(rule, Ref(Sort.UNIT, id), until=until, **said)


WARNED = finding("I13", Severity.WARNS)
BLOCKED = finding("I1", Severity.BLOCKS)
TOLD = finding("I16", Severity.INFORMS)


def test_without_waivers_warnings_are_open_and_what_informs_stops_nothing():
    where = standing([WARNED, BLOCKED, TOLD], [], ON)
    assert (where.blocking, where.open, where.passed, where.may_go_on) == ((BLOCKED,), (WARNED,), (), False)
    assert standing([TOLD], [], ON).may_go_on


def test_a_warning_is_passed_by_a_waiver_of_its_rule_and_thing():
    given = waiver("I13")
    where = standing([WARNED], [given], ON)
    assert where.passed == (Passed(WARNED, given),)
    assert where.may_go_on


@pytest.mark.parametrize("other", [waiver("I12"), waiver("I13", "SPA")], ids=["another rule", "another thing"])
def test_a_waiver_of_something_else_passes_nothing_and_is_named(other):
    where = standing([WARNED], [other], ON)
    assert (where.open, where.passed, where.idle) == ((WARNED,), (), (other,))


def test_a_waiver_of_what_blocks_is_refused_and_of_what_informs_is_idle():
    blocked, told = waiver("I1"), waiver("I16")
    where = standing([BLOCKED, TOLD], [blocked, told], ON)
    assert (where.blocking, where.refused, where.idle) == ((BLOCKED,), (blocked,), (told,))


def test_a_rule_that_both_blocks_and_warns_about_one_thing_still_blocks():
    both = [finding("I5", Severity.BLOCKS), finding("I5", Severity.WARNS)]
    where = standing(both, [waiver("I5")], ON)
    assert (where.blocking, where.open, where.refused, len(where.passed)) == ((both[0],), (), (), 1)


def test_a_waiver_ends_before_its_day():
    given = waiver("I13", until=ON)
    where = standing([WARNED], [given], ON)
    assert (where.open, where.expired, where.idle) == ((WARNED,), (given,), ())
    assert standing([WARNED], [given], ON - ONE).may_go_on


def test_of_two_waivers_the_one_that_holds_longer_passes_it():
    short, long = waiver("I13"), waiver("I13", until=ON + 9 * ONE)
    where = standing([WARNED], [long, short], ON)
    assert (where.passed[0].waiver, where.idle) == (long, ())


@pytest.mark.parametrize("field", ["author", "authority", "reason"])
@pytest.mark.parametrize("value", ["", "  ", UNKNOWN], ids=["empty", "blank", "unknown"])
def test_a_waiver_without_author_authority_or_reason_cannot_be_made(field, value):
    with pytest.raises(WaiverIncomplete) as refused:
        waiver("I13", **{field: value})
    assert refused.value.params == {"field": field}


def test_a_waiver_is_given_only_for_an_open_warning_and_a_day_to_come():
    accept(waiver("I13"), [WARNED], ON)
    with pytest.raises(WaiverExpired):
        accept(waiver("I13", until=ON), [WARNED], ON)
    with pytest.raises(WaiverOfBlocking):
        accept(waiver("I1"), [BLOCKED], ON)
    with pytest.raises(WaiverOfNothing):
        accept(waiver("I13", "SPA"), [WARNED], ON)
