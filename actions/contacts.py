"""Contact slips: a minute's note of a talk, in codes and without a name; or a number alone; or nothing at all, as she wishes.

A slip is no matter and nobody's file. Its writer alone sees it, may correct it or throw it away, and after the days of
`contacts.toml` counts are all that is left. Nothing of this is entered in the ledger: a line a slip would tell the day somebody
came (`docs/decisions/0059-contact-slips.md`).
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import ClassVar, Final
from uuid import UUID, uuid4

from actions.choosing import require_among
from actions.contacts_shapes import Slip
from actions.kernel.callers import DeskPerson
from actions.of_the_office import require_of_the_office
from actions.office import Office
from actions.replays import Repeatable, once
from policies.categories import categories
from policies.contacts import NOTHING_MORE, REFERRAL, SlipRules
from policies.pack import Pack
from policies.refusal import Refusal
from records import contacts, people
from records.books import Books
from records.contacts import SlipRow
from records.ledger import Entry, store
from records.matters import StaleVersion
from states.due import add_months

WRITE: Final = "write_slip"
"""What a refusal calls the act."""
LISTENED: Final = "listened"


class NoContacts(Refusal):
    """The pack of this house has no rules for slips."""

    code: ClassVar[str] = "no_contacts"


class MonthNotOpen(Refusal):
    """Still to come, or so long ago that its slips are counts already."""

    code: ClassVar[str] = "month_not_open"
    status: ClassVar[int] = 422


class TooManyIssues(Refusal):
    """More codes than one slip has."""

    code: ClassVar[str] = "too_many_issues"
    status: ClassVar[int] = 422


class ReferralContradicted(Refusal):
    """She was referred, and it is not said where; or the other way round."""

    code: ClassVar[str] = "referral_contradicted"
    status: ClassVar[int] = 422


class NothingMoreContradicted(Refusal):
    """Nothing more was done than listening, and something else was."""

    code: ClassVar[str] = "nothing_more_contradicted"
    status: ClassVar[int] = 422


@dataclass(frozen=True, slots=True)
class Kept:
    """A slip as its writer sees it. `until` is the last day on which it can be read; then it is counted."""

    id: UUID
    version: int
    told: Slip
    until: date


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be picked today. `months`: those a slip can be of, the newest first, with the last day of their slips."""

    months: tuple[tuple[date, date], ...]
    rules: SlipRules
    routes: tuple[str, ...]


def write(office: Office, told: Slip, *, by: DeskPerson, request: Repeatable | None = None) -> UUID:
    """Keep a slip. Return its id.

    Raises NoContacts, NotAllowed, KeyNotSigned, MonthNotOpen, NotInList, NoSuchIssue, TooManyIssues,
    ReferralContradicted, NothingMoreContradicted, KeyReused; then nothing was written.
    """
    with office.open() as books:
        rules = require_permitted(books, by)

        def first() -> dict[str, str]:
            _require_sense(books, books.pack, rules, told)
            slip = uuid4()
            contacts.add(books, _row(books, slip, told, by.person))
            return {"id": str(slip)}

        return UUID(once(books, request, first, by=by.person)["id"])


def correct(
    office: Office, slip: UUID, told: Slip, *, by: DeskPerson, version: int | None = None, request: Repeatable | None = None
) -> None:
    """Say it in the place of what was said, by the rules it was written under. Raises NotFound, StaleVersion, and as `write`."""
    with office.open() as books:
        require_permitted(books, by)

        def first() -> dict[str, str]:
            before = contacts.one(books, slip, by.person)
            if version is not None and version != before.version:
                raise StaleVersion()
            pack = books.edition(before.edition)
            _require_sense(books, pack, rules_of(pack), told)
            fresh = _row(books, slip, told, by.person)
            contacts.change(books, replace(fresh, edition=before.edition, apart=before.apart, version=before.version + 1))
            return {}

        once(books, request, first, by=by.person)


def throw_away(office: Office, slip: UUID, *, by: DeskPerson, request: Repeatable | None = None) -> None:
    """Forget a slip: nothing of it is kept or counted. Raises NoContacts, NotAllowed, KeyNotSigned, NotFound, KeyReused."""
    with office.open() as books:
        require_permitted(books, by)

        def first() -> dict[str, str]:
            contacts.remove(books, contacts.one(books, slip, by.person).id)
            return {}

        once(books, request, first, by=by.person)


def count_only(office: Office, month: date, *, by: DeskPerson, request: Repeatable | None = None) -> None:
    """Count somebody of whom nothing else is to be written: a month and a number. It cannot be taken back.

    Raises NoContacts, NotAllowed, KeyNotSigned, MonthNotOpen, KeyReused.
    """
    with office.open() as books:
        rules = require_permitted(books, by)

        def first() -> dict[str, str]:
            _require_open(books, rules, month)
            contacts.count(books, month, apart=_is_apart(books, by.person))
            return {}

        once(books, request, first, by=by.person)


