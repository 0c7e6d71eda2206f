"""`amparo report attack`: what anybody can find out who knows everything that was published, and nothing else.

It needs no installation and no database: folders of releases, and the numbers of a pack.
"""

import json
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ClassVar, Final

import typer
from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

from cli.refuse import refuse, spoken
from policies.pack import pack_folder
from policies.reading import read
from policies.refusal import Refusal
from policies.reports import ReportRules
from policies.said import Fact, Said
from web.messages import Messages

if TYPE_CHECKING:  # scipy takes half a second to load, which every other command would pay: so it is imported where it is used
    from reports.attack import Broken, Findings
    from reports.shape import Report

OBJECT: Final = "report.json"
BROKEN, UNREADABLE = 1, 2


class NoReleases(Refusal):
    """No release is in the folder, or in those below it."""

    code: ClassVar[str] = "no_releases"
    status: ClassVar[int] = 422


class NoReportRules(Refusal):
    """The pack says nothing about reports."""

    code: ClassVar[str] = "no_report_rules"
    status: ClassVar[int] = 422


def attack(
    folders: Annotated[list[Path], typer.Argument(metavar="DIR...", help="Releases, or folders that hold some.")],
    pack: Annotated[str, typer.Option("--pack", metavar="P", help="Whose rules say what is too tight.")] = "oas",
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
    lang: Annotated[str | None, typer.Option("--lang", metavar="L", help="en, es, pt or fr.")] = None,
) -> None:
    """Find out all that follows from what was published. Exit 0: nobody is found; 1: somebody is; 2: a file is unreadable."""
    from reports.attack import Bounds
    from reports.attack import attack as find_out

    messages = spoken(lang, as_json=as_json)
    try:
        bounds = Bounds.of(rules_of(pack).disclosure)
        releases = releases_in(folders)
    except Refusal as refusal:
        sys.exit(refuse(refusal, lang, as_json=as_json, code=UNREADABLE))
    if not as_json:
        print(messages.say(Said("report_cli.attack.trying", {"count": len(releases)})), file=sys.stderr)
    found = find_out(releases, bounds)
    if as_json:
        print(json.dumps(found.as_json() | {"releases": [named(each) for each in releases]}, ensure_ascii=False, indent=2))
    else:
        tell(found, messages)
    sys.exit(0 if found.clean else BROKEN)


def rules_of(pack: str) -> ReportRules:
    """What a pack says about reports; the rest of it may be as it likes. Raises PolicyRefused, NoReportRules, RulesUnreadable."""
    file = pack_folder(pack) / "reports.toml"
    if not file.exists():
        raise NoReportRules(pack=pack)
    return read(file, ReportRules)


def releases_in(folders: Sequence[Path]) -> "list[Report]":
    """Every release in or below these folders, each folder once, the earliest period first.

    Raises NoReleases for a folder that holds none, NoReportThere and NotAReport.
    """
    from reports.attack import read_release  # with it comes scipy

    found = {file.resolve(): file for folder in folders for file in _objects(folder)}
    releases = [read_release(file.parent if file.name == OBJECT else file) for file in found.values()]
    return sorted(releases, key=lambda each: (each.period.to_on, each.series, each.edition))


def _objects(folder: Path) -> list[Path]:
    """The `report.json` of a release, or of all below. What is still being written stands in folders that begin with a dot."""
    if folder.is_file() or (folder / OBJECT).is_file():
        return [folder if folder.is_file() else folder / OBJECT]
    found: list[Path] = []
    for place, below, names in os.walk(folder):
        below[:] = sorted(name for name in below if not name.startswith("."))
        found += [Path(place) / OBJECT] if OBJECT in names else []
    if not found:
        raise NoReleases(folder=str(folder))
    return found


def named(release: "Report | Broken") -> str:
    """A release as people and programs name it."""
    return f"{release.series}/{release.edition}"


def tell(found: "Findings", messages: Messages) -> None:
    """Say what was found out, a line a cell."""
    print(messages.say(Said("report_cli.attack.cells", {"cells": found.cells, "protected": found.protected})))
    if found.tightest is not None:
        print(messages.say(Said("report_cli.attack.tightest", {"tightest": found.tightest})))
    _tell_troubles(found, messages)
    print(messages.say(_verdict(found)))
    if found.broken:
        Console().print(_grid(found.broken, messages))


def tell_without_numbers(found: "Findings", messages: Messages) -> None:
    """As `tell`, of what is not published: in which tables somebody could be found and why, never which cell or how close."""
    print(messages.say(Said("report_cli.attack.cells", {"cells": found.cells, "protected": found.protected})))
    _tell_troubles(found, messages)
    print(messages.say(_verdict(found)))
    places = dict.fromkeys((named(each), each.table, _why(each, messages)) for each in found.broken)
    if places:
        grid = _columns(messages, "release", "table", "why")
        for place in places:
            grid.add_row(*map(Text, place))
        Console().print(grid)


def _tell_troubles(found: "Findings", messages: Messages) -> None:
    if found.linear_only:
        print(messages.say(Said("report_cli.attack.linear_only", {"count": found.linear_only})))
    for release in found.inconsistent:
        print(messages.say(Said("report_cli.attack.inconsistent", {"release": release})))


def _verdict(found: "Findings") -> Said:
    if found.broken:
        return Said("report_cli.attack.broken", {"count": len(found.broken)})
    return Said("report_cli.attack.clean" if found.clean else "report_cli.attack.contradictory")


def _grid(broken: "Sequence[Broken]", messages: Messages) -> Table:
    grid = _columns(messages, "release", "table", "cell", "bounds", "why")
    for each in broken:
        shown = (named(each), each.table, cell(each.key), _bounds(each, messages), _why(each, messages))
        grid.add_row(*map(Text, shown))  # texts of files of others: never read as marks of the terminal
    return grid


def _columns(messages: Messages, *names: str) -> Table:
    titles = [messages.say(Said(f"report_cli.column.{name}")) for name in names]
    return Table(*(Column(title, overflow="fold") for title in titles), show_lines=True)


def _why(each: "Broken", messages: Messages) -> str:
    key = f"report_cli.why.{each.why}"
    return messages.say(Said(key)) if key in messages else each.why


def cell(key: Mapping[str, str]) -> str:
    """The key of a cell in one line."""
    return ", ".join(f"{dimension}: {value}" for dimension, value in key.items())


def _bounds(each: "Broken", messages: Messages) -> str:
    if each.high is None:
        return messages.say(Said("report_cli.bounds.from", {"low": each.low}))
    facts: dict[str, Fact] = {"low": each.low, "high": each.high}
    return messages.say(Said("report_cli.bounds.exact" if each.low == each.high else "report_cli.bounds.between", facts))
