"""Nobody gives a power they do not have, and no given power is given on."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from policies.pack import PACKS, load_pack
from policies.refusal import Refusal
from states.officers.assignment import Assignment, Purpose, Standing
from states.officers.granting import require_giver, require_holder

OAS = load_pack(PACKS / "oas")
RULES = OAS.officers
assert RULES is not None
RENAMING = frozenset({"rename_department"})
BOTH = frozenset({"create_secretariat", "abolish_secretariat"})
JUNE = date(2015, 6, 15)


def acting(office: str, *purposes: Purpose, **more: Any) -> Assignment:
    told = {"since": JUNE, "until": None, "source": "test", "purposes": frozenset(purposes)} | more
    return Assignment(UUID(int=1), office, Standing.ACTING, **told)


def refusal_of(new: Assignment, *lines: Assignment) -> str:
    assert RULES is not None
    try:
        require_giver(new, lines, RULES, OAS.structure)
    except Refusal as refused:
        return refused.code
    return ""


GIVEN = acting("GA", Purpose.STRUCTURE, taker="PC", classes=BOTH)
CASES: dict[str, tuple[Assignment, tuple[Assignment, ...], str]] = {
    "the assembly gives what is its own": (GIVEN, (), ""),
    "the council gives what is its own": (acting("PC", Purpose.STRUCTURE, taker="SG", classes=RENAMING), (), ""),
    "the council gives what it never had": (acting("PC", Purpose.STRUCTURE, taker="SG", classes=BOTH), (), "power_not_held"),
    "the council gives on what was given to it": (
        acting("PC", Purpose.STRUCTURE, taker="SG", classes=BOTH), (GIVEN,), "delegated_on",
    ),
    "what was given is over by then": (
        acting("PC", Purpose.STRUCTURE, taker="SG", classes=BOTH),
        (acting("GA", Purpose.STRUCTURE, taker="PC", classes=BOTH, since=date(2015, 1, 1), until=JUNE),),
        "power_not_held",
    ),
    "what was revoked before it began was never given": (
        acting("PC", Purpose.STRUCTURE, taker="SG", classes=BOTH),
        (acting("GA", Purpose.STRUCTURE, taker="PC", classes=BOTH, until=JUNE),),
        "power_not_held",
    ),
    "the head lets the deputy sign": (acting("SG", Purpose.SIGNATURE, taker="ASG"), (), ""),
    "the deputy lets others sign": (acting("ASG", Purpose.SIGNATURE, name="X"), (), "power_not_held"),
    "the deputy lets others sign while signing for the head": (
        acting("ASG", Purpose.SIGNATURE, name="X"),
        (acting("SG", Purpose.SIGNATURE, taker="ASG"),),
        "delegated_on",
    ),
    "an office that no ladder reaches": (acting("SG", Purpose.LADDER, name="X"), (), "power_not_held"),
    "an office nobody knows": (acting("KING", Purpose.SIGNATURE, name="X"), (), "unknown_office"),
    "a taker nobody knows": (acting("SG", Purpose.SIGNATURE, taker="KING"), (), "unknown_office"),
    "itself": (acting("SG", Purpose.SIGNATURE, taker="SG"), (), "delegated_to_itself"),
    "an end before the begin": (acting("SG", Purpose.SIGNATURE, taker="ASG", until=JUNE), (), "ends_before_begin"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_power_is_given_by_whom_it_belongs_to_or_refused_by_name(case: str):
    new, lines, code = CASES[case]
    assert refusal_of(new, *lines) == code


def test_a_house_without_rules_of_structure_gives_no_power_over_it():
    assert RULES is not None
    new = acting("SG", Purpose.STRUCTURE, taker="ASG", classes=RENAMING)
    with pytest.raises(Refusal) as refused:
        require_giver(new, (), RULES, None)
    assert refused.value.code == "power_not_held"


def holder(office: str, since: date, until: date | None = None) -> Assignment:
    return Assignment(UUID(int=2), office, Standing.HOLDER, since, until, "test", name="X")


@pytest.mark.parametrize(
    ("since", "until", "code"),
    [
        (date(2015, 1, 1), date(2015, 6, 15), ""),
        (date(2015, 1, 1), date(2015, 6, 16), "two_holders"),
        (date(2016, 6, 15), None, ""),
        (date(2016, 6, 14), None, "two_holders"),
        (date(2015, 1, 1), None, "two_holders"),
        (date(2017, 1, 1), date(2016, 1, 1), "ends_before_begin"),
    ],
    ids=str,
)
def test_an_office_has_one_holder_at_a_time(since: date, until: date | None, code: str):
    assert RULES is not None
    there = holder("SG", JUNE, date(2016, 6, 15))
    try:
        require_holder(holder("SG", since, until), [there], RULES)
        found = ""
    except Refusal as refused:
        found = refused.code
    assert found == code
