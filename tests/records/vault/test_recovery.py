"""Two of three papers bring the key back, one never; seats travel in a file that shows when it was touched."""

import itertools
import json
import re
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.refusal import Refusal
from records.vault import (
    RECOVERY,
    ExportedSeat,
    HolderKey,
    NotThisRow,
    SeatsFileBroken,
    SharesDoNotFit,
    Unreadable,
    combine,
    new_epoch,
    new_holder_key,
    open_seat,
    read_exported,
    require_signed,
    reseal,
    seat_context,
    seat_for,
    sign_key,
    split,
    verify_chain,
    vouch_for_recovery,
    write_seats,
)


def test_any_two_of_three_shares_give_the_key_back() -> None:
    key = new_holder_key()
    shares = [share.written() for share in split(key)]
    assert len(shares) == 3
    for two in itertools.permutations(shares, 2):
        assert combine(two) == key
    assert combine([f"  {shares[0].upper()}\n", shares[2].replace(" ", "  ")]) == key


def test_anything_else_is_refused_without_quoting_it() -> None:
    first, second, third = (share.written() for share in split(new_holder_key()))
    foreign = split(new_holder_key())[1].written()
    misread = " ".join([*second.split()[:-1], "academic" if second.split()[-1] != "academic" else "acid"])
    wrong = [[], [first], [first, first], [first, foreign], [first, misread], [first, "zebra"], [first, ""],
             [first, second, third], ["uno dos", "tres"], [first, " ".join(second.split()[:20])]]
    for shares in wrong:
        with pytest.raises(SharesDoNotFit) as caught:
            combine(shares)
        assert dict(caught.value.params) == {"needed": 2}
        assert str(caught.value) == "shares_do_not_fit(needed=2)"
        assert caught.value.__suppress_context__


def test_shares_of_another_kind_of_secret_are_refused() -> None:
    """SLIP-39's own vector: a valid pair of shares, but of 16 bytes."""
    one = ("shadow pistol academic always adequate wildlife fancy gross oasis cylinder mustang wrist rescue view short "
           "owner flip making coding armed")
    other = ("shadow pistol academic acid actress prayer class unknown daughter sweater depict flip twice unkind craft "
             "early superior advocate guest smoking")
    with pytest.raises(SharesDoNotFit):
        combine([one, other])


@settings(max_examples=30)
@given(st.lists(st.text(max_size=100), max_size=3))
def test_whatever_is_typed_is_refused_in_one_way(shares: list[str]) -> None:
    with pytest.raises(SharesDoNotFit):
        combine(shares)


def test_a_share_shows_its_words_only_when_asked() -> None:
    share = split(new_holder_key())[0]
    assert f"{share}" == repr(share) == "Share(hidden)"
    assert len(share.words) == 33


def test_the_ceremonys_key_vouches_for_itself_and_for_the_first_holder() -> None:
    ceremony, head = new_holder_key(), new_holder_key()
    person = uuid4()
    first = sign_key(ceremony, person, head.box.public, head.verify, enrols=True, serial=1)
    keys = [vouch_for_recovery(ceremony), first]
    trusted = verify_chain(keys, ceremony.verify)
    assert require_signed(RECOVERY, trusted) == ceremony.box.public
    assert require_signed(person, trusted) == head.box.public
    assert verify_chain([vouch_for_recovery(head)], ceremony.verify) == {}


def seats_of(recovery: HolderKey, count: int):
    epochs, seats = [], []
    for _ in range(count):
        epoch, seat, matter = new_epoch(), uuid4(), uuid4()
        sealed = seat_for(epoch, recovery.box.public, seat_context(seat, matter, epoch.number))
        epochs.append(epoch)
        seats.append(ExportedSeat(seat, matter, epoch.number, sealed))
    return epochs, seats


def test_seats_go_out_are_sealed_to_somebody_new_and_come_back() -> None:
    recovery, successor = new_holder_key(), new_holder_key()
    epochs, seats = seats_of(recovery, 5)
    exported = list(write_seats(seats))
    combined = combine([share.written() for share in split(recovery)][:2])
    returned = list(write_seats(reseal(read_exported(exported), combined, successor.box.public)))
    imported = list(read_exported(returned))
    assert [seat.matter for seat in imported] == [seat.matter for seat in seats]
    assert not {seat.seat for seat in imported} & {seat.seat for seat in seats}
    for epoch, seat in zip(epochs, imported, strict=True):
        assert open_seat(successor.box, seat.sealed, seat_context(seat.seat, seat.matter, seat.epoch)) == epoch
        with pytest.raises(Unreadable):
            open_seat(recovery.box, seat.sealed, seat_context(seat.seat, seat.matter, seat.epoch))
        assert epoch.seed.reveal().hex() not in "".join(exported + returned)


def test_a_seat_put_under_another_matter_is_noticed_before_it_is_sealed_again() -> None:
    recovery = new_holder_key()
    _, (one, other) = seats_of(recovery, 2)
    swapped = ExportedSeat(one.seat, one.matter, one.epoch, other.sealed)
    with pytest.raises(NotThisRow):
        list(reseal([swapped], recovery, new_holder_key().box.public))
    with pytest.raises(Unreadable):
        list(reseal([one], new_holder_key(), new_holder_key().box.public))


def test_a_file_without_seats_is_a_file() -> None:
    assert list(read_exported(write_seats([]))) == []


def test_every_cut_and_every_touched_line_is_found() -> None:
    _, seats = seats_of(new_holder_key(), 3)
    lines = list(write_seats(seats))
    entry = json.loads(lines[1])
    broken = {
        "cut": [lines[:n] for n in range(len(lines))],
        "line lost": [lines[:1] + lines[2:], lines[1:]],
        "line doubled": [[*lines[:2], *lines[1:]], [lines[0], *lines], [*lines, lines[-1]], [*lines, lines[1]]],
        "not ours": [["{}\n", *lines[1:]], ["[]", *lines[1:]], ["null"], ["{" * 100_000], ["\x00"], [""]],
        "field": [[lines[0], json.dumps({**entry, **change}), *lines[2:]] for change in (
            {"seat": "x"}, {"matter": 1}, {"epoch": "1"}, {"epoch": 0}, {"epoch": 2**32}, {"sealed": "§"}, {"more": 1},
            {"sealed": None},
        )],
        "count": [[*lines[:-1], json.dumps({"seats": 2})], [*lines[:-1], json.dumps({"seats": 3, "more": 1})]],
    }
    for name, files in broken.items():
        for file in files:
            with pytest.raises(SeatsFileBroken) as caught:
                list(read_exported(file))
            assert issubclass(caught.type, Refusal), name
            assert re.fullmatch(r"seats_file_broken\(line=\d+\)", str(caught.value))
