"""What must wait: four languages and twelve hours, days before a session, and a wait lifted by its own majority only."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from policies.decisions import DecisionRules, Step, load
from policies.pack import PACKS
from states.deciding.locks import Draft, may
from states.deciding.tally import Tally
from web.messages import LANGUAGES, Messages

RULES = load(PACKS / "oas" / "decisions.toml")
WASHINGTON = ZoneInfo("America/New_York")
OUT = datetime(2026, 6, 1, 9, tzinfo=WASHINGTON)
ALL = dict.fromkeys(("en", "es", "pt", "fr"), OUT)
HOUR = timedelta(hours=1)
SESSION = date(2026, 7, 16)
"""45 days after 1 June."""


def draft(kind: str = "proposal", **changes: Any) -> Draft:
    return Draft(**({"kind": kind, "distributed": ALL, "session": SESSION, "zone": WASHINGTON} | changes))


def keys(*args: Any) -> list[str]:
    return [said.key.removeprefix("deciding.lock.") for said in may(*args, RULES).why]


@pytest.mark.parametrize("step", [Step.DISCUSS, Step.VOTE], ids=str)
def test_twelve_hours_after_the_last_language_it_may_go_on(step: Step):
    late = draft(distributed=ALL | {"pt": OUT + 3 * HOUR})
    before = may(step, late, OUT + 15 * HOUR - timedelta(microseconds=1), RULES)
    assert (before.allowed, before.not_before) == (False, OUT + 15 * HOUR)
    assert may(step, late, OUT + 15 * HOUR, RULES).allowed
    assert keys(step, late, OUT + 15 * HOUR) == ["hours_over"]


@pytest.mark.parametrize("language", ["en", "es", "pt", "fr"])
def test_three_languages_are_not_enough(language: str):
    three = draft(distributed={one: out for one, out in ALL.items() if one != language})
    answer = may(Step.DISCUSS, three, OUT + 1000 * HOUR, RULES)
    assert (answer.allowed, answer.not_before) == (False, None)
    assert answer.why[0].params["languages"] == language


def test_a_distribution_that_is_only_planned_has_not_happened():
    planned = draft(distributed=ALL | {"fr": OUT + 20 * HOUR})
    assert keys(Step.DISCUSS, planned, OUT + 19 * HOUR) == ["languages"]
    assert keys(Step.DISCUSS, planned, OUT + 20 * HOUR) == ["hours"]


def test_hours_are_elapsed_hours_when_clocks_change():
    evening = datetime(2026, 3, 7, 20, tzinfo=WASHINGTON)  # the night in which an hour is left out
    answer = may(Step.DISCUSS, draft(distributed=dict.fromkeys(ALL, evening)), evening, RULES)
    assert answer.not_before == datetime(2026, 3, 8, 9, tzinfo=WASHINGTON)
    assert answer.not_before.astimezone(UTC) - evening.astimezone(UTC) == 12 * HOUR


ENOUGH, SHORT = Tally(34, 23, 0, 0), Tally(34, 22, 0, 0)


@pytest.mark.parametrize(("vote", "allowed"), [(ENOUGH, True), (SHORT, False)], ids=["23", "22"])
def test_the_wait_is_lifted_by_its_own_majority_only(vote: Tally, allowed: bool):
    hasty = draft(distributed={}, waivers={"twelve_hours": vote})
    assert may(Step.DISCUSS, hasty, OUT, RULES).allowed is allowed


def test_a_vote_on_another_wait_lifts_nothing():
    assert not may(Step.DISCUSS, draft(waivers={"draft_treaty": ENOUGH}), OUT, RULES).allowed


def test_a_treaty_comes_45_days_before_the_session_or_is_admitted_late_by_a_vote():
    in_time = draft("treaty")
    late = draft("treaty", distributed=ALL | {"es": OUT + 15 * HOUR})
    assert may(Step.ADMIT, in_time, OUT, RULES).allowed
    assert keys(Step.ADMIT, in_time, OUT) == ["in_time"]
    refused = may(Step.ADMIT, late, OUT + 20 * HOUR, RULES)
    assert (refused.allowed, refused.not_before, refused.why[0].params["rule"]) == (False, None, "late_admission")
    admitted = draft("treaty", distributed=late.distributed, waivers={"draft_treaty": ENOUGH})
    assert may(Step.ADMIT, admitted, OUT + 20 * HOUR, RULES).allowed


def test_days_are_those_of_the_place():
    midnight_in_washington = datetime(2026, 6, 2, 3, 59, tzinfo=UTC)
    assert may(Step.ADMIT, draft("treaty", distributed=dict.fromkeys(ALL, midnight_in_washington)), SOON, RULES).allowed
    later = dict.fromkeys(ALL, midnight_in_washington + timedelta(minutes=1))
    assert not may(Step.ADMIT, draft("treaty", distributed=later), SOON, RULES).allowed


SOON = OUT + 100 * HOUR


def test_without_a_session_its_days_cannot_be_counted():
    assert keys(Step.ADMIT, draft("treaty", session=None), SOON) == ["no_session"]
    assert not may(Step.ADMIT, draft("treaty", session=None), SOON, RULES).allowed


def test_a_wait_of_unknown_length_holds_nothing_back_and_says_so():
    assert may(Step.ADMIT, draft("council_item"), OUT, RULES).allowed
    assert keys(Step.ADMIT, draft("council_item"), OUT) == ["unknown"]


def test_what_no_lock_bears_on_may_be_done():
    assert keys(Step.ADMIT, draft(distributed={}, session=None), OUT) == ["none"]
    assert may(Step.ADMIT, draft(distributed={}, session=None), OUT, RULES).allowed


def test_all_locks_must_be_open_and_all_are_told():
    longer = RULES.locks["twelve_hours"].model_copy(update={"length": 24})
    both = DecisionRules(rules=RULES.rules, quorums=RULES.quorums, locks={"a_day": longer, **RULES.locks})
    for hours in (1, 13):
        answer = may(Step.VOTE, draft(), OUT + hours * HOUR, both)
        assert (answer.allowed, answer.not_before, len(answer.why)) == (False, OUT + 24 * HOUR, 2)
    assert may(Step.VOTE, draft(), OUT + 24 * HOUR, both).allowed


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_its_sentence(language: str):
    messages = Messages(language)
    fixed = RULES.locks["draft_treaty"].model_copy(update={"waived_by": None})
    unwaivable = DecisionRules(rules=RULES.rules, locks={"draft_treaty": fixed}, quorums=RULES.quorums)
    late = draft("treaty", distributed=dict.fromkeys(ALL, SOON))
    answers = [
        may(Step.DISCUSS, draft(), OUT, RULES),
        may(Step.DISCUSS, draft(), SOON, RULES),
        may(Step.DISCUSS, draft(distributed={}), SOON, RULES),
        may(Step.DISCUSS, draft(waivers={"twelve_hours": ENOUGH}), OUT, RULES),
        may(Step.ADMIT, draft("treaty"), SOON, RULES),
        may(Step.ADMIT, draft("treaty", session=None), SOON, RULES),
        may(Step.ADMIT, late, SOON, RULES),
        may(Step.ADMIT, late, SOON, unwaivable),
        may(Step.ADMIT, draft("council_item"), SOON, RULES),
        may(Step.ADMIT, draft(), SOON, RULES),
    ]
    said = [one for answer in answers for one in answer.why]
    assert len({one.key for one in said}) == len(answers)
    assert all(messages.say(one) for one in said)
