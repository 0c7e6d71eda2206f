"""How long things are kept: announced, then destroyed days later, unless somebody holds them. Consultations leave a tally.

Everything irreversible is decided by functions of the database that check it again (`0019_add_shred.py`): this asks them, once
an office day, and counts.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid4

import structlog

from actions.contacts import purge_slips
from actions.custody import end_custody
from actions.kernel.settle import settle_all, tell
from actions.offered_times import purge_times
from actions.office import Office
from records import clocks, comers, matters, retention, sealed, sweeps
from records.books import Books
from records.ledger import Entry, store
from records.matters import Matter, NotFound
from records.retention import Shredded
from states.due import add_months

FORGET = "withdraw_forget"
"""The act after which nothing is kept any longer than its announcement takes."""
WHERE = "retention"
FORMAL, INFORMAL = "formal", "informal"
"""All that a certificate says of what was destroyed."""

_log = structlog.get_logger(WHERE)


@dataclass(frozen=True, slots=True)
class Kept:
    """What one look at destruction did. All a flow may pass on.

    `waiting` were due but not destroyed: `held` by somebody, or for any reason the database gave. `jumped` is 1 if the clock
    had jumped; `failed` were left for tomorrow because of an error; `slips` of contacts became counts; `identities`: requests and
    approvals that ended.
    """

    announced: int = 0
    withdrawn: int = 0
    destroyed: int = 0
    held: int = 0
    waiting: int = 0
    failed: int = 0
    texts: int = 0
    files: int = 0
    cut_off: int = 0
    jumped: int = 0
    slips: int = 0
    times: int = 0
    codes: int = 0
    identities: int = 0


def due_retention(office: Office) -> bool:
    """Whether destruction has not been looked at today. Only where sealed matters are; reads one row and writes nothing."""
    if office.database != "ombuds":
        return False
    with office.open() as books:
        return not retention.swept(books)


def keep_house(office: Office) -> Kept:
    """One day's look at destruction: announce, purge, destroy. Safe to run late, twice, or beside another."""
    announced, withdrawn, jumped = announce(office)
    texts, files, cut_off = purge(office)
    outcomes, gone = destroy(office)
    return Kept(
        announced=announced,
        withdrawn=withdrawn,
        destroyed=outcomes[retention.DESTROYED],
        held=outcomes[retention.HELD],
        waiting=outcomes.total() - outcomes[retention.DESTROYED] - outcomes["failed"],
        failed=outcomes["failed"],
        texts=texts + gone["texts"],
        files=files + gone["files"],
        cut_off=cut_off,
        jumped=int(jumped),
        slips=purge_slips(office),
        times=purge_times(office),
        codes=_purge_codes(office),
        identities=_end_custody(office),
    )


def _end_custody(office: Office) -> int:
    with office.open() as books:
        return end_custody(books)


def _purge_codes(office: Office) -> int:
    """Codes to join a matter that are over open nothing any more, and are taken away."""
    with office.open() as books:
        return comers.purge_joinings(books)


def announce(office: Office) -> tuple[int, int, bool]:
    """Phase one: withdraw what no longer holds (something came in, D14), announce what is ripe. Today counts as a swept day.

    Returns how many were announced and withdrawn, and whether the clock had jumped: then that is noted as trouble, and every
    matter waits for as many swept days again.
    """
    with office.open() as books:
        fresh = not retention.swept(books)
        jumped = retention.begin_day(books)
        if jumped and fresh:
            _log.error("clock_jumped")
            sweeps.note_trouble(books, uuid4(), WHERE, "ClockJumped")
        return (*retention.announce(books), jumped)


def destroy(office: Office) -> tuple[Counter[str], Counter[str]]:
    """Phase two: destroy what is due and was swept often enough, one matter a transaction. Returns outcomes, and how much went.

    One that fails is noted and left for tomorrow; the rest goes on.
    """
    outcomes: Counter[str] = Counter()
    gone: Counter[str] = Counter()
    with office.open() as books:
        waiting = retention.due(books)
    for matter_id in waiting:
        try:
            _settle(office, matter_id)
            with office.open() as books:
                done = _shred(office, books, matter_id)
        except Exception as error:  # noqa: BLE001  # whatever it is must not keep the others; it is counted and seen
            _note(office, error)
            outcomes["failed"] += 1
        else:
            outcomes[done.outcome] += 1
            gone.update(matters=done.matters, texts=done.texts, files=done.files)
    return outcomes, gone


def _settle(office: Office, matter_id: UUID) -> None:
    """Fire what is due of a matter and of what grew out of it: a clock that ran out, unswept, must hold nothing up."""
    with office.open() as books:
        settle_all(office.kinds, books, list(matters.lock(books, retention.family(books, matter_id)).values()))
        tell(books)


def _shred(office: Office, books: Books, matter_id: UUID) -> Shredded:
    """Destroy one matter. That it was is entered where a certificate says so; no line tells of a conversation."""
    store.hold(books)  # its ledger entries are erased: not while somebody folds them
    kind = matters.find(books, matter_id).kind
    done = retention.shred(books, matter_id)
    if done.certificate is not None:
        facts = {"certificate": str(done.certificate), "track": FORMAL if office.kinds[kind].formal else INFORMAL}
        store.append(books, Entry(books.today, "retention.destroyed", facts=facts), None)
    return done


def _note(office: Office, error: Exception) -> None:
    _log.error("matter_failed", what=type(error).__name__)
    with office.open() as books:
        sweeps.note_trouble(books, uuid4(), WHERE, type(error).__name__)


def purge(office: Office) -> tuple[int, int, int]:
    """Destroy old words of open consultations, and what doors left behind (S06). Returns texts, files, cut-off uploads."""
    with office.open() as books:
        cut_off, _answers = retention.drop_cut_off(books)
        return (*retention.purge_notes(books), cut_off)


def destroyed_on(books: Books, matter: Matter) -> date | None:
    """The first day on which a matter can be destroyed; None while it, or what grew out of it, is under way.

    The announced day where there is one; before that, what the rule it is pinned to says. A hold that lasts longer moves it.
    """
    kin = retention.family(books, retention.root(books, matter.id))
    told = retention.announced(books, kin[0])
    try:
        day = told.due_on if told else _expected(books, [matters.find(books, one) for one in kin])
    except NotFound:  # a seat in the case is no seat in all that grew out of it: then no day can be told
        return None
    if day is None:
        return None
    return max([day, *(held.until_on for held in retention.live_holds(books, kin))])


def _expected(books: Books, kin: list[Matter]) -> date | None:
    rested = [one.rested_on for one in kin if one.rested_on is not None]
    rule = books.edition(kin[0].edition).kinds[kin[0].kind].retention
    if rule is None or len(rested) < len(kin):
        return None
    forgotten = any(event.trigger == FORGET for event in matters.history(books, kin[0].id))
    keep, told = (0, rule.least_swept_days) if forgotten else (rule.keep_months, rule.announce_days)
    ids = [one.id for one in kin]
    last = max([*rested, *filter(None, [sealed.last_day(books, ids)])])
    promised = [row.due_on + timedelta(days=1) for row in clocks.running(books, ids) if row.due_on is not None]
    return max(add_months(last, keep), date.fromordinal(books.today.toordinal() + told), *promised)
