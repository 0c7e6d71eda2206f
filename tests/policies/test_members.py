"""Membership is dated: who joined, left or was suspended, and the days about which nobody knows."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from policies.members import Membership, MembershipUnknown, load
from policies.pack import PACKS

OAS = load(PACKS / "oas" / "members.toml")


def of(**content: Any) -> Membership:
    def dated(one: dict[str, Any]) -> dict[str, Any]:
        return {"source": "test", "verified": False, "latest": one["earliest"], **one}

    return Membership.model_validate({key: [dated(one) for one in changes] for key, changes in content.items()})


@pytest.mark.parametrize(
    ("day", "members", "voters"),
    [
        (date(1950, 1, 1), 21, 21),
        (date(1968, 1, 1), 23, 22),
        (date(1970, 1, 1), 24, 23),
        (date(1992, 1, 1), 35, 34),
        (date(2018, 6, 5), 35, 34),
        (date(2023, 11, 18), 35, 34),
        (date(2023, 11, 19), 34, 33),
        (date(2024, 7, 31), 34, 33),
        (date(2026, 11, 22), 34, 33),
    ],
    ids=str,
)
def test_the_house_has_its_members_of_the_day(day: date, members: int, voters: int):
    roll = OAS.on(day)
    assert (len(roll.members), len(roll.entitled)) == (members, voters)


def test_who_is_suspended_stays_a_member_and_may_not_vote():
    roll = OAS.on(date(2018, 6, 5))
    assert "CU" in roll.members
    assert roll.suspended == {"CU"}
    assert "CU" not in roll.entitled


@pytest.mark.parametrize(
    ("day", "state"), [(date(1974, 6, 1), "GD"), (date(1975, 12, 30), "GD"), (date(1962, 5, 1), "CU"), (date(1984, 1, 1), "KN")]
)
def test_days_about_which_sources_are_silent_or_differ_are_refused(day: date, state: str):
    with pytest.raises(MembershipUnknown) as caught:
        OAS.on(day)
    assert caught.value.params["state"] == state


def test_before_the_first_there_are_no_members():
    assert OAS.on(date(1900, 1, 1)).members == frozenset()


def test_a_suspension_ends_on_the_first_day_they_take_part_again():
    joined = [{"states": ["AA", "BB"], "earliest": date(2000, 1, 1)}]
    house = of(joined=joined, suspended=[{"states": ["BB"], "earliest": date(2009, 7, 4), "until": date(2011, 6, 1)}])
    assert house.on(date(2009, 7, 3)).suspended == frozenset()
    assert house.on(date(2011, 5, 31)).entitled == {"AA"}
    assert house.on(date(2011, 6, 1)).entitled == {"AA", "BB"}


JOINED = {"states": ["AA"], "earliest": date(2000, 1, 1)}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ({"joined": [JOINED, JOINED]}, "named twice"),
        ({"joined": [JOINED], "left": [{"states": ["AA"], "earliest": date(1999, 1, 1)}]}, "leaves before"),
        ({"joined": [JOINED], "left": [{"states": ["BB"], "earliest": date(2009, 1, 1)}]}, "leaves before"),
        ({"joined": [JOINED], "suspended": [{"states": ["BB"], "earliest": date(2009, 1, 1)}]}, "suspended before"),
        ({"joined": [JOINED | {"latest": date(1999, 1, 1)}]}, "`latest` is before"),
        ({"joined": [JOINED | {"states": ["Argentina"]}]}, "pattern"),
        (
            {"joined": [JOINED], "suspended": [JOINED | {"until": date(2000, 1, 1)}]},
            "ends after it began",
        ),
    ],
    ids=["twice", "left-early", "left-stranger", "suspended-stranger", "backwards", "name", "suspension"],
)
def test_a_story_that_cannot_be_is_refused(content: dict[str, Any], reason: str):
    with pytest.raises(ValidationError, match=reason):
        of(**content)
