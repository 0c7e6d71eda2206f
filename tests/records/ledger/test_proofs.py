"""One person's proof, checked by somebody who has the public key."""

import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nacl.signing import SigningKey

from records.ledger import (
    Entry,
    NotInLedger,
    PublicHead,
    SaltedEntry,
    leaf_bytes,
    prove,
    read_proof,
    salted,
    sign_head,
    verify_proof,
)
from records.ledger.entries import canonical


def proof_of(kept, number=1):
    recorded = kept.recorded[number]
    return prove(kept.leaves, kept.leaves.index(leaf_bytes(recorded)), recorded, kept.heads[-1])


def keys_of(findings):
    return [said.key for said in findings]


def test_every_recorded_entry_can_be_proved_to_a_third_party_with_head_and_public_key(kept):
    for recorded in kept.recorded:
        text = prove(kept.leaves, kept.leaves.index(leaf_bytes(recorded)), recorded, kept.heads[-1]).as_text()
        read = read_proof(text)
        assert verify_proof(read, kept.public_key) == ()
        assert verify_proof(read, kept.public_key, PublicHead.of(kept.heads[-1].head)) == ()
        assert verify_proof(read, kept.public_key, kept.heads[-1]) == ()
        assert read.entry == (recorded.entry if isinstance(recorded, SaltedEntry) else recorded)


def test_a_proof_of_an_earlier_head_still_holds_after_a_new_key_took_over(kept):
    recorded = next(r for r in kept.recorded if leaf_bytes(r) in kept.leaves[:4])
    old = prove(kept.leaves, kept.leaves.index(leaf_bytes(recorded)), recorded, kept.heads[0])
    new_key = SigningKey.generate().verify_key
    assert verify_proof(old, new_key, earlier_keys=[kept.public_key]) == ()
    assert keys_of(verify_proof(old, new_key)) == ["ledger.proof.bad_signature"]


def test_without_the_salt_nothing_is_proved(kept_ombuds):
    """Erased: whoever guesses the whole entry still cannot show that a leaf stands for it."""
    recorded = kept_ombuds.recorded[0]
    index = kept_ombuds.leaves.index(leaf_bytes(recorded))
    with pytest.raises(NotInLedger):
        prove(kept_ombuds.leaves, index, salted(recorded.entry), kept_ombuds.heads[-1])


def test_an_entry_at_another_place_or_after_the_head_is_not_proved(kept):
    recorded = kept.recorded[1]
    index = kept.leaves.index(leaf_bytes(recorded))
    late = next(r for r in kept.recorded if kept.leaves.index(leaf_bytes(r)) >= 4)
    refused = [
        (index + 1, recorded, 2),
        (-1, recorded, 2),
        (99, recorded, 2),
        (kept.leaves.index(leaf_bytes(late)), late, 0),
    ]
    for place, entry, head in refused:
        with pytest.raises(NotInLedger):
            prove(kept.leaves, place, entry, kept.heads[head])


def test_leaves_that_are_not_those_of_the_head_give_no_proof(kept):
    recorded = kept.recorded[1]
    leaves = [leaf if leaf == leaf_bytes(recorded) else bytes(32) for leaf in kept.leaves]
    with pytest.raises(NotInLedger):
        prove(leaves, leaves.index(leaf_bytes(recorded)), recorded, kept.heads[-1])


def test_a_proof_under_another_head_than_the_printed_one_is_told(kept):
    other = PublicHead.of(kept.heads[0].head)
    assert keys_of(verify_proof(proof_of(kept), kept.public_key, other)) == ["ledger.proof.other_head"]


def test_a_forged_head_is_told(kept):
    proof = proof_of(kept)
    forged = sign_head(kept.heads[-1].head, SigningKey.generate())
    assert keys_of(verify_proof(replace(proof, signed=forged), kept.public_key)) == ["ledger.proof.bad_signature"]


def test_a_proof_with_another_entry_salt_place_or_path_is_told(kept):
    proof = proof_of(kept)
    forged_entry = Entry(proof.entry.at_day, "complaint.closed")
    other = salted(forged_entry) if isinstance(proof.recorded, SaltedEntry) else forged_entry
    for wrong in (
        replace(proof, recorded=other),
        replace(proof, index=(proof.index + 1) % 12),
        replace(proof, index=-1),
        replace(proof, path=proof.path[:-1]),
        replace(proof, path=(*proof.path, bytes(32))),
        replace(proof, path=proof.path[::-1]),
    ):
        assert keys_of(verify_proof(wrong, kept.public_key)) == ["ledger.proof.not_included"]


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_character_of_a_proof_can_be_changed(kept, data):
    text = proof_of(kept).as_text().rstrip("\n")
    at = data.draw(st.integers(0, len(text) - 1))
    sign = data.draw(st.sampled_from('0123456789abcdefz"{}:,- ').filter(lambda c: c != text[at]))
    try:
        changed = read_proof(text[:at] + sign + text[at + 1 :])
    except ValueError:
        return  # not even a proof
    assert verify_proof(changed, kept.public_key) != ()


def test_the_house_log_has_no_salts_and_the_ombuds_log_always(kept):
    plain = json.loads(proof_of(kept).as_text())
    plain["salt"] = None if plain["salt"] else "00" * 32
    with pytest.raises(ValueError, match="salt"):
        read_proof(canonical(plain).decode())


@pytest.mark.parametrize("text", ["", "{}", "[]", "not json", '{"format":"amparo-ledger-proof/1"}'])
def test_what_is_no_proof_is_refused(text):
    with pytest.raises(ValueError, match=r"\w"):
        read_proof(text)


def test_a_proof_of_another_format_or_with_more_in_it_is_refused(kept):
    plain = json.loads(proof_of(kept).as_text())
    for change in ({"format": "amparo-ledger-proof/2"}, {"note": "x"}):
        with pytest.raises(ValueError, match="not a proof"):
            read_proof(canonical({**plain, **change}).decode())
