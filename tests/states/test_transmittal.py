"""The transmittal's whole square, typed again by hand, and what it promises."""

from dataclasses import fields, replace
from pathlib import Path

import pytest

from policies.pack import load_pack
from states.check import model_check
from states.machine import Machine, MoveRefused
from states.transmittal import TRANSMITTAL, TransmittalFacts
from tests.fixtures.squares import Square

MACHINE = Machine(TRANSMITTAL)
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
SQUARE = Square(TRANSMITTAL, EVERYTHING, EXPECTED, NEEDS, turned=TURNED)


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
