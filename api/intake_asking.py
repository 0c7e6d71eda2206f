"""Who comes to the intake door: nobody, or whoever holds twelve words. No cookie, no account, no address."""

from dataclasses import dataclass
from hmac import compare_digest
from typing import Annotated, Any, ClassVar, Final

from fastapi import Depends
from starlette.requests import Request

from actions.intake import kind_of as kind_behind
from actions.intake import visitor_of
from actions.kernel.callers import Visitor
from actions.kernel.kind import Kind
from actions.looking import NotFound
from actions.office import Office
from actions.visits import Visit, Visits
from api.asking import CSRF_HEADER, CsrfMissing
from api.contract import needs

NAME: Final = "intake"
SCHEME: Final = "receipt"
VISIT: Final = "__Host-visit"
"""The cookie of a visit: only once the words were right, only until the browser is closed."""
_READS: Final = frozenset({"GET", "HEAD", "OPTIONS"})


class WordsUnknown(NotFound):
    """These words lead nowhere: they are wrong, or unknown, or no words at all. Which, nobody is told (S07)."""

    code: ClassVar[str] = "words_unknown"


@dataclass(frozen=True, slots=True)
class Front:
    """The intake as a door: its office, and its name."""

    office: Office
    name: str = NAME


@dataclass(frozen=True, slots=True)
class Known:
    """Whoever holds words that lead to a matter, and the kind it is of."""

    visitor: Visitor
    kind: Kind


def office_of(request: Request) -> Office:
    """The office behind the door."""
    front: Front = request.app.state.door
    return front.office


def header(request: Request, name: str) -> str:
    """A header as text, whatever bytes it was sent in: UTF-8, else Latin-1, as HTTP has it. Missing: empty."""
    raw = next((value for key, value in request.headers.raw if key.decode("latin-1").lower() == name.lower()), b"")
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def told_words(request: Request, office: Annotated[Office, Depends(office_of)]) -> Visitor:
    """Whoever these words are of. They are not looked up here: none and nonsense are words as any others.

    They come with the request, or with the cookie of a visit; one that is over brings none. Raises CsrfMissing for a change that
    comes with the cookie alone (S21).
    """
    scheme, _, words = header(request, "authorization").strip().partition(" ")
    if not scheme and (visit := visit_of(request)):
        return visitor_of(office, visit.words)
    return visitor_of(office, words if scheme.lower() == SCHEME else "")


def visit_of(request: Request) -> Visit | None:
    """The visit of the cookie; None: there is none under way. Raises CsrfMissing."""
    visits: Visits = request.app.state.visits
    found = visits.look(request.cookies.get(VISIT, ""))
    if found is None:
        return None
    request.state.csrf = found.csrf
    shown = request.headers.get(CSRF_HEADER, "")
    if request.method not in _READS and not compare_digest(shown.encode(), found.csrf.encode()):
        raise CsrfMissing(header=CSRF_HEADER)
    return found


def visitor(
    office: Annotated[Office, Depends(office_of)],
    coming: Annotated[Visitor, Depends(told_words)],
) -> Known:
    """Whoever holds words that lead to a matter, judged before anything else of the request. Raises WordsUnknown."""
    try:
        return Known(coming, kind_behind(office, coming))
    except NotFound:
        raise WordsUnknown() from None


def holds(*refusals: int, body: Any = None) -> dict[str, Any]:
    """For a route of whoever holds the words: `Authorization: Receipt <words>`."""
    made = needs(SCHEME, 404, *refusals, body=body)
    made["openapi_extra"]["security"] = [{SCHEME: []}]
    made["responses"] = {status: told for status, told in made["responses"].items() if status != 401}
    return made


OfficeDep = Annotated[Office, Depends(office_of)]
KnownDep = Annotated[Known, Depends(visitor)]
WordsTold = Annotated[Visitor, Depends(told_words)]
