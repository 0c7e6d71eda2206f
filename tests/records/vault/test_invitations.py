"""Codes that let somebody set up a key, and the digits by which it is known."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from records.vault import PublicKey, Secret, code_locator, key_digits, new_code, same_digits

KEY = Secret(bytes(range(32)))
PERSON = UUID(int=7)
HALVES = st.binary(min_size=32, max_size=32)


def test_a_code_has_a_hundred_random_bits_in_signs_that_cannot_be_confused():
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    signs = {sign for code in codes for sign in code}
    assert signs <= set("0123456789ABCDEFGHJKMNPQRSTVWXYZ-")
    assert len(signs) == 33
    assert {len(code) for code in codes} == {24}


def test_where_a_code_leads_hangs_on_the_desks_own_key():
    code = new_code()
    assert code_locator(code, KEY) == code_locator(f" {code.lower()} ", KEY)
    assert code_locator(code, KEY) != code_locator(code, Secret(bytes(32)))
    assert code_locator(code, KEY) != code_locator(new_code(), KEY)


@given(box=HALVES, verify=HALVES, at=st.integers(0, 63), bit=st.integers(0, 7))
def test_a_bit_changed_anywhere_in_a_key_changes_its_digits(box: bytes, verify: bytes, at: int, bit: int):
    changed = bytearray(box + verify)
    changed[at] ^= 1 << bit
    first = key_digits(PERSON, PublicKey(box), verify)
    assert key_digits(PERSON, PublicKey(bytes(changed[:32])), bytes(changed[32:])) != first
    assert key_digits(UUID(int=8), PublicKey(box), verify) != first
    assert [len(group) for group in first.split(" ")] == [4] * 6
    assert first.replace(" ", "").isdecimal()


def test_digits_are_frozen_because_two_programs_must_show_the_same():
    assert key_digits(PERSON, PublicKey(bytes(32)), bytes(32)) == "2088 3357 7210 9327 6017 7800"


def test_only_the_digits_typed_count():
    digits = key_digits(PERSON, PublicKey(bytes(32)), bytes(32))
    assert same_digits(f"  {digits.replace(' ', '-')}.", digits)
    assert not any(same_digits(wrong, digits) for wrong in ("", digits[:-1], f"{digits}0", digits[::-1], "٣" * 24))
