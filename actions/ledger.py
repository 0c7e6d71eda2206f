"""The ledger at work: a fold and a signed head an office day, an export for auditors, a proof for one person.

A day is closed half an hour after its end. The house's waiting entries are then taken in order; the office's in a shuffled
batch of LEAVES_A_DAY, filled up with chance, also for each day that was missed, so that the size tells only the date.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar, Final
from uuid import UUID

from nacl.signing import SigningKey, VerifyKey

from actions.kernel.callers import Visitor
from actions.notices import Band
from actions.office import Office
from policies.refusal import Refusal
from records import office_clock
from records.books import Books
from records.ledger import Entry, Frontier, Head, Log, Proof, SignedHead, daily_batch, export_lines, prove, sign_head, store
from records.ledger.store import LedgerDamaged
from records.matters import NotFound

LEAVES_A_DAY: Final = 32
"""Of the ombuds log. Some forty entries a case and a hundred cases a year are eleven a day; a busy day's rest waits for the next.

Not a rule of the house but a promise to auditors: another number shows from its day on, and shows nothing else."""
CLOSES_AFTER: Final = timedelta(minutes=30)
"""How long after midnight at the office a day is closed: what was under way at midnight has ended by then."""
MOST_MISSED_DAYS: Final = 31
"""More days than this without a fold are rather a broken clock than an outage, and heads of a wrong date cannot be taken back."""


class LedgerTimeWentBack(Refusal):
    """The newest head is of a day that is not over: the office's clock stands before where it stood."""

    code: ClassVar[str] = "ledger_time_went_back"


class LedgerTimeJumped(Refusal):
    """So many days were missed that the clock is doubted first. A person can say that there was an outage."""

    code: ClassVar[str] = "ledger_time_jumped"


class NoHeadYet(Refusal):
    """Nothing was folded yet."""

    code: ClassVar[str] = "no_head_yet"
    status: ClassVar[int] = 404


class NotFoldedYet(Refusal):
    """The entry waits: no signed head covers it."""

    code: ClassVar[str] = "not_folded_yet"


class NothingEntered(Refusal):
    """The ledger holds no entry of that: it was a conversation, it was erased, or it never was."""

    code: ClassVar[str] = "nothing_entered"
    status: ClassVar[int] = 404


class ProofIsTheirs(Refusal):
    """Only who holds the words of a matter may have its entry shown."""

    code: ClassVar[str] = "proof_is_theirs"
    status: ClassVar[int] = 403


@dataclass(frozen=True, slots=True)
class Folded:
    """What folds did. For the ombuds log both tell only how many days were closed."""

    heads: int = 0
    leaves: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """How a ledger stands, for operators. `trouble` says why it is not folded although a day is over."""

    last_day: date | None
    waiting: int
    trouble: Refusal | None


def due_fold(office: Office) -> bool:
    """Whether a day waits to be closed. For every tick: writes nothing. False while folding is refused; `standing` says why."""
    with office.open() as books:
        try:
            return _day_to_close(office, books) is not None and _fits(books)
        except (LedgerTimeWentBack, LedgerTimeJumped, LedgerDamaged):
            return False


def standing(office: Office) -> Standing:
    """How this office's ledger stands."""
    with office.open() as books:
        return Standing(store.last_day(books), store.waiting(books), _trouble(office, books))


def standing_at_a_door(office: Office) -> Standing:
    """The same, for a door's role, which reads no entries: before the first head there is no trouble that it could see."""
    with office.open() as books:
        last = store.last_day(books)
        return Standing(last, store.waiting_at_a_door(books), None if last is None else _trouble(office, books))


def fold(office: Office, key: SigningKey, *, after_outage: bool = False) -> Folded:
    """Close every day that is over: number and append its leaves, sign its head. One transaction a day.

    Safe to run late, twice, or beside another. What an open transaction may still join waits, and is never overtaken by being
    numbered later: its place is simply a later one. `after_outage`: a person says that so many days were really missed. Raises
    LedgerTimeWentBack, LedgerTimeJumped, LedgerDamaged; then nothing was written.
    """
    total = Folded()
    while (leaves := _close_a_day(office, key, after_outage)) is not None:
        total = Folded(total.heads + 1, total.leaves + leaves)
    return total


def _close_a_day(office: Office, key: SigningKey, after_outage: bool) -> int | None:
    """Close the earliest day that waits and return how many leaves it has; None if none waits."""
    with office.open() as books:
        store.hold(books)
        day = _day_to_close(office, books, after_outage=after_outage)
        if day is None:
            return None
        tip = store.tip(books)
        before = tip.frontier if tip else Frontier()
        added = _shuffle_in(books, before.size) if office.database == "ombuds" else store.number(books, before.size)
        frontier = before.extend(store.leaves(books, before.size))
        if frontier.size != before.size + added:
            raise LedgerDamaged()
        prev = tip.signed.head.digest() if tip else None
        head = Head(Log(office.database), frontier.size, frontier.root(), day, prev)
        store.keep_head(books, sign_head(head, key), frontier)
        if office.database == "ombuds":
            _tally(books, day)
        return added


