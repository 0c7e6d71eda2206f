"""Coming back with the words: the page that asks for them, where it stands, and leaving again.

    GET  /back          asks for the words          POST /back     a visit begins
    GET  /here          the four answers, and everything they rest on
    GET  /here/stop     a way to stop, explained before she relies on it
    GET  /here/more     making a talk official
    GET  /here/proof, /here/files/{id}              to save
    POST /leave         the visit ends              GET  /out      it ends, and another page comes

Addresses and titles tell nothing. What she changes goes through the bridge to the JSON door.
"""

from typing import Annotated, Final

from anyio import to_thread
from fastapi import APIRouter, Path, Query, Response
from fastapi.responses import StreamingResponse
from starlette.requests import Request
from starlette.responses import RedirectResponse

from actions.front import Answers
from actions.front import front as look_at_front
from actions.intake import WordsMustChange, kind_of, visitor_of
from actions.kinds.company import INVITE
from actions.ledger import prove_for_visitor
from actions.looking import NotFound
from actions.plain import Standing, look
from api import intake_files
from api import intake_telling as telling
from api.contract import public
from api.intake_asking import VISIT, Known, KnownDep, OfficeDep, WordsUnknown, holds
from api.intake_pages import back_forms
from api.intake_pages.back_shapes import dates_by_answer
from api.intake_pages.back_visit import BACK, HERE, OUT, begin, carried_in, end, onward_of, visited, words_page
from api.intake_pages.back_words import MUST_CHANGE
from api.intake_pages.frame import TypedDep, last
from api.intake_pages.times import free_options
from api.pages.bridge import as_page
from api.pages.calling import call
from api.pages.kept import STATE, Kept
from api.pages.showing import href
from api.words import words_of

router = APIRouter(include_in_schema=False)
LONGEST: Final = 1024
"""Characters of the words that are looked at, as `records.vault.receipts` does."""
_OURS: Final = frozenset({"", "same-origin"})
"""What a browser says of a link that stood on a page of ours; an old browser says nothing."""


@router.get(BACK, **public(503))
def ask_words(request: Request) -> Response:
    """The page that asks for the words."""
    return words_page(request)


@router.post(BACK, **public(400, 403, 404, 408, 413, 415, 503))
async def come_back(request: Request, office: OfficeDep, typed: TypedDep) -> Response:
    """Begin a visit. Async, because it may wait for this same application to show the page she was on."""
    words = " ".join(last(typed, "words").split())[:LONGEST]
    carried, onward = last(typed, "_typed"), onward_of(last(typed, "_next"))
    try:
        await to_thread.run_sync(kind_of, office, visitor_of(office, words))
    except NotFound:
        return words_page(request, onward=onward, carried=carried, wrong=True, status=WordsUnknown.status)
    except WordsMustChange:
        response: Response = RedirectResponse(_spoken(MUST_CHANGE, typed), 303)
        begin(request, response, words)
        return response
    kept = carried_in(carried)
    response = await _shown_again(request, onward, words, kept) if kept else RedirectResponse(_spoken(onward, typed), 303)
    begin(request, response, words)
    return response


async def _shown_again(request: Request, onward: str, words: str, kept: Kept) -> Response:
    """The page she was on when her visit ended, in the new one, with what she typed."""
    cookie = Response()
    begin(request, cookie, words)
    token = cookie.headers["set-cookie"].partition(";")[0]
    shown = await call(request, "GET", onward, headers={"cookie": token}, state={STATE: kept})
    return as_page(request, shown) if shown.page else RedirectResponse(HERE, 303)


def _spoken(onward: str, typed: TypedDep) -> str:
    """The page to go on to, in the language of the page that asked."""
    lang = last(typed, "lang")
    return onward if "?" in onward or not lang.isalpha() else f"{onward}?lang={lang}"


@router.get(HERE, **holds(503))
def show_here(request: Request, office: OfficeDep, known: KnownDep) -> Response:
    """Where it stands. Looking changes nothing."""
    told = _look(request, office, known)
    standing = telling.standing(told, words_of(request))
    data = {
        "standing": standing,
        "dates": dates_by_answer(standing),
        "forms": back_forms.on_here(request, told, free_options(office, words_of(request))),
        "ways": back_forms.ways_of(told),
        "official": back_forms.OFFICIAL in told.moves,
        "may_bring": INVITE in told.moves,
    }
    return visited(request, "intake/back_here.html", data)


@router.get(f"{HERE}/stop", **holds(503))
def show_way(request: Request, office: OfficeDep, known: KnownDep, way: Annotated[str, Query(max_length=9)] = "") -> Response:
    """One way to stop, said whole before she presses the button. Raises NotFound."""
    told = _look(request, office, known)
    trigger = back_forms.WAYS.get(way)
    if trigger is None:
        raise NotFound()
    data = {
        "trigger": trigger,
        "label": words_of(request).step(told.matter.kind, trigger),
        "form": back_forms.to_stop(request, told, trigger) if back_forms.act_of(trigger) in told.moves else None,
    }
    return visited(request, "intake/back_stop.html", data)


@router.get(f"{HERE}/more", **holds(503))
def show_official(request: Request, office: OfficeDep, known: KnownDep) -> Response:
    """Making a talk official: what is taken over, and what is not."""
    told, words = _look(request, office, known), words_of(request)
    possible = back_forms.OFFICIAL in told.moves
    front = telling.front(look_at_front(office, "complaint", Answers()), words, (), "") if possible else None
    people = (*front.readers, *front.others, *front.officials) if front else ()
    data = {
        "label": words.step("consultation", back_forms.OFFICIAL),
        "people": people,
        "form": back_forms.to_make_official(request, told, people) if possible else None,
    }
    return visited(request, "intake/back_official.html", data)


@router.get(f"{HERE}/files/{{id}}", response_class=StreamingResponse, **holds(503))
def save_file(id: Annotated[str, Path()], office: OfficeDep, known: KnownDep) -> StreamingResponse:
    """A file as it was sent, to be saved and never shown in the browser."""
    return intake_files.show_file(id, office, known)


@router.get(f"{HERE}/proof", **holds(409, 503))
def save_proof(request: Request, office: OfficeDep, known: KnownDep) -> Response:
    """The proof that an official complaint was made, as a file; before there is one, the page says from which day on."""
    _look(request, office, known)
    headers = {"Content-Disposition": 'attachment; filename="file.json"'}
    return Response(prove_for_visitor(office, known.visitor), media_type="application/json", headers=headers)


@router.post("/leave", **public(400, 403, 408, 413, 415, 503))
def leave(request: Request, typed: TypedDep) -> Response:
    """End the visit, and let the browser forget what it has of us."""
    headers = {"Clear-Site-Data": '"cache", "cookies", "storage"'}
    response = RedirectResponse(href(request, "/", lang=last(typed, "lang")), 303, headers)
    end(response)
    return response


@router.get(OUT, **public(503))
def leave_quickly(request: Request, office: OfficeDep) -> Response:
    """To the page that the policy names for leaving quickly; the visit ends, if the link stood on a page of ours (S21).

    Without `Clear-Site-Data`, which makes some browsers wait.
    """
    elsewhere = office.shelf.pack.house.elsewhere
    response = RedirectResponse(elsewhere.address if elsewhere else "/", 303)
    if VISIT in request.cookies and request.headers.get("sec-fetch-site", "") in _OURS:
        end(response)
    return response


def _look(request: Request, office: OfficeDep, known: Known) -> Standing:
    """Everything that her words open; the page speaks the language she chose when she came, unless she asks for another."""
    told = look(office, known.visitor)
    request.state.language = told.language
    return told
