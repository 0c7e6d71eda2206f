"""`amparo closure`: an office is closed on a day that no calendar knew; open duties get new dates, and the ledger says so."""

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from cli.refuse import refuse
from policies.refusal import Refusal


def closure(
    day: Annotated[datetime, typer.Argument(formats=["%Y-%m-%d"], help="The day.")],
    name: Annotated[str, typer.Argument(help="What was announced: a holiday's name, no person's words.")],
    calendar: Annotated[str, typer.Option(help="Code of the calendar, such as US-DC.")],
    data: Annotated[Path | None, typer.Option(help="Folder that holds the installation.")] = None,
    lang: Annotated[str | None, typer.Option(help="en, es, pt or fr.")] = None,
) -> None:
    """Close an office on a day. Prints how many open duties got another date, by database."""
    # here, not above: SQLAlchemy takes a second to load, which every other command would pay
    from actions.closures import announce_closure
    from cli.installation import offices

    try:
        with offices(data, "owner") as opened:
            for database, office in opened.items():
                print(database, announce_closure(office, calendar, day.date(), name))
    except Refusal as refusal:
        sys.exit(refuse(refusal, lang))
