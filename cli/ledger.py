"""`amparo ledger`: hand out copies, keys, heads and proofs of a ledger, and check them. Checking needs no installation."""

import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal
from uuid import UUID

import typer

from cli import ledger_verify
from cli.refuse import refuse
from policies.refusal import Refusal
from policies.said import Fact, Said
from settings import Settings
from web.messages import LANGUAGES, Messages

if TYPE_CHECKING:  # SQLAlchemy takes a second to load, which every other command would pay: so the rest is imported where used
    from actions.office import Office

app = typer.Typer(help="Copies of a ledger for people outside, and the check of them.", no_args_is_help=True)
Log = Literal["house", "ombuds"]

Which = Annotated[Log, typer.Option("--log", help="Which ledger.", show_default=False)]
Data = Annotated[Path | None, typer.Option("--data", metavar="DIR", help="Folder that holds the installation.")]
Lang = Annotated[str | None, typer.Option("--lang", help="en, es, pt or fr.")]
Out = Annotated[Path, typer.Argument(help="The file to write.", show_default=False)]


class OutNotWritten(Refusal):
    """What was asked for cannot be written to that place."""

    code: ClassVar[str] = "out_not_written"
    status: ClassVar[int] = 422


class NoSuchName(Refusal):
    """What should name an entry is neither a place in the export nor an id."""

    code: ClassVar[str] = "no_such_name"
    status: ClassVar[int] = 422


@app.command()
def export(out: Out, log: Which, data: Data = None, lang: Lang = None) -> None:
    """Write a copy that anybody can check: the house's entries in clear, of the office's the leaves only."""
    with _office(data, log, lang) as office:
        from actions.ledger import exported
        from actions.ledger_keys import public_keys
        from records.ledger import public_line

        with exported(office, public_keys(_key_file(data, log))[0]) as (lines, last):
            _write(out, lines)
        print(_say(lang, "ledger.export.written", path=str(out), leaves=last.head.size, day=last.head.office_date))
        print(public_line(last.head))


@app.command()
def key(log: Which, data: Data = None, lang: Lang = None) -> None:
    """Print the public keys that check this ledger's heads: the one in use first, then those it replaced."""
    from actions.ledger_keys import public_keys

    try:
        for each in public_keys(_key_file(data, log)):
            print(bytes(each).hex())
    except Refusal as refusal:
        sys.exit(refuse(refusal, lang))


@app.command()
def head(
    log: Which,
    data: Data = None,
    as_json: Annotated[bool, typer.Option("--json", help="The whole signed head, to be kept for a later check.")] = False,
    lang: Lang = None,
) -> None:
    """Print the newest head as a report does: ledger, date, root."""
    with _office(data, log, lang) as office:
        from actions.ledger import newest_head
        from records.ledger import public_line
        from records.ledger.entries import canonical

        signed = newest_head(office)
        print(canonical(signed.as_plain()).decode() if as_json else public_line(signed.head))


@app.command()
def prove(
    out: Out,
    entry: Annotated[str, typer.Option("--entry", metavar="ID", help="Its id, or its index in an export.", show_default=False)],
    log: Which = "house",
    data: Data = None,
    lang: Lang = None,
) -> None:
    """Write the proof that one entry of the house's ledger stands under its newest head."""
    with _office(data, log, lang) as office:
        from actions.ledger import prove_entry

        _write(out, [prove_entry(office, _named(entry))])
        print(_say(lang, "ledger.proof.written", path=str(out)))


@app.command()
def fold(
    log: Which,
    after_outage: Annotated[bool, typer.Option("--after-outage", help="So many days were really missed.")] = False,
    data: Data = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    lang: Lang = None,
) -> None:
    """Close the days that are over, as the worker does by itself."""
    with _office(data, log, lang) as office:
        from actions import ledger
        from actions.ledger_keys import signing_key

        done = ledger.fold(office, signing_key(_key_file(data, log)), after_outage=after_outage)
        told = {"heads": done.heads, "leaves": done.leaves}
        print(json.dumps(told) if as_json else _say(lang, "ledger.folded", **told))


app.command()(ledger_verify.verify)
app.command("check-proof")(ledger_verify.check_proof)


@contextmanager
def _office(data: Path | None, log: Log, lang: str | None) -> Iterator["Office"]:
    """One database's office as the role that folds. A refusal is said and ends the program."""
    from cli.installation import offices

    try:
        with offices(data, "flows") as opened:
            yield opened[log]
    except Refusal as refusal:
        sys.exit(refuse(refusal, lang))


def _key_file(data: Path | None, log: Log) -> Path:
    return (data or Settings().data) / "secrets" / f"ledger-{log}.key"


def _named(entry: str) -> UUID | int:
    try:
        return int(entry) if entry.isdecimal() and len(entry) < 19 else UUID(entry)
    except ValueError:
        raise NoSuchName() from None


def _write(out: Path, lines: Iterable[str]) -> None:
    """Write `out` whole or not at all: a copy that broke off looks like one that was cut."""
    fresh = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        with fresh.open("w", encoding="utf-8") as file:
            file.writelines(lines)
        fresh.replace(out)
    except OSError:
        raise OutNotWritten(path=str(out)) from None
    finally:
        fresh.unlink(missing_ok=True)


def _say(lang: str | None, key: str, **facts: Fact) -> str:
    return Messages(lang if lang in LANGUAGES else Settings().lang).say(Said(key, facts))
