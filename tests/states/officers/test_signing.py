"""Who signed could sign, could not, or nobody knows: the three are told apart, and nothing unknown is held against an order."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from policies.pack import PACKS, load_pack
from states.officers.assignment import Assignment, Purpose, Standing
from states.officers.signing import As, signature

RULES = load_pack(PACKS / "oas").officers
assert RULES is not None
DAY = date(2015, 12, 11)


def line(office: str, standing: Standing = Standing.HOLDER, **more: Any) -> Assignment:
    told = {"since": date(2015, 5, 26), "until": None, "source": "AG/RES. 1"} | more
    return Assignment(UUID(int=1), office, standing, **told)


HOLDER = line("SG", name="María Pérez")
DEPUTY = line("ASG", name="John Roe")
SIGNING = frozenset({Purpose.SIGNATURE})
ACTING = line("SG", Standing.ACTING, taker="ASG", purposes=SIGNING)
STEPPING_IN = line("SG", Standing.ACTING, name="Ann Poe", purposes=SIGNING)

CASES: dict[str, tuple[str, tuple[Assignment, ...], As]] = {
    "the office is named": ("SG", (HOLDER,), As.OFFICE),
    "the office is named in another language": ("Secretario General", (), As.OFFICE),
    "its holder": ("María Pérez", (HOLDER,), As.HOLDER),
    "its holder without accents, in capitals": ("MARIA PEREZ", (HOLDER,), As.HOLDER),
    "its holder with the title": ("Maria Pérez, Secretary General", (HOLDER,), As.HOLDER),
    "nobody on record": ("María Pérez", (), As.UNKNOWN),
    "only who acts is on record": ("María Pérez", (STEPPING_IN,), As.UNKNOWN),
    "somebody else": ("John Roe", (HOLDER, DEPUTY), As.NOBODY),
    "the deputy's office, and it does not act": ("Assistant Secretary General", (HOLDER, DEPUTY), As.NOBODY),
    "the deputy's office acts": ("ASG", (HOLDER, ACTING), As.ACTING),
    "the holder of the office that acts": ("John Roe", (HOLDER, DEPUTY, ACTING), As.ACTING),
    "some person, while an office acts whose holder nobody knows": ("John Roe", (HOLDER, ACTING), As.UNKNOWN),
    "another office, while one acts whose holder nobody knows": ("chief_of_staff", (HOLDER, ACTING), As.NOBODY),
    "the person who acts": ("Ann Poe", (HOLDER, STEPPING_IN), As.ACTING),
    "a person who acts for ladders only": (
        "Ann Poe",
        (HOLDER, line("SG", Standing.ACTING, name="Ann Poe", purposes=frozenset({Purpose.LADDER}))),
        As.NOBODY,
    ),
    "who acted until the day": (
        "Ann Poe",
        (HOLDER, line("SG", Standing.ACTING, name="Ann Poe", purposes=SIGNING, until=DAY)),
        As.NOBODY,
    ),
    "who acted up to the day": (
        "Ann Poe",
        (HOLDER, line("SG", Standing.ACTING, name="Ann Poe", purposes=SIGNING, until=date(2015, 12, 12))),
        As.ACTING,
    ),
    "a holder whose days are over": ("María Pérez", (line("SG", name="María Pérez", until=DAY),), As.UNKNOWN),
}


@pytest.mark.parametrize("case", CASES)
def test_a_signature_is_judged_by_what_stood_that_day(case: str):
    signed_by, lines, expected = CASES[case]
    assert RULES is not None
    assert signature(RULES, lines, signed_by, DAY).signed is expected


def test_what_entitles_is_told_with_its_source():
    assert RULES is not None
    found = signature(RULES, (HOLDER,), "María Pérez", DAY)
    assert (found.office, found.source) == ("SG", "AG/RES. 1")
