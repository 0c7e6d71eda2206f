"""The text of a proposal: paragraph by paragraph, with amendments and statements beside each; two versions side by side."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Query, Response
from starlette.requests import Request

from actions import deciding_acts, deciding_looking, looking
from actions import deciding_texts as texts
from actions.looking import NotFound
from actions.office import Office
from actions.structure import allowed as structure_allowed
from actions.structure_holders import sees_holders
from actions.versions import OPEN_FOR_VERSIONS, VersionRow
from api import deciding_shapes as shapes
from api import deciding_telling as tells
from api.asking import OfficeDep, PersonDep
from api.contract import needs
from api.council_pages.matters import Asking, tongue_of
from api.council_pages.matters_choices import Picking, beginning
from api.council_pages.proposals import around, chosen_of, versions_seen
from api.deciding_texts import Number as Of
from api.kinds_routes import IdDep, WordsDep
from api.pages.forms import Form, Option, make_form
from api.pages.showing import here, href, show
from api.versions import Number
from policies.decisions import Language
from policies.refusal import Refusal
from states.deciding.outline import outlined
from states.deciding.text import Paragraph
from states.proposal import UNDER_WAY
from web.countries import country
from web.messages import LANGUAGES

router = APIRouter(prefix="/proposals/{id}", include_in_schema=False)
Speaks = Annotated[Language | None, Query(description="The text in this language; left out: the reader's, if it is there.")]
MOST_CARRIED: Final = 200_000
"""Characters of operations that a form takes along unseen; beyond, a new text comes by the program of the secretariat."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change of an amendment at a paragraph, in the words of the language shown, or of one that it has."""

    amendment: str
    state: str
    change: str
    words: str = field(repr=False)
    language: str
    carried: int | None


@dataclass(frozen=True, slots=True)
class Beside:
    """A paragraph with all that hangs on it."""

    paragraph: Paragraph
    depth: int
    changes: tuple[Change, ...] = field(repr=False)
    statements: tuple[tuple[str, str], ...] = field(repr=False)


@router.get("/text", **needs("proposal.read", 404, 409, 422))
def show_text(
    request: Request,
    office: OfficeDep,
    person: PersonDep,
    words: WordsDep,
    about: IdDep,
    version: Number = None,
    text: Speaks = None,
) -> Response:
    """A version's text with what states want changed in it."""
    asking = Asking(request, office, person.person, words, "proposal", about)
    seen = looking.one(office, "proposal", about, by=person.person)
    found = versions_seen(office, about, person.person)
    row = chosen_of(found, version)
    if row is None and version is not None:
        raise NotFound()
    data = around(request, seen, found, "text")
    data |= {"row": row, "new": _new_version(asking, seen, found), "paragraphs": (), "spoken": ()}
    data |= {"newest": found[-1].number if found else 0, "comparable": len([one for one in found if one.texts]) > 1}
    if row is not None and row.texts:
        data |= _text(asking, seen, found, row, text)
    return show(request, "council/proposal_text.html", data)


@router.get("/comparison", **needs("proposal.read", 404, 409, 422))
def show_comparison(
    request: Request, office: OfficeDep, person: PersonDep, about: IdDep, first: Of, second: Of, text: Speaks = None
) -> Response:
    """Two versions side by side: a help for the eye, and no judgement."""
    seen = looking.one(office, "proposal", about, by=person.person)
    found = versions_seen(office, about, person.person)
    both = [one for one in found if one.number in (first, second)]
    spoken = [one for one in LANGUAGES if all(one in row.texts for row in both)]
    language = _spoken(text, spoken, tongue_of(request).language)
    pairs = tells.comparison(texts.compared(office, about, first, second, language, by=person.person)).pairs
    data = around(request, seen, found, "comparison") | {
        "pairs": pairs,
        "first": first,
        "second": second,
        "spoken": [(one, here(request, text=one), one == language) for one in spoken],
        "language": language,
    }
    return show(request, "council/proposal_comparison.html", data)


def _text(
    asking: Asking, seen: looking.Detail, found: list[VersionRow], row: VersionRow, text: Language | None
) -> dict[str, Any]:
    request, office, by = asking.request, asking.office, asking.by
    language = _spoken(text, [one for one in LANGUAGES if one in row.texts], asking.tongue.language)
    amended = tells.amendments(texts.amendments_of(office, asking.about, by=by), asking.words)
    mine = [one for one in amended.amendments if one.version == row.number]
    stated = _statements(asking, row.number)
    paragraphs = outlined(row.texts[language])
    newest, own = row.number == found[-1].number, asking.tongue.language
    return {
        "language": language,
        "spoken": [(one, here(request, text=one), one == language) for one in LANGUAGES if one in row.texts],
        "beginnings": [_changes(mine, f"{part}0", language, own) for part in ("P", "O")],
        "paragraphs": [
            Beside(one, one.key.count("."), _changes(mine, one.key, language, own), stated.get(one.key, ())) for one in paragraphs
        ],
        "whole": stated.get("", ()),
        "conflicts": [one for one in amended.conflicts if one.language == language] if newest else [],
        "amend": _amend(asking, seen, paragraphs) if newest else None,
        "carry": _carry(asking, seen, mine) if newest else None,
    }


