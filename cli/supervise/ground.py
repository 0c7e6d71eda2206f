"""What the children stand on: PostgreSQL with its roles, databases and tables, and an address file for each role."""

import time

from actions.begin import begin_house
from actions.office import Database
from cli.supervise.data_folder import DataFolder
from cli.supervise.kept import Delay
from cli.supervise.postgres import Postgres
from cli.supervise.signals import StopWish
from cli.supervise.troubles import PostgresDidNotStart, SecretsMissing
from cli.supervise.voice import Voice
from records import migrate
from records.bootstrap import DATABASES, DIRECTOR, OWNER, ROLES, PasswordRefused, bootstrap

_SUPERUSER_WORD = "superuser"
_DATABASES: tuple[Database, ...] = ("ombuds", "house")


class KeptPostgres:
    """PostgreSQL, started again when it ends while it is wanted."""

    def __init__(self, folder: DataFolder, voice: Voice) -> None:
        self._folder = folder
        self._voice = voice
        self._log = folder.log("postgres")
        place = folder.path / "postgres"
        if (place / "data").exists() and not folder.secret_file(_SUPERUSER_WORD).exists():
            raise SecretsMissing(folder=str(folder.path))
        durable = folder.environment != "test"  # nothing of a test is worth waiting for the disk
        self.server = Postgres(place, password=folder.secret(_SUPERUSER_WORD), log=self._log, durable=durable)
        self._delay = Delay()
        self._again_at: float | None = None

    def start(self, wish: StopWish) -> None:
        """Make it if it is new, start it, and say what was changed on the machine."""
        prepared = self.server.prepare()
        if prepared.orphan:
            self._voice.say("up.orphan_stopped", pid=str(prepared.orphan))
        for opened in prepared.opened:
            self._voice.say("up.opened", folder=str(opened))
        self._delay.started()
        self.server.start(unless=lambda: bool(wish))

    def tend(self, wish: StopWish) -> None:
        """Start it again if it has ended, later each time that it does not last."""
        if self.server.pid is not None or wish:
            return
        if self._again_at is None:
            wait = self._delay.after_end()
            self._again_at = time.monotonic() + wait
            self._voice.say("up.ended", name="PostgreSQL", seconds=f"{wait:.0f}", log=str(self._log))
        elif time.monotonic() >= self._again_at:
            self._again(wish)

    def _again(self, wish: StopWish) -> None:
        self._again_at = None
        began = time.monotonic()
        self._delay.started()
        try:
            self.server.start(unless=lambda: bool(wish))
        except PostgresDidNotStart:
            return  # found ended, and said, at the next look
        self._voice.done("PostgreSQL", began)

    def close(self) -> None:
        """Stop it for good."""
        self.server.close()


def raise_ground(postgres: KeptPostgres, folder: DataFolder, pack: str, wish: StopWish, voice: Voice) -> None:
    """Start PostgreSQL, repair roles and databases, write each role's address file, bring the tables up to date."""
    began = time.monotonic()
    voice.say("up.starting", name="PostgreSQL")
    try:
        postgres.start(wish)
    except PostgresDidNotStart:
        if wish:
            return
        raise
    voice.done("PostgreSQL", began)
    began = time.monotonic()
    passwords = {role: folder.secret(f"{role}.password") for role in _signing_in(folder)}
    try:
        bootstrap(postgres.server.admin_url, passwords)
    except PasswordRefused:
        raise SecretsMissing(folder=str(folder.path)) from None
    _write_addresses(postgres.server, folder, passwords)
    for database in _DATABASES:
        url = postgres.server.url(OWNER, passwords[OWNER], database)
        migrate.upgrade(url)
        begin_house(url, database=database, environment=folder.environment, pack=pack)
    voice.say("up.tables_ready", seconds=f"{time.monotonic() - began:.1f}")


def _signing_in(folder: DataFolder) -> list[str]:
    """Who has a password. Nobody moves the clock of real data."""
    return [role for role in ROLES if role != DIRECTOR or folder.environment != "real"]


def _write_addresses(server: Postgres, folder: DataFolder, passwords: dict[str, str]) -> None:
    for database, roles in DATABASES.items():
        for role in (OWNER, *roles):
            if role in passwords:
                folder.secret_file(f"{database}-{role}.url", server.url(role, passwords[role], database))
