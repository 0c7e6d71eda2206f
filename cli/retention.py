"""`amparo retention`: what was destroyed, and what an operator says about copies that the program cannot see."""

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.refuse import refuse
from policies.refusal import Refusal
from policies.said import Fact, Said
from settings import Settings
from web.messages import LANGUAGES, Messages

if TYPE_CHECKING:
    from actions.certificates import Certificate

app = typer.Typer(help="What was destroyed, and the copies of it.", no_args_is_help=True)
Data = Annotated[Path | None, typer.Option(help="Folder that holds the installation.")]
Lang = Annotated[str | None, typer.Option(help="en, es, pt or fr.")]


@app.command("backups-gone")
def backups_gone(
    before: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="Every copy made before this day is gone.")],
    data: Data = None,
    lang: Lang = None,
) -> None:
    """Say that no backup made before a day is left. What was destroyed before it gets its second date: today."""
    # here, not above: SQLAlchemy takes a second to load, which every other command would pay
    from actions.certificates import confirm_backups_gone
    from cli.installation import offices

    try:
        with offices(data, "owner") as opened:
            told = confirm_backups_gone(opened["ombuds"], before.date())
        print(_say(lang, "retention.backups_gone", count=told, day=before.date()))
    except Refusal as refusal:
        sys.exit(refuse(refusal, lang))


@app.command()
def certificates(
    proof: Annotated[str | None, typer.Option("--proof", metavar="NUMBER", help="Write the proof of this one.")] = None,
    out: Annotated[Path, typer.Option(help="Where the proof is written.")] = Path("proof.json"),
    data: Data = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    lang: Lang = None,
) -> None:
    """List what proves destructions, newest first: number, official or not, two dates. No door shows this list."""
    # here, not above: as in the command before
    from actions.certificates import every, prove
    from cli.installation import offices

    try:
        with offices(data, "owner") as opened:
            office = opened["ombuds"]
            if proof is not None:
                out.write_text(prove(office, proof), encoding="utf-8")
                print(_say(lang, "retention.proof_written", path=str(out)))
                return
            found = every(office)
    except Refusal as refusal:
        sys.exit(refuse(refusal, lang))
    if as_json:
        plain = [{"number": one.number, "track": one.track, "destroyed_on": str(one.destroyed_on)} for one in found]
        gone = ({"backups_gone_on": str(one.backups_gone_on) if one.backups_gone_on else None} for one in found)
        print(json.dumps([one | more for one, more in zip(plain, gone, strict=True)]))
        return
    for line in [_line(lang, one) for one in found] or [_say(lang, "retention.certificates_none")]:
        print(line)


def _line(lang: str | None, one: "Certificate") -> str:
    facts: dict[str, Fact] = {"number": one.number, "track": one.track, "day": one.destroyed_on}
    if one.backups_gone_on is None:
        return _say(lang, "retention.certificate_waiting", **facts)
    return _say(lang, "retention.certificate", **facts, gone=one.backups_gone_on)


def _say(lang: str | None, key: str, **facts: Fact) -> str:
    return Messages(lang if lang in LANGUAGES else Settings().lang).say(Said(key, facts))
