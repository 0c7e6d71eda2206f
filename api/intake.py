"""The intake door: somebody talks to the office or complains, and comes back with twelve words. No account, no cookie, no script.

GET   /v1/office                   who reads, by when, what number to call, which limits may be running
GET   /v1/times                    times at which somebody can talk to a person
POST  /v1/complaints               come; answered with the words, once
GET   /v1/complaint                with the words: the four answers, and everything they rest on
POST  /v1/complaint/messages, /moves, /files, /words, /codes
POST  /v1/joining/look, /v1/joining   several people, one matter: with a code that one of them was given
GET   /v1/complaint/files/{id}
POST  /v1/certificates             with the number of something that was destroyed: when, and the proof
"""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, FastAPI, Query, Response
from starlette.requests import Request
from starlette.responses import JSONResponse

from actions import certificates, intake
from actions.days import Day
from actions.front import UNKNOWN, Answers
from actions.front import front as look_at_front
from actions.intake import Receipt, Received
from actions.kinds.sealed import Told
from actions.ledger import prove_for_visitor
from actions.offered_times import free_times
from actions.office import Office
from actions.plain import look
from actions.visits import Visits
from api import asking, health, intake_files, intake_joining, intake_pages
from api import intake_shapes as shapes
from api import intake_telling as telling
from api.armour import Armour
from api.contract import document, public
from api.desk_downloads import Sandboxed
from api.intake_asking import NAME, SCHEME, Front, KnownDep, OfficeDep, WordsTold, holds, visitor
from api.intake_bodies import MOST_AT_ONCE, Sent, Turnstile, sends
from api.intake_coming import coming
from api.intake_moves import MOVES, sends_move
from api.intake_pages.back_forms import understands
from api.intake_pages.back_visit import asks_for_words
from api.intake_pages.back_words import leads_to_new_words
from api.intake_refusals import give_back, saved
from api.kinds_routes import VersionDep, WordsDep
from api.offered_times_shapes import FreeTimes
from api.pages import bridge, signing_in
from api.pages.problems import handle_page_problems
from api.problems import handle_problems
from api.words import Words, words_of
from web.messages import LANGUAGES

MOST_UPLOADS: Final = 8
"""Files that come at the same time; each takes a connection to the database for moments, and a megabyte of memory."""

router = APIRouter()


def make_app(office: Office) -> FastAPI:
    """The door to the ombudsperson's office for those who come to it.

    The pepper of words and the ceremony's public key come with the office (`Trust`). Nothing is logged of who asks.
    """
    app = FastAPI(
        title=f"Amparo: {NAME}",
        openapi_url=None,  # we serve our own, which knows the bodies that we read ourselves
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        generate_unique_id_function=lambda route: route.name,
    )
    app.state.door = Front(office)
    app.state.visits = Visits()
    app.state.bodies, app.state.uploads = Turnstile(MOST_AT_ONCE), Turnstile(MOST_UPLOADS)
    # Every route of every door asks `asking.signed_in` who is there; here the words answer.
    app.dependency_overrides[asking.signed_in] = visitor
    handle_problems(app)
    give_back(app)
    handle_page_problems(app)
    asks_for_words(app)
    leads_to_new_words(app)
    understands(app)
    app.include_router(signing_in.sheets)
    app.include_router(bridge.router)
    app.add_middleware(Armour, office=office, door=NAME)
    app.add_middleware(Sandboxed)
    app.include_router(router)
    app.include_router(intake_files.router)
    app.include_router(intake_joining.router)
    app.include_router(health.router)
    for pages in intake_pages.routers:
        app.include_router(pages)
    return app


@router.get("/openapi.json", include_in_schema=False, **public())
def show_contract(request: Request) -> dict[str, Any]:
    """What this door offers, as an OpenAPI document."""
    made = document(request.app, request.app.title)
    scheme = {"type": "apiKey", "in": "header", "name": "Authorization", "description": "Receipt, a blank, and twelve words."}
    made["components"]["securitySchemes"] = {SCHEME: scheme}
    return made


@router.get("/v1/office", **public(422, 503))
def show_office(
    office: OfficeDep,
    words: WordsDep,
    track: Annotated[intake.Track, Query()] = "complaint",
    personnel_class: Annotated[str, Query(max_length=40)] = UNKNOWN,
    station: Annotated[str, Query(max_length=40)] = UNKNOWN,
    decision_on: Annotated[Day | None, Query(description="The day a decision reached you.")] = None,
) -> shapes.Office:
    """What is said before anybody writes: who reads it, by when, what number to call, which limits may be running."""
    told = look_at_front(office, track, Answers(personnel_class, station, decision_on))
    return telling.front(told, words, LANGUAGES, station)


