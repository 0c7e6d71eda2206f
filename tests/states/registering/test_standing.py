"""What stands after people decided, and what is owed still; and what was weighed under rules that changed since."""

from datetime import date

import pytest

from policies.mandates import Category, Status
from states.registering.proposals import Decision
from states.registering.standing import standing
from states.registering.weighing import still_known, weigh
from tests.fixtures.resolutions import RULES


def decided(status: Status | None = None, category: Category | None = None) -> Decision:
    return Decision("AG/RES. 2876 (XLV-O/15)", "1", status, category, "somebody", date(2015, 6, 15))


def test_the_newest_decision_stands_each_label_by_itself():
    found = standing([decided(Status.CURRENT, Category.A), decided(category=Category.B), decided(Status.EXPIRED)])
    assert (found.status, found.category, len(found.decisions)) == (Status.EXPIRED, Category.B, 3)


def test_nobody_decided_is_unknown_and_owed():
    found = standing([])
    assert (found.status, found.category, found.is_owed) == (None, None, True)


# Typed again by hand.
OWED = {"current": True, "fulfilled": False, "duplicate": False, "non_mandate": False, "procedural": False,
        "superseded": False, "expired": False}  # fmt: skip


@pytest.mark.parametrize("status", list(Status), ids=str)
def test_only_what_is_current_is_owed(status: Status):
    assert standing([decided(status)]).is_owed is OWED[status]
    assert standing([decided(status), decided(Status.CURRENT)]).is_owed


def test_what_the_rules_know_no_more_counts_as_unknown_instead_of_stopping_the_reading():
    told: dict[str, int | str] = {"human_resources": 4, "beauty": 3, "external_competitors": "some"}
    kept = still_known(told, RULES)
    assert kept == {"human_resources": 4}
    assert (weigh("one", kept, RULES).low, weigh("one", kept, RULES).complete) == (45, False)
