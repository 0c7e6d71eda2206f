"""A check that cannot fail proves nothing: every seeded mistake must be found, by the rule meant for it."""

from dataclasses import replace
from pathlib import Path

import pytest

from policies.pack import Pack, load_pack
from states.check import cross_check, model_check
from states.mandate import MANDATE
from states.mutants import RUNG_MISTAKES, Mutant, judge, run, seed
from states.mutants_of_packs import PACK_MISTAKES
from states.mutants_of_tables import TABLE_MISTAKES
from states.procedures import PROCEDURES
from web.messages import LANGUAGES, Messages


@pytest.fixture(scope="module")
def oas() -> Pack:
    return load_pack(Path("policies/oas"))


def test_every_seeded_mistake_is_found(oas: Pack) -> None:
    verdict = run(oas, PROCEDURES)
    assert verdict.survivors == ()
    assert verdict.killed == verdict.seeded >= 200


def test_every_kind_of_mistake_fits_somewhere_and_every_kind_of_matter_gets_many(oas: Pack) -> None:
    mutants = list(seed(oas, PROCEDURES, 1))
    assert {m.name for m in mutants} == {name for name, _, _ in (*TABLE_MISTAKES, *PACK_MISTAKES, *RUNG_MISTAKES)}
    for table in PROCEDURES:
        assert len([m for m in mutants if m.kind == table.kind]) >= 40


def test_a_mistake_changes_something(oas: Pack) -> None:
    tables = {table.kind: table for table in PROCEDURES}
    for mutant in seed(oas, PROCEDURES, 1):
        if mutant.name not in {name for name, _, _ in RUNG_MISTAKES}:
            assert mutant.table != tables[mutant.kind] or mutant.pack != oas, mutant.name


def test_a_mistake_that_no_rule_finds_is_named(oas: Pack) -> None:
    harmless = Mutant("a change of nothing", "mandate", "dead_end", MANDATE, oas)
    verdict = judge([harmless], oas, PROCEDURES)
    assert (verdict.seeded, verdict.killed, verdict.survivors) == (1, 0, ("mandate: a change of nothing",))


def test_a_mistake_found_by_another_rule_than_the_one_meant_is_not_found(oas: Pack) -> None:
    wild = next(mutant for mutant in seed(oas, [MANDATE], 1) if mutant.rule == "wildcard")
    assert judge([wild], oas, PROCEDURES).killed == 1
    assert judge([replace(wild, rule="dead_end")], oas, PROCEDURES).killed == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_mistake_makes_the_check_say_can_be_read(oas: Pack, language: str) -> None:
    messages = Messages(language)
    for mutant in seed(oas, PROCEDURES[-1:], 1):
        for finding in _all(mutant):
            assert finding.key in messages.say(finding.said)


def _all(mutant: Mutant) -> tuple:
    others = [mutant.table if table.kind == mutant.kind else table for table in PROCEDURES]
    return (*cross_check(mutant.pack, others), *model_check(mutant.table, mutant.pack, mutant.reach).findings)
