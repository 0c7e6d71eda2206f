"""`amparo retention`: what an operator says about copies that the program cannot see."""

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from cli.refuse import refuse
from policies.refusal import Refusal
from policies.said import Said
from settings import Settings
from web.messages import LANGUAGES, Messages

app = typer.Typer(help="What is destroyed, and the copies of it.", no_args_is_help=True)


@app.callback()
def retention() -> None:
    """Keep `backups-gone` a command of its own."""


@app.command("backups-gone")
def backups_gone(
    before: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="Every copy made before this day is gone.")],
    data: Annotated[Path | None, typer.Option(help="Folder that holds the installation.")] = None,
    lang: Annotated[str | None, typer.Option(help="en, es, pt or fr.")] = None,
) -> None:
    """Say that no backup made before a day is left. What was destroyed before it gets its second date: today."""
    # here, not above: SQLAlchemy takes a second to load, which every other command would pay
    from actions.retention import confirm_backups_gone
    from cli.installation import offices

    try:
        with offices(data, "owner") as opened:
            told = confirm_backups_gone(opened["ombuds"], before.date())
        messages = Messages(lang if lang in LANGUAGES else Settings().lang)
        print(messages.say(Said("retention.backups_gone", {"count": told, "day": before.date()})))
    except Refusal as refusal:
        sys.exit(refuse(refusal, lang))
