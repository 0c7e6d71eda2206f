"""What all doors have in common: a FastAPI application that is silent, armoured, and answers trouble with problems."""

from fastapi import FastAPI

from actions.office import Office
from actions.sessions import Secret, open_door
from api import health, sessions
from api.armour import Armour
from api.pages import bridge, signing_in
from api.pages.problems import handle_page_problems
from api.problems import handle_problems


def make_door(office: Office, name: str, *, server_key: Secret) -> FastAPI:
    """A door called `name` in the policy, with signing in and its health; the caller adds what it is for.

    `server_key` is the key that the TOTP secrets of its accounts are sealed under. No address is logged, no page comes from
    another host; forms are read in memory and become JSON requests.
    """
    app = FastAPI(
        title=f"Amparo: {name}",
        openapi_url=None,  # we serve our own, which knows the bodies that we read ourselves
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        generate_unique_id_function=lambda route: route.name,
    )
    app.state.door = open_door(office, name, server_key)
    handle_problems(app)
    app.add_middleware(Armour, office=office, door=name)
    app.include_router(health.router)
    app.include_router(sessions.router)
    handle_page_problems(app)
    app.include_router(signing_in.sheets)
    app.include_router(signing_in.router)
    app.include_router(bridge.router)
    return app
