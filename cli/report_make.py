"""`amparo report make`: the report of a period as it would go out today, in every form, for an operator to look at.

It reads a running house and writes a folder. It releases nothing, and what somebody could be found in it does not write.
"""

import sys
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ClassVar, Final

import typer

from cli.refuse import refuse, spoken
from cli.report_attack import BROKEN, OBJECT, UNREADABLE, rules_of, tell_without_numbers
from policies.refusal import Refusal
from policies.reports import ReportPeriod, ReportRules
from policies.said import Fact, Said
from settings import Settings
from web.messages import LANGUAGES, Messages

if TYPE_CHECKING:  # what counts, protects and draws takes seconds to load, which every other command would pay
    from actions.office import Database
    from reports.protection import Protected
    from reports.shape import Report


class Kind(StrEnum):
    """The reports there are."""

    OMBUDS = "ombuds"
    ANNEX = "annex"
    MANDATES = "mandates"


DATABASE: "Final[dict[Kind, Database]]" = {Kind.OMBUDS: "ombuds", Kind.ANNEX: "ombuds", Kind.MANDATES: "house"}


class PeriodNotReported(Refusal):
    """The house makes no such report for a period of this length. Names the periods of that year for which it does."""

    code: ClassVar[str] = "period_not_reported"
    status: ClassVar[int] = 422


class OutNotEmpty(Refusal):
    """The folder holds something already."""

    code: ClassVar[str] = "out_not_empty"
    status: ClassVar[int] = 422


class OutUnwritable(Refusal):
    """Nothing can be written there."""

    code: ClassVar[str] = "out_unwritable"
    status: ClassVar[int] = 422


class HouseAsleep(Refusal):
    """There is an installation, and its database does not answer: what would be counted lies in it."""

    code: ClassVar[str] = "house_asleep"
    status: ClassVar[int] = 503


def make(
    kind: Annotated[Kind, typer.Option("--kind", help="Which report.", show_default=False)],
    period: Annotated[str, typer.Option("--period", metavar="P", help="2026, 2026-H1 or 2026-Q3.", show_default=False)],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="A new or empty folder for the files.", show_default=False)],
    lang: Annotated[str | None, typer.Option("--lang", metavar="L", help="In this language alone: en, es, pt or fr.")] = None,
    data: Annotated[Path | None, typer.Option("--data", metavar="DIR", help="Folder that holds the installation.")] = None,
) -> None:
    """Count, protect, attack, and write the report of a period. Exit 1: somebody could be found in it, and nothing is written."""
    messages = spoken(lang)
    try:
        _require_reported(rules_of(Settings().pack), kind, period)
        _require_empty(out)
        print(messages.say(Said("report_cli.make.counting", {"period": period})), file=sys.stderr)
        made, over = _made(data, kind, period)
        _say_made(made, messages, over=over)
        if made.findings.clean:
            _write(out, _files(made.report, [lang] if lang else LANGUAGES), messages)
    except Refusal as refusal:
        sys.exit(refuse(refusal, lang, code=UNREADABLE))
    sys.exit(0 if made.findings.clean else BROKEN)


def _require_reported(rules: ReportRules, kind: Kind, code: str) -> None:
    """Raise NoSuchReport for what is no period, PeriodNotReported for one of a length this report is not made for."""
    period = ReportPeriod.named(code)
    policy = rules.reports.get(kind.value)
    spans = [each.span for each in policy.cadences] if policy else []
    if period.span not in spans:
        known = ", ".join(one for span in spans for one in _of_year(ReportPeriod(span=span, year=period.year)))
        raise PeriodNotReported(report=kind.value, period=period.code, periods=known or "-")


def _of_year(period: ReportPeriod) -> Iterator[str]:
    """The codes of all periods of this length in a year; `period` is the first."""
    year = period.year
    while period.year == year:
        yield period.code
        period = period.next


def _require_empty(out: Path) -> None:
    try:
        if out.exists() and (not out.is_dir() or any(out.iterdir())):
            raise OutNotEmpty(folder=str(out))
    except OSError:
        raise OutUnwritable(folder=str(out)) from None


def _made(data: Path | None, kind: Kind, period: str) -> "tuple[Protected, bool]":
    from actions.office import DatabaseAway
    from actions.report_preview import preview
    from cli.installation import offices

    try:
        with offices(data, "reports") as opened:
            return preview(opened[DATABASE[kind]], kind.value, period)
    except DatabaseAway:
        raise HouseAsleep(folder=str(data or Settings().data)) from None


def _say_made(made: "Protected", messages: Messages, *, over: bool) -> None:
    """What is said, what is hidden, how much of it all is published; what the attacker found, and what would mend it."""
    report = made.report
    told: dict[str, Fact] = {"series": report.series, "edition": report.edition, "tables": len(report.tables)}
    print(messages.say(Said("report_cli.make.made", told)))
    if not over:
        print(messages.say(Said("report_cli.make.not_over", {"day": report.period.to_on})))
    shares = {"cells": round(100 * made.utility.cells), "cases": round(100 * made.utility.cases)}
    print(messages.say(Said("report_cli.make.utility", shares)))
    small = [table.name for table in report.tables if table.state == "too_small"]
    if small:
        print(messages.say(Said("report_cli.make.too_small", {"tables": ", ".join(_called(name, messages) for name in small)})))
    tell_without_numbers(made.findings, messages)
    for said in made.mending:
        params = {name: _called(value, messages) if name == "table" else value for name, value in said.params.items()}
        print(f"- {messages.say(Said(said.key, params))}")
    if not made.findings.clean:
        print(messages.say(Said("report_cli.make.nothing_written")))


def _called(table: Fact, messages: Messages) -> str:
    """What people call a table; its name where nobody called it anything."""
    key = f"report.table.{table}"
    return messages.say(Said(key)) if key in messages else str(table)


def _files(report: "Report", languages: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """The files of a report by name, in some languages, each made when it is asked for."""
    from reports.form.page import render_html
    from reports.form.paper import render_pdf
    from reports.form.schema import schema
    from reports.form.sheet import render_csv, render_dictionary

    yield OBJECT, report.written().encode()
    yield "report.schema.json", schema().encode()
    for lang in languages:
        yield f"report.{lang}.html", render_html(report, lang).encode()
        yield f"report.{lang}.pdf", render_pdf(report, lang)
        yield f"report.{lang}.csv", render_csv(report, lang).encode()
        yield f"dictionary.{lang}.csv", render_dictionary(report, lang).encode()


def _write(out: Path, files: Iterator[tuple[str, bytes]], messages: Messages) -> None:
    """Write new files; what is there already is never overwritten. Raises OutUnwritable."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, content in files:
            with (out / name).open("xb") as file:
                file.write(content)
            print(messages.say(Said("report_cli.make.written", {"file": name})), file=sys.stderr)
    except OSError:
        raise OutUnwritable(folder=str(out)) from None
    print(out)
