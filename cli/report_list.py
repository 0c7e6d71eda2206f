"""`amparo report list`: what is out, what is under way, and since when or until when."""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

from cli.refuse import refuse, spoken
from policies.refusal import Refusal
from policies.said import Said
from web.messages import Messages

if TYPE_CHECKING:  # SQLAlchemy takes a second to load, which every other command would pay: so the rest is imported where used
    from actions.report_listing import Out, UnderWay


def list_all(
    data: Annotated[Path | None, typer.Option("--data", metavar="DIR", help="Folder that holds the installation.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
    lang: Annotated[str | None, typer.Option("--lang", metavar="L", help="en, es, pt or fr.")] = None,
) -> None:
    """List the reports that are out and those under way, with states and dates."""
    from actions.report_listing import out, under_way
    from cli.installation import offices

    messages = spoken(lang, as_json=as_json)
    try:
        with offices(data, "flows") as opened:
            released = out(opened["house"], opened["ombuds"])
            waiting = [*under_way(opened["ombuds"]), *under_way(opened["house"])]
    except Refusal as refusal:
        sys.exit(refuse(refusal, lang, as_json=as_json))
    if as_json:
        facts = {"released": [asdict(each) for each in released], "under_way": [asdict(each) for each in waiting]}
        print(json.dumps(facts, default=str, ensure_ascii=False, indent=2))
        return
    _tell(released, waiting, messages)


def _tell(released: "Sequence[Out]", waiting: "Sequence[UnderWay]", messages: Messages) -> None:
    if not released and not waiting:
        print(messages.say(Said("report_cli.list.none")))
    if waiting:
        grid = _grid(messages, "release", "state", "due")
        for each in waiting:
            key = f"report_cli.list.{'late' if each.late else 'due'}"
            due = "" if each.due_on is None else messages.say(Said(key, {"day": each.due_on}))
            grid.add_row(Text(f"{each.series}/{each.edition}"), _state("report", each.state, messages), due)
        Console().print(grid)
    if released:
        grid = _grid(messages, "release", "released", "symbol", "files", "state")
        for one in released:
            day = messages.say(Said("report_cli.list.day", {"day": one.released_on}))
            files = messages.say(Said(f"report_cli.list.{'written' if one.written else 'not_written'}"))
            state = "" if one.state is None else _state("transmittal", one.state, messages)
            grid.add_row(Text(f"{one.series}/{one.edition}"), day, one.symbol or "", files, state)
        Console().print(grid)


def _state(kind: str, state: str, messages: Messages) -> str:
    key = f"state.{kind}.{state}"
    return messages.say(Said(key)) if key in messages else state


def _grid(messages: Messages, *columns: str) -> Table:
    return Table(*(Column(messages.say(Said(f"report_cli.column.{name}")), overflow="fold") for name in columns))
