"""The forms on a matter's page: a form for each move that the person may make, and one to excuse that a duty is late."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final
from uuid import UUID

from starlette.requests import Request

from api import shapes
from api.council_pages.matters_choices import LISTED, Picking
from api.pages.forms import Choices, Form, make_form
from api.pages.showing import href
from states.table import StateTable
from web.forms.making import Field

MUST_BE_PICKED: Final = ("payload.successor", "payload.meeting")
"""Fields that name another matter and without which the move means nothing."""
MAY_BE_TYPED: Final = ("state", "present", "body", "sort", "text_kind")
"""Last parts of fields whose values people know by heart: typed where there is nothing to pick."""
PAYLOAD: Final = "payload"
GIVEN: Final = ("due", "sunset", "review_by")
"""Fields that hold a day or a period as an instrument gives it."""
GIVEN_DAY: Final = "given_day"
"""What the day in them is called for labels and hints."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A move from where the matter is. `form` None: there is nothing yet to pick what it must name."""

    move: shapes.Possible
    form: Form | None = field(repr=False)
    open: bool = False
    """Whether it is to stand open: its form was sent and refused, or somebody looks for what it is to name."""
    searchable: str = ""
    """The kind of matter it names, which can be searched for; empty: it names none."""


@dataclass(frozen=True, slots=True)
class Moves:
    """The moves from where the matter is: the person's own, others', and those that time makes."""

    own: tuple[Offered, ...]
    others: tuple[shapes.Possible, ...]
    by_time: tuple[shapes.Possible, ...]


def moves_of(request: Request, table: StateTable, matter: shapes.Detail, picking: Picking, leave: Iterable[str] = ()) -> Moves:
    """All moves from where the matter is, with the forms of the person's own; `leave` has a form of its own elsewhere."""
    lapses = {str(clock.lapse) for clock in table.clocks if clock.lapse is not None}
    skipped = frozenset(leave)
    own = [
        offered(one, move_form(request, matter, picking, one.trigger), picking)
        for one in matter.moves
        if one.allowed and one.trigger not in skipped
    ]
    rest = [one for one in matter.moves if not one.allowed]
    return Moves(
        tuple(own),
        tuple(one for one in rest if one.trigger not in lapses),
        tuple(one for one in rest if one.trigger in lapses),
    )


def offered(move: shapes.Possible, form: Form | None, picking: Picking) -> Offered:
    """A move with its form, open where it was sent and refused, or where somebody looks for what it is to name."""
    refused = form is not None and form.kept is not None
    return Offered(move, form, refused or picking.of == move.trigger, LISTED.get(f"{move.trigger}.{picking.kind}", ""))


def move_form(
    request: Request,
    matter: shapes.Detail,
    picking: Picking,
    trigger: str,
    *,
    choices: Choices | None = None,
    without: Iterable[str] = (),
    fixed: Mapping[str, str] | None = None,
    values: Mapping[str, str | Sequence[str]] | None = None,
    rows: int = 3,
) -> Form | None:
    """The form of one move; None where nothing can be picked that it must name. `fixed`, `values`: names below the payload."""
    told = picking.for_move(trigger) if choices is None else choices
    if any(name in MUST_BE_PICKED and not options for name, options in told.items()):
        return None
    form = make_form(
        request,
        "POST",
        f"/v1/{matter.kind}s/{matter.id}/moves",
        next=href(request, request.url.path),
        done="step_taken",
        version=matter.version,
        fixed={"trigger": trigger, **{f"{PAYLOAD}.{name}": value for name, value in (fixed or {}).items()}},
        without=(*nothing_to_pick(told), *(f"{PAYLOAD}.{name}" for name in without)),
        choices=told,
        values={f"{PAYLOAD}.{name}": value for name, value in (values or _values(matter, trigger)).items()},
        scope=matter.kind,
        rows=rows,
    )
    return flat(form)


def flat(form: Form) -> Form:
    """The form without the frame around what the move brings: people know of no payload."""
    fields = (inner for one in form.fields for inner in (one.inside if one.name == PAYLOAD else (one,)))
    return replace(form, fields=tuple(_said(one) for one in fields))


def _said(one: Field, parent: str = "") -> Field:
    """The field under a name that tells a day which an instrument gives from the day on which something happened."""
    called = GIVEN_DAY if parent in GIVEN and one.called == "on" else one.called
    told = one.called if one.called in GIVEN else parent
    return replace(one, called=called, inside=tuple(_said(inner, told) for inner in one.inside))


def waive_form(request: Request, matter: shapes.Detail, clock: shapes.Clock) -> Form:
    """The form that excuses the lateness of one duty."""
    return make_form(
        request,
        "POST",
        f"/v1/{matter.kind}s/{matter.id}/waivers",
        done="waived",
        version=matter.version,
        fixed={"rule": clock.name},
        scope="waiver",
    )


def open_form(request: Request, kind: str, picking: Picking) -> Form:
    """The form that opens a matter."""
    choices = picking.for_opening()
    form = make_form(
        request,
        "POST",
        f"/v1/{kind}s",
        next=href(request, f"/{kind}s/__id__").replace("__id__", "{id}"),
        done="opened",
        without=nothing_to_pick(choices),
        choices=choices,
        scope=f"open_{kind}",
    )
    return flat(form)


def nothing_to_pick(choices: Choices) -> tuple[str, ...]:
    """Fields that would be left to type an id in."""
    return tuple(name for name, options in choices.items() if not options and name.rpartition(".")[2] not in MAY_BE_TYPED)


def _values(matter: shapes.Detail, trigger: str) -> dict[str, str]:
    """What stands in the fields at first: what the matter has today."""
    if trigger in ("assign", "reassign"):
        names = ("unit", "function")
        person: UUID | None = matter.responsible.id if matter.responsible is not None else None
        told = {name: str(matter.detail[name]) for name in names if matter.detail.get(name)}
        return told | ({"person": str(person)} if person is not None else {})
    return {}