def own_slips(office: Office, *, by: DeskPerson) -> tuple[Kept, ...]:
    """One's own slips that are kept still, the newest month first. Raises NoContacts, NotAllowed, KeyNotSigned."""
    with office.open() as books:
        require_permitted(books, by)
        return tuple(_kept(books, row) for row in contacts.own(books, by.person))


def own_slip(office: Office, slip: UUID, *, by: DeskPerson) -> Kept:
    """One of one's own slips. Raises NotFound, also for who may not write any."""
    with office.open() as books:
        require_permitted(books, by)
        return _kept(books, contacts.one(books, slip, by.person))


def choices(office: Office, *, by: DeskPerson) -> Choices:
    """What can be picked. Raises NoContacts, NotAllowed, KeyNotSigned."""
    with office.open() as books:
        rules = require_permitted(books, by)
        months = tuple((month, last_day(rules, month)) for month in open_months(books, rules))
        return Choices(months, rules, tuple(books.pack.routes))


def purge_slips(office: Office) -> int:
    """Make counts of the slips that are old enough. Return how many. Safe to run late, twice, or beside another.

    The ledger has a line with the number: what the tallies of that day say as well.
    """
    with office.open() as books:
        gone = contacts.purge(books)
        if gone:
            store.append(books, Entry(books.today, "contacts.counted", facts={"count": gone}), None)
        return gone


def rules_of(pack: Pack) -> SlipRules:
    """The rules of a pack. Raises NoContacts."""
    if pack.contacts is None:
        raise NoContacts()
    return pack.contacts.slips


def require_permitted(books: Books, by: DeskPerson) -> SlipRules:
    """The rules, for somebody of the office who may write slips, under a key that is trusted today. From here on they see theirs.

    Raises NoContacts, NotAllowed, KeyNotSigned.
    """
    rules = rules_of(books.pack)
    require_of_the_office(books, by, rules.by, WRITE)
    return rules


def open_months(books: Books, rules: SlipRules) -> tuple[date, ...]:
    """The months a slip can be of today, the newest first: this one, and those whose slips are still kept."""
    found, month = [], books.today.replace(day=1)
    while last_day(rules, month) >= books.today:
        found.append(month)
        month = add_months(month, -1)
    return tuple(found)


def last_day(rules: SlipRules, month: date) -> date:
    """The last day on which a slip of a month can be read."""
    return add_months(month, 1) - timedelta(days=1) + timedelta(days=rules.days)


def _require_open(books: Books, rules: SlipRules, month: date) -> None:
    months = open_months(books, rules)
    if month not in months:
        raise MonthNotOpen(first=months[-1], last=months[0])


def _require_sense(books: Books, pack: Pack, rules: SlipRules, told: Slip) -> None:
    _require_open(books, rules, told.month)
    for name in ("channel", "language", "personnel", "region"):
        require_among(
            name,
            getattr(told, name),
            getattr(rules, f"{name}s") if name in ("channel", "language", "region") else rules.personnel,
        )
    for code in told.done:
        require_among("done", code, rules.done)
    require_among("route", told.route, tuple(pack.routes))
    if len(set(told.issues)) > rules.most_issues:
        raise TooManyIssues(most=rules.most_issues)
    for code in told.issues:
        categories().require(code)
    if (REFERRAL in told.done) != (told.route is not None):
        raise ReferralContradicted()
    if NOTHING_MORE in told.done and set(told.done) - {NOTHING_MORE, LISTENED}:
        raise NothingMoreContradicted()


def _is_apart(books: Books, person: UUID) -> bool:
    """Whether what this person writes is counted in the annex: they hold that, and not the office's own report."""
    reports = books.pack.reports.reports if books.pack.reports else {}
    held = people.roles_of(books, person, books.today)
    holders = {name: policy.holder for name, policy in reports.items()}
    return holders.get("annex") in held and holders.get("ombuds") not in held


def _row(books: Books, slip: UUID, told: Slip, person: UUID) -> SlipRow:
    return SlipRow(
        id=slip,
        written_by=person,
        edition=books.pack.edition,
        month=told.month,
        channel=told.channel,
        language=told.language,
        personnel=told.personnel,
        region=told.region,
        issues=tuple(dict.fromkeys(categories().require(code) for code in told.issues)),
        done=tuple(dict.fromkeys(told.done)),
        route=told.route,
        apart=_is_apart(books, person),
    )


def _kept(books: Books, row: SlipRow) -> Kept:
    told = Slip.model_construct(
        month=row.month,
        channel=row.channel,
        language=row.language,
        issues=row.issues,
        done=row.done,
        route=row.route,
        personnel=row.personnel,
        region=row.region,
    )
    return Kept(row.id, row.version, told, last_day(rules_of(books.edition(row.edition)), row.month))
