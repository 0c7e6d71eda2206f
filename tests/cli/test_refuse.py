"""A command that says no says which claims do not hold, as sentences, in the operator's language."""

import json
from datetime import date

import pytest

from cli.refuse import refuse
from policies.refusal import Refusal
from structure.operation import OperationRefused
from structure.operations import RenameUnit
from structure.timeline import Planned, PlanRefused

REFUSAL = PlanRefused(
    Planned("OP-3", date(2015, 12, 11), RenameUnit(unit="OLD", name="n")), OperationRefused("unit_is_live", "OLD")
)


@pytest.mark.parametrize(
    ("language", "claim"),
    [
        ("en", "The unit has to exist on that date and must not be abolished."),
        ("fr", "L'unité doit exister à cette date et ne pas être supprimée."),
    ],
)
def test_the_claim_follows_the_sentence(capsys: pytest.CaptureFixture[str], language: str, claim: str):
    assert refuse(REFUSAL, language) == 2
    said = capsys.readouterr().err.strip()
    assert said.endswith(claim)
    assert "OP-3" in said


def test_as_json_the_message_is_the_same(capsys: pytest.CaptureFixture[str]):
    refuse(REFUSAL, "en")
    said = capsys.readouterr().err.strip()
    refuse(REFUSAL, "en", as_json=True)
    assert json.loads(capsys.readouterr().out) == {"error": {"code": "plan_refused", "message": said}}


def test_a_claim_that_no_catalogue_knows_is_left_out(capsys: pytest.CaptureFixture[str]):
    refusal: Refusal = OperationRefused("nobody_wrote_this", "OLD")
    refuse(refusal, "en")
    assert "nobody_wrote_this" not in capsys.readouterr().err
