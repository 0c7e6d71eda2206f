"""Which account runs PostgreSQL, and the way it needs through the folders above its own."""

import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Account:
    """An account of this machine."""

    name: str
    uid: int
    gid: int


def postgres_account() -> Account | None:
    """Return the account to run PostgreSQL as, or None for our own.

    PostgreSQL refuses to run as root. As root it gets `postgres` if the machine has that account, else `nobody`; no
    account is ever created.
    """
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name, entry.pw_uid, entry.pw_gid)
    raise LookupError("neither postgres nor nobody")


def open_the_way(target: Path, account: Account) -> list[Path]:
    """Let `account` pass through the folders above `target`; return those that were changed.

    Only `o+x`, which lets one pass to a name one knows, never `o+r`, which would let everybody list what is there.
    """
    opened = []
    for folder in reversed(target.resolve().parents):
        if not _may_pass(folder.stat(), account):
            folder.chmod(stat.S_IMODE(folder.stat().st_mode) | stat.S_IXOTH)
            opened.append(folder)
    return opened


def open_programs(root: Path, account: Account) -> None:
    """Let `account` read the installed programs under `root`, which a strict umask may have kept from it.

    They are the public files of a wheel, so reading them tells nothing; no other folder is ever opened for reading.
    """
    if _may_pass(root.stat(), account) and _may_read(root / "bin" / "postgres", account):
        return
    for path in (root, *root.rglob("*")):
        if not path.is_symlink():
            mode = stat.S_IMODE(path.stat().st_mode)
            runs = stat.S_IXOTH if mode & stat.S_IXUSR else 0
            path.chmod(mode | stat.S_IROTH | runs)


def _may_pass(found: os.stat_result, account: Account) -> bool:
    if found.st_uid == account.uid:
        return bool(found.st_mode & stat.S_IXUSR)
    if found.st_gid == account.gid:
        return bool(found.st_mode & stat.S_IXGRP)
    return bool(found.st_mode & stat.S_IXOTH)


def _may_read(path: Path, account: Account) -> bool:
    found = path.stat()
    return found.st_uid == account.uid or bool(found.st_mode & stat.S_IROTH)
