"""PostgreSQL 18 as our direct child: made once, reached by one socket in a closed folder, a password for everyone."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

from psycopg.pq import PGconn, Ping

from cli.supervise.account import Account, open_programs, open_the_way, postgres_account
from cli.supervise.children import spawn, stop
from cli.supervise.leftovers import clear_leftovers
from cli.supervise.programs import postgres_installation
from cli.supervise.troubles import NoAccountForPostgres, PostgresDidNotStart
from cli.supervise.waiting import wait_until

SUPERUSER = "postgres"
_PORT = 5432  # only the number in the socket's name: nothing listens on the network
_LONGEST_SOCKET_PATH = 107  # bytes; `sun_path` of unix(7) less its closing zero
_READY_WITHIN = 120.0  # seconds; crash recovery after a kill may read much of the log
_STOPS_WITHIN = 30.0  # seconds for a fast shutdown with its checkpoint
_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}

# On the command line, so that no ALTER SYSTEM can undo them. No statement, parameter or value that people wrote reaches
# the log: an error's text may quote a value, so errors of statements are not logged at all (`log` is above `error`).
_SETTINGS = {
    "listen_addresses": "",
    "port": str(_PORT),
    "unix_socket_permissions": "0700",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_destination": "stderr",
    "logging_collector": "off",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "update_process_title": "off",
    "password_encryption": "scram-sha-256",
    "shared_buffers": "128MB",
    "max_connections": "100",
}
_NOT_DURABLE = {"fsync": "off", "full_page_writes": "off", "shared_buffers": "32MB"}


@dataclass(frozen=True, slots=True)
class Preparation:
    """What `prepare` changed: folders that others may now pass through, and the orphan it stopped, if there was one."""

    opened: list[Path]
    orphan: int | None


class Postgres:
    """One PostgreSQL under `folder` (made if it is missing): its cluster in `data/`, its socket in `run/`.

    As root, these two belong to the account that runs it; `folder` stays ours, so nothing in it can be planted.

    `password` is the superuser's; it is set when the cluster is made and never changes. `durable=False` trades safety
    against power cuts (not against kills) for speed: for tests. What it prints is appended to `log`.
    """

    def __init__(self, folder: Path, *, password: str, log: Path, durable: bool = True) -> None:
        self._folder = folder.resolve()
        self._cluster = self._folder / "data"
        self._password = password
        self._log = log
        self._durable = durable
        self._settings = _SETTINGS if durable else _SETTINGS | _NOT_DURABLE
        self._programs = postgres_installation()
        try:
            self._account: Account | None = postgres_account()
        except LookupError:
            raise NoAccountForPostgres from None
        self._child: subprocess.Popen[bytes] | None = None
        self._socket_folder = self._folder / "run"

    def prepare(self) -> Preparation:
        """Make the cluster if there is none, clear what a killed run left, and tell what was changed."""
        if not self._folder.exists():
            self._folder.mkdir(parents=True)
            self._folder.chmod(0o711 if self._account else 0o700)
        opened: list[Path] = []
        if self._account:
            opened += open_the_way(self._cluster, self._account)
            opened += open_the_way(self._programs, self._account)
            open_programs(self._programs, self._account)
        orphan = clear_leftovers(self._cluster)
        if not self._cluster.exists():
            self._make_cluster()
        self._socket_folder = self._choose_socket_folder()
        return Preparation(opened, orphan)

    def start(self, *, unless: Callable[[], bool] = lambda: False) -> None:
        """Start it and return when it answers. Raises PostgresDidNotStart if it ends, hangs, or `unless` comes true."""
        settings = self._settings | {"unix_socket_directories": str(self._socket_folder)}
        argv = [str(self._programs / "bin" / "postgres"), "-D", str(self._cluster)]
        for name, value in settings.items():
            argv += ["-c", f"{name}={value}"]
        child = spawn(
            argv,
            env=_ENVIRONMENT,
            cwd=self._cluster,
            log=self._log,
            account=self._account,
            death_signal=signal.SIGINT,  # the supervisor was killed: stop at once, but in order
        )
        self._child = child
        if not wait_until(self.answers, seconds=_READY_WITHIN, unless=lambda: child.poll() is not None or unless()):
            self.stop()
            raise PostgresDidNotStart(log=str(self._log))

    def stop(self) -> None:
        """Close all connections, write a checkpoint and end; immediately if that takes too long."""
        if self._child:
            stop(self._child, (signal.SIGINT, _STOPS_WITHIN), (signal.SIGQUIT, 10.0))
            self._child = None

    def close(self) -> None:
        """Stop for good: the short socket folder goes too, if there was one."""
        self.stop()
        if self._socket_folder != self._folder / "run":
            shutil.rmtree(self._socket_folder, ignore_errors=True)

    @property
    def pid(self) -> int | None:
        """The running server's process, or None when it has ended or was not started."""
        return self._child.pid if self._child and self._child.poll() is None else None

    @property
    def is_made(self) -> bool:
        """Whether there is a cluster already, which only its old password opens."""
        return self._cluster.exists()

    @property
    def admin_url(self) -> str:
        """The superuser's address: for bootstrap alone."""
        return self.url(SUPERUSER, self._password, "postgres")

    def url(self, role: str, password: str, database: str) -> str:
        """An SQLAlchemy address for `role`. Holds the password: keep it out of logs and command lines."""
        where = urlencode({"host": str(self._socket_folder), "port": _PORT})
        return f"postgresql+psycopg://{quote(role)}:{quote(password, safe='')}@/{quote(database)}?{where}"

    def answers(self) -> bool:
        """Whether it takes connections now."""
        address = f"host={self._socket_folder} port={_PORT} user={SUPERUSER} connect_timeout=5"
        return PGconn.ping(address.encode()) == Ping.OK  # asks without signing in

    def _make_cluster(self) -> None:
        """Run initdb beside the final place and move it there when it is whole: a kill leaves no half cluster."""
        unfinished = self._folder / "data.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700)
        self._give(unfinished)
        password_file = self._folder / "password"
        password_file.unlink(missing_ok=True)
        password_file.touch(mode=0o600, exist_ok=False)
        password_file.write_text(self._password, encoding="ascii")
        self._give(password_file)
        argv = [str(self._programs / "bin" / "initdb"), "-D", str(unfinished), f"--username={SUPERUSER}"]
        argv += ["--auth=scram-sha-256", f"--pwfile={password_file}", "--encoding=UTF8", "--no-instructions"]
        # the provider inside PostgreSQL: sorts the same on every machine, also where no C.UTF-8 is installed
        argv += ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        if not self._durable:
            argv.append("--no-sync")
        try:
            child = spawn(argv, env=_ENVIRONMENT, cwd=self._folder, log=self._log, account=self._account)
            if child.wait() != 0:
                raise PostgresDidNotStart(log=str(self._log))
        finally:
            password_file.unlink(missing_ok=True)
        (unfinished / "pg_hba.conf").write_text("local all all scram-sha-256\n", encoding="ascii")
        unfinished.rename(self._cluster)

    def _choose_socket_folder(self) -> Path:
        """`run/` beside the cluster; where that path is too long a short 0700 folder, noted in `socket_folder`."""
        note = self._folder / "socket_folder"
        if note.exists():
            shutil.rmtree(note.read_text(encoding="utf-8"), ignore_errors=True)  # of a run that was killed
            note.unlink()
        folder = self._folder / "run"
        if len(os.fsencode(folder / f".s.PGSQL.{_PORT}")) > _LONGEST_SOCKET_PATH:
            folder = Path(tempfile.mkdtemp(prefix="amparo-", dir="/tmp"))
            note.write_text(str(folder), encoding="utf-8")
        folder.mkdir(mode=0o700, exist_ok=True)
        self._give(folder)
        return folder

    def _give(self, path: Path) -> None:
        if self._account:
            os.chown(path, self._account.uid, self._account.gid)
