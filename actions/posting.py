"""The post between the two databases: once a working day, at the policy's hour, rows are carried over as they are.

Each row is kept at the other side first and taken away here after that; there its own id is the key. So a death between the two
loses none and doubles none. Only what was made on an earlier day is carried: the hour at which something was written crosses
with nobody. What a row means at the other side is written down in the transaction that keeps it.
"""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID, uuid4, uuid5
from weakref import WeakKeyDictionary

import structlog

from actions.kernel.actor import as_process
from actions.kernel.move import lock_with_ties
from actions.kernel.settle import settle, tell
from actions.kernel.step import step
from actions.kernel.sweep import note_error
from actions.kinds.serving import ReplyCame
from actions.letters import REPLY_CAME
from actions.notices import moment_at
from actions.office import Office
from records import addressees as keys
from records import letters, sweeps
from records.addressees import AddresseeRow
from records.books import Books
from records.letters import LetterRow, PostRow
from records.matters import Matter
from states.machine import MoveRefused, NoSuchMove

BATCH: Final = 50
WHERE: Final = "post"
_NAMES: Final = UUID("6c1f0a52-6f1e-4b0e-9a55-0d6a3c0f6f11")
"""Makes the id of a row that says the same however often it is written: that somebody left."""

_log = structlog.get_logger(WHERE)
_KEPT: "WeakKeyDictionary[object, date]" = WeakKeyDictionary()
"""By the engine of a database: the newest day on which its post was looked through."""


@dataclass(frozen=True, slots=True)
class Carried:
    """What one run did. All a flow may pass on. `failed` wait for the next run.

    `again`: rows that had been carried before, or were of a letter whose matter was destroyed.
    """

    carried: int = 0
    again: int = 0
    failed: int = 0


def due_post(office: Office) -> bool:
    """Whether a row of this database waits whose hour has come. Reads one index entry and writes nothing."""
    with office.open() as books:
        return is_waiting(books)


def is_waiting(books: Books) -> bool:
    """The same, of books that are open."""
    day = _day(books)
    return day is not None and letters.anything_waits(books, day)


def carry(ombuds: Office, house: Office) -> Carried:
    """Carry what is due, both ways."""
    out, back = deliver(ombuds, house), deliver(house, ombuds)
    return Carried(out.carried + back.carried, out.again + back.again, out.failed + back.failed)


def deliver(here: Office, there: Office, *, made_before: date | None = None) -> Carried:
    """Carry what is due from one database to the other. Safe to run late, twice, or beside another.

    A row that cannot be kept at the other side is noted as trouble and waits; the rest goes on. `made_before` in place of the
    day of the post: only where a house is set up, before anybody wrote.
    """
    counts: Counter[str] = Counter()
    failed: set[UUID] = set()
    while rows := [row for row in _waiting(here, len(failed), made_before) if row.id not in failed]:
        done: list[UUID] = []
        for row in rows:
            outcome = _hand_over(there, row)
            counts[outcome] += 1
            (failed.add if outcome == "failed" else done.append)(row.id)
        with here.open() as books:
            letters.fetched(books, done)
    return Carried(**counts)


def keep_post(office: Office) -> int:
    """Once a day: destroy in the house what was answered or lay too long, and tell the office who is an addressee no longer.

    Returns how many rows went. For every tick: what was looked through today is not looked at again by this process.
    """
    with office.open() as books:
        rules, engine = books.pack.letters, books.connection.engine
        if rules is None or _KEPT.get(engine) == books.today:
            return 0
        if office.database == "house":
            for row in keys.out_of_office(books, rules.addressee, books.today):
                _tell_left(books, row)
        gone = letters.purge(books, rules.done_days, rules.kept_days)
        day = books.today
    _KEPT[engine] = day  # here, not in there: only what was committed is done
    return gone


def _waiting(here: Office, more: int, made_before: date | None) -> list[PostRow]:
    with here.open() as books:
        day = made_before or _day(books)
        return [] if day is None else letters.waiting(books, day, BATCH + more)


