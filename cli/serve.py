"""The processes that the supervisor runs: a door, or the worker. Started by `amparo up`, with their own secrets."""

from typing import Annotated, Literal

import typer

# Each process imports only what it serves: a door neither Prefect nor the embedded PostgreSQL, the worker no door.


def serve(door: Annotated[Literal["council"], typer.Argument(help="Which door.")]) -> None:
    """Serve one door until INT or TERM."""
    from api.serve import serve as serve_door

    serve_door(door)


def worker() -> None:
    """Sweep what is due until INT or TERM, through Prefect when it is there."""
    from flows.worker import work

    work()
