"""The processes that the supervisor runs: a door, or the worker. Started by `amparo up`, with their own secrets."""

import sys
from typing import Annotated, Literal

import typer

from cli.refuse import refuse
from policies.refusal import Refusal
from settings import Settings, secret_in

# Each process imports only what it serves: a door neither Prefect nor the embedded PostgreSQL, the worker no door.


def serve(door: Annotated[Literal["council"], typer.Argument(help="Which door.")]) -> None:
    """Serve one door until INT or TERM."""
    from actions.office import open_office
    from actions.sessions import read_server_key
    from api.serve import serve as serve_door

    settings = Settings()
    if settings.house_url_file is None or settings.environment is None or settings.council_key_file is None:
        sys.exit("a door is started by `amparo up`, which gives it its address and its key")
    try:
        office = open_office(
            secret_in(settings.house_url_file), database="house", environment=settings.environment, pack=settings.pack
        )
        server_key = read_server_key(settings.council_key_file)
    except Refusal as refusal:
        sys.exit(refuse(refusal, settings.lang, code=1))
    serve_door(door, office, server_key=server_key, host=settings.council_host, port=settings.council_port)


def worker() -> None:
    """Sweep what is due until INT or TERM, through Prefect when it is there."""
    from flows.worker import work

    work()
