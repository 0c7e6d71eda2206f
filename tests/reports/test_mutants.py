"""Each rule taken away or off by one is seen: by the attacker where it can know, else by the law about published cells."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bench.populations import OUTCOMES, assembler, cases, year
from reports.protection import Guards, Protected, protect
from reports.shape import Report
from tests.reports.releases import GUARDS, RULES, attacked, wrongs

NO_ZEROS: frozenset[str] = frozenset()


def drawn(number: int, seed: int, guards: Guards, *, loud: float = 0.3) -> tuple[Protected, list[str]]:
    people = cases(number, RULES, seed, loud=loud)
    made = protect(year(RULES, people), RULES, assemble=assembler("2026"), earlier=(), guards=guards)
    return made, wrongs(made, people)


@pytest.mark.parametrize(
    ("guards", "number", "seed"),
    [
        (replace(GUARDS, width=1), 60, 0),
        (replace(GUARDS, secondary=False), 60, 0),
        (replace(GUARDS, protect_zeros=NO_ZEROS), 30, 7),
        (replace(GUARDS, threshold=4), 60, 9),
    ],
    ids=["width", "secondary", "zeros", "threshold"],
)
def test_the_attacker_catches_a_guard_that_is_gone(guards: Guards, number: int, seed: int) -> None:
    made, _ = drawn(number, seed, guards)
    assert attacked([made.report]).broken
    whole, wrong = drawn(number, seed, GUARDS)
    assert attacked([whole.report]).clean
    assert wrong == []


@pytest.mark.parametrize(
    ("guards", "loud", "number", "seed", "said"),
    [
        (replace(GUARDS, threshold=4), 0.3, 30, 0, "too few"),
        (replace(GUARDS, protect_zeros=NO_ZEROS), 0.3, 30, 0, "a telling zero"),
        (replace(GUARDS, least_subjects=1, largest_share=100), 0.9, 30, 0, "about one head"),
        (replace(GUARDS, largest_share=81), 0.6, 150, 3, "mostly about one head"),
    ],
    ids=["threshold", "zeros", "heads", "share"],
)
def test_the_law_of_published_cells_catches_a_rule_that_is_gone(
    guards: Guards, loud: float, number: int, seed: int, said: str
) -> None:
    assert any(wrong.endswith(f": {said}") for wrong in drawn(number, seed, guards, loud=loud)[1])


def test_the_attacker_catches_a_release_made_without_the_earlier_ones() -> None:
    people = cases(60, RULES, 4)
    late = cases(2, RULES, 5)

    def both(guards: Guards) -> Sequence[Report]:
        first = protect(year(RULES, people), RULES, assemble=assembler("2026"), earlier=(), guards=guards).report
        tables = year(RULES, [*people, *late])
        return first, protect(tables, RULES, assemble=assembler("2026", 2), earlier=(first,), guards=guards).report

    assert attacked(both(replace(GUARDS, ledger=False))).broken
    assert attacked(both(GUARDS)).clean


def test_the_attacker_catches_percentages_made_of_hidden_cells() -> None:
    people = cases(60, RULES, 0)
    told = {outcome: sum(case.outcome == outcome for case in people) for outcome in OUTCOMES}
    plain = protect(year(RULES, people), RULES, assemble=assembler("2026"), earlier=())
    wrong = assembler("2026", percentages_of_hidden=told)(plain.report.tables, plain.report.groupings)
    assert plain.findings.clean
    assert attacked([wrong]).broken
