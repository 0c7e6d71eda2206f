"""`amparo report correct`, `redraft`, `withdraw`: mend a report without a holder. The worker drafts and attacks it as always."""

import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.refuse import refuse, spoken
from cli.report_make import HouseAsleep, Kind
from policies.refusal import Refusal
from policies.said import Fact, Said
from settings import Settings

if TYPE_CHECKING:  # SQLAlchemy takes a second to load, which every other command would pay: so the rest is imported where used
    from actions.office import Office
    from actions.report_correcting import Mended


class Because(StrEnum):
    """Why an edition corrects another. Nobody writes words for a report without a holder."""

    FIGURES_WRONG = "figures_wrong"
    FIGURES_RESTATED = "figures_restated"
    RULE_WRONG = "rule_wrong"


KindOption = Annotated[Kind, typer.Option("--kind", help="Which report; one without a holder.", show_default=False)]
PeriodOption = Annotated[str, typer.Option("--period", metavar="P", help="2026, 2026-H1 or 2026-Q3.", show_default=False)]
DataOption = Annotated[Path | None, typer.Option("--data", metavar="DIR", help="Folder that holds the installation.")]
LangOption = Annotated[str | None, typer.Option("--lang", metavar="L", help="en, es, pt or fr.")]


def correct(
    kind: KindOption,
    period: PeriodOption,
    because: Annotated[Because, typer.Option("--because", help="What is wrong with what is out.", show_default=False)],
    data: DataOption = None,
    lang: LangOption = None,
) -> None:
    """Open the next edition of a report that is out. What was published stays as it is."""
    from actions.report_correcting import correct_as_process

    _do("correct", data, lang, lambda house: correct_as_process(house, kind.value, period, because.value))


def redraft(kind: KindOption, period: PeriodOption, data: DataOption = None, lang: LangOption = None) -> None:
    """Take the figures of a draft again in which somebody could be found."""
    from actions.report_correcting import redraft_as_process

    _do("redraft", data, lang, lambda house: redraft_as_process(house, kind.value, period))


def withdraw(kind: KindOption, period: PeriodOption, data: DataOption = None, lang: LangOption = None) -> None:
    """End a correction that is not out yet and is not needed, or in which somebody could be found."""
    from actions.report_correcting import withdraw_as_process

    _do("withdraw", data, lang, lambda house: withdraw_as_process(house, kind.value, period))


def _do(name: str, data: Path | None, lang: str | None, act: "Callable[[Office], Mended]") -> None:
    from actions.office import DatabaseAway
    from cli.installation import offices

    messages = spoken(lang)
    try:
        with offices(data, "flows") as opened:
            done = act(opened["house"])
    except DatabaseAway:
        sys.exit(refuse(HouseAsleep(folder=str(data or Settings().data)), lang))
    except Refusal as refusal:
        sys.exit(refuse(refusal, lang))
    facts: dict[str, Fact] = {"series": done.series, "edition": done.edition, "corrects": done.corrects or ""}
    print(messages.say(Said(f"report_cli.{name}.done", facts)))
