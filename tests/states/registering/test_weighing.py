"""Scores are the pack's; where its bands overlap both stand; ranks come out the same in any order."""

from itertools import permutations

import pytest

from policies.said import Said
from states.registering.weighing import NoSuchCriterion, rank, weigh
from tests.fixtures.resolutions import RULES


@pytest.mark.parametrize(
    ("people", "points"),
    [(0, ()), (1, (20,)), (2, (20,)), (3, (20, 45)), (4, (45,)), (5, (45,)), (6, (60,)), (600, (60,))],
)
def test_people_score_by_their_band_and_three_by_two(people: int, points: tuple[int, ...]):
    score = weigh("one", {"human_resources": people}, RULES).scores[0]
    assert score.points == points
    assert [warning.key for warning in score.warnings] == {
        0: ["registering.no_band"],
        1: [],
        2: ["registering.two_bands"],
    }[len(points)]


def test_the_overlap_is_known_to_whoever_loads_the_pack():
    assert RULES.overlaps() == (("human_resources", 3, 3),)


@pytest.mark.parametrize(("word", "points"), [("none", 30), ("few", 20), ("many", 10)])
def test_competitors_score_by_their_word(word: str, points: int):
    assert weigh("one", {"external_competitors": word}, RULES).scores[1].points == (points,)


def test_what_is_not_given_is_not_scored_and_said():
    weighed = weigh("one", {}, RULES)
    assert (weighed.low, weighed.high, weighed.complete) == (0, 0, False)
    assert weighed.scores[0].warnings == (Said("registering.not_scored", {"criterion": "human_resources"}),)


@pytest.mark.parametrize("facts", [{"beauty": 1}, {"external_competitors": "some"}, {"human_resources": "three"}])
def test_what_the_pack_does_not_have_is_refused(facts: dict[str, int | str]):
    with pytest.raises(NoSuchCriterion):
        weigh("one", facts, RULES)


def test_a_rank_is_the_same_in_any_order_and_names_its_ties():
    several = [
        weigh("three people", {"human_resources": 3, "external_competitors": "none"}, RULES),
        weigh("two b", {"human_resources": 2, "external_competitors": "none"}, RULES),
        weigh("two a", {"human_resources": 2, "external_competitors": "none"}, RULES),
        weigh("four", {"human_resources": 4, "external_competitors": "few"}, RULES),
        weigh("many", {"human_resources": 1, "external_competitors": "many"}, RULES),
    ]
    expected = [(1, "four", 65, 65), (2, "three people", 50, 75), (3, "two a", 50, 50), (3, "two b", 50, 50), (5, "many", 30, 30)]
    for order in permutations(several):
        ranked = rank(order)
        assert [(one.rank, one.weighed.name, one.weighed.low, one.weighed.high) for one in ranked] == expected
        assert [one.tied_with for one in ranked] == [(), (), ("two b",), ("two a",), ()]
        assert [one.may_pass for one in ranked] == [("three people",), (), (), (), ()]
