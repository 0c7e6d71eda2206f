"""Over many offices that never were: the attacker never wins on what is released, and what is released is true."""

from collections.abc import Sequence

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bench.populations import Case, assembler, cases, year
from policies.reports import ReportRules
from reports.protection import Protected, protect
from reports.shape import Report
from tests.reports.releases import RULES, attacked, wrongs

LAW = settings(max_examples=2, deadline=None, suppress_health_check=[HealthCheck.too_slow])
SEEDS = st.integers(0, 10**6)
SIZES = st.sampled_from((0, 1, 3, 12, 60, 150, 400))
LOUD = st.sampled_from((0.0, 0.2, 0.5, 0.9))
"""Which part of the cases is about one head."""


def released(
    code: str, people: Sequence[Case], earlier: Sequence[Report], rules: ReportRules = RULES, edition: int = 1
) -> Protected:
    """Protect a period's report and check all that must hold of it."""
    made = protect(year(rules, people), rules, assemble=assembler(code, edition), earlier=earlier)
    assert made.findings.clean
    assert made.mending == ()
    assert wrongs(made, people) == []
    return made


@LAW
@example(seed=1, size=60, loud=0.2)
@example(seed=2, size=12, loud=0.9)
@given(seed=SEEDS, size=SIZES, loud=LOUD)
def test_the_attacker_never_wins_on_two_years_in_a_row(seed: int, size: int, loud: float) -> None:
    ledger: list[Report] = []
    for at, code in enumerate(("2025", "2026")):
        ledger.append(released(code, cases(size, RULES, seed + at, loud=loud), ledger).report)
    assert attacked(ledger).clean


@LAW
@example(seed=3, size=60, loud=0.2)
@given(seed=SEEDS, size=SIZES, loud=LOUD)
def test_the_attacker_never_wins_on_halves_and_their_year(seed: int, size: int, loud: float) -> None:
    people = cases(size, RULES, seed, loud=loud)
    ledger: list[Report] = []
    for half in (1, 2):
        ledger.append(released(f"2026-H{half}", [case for case in people if case.half == half], ledger).report)
    ledger.append(released("2026", people, ledger).report)
    assert attacked(ledger).clean


@LAW
@example(seed=4, size=60, loud=0.2, late=1)
@given(seed=SEEDS, size=SIZES, loud=LOUD, late=st.integers(0, 6))
def test_the_attacker_never_wins_on_a_correction(seed: int, size: int, loud: float, late: int) -> None:
    people = cases(size, RULES, seed, loud=loud)
    first = released("2026", people, ()).report
    corrected = [*people, *cases(late, RULES, seed + 1, loud=loud)]
    second = released("2026", corrected, (first,), edition=2).report
    assert attacked((first, second)).clean


def test_the_same_input_gives_the_same_report() -> None:
    people = cases(60, RULES, 5)
    one, other = (released("2026", people, ()).report.written() for _ in range(2))
    assert one == other


def test_an_office_without_a_case_says_zero_everywhere_and_an_office_with_one_says_nothing() -> None:
    nothing = released("2026", [], ())
    assert all(cell.count == 0 for table in nothing.report.tables for cell in table.cells)
    assert (nothing.utility.cells, nothing.utility.cases) == (1.0, 1.0)
    one = released("2026", cases(1, RULES, 1), ())
    assert {table.state for table in one.report.tables} == {"too_small"}
    assert (one.utility.cells, one.utility.cases) == (0.0, 0.0)
