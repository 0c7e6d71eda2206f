"""Entries, leaves and the constant day."""

from collections import Counter
from datetime import UTC, date, datetime
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.ledger import (
    LEAF_BYTES,
    Entry,
    SaltedEntry,
    daily_batch,
    entry_bytes,
    filler,
    leaf_bytes,
    read_canonical,
    read_entry,
    salted,
)
from records.ledger.entries import canonical

DAY = date(2015, 6, 15)

FACTS = st.dictionaries(
    st.from_regex(r"[a-z][a-z0-9_]{0,15}", fullmatch=True),
    st.integers(-(2**53) + 1, 2**53 - 1) | st.dates() | st.from_regex(r"[A-Za-z0-9./-]{1,30}", fullmatch=True),
    max_size=5,
)
ENTRIES = st.builds(
    Entry,
    at_day=st.dates(),
    what=st.sampled_from(["mandate.registered", "proposal.adopted_in_part", "head.signed"]),
    matter=st.none() | st.uuids().map(str),
    by=st.none() | st.uuids().map(str),
    facts=FACTS,
)
LEAF = st.binary(min_size=32, max_size=32)


def test_the_canonical_form_is_written_down_here():
    entry = Entry(
        DAY, "mandate.registered", "m-1", None, {"due": date(2015, 7, 31), "instrument": "AG/RES. 2876 (XLV-O/15)"}
    )
    assert entry_bytes(entry) == (
        b'{"at_day":"2015-06-15","by":null,"facts":{"due":"2015-07-31","instrument":"AG/RES. 2876 (XLV-O/15)"},'
        b'"matter":"m-1","what":"mandate.registered"}'
    )
    assert canonical({"b": ["é", 1, None], "a": {}}) == '{"a":{},"b":["é",1,null]}'.encode()


def test_leaves_are_what_anyone_can_compute_with_sha256():
    entry, salt = Entry(DAY, "mandate.registered"), bytes(range(32))
    body = b'{"at_day":"2015-06-15","by":null,"facts":{},"matter":null,"what":"mandate.registered"}'
    assert leaf_bytes(entry) == sha256(b"amparo/ledger/entry/1\n" + body).digest()
    assert leaf_bytes(SaltedEntry(entry, salt)) == sha256(b"amparo/ledger/salted/1\n" + salt + body).digest()


@given(entry=ENTRIES)
def test_an_entry_comes_back_from_its_bytes_and_they_are_one_form(entry):
    assert read_entry(read_canonical(entry_bytes(entry).decode())) == entry
    shuffled = Entry(entry.at_day, entry.what, entry.matter, entry.by, dict(reversed(entry.facts.items())))
    assert entry_bytes(shuffled) == entry_bytes(entry)


@given(one=ENTRIES, other=ENTRIES)
def test_two_entries_share_a_leaf_only_if_they_are_equal(one, other):
    assert (leaf_bytes(one) == leaf_bytes(other)) is (one == other)


@given(entry=ENTRIES)
def test_one_entry_salted_twice_gives_leaves_that_nobody_can_link(entry):
    leaves = {leaf_bytes(entry), leaf_bytes(salted(entry)), leaf_bytes(salted(entry)), filler()}
    assert len(leaves) == 4
    assert all(len(leaf) == LEAF_BYTES for leaf in leaves)


@pytest.mark.parametrize(
    "fact",
    [
        1.5,
        True,
        None,
        ["a"],
        2**53,
        "",
        "x" * 81,
        "two\nlines",
        "\ud800",
        "e\u0301",
        "\u202eabc",
        datetime(2015, 6, 15, tzinfo=UTC),
    ],
)
def test_what_is_no_id_date_or_count_is_refused_and_not_repeated(fact):
    with pytest.raises(ValueError, match=r"^(an?|only) ") as refused:
        Entry(DAY, "mandate.registered", facts={"fact": fact})
    assert not isinstance(fact, str) or fact == "" or fact not in str(refused.value)


@pytest.mark.parametrize(
    "wrong",
    [
        {"what": "Mandate registered"},
        {"what": "registered"},
        {"at_day": datetime(2015, 6, 15, tzinfo=UTC)},
        {"at_day": "2015-06-15"},
        {"matter": "She said that he " * 6},
        {"by": 7},
        {"facts": {"Not A Name": 1}},
    ],
)
def test_an_entry_has_a_day_a_name_and_references_and_nothing_else(wrong):
    with pytest.raises(ValueError, match=r"\w"):
        Entry(**{"at_day": DAY, "what": "mandate.registered", **wrong})


@pytest.mark.parametrize(
    "text",
    [
        '{"a": 1}',
        '{"b":1,"a":1}',
        '{"a":1,"a":1}',
        '{"a":1.0}',
        '{"a":NaN}',
        '{"a":true}',
        "[" * 50_000,
        "",
        '"\\u00e9"',
    ],
)
def test_only_the_canonical_form_is_read(text):
    with pytest.raises(ValueError, match=r"\w"):
        read_canonical(text)


@pytest.mark.parametrize("change", [{"at_day": "20150615"}, {"extra": 1}, {"what": None}, {"facts": []}, {"by": 3}])
def test_only_exactly_an_entry_is_read(change):
    with pytest.raises(ValueError, match=r"\w"):
        read_entry({**Entry(DAY, "mandate.registered").as_plain(), **change})
    with pytest.raises(ValueError, match=r"\w"):
        read_entry(list(change))


def test_a_salt_is_never_shown_and_never_of_another_length():
    assert "salt" not in repr(salted(Entry(DAY, "complaint.received")))
    with pytest.raises(ValueError, match="salt"):
        SaltedEntry(Entry(DAY, "complaint.received"), b"short")


@given(commitments=st.lists(LEAF, max_size=30, unique=True), constant=st.integers(1, 12))
def test_a_day_has_always_the_same_number_of_leaves_and_the_rest_waits_in_order(commitments, constant):
    batch = daily_batch(commitments, constant)
    assert len(batch.leaves) == constant
    assert all(len(leaf) == LEAF_BYTES for leaf in batch.leaves)
    assert set(commitments[:constant]) <= set(batch.leaves)
    assert list(batch.carried) == commitments[constant:]


def test_everything_that_waits_is_taken_in_the_end_and_once():
    waiting, taken = [bytes([n]) * 32 for n in range(25)], Counter()
    for _ in range(4):
        batch = daily_batch(waiting, 7)
        taken.update(batch.leaves)
        waiting = list(batch.carried)
    assert waiting == []
    assert [taken[bytes([n]) * 32] for n in range(25)] == [1] * 25


def test_a_days_order_says_nothing():
    """The one real leaf of a quiet day turns up at every place; chance of a false alarm: 4 x (3/4)^400."""
    real = bytes(32)
    assert {daily_batch([real], 4).leaves.index(real) for _ in range(400)} == {0, 1, 2, 3}


def test_a_leaf_of_another_size_or_a_day_without_leaves_is_refused():
    with pytest.raises(ValueError, match="32 bytes"):
        daily_batch([b"short"], 4)
    with pytest.raises(ValueError, match="at least one"):
        daily_batch([], 0)
