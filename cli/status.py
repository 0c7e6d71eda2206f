"""`amparo status`: how a running installation is, in counts."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from cli.refuse import refuse
from policies.refusal import Refusal


def status(
    data: Annotated[Path | None, typer.Option(help="Folder that holds the installation.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    lang: Annotated[str | None, typer.Option(help="en, es, pt or fr.")] = None,
) -> None:
    """Show what is due, how late, who swept, and what is stuck. Exit 1 when something needs you."""
    # here, not above: SQLAlchemy takes a second to load, which every other command would pay
    from actions.status import is_well, status_of
    from cli.installation import offices

    try:
        with offices(data, "flows") as opened:
            states = {name: status_of(office) for name, office in opened.items()}
    except Refusal as refusal:
        sys.exit(refuse(refusal, lang, as_json=as_json))
    if as_json:
        print(json.dumps(states))
    else:
        _show(states)
    sys.exit(0 if all(is_well(state) for state in states.values()) else 1)


def _show(states: Mapping[Any, Mapping[str, object]]) -> None:
    table = Table("", *states)
    for name in next(iter(states.values())):
        table.add_row(name, *(str(state[name]) for state in states.values()))
    Console().print(table)


def revive(
    data: Annotated[Path | None, typer.Option(help="Folder that holds the installation.")] = None,
    lang: Annotated[str | None, typer.Option(help="en, es, pt or fr.")] = None,
) -> None:
    """Give duties that were given up after repeated failures another round of attempts."""
    # here, not above: SQLAlchemy takes a second to load, which every other command would pay
    from actions.status import revive_dead
    from cli.installation import offices

    try:
        with offices(data, "flows") as opened:
            print(sum(revive_dead(office) for office in opened.values()))
    except Refusal as refusal:
        sys.exit(refuse(refusal, lang))
