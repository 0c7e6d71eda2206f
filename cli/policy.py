"""`amparo policy`: which rules nobody has checked yet, and whether a folder of rules may be used."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from cli.opening import refuse_unusable
from cli.refuse import refuse, spoken
from policies.pack import PACKS, Pack, load_pack, pack_folder
from policies.refusal import Refusal
from policies.said import Said
from web.messages import Messages

app = typer.Typer(no_args_is_help=True, help="The rules of a house: what is unchecked, and whether they may be used.")

Lang = Annotated[str | None, typer.Option("--lang", metavar="L", help="en, es, pt or fr.")]
AsJson = Annotated[bool, typer.Option("--json", help="For programs.")]


@app.command()
def unverified(
    pack: Annotated[str, typer.Option("--pack", metavar="P", help="Whose rules.")] = "oas",
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """List every value that nobody has read in its source yet."""
    with _refusing(lang, as_json=as_json, code=2) as messages:
        rules = load_pack(pack_folder(pack))
    values = [*rules.unverified()]
    if as_json:
        _print_json([{"name": name, "source": source} for name, source in values])
        return
    for name, source in values:
        print(f"{name}: {source}")
    print(messages.say(Said("policy.unverified", {"pack": pack, "count": len(values)})))


@app.command()
def check(
    folder: Annotated[Path | None, typer.Argument(help="A folder of rules; left out: every pack we bring.")] = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Read rules and join them with the procedures, as a house does before it opens. Exit 1: they may not be used."""
    folders = [folder.absolute()] if folder else sorted(path.parent for path in PACKS.glob("*/office.toml"))
    with _refusing(lang, as_json=as_json, code=1) as messages:
        packs = [_joined(each) for each in folders]
    if as_json:
        _print_json([_facts(pack) for pack in packs])
        return
    for pack in packs:
        print(messages.say(Said("policy.good", _facts(pack))))


def _joined(folder: Path) -> Pack:
    pack = load_pack(folder)
    refuse_unusable(pack)
    return pack


def _facts(pack: Pack) -> dict[str, str | int]:
    return {"pack": pack.code, "edition": pack.edition, "unverified": sum(1 for _ in pack.unverified())}


@contextmanager
def _refusing(lang: str | None, *, as_json: bool, code: int) -> Iterator[Messages]:
    """The language's messages; a refusal inside is said and ends the process, with 2 for a language we do not speak."""
    messages = spoken(lang, as_json=as_json)
    try:
        yield messages
    except Refusal as refusal:
        sys.exit(refuse(refusal, lang, as_json=as_json, code=code))


def _print_json(content: object) -> None:
    print(json.dumps(content, ensure_ascii=False, indent=2))
