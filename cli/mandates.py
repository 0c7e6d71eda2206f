"""`amparo mandates`: what pasted resolutions ask of whom by when, and whether a published table adds up.

Everything is read or proposed, nothing decided and nothing kept. What a text does not say is written `unknown`.
"""

import sys
from datetime import MAXYEAR, MINYEAR, date
from pathlib import Path
from typing import Annotated, ClassVar

import typer

from cli.cite import NoCitationForms, TextUnreadable
from cli.due import BadCount, day_after
from cli.mandates_said import print_checked, print_extract, print_year
from cli.refuse import refuse, spoken
from policies import citations, mandates, wording
from policies.pack import pack_folder
from policies.refusal import Refusal
from states.registering.adding_up import check_table
from states.registering.among import Read, proposed
from states.registering.extracting import Register
from states.registering.owing import owed_in

FOUND = 1
MISUSED = 2

app = typer.Typer(no_args_is_help=True, help="Operative paragraphs: who owes what by when; proposals; tables added up.")

Pack = Annotated[str, typer.Option("--pack", metavar="P", help="Whose resolutions.")]
Lang = Annotated[str | None, typer.Option("--lang", metavar="L", help="Of the answer: en, es, pt or fr.")]
Wording = Annotated[str | None, typer.Option("--text-lang", metavar="L", help="Of the text; else it is told by its words.")]
Json = Annotated[bool, typer.Option("--json", help="For programs.")]


class NoMandateRules(Refusal):
    """The pack does not say how its house registers mandates."""

    code: ClassVar[str] = "no_mandate_rules"
    status: ClassVar[int] = 422


@app.command("extract")
def extract(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The text of a resolution; - reads the input.")],
    *,
    against: Annotated[
        list[str] | None, typer.Option("--against", metavar="FILE", help="Another text, to find what stands in both.")
    ] = None,
    adopted: Annotated[
        str | None, typer.Option("--adopted", metavar="DAY", help="Its day of adoption, if it is not in the text.")
    ] = None,
    on: Annotated[str | None, typer.Option("--on", metavar="DAY", help="Propose what is expired or current on this day.")] = None,
    text_lang: Wording = None,
    pack: Pack = "oas",
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """Take a resolution apart into operative paragraphs, and propose what each might be. Exit 1: it has none."""
    messages = spoken(lang, as_json=as_json)
    try:
        register = _register(pack)
        one = _read(register, file, text_lang, day_after("--adopted", adopted) if adopted is not None else None)
        others = [_read(register, other, None, None) for other in against or ()]
        found = proposed(one, others, register.rules, day_after("--on", on) if on is not None else None)
    except Refusal as refusal:
        sys.exit(refuse(refusal, lang, as_json=as_json, code=MISUSED))
    print_extract(one, found, messages, as_json=as_json)
    if not found:
        sys.exit(FOUND)


@app.command("owed")
def owed(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Texts of resolutions.")],
    *,
    year: Annotated[int, typer.Option("--year", metavar="Y", help="The year.")],
    text_lang: Wording = None,
    pack: Pack = "oas",
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """Write the table of one year: who owes what by when; apart, what no day is said for."""
    messages = spoken(lang, as_json=as_json)
    try:
        if not MINYEAR <= year <= MAXYEAR:
            raise BadCount(option="--year", longest=MAXYEAR)
        register = _register(pack)
        texts = [_read(register, file, text_lang, None) for file in files]
    except Refusal as refusal:
        sys.exit(refuse(refusal, lang, as_json=as_json, code=MISUSED))
    table = owed_in([(f"{place:06}", read.extract) for place, read in enumerate(texts)], year)
    print_year(table, texts, messages, as_json=as_json)


@app.command("check-table")
def check(
    file: Annotated[str, typer.Argument(metavar="FILE", help="CSV: names first, totals last; - reads the input.")],
    *,
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """Add a table up again: rows, columns and the grand total. Exit 1: something does not agree."""
    messages = spoken(lang, as_json=as_json)
    try:
        checked = check_table(_text(file))
    except Refusal as refusal:
        sys.exit(refuse(refusal, lang, as_json=as_json, code=MISUSED))
    print_checked(checked, messages, as_json=as_json)
    if checked.findings:
        sys.exit(FOUND)


def _register(pack: str) -> Register:
    """The rules of the register and the forms of citation; the rest of the pack may be as it likes."""
    folder = pack_folder(pack)
    if not (folder / "mandates.toml").exists():
        raise NoMandateRules(pack=pack)
    if not (folder / "citations.toml").exists():
        raise NoCitationForms(pack=pack)
    return Register(mandates.load(folder / "mandates.toml"), citations.load(folder / "citations.toml"), wording.load_all())


def _read(register: Register, file: str, language: str | None, adopted: date | None) -> Read:
    text = _text(file)
    found = register.extract(text, language=language, adopted=adopted)
    return Read(found.symbol.canonical if found.symbol else Path(file).name, text, found)


def _text(file: str) -> str:
    """A file as it is, line ends too, so that places are those of the file."""
    try:
        content = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        return content.decode("utf-8")
    except (OSError, UnicodeDecodeError, ValueError):
        raise TextUnreadable() from None
