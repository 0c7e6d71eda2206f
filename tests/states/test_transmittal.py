"""The transmittal's whole square, typed again by hand, and what it promises."""

from dataclasses import fields, replace
from pathlib import Path

import pytest

from policies.pack import load_pack
from states.check import model_check
from states.machine import Machine, MoveRefused, NoSuchMove
from states.transmittal import TRANSMITTAL, State, TransmittalFacts
from web.messages import LANGUAGES, Messages

MACHINE = Machine(TRANSMITTAL)
NOTHING = TransmittalFacts()
EVERYTHING = replace(TransmittalFacts(**{fact.name: True for fact in fields(TransmittalFacts)}), for_one=False)

EXPECTED = {
    ("transmitted", "receive"): "transmitted",
    ("transmitted", "receive_last"): "received",
    ("transmitted", "receive_alone"): "taken",
    ("transmitted", "note"): "noted",
    ("transmitted", "replace"): "replaced",
    ("received", "note"): "noted",
    ("received", "replace"): "replaced",
    ("noted", "receive_late"): "noted",
}
TRIGGERS = tuple(dict.fromkeys(trigger for _, trigger in EXPECTED))
TURNED = {"receive": {"last_one": False}, "receive_alone": {"for_one": True}}
SAID = ("a_receiver_says_so", "it_was_not_said_before")
NEEDS = {
    "receive": SAID,  # and with nothing shown, others are missing
    "receive_last": (*SAID, "it_is_the_last"),
    "receive_alone": (*SAID, "it_goes_to_one_alone"),
    "receive_late": SAID,
    "note": ("it_is_shown_where",),
    "replace": ("a_newer_edition_is_out",),
}


@pytest.mark.parametrize("state", [*map(str, State), "no_such_state"])
@pytest.mark.parametrize("trigger", [*TRIGGERS, "no_such_trigger", "to_noted"])
def test_every_pair_moves_as_written_or_not_at_all(state: str, trigger: str) -> None:
    facts = replace(EVERYTHING, **TURNED.get(trigger, {}))
    if (state, trigger) in EXPECTED:
        assert MACHINE.advance(state, trigger, facts) == EXPECTED[state, trigger]
    else:
        with pytest.raises(NoSuchMove):
            MACHINE.advance(state, trigger, facts)


@pytest.mark.parametrize(("state", "trigger"), EXPECTED)
def test_with_nothing_shown_each_claim_is_named_and_nothing_else_is_asked(state: str, trigger: str) -> None:
    with pytest.raises(MoveRefused) as refused:
        MACHINE.advance(state, trigger, NOTHING)
    assert refused.value.unmet == NEEDS[trigger]


@pytest.mark.parametrize("for_one", [True, False])
@pytest.mark.parametrize("last_one", [True, False])
def test_of_a_receipt_exactly_one_thing_can_be_said(for_one: bool, last_one: bool) -> None:
    facts = TransmittalFacts(by_receiver=True, first_time=True, last_one=last_one, for_one=for_one)
    steps = ("receive", "receive_last", "receive_alone")
    assert len([trigger for trigger in steps if not MACHINE.unmet("transmitted", trigger, facts)]) == 1


def test_what_goes_to_one_alone_is_noted_by_nobody() -> None:
    with pytest.raises(MoveRefused, match="it_goes_to_the_council"):
        MACHINE.advance("transmitted", "note", replace(EVERYTHING, for_one=True))


def test_it_is_proved_under_the_pack() -> None:
    proved = model_check(TRANSMITTAL, load_pack(Path("policies/oas")))
    assert proved.findings == ()
    assert proved.explored > 100


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_stage_move_clock_and_claim_has_its_words(language: str) -> None:
    messages = Messages(language)
    wanted = [
        "kind.transmittal",
        *(f"state.transmittal.{name}" for name in TRANSMITTAL.states),
        *(f"move.transmittal.{name}" for name in TRANSMITTAL.triggers),
        *(f"clock.transmittal.{clock.name}" for clock in TRANSMITTAL.clocks),
        *(f"claim.{guard.__name__}" for move in TRANSMITTAL.moves for guard in move.only_if),
    ]
    assert [key for key in wanted if key not in messages] == []
