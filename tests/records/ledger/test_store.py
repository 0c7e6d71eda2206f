"""The ledger in a real database: nothing is lost, overtaken or numbered twice; what was erased cannot be told from chance."""

import threading
from datetime import date
from queue import Queue
from uuid import uuid4

import pytest
from nacl.signing import SigningKey
from sqlalchemy import text

from actions.office import Office
from records import matters
from records.ledger import Entry, Frontier, Head, Log, sign_head, store
from records.ledger.store import LedgerDamaged
from tests.fixtures.offices import Stage
from tests.fixtures.ombuds_office import OmbudsStage
from tests.fixtures.visitors import come

DAY = date(2015, 6, 15)


def write(office: Office, number: int) -> None:
    with office.open() as books:
        store.append(books, Entry(DAY, "test.written", facts={"number": number}), None)


def numbered(office: Office) -> int:
    """Number what is settled, as a fold does."""
    with office.open() as books:
        store.hold(books)
        start = books.connection.execute(text("SELECT count(position) FROM ledger_entry")).scalar_one()
        return store.number(books, start)


def places(stage: Stage) -> dict[int, int]:
    """Each entry's number and its place, for those that have one."""
    query = "SELECT (body::jsonb->'facts'->>'number')::int, position FROM ledger_entry WHERE position IS NOT NULL"
    return {int(str(number)): int(str(place)) for number, place in stage.rows(query)}


class OpenWriter:
    """A transaction that has written its entry and has not ended; it ends when told to."""

    def __init__(self, office: Office, number: int) -> None:
        self._written, self._end = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, args=(office, number))
        self._thread.start()
        assert self._written.wait(20)

    def _run(self, office: Office, number: int) -> None:
        with office.open() as books:
            store.append(books, Entry(DAY, "test.written", facts={"number": number}), None)
            self._written.set()
            self._end.wait(20)

    def end(self) -> None:
        self._end.set()
        self._thread.join(20)


def test_an_entry_of_an_open_transaction_is_neither_lost_nor_overtaken(house_office: Stage):
    write(house_office.office, 0)
    slow = OpenWriter(house_office.office, 1)
    write(house_office.office, 2)  # begun later, ended earlier: it waits for the slow one
    assert numbered(house_office.flows) == 1
    assert places(house_office) == {0: 0}
    slow.end()
    assert numbered(house_office.flows) == 2
    assert places(house_office) == {0: 0, 1: 1, 2: 2}


def test_what_an_open_transaction_takes_back_leaves_no_gap(house_office: Stage):
    def broken() -> None:
        with house_office.office.open() as books:
            store.append(books, Entry(DAY, "test.written", facts={"number": 0}), None)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken()
    write(house_office.office, 1)
    numbered(house_office.flows)
    assert places(house_office) == {1: 0}


def test_what_the_folding_transaction_itself_appends_waits_for_the_next(house_office: Stage):
    with house_office.flows.open() as books:
        store.append(books, Entry(DAY, "test.written", facts={"number": 0}), None)
        assert store.number(books, 0) == 0
        assert store.waiting(books) == 1
    assert numbered(house_office.flows) == 1


def test_an_entry_that_was_restored_from_another_server_is_numbered_too(house_office: Stage):
    write(house_office.office, 0)
    with house_office.owner.begin() as connection:
        connection.execute(text("UPDATE ledger_entry SET xid = '9000000000000'"))  # numbers there ran far ahead of ours
    assert numbered(house_office.flows) == 1


def test_writers_and_numberers_at_once_lose_nothing_and_renumber_nothing(house_office: Stage):
    told: Queue[int] = Queue()
    for number in [*range(120), *[-1] * 4]:
        told.put(number)

    def writer() -> None:
        while (number := told.get()) >= 0:
            with house_office.office.open() as books:
                store.append(books, Entry(DAY, "test.written", facts={"number": number}), None)
                if number % 3 == 0:  # some stay open while others come and go
                    books.connection.execute(text("SELECT pg_sleep(0.02)"))

    threads = [threading.Thread(target=writer) for _ in range(4)]
    for thread in threads:
        thread.start()
    seen: dict[int, int] = {}
    rounds = 0
    while any(thread.is_alive() for thread in threads):
        numbered(house_office.flows)
        now = places(house_office)
        assert seen.items() <= now.items()
        seen, rounds = now, rounds + 1
    numbered(house_office.flows)
    final = places(house_office)
    assert rounds > 1
    assert seen.items() <= final.items()
    assert sorted(final) == list(range(120))
    assert sorted(final.values()) == list(range(120))


