"""`amparo people`: who works here, in which office, who is away. An operator's acts, each with its line in the ledger."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

import typer

from cli.refuse import refuse
from policies.refusal import Refusal
from policies.said import Fact, Said
from settings import Settings
from web.messages import LANGUAGES, Messages

if TYPE_CHECKING:  # SQLAlchemy takes a second to load, which every other command would pay: so the rest is imported where used
    from actions.office import Office
    from actions.people import Listed

app = typer.Typer(help="Who works here, in which office, who is away.", no_args_is_help=True)
Database = Literal["house", "ombuds"]
_KEY_OF: dict[Database, str] = {"house": "council.key", "ombuds": "desk.key"}
_DAY = ["%Y-%m-%d"]


class PassphrasesDiffer(Refusal):
    """What was typed the second time is not what was typed the first time."""

    code: ClassVar[str] = "passphrases_differ"
    status: ClassVar[int] = 422


class NoPassphrase(Refusal):
    """The file with the passphrase cannot be read."""

    code: ClassVar[str] = "no_passphrase"
    status: ClassVar[int] = 422


Who = Annotated[str, typer.Argument(help="The login, or the name if only one person has it.", show_default=False)]
Role = Annotated[str, typer.Option("--role", metavar="R", help="An office of the pack.", show_default=False)]
From = Annotated[datetime | None, typer.Option("--from", metavar="D", formats=_DAY, help="First day; else today.")]
Until = Annotated[datetime | None, typer.Option("--until", metavar="D", formats=_DAY, help="First day no longer; else open.")]
Data = Annotated[Path | None, typer.Option("--data", metavar="DIR", help="Folder that holds the installation.")]
At = Annotated[Database, typer.Option("--database", help="At whose doors.")]
Lang = Annotated[str | None, typer.Option("--lang", help="en, es, pt or fr.")]


@app.command("add")
def add(
    name: Annotated[str, typer.Argument(help="As people know them.", show_default=False)],
    role: Annotated[list[str], typer.Option("--role", metavar="R", help="An office; repeat.", show_default=False)],
    login: Annotated[str, typer.Option("--login", metavar="L", help="What they sign in by.", show_default=False)],
    mail: Annotated[str | None, typer.Option("--mail", metavar="M", help="Where notices go; else none are sent.")] = None,
    language: Annotated[Literal["en", "es", "pt", "fr"], typer.Option("--language", help="What they read.")] = "en",
    start: From = None,
    passphrase_file: Annotated[Path | None, typer.Option(help="Its first line, instead of asking.")] = None,
    data: Data = None,
    database: At = "house",
    lang: Lang = None,
) -> None:
    """Add a person with an account and their offices; print, once, what their authenticator needs."""
    with _office(data, database, lang) as office:
        from actions.people import Newcomer
        from actions.people import add as add_person
        from actions.sessions import read_server_key

        key = read_server_key((data or Settings().data) / "secrets" / _KEY_OF[database])
        told = _passphrase(passphrase_file, lang)
        newcomer = Newcomer(name, tuple(role), login, told, mail=mail, language=language, from_on=_day(start))
        enrolled = add_person(office, newcomer, key)
        print(_say(lang, "people.added"))
        print(enrolled.totp_address)


@app.command("list")
def show(
    data: Data = None,
    database: At = "house",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    lang: Lang = None,
) -> None:
    """Show everybody with their offices, and who is away today."""
    with _office(data, database, lang) as office:
        from actions.people import everybody

        found = everybody(office)
    if as_json:
        print(json.dumps([_plain(each) for each in found], ensure_ascii=False, indent=2))
        return
    for line in (line for each in found for line in _lines(each, lang)):
        print(line)
    if not found:
        print(_say(lang, "people.none"))


@app.command("appoint")
def appoint(
    who: Who,
    role: Role,
    start: From = None,
    until: Until = None,
    data: Data = None,
    database: At = "house",
    lang: Lang = None,
) -> None:
    """Put a person into an office."""
    with _office(data, database, lang) as office:
        from actions import people

        people.appoint(office, who, role, from_on=_day(start), until_on=_day(until))
        print(_say(lang, "people.written"))


@app.command("end")
def end(
    who: Who,
    role: Role,
    on: Annotated[
        datetime | None, typer.Option("--on", metavar="D", formats=_DAY, help="First day out of office; else today.")
    ] = None,
    data: Data = None,
    database: At = "house",
    lang: Lang = None,
) -> None:
    """End a person's appointment."""
    with _office(data, database, lang) as office:
        from actions import people

        people.end(office, who, role, on=_day(on))
        print(_say(lang, "people.written"))


