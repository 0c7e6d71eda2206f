"""What differs is said by identity: a thing with the same id is the same thing, whatever it is called and wherever it stands."""

from dataclasses import replace

from hypothesis import given, settings

from structure.diff import Difference, diff, diff_of
from structure.organisation import Organisation
from structure.things import Edge, EdgeKind, Function, Ref, Sort, Unit, UnitState
from structure.timeline import Planned, unfold
from tests.structure.operations.house import FUNCTIONS, POSTS, UNITS, house, line
from tests.structure.plans import houses_with, organisations, plans

SOME = settings(max_examples=50, deadline=None)
Drawn = tuple[Organisation, tuple[Planned, ...]]


@SOME
@given(organisations())
def test_nothing_differs_from_itself(org: Organisation):
    anew = Organisation.of(org.units.values(), org.functions.values(), org.posts.values())
    assert diff(org, org) == []
    assert diff(org, anew) == []


@SOME
@given(houses_with(plans))
def test_backwards_it_says_the_same_with_the_sides_changed(drawn: Drawn):
    before, after = drawn[0], unfold(*drawn).end
    turned = {"began": "ended", "ended": "began"}
    assert sorted(diff(after, before)) == sorted(
        Difference(found.subject, turned.get(found.field, found.field), found.after, found.before)
        for found in diff(before, after)
    )


@SOME
@given(houses_with(plans))
def test_what_differs_between_two_dates_is_what_the_later_one_touched(drawn: Drawn):
    timeline = unfold(*drawn)
    for before, after in zip((timeline.start, *timeline.states), timeline.states, strict=False):
        assert diff(before, after) == diff_of(before, after, after.touched)


def test_a_thing_that_never_lived_in_either_is_no_difference():
    ended = Unit("GONE", "Gone", "office", state=UnitState.ABOLISHED)
    never = (Organisation.of((*UNITS, ended), FUNCTIONS, POSTS), house())
    assert diff(*never) == diff(*reversed(never)) == []


def test_order_of_heads_owners_and_words_is_no_difference():
    heads = (Edge(EdgeKind.MATRIX, "A", frozenset({"x", "y"})), Edge(EdgeKind.MATRIX, "B"))
    one = Organisation.of([Unit("U", "u", "t", heads)], [Function("F", "f", ("U", "A"), ("B", "C"))])
    other = Organisation.of([Unit("U", "u", "t", heads[::-1])], [Function("F", "f", ("A", "U"), ("C", "B"))])
    assert diff(one, other) == []


def test_every_field_that_people_decide_on_is_compared():
    unit, function = Unit("U", "u", "t", (line("A"),)), Function("F", "f", ("U",))
    others = (
        replace(unit, name="n"),
        replace(unit, type="n"),
        replace(unit, rank="n"),
        replace(unit, state=UnitState.SUSPENDED),
        replace(unit, edges=(line("B"),)),
        replace(unit, edges=(line("A")._replace(matters=frozenset({"money"})),)),
        replace(unit, edges=(line("A"), Edge(EdgeKind.COORDINATION, "B"))),
        replace(unit, edges=(line("A"), Edge(EdgeKind.BODY, "PC"))),
    )
    fields = [[found.field for found in diff(Organisation.of([unit]), Organisation.of([other]))] for other in others]
    assert fields == [["name"], ["type"], ["rank"], ["state"], ["heads"], ["heads"], ["coordinates_with"], ["reports_to_body"]]
    parts = (
        replace(function, name="n"),
        replace(function, owners=("U", "A")),
        replace(function, contributors=("A",)),
        replace(function, part_of="G"),
        replace(function, legal_basis=frozenset({"Charter"})),
    )
    of_functions = [
        [found.field for found in diff(Organisation.of((), [function]), Organisation.of((), [part]))] for part in parts
    ]
    assert of_functions == [["name"], ["owners"], ["contributors"], ["part_of"], ["legal_basis"]]


def test_a_unit_function_and_post_of_one_id_are_three_things():
    after = Organisation.of((*UNITS, Unit("SAME", "u", "t")), (*FUNCTIONS, Function("SAME", "f", ("DEP",))), POSTS)
    assert [found.subject for found in diff(house(), after)] == [Ref(Sort.UNIT, "SAME"), Ref(Sort.FUNCTION, "SAME")]
