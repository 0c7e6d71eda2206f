"""A proposal beside another: on what they are at odds, what a person chooses of it, and the version that comes of both.

What is chosen stands in the address and nowhere else, until it is made a version.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Final
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import BeforeValidator
from starlette.requests import Request

from actions import looking, merging
from actions.merging import ChoiceAboutNothing, Together
from actions.office import Office
from actions.structure import allowed
from actions.structure_beside import beside, merged_house
from actions.structure_holders import hidden, sees_holders
from actions.versions import OPEN_FOR_VERSIONS
from api import structure_shapes as shapes
from api import structure_telling
from api.asking import OfficeDep, PersonDep
from api.contract import needs
from api.council_pages.matters_choices import title
from api.council_pages.proposals import frame_of
from api.council_pages.proposals_text import permitted
from api.council_pages.structure_operations import Telling
from api.council_pages.structure_plans import with_and_without
from api.council_pages.structure_seen import Names, Sight
from api.kinds_routes import IdDep, WordsDep
from api.pages.forms import Form, make_form
from api.pages.kept import kept_of
from api.pages.showing import href, show
from api.versions import OneChoice
from api.words import Words
from structure.merging import Choice, ChoiceRefused
from structure.things import Sort
from structure.timeline import Planned
from web.messages import LANGUAGES

router = APIRouter(prefix="/proposals/{id}", include_in_schema=False)
MOST_TRIES: Final = 50
"""Choices that may turn out to be about nothing, each a merge of its own; with more of them, none of an address is taken."""
PICKED: Final = "pick."
"""What the name of a field begins with that decides one conflict; its id follows."""
OTHER_TERMS: Final = "terms_differ"
With = Annotated[
    UUID | None, BeforeValidator(lambda told: told or None), Query(alias="with", description="Another open proposal.")
]
Choices = Annotated[
    list[OneChoice] | None,
    Query(alias="choose", max_length=merging.MOST_CHOICES, description="CONFLICT=ours, =theirs or =both; repeat."),
]
Pairs = list[tuple[str, Choice]]


@dataclass(frozen=True, slots=True)
class Tried:
    """The merge with the choices that could be made; `left` are those that could not, each with why."""

    found: Together
    pairs: Pairs
    left: list[str] = field(repr=False)


@router.get("/merge", **needs("proposal.read", 404, 409, 422))
def show_merging(
    request: Request,
    office: OfficeDep,
    person: PersonDep,
    words: WordsDep,
    about: IdDep,
    other: With = None,
    choices: Choices = None,
) -> Response:
    """The other proposals under way; with one of them, conflict by conflict what may hold."""
    data = frame_of(request, office, person.person, about, "merge")
    if other is None:
        data |= {"beside": beside(office, about, by=person.person), "other": None}
        return show(request, "council/structure_beside.html", data)
    tried = _tried(office, about, other, _pairs(request, choices or ()), person.person, words)
    seen = looking.one(office, "proposal", other, by=person.person)
    told = structure_telling.merge(tried.found, words)
    house = merged_house(office, tried.found, by=person.person)
    sight = Sight(request, office, person.person, None, None, house.without.org)
    names = Names(sight, house.with_it.org, house.without.org)
    mine = looking.one(office, "proposal", about, by=person.person)
    holders = sees_holders(office, by=person.person)
    open_ones = {one.matter.state for one in (mine, seen)} <= set(OPEN_FOR_VERSIONS)
    may = open_ones and permitted(lambda: allowed(office, "version", by=person.person))
    data |= {
        "other": {"title": title("proposal", seen.detail), "href": href(request, f"/proposals/{other}"), "id": other},
        "told": told,
        "choices": [f"{conflict}={choice}" for conflict, choice in tried.pairs],
        "left": tried.left,
        "decided": _decided(request, names, other, tried.pairs),
        "conflicts": _conflicts(names, tried.found, told.conflicts, holders=holders),
        "operations": [_operation(Telling(names), one, holders=holders) for one in tried.found.merged.planned],
        "waiting": [_operation(Telling(names), one, holders=holders) for one in tried.found.merged.waiting],
        "open_ones": open_ones,
        "may": may,
        "form": _form(request, about, mine.matter.version, tried) if may and told.whole else None,
    }
    if told.whole:
        data |= {"house": with_and_without(sight, house, words, whole=False)}
    return show(request, "council/structure_merging.html", data)


def _pairs(request: Request, choices: Sequence[str]) -> Pairs:
    """What the address has chosen: what was decided before, then what was picked now."""
    told = [(conflict, choice) for conflict, _, choice in (one.rpartition("=") for one in choices)]
    told += [(name.removeprefix(PICKED), one) for name, one in request.query_params.multi_items() if name.startswith(PICKED)]
    known = set(Choice)
    return [(conflict, Choice(choice)) for conflict, choice in told if choice in known][: merging.MOST_CHOICES]


def _tried(office: Office, about: UUID, other: UUID, pairs: Pairs, by: UUID, words: Words) -> Tried:
    """The merge; what was chosen of a conflict that is there no more is left out. Raises as `merging.merge`."""
    kept = list(pairs)
    left: list[str] = []
    for _ in range(MOST_TRIES):
        try:
            return Tried(merging.merge(office, about, other, kept, by=by), kept, left)
        except ChoiceAboutNothing as refused:
            kept.pop(int(str(refused.params["place"])) - 1)
        except ChoiceRefused as refused:
            left.append(words.refuse(refused))
            kept = [one for one in kept if one[0] != str(refused.params["conflict"])]
    return Tried(merging.merge(office, about, other, (), by=by), [], left)


def _subject(names: Names, conflict: str) -> str:
    """What a conflict is about, by its id: kind, sort, thing, detail."""
    sort, _, rest = conflict.partition(":")[2].partition(":")
    return names.name(sort, rest.rpartition(":")[0])


def _decided(request: Request, names: Names, other: UUID, pairs: Pairs) -> list[dict[str, str]]:
    """What is decided, each with the way to take it back."""
    tongue = names.sight.tongue
    found = []
    for place, (conflict, choice) in enumerate(pairs):
        rest = [f"{one}={each}" for at, (one, each) in enumerate(pairs) if at != place]
        found.append(
            {
                "subject": _subject(names, conflict),
                "choice": tongue.t(f"house.choice.{choice}"),
                "back": _address(request, other, rest),
            }
        )
    return found


def _address(request: Request, other: UUID, choices: Sequence[str]) -> str:
    """This page with other choices."""
    lang = request.query_params.get("lang")
    asked = {"with": str(other), "choose": list(choices)} | ({"lang": lang} if lang in LANGUAGES else {})
    return f"{request.url.path}?{urlencode(asked, doseq=True)}"


def _conflicts(names: Names, found: Together, told: Sequence[shapes.ConflictLine], *, holders: bool) -> list[dict[str, Any]]:
    """What is at odds, each with what either side does."""
    acts = {
        one.id: [[_operation(Telling(names), act, holders=holders) for act in side.operations] for side in (one.ours, one.theirs)]
        for one in found.merged.conflicts
    }
    return [_conflict(names, one, acts[one.id]) for one in told]


def _conflict(names: Names, one: shapes.ConflictLine, acts: list[list[dict[str, Any]]]) -> dict[str, Any]:
    """A conflict with both sides, and what may hold of it."""
    tongue = names.sight.tongue
    fields = {"name", "heads", "owners", "rank", "type", "state", "unit", "holder", "contributors", "part_of", "fund", "grade"}
    sides = [("ours", one.our_side, acts[0]), ("theirs", one.their_side, acts[1])]
    return {
        "id": one.id,
        "field": PICKED + one.id,
        "sort": tongue.label(f"option.sort.{one.sort}", one.sort),
        "thing": names.named(one.sort, one.subject) if one.sort in (Sort.UNIT, Sort.FUNCTION, Sort.POST) else None,
        "subject": one.subject,
        "message": one.message,
        "sides": [
            {
                "choice": choice,
                "label": tongue.t(f"house.choice.{choice}"),
                "value": names.value(one.detail, side.value) if one.detail in fields else "",
                "since": side.since,
                "operations": operations,
            }
            for choice, side, operations in sides
        ],
        "both": one.both,
    }


def _operation(telling: Telling, one: Planned, *, holders: bool) -> dict[str, Any]:
    written = one.operation.written()
    said = telling.operation(written if holders else hidden(written))
    return {"id": one.id, "on": one.on, "what": said.what, "parts": said.parts}


def _form(request: Request, about: UUID, version: int, tried: Tried) -> Form:
    """The form that makes it the next version; it asks for terms once those of the two turned out to differ."""
    kept = kept_of(request)
    differ = kept is not None and kept.problem is not None and kept.problem.code == OTHER_TERMS
    found = tried.found
    fixed = {
        "other": str(found.other.matter_id),
        "sha256": found.mine.digest.hex(),
        "other_sha256": found.other.digest.hex(),
    }
    for place, (conflict, choice) in enumerate(tried.pairs):
        fixed |= {f"choices.{place}.conflict": conflict, f"choices.{place}.choice": choice.value}
    terms = ("terms.decides", "terms.ad_referendum", "terms.scope", "terms.delegations")
    return make_form(
        request,
        "POST",
        f"/v1/proposals/{about}/merge",
        next=href(request, f"/proposals/{about}/text"),
        done="merged",
        version=version,
        fixed=fixed,
        only=("label", "author", *(terms if differ else ())),
        scope="merge",
        rows=1,
    )
