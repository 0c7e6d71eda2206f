"""Secondary suppression: a hidden number cannot be computed from the others, by Tau-Argus and by what stands in for it."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest

from records.counts.counted import CountedCell, CountedTable
from reports.protection.argus import Argus, Problem, parts
from reports.protection.complement import complement
from reports.protection.hiding import hide, need
from reports.protection.linked import Linked, Spot, link
from reports.protection.wholes import whole
from tests.reports.releases import GUARDS

COUNTS = ((2, 10, 12), (9, 8, 20), (15, 11, 30))


def square() -> Linked:
    cells = tuple(
        CountedCell({"row": f"r{row}", "column": f"c{column}"}, count)
        for row, counts in enumerate(COUNTS)
        for column, count in enumerate(counts)
    )
    values = {"row": ("r0", "r1", "r2"), "column": ("c0", "c1", "c2")}
    table = CountedTable("square", "cases", "flow", ("row", "column"), values, cells, about_heads=False)
    return link([whole(table)], (), (), GUARDS)


def problem() -> Problem:
    linked = square()
    (found,) = parts(linked, {each: need(linked.counts[each], GUARDS, False, 0) for each in linked.sensitive})
    return found


def lines(hidden: frozenset[Spot]) -> Counter[str]:
    """How many hidden numbers each row and column has, the totals' own among them."""
    rows = Counter(dict(each.at).get("row", "total row") for each in hidden)
    return rows + Counter(dict(each.at).get("column", "total column") for each in hidden)


def suppress(asked: Problem) -> frozenset[Spot] | None:
    (answer,) = Argus().suppress([asked])
    return answer


@pytest.mark.parametrize("method", [suppress, complement])
def test_no_row_and_no_column_has_one_hidden_number_alone(method: Callable[[Problem], frozenset[Spot]]) -> None:
    asked = problem()
    hidden = method(asked) | asked.needs.keys()
    assert all(number > 1 for number in lines(frozenset(hidden)).values())


def test_tau_argus_hides_the_cheapest() -> None:
    asked = problem()
    cheapest = {("r0", "c1"), ("r1", "c0"), ("r1", "c1")}
    assert {(dict(each.at)["row"], dict(each.at)["column"]) for each in suppress(asked) or ()} == cheapest


def test_several_parts_are_answered_in_their_order_and_only_once() -> None:
    engine, asked = Argus(), problem()
    other = replace(asked, fixed=frozenset(suppress(asked) or ()))
    answers = engine.suppress([other, asked, other])
    assert answers == [suppress(other), suppress(asked), suppress(other)]
    assert answers[0] != answers[1]
    assert len(engine.answers) == 2


def test_where_the_engine_has_no_answer_our_own_method_goes_on_and_it_is_said() -> None:
    one, other, total = (Spot("cases", "flow", ((("category", name),) if name else ())) for name in ("1", "2", ""))
    tied = Linked(
        counts={one: 3, other: 7, total: 10},
        equations=(((total, -1), (one, 1), (other, 1)),),
        sensitive=frozenset({one}),
        fixed=frozenset({other, total}),
        zeros_tell=frozenset(),
        absent=frozenset(),
    )
    (asked,) = parts(tied, {one: (3, 2)})
    assert suppress(asked) is None
    hidden = hide(tied, GUARDS, {}, Argus())
    assert (hidden.spots, hidden.without_engine) == ({one}, 1), "nothing else could be hidden: the attacker has the last word"


def test_a_number_hidden_for_another_is_kept_as_open_as_that_one() -> None:
    assert need(3, GUARDS, False, 0) == (3, 2)
    assert need(60, GUARDS, False, 0) == (3, 2)
    assert need(8, GUARDS, True, 0) == (8, 1), "down to zero where a zero is as telling as a one"
    assert need(60, GUARDS, False, 1) == (5, 5), "more room once the attacker has found it"


def test_what_no_table_shows_ties_the_rest_but_asks_for_nothing() -> None:
    cells = tuple(CountedCell({"category": name}, count) for name, count in (("1", 3), ("2", 7)))
    small = CountedTable("small", "cases", "flow", ("category",), {"category": ("1", "2")}, cells, about_heads=False)
    linked = link([whole(small)], (), (), GUARDS, unsaid={"small"})
    assert linked.sensitive == set()
    assert linked.absent == linked.counts.keys()
    assert hide(linked, GUARDS, {}, Argus()).spots == set()
