"""The process in which a report is drafted, or written out. Started by the worker's flow, and by nothing else; it says nothing.

`draft DATABASE MATTER` counts with the role of the reports, protects, tries the attack and keeps a draft. `write` takes a
released report on its standard input, needs no database, and writes its folder. The exit code is the whole answer. The first
word is the process id of whoever started it.
"""

import ctypes
import os
import resource
import signal
import sys
from collections.abc import Sequence
from typing import Final, Literal
from uuid import UUID

from policies.refusal import Refusal
from settings import Settings, secret_in

DONE: Final = 0
FAILED: Final = 1
NOT_CONFIGURED: Final = 78
NOT_WRITTEN: Final = 74
DIFFERS: Final = 65
"""EX_CONFIG, EX_IOERR and EX_DATAERR of sysexits.h: not configured; the folder cannot be written; another release is in it."""
_PR_SET_PDEATHSIG: Final = 1
_NICER: Final = 10
"""Doors and worker come first: a report has days."""


class Unconfigured(Exception):
    """A file or folder that this task needs was not named."""


def main(words: Sequence[str]) -> int:
    """Do one task; return the exit code. No text of an error leaves: it could hold a count."""
    try:
        match words:
            case ["draft", "house" | "ombuds" as database, matter]:
                _draft(database, UUID(matter))
            case ["write"]:
                _write(sys.stdin.buffer.read())
            case _:
                return NOT_CONFIGURED
    except Unconfigured:
        return NOT_CONFIGURED
    except OSError:
        return NOT_WRITTEN
    except Refusal as refusal:
        return DIFFERS if refusal.code == "release_differs" else FAILED
    except Exception:  # noqa: BLE001  # whatever it was, the flow learns that it failed and tries again later
        return FAILED
    return DONE


def _draft(database: Literal["house", "ombuds"], matter: UUID) -> None:
    from actions.kernel.sweep import note_error
    from actions.office import open_office
    from actions.report_drafting import draft  # loads the statisticians' libraries

    settings = Settings()
    file = settings.house_url_file if database == "house" else settings.reports_url_file
    if file is None or settings.environment is None:
        raise Unconfigured
    office = open_office(secret_in(file), database=database, environment=settings.environment, pack=settings.pack)
    try:
        draft(office, matter)
    except Exception as error:
        note_error(office, "drafting", error)
        raise
    finally:
        office.engine.dispose()


def _write(written: bytes) -> None:
    from actions.ledger_keys import signing_key
    from actions.report_writing import write_out  # loads what draws and sets pages

    settings = Settings()
    if settings.releases is None or settings.house_ledger_key_file is None:
        raise Unconfigured
    write_out(written, settings.releases, signing_key(settings.house_ledger_key_file))


def _end_with(parent: str) -> None:
    """The kernel ends us when the worker dies, even by `kill -9`; it may have died before this line."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
    if str(os.getppid()) != parent:
        os._exit(FAILED)


if __name__ == "__main__":
    _end_with(sys.argv[1])
    os.nice(_NICER)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core would hold what was counted
    sys.exit(main(sys.argv[2:]))
