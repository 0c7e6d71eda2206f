"""The command itself: a fresh house, its people, the stories, the table."""

import shutil
import sys
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from policies.refusal import Refusal
from settings import Settings

BEGINS = datetime(2015, 5, 19, 16, 0, tzinfo=UTC)
"""The office's first instant: the day before the first story."""


def demo(
    data: Annotated[Path | None, typer.Option(help="New folder for the demo's house; a temporary one if left out.")] = None,
    once: Annotated[bool, typer.Option(help="Stop when the stories are told; exit 0 only if all went as expected.")] = False,
) -> None:
    """Replay the stories on a house of their own: PostgreSQL, Prefect's server, the worker and the doors."""
    # here, not above: PostgreSQL, Prefect's client and the doors take seconds to load, which every other command would pay
    from cli.demo.performance import Performance
    from cli.supervise.doors import DOORS
    from cli.supervise.supervisor import Wanted, supervise
    from cli.supervise.voice import Voice

    settings = Settings()
    voice = Voice(settings.lang)
    folder = data or Path(tempfile.mkdtemp(prefix="amparo-demo-"))
    console = Console() if sys.stdout.isatty() else Console(width=200)  # a pipe has no width: the table is read in a log
    performance = Performance(console, begins=BEGINS, staff_since=date(2015, 1, 1), once=once)
    ports = dict.fromkeys(("prefect", *DOORS), ("127.0.0.1", 0))
    wanted = Wanted(data=folder, ports=ports, environment="demo", pack=settings.pack, lang=settings.lang)
    try:
        supervise(wanted, voice, play=performance.play)
    except Refusal as refusal:
        voice.refuse(refusal)
        sys.exit(1)
    finally:
        if data is None:
            shutil.rmtree(folder, ignore_errors=True)
    sys.exit(0 if performance.went_well or not once else 1)
