"""Whatever the owner of the database changes past us, an auditor with an earlier head finds; nothing is signed on top of it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from nacl.signing import SigningKey

from actions.ledger import due_fold, fold, newest_head, standing
from records.ledger import Head, PublicHead, sign_head
from records.ledger.entries import canonical
from records.ledger.store import LedgerDamaged
from tests.fixtures.ledgers import BEGUN, FORGED_LEAF, KEY, Either, acted, changed, checked, nights, written
from tests.fixtures.offices import Stage


@pytest.fixture(params=["house_office", "ombuds_office"])
def stage(request: pytest.FixtureRequest) -> Either:
    """Each database's office in turn."""
    found: Either = request.getfixturevalue(request.param)
    return found


def _change_body(stage: Either) -> None:
    changed(stage, "UPDATE ledger_entry SET body = replace(body, 'test.done', 'test.undone') WHERE position = 1")


def _change_leaf(stage: Either) -> None:
    changed(stage, "UPDATE ledger_entry SET commitment = :leaf WHERE position = 1", leaf=FORGED_LEAF)


def _delete(stage: Either) -> None:
    changed(stage, "DELETE FROM ledger_entry WHERE position = 1")


def _delete_and_close_the_gap(stage: Either) -> None:
    _delete(stage)
    changed(stage, "UPDATE ledger_entry SET position = -position WHERE position > 1")
    changed(stage, "UPDATE ledger_entry SET position = -position - 1 WHERE position < 0")


def _swap(stage: Either) -> None:
    for old, new in ((0, -1), (1, 0), (-1, 1)):
        changed(stage, "UPDATE ledger_entry SET position = :new WHERE position = :old", old=old, new=new)


def _add(stage: Either) -> None:
    changed(stage, "UPDATE ledger_entry SET position = position + 100000 WHERE position > 0")
    changed(stage, "UPDATE ledger_entry SET position = position - 99999 WHERE position > 0")
    insert = "INSERT INTO ledger_entry (id, commitment, position) VALUES (gen_random_uuid(), :leaf, 1)"
    changed(stage, insert, leaf=FORGED_LEAF)


def _cut_off_the_end(stage: Either) -> None:
    changed(stage, "DELETE FROM ledger_head WHERE office_date = (SELECT max(office_date) FROM ledger_head)")
    changed(stage, "DELETE FROM ledger_entry WHERE position >= (SELECT max(size) FROM ledger_head)")


def _cut_off_and_go_on(stage: Either) -> None:
    """The end is cut off, and the house itself is made to sign another one."""
    _cut_off_the_end(stage)
    acted(stage, 4)
    fold(stage.flows, KEY)


def _remove_a_head(stage: Either) -> None:
    changed(stage, "DELETE FROM ledger_head WHERE office_date = (SELECT min(office_date) FROM ledger_head)")


def _forge_a_head(stage: Either) -> None:
    """Consistent in every column, but signed by a key that is not the house's."""
    true = newest_head(stage.flows).head
    thief = SigningKey.generate()
    signed = sign_head(Head(true.log, true.size, FORGED_LEAF, true.office_date, true.prev), thief)
    kept = {"root": FORGED_LEAF, "canonical": canonical(signed.as_plain()), "signature": signed.signature}
    statement = "UPDATE ledger_head SET root = :root, canonical = :canonical, signature = :signature WHERE office_date = :day"
    changed(stage, statement, day=true.office_date, **kept)


CRIMES: dict[str, tuple[Callable[[Either], None], set[str]]] = {
    "change_leaf": (_change_leaf, {"entry_changed", "leaves_changed"}),
    "delete": (_delete, {"leaves_changed", "leaves_missing"}),
    "delete_and_close_the_gap": (_delete_and_close_the_gap, {"leaves_changed", "leaves_missing"}),
    "swap": (_swap, {"leaves_changed"}),
    "add": (_add, {"leaves_changed", "entry_missing"}),
    "cut_off_the_end": (_cut_off_the_end, {"known_truncated"}),
    "cut_off_and_go_on": (_cut_off_and_go_on, {"known_not_continued"}),
    "remove_a_head": (_remove_a_head, {"head_missing"}),
    "forge_a_head": (_forge_a_head, {"other_key"}),
}


@pytest.mark.parametrize("crime", CRIMES)
def test_what_was_changed_past_us_is_found_with_a_head_known_before(stage: Either, crime: str):
    commit, expected = CRIMES[crime]
    for _ in range(3):
        acted(stage, 3)
        nights(stage)
    known = newest_head(stage.flows)
    assert checked(stage, known).sound
    commit(stage)
    found = {said.key.removeprefix("ledger.finding.") for said in checked(stage, known).findings}
    assert found & expected, found


def test_a_changed_entry_is_found_at_its_line(house_office: Stage):
    acted(house_office, 3)
    nights(house_office)
    _change_body(house_office)
    (said,) = checked(house_office).findings
    assert (said.key, dict(said.params)) == ("ledger.finding.entry_changed", {"line": 3, "index": 1})


def test_a_cut_end_is_found_with_a_printed_head_too(stage: Either):
    for _ in range(2):
        acted(stage, 2)
        nights(stage)
    printed = PublicHead.of(newest_head(stage.flows).head)
    _cut_off_and_go_on(stage)
    assert "ledger.finding.known_missing" in {said.key for said in checked(stage, printed).findings}


@pytest.mark.parametrize("damage", ["frontier = ''", "root = decode(repeat('00', 32), 'hex')", "canonical = '{}'"])
def test_nothing_is_signed_on_top_of_a_damaged_head(stage: Either, damage: str):
    acted(stage)
    nights(stage)
    changed(stage, f"UPDATE ledger_head SET {damage}")
    stage.to_day(BEGUN[stage.flows.database] + timedelta(days=2))
    before = written(stage)
    with pytest.raises(LedgerDamaged):
        fold(stage.flows, KEY)
    assert written(stage) == before
    assert not due_fold(stage.flows)  # a worker would try it at every tick
    assert isinstance(standing(stage.flows).trouble, LedgerDamaged)


def test_nothing_is_signed_over_a_leaf_that_somebody_placed_ahead(house_office: Stage):
    acted(house_office)
    nights(house_office)
    acted(house_office)
    insert = "INSERT INTO ledger_entry (id, commitment, position) VALUES (gen_random_uuid(), :leaf, 7)"
    changed(house_office, insert, leaf=FORGED_LEAF)
    with pytest.raises(LedgerDamaged):
        nights(house_office)
    assert newest_head(house_office.flows).head.size == 1
