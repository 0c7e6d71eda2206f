"""The adopted plan against what a later report shows."""

from structure.operations import RenameUnit
from structure.reconciling import Expected, expected_under, expected_units, reconcile
from structure.things import Ref, Sort
from structure.timeline import unfold
from tests.structure.cases import house, plan
from tests.structure.reading.case_files import read, real

DIA, SER, SPA = (Ref(Sort.UNIT, id) for id in ("DIA", "SER", "SPA"))


def test_matched_missing_and_unplanned():
    made = reconcile(expected_under(house(), "OSG"), ["EXTERNAL  relations", "Public Diplomacy"])
    assert made.matched == ((SER, "EXTERNAL  relations"),)
    assert (made.missing, made.unplanned, made.unknown) == ((SPA,), ("Public Diplomacy",), ())
    assert not made.agrees


def test_an_earlier_name_matches_when_no_present_name_does():
    org = unfold(house(), plan(RenameUnit(unit="SER", name="Outreach"), RenameUnit(unit="SPA", name="External Relations"))).end
    both = reconcile(expected_under(org, "OSG"), ["External Relations"])
    assert (both.matched, both.missing) == (((SPA, "External Relations"),), (SER,))
    two = reconcile(expected_under(org, "OSG"), ["External Relations", "Political affairs"])
    assert dict(two.matched) == {SPA: "External Relations"}
    assert two.unplanned == ("Political affairs",)


def test_where_the_source_is_cut_absence_is_unknown():
    made = reconcile(expected_under(house(), "OSG"), ["External Relations", "The Secretariat for Pol... (cut)"])
    assert (made.missing, made.unknown, made.unplanned) == ((), (SPA,), ())
    assert made.unreadable == ("The Secretariat for Pol... (cut)",)
    assert made.agrees
    assert reconcile(expected_under(house(), "OSG"), ["External Relations"], is_cut=True).unknown == (SPA,)


def test_two_of_one_name_need_to_be_shown_twice():
    two = (Expected(DIA, ("Press",)), Expected(SER, ("Press",)))
    assert reconcile(two, ["Press"]).missing == (SER,)
    assert reconcile(two, ["Press", "press"]).agrees


def test_functions_are_compared_when_asked_for():
    made = reconcile(expected_under(house(), "DIA", functions=True), ["Institutional relations"])
    assert made.missing == (Ref(Sort.FUNCTION, "F2"),)


def test_a_unit_that_the_organisation_does_not_have_is_expected_by_its_id():
    assert reconcile(expected_units(house(), ["DIA", "SHA-SPI"]), ["International Affairs"]).missing == (
        Ref(Sort.UNIT, "SHA-SPI"),
    )


def test_the_restructuring_of_2015_against_the_annual_report_of_2015():
    case = read(real(), None)
    assert case.target is not None
    sha, sare, sc = (reconcile(expected_units(case.target, item.plan), item.actual) for item in case.content.plan_vs_actual)
    assert (sha.agrees, sare.agrees, sc.missing) == (False, False, ())
    assert "Department of Strategic Initiatives and Public Diplomacy" in sha.unplanned
    assert sc.unreadable == ("The Department of Intern... (cut)",)
    assert sc.unknown