def _spoken(asked: str | None, spoken: list[str], own: str) -> Any:
    """The language asked for, else the reader's, else the first that the text is in."""
    if asked is not None:
        return asked
    return own if own in spoken or not spoken else spoken[0]


def _changes(amendments: list[shapes.AmendmentLine], key: str, language: str, own: str) -> tuple[Change, ...]:
    changes = []
    for one in amendments:
        for edit in one.edits:
            if edit.at == key:
                speaks = language if language in edit.texts else next(iter(edit.texts), language)
                changes.append(
                    Change(one.name, country(own, one.by), edit.change, edit.texts.get(speaks, ""), speaks, one.carried_into)
                )
    return tuple(changes)


def _statements(asking: Asking, version: int) -> dict[str, tuple[tuple[str, str], ...]]:
    """What states have written beside the decisions on a version, by paragraph; on all of it under an empty key."""
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for one in deciding_looking.questions(asking.office, asking.about, by=asking.by):
        if one.row.version == version and one.row.voided_at is None:
            for made in one.statements:
                called = country(asking.tongue.language, made.state)
                label = asking.tongue.t(f"deciding.statement.{made.kind}", number=made.number, state=called)
                key = made.paragraph or ""
                found[key] = (*found.get(key, ()), (label, made.text))
    return found


def _amend(asking: Asking, seen: looking.Detail, paragraphs: Any) -> Form | None:
    """The form to take down an amendment; None for who may not, or where the text is not under way."""
    if seen.matter.state not in UNDER_WAY or not may_decide(asking.office, asking.by, "amend"):
        return None
    first = [Option(f"{part}0", asking.tongue.t(f"council.beginning.{part}")) for part in ("P", "O")]
    at = [*first, *(Option(one.key, beginning(one)) for one in paragraphs)]
    return make_form(
        asking.request,
        "POST",
        f"/v1/proposals/{asking.about}/amendments",
        done="amended",
        version=seen.matter.version,
        choices={"by": Picking(asking.office, asking.by, asking.words, "proposal").states(), "edits.at": at},
        scope="amendment",
        rows=2,
    )


def _carry(asking: Asking, seen: looking.Detail, amendments: list[shapes.AmendmentLine]) -> Form | None:
    waiting = [Option(one.name, one.name) for one in amendments if one.carried_into is None]
    if not waiting or seen.matter.state not in UNDER_WAY or not may_decide(asking.office, asking.by, "amend"):
        return None
    return make_form(
        asking.request,
        "POST",
        f"/v1/proposals/{asking.about}/amendments/carry-out",
        next=href(asking.request, asking.request.url.path),
        done="carried_out",
        version=seen.matter.version,
        choices={"names": waiting},
        scope="amendment",
    )


def _new_version(asking: Asking, seen: looking.Detail, found: list[VersionRow]) -> Form | None:
    """The form for the text of the next version, which keeps what the newest changes in the structure."""
    newest = found[-1] if found else None
    carried = _carried(asking.office, asking.by, newest)
    if seen.matter.state not in OPEN_FOR_VERSIONS or carried is None:
        return None
    if not permitted(lambda: structure_allowed(asking.office, "version", by=asking.by)):
        return None
    before = {} if newest is None else {f"texts.{one}": "\n".join(told) for one, told in newest.texts.items()}
    form = make_form(
        asking.request,
        "POST",
        f"/v1/proposals/{asking.about}/versions",
        next=href(asking.request, asking.request.url.path),
        done="version_added",
        version=seen.matter.version,
        fixed={"after": str(newest.number if newest else 0)},
        only=("label", "author", "texts"),
        values=before | ({"author": newest.author} if newest else {}),
        scope="version",
    )
    return replace(form, hidden=(*form.hidden, *carried))


def _carried(office: Office, by: UUID, newest: VersionRow | None) -> tuple[tuple[str, str], ...] | None:
    """Operations and terms that go on as they are; None where they cannot: too many, or hidden in part from this person."""
    if newest is None or not newest.operations:
        return ()
    told = json.dumps(newest.operations), json.dumps(newest.terms)
    if sum(map(len, told)) > MOST_CARRIED or not sees_holders(office, by=by):
        return None
    return ("operations", told[0]), ("terms", told[1])


def may_decide(office: Office, by: UUID, act: Any) -> bool:
    """Whether the pack gives this person an act about deciding."""
    return permitted(lambda: deciding_acts.allowed(office, act, by=by))


def permitted(ask: Callable[[], None]) -> bool:
    """Whether what would be asked for is allowed."""
    try:
        ask()
    except Refusal:
        return False
    return True