def _day(books: Books) -> date | None:
    """The newest working day whose hour has come: rows made before it are due. None: a house without letters."""
    if books.pack.letters is None:
        return None
    day = books.calendar().previous_working(books.today)
    if moment_at(books, day, books.pack.letters.post_hour).at > books.now:
        day = books.calendar().previous_working(day - timedelta(days=1))
    return day


def _hand_over(there: Office, row: PostRow) -> str:
    """Keep one row at the other side; what it means there is written in the same transaction."""
    try:
        with there.open() as books:
            return "carried" if _receive(there, books, row) else "again"
    except Exception as error:  # noqa: BLE001  # whatever it is must not stop the other rows; it is counted and seen
        _log.error("row_failed", what=type(error).__name__)
        note_error(there, WHERE, error)
        return "failed"


def _receive(office: Office, books: Books, row: PostRow) -> bool:
    if row.sort in (letters.TAKEN, letters.REPLY):
        return _of_a_letter(office, books, row)
    if not letters.receive(books, row):
        return False
    told = row.told or {}
    match row.sort:
        case letters.KEY:
            keys.add(books, _key_in(row, told))
        case letters.SIGNED:
            keys.told_signed(books, row.addressee_id, told["serial"], row.made_on)
        case letters.ENDED:
            keys.end(books, row.addressee_id, told["serial"], row.made_on)
        case letters.LEFT:
            keys.end(books, row.addressee_id, told["serial"], row.made_on)
            keys.name(books, row.addressee_id)
    return True


def _of_a_letter(office: Office, books: Books, row: PostRow) -> bool:
    """What comes back of a letter. One whose matter was destroyed since is not kept: it belongs to nothing."""
    found = None if row.letter_id is None else letters.letter(books, row.letter_id)
    if found is None:
        return False
    then = _on(books, row.made_on)
    matter = lock_with_ties(office, then, found.matter_id)  # matters first, as everywhere
    if not letters.receive(books, row):
        return False
    if row.sort == letters.TAKEN:
        letters.taken(books, found.id, row.made_on)
    elif letters.answered(books, found.id, row.id, row.made_on):
        matter = settle(office.kinds, then, matter)
        _reply_came(office, books, matter, found, row)
        tell(books)
    else:
        sweeps.note_trouble(books, uuid4(), WHERE, "SecondAnswer")  # the door sends one: somebody wrote into a database
    return True


def _on(books: Books, day: date) -> Books:
    """The same books at the end of the day on which something was written. What is due by then fires first; what is due later
    does not: a worker that was away must not turn an answer in time into silence.
    """
    ends = books.calendar().start_of(day + timedelta(days=1)) - timedelta(microseconds=1)
    return replace(books, now=min(books.now, ends))


def _reply_came(office: Office, books: Books, matter: Matter, found: LetterRow, row: PostRow) -> None:
    """The matter hears of it, if its procedure knows that act and allows it now; the answer is kept either way."""
    if REPLY_CAME not in office.kinds[matter.kind].table.triggers:
        return
    try:
        step(office.kinds, books, matter, REPLY_CAME, ReplyCame(letter=found.id, on=row.made_on), by=as_process())
    except (NoSuchMove, MoveRefused):
        # raised before anything was written: the answer is kept, and that no clock waits for its reading has to be seen
        sweeps.note_trouble(books, uuid4(), WHERE, "AnswerUnheard")


def _key_in(row: PostRow, told: Any) -> AddresseeRow:
    return AddresseeRow(
        person_id=row.addressee_id,
        serial=int(told["serial"]),
        name=str(told["name"]),
        office=str(told["office"]),
        language=str(told["language"]),
        box=bytes.fromhex(told["box"]),
        verify=bytes.fromhex(told["verify"]),
        made_on=row.made_on,
    )


def _tell_left(books: Books, row: AddresseeRow) -> None:
    """Nothing is sealed to somebody who is an addressee no longer."""
    keys.end(books, row.person_id, row.serial, books.today)
    told = {"serial": row.serial}
    left = uuid5(_NAMES, f"{row.person_id} {row.serial}")
    letters.post_once(books, PostRow(left, letters.LEFT, row.person_id, books.today, told=told))
