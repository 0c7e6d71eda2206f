"""`amparo up`: start everything and stay."""

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer
from pydantic import ValidationError

from cli.refuse import variable
from policies.refusal import Refusal
from settings import Settings
from web.messages import DEFAULT

_LOOPBACK = "127.0.0.1"  # Prefect's server shows what the flows see: it is never offered to the network


def up(
    data: Annotated[Path | None, typer.Option(help="Folder that holds the installation.")] = None,
    environment: Annotated[
        Literal["real", "demo", "test"] | None, typer.Option(help="What the folder is for; fixed when it is made.")
    ] = None,
    host: Annotated[str | None, typer.Option(help="Address on which the doors listen.")] = None,
    intake_port: Annotated[int | None, typer.Option(min=0, max=65535, help="0 picks a free one.")] = None,
    desk_port: Annotated[int | None, typer.Option(min=0, max=65535, help="0 picks a free one.")] = None,
    council_port: Annotated[int | None, typer.Option(min=0, max=65535, help="0 picks a free one.")] = None,
    prefect_port: Annotated[int | None, typer.Option(min=0, max=65535, help="0 picks a free one.")] = None,
) -> None:
    """Start PostgreSQL, Prefect's server, the worker and the doors; stay until Ctrl-C, INT or TERM.

    When everything answers, DATA/endpoints.json tells where.
    """
    # here, not above: alembic and SQLAlchemy take a second to load, which every other command would pay
    from cli.supervise.doors import DOORS
    from cli.supervise.supervisor import Wanted, supervise
    from cli.supervise.troubles import SettingUnreadable
    from cli.supervise.voice import Voice

    try:
        settings = Settings()
    except ValidationError as wrong:
        Voice(DEFAULT).refuse(SettingUnreadable(setting=variable(wrong)))  # the language is a setting, too
        sys.exit(2)
    doors = {
        "intake": (host or settings.intake_host, _first(intake_port, settings.intake_port)),
        "desk": (host or settings.desk_host, _first(desk_port, settings.desk_port)),
        "council": (host or settings.council_host, _first(council_port, settings.council_port)),
    }
    ports = {"prefect": (_LOOPBACK, _first(prefect_port, settings.prefect_port))}
    wanted = Wanted(
        data=data or settings.data,
        ports=ports | {name: doors[name] for name in DOORS},
        environment=environment or settings.environment,
        pack=settings.pack,
        lang=settings.lang,
    )
    voice = Voice(settings.lang)
    try:
        supervise(wanted, voice)
    except Refusal as refusal:
        voice.refuse(refusal)
        sys.exit(1)


def _first(said: int | None, otherwise: int) -> int:
    return otherwise if said is None else said
