"""The processes that the supervisor runs: a door, or the worker. Started by `amparo up`, with their own secrets."""

import sys
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar

import typer

from cli.refuse import refuse
from policies.refusal import Refusal
from settings import Settings, secret_in

if TYPE_CHECKING:
    from actions.office import Office, TrustSource

T = TypeVar("T")

# Each process imports only what it serves: a door neither Prefect nor the embedded PostgreSQL, the worker no door.
Door = Literal["intake", "desk", "council"]


def serve(door: Annotated[Door, typer.Argument(help="Which door.")]) -> None:
    """Serve one door until INT or TERM."""
    from api.serve import serve as serve_app

    settings = Settings()
    try:
        app = {"intake": _intake, "desk": _desk, "council": _council}[door](settings)
    except Refusal as refusal:
        sys.exit(refuse(refusal, settings.lang, code=1))
    host, port = getattr(settings, f"{door}_host"), getattr(settings, f"{door}_port")
    serve_app(app, host=host, port=port)


def worker() -> None:
    """Sweep what is due until INT or TERM, through Prefect when it is there."""
    from flows.worker import work

    work()


def _intake(settings: Settings) -> Any:
    from actions.trust import trust_in
    from api.intake import make_app

    return make_app(_ombuds(settings, trust_in(settings.ceremony_file, pepper=settings.intake_pepper_file)))


def _desk(settings: Settings) -> Any:
    from actions.trust import trust_in
    from api.desk import make_app

    trust = trust_in(settings.ceremony_file, pepper=settings.intake_pepper_file, server_key=settings.desk_key_file)
    return make_app(_ombuds(settings, trust))


def _ombuds(settings: Settings, trust: "TrustSource") -> "Office":
    from actions.office import open_office

    url, environment = secret_in(_given(settings.ombuds_url_file)), _given(settings.environment)
    return open_office(url, database="ombuds", environment=environment, pack=settings.pack, trust=trust)


def _council(settings: Settings) -> Any:
    from actions.office import open_office
    from actions.sessions import read_server_key
    from api.council import make_app

    url, environment = secret_in(_given(settings.house_url_file)), _given(settings.environment)
    office = open_office(url, database="house", environment=environment, pack=settings.pack)
    return make_app(office, server_key=read_server_key(_given(settings.council_key_file)), releases=settings.releases)


def _given(value: T | None) -> T:
    if value is None:
        sys.exit("a door is started by `amparo up`, which gives it its address and its keys")
    return value
