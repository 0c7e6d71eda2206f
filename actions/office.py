"""An office bound to one database: it opens the books, and it is the one place that reads a clock."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import ClassVar, Literal

from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.exc import OperationalError

from actions.kernel.kind import Kind
from actions.kinds import KINDS
from policies.pack import Pack, pack_folder
from policies.refusal import Refusal
from policies.shelf import Shelf
from records import office_clock
from records.books import Books, Trust
from records.office_clock import WrongEnvironment
from states.calendars import Calendar, refresh
from states.opening import refuse_contradictions

Database = Literal["house", "ombuds"]
Closures = Mapping[str, tuple[tuple[date, str], ...]]
"""Closures announced late, by calendar."""
_SAME: dict[Calendar, Calendar] = {}
"""Equal calendars are one object in a process: what is kept by calendar finds it without comparing all its days."""


TrustSource = Callable[[], Trust | None]
"""Where a door's keys are read from; None while no ceremony was held."""


class DatabaseAway(Refusal):
    """The database does not answer. Nothing is lost: duties wait in it, and whoever asked can ask again."""

    code: ClassVar[str] = "database_away"
    status: ClassVar[int] = 503


def wall_now() -> datetime:
    """The world's instant. Sessions, codes, retries and Prefect go by it; no duty does."""
    return datetime.now(UTC)


class Office:
    """Opens transactions on one database. Safe to share between threads.

    `environment` is what this process was started for; a database of another one is refused, so that demo data never meets a
    real house.
    """

    def __init__(
        self, engine: Engine, *, database: Database, environment: str, shelf: Shelf, trust: TrustSource | Trust | None = None
    ) -> None:
        self.engine = engine
        self.database = database
        self.environment = environment
        self.shelf = shelf
        self._trust = trust
        self.kinds: Mapping[str, Kind] = KINDS
        self._editions: dict[str, Pack] = {}
        self._kept: set[str] = set()
        self._calendars: dict[str, tuple[object, Calendar]] = {}

    @property
    def trust(self) -> Trust | None:
        """The keys of this door that are not in its database. Asked again until there are some: a ceremony may come later."""
        if callable(self._trust):
            found = self._trust()
            if found is None:
                return None
            self._trust = found
        return self._trust

    @contextmanager
    def open(self) -> Iterator[Books]:
        """One transaction: committed whole when the block ends, rolled back when it raises.

        The office's instant and the world's are each read once. The edition in use is kept in the database, so that what is
        opened under it can always be judged by it.
        """
        wall = wall_now()
        self.shelf.refresh()
        pack = self.shelf.pack
        with _answering(self.engine) as connection:
            now = self._instant(connection, wall)
            if pack.edition not in self._kept:
                office_clock.keep_edition(connection, pack, now)
            self._editions[pack.edition] = pack
            yield Books(
                connection=connection,
                database=self.database,
                now=now,
                wall=wall,
                pack=pack,
                editions=self._editions,
                calendars=self._read_calendars(connection, pack),
                trust=self.trust,
            )
        self._kept.add(pack.edition)

    def _instant(self, connection: Connection, wall: datetime) -> datetime:
        environment, instant = office_clock.read(connection)
        if environment != self.environment:
            raise WrongEnvironment(found=environment, wanted=self.environment)
        return instant or wall

    def _read_calendars(self, connection: Connection, pack: Pack) -> Mapping[str, Calendar]:
        """Every calendar of the pack with the closures announced so far; rebuilt only when either changed (peers D03).

        Closures are read when the first date is asked for: a look whether anything is due needs none.
        """
        return Calendars(pack, lambda: office_clock.closures(connection), self._calendars)


@contextmanager
def _answering(engine: Engine) -> Iterator[Connection]:
    """A transaction. Raises DatabaseAway if the database cannot even be reached; what goes wrong later is raised as it is."""
    try:
        connection = engine.connect()
    except OperationalError:
        raise DatabaseAway() from None
    with connection, connection.begin():
        yield connection


class Calendars(Mapping[str, Calendar]):
    """Calendars by code, each built when first asked for and kept while its rules and closures are the same."""

    def __init__(self, pack: Pack, read: Callable[[], Closures], kept: dict[str, tuple[object, Calendar]]) -> None:
        self._pack = pack
        self._read = read
        self._late: Closures | None = None
        self._kept = kept

    def __getitem__(self, code: str) -> Calendar:
        """The calendar called `code`. Raises UnknownCalendar."""
        spec = self._pack.calendars.spec(code)
        if self._late is None:
            self._late = self._read()
        late = self._late.get(code, ())
        made_of = (spec, late)
        kept = self._kept.get(code)
        if kept is None or kept[0] != made_of:
            calendar, _alarm = refresh(kept[1] if kept else None, spec, late)
            kept = self._kept[code] = (made_of, _SAME.setdefault(calendar, calendar))
        return kept[1]

    def __iter__(self) -> Iterator[str]:
        """The codes of the pack."""
        return iter(self._pack.calendars.codes)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._pack.calendars.codes)


def same_instant(offices: Sequence[Office]) -> bool:
    """Whether the databases of these offices stand at one instant, or all follow the wall clock."""
    instants = set()
    for office in offices:
        with office.engine.connect() as connection:
            instants.add(office_clock.read(connection)[1])
    return len(instants) == 1


def open_office(url: str, *, database: Database, environment: str, pack: str, trust: TrustSource | Trust | None = None) -> Office:
    """The office of one database as one role, at that role's own address `url`. Raises PolicyRefused for an unusable pack.

    A connection that was cut (PostgreSQL restarted) is noticed and made again before a transaction begins.
    """
    shelf = Shelf(pack_folder(pack), refuse_contradictions)
    engine = create_engine(url, pool_pre_ping=True, hide_parameters=True, pool_size=5, max_overflow=10)
    return Office(engine, database=database, environment=environment, shelf=shelf, trust=trust)
