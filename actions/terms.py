"""The end of a time in office: told ahead, announced to whom it concerns, and on the day itself everything goes by itself.

Once an office day, and again when an appointment changed (`follow_terms`):
- whoever's last day comes near is told, and later their overseer: whether it is done, and no number of anything;
- of what nobody may take over without her yes (an informal talk), she is told that it ends with the term, in time or not at all;
- what somebody gone answered for goes to the next in line who has a seat, and their own seats, sessions and keys go.

No clock of ours reads appointments, so the end of a talk is announced as many days ahead as its clock counts, and the clock does
the rest (docs/decisions/0071-people.md).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import blake2b
from typing import Final
from uuid import UUID, uuid4

import structlog

from actions.kernel import access
from actions.kernel.actor import as_process
from actions.kernel.settle import duty_of, roster_of, settle, tell
from actions.kernel.step import step, subject_of
from actions.kernel.sweep import note_error
from actions.kernel.watching import Subject
from actions.kinds.handing_over import Announced, asks_her
from actions.office import Office
from policies.periods import Period
from policies.rules import Act, Terms
from records import matters, people, terms
from records.books import Books
from records.ledger import Entry, store
from records.terms import CLOCK_NAME, Span, Watch
from states.ladders import addressee

DESK: Final = "desk"
WHERE: Final = "terms"
ANNOUNCE: Final = "announce_term"
CALL_OFF: Final = "call_off_term"
PASSED_ON: Final = "term_ended"
"""Why somebody answers for a matter after the time in office of whoever did is over."""

_log = structlog.get_logger(WHERE)


@dataclass(frozen=True, slots=True)
class Followed:
    """What one look did, in counts: people told, talks announced or called off, matters passed on, people released."""

    told: int = 0
    announced: int = 0
    called_off: int = 0
    passed_on: int = 0
    released: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True)
class Roster:
    """Who is at the desk today, and when they go. `last` holds only those whose end is known; `gone` are in office no more."""

    last: Mapping[UUID, date]
    gone: frozenset[UUID]
    mark: bytes


def due_terms(office: Office) -> bool:
    """Whether ends were not looked for today, or not for these appointments. Reads two small tables and writes nothing."""
    if office.database != "ombuds" or office.shelf.pack.house.terms is None:
        return False
    with office.open() as books:
        return not terms.looked(books, roster_of_desk(books).mark)


def follow_terms(office: Office) -> Followed:
    """One day's look. Safe to run late, twice, or beside another: each matter is judged again under its lock."""
    with office.open() as books:
        rules, roster = books.pack.house.terms, roster_of_desk(books)
        if rules is None:
            return Followed()
        near = {person for person, day in roster.last.items() if day <= books.today + timedelta(days=rules.first_days)}
        informal = terms.under_way(books, near, _informal_kinds(office))
        waiting = {**dict.fromkeys(terms.announced(books)), **informal, **terms.under_way(books, roster.gone, list(office.kinds))}
    done = Followed()
    for matter_id in waiting:
        done = _add(done, _guarded(office, matter_id))
    with office.open() as books:
        roster = roster_of_desk(books)
        left = _release(books)
        told = _tell_people(office, books, rules, roster)
        terms.note_look(books, roster.mark)
    return replace(done, told=told, released=left)


def roster_of_desk(books: Books) -> Roster:
    """Everybody who ever held an office at the desk, by their appointments as they are written today."""
    roles = [name for name, role in books.pack.house.roles.items() if role.door == DESK]
    found: dict[UUID, list[Span]] = {}
    for span in terms.spans(books, roles):
        found.setdefault(span.person, []).append(span)
    ends = {person: end_of(own, books.today) for person, own in found.items()}
    here = frozenset(person for person, own in found.items() if any(_holds(span, books.today) for span in own))
    told = "\n".join(sorted(f"{one.person} {one.role} {one.from_on} {one.until_on}" for own in found.values() for one in own))
    return Roster(
        last={person: end - timedelta(days=1) for person, end in ends.items() if end is not None and person in here},
        gone=frozenset(person for person, own in found.items() if person not in here and _was(own, books.today)),
        mark=blake2b(told.encode(), digest_size=32).digest(),
    )


def end_of(own: Iterable[Span], today: date) -> date | None:
    """The first day on which somebody who is in office today holds none any more; None: no end is known.

    Appointments that follow one another without a gap are one time in office.
    """
    covered = today
    for span in sorted(own, key=lambda one: one.from_on):
        if span.from_on > covered:
            break
        if span.until_on is None:
            return None
        covered = max(covered, span.until_on)
    return covered


def _holds(span: Span, day: date) -> bool:
    return span.from_on <= day and (span.until_on is None or day < span.until_on)


def _was(own: Sequence[Span], today: date) -> bool:
    return any(span.until_on is not None and span.until_on <= today for span in own)


