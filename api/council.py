"""The council's door: missions, the chair, the council's secretary and the secretariat follow mandates and restructurings."""

from pathlib import Path

from fastapi import FastAPI

from actions.looking import offered
from actions.office import Office
from actions.sessions import Secret
from api import (
    council_letters,
    council_pages,
    council_reports,
    deciding,
    deciding_texts,
    documents,
    due_calendar,
    duties,
    meetings,
    officers,
    operating,
    orders,
    paragraphs,
    structure,
    structure_record,
    versions,
    waiving,
)
from api.app import make_door
from api.kinds_routes import routes_of


def make_app(office: Office, *, server_key: Secret, releases: Path | None = None) -> FastAPI:
    """The door to the house's database: every kind of matter that is not sealed, what is due, and what was reported.

    `releases` is the folder of released reports; None: their files cannot be read here.
    """
    app = make_door(office, "council", server_key=server_key)
    app.state.releases = releases
    app.add_middleware(council_reports.OwnStyle)
    for kind in offered(office):
        app.include_router(routes_of(kind))
        app.include_router(waiving.routes_of(kind))
    app.include_router(versions.router)
    app.include_router(deciding.router)
    app.include_router(deciding_texts.router)
    app.include_router(structure.router)
    app.include_router(structure_record.router)
    app.include_router(orders.router)
    app.include_router(duties.router)
    app.include_router(due_calendar.router)
    app.include_router(documents.router)
    app.include_router(officers.router)
    app.include_router(meetings.router)
    app.include_router(paragraphs.router)
    app.include_router(council_letters.router)
    app.include_router(council_reports.router)
    app.include_router(operating.router)
    for pages in council_pages.routers:
        app.include_router(pages)
    return app
