"""Each procedure's whole square, typed again by hand beside what it promises, held against its table."""

from dataclasses import replace
from itertools import product

import pytest

from states.procedures import PROCEDURES
from tests.fixtures.squares import Square
from tests.states import (
    test_complaint,
    test_consultation,
    test_mandate,
    test_mediation,
    test_meeting,
    test_own_initiative,
    test_proposal,
    test_protection,
    test_recommendation,
    test_report,
    test_transmittal,
    test_upward_feedback,
)
from web.messages import LANGUAGES, Messages

SQUARES = (
    test_complaint.SQUARE,
    test_consultation.SQUARE,
    test_mandate.SQUARE,
    test_mediation.SQUARE,
    test_meeting.SQUARE,
    test_own_initiative.SQUARE,
    test_proposal.SQUARE,
    test_protection.SQUARE,
    test_recommendation.SQUARE,
    test_report.SQUARE,
    test_transmittal.SQUARE,
    test_upward_feedback.SQUARE,
)
each = pytest.mark.parametrize("square", SQUARES, ids=lambda square: square.table.kind)


def test_each_procedure_has_a_square_typed_by_hand() -> None:
    assert sorted(square.table.kind for square in SQUARES) == sorted(table.kind for table in PROCEDURES)


@each
def test_the_square_typed_by_hand_knows_every_stage_and_trigger(square: Square) -> None:
    final = {stage.name for stage in square.table.stages if stage.final}
    assert {state for state, _ in square.expected} | final == set(square.table.states)
    assert set(square.triggers) == set(square.table.triggers)


@each
def test_every_pair_moves_as_written_or_not_at_all(square: Square) -> None:
    states = (*map(str, square.table.states), "no_such_state")
    triggers = (*{*square.triggers, *square.table.triggers}, "no_such_trigger", *(f"to_{state}" for state in states))
    came = {pair: square.tried(pair, square.shown(pair[1])) for pair in product(states, triggers)}
    assert {pair: dest for pair, dest in came.items() if dest is not None} == square.expected


@each
def test_with_nothing_shown_a_move_names_all_that_is_missing(square: Square) -> None:
    came = {pair: square.tried(pair, square.nothing) for pair in square.expected}
    assert came == {pair: square.missing(pair) or dest for pair, dest in square.expected.items()}


@pytest.mark.parametrize("square", [one for one in SQUARES if one.alone], ids=lambda square: square.table.kind)
def test_each_claim_alone_holds_its_move_back(square: Square) -> None:
    for fact, claim, state, trigger in square.alone:
        without = replace(square.shown(trigger), **{fact: False})
        assert square.tried((state, trigger), without) == (claim,), (fact, state, trigger)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_stage_move_clock_and_claim_has_its_words(language: str) -> None:
    messages = Messages(language)
    for square in SQUARES:
        table = square.table
        wanted = [
            f"kind.{table.kind}",
            *(f"{what}.{table.kind}.{state}" for what in square.said for state in table.states),
            *(f"move.{table.kind}.{trigger}" for trigger in (*(("open",) if table.sealed else ()), *table.triggers)),
            *(f"clock.{table.kind}.{clock.name}" for clock in table.clocks),
            *(f"claim.{guard.__name__}" for move in table.moves for guard in move.only_if),
        ]
        assert [key for key in wanted if key not in messages] == []
