"""The opt-in proof of filing, at the door."""

from records.ledger import read_proof, verify_proof
from tests.fixtures.intake_door import IntakeDoor
from tests.fixtures.ledgers import KEY, nights


def test_she_gets_a_proof_the_day_after_and_until_then_is_told_when(intake_door: IntakeDoor):
    nights(intake_door.stage)
    words = intake_door.words()
    early = intake_door.get(words, "/v1/complaint/proof")
    assert (early.status_code, early.json()["code"]) == (409, "not_folded_yet")
    nights(intake_door.stage)
    proved = intake_door.get(words, "/v1/complaint/proof")
    assert proved.status_code == 200
    assert verify_proof(read_proof(proved.text), KEY.verify_key) == ()
    assert "statement" not in proved.text


def test_wrong_words_prove_nothing(intake_door: IntakeDoor):
    answer = intake_door.get("abandon " * 11 + "about", "/v1/complaint/proof")
    assert (answer.status_code, answer.json()["code"]) == (404, "words_unknown")
