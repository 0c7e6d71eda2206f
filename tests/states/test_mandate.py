"""The mandate's whole square, typed again by hand, and what it promises."""

from dataclasses import fields, replace

import pytest

from states.machine import Machine, MoveRefused
from states.mandate import MANDATE, MandateFacts
from tests.fixtures.squares import Square

MACHINE = Machine(MANDATE)
NOTHING = MandateFacts()
EVERYTHING = MandateFacts(**{fact.name: True for fact in fields(MandateFacts)})

EXPECTED = {
    ("in_force", "assign"): "assigned",
    ("in_force", "open_review"): "under_review",
    ("in_force", "supersede"): "superseded",
    ("in_force", "expire"): "expired",
    ("assigned", "reassign"): "assigned",
    ("assigned", "await_funds"): "waiting_for_funds",
    ("assigned", "start"): "in_progress",
    ("assigned", "deliver"): "in_progress",
    ("assigned", "open_review"): "under_review",
    ("assigned", "supersede"): "superseded",
    ("assigned", "expire"): "expired",
    ("waiting_for_funds", "reassign"): "waiting_for_funds",
    ("waiting_for_funds", "receive_funds"): "in_progress",
    ("waiting_for_funds", "check_funds"): "waiting_for_funds",
    ("waiting_for_funds", "open_review"): "under_review",
    ("waiting_for_funds", "supersede"): "superseded",
    ("waiting_for_funds", "expire"): "expired",
    ("in_progress", "reassign"): "in_progress",
    ("in_progress", "await_funds"): "waiting_for_funds",
    ("in_progress", "deliver"): "in_progress",
    ("in_progress", "report_progress"): "in_progress",
    ("in_progress", "report_done"): "reported_as_done",
    ("in_progress", "open_review"): "under_review",
    ("in_progress", "supersede"): "superseded",
    ("in_progress", "expire"): "expired",
    ("reported_as_done", "return_to_work"): "in_progress",
    ("reported_as_done", "note_fulfilled"): "fulfilled",
    ("reported_as_done", "open_review"): "under_review",
    ("reported_as_done", "supersede"): "superseded",
    ("reported_as_done", "expire"): "expired",
    ("under_review", "keep"): "in_force",
    ("under_review", "renew"): "renewed",
    ("under_review", "adapt"): "adapted",
    ("under_review", "retire"): "retired",
    ("under_review", "merge"): "merged",
    ("under_review", "supersede"): "superseded",
    ("under_review", "expire"): "expired",
    ("renewed", "assign"): "assigned",
    ("renewed", "open_review"): "under_review",
    ("renewed", "supersede"): "superseded",
    ("renewed", "expire"): "expired",
    ("adapted", "assign"): "assigned",
    ("adapted", "open_review"): "under_review",
    ("adapted", "supersede"): "superseded",
    ("adapted", "expire"): "expired",
}
NEEDS = {
    "note_fulfilled": ("the_mandating_body_took_note",),
    "keep": ("the_mandating_body_decided",),
    "renew": ("the_mandating_body_decided",),
    "adapt": ("the_mandating_body_decided",),
    "retire": ("the_mandating_body_decided",),
    "merge": ("the_mandating_body_decided", "the_other_mandate_is_registered", "the_lineage_has_no_circle"),
    "supersede": ("the_other_mandate_is_registered", "the_lineage_has_no_circle"),
}
SQUARE = Square(MANDATE, EVERYTHING, EXPECTED, NEEDS)


def test_only_the_mandating_body_makes_a_mandate_fulfilled() -> None:
    assert [key for key, dest in EXPECTED.items() if dest == "fulfilled"] == [("reported_as_done", "note_fulfilled")]
    with pytest.raises(MoveRefused):
        MACHINE.advance("reported_as_done", "note_fulfilled", replace(EVERYTHING, body_took_note=False))


def test_a_lineage_that_closes_a_circle_is_refused() -> None:
    for state, trigger in (("under_review", "merge"), ("in_force", "supersede")):
        with pytest.raises(MoveRefused) as refused:
            MACHINE.advance(state, trigger, replace(EVERYTHING, lineage_acyclic=False))
        assert refused.value.unmet == ("the_lineage_has_no_circle",)


def test_a_sunset_comes_in_every_stage_whatever_is_shown() -> None:
    for stage in MANDATE.stages:
        if not stage.final:
            assert MACHINE.advance(str(stage.name), "expire", NOTHING) == "expired"


def test_late_is_not_a_stage() -> None:
    assert not {"late", "overdue"} & set(MANDATE.states)