@router.get("/v1/times", **public(503))
def show_free_times(office: OfficeDep) -> FreeTimes:
    """Times at which somebody can talk to a person. One is taken when she comes, or later in her own matter."""
    return telling.times(free_times(office))


@router.post(
    "/v1/complaints",
    status_code=201,
    **public(400, 408, 409, 413, 415, 422, 503, body=shapes.Filing),
    response_model=shapes.Filed,
)
def file_complaint(request: Request, office: OfficeDep, sent: Annotated[Sent, Depends(sends(shapes.Filing))]) -> JSONResponse:
    """Come to the office. The answer holds the only way back; sent again with the same key, it is the same for an hour."""
    told: shapes.Filing = sent.told

    def answer(received: Received) -> dict[str, Any]:
        return telling.filed(received, _hers(request, told.language)).model_dump(mode="json")

    with saved(office):
        return JSONResponse(dict(intake.receive(office, coming(told), request=sent.request, answer=answer)), 201)


@router.get("/v1/complaint", **holds())
def show_complaint(request: Request, office: OfficeDep, known: KnownDep) -> shapes.Standing:
    """Everything your words open. Looking changes nothing."""
    told = look(office, known.visitor)
    request.state.language = told.language
    return telling.standing(told, words_of(request))


@router.post("/v1/complaint/messages", status_code=201, **holds(409, body=shapes.Message), response_model=shapes.Done)
def send_message(office: OfficeDep, known: KnownDep, sent: Annotated[Sent, Depends(sends(shapes.Message))]) -> JSONResponse:
    """Write to us."""
    with saved(office):
        done = intake.act(office, known.visitor, "message", Told(text=sent.told.text), request=sent.request)
    return JSONResponse(dict(done), 201)


@router.post("/v1/complaint/moves", **holds(409, 412, body=MOVES), response_model=shapes.Done)
def move_complaint(
    office: OfficeDep, known: KnownDep, version: VersionDep, sent: Annotated[Sent, Depends(sends_move)]
) -> JSONResponse:
    """Answer, agree or not, stop. With If-Match, only if nobody changed it since that version."""
    moving = sent.told
    with saved(office):
        done = intake.act(office, known.visitor, moving.trigger, moving.payload, request=sent.request, version=version)
    return JSONResponse(dict(done))


@router.post(
    "/v1/complaint/words", **public(400, 404, 408, 413, 415, 422, 503, body=shapes.OtherWords), response_model=shapes.Receipt
)
def change_words(
    request: Request, office: OfficeDep, coming: WordsTold, sent: Annotated[Sent, Depends(sends(shapes.OtherWords))]
) -> JSONResponse:
    """Get other words. The old ones are dead at once; but with the same Idempotency-Key they bring the same new ones again."""

    def answer(receipt: Receipt) -> dict[str, Any]:
        return telling.receipt(receipt, _hers(request, receipt.language)).model_dump(mode="json")

    with saved(office):
        changed = intake.change_words(office, coming, sent.told.language, request=sent.request, answer=answer)
    return JSONResponse(dict(changed))


@router.get("/v1/complaint/proof", **holds(409))
def show_proof(office: OfficeDep, known: KnownDep) -> Response:
    """A proof that your official complaint was filed, for somebody you choose: `amparo ledger check-proof` reads it.

    Whoever sees it knows that there is one. It says nothing of what you wrote. It can be had from the day after filing.
    """
    return Response(prove_for_visitor(office, known.visitor), media_type="application/json")


@router.post(
    "/v1/certificates", **public(400, 404, 408, 413, 415, 422, 503, body=shapes.Numbered), response_model=shapes.Certificate
)
def check_certificate(
    request: Request, office: OfficeDep, sent: Annotated[Sent, Depends(sends(shapes.Numbered))]
) -> shapes.Certificate:
    """What became of a matter whose words lead nowhere any more, by the number that its page showed before."""
    with saved(office):
        found = certificates.check(office, sent.told.number)
    return telling.certificate(found, words_of(request))


def _hers(request: Request, language: str) -> Words:
    """In the language she chose, unless the address asks for another."""
    asked = request.query_params.get("lang")
    return Words(asked if asked in LANGUAGES else language)
