"""Twelve words lead back, however they are typed, and wrong ones tell nothing."""

import hashlib
import itertools
import secrets
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mnemonic import Mnemonic

from records.vault import Secret, locate, new_receipt, read
from records.vault.receipts import write

LANGUAGES = {"en": "english", "es": "spanish", "pt": "portuguese", "fr": "french"}
PEPPER = Secret(bytes(range(96, 128)))
entropies = st.binary(min_size=16, max_size=16)


def ascii_only(text: str) -> str:
    """As it goes into a header."""
    return unicodedata.normalize("NFD", text).encode("ascii", "ignore").decode()


def plain_list(language: str) -> dict[str, int]:
    return {ascii_only(word): place for place, word in enumerate(Mnemonic(LANGUAGES[language]).wordlist)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_accents_the_words_of_a_list_are_still_2048(language: str) -> None:
    assert len(plain_list(language)) == 2048


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_every_list_reads_back_in_ascii_capitals(language: str) -> None:
    for place in range(2048):
        entropy = (place << 117 | place << 53 | 0x5A5A5).to_bytes(16, "big")
        written = write(entropy, language).written()
        assert written.split()[0] == unicodedata.normalize("NFC", Mnemonic(LANGUAGES[language]).wordlist[place])
        assert read(ascii_only(written).upper()) == entropy


@given(entropies, st.sampled_from(list(LANGUAGES)))
def test_the_words_are_those_of_bip39(entropy: bytes, language: str) -> None:
    expected = unicodedata.normalize("NFC", Mnemonic(LANGUAGES[language]).to_mnemonic(entropy))
    assert write(entropy, language).written() == expected


def test_published_bip39_vectors_hold() -> None:
    published = {
        "7f" * 16: "legal winner thank year wave sausage worth useful legal winner thank yellow",
        "ff" * 16: "zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo wrong",
        "77c2b00716cec7213839159e404db50d": "jelly better achieve collect unaware mountain thought cargo oxygen act "
                                            "hood bridge",
    }
    for entropy, words in published.items():
        assert read(words) == bytes.fromhex(entropy)


@given(
    entropies,
    st.sampled_from(list(LANGUAGES)),
    st.lists(st.sampled_from([" ", "  ", "-", ", ", "\n", " - ", "\u00a0", ";", " 1. "]), min_size=13, max_size=13),
    st.sampled_from([str.upper, str.lower, str.title, ascii_only, lambda text: unicodedata.normalize("NFD", text)]),
    st.integers(0, 12),
)
def test_it_reads_back_however_it_is_typed(entropy, language, between, typed, mixed) -> None:
    given_out = write(entropy, language).words
    words = [typed(word) if nth >= mixed else ascii_only(word) for nth, word in enumerate(given_out)]
    text = between[12] + "".join(itertools.chain(*zip(words, between[:12], strict=True)))
    assert read(text) == entropy


def test_s03_a_new_receipt_is_128_bits_from_secrets_and_reads_back(monkeypatch) -> None:
    asked = []
    real = secrets.token_bytes
    monkeypatch.setattr(secrets, "token_bytes", lambda size: asked.append(size) or real(size))
    for language in LANGUAGES:
        receipt = new_receipt(language)
        assert len(receipt.words) == 12
        assert read(receipt.written()) is not None
    assert asked == [16] * 4


def test_a_receipt_shows_its_words_only_when_asked() -> None:
    receipt = new_receipt("fr")
    assert repr(receipt) == f"{receipt}" == "Receipt(hidden)"
    assert not any(word in repr([receipt]) for word in receipt.words)


@pytest.mark.parametrize("language", ["de", "", "english"])
def test_a_receipt_in_no_language_of_ours_is_a_programming_error(language: str) -> None:
    with pytest.raises(ValueError, match="en, es, pt or fr"):
        new_receipt(language)


def read_in(words: tuple[str, ...], places: dict[str, int]) -> bytes | None:
    """BIP-39 once more, written apart from the product: strings of bits."""
    bits = "".join(f"{places[word]:011b}" for word in words)
    entropy = int(bits[:128], 2).to_bytes(16, "big")
    return entropy if f"{hashlib.sha256(entropy).digest()[0]:08b}"[:4] == bits[128:] else None


def shared_phrases(first: str, second: str) -> list[tuple[bytes | None, bytes | None, tuple[str, ...]]]:
    """Phrases of twelve words that are all in both lists, with what each list makes of them."""
    one, other = plain_list(first), plain_list(second)
    shared = sorted(set(one) & set(other))
    turns = (tuple((shared * 3)[start + nth * step] for nth in range(12))
             for start in range(len(shared)) for step in range(1, 2 * len(shared) // 12 + 1))
    return [(read_in(words, one), read_in(words, other), words) for words in turns]


@pytest.mark.parametrize(("first", "second", "shared"), [("en", "fr", 123), ("en", "es", 12), ("es", "fr", 13)])
def test_words_of_two_lists_go_by_the_checksum_and_then_by_the_fixed_order(first, second, shared) -> None:
    assert len(set(plain_list(first)) & set(plain_list(second))) == shared
    phrases = shared_phrases(first, second)
    one_only = [p for p in phrases if p[0] is not None and p[1] is None]
    other_only = [p for p in phrases if p[0] is None and p[1] is not None]
    if shared == 123:
        assert one_only
        assert other_only
        assert any(p[0] is not None and p[1] is not None for p in phrases)
    for ours, theirs, words in phrases:
        assert read(" ".join(words)) == (ours if ours is not None else theirs)


def test_a_receipt_that_would_be_read_as_another_is_never_given_out(monkeypatch) -> None:
    ambiguous = next(fr for en, fr, _ in shared_phrases("en", "fr") if en is not None and fr is not None)
    assert read(write(ambiguous, "fr").written()) != ambiguous
    drawn = [bytes(16), ambiguous]
    monkeypatch.setattr(secrets, "token_bytes", lambda _size: drawn.pop())
    assert new_receipt("fr") == write(bytes(16), "fr")
    assert not drawn


def test_signs_that_nobody_sees_do_not_matter() -> None:
    """Copied from a page: soft hyphen, zero-width joiner, byte-order mark."""
    copied = "\ufeffle\u00adgal win\u200dner thank year wave sausage worth useful legal winner thank yellow"
    assert read(copied) == b"\x7f" * 16


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_word_more_or_less_is_no_receipt(language: str) -> None:
    words = new_receipt(language).words
    for tried in ((*words, words[0]), words[:11], (words[0], *words), ()):
        assert read(" ".join(tried)) is None


def test_words_of_several_lists_are_no_receipt() -> None:
    english, spanish = write(bytes(range(16)), "en").words, write(bytes(range(16)), "es").words
    assert read(" ".join((*english[:6], *spanish[6:]))) is None


def test_s07_wrong_unknown_and_malformed_words_take_the_same_steps() -> None:
    """Not the clock but the calls: the same functions of the vault, in the same order, for each."""
    known = new_receipt("es").written()
    wrong = " ".join([*known.split()[:11], "abaco" if known.split()[11] != "ábaco" else "abdomen"])
    samples = {
        "known": known,
        "unknown": new_receipt("pt").written(),
        "wrong": wrong,
        "no words": "",
        "three words": "uno dos tres",
        "thirteen": known + " abaco",
        "not of a list": "x " * 12,
        "huge": "ñandú " * 100_000,
        "odd": "\x00\ud800\u202e" + "\u0301" * 5000 + "ﷺ" * 300,
    }
    traces = {}
    for name, text in samples.items():
        calls: list[str] = []

        def note(frame, event, _arg, calls=calls):
            file = frame.f_code.co_filename
            if event == "call" and "/records/vault/" in file and not frame.f_code.co_name.startswith("<"):
                calls.append(frame.f_code.co_name)

        sys.setprofile(note)
        try:
            locate(text, PEPPER)
        finally:
            sys.setprofile(None)
        traces[name] = calls
    assert len(traces["known"]) > 10
    assert all(trace == traces["known"] for trace in traces.values())


@given(st.text(max_size=2000))
def test_locate_never_raises_and_always_answers_the_same(text: str) -> None:
    locator, pair = locate(text, PEPPER)
    assert (locator, pair) == locate(text, PEPPER)
    assert len(locator) == 32


def test_over_long_input_is_cut_before_any_work() -> None:
    words = new_receipt("en").written()
    assert locate(words + " " * 2000 + "zoo", PEPPER) == locate(words, PEPPER)
    assert locate("a" * 1024, PEPPER) == locate("a" * 10**7, PEPPER)


def test_malformed_words_lead_to_places_of_their_own() -> None:
    typed = ["", "uno", "uno dos", "zoo " * 12, "zoo " * 13, new_receipt("en").written()]
    places = {locate(text, PEPPER)[0] for text in typed}
    assert len(places) == len(typed)


@given(entropies, st.sampled_from(list(LANGUAGES)))
def test_locator_and_seed_are_keyed_blake2b_of_the_whole_entropy(entropy: bytes, language: str) -> None:
    written = write(entropy, language)
    if read(written.written()) != entropy:
        return
    locator, pair = locate(written.written(), PEPPER)
    keyed = {"digest_size": 32, "key": PEPPER.reveal()}
    assert locator == hashlib.blake2b(entropy, person=b"amparo.locator.1", **keyed).digest()
    seed = hashlib.blake2b(entropy, person=b"amparo.receipt.1", **keyed).digest()
    assert pair.private.reveal() == hashlib.sha512(seed).digest()[:32]


def test_another_pepper_is_another_place() -> None:
    words = new_receipt("en").written()
    locator, pair = locate(words, PEPPER)
    elsewhere, other = locate(words, Secret(bytes(32)))
    assert locator != elsewhere
    assert pair.public != other.public


@pytest.mark.parametrize("size", [0, 15])
def test_without_a_pepper_there_is_no_locator(size: int) -> None:
    with pytest.raises(ValueError, match="at least 16 bytes"):
        locate(new_receipt("en").written(), Secret(bytes(size)))
