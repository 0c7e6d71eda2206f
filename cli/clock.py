"""`amparo clock`: move the office's instant of a demo or test, and wait until everything due on the way has fired."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from cli.refuse import refuse
from policies.refusal import Refusal


def clock(
    to: Annotated[datetime, typer.Option(formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M"], help="Day or instant (UTC).")],
    data: Annotated[Path | None, typer.Option(help="Folder that holds the installation.")] = None,
    jump: Annotated[bool, typer.Option(help="Do not wait for what is due on the way.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    lang: Annotated[str | None, typer.Option(help="en, es, pt or fr.")] = None,
) -> None:
    """Move time forward, in a demo or test only."""
    # here, not above: SQLAlchemy takes a second to load, which every other command would pay
    from actions.director import Director
    from cli.installation import offices

    instant = to.replace(tzinfo=UTC)
    try:
        with offices(data, "flows") as watched, offices(data, "director") as clocks:
            director = Director(list(watched.values()), list(clocks.values()))
            if jump:
                director.jump_to(instant)
            else:
                director.walk_to(instant)
    except Refusal as refusal:
        sys.exit(refuse(refusal, lang, as_json=as_json))
    print(json.dumps({"office_instant": instant.isoformat()}) if as_json else instant.isoformat())
