"""The desk's door: the ombudsperson, case officers and the alternate work on what they have a seat in, and see nothing else."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, FastAPI, Query, Response

from actions import desk_earlier, desk_office, desk_queue, people
from actions.desk_own import begun_at_desk
from actions.desk_sessions import sign_in, sign_out
from actions.office import Office
from actions.sessions import SignedIn
from api import (
    asking,
    desk_addressees,
    desk_beginning,
    desk_bodies,
    desk_contacts,
    desk_drafts,
    desk_facts,
    desk_holds,
    desk_identity,
    desk_links,
    desk_pages,
    desk_record,
    desk_reports,
    desk_setup,
    desk_shapes,
    desk_telling,
    desk_terms,
    desk_times,
    health,
    phoned,
)
from api.armour import Armour
from api.asking import DESK_COOKIE
from api.bodies import reads
from api.contract import needs, public
from api.desk_acts import acts_of
from api.desk_asking import CallerDep, Desk, OfficeDep, SignedInDep, TokenDep, signed_in
from api.desk_downloads import Sandboxed
from api.desk_matters import routes_of
from api.kinds_routes import WordsDep
from api.pages import bridge, signing_in
from api.pages.problems import handle_page_problems
from api.problems import handle_problems
from api.queue_asking import QueueAskedDep, following
from api.repeating import BareRepeatDep, RepeatDep
from api.sessions import Me, Person, Session, SignIn

NAME: Final = "desk"
QUEUE: Final = "/v1/queue"
router = APIRouter()


def make_app(office: Office) -> FastAPI:
    """The door to the ombudsperson's office: every sealed kind, the queue, who works here.

    The desk's own key and the ceremony's public key come with the office (`Trust`). No address is logged, no page comes from
    another host; forms are read in memory and become JSON requests.
    """
    app = FastAPI(
        title=f"Amparo: {NAME}",
        openapi_url=None,  # we serve our own, which knows the bodies that we read ourselves
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        generate_unique_id_function=lambda route: route.name,
    )
    app.state.door = Desk(office)
    # Every route of every door asks `asking.signed_in` who is there; here the desk's own sessions answer.
    app.dependency_overrides[asking.signed_in] = signed_in
    handle_problems(app)
    app.add_middleware(Armour, office=office, door=NAME)
    app.add_middleware(Sandboxed)
    app.include_router(health.router)
    handle_page_problems(app)
    app.include_router(signing_in.sheets)
    app.include_router(signing_in.router)
    app.include_router(bridge.router)
    for pages in desk_pages.routers:  # before the many addresses under /v1: every click of every person is one of these
        app.include_router(pages)
    app.include_router(router)
    app.include_router(desk_facts.router)
    app.include_router(desk_times.router)
    app.include_router(desk_identity.router)
    app.include_router(desk_terms.router)
    app.include_router(desk_holds.router)
    app.include_router(desk_setup.router)
    app.include_router(desk_addressees.router)
    app.include_router(desk_contacts.router)
    app.include_router(desk_record.router)
    app.include_router(phoned.router)
    for kind in office.kinds.values():
        if kind.table.sealed:
            app.include_router(routes_of(kind))
            app.include_router(acts_of(kind))
            app.include_router(desk_facts.facts_of(kind))
            app.include_router(desk_drafts.drafts_of(kind))
            app.include_router(desk_links.links_of(kind))
            app.include_router(desk_identity.identity_of(kind))
    for kind in begun_at_desk(office.kinds.values()):
        app.include_router(desk_beginning.beginning_of(kind))
    app.include_router(desk_reports.routes_of(office.kinds[desk_reports.NAME]))
    return app


@router.post("/v1/sessions", status_code=201, **public(400, 401, 403, 408, 413, 415, 422, 503, body=SignIn))
def create_session(response: Response, office: OfficeDep, typed: Annotated[SignIn, Depends(reads(SignIn))]) -> Session:
    """Sign in with name, passphrase and the code of the authenticator. The passphrase opens your key; nobody else can."""
    who = sign_in(office, typed.name, typed.passphrase, typed.totp)
    response.set_cookie(DESK_COOKIE, who.token, path="/", secure=True, httponly=True, samesite="strict")
    return Session(**_me(who).model_dump(), token=who.token)


@router.delete("/v1/sessions/current", status_code=204, **needs("session.end"))
def end_session(office: OfficeDep, token: TokenDep) -> Response:
    """Sign out. Other sessions of the same person go on."""
    sign_out(office, token)
    response = Response(status_code=204, headers={"Clear-Site-Data": '"cache", "cookies", "storage"'})
    response.delete_cookie(DESK_COOKIE, path="/", secure=True, httponly=True, samesite="strict")
    return response


@router.get("/v1/me", **needs("session.read"))
def show_me(who: SignedInDep) -> Me:
    """Who is signed in."""
    return _me(who)


@router.get(QUEUE, **needs("queue.read", 422))
def show_queue(
    response: Response, office: OfficeDep, caller: CallerDep, words: WordsDep, asked: QueueAskedDep
) -> desk_shapes.Queue:
    """What waits for you, for her, for others. Looking at it changes nothing. `Link` says where longer lists go on."""
    found = desk_queue.queue_of(office, by=caller, asked=asked)
    if ahead := following(found, asked, QUEUE):
        response.headers["Link"] = ahead
    return desk_telling.queue(found, words)


@router.get("/v1/earlier", **needs("earlier.search", 422))
def search_earlier(
    office: OfficeDep,
    caller: CallerDep,
    about: Annotated[str, Query(max_length=200, description="A person or a unit; case and accents do not matter.")],
) -> desk_shapes.Found:
    """Earlier matters about the same person or unit, among those you may open. That you searched is counted."""
    found = desk_earlier.earlier(office, about, by=caller)
    return desk_shapes.Found(matters=[desk_telling.earlier(each) for each in found])


@router.get("/v1/office", **needs("office.read"))
def show_office(office: OfficeDep, _: CallerDep) -> desk_shapes.Roster:
    """Who works at the desk and who is away."""
    return desk_telling.roster(desk_office.roster(office))


@router.post("/v1/absences", status_code=204, **needs("absence.record", body=desk_bodies.Absence))
def create_absence(
    office: OfficeDep,
    caller: CallerDep,
    repeat: RepeatDep,
    told: Annotated[desk_bodies.Absence, Depends(reads(desk_bodies.Absence))],
) -> Response:
    """Record that one is away, or somebody whose duties one oversees. No duty ends by it."""
    who = told.person
    people.record_absence(office, by=caller.person, person=who, from_on=told.since, until_on=told.until, request=repeat)
    return Response(status_code=204)


@router.delete("/v1/absences/current", status_code=204, **needs("absence.record", 400, 422))
def end_absence(office: OfficeDep, caller: CallerDep, repeat: BareRepeatDep) -> Response:
    """Record that one is back today."""
    people.record_return(office, by=caller.person, request=repeat)
    return Response(status_code=204)


def _me(who: SignedIn) -> Me:
    person = Person(id=who.person, name=who.name, language=who.language)
    return Me(person=person, roles=sorted(who.roles), csrf=who.csrf)
