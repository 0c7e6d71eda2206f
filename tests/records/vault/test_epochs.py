"""Who has a seat can read back to the beginning; who was removed cannot read on; a name has a key of its own."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from records.vault import (
    IDENTITY,
    STATEMENT,
    Author,
    CannotSeal,
    Context,
    Epoch,
    KeyPair,
    NotThisRow,
    PublicKey,
    Secret,
    SignedKey,
    Unreadable,
    UnsignedKey,
    Visibility,
    approve,
    copy_context,
    custody_grant_context,
    earlier_epoch,
    give_copy,
    grant_context,
    grant_identity,
    identity_context,
    lock_to_case,
    new_epoch,
    new_holder_key,
    new_identity_key,
    next_epoch,
    open_approved,
    open_box,
    open_copy,
    open_grant,
    open_seat,
    open_text,
    require_signed,
    seal_text,
    seal_to,
    seat_context,
    seat_for,
    sign_key,
    verify_chain,
    walk_back,
)

MATTER = uuid4()


def pair() -> KeyPair:
    return KeyPair.from_seed(Secret.random())


def statement(row: UUID, epoch: int) -> Context:
    return Context(STATEMENT, row, MATTER, epoch, Author.VISITOR, Visibility.SHARED)


def test_a_seat_opens_the_epoch_and_only_for_its_holder() -> None:
    epoch, handler, stranger = new_epoch(), pair(), pair()
    place = seat_context(uuid4(), MATTER, 1)
    sealed = seat_for(epoch, handler.public, place)
    assert open_seat(handler, sealed, place) == epoch
    with pytest.raises(Unreadable):
        open_seat(stranger, sealed, place)
    with pytest.raises(NotThisRow):
        open_seat(handler, sealed, seat_context(uuid4(), MATTER, 1))
    with pytest.raises(NotThisRow):
        open_seat(handler, sealed, seat_context(place.row, uuid4(), 1))


def test_a_seat_is_never_made_for_another_epoch_than_it_says() -> None:
    with pytest.raises(NotThisRow):
        seat_for(new_epoch(), pair().public, seat_context(uuid4(), MATTER, 2))


def test_after_rotation_those_who_stay_read_old_and_new_and_the_removed_only_the_old() -> None:
    staying, removed = pair(), pair()
    first = new_epoch()
    seats = {who: seat_context(uuid4(), MATTER, 1) for who in ("staying", "removed")}
    kept = {"staying": seat_for(first, staying.public, seats["staying"]),
            "removed": seat_for(first, removed.public, seats["removed"])}
    early, late = statement(uuid4(), 1), statement(uuid4(), 2)
    old_text = seal_text(first.content_key, b"before", early)

    row = uuid4()
    second, link = next_epoch(first, row, MATTER)
    new_place = seat_context(seats["staying"].row, MATTER, 2)
    kept["staying"] = seat_for(second, staying.public, new_place)
    new_text = seal_text(second.content_key, b"after", late)

    reached = open_seat(staying, kept["staying"], new_place)
    assert open_text(reached.content_key, new_text, late) == b"after"
    assert open_text(earlier_epoch(reached, link, row, MATTER).content_key, old_text, early) == b"before"

    held = open_seat(removed, kept["removed"], seats["removed"])
    with pytest.raises(NotThisRow):
        open_text(held.content_key, new_text, late)
    with pytest.raises(Unreadable):
        open_seat(removed, kept["staying"], new_place)
    with pytest.raises((NotThisRow, Unreadable)):
        earlier_epoch(replace(held, number=2), link, row, MATTER)
    assert open_text(held.content_key, old_text, early) == b"before"     # what they could read before, and no more


def test_a_reply_sealed_to_the_old_epoch_stays_readable_after_rotation() -> None:
    first = new_epoch()
    place = statement(uuid4(), 1)
    reply = seal_to(first.pair.public, b"late reply", place)
    row = uuid4()
    second, link = next_epoch(first, row, MATTER)
    assert open_box(earlier_epoch(second, link, row, MATTER).pair, reply, place) == b"late reply"


@settings(max_examples=20)
@given(st.integers(1, 12), st.data())
def test_however_often_the_keys_change_every_epoch_is_reached_from_the_newest(rotations: int, data) -> None:
    epochs, links = [new_epoch()], {}
    for number in range(2, rotations + 2):
        row = uuid4()
        newer, link = next_epoch(epochs[-1], row, MATTER)
        epochs.append(newer)
        links[number] = (link, row)
    for epoch in epochs:
        assert walk_back(epochs[-1], epoch.number, links, MATTER) == epoch
    with pytest.raises(NotThisRow):
        walk_back(epochs[0], 2, links, MATTER)
    del links[data.draw(st.integers(2, rotations + 1))]
    with pytest.raises(Unreadable):
        walk_back(epochs[-1], 1, links, MATTER)


def test_a_link_opens_only_in_its_own_row_and_matter() -> None:
    row = uuid4()
    second, link = next_epoch(new_epoch(), row, MATTER)
    for wrong_row, wrong_matter in ((uuid4(), MATTER), (row, uuid4())):
        with pytest.raises(NotThisRow):
            earlier_epoch(second, link, wrong_row, wrong_matter)


@pytest.mark.parametrize("size", [0, 31, 33])
def test_what_is_no_seed_is_no_epoch(size: int) -> None:
    handler, place = pair(), seat_context(uuid4(), MATTER, 1)
    with pytest.raises(Unreadable):
        open_seat(handler, seal_to(handler.public, bytes(size), place), place)


def test_an_epoch_hides_its_seed() -> None:
    epoch = new_epoch()
    assert epoch.seed.reveal().hex() not in repr(epoch)
    assert repr(epoch) == "Epoch(number=1, seed=Secret(hidden))"
    assert isinstance(epoch, Epoch)


@pytest.mark.parametrize("last", ["has no key", "has an unsigned key", "has a worthless key"])
def test_s04_one_reader_without_a_key_makes_filing_fail_and_downgrades_nothing(last: str) -> None:
    ceremony = new_holder_key()
    people = [uuid4() for _ in range(3)]
    keys = {person: new_holder_key() for person in people}
    signed = [sign_key(ceremony, p, k.box.public, k.verify, enrols=False, serial=1) for p, k in keys.items()]
    unlucky = signed.pop()
    if last == "has an unsigned key":
        signed.append(SignedKey(unlucky.person, unlucky.box, unlucky.verify, False, 1, ceremony.verify, bytes(64)))
    if last == "has a worthless key":
        signed.append(sign_key(ceremony, people[2], PublicKey(bytes(32)), unlucky.verify, enrols=False, serial=1))
    trusted = verify_chain(signed, ceremony.verify)
    epoch, kept = new_epoch(), []
    with pytest.raises((UnsignedKey, CannotSeal)) as caught:
        kept = [seat_for(epoch, require_signed(p, trusted), seat_context(uuid4(), MATTER, 1)) for p in people]
    assert kept == []
    assert caught.type is (CannotSeal if last == "has a worthless key" else UnsignedKey)


def test_s43_to_know_the_name_is_not_to_read_the_case_and_the_reverse() -> None:
    epoch, identity = new_epoch(), new_identity_key()
    name, words = identity_context(uuid4(), MATTER), statement(uuid4(), 1)
    sealed_name = seal_to(identity.pair.public, b"her name", name)
    sealed_words = seal_text(epoch.content_key, b"her words", words)
    reader, custodian = pair(), pair()
    seat = seat_context(uuid4(), MATTER, 1)
    reads_case = open_seat(reader, seat_for(epoch, reader.public, seat), seat)
    whose, held, asked = uuid4(), copy_context(uuid4(), MATTER, 1), custody_grant_context(uuid4(), MATTER, 1)
    custodians_copy = give_copy(lock_to_case(identity, epoch.pair.public, whose, MATTER, 1), custodian.public, held)

    assert open_text(reads_case.content_key, sealed_words, words) == b"her words"
    with pytest.raises(Unreadable):
        open_box(reads_case.pair, sealed_name, name)
    with pytest.raises(Unreadable):
        open_copy(reader, custodians_copy, held)

    custody = open_copy(custodian, custodians_copy, held)
    for_themselves = approve(custody, custodian.public, asked)
    with pytest.raises(Unreadable):
        open_approved(custodian, for_themselves, asked, custodian, whose, MATTER)

    approved = approve(custody, reader.public, asked)
    knows_name = open_approved(reader, approved, asked, reads_case.pair, whose, MATTER)
    assert open_box(knows_name.pair, sealed_name, name) == b"her name"
    for tried in (Epoch(1, knows_name.seed).content_key, knows_name.seed, custody.asking):
        with pytest.raises(NotThisRow):
            open_text(tried, sealed_words, words)
    with pytest.raises(NotThisRow):
        open_approved(reader, approved, custody_grant_context(uuid4(), MATTER, 1), reads_case.pair, whose, MATTER)


def test_s43_nobody_but_the_custodian_can_approve() -> None:
    identity, custodian, reader, held = new_identity_key(), pair(), pair(), copy_context(uuid4(), MATTER, 1)
    copy = give_copy(lock_to_case(identity, new_epoch().pair.public, uuid4(), MATTER, 1), custodian.public, held)
    with pytest.raises(Unreadable):
        open_copy(reader, copy, held)


def test_the_key_of_an_identity_is_not_the_key_of_a_seat() -> None:
    """One custodian's box cannot be moved into a seat, though both hold 32 bytes."""
    reader, row = pair(), uuid4()
    grant = grant_identity(new_identity_key(), reader.public, grant_context(row, MATTER))
    with pytest.raises(NotThisRow):
        open_seat(reader, grant, seat_context(row, MATTER, 0))
    with pytest.raises(Unreadable):
        open_grant(reader, seal_to(reader.public, bytes(31), grant_context(row, MATTER)), grant_context(row, MATTER))
    assert identity_context(row, MATTER).slot is IDENTITY
