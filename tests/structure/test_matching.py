"""Things without shared ids: what is sure is matched, what is only alike is asked, nothing is guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from structure.diff import diff
from structure.matching import AnswerRefused, Question, Why, match
from structure.organisation import Organisation
from structure.renaming import under_known_ids
from structure.things import Edge, EdgeKind, Function, Post, Ref, Sort, Unit


def unit(id: str, name: str, *heads: str, formerly: tuple[str, ...] = ()) -> Unit:
    return Unit(id, name, "department", tuple(Edge(EdgeKind.LINE, head) for head in heads), formerly=formerly)


def org(*units: Unit, functions: tuple[tuple[str, str, str], ...] = ()) -> Organisation:
    return Organisation.of(units, (Function(id, name, (owner,)) for id, name, owner in functions))


def same(known: Organisation, found: Organisation) -> dict[str, str]:
    return {ref.id: id for ref, id in match(known, found).same.items()}


KNOWN = org(
    unit("OSG", "Office of the Secretary General"),
    unit("SPA", "Secretariat for Political Affairs", "OSG"),
    unit("DECO", "Department of Electoral Cooperation and Observation", "SPA"),
    unit("CML", "Columbus Memorial Library", "OSG", formerly=("The Library",)),
    functions=(("F1", "Mediation and Dialogue", "SPA"), ("F2", "Electoral Observation", "DECO")),
)


def test_one_name_on_both_sides_is_the_same_whatever_its_case_and_accents():
    found = org(unit("1", "OFFICE of the  Secretary Général"))
    assert same(KNOWN, found) == {"1": "OSG"}


def test_an_earlier_name_counts_on_either_side():
    assert same(KNOWN, org(unit("1", "The Library"))) == {"1": "CML"}
    assert same(KNOWN, org(unit("1", "Books", formerly=("Columbus Memorial Library",)))) == {"1": "CML"}


def test_the_same_things_below_are_enough():
    found = org(
        unit("9", "Secretariat for Strengthening Democracy"),
        unit("8", "Department of Electoral Cooperation and Observation", "9"),
        functions=(("x", "Mediation and Dialogue", "9"), ("y", "Electoral Observation", "8")),
    )
    matching = match(KNOWN, found)
    assert matching.same[Ref(Sort.UNIT, "9")] == "SPA"
    assert matching.questions == ()


def test_half_of_what_is_below_is_asked_about():
    found = org(unit("9", "Democracy"), functions=(("x", "Mediation and Dialogue", "9"),))
    matching = match(KNOWN, found)
    assert matching.questions == (Question(Ref(Sort.UNIT, "9"), ("SPA",), Why.LIKE_BELOW),)
    assert Ref(Sort.UNIT, "9") not in matching.same


def test_two_of_one_name_are_asked_about_and_neither_is_taken():
    known = org(unit("A", "Administration"), unit("B", "Administration"))
    matching = match(known, org(unit("1", "Administration")))
    assert matching.questions == (Question(Ref(Sort.UNIT, "1"), ("A", "B"), Why.SAME_NAME),)
    twice = match(org(unit("A", "Administration")), org(unit("1", "Administration"), unit("2", "Administration")))
    assert twice.same == {}
    assert [question.candidates for question in twice.questions] == [("A",), ("A",)]


def test_a_name_that_is_only_alike_is_asked_about():
    matching = match(KNOWN, org(unit("1", "Electoral Cooperation and Observation")))
    assert matching.questions == (Question(Ref(Sort.UNIT, "1"), ("DECO",), Why.LIKE_NAME),)


def test_what_is_like_nothing_is_new():
    matching = match(KNOWN, org(unit("1", "Art Museum")))
    assert (matching.same, matching.questions, matching.new) == ({}, (), {Ref(Sort.UNIT, "1")})


def test_posts_are_matched_by_title_and_place():
    known = Organisation.of([unit("A", "One"), unit("B", "Two")], posts=[Post("p", "Clerk", "A"), Post("q", "Clerk", "B")])
    found = Organisation.of([unit("1", "One"), unit("2", "Two")], posts=[Post("8", "Clerk", "2"), Post("9", "Clerk", "1")])
    matching = match(known, found)
    assert {ref.id: id for ref, id in matching.same.items() if ref.sort is Sort.POST} == {"8": "q", "9": "p"}


def test_a_person_answers_and_only_with_what_was_asked():
    matching = match(KNOWN, org(unit("1", "Electoral Cooperation and Observation")))
    ref = Ref(Sort.UNIT, "1")
    assert matching.answered({ref: "DECO"}).same == {ref: "DECO"}
    assert matching.answered({ref: None}).new == {ref}
    assert matching.answered({}) == matching
    with pytest.raises(AnswerRefused):
        matching.answered({ref: "OSG"})
    twice = match(org(unit("A", "Post")), org(unit("1", "Post"), unit("2", "Post")))
    with pytest.raises(AnswerRefused):
        twice.answered({question.subject: "A" for question in twice.questions})


def test_a_new_thing_with_an_id_that_is_taken_gets_another():
    found = org(unit("OSG", "Art Museum"), unit("7", "Office of the Secretary General"), unit("8", "Shop", "OSG"))
    renamed = under_known_ids(KNOWN, found, match(KNOWN, found))
    assert {id: each.name for id, each in renamed.units.items()} == {
        "new:OSG": "Art Museum", "OSG": "Office of the Secretary General", "8": "Shop",
    }  # fmt: skip
    assert renamed.units["8"].heads == ("new:OSG",)


NAMES = st.lists(st.text("abcdefgh ", min_size=4, max_size=12).map(str.strip).filter(bool), unique=True, min_size=1, max_size=8)


@given(NAMES, st.randoms(use_true_random=False))
def test_other_ids_alone_make_no_difference(names: list[str], chance):
    names = list({" ".join(name.split()): None for name in names})
    heads = {name: chance.choice(names[:place]) if place else None for place, name in enumerate(names)}

    def built(ids: dict[str, str]) -> Organisation:
        units = (unit(ids[name], name, *((ids[head],) if head else ())) for name, head in heads.items())
        return Organisation.of(units, (Function(f"f-{ids[name]}", f"work {name}", (ids[name],)) for name in names))

    known = built({name: f"k{place}" for place, name in enumerate(names)})
    found = built({name: f"x{place}" for place, name in enumerate(reversed(names))})
    matching = match(known, found)
    assert matching.questions == ()
    assert diff(known, under_known_ids(known, found, matching)) == []


@given(NAMES, NAMES)
def test_everything_that_came_in_is_matched_new_or_asked_about_and_nothing_is_matched_twice(ours, theirs):
    known = org(*(unit(f"k{place}", name) for place, name in enumerate(ours)))
    found = org(*(unit(f"x{place}", name) for place, name in enumerate(theirs)))
    matching = match(known, found)
    asked = [question.subject for question in matching.questions]
    everything = sorted([*matching.same, *matching.new, *asked])
    assert everything == sorted(Ref(Sort.UNIT, id) for id in found.units)
    assert len(set(matching.same.values())) == len(matching.same)