def _guarded(office: Office, matter_id: UUID) -> Followed:
    """One matter in its own transaction: an error is noted and keeps none of the others."""
    try:
        with office.open() as books:
            return _follow(office, books, matter_id)
    except Exception as error:  # noqa: BLE001  # whatever it is must not keep the others; it is seen and tried again tomorrow
        _log.error("matter_failed", what=type(error).__name__)
        note_error(office, WHERE, error)
        return Followed(failed=1)


def _follow(office: Office, books: Books, matter_id: UUID) -> Followed:
    found = matters.lock(books, [matter_id]).get(matter_id)
    if found is None:
        return Followed()
    matter = settle(office.kinds, books, found)
    subject, roster = subject_of(office.kinds, books, matter), roster_of_desk(books)
    handler = people.responsible(books, [matter_id]).get(matter_id)
    done = Followed()
    if matter.rested_on is None and handler in roster.gone:
        done = Followed(passed_on=_pass_on(books, subject))
    elif matter.rested_on is None and asks_her(subject.kind.table):
        done = _announce(office, books, subject, roster.last.get(handler) if handler else None)
    tell(books)
    return done


def _pass_on(books: Books, subject: Subject) -> int:
    """Make the next in line responsible: nobody gets a seat by it, so it is somebody who could read it all along."""
    matter, following = subject.matter, addressee(Act.HAND_OVER, roster_of(books, subject), duty_of(books, subject)).person
    if following is None:
        return 0
    people.make_responsible(books, uuid4(), matter.id, following, at=books.now, why=PASSED_ON)
    facts = {"person": str(following)}
    store.enter(books, matter, Entry(books.today, f"{matter.kind}.handed_over", str(matter.id), None, facts))
    return 1


def _announce(office: Office, books: Books, subject: Subject, last: date | None) -> Followed:
    """Let the matter's clock know the last day as it is now: announced in time, or called off. Raises nothing but by error."""
    rules, standing = books.pack.house.terms, terms.announced(books).get(subject.matter.id)
    if rules is None or last == standing:
        return Followed()
    begins = _begins(subject, last)
    in_time = last is not None and last - books.today >= timedelta(days=rules.least_days)
    if begins is not None and in_time and begins <= books.today:
        return Followed(announced=_move(office, books, subject, ANNOUNCE, Announced(on=begins)))
    if standing is not None:
        return Followed(called_off=_move(office, books, subject, CALL_OFF, None))
    return Followed()


def _begins(subject: Subject, last: date | None) -> date | None:
    """The day from which the clock reaches the last day; None: no end, or an edition from before there was such a clock."""
    rule = subject.policy.clocks.get(CLOCK_NAME)
    return last - timedelta(days=rule.count) if last is not None and isinstance(rule, Period) else None


def _move(office: Office, books: Books, subject: Subject, trigger: str, told: Announced | None) -> int:
    actor = as_process()
    if not access.may(subject.policy, actor, trigger, subject.matter):
        return 0
    payload = told or office.kinds[subject.matter.kind].payload(trigger)()
    step(office.kinds, books, subject.matter, trigger, payload, by=actor)
    return 1


def _release(books: Books) -> int:
    """Seats, sessions and keys of whoever is not in office any more, with the line in the ledger that `keys leave` writes."""
    left = terms.release(books)
    for one in left:
        facts: dict[str, str | int | date] = {"person": str(one.person), "seats": one.seats, "until": one.until_on}
        store.append(books, Entry(books.today, "keys.taken", None, None, facts), None)
    return len(left)


def _tell_people(office: Office, books: Books, rules: Terms, roster: Roster) -> int:
    """Write down who hears of whose end from today on: the person, then the overseer. Each once an end."""
    known = {(watch.person, watch.last_on): watch for watch in terms.watches(books)}
    informal = set(terms.under_way(books, list(roster.last), _informal_kinds(office)).values())
    told = 0
    for person, last in roster.last.items():
        left = last - books.today
        if left > timedelta(days=rules.first_days):
            continue
        before = known.pop((person, last), None)
        done = person not in informal
        watch = replace(before, done=done) if before else Watch(person, last, books.today, None, done)
        if watch.again_on is None and left <= timedelta(days=rules.again_days):
            watch = terms.told_again(watch, books.today)
        told += _enter(books, before, watch)
        if watch != before:
            terms.keep(books, watch)
    for watch in known.values():
        terms.drop(books, watch)
    return told


def _enter(books: Books, before: Watch | None, watch: Watch) -> int:
    """A line in the ledger for each time somebody is told."""
    rungs = [name for name, new in (("first", before is None), ("again", watch.again_on != (before and before.again_on))) if new]
    for name in rungs:
        facts: dict[str, str | date] = {"person": str(watch.person), "last": watch.last_on, "rung": name}
        store.append(books, Entry(books.today, "term.told", None, None, facts), None)
    return len(rungs)


def _informal_kinds(office: Office) -> list[str]:
    """The kinds that nobody takes over without a yes."""
    return [kind.name for kind in office.kinds.values() if asks_her(kind.table)]


def _add(one: Followed, other: Followed) -> Followed:
    return Followed(*(getattr(one, name) + getattr(other, name) for name in Followed.__dataclass_fields__))
