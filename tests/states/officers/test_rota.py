"""The chair goes round as the published tables say it did, and where nobody knows it says so."""

from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from policies.officers import Rota
from policies.pack import PACKS, load_pack
from states.officers.rota import Basis, Told, term_on, terms

OAS = load_pack(PACKS / "oas")
assert OAS.officers is not None
assert OAS.officers.rota is not None
assert OAS.members is not None
ROTA, MEMBERS = OAS.officers.rota, OAS.members

# Typed from oas.org/consejo/chairs2006.asp and presidências2007.asp, E-458/13, and news of later terms. The vice-chair of the
# first term is Uruguay's, for which Trinidad and Tobago acted.
PUBLISHED = {
    date(2006, 1, 1): ("LC", "UY"),
    date(2006, 4, 1): ("VC", "TT"),
    date(2006, 7, 1): ("SR", "VC"),
    date(2006, 10, 1): ("TT", "LC"),
    date(2007, 1, 1): ("UY", "KN"),
    date(2007, 4, 1): ("VE", "DO"),
    date(2007, 7, 1): ("AG", "PE"),
    date(2007, 10, 1): ("AR", "PY"),
    date(2013, 10, 1): ("PE", "AG"),
    date(2014, 1, 1): ("DO", "VE"),
    date(2020, 4, 1): ("HT", "BZ"),
    date(2023, 10, 1): ("AG", "HT"),
    date(2024, 1, 1): ("AR", "GY"),
}


def at(day: date, *told: Told) -> tuple[str | None, str | None]:
    term = term_on(ROTA, MEMBERS, day, told)
    return term.on(day, "chair").state, term.on(day, "vice_chair").state


@pytest.mark.parametrize("day", PUBLISHED, ids=str)
def test_the_order_gives_what_was_published(day: date):
    assert at(day) == PUBLISHED[day]


def test_a_cycle_is_as_long_as_the_states_that_take_part():
    turns = [*terms(ROTA, MEMBERS, date(2006, 1, 1), date(2014, 6, 30))]
    assert len(turns) == 34
    assert len({term.chair.state for term in turns}) == 34
    assert "CU" not in {term.chair.state for term in turns}


def test_whoever_left_is_passed_over():
    states = {term.chair.state for term in terms(ROTA, MEMBERS, date(2024, 1, 1), date(2032, 12, 31))}
    assert "NI" not in states
    assert len(states) == 33


def test_before_the_first_known_term_nobody_knows():
    term = term_on(ROTA, MEMBERS, date(2005, 12, 31))
    assert (term.chair.state, term.chair.basis, term.vice_chair.basis) == (None, Basis.UNKNOWN, Basis.UNKNOWN)


def test_what_the_register_tells_rules_for_its_days_and_the_order_goes_on_as_if_it_were_not():
    told = Told("chair", "AG", date(2013, 11, 18), date(2014, 1, 1), "E-458/13")
    assert [at(day, told) for day in (date(2013, 11, 17), date(2013, 11, 18), date(2014, 1, 1))] == [
        ("PE", "AG"),
        ("AG", "AG"),
        ("DO", "VE"),
    ]
    assert term_on(ROTA, MEMBERS, date(2013, 12, 1), [told]).on(date(2013, 12, 1), "chair").basis is Basis.RECORDED


def test_a_fact_that_sets_the_order_moves_what_comes_after_it():
    told = Told("chair", "BZ", date(2024, 4, 1), None, "assumed", sets_order=True)
    assert at(date(2024, 6, 30), told)[0] == "BZ"
    assert at(date(2024, 7, 1), told) == ("BO", at(date(2024, 7, 1))[1])
    assert at(date(2024, 3, 31), told) == at(date(2024, 3, 31))


def test_a_fact_before_the_first_known_term_is_enough_for_its_own_office():
    told = Told("chair", "PE", date(2005, 4, 1), None, "assumed", sets_order=True)
    assert at(date(2005, 7, 1), told) == ("DO", None)
    assert at(date(2006, 1, 1), told) == PUBLISHED[date(2006, 1, 1)]


@settings(max_examples=20)
@given(st.dates(date(2006, 1, 1), date(2040, 12, 31)))
def test_each_day_has_one_term_and_both_offices_never_go_to_one_state(day: date):
    term = term_on(ROTA, MEMBERS, day)
    assert term.since <= day < term.until
    assert term.chair.state != term.vice_chair.state
    assert {term.chair.state, term.vice_chair.state} <= MEMBERS.on(term.since).entitled


def test_terms_follow_each_other_without_a_gap():
    found = [*terms(ROTA, MEMBERS, date(2005, 5, 5), date(2021, 2, 2))]
    assert all(one.until == other.since for one, other in pairwise(found))
    assert (found[0].since, found[-1].until) == (date(2005, 4, 1), date(2021, 4, 1))


def broken(**changes: Any) -> dict[str, Any]:
    turn = {"on": date(2006, 1, 1), "chair": "LC", "vice_chair": "UY", "source": "test", "verified": False}
    names = {"of": {"LC": "Santa Lucía", "UY": "Uruguay"}, "source": "test", "verified": False}
    told = {"months": 3, "names": names, "known": [turn], "source": "test", "verified": False}
    return told | ({"known": [turn | changes.pop("turn")]} if "turn" in changes else {}) | changes


BROKEN = {
    "a term that begins on no day of the calendar's": broken(turn={"on": date(2006, 2, 1)}),
    "a length that drifts through the year": broken(months=5),
    "a state without a name": broken(turn={"chair": "PE"}),
    "no known turn": broken(known=[]),
}


@pytest.mark.parametrize("what", BROKEN)
def test_an_order_that_makes_no_sense_is_refused(what: str):
    with pytest.raises(ValidationError):
        Rota.model_validate(BROKEN[what])


def test_the_same_day_is_not_known_twice():
    turn = {"on": date(2006, 1, 1), "chair": "LC", "vice_chair": "UY", "source": "test", "verified": False}
    with pytest.raises(ValidationError, match="each once"):
        Rota.model_validate(broken(known=[turn, turn]))
