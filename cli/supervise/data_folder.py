"""The folder that holds one installation: what it is for, who works in it now, and its secrets."""

import errno
import fcntl
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cli.supervise.troubles import (
    DiskFull,
    FolderInUse,
    FolderNotOurs,
    FolderNotWritable,
    FolderOfAnotherEnvironment,
    FolderOfOthers,
)
from settings import Environment

LEAST_FREE = 200 * 1024 * 1024
"""Bytes that must be free before anything is started: room for the first database and its log."""

_HARMLESS = {"lock", "lost+found"}  # what an interrupted first start, or a mounted disk, may have left
_DEFAULT: Environment = "demo"


class DataFolder:
    """A data folder that is ours, with the files and folders that each part of the installation keeps in it."""

    def __init__(self, path: Path, environment: Environment) -> None:
        self.path = path
        self.environment = environment
        self.endpoints = path / "endpoints.json"
        self.logs = path / "logs"
        self.releases = path / "releases"
        self._secrets = path / "secrets"

    def log(self, name: str) -> Path:
        """The file that what `name` prints is appended to."""
        return self.logs / f"{name}.log"

    def secret(self, name: str, *, before: str = "") -> str:
        """Return the random word kept under `name`, made at the first call; `before` is written in front of a new one."""
        file = self._secrets / name
        if not file.exists():
            write_atomically(file, before + secrets.token_urlsafe(32) + "\n")
        return file.read_text(encoding="ascii").strip()

    def secret_file(self, name: str, text: str | None = None) -> Path:
        """The 0600 file of `name`; holding `text` from now on, if it is given."""
        file = self._secrets / name
        if text is not None:
            write_atomically(file, text + "\n")
        return file

    def key_file(self, name: str) -> Path:
        """The 0600 file of a key of 32 random bytes, made at the first call."""
        file = self._secrets / name
        if not file.exists():
            write_atomically(file, secrets.token_bytes(32))
        return file


def is_made(path: Path) -> bool:
    """Whether it was fixed what the folder `path` is for."""
    return (path / "environment").exists()


@contextmanager
def occupied(path: Path, wanted: Environment | None, *, least_free: int = LEAST_FREE) -> Iterator[DataFolder]:
    """Hold the data folder `path` alone, making it if it is missing, until the block ends; a death frees it.

    A folder's environment is fixed when it is made: `wanted` must be the same, or None. Raises a CannotRun for each
    thing that stands in the way, and has then changed nothing but, at most, made an empty folder.
    """
    _make(path)
    _check_room(path, least_free)
    with _locked(path):
        kept = _kept_environment(path)
        if kept and wanted and kept != wanted:
            raise FolderOfAnotherEnvironment(folder=str(path), kept=kept, wanted=wanted)
        folder = DataFolder(path.resolve(), kept or wanted or _DEFAULT)
        if not kept:
            write_atomically(path / "environment", folder.environment + "\n")
        for inner in (folder.logs, folder.releases, folder.path / "secrets"):
            inner.mkdir(mode=0o700, exist_ok=True)
        yield folder


def write_atomically(file: Path, content: str | bytes) -> None:
    """Write `file` (0600) so that a reader, or a power cut, finds the old text or the whole new one."""
    fresh = file.with_name(f".{file.name}.new")
    fresh.unlink(missing_ok=True)
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(handle, "wb") as out:
        out.write(content.encode() if isinstance(content, str) else content)
        out.flush()
        os.fsync(out.fileno())
    fresh.rename(file)


def _make(path: Path) -> None:
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = path.stat()
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise FolderNotWritable(folder=str(path)) from None
    if found.st_uid != os.geteuid():
        raise FolderNotOurs(folder=str(path), owner=str(found.st_uid))
    if not os.access(path, os.W_OK | os.X_OK):
        raise FolderNotWritable(folder=str(path))
    names = {entry.name for entry in path.iterdir()}
    if "environment" not in names and names - _HARMLESS:
        raise FolderOfOthers(folder=str(path))


def _check_room(path: Path, least_free: int) -> None:
    free = shutil.disk_usage(path).free
    if free < least_free:
        raise DiskFull(folder=str(path), free=free // 2**20, needed=least_free // 2**20)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    handle = os.open(path / "lock", os.O_RDWR | os.O_CREAT, 0o600)  # never inherited: a child cannot hold it for us
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(handle, 20, 0).decode("ascii", "replace").strip()
            raise FolderInUse(folder=str(path), pid=holder or "?") from None
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode("ascii"), 0)
        yield
    finally:
        os.close(handle)


def _kept_environment(path: Path) -> Environment | None:
    try:
        kept = (path / "environment").read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return None
    for known in ("real", "demo", "test"):
        if kept == known:
            return known
    raise FolderOfOthers(folder=str(path))