@app.command("away")
def away(who: Who, start: From = None, until: Until = None, data: Data = None, database: At = "house", lang: Lang = None) -> None:
    """Record that a person is away: what is late with them is handed over by itself."""
    with _office(data, database, lang) as office:
        from actions import people

        people.away(office, who, from_on=_day(start), until_on=_day(until))
        print(_say(lang, "people.written"))


@app.command("back")
def back(who: Who, data: Data = None, database: At = "house", lang: Lang = None) -> None:
    """Record that a person is back today."""
    with _office(data, database, lang) as office:
        from actions import people

        people.back(office, who)
        print(_say(lang, "people.written"))


@app.command("leaving")
def leaving(
    data: Data = None, as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False, lang: Lang = None
) -> None:
    """Show who of the ombudsperson's office was told that their time ends, and whether all is settled: no number."""
    with _office(data, "ombuds", lang) as office:
        from actions.terms_desk import told_of

        found = told_of(office)
    if as_json:
        told = [{"name": one.who.name, "last": one.last_on.isoformat(), "done": one.done} for one in found]
        print(json.dumps(told, ensure_ascii=False, indent=2))
        return
    for one in found:
        print(_say(lang, "people.leaves_done" if one.done else "people.leaves_open", name=one.who.name, day=one.last_on))
    if not found:
        print(_say(lang, "people.nobody_leaves"))


@contextmanager
def _office(data: Path | None, database: Database, lang: str | None) -> Iterator["Office"]:
    """The owner's office of a database: only the owner may write down people. A refusal is said and ends the program."""
    from cli.installation import offices

    try:
        with offices(data, "owner") as opened:
            yield opened[database]
    except Refusal as refusal:
        sys.exit(refuse(refusal, lang))


def _passphrase(file: Path | None, lang: str | None) -> str:
    """The first line of a file, else asked for twice without showing it. Raises PassphrasesDiffer, NoPassphrase."""
    if file is not None:
        try:
            return file.read_text(encoding="utf-8").split("\n", 1)[0]
        except (OSError, UnicodeDecodeError):
            raise NoPassphrase(file=str(file)) from None
    first: str = typer.prompt(_say(lang, "people.passphrase"), hide_input=True, err=True)
    again: str = typer.prompt(_say(lang, "people.passphrase_again"), hide_input=True, err=True)
    if first != again:
        raise PassphrasesDiffer()
    return first


def _say(lang: str | None, key: str, **facts: Fact) -> str:
    return Messages(lang if lang in LANGUAGES else Settings().lang).say(Said(key, facts))


def _day(typed: datetime | None) -> date | None:
    return typed.date() if typed else None


def _lines(each: "Listed", lang: str | None) -> Iterator[str]:
    account = each.login or _say(lang, "people.no_account")
    yield f"{each.name}, {account}" + (f" ({_say(lang, 'people.away')})" if each.away else "")
    for held in each.offices:
        days: dict[str, Fact] = {"role": held.role, "since": held.from_on}
        if held.until_on is None:
            yield "  " + _say(lang, "people.office_open", **days)
        else:
            yield "  " + _say(lang, "people.office_until", until=held.until_on, **days)


def _plain(each: "Listed") -> dict[str, object]:
    offices = [
        {"role": held.role, "from": held.from_on.isoformat(), "until": held.until_on and held.until_on.isoformat()}
        for held in each.offices
    ]
    return {"id": str(each.id), "name": each.name, "login": each.login, "away": each.away, "offices": offices}
