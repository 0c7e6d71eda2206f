"""Who somebody is, on a page of its own; and, where a custodian guards it, what was asked, and asking."""

from uuid import UUID

from fastapi import Response
from starlette.requests import Request

from actions import desk_reading, identity_looking
from actions.kernel.callers import DeskPerson
from actions.office import Office
from api import desk_identity
from api.desk_identity_shapes import IdentityRequests
from api.pages.forms import Form, Option, make_form
from api.pages.showing import show
from api.words import Words


def show_identity_of(
    request: Request, office: Office, caller: DeskPerson, which: tuple[str, UUID, int], words: Words
) -> Response:
    """The page of one person of one matter: its kind, its id, the number of who came. Opened at once, if it can be."""
    kind, matter_id, person = which
    found = identity_looking.guarded_in(office, kind, matter_id, by=caller, person=person)
    shut = found.by is not None and not found.open_now
    guarded = desk_identity.guarded(found, words)
    data = {
        "kind": kind,
        "id": str(matter_id),
        "shut": shut,
        "identity": None if shut else desk_reading.identity_of(office, kind, matter_id, by=caller, person=person),
        "guarded": guarded,
        "ask": _ask(request, which, guarded, words),
    }
    return show(request, "desk/case_identity.html", data)


def _ask(request: Request, which: tuple[str, UUID, int], guarded: IdentityRequests, words: Words) -> Form | None:
    kind, matter_id, person = which
    if not guarded.reasons:
        return None
    return make_form(
        request,
        "POST",
        f"/v1/{kind}s/{matter_id}/identity/requests",
        fixed={"person": str(person)},
        choices={"why": [Option(code, words.label(f"identity.why.{code}", code)) for code in guarded.reasons]},
        done="identity_asked",
        scope="identity.ask",
    )