def test_entries_have_the_order_in_which_their_transactions_began_to_write(house_office: Stage):
    for number in range(20):
        write(house_office.office, number)
    numbered(house_office.flows)
    assert places(house_office) == {number: number for number in range(20)}


def test_a_kind_of_which_nothing_is_kept_leaves_no_line(ombuds_office: OmbudsStage):
    """The oas pack keeps consultations for no month, complaints for two years."""
    guests = {track: come(ombuds_office, track) for track in ("complaint", "consultation")}
    with ombuds_office.flows.open() as books:
        for track, guest in guests.items():
            matter = matters.find(books, guest.matter)
            before = store.waiting(books)
            store.enter(books, matter, Entry(DAY, f"{track}.touched", str(matter.id)))
            assert store.waiting(books) - before == (1 if track == "complaint" else 0)


def test_an_erased_entry_cannot_be_told_from_a_filling_one(ombuds_office: OmbudsStage):
    matter = uuid4()
    with ombuds_office.as_owner.open() as books:
        store.append(books, Entry(DAY, "complaint.opened", str(matter)), matter)
    with ombuds_office.flows.open() as books:
        store.hold(books)
        ((row, leaf),) = store.oldest(books, 5)
        store.place(books, 0, [(None, bytes(32)), (row, leaf), (None, b"\1" * 32)])
    with ombuds_office.flows.open() as books:
        assert store.erase(books, matter) == 1
    shapes = ombuds_office.rows("SELECT DISTINCT body, salt, matter_id, made_at, xid::text FROM ledger_entry")
    assert len(shapes) == 1
    assert shapes[0][:3] == (None, None, None)


def test_erasing_spares_other_matters(ombuds_office: OmbudsStage):
    one, other = uuid4(), uuid4()
    with ombuds_office.as_owner.open() as books:
        for matter in (one, other):
            store.append(books, Entry(DAY, "complaint.opened", str(matter)), matter)
    with ombuds_office.flows.open() as books:
        store.erase(books, one)
    assert ombuds_office.rows("SELECT matter_id FROM ledger_entry WHERE body IS NOT NULL AND salt IS NOT NULL") == [(other,)]


def test_the_house_log_is_never_erased(house_office: Stage):
    matter = uuid4()
    with house_office.office.open() as books:
        store.append(books, Entry(DAY, "mandate.opened", str(matter)), matter)
    with pytest.raises(ValueError, match="never erased"), house_office.flows.open() as books:
        store.erase(books, matter)
    assert house_office.rows("SELECT count(*) FROM ledger_entry WHERE body IS NULL") == [(0,)]


@pytest.mark.parametrize(
    "damage",
    [
        "size = size + 1",
        "root = decode(repeat('00', 32), 'hex')",
        "frontier = decode(repeat('00', 32), 'hex')",
        "frontier = ''",
        "canonical = '{}'",
        "canonical = decode('ff', 'hex')",
        "signature = decode(repeat('00', 64), 'hex')",
        "office_date = office_date + 1",
    ],
)
def test_a_head_that_does_not_fit_what_is_kept_with_it_is_found(house_office: Stage, damage: str):
    frontier = Frontier().extend([b"a" * 32])
    head = Head(Log.HOUSE, 1, frontier.root(), DAY)
    with house_office.flows.open() as books:
        store.keep_head(books, sign_head(head, SigningKey.generate()), frontier)
    with house_office.flows.open() as books:
        kept = store.tip(books)
        assert kept is not None
        assert (kept.signed.head, kept.frontier) == (head, frontier)
    with house_office.owner.begin() as connection:
        connection.execute(text(f"UPDATE ledger_head SET {damage}"))
    with pytest.raises(LedgerDamaged), house_office.flows.open() as books:
        store.tip(books)