def _day_to_close(office: Office, books: Books, *, after_outage: bool = False) -> date | None:
    """The earliest day that is over and has no head; None if there is none. Raises LedgerTimeWentBack, LedgerTimeJumped.

    In the house one head covers days that were missed: its size hides nothing.
    """
    closing = books.calendar().local_date(books.now - CLOSES_AFTER) - timedelta(days=1)
    simulated = office_clock.read(books.connection)[1] is not None
    last = store.last_day(books)
    if last is None:
        last = _day_before_first(books, closing, simulated)
    elif last > closing:
        raise LedgerTimeWentBack(head=last, today=books.today)
    if last >= closing:
        return None
    if (closing - last).days > MOST_MISSED_DAYS and not simulated and not after_outage:
        raise LedgerTimeJumped(head=last, today=books.today, most=MOST_MISSED_DAYS)
    return last + timedelta(days=1) if office.database == "ombuds" else closing


def _day_before_first(books: Books, closing: date, simulated: bool) -> date:
    """The first head is of the day on which the house began; where a director has moved time since, of the last day over."""
    begun = closing if simulated else store.begun_on(books) or books.today
    return begun - timedelta(days=1)


def _trouble(office: Office, books: Books) -> Refusal | None:
    try:
        _day_to_close(office, books)
        _fits(books)
    except (LedgerTimeWentBack, LedgerTimeJumped, LedgerDamaged) as refusal:
        return refusal
    return None


def _fits(books: Books) -> bool:
    """True, or LedgerDamaged is raised."""
    store.tip(books)
    return True


def _shuffle_in(books: Books, start: int) -> int:
    """Fold one day's batch: the oldest entries and chance, in an order that tells nothing. Return how many leaves."""
    waiting = store.oldest(books, LEAVES_A_DAY)
    batch = daily_batch([commitment for _, commitment in waiting], LEAVES_A_DAY)
    rows: dict[bytes, list[UUID]] = {}
    for row, commitment in waiting:
        rows.setdefault(commitment, []).append(row)
    placed = [(rows[leaf].pop() if rows.get(leaf) else None, leaf) for leaf in batch.leaves]
    store.place(books, start, placed)
    return len(placed)


def _tally(books: Books, day: date) -> None:
    """Of a kind of which nothing is to be kept: one entry a day, also when none, that says in a band how many came to rest."""
    for kind, rules in books.pack.kinds.items():
        if rules.retention is not None and rules.retention.keep_months == 0:
            count = store.rested(books, kind, day)
            many = count >= books.pack.house.notices.band_from
            band = Band.MANY if many else Band.SOME if count else Band.NONE
            store.append(books, Entry(day, f"{kind}.tally", facts={"rested": band.value}), None)


def newest_head(office: Office) -> SignedHead:
    """The newest head: what a report prints and an auditor keeps. Raises NoHeadYet, LedgerDamaged."""
    with office.open() as books:
        return _newest(books)


def _newest(books: Books) -> SignedHead:
    tip = store.tip(books)
    if tip is None:
        raise NoHeadYet()
    return tip.signed


@contextmanager
def exported(office: Office, key: VerifyKey) -> Iterator[tuple[Iterator[str], SignedHead]]:
    """The lines of an export, to be written while the block is open, and the head they end with. Raises NoHeadYet."""
    with office.open() as books:
        heads = store.heads(books)
        if not heads:
            raise NoHeadYet()
        yield export_lines(Log(office.database), key, store.rows(books), heads), heads[-1]


def prove_entry(office: Office, wanted: UUID | int) -> str:
    """The proof that an entry of the house log, by its id or its place in the export, stands under the newest head.

    Raises ProofIsTheirs for the ombuds log, NothingEntered, NotFoldedYet, NoHeadYet, NotInLedger.
    """
    if office.database != "house":
        raise ProofIsTheirs()
    with office.open() as books:
        kept = store.find(books, wanted)
        return proof_of(books, kept, lambda size: list(store.leaves(books))[:size]).as_text()


def prove_for_visitor(office: Office, by: Visitor) -> str:
    """The proof that her own matter was opened, with the salt: whoever sees it knows that it was. Made only when she asks.

    Raises NotFound, NothingEntered for a conversation, NotFoldedYet with the day on which to come back.
    """
    with office.open() as books:
        if by.enter(books, None).own is None:
            raise NotFound()
        kept = store.own_opening(books)
        return proof_of(books, kept, lambda size: store.leaves_at_a_door(books, size)).as_text()


def proof_of(books: Books, kept: store.Kept | None, leaves: Callable[[int], list[bytes]]) -> Proof:
    """The proof of an entry under the newest head. `leaves` reads so many of them.

    Raises NothingEntered, NotFoldedYet, NoHeadYet, NotInLedger.
    """
    if kept is None:
        raise NothingEntered()
    if kept.place is None:
        raise NotFoldedYet(on=books.today + timedelta(days=1))
    signed = _newest(books)
    return prove(leaves(signed.head.size), kept.place, kept.recorded, signed)
