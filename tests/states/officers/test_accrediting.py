"""Who is accredited: one head of a delegation at a time, of states that are members; and who speaks and presides."""

from datetime import date
from uuid import UUID

import pytest

from policies.pack import PACKS, load_pack
from policies.refusal import Refusal
from states.officers.accrediting import Accreditation, require_accreditation, speaks
from states.officers.presiding import Presides, presiding
from states.officers.rota import term_on

OAS = load_pack(PACKS / "oas")
assert OAS.officers is not None
assert OAS.officers.rota is not None
assert OAS.members is not None
RULES, ROTA, MEMBERS = OAS.officers, OAS.officers.rota, OAS.members
HEAD, CHARGE, BESIDE = "permanent_representative", "charge_daffaires", "alternate"


def sent(state: str, capacity: str, since: date, until: date | None = None, *, name: str = "X", id: int = 1) -> Accreditation:
    return Accreditation(UUID(int=id), state, name, capacity, since, until, "note verbale")


def refusal_of(new: Accreditation, *lines: Accreditation) -> str:
    try:
        require_accreditation(new, lines, RULES, MEMBERS)
    except Refusal as refused:
        return refused.code
    return ""


THERE = sent("PE", HEAD, date(2013, 1, 10), date(2013, 11, 18))
CASES: dict[str, tuple[Accreditation, str]] = {
    "a head after the head": (sent("PE", HEAD, date(2013, 11, 18)), ""),
    "a head beside the head": (sent("PE", HEAD, date(2013, 11, 17)), "two_heads_of_a_delegation"),
    "a head before the head, without an end": (sent("PE", HEAD, date(2012, 1, 1)), "two_heads_of_a_delegation"),
    "a head before the head, with an end": (sent("PE", HEAD, date(2012, 1, 1), date(2013, 1, 10)), ""),
    "another state's head": (sent("AG", HEAD, date(2013, 2, 1)), ""),
    "somebody in the place of the head": (sent("PE", CHARGE, date(2013, 2, 1)), ""),
    "an alternate beside the head": (sent("PE", BESIDE, date(2013, 2, 1)), ""),
    "a capacity nobody knows": (sent("PE", "viceroy", date(2013, 2, 1)), "unknown_capacity"),
    "an end before the begin": (sent("PE", HEAD, date(2014, 2, 1), date(2014, 2, 1)), "ends_before_begin"),
    "a state that left": (sent("NI", HEAD, date(2024, 1, 1)), "state_not_a_member"),
    "a state that is suspended": (sent("CU", HEAD, date(2024, 1, 1)), ""),
    "a state of which nobody knows whether it had joined": (sent("GD", HEAD, date(1974, 6, 1)), ""),
    "no state": (sent("XX", HEAD, date(2024, 1, 1)), "state_not_a_member"),
}


@pytest.mark.parametrize("case", CASES)
def test_an_accreditation_is_taken_or_refused_by_name(case: str):
    new, code = CASES[case]
    assert refusal_of(new, THERE) == code


def test_whoever_is_in_the_place_of_the_head_speaks_and_alternates_do_not():
    lines = [THERE, sent("PE", CHARGE, date(2013, 3, 1), date(2013, 4, 1), name="C"), sent("PE", BESIDE, date(2013, 1, 1))]
    days = (date(2013, 1, 5), date(2013, 2, 1), date(2013, 3, 1), date(2013, 4, 1), date(2013, 12, 1))
    found = [speaks(lines, "PE", day, RULES) for day in days]
    assert [one.name if one else None for one in found] == [None, "X", "C", "X", None]


def presides(day: date, *lines: Accreditation) -> tuple[str | None, Presides]:
    found = presiding(term_on(ROTA, MEMBERS, day), lines, day, RULES)
    return found.state, found.place


def test_the_vice_chair_presides_once_the_chair_has_no_principal_representative():
    """As in November 2013 (E-458/13): Peru's became a minister, and Antigua and Barbuda's presided."""
    antigua = sent("AG", HEAD, date(2004, 9, 1), id=2)
    assert presides(date(2013, 11, 17), THERE, antigua) == ("PE", Presides.CHAIR)
    assert presides(date(2013, 11, 18), THERE, antigua) == ("AG", Presides.VICE_CHAIR)
    assert presides(date(2013, 11, 18), THERE) == ("AG", Presides.VICE_CHAIR)
    back = sent("PE", HEAD, date(2013, 12, 1), id=3)
    assert presides(date(2013, 12, 1), THERE, antigua, back) == ("PE", Presides.CHAIR)


def test_who_came_first_presides_when_neither_has_one():
    gone = sent("AG", HEAD, date(2004, 9, 1), date(2013, 11, 1), id=2)
    first, later = sent("BO", HEAD, date(2010, 1, 1), id=4), sent("BR", HEAD, date(2011, 1, 1), id=5)
    assert presides(date(2013, 11, 20), THERE, gone, later, first) == ("BO", Presides.SENIOR)
    assert presides(date(2013, 11, 20), THERE, gone) == (None, Presides.UNKNOWN)


def test_a_state_whose_representatives_nobody_recorded_keeps_its_office():
    assert presides(date(2013, 11, 20)) == ("PE", Presides.CHAIR)
    assert presides(date(2005, 11, 20)) == (None, Presides.UNKNOWN)
