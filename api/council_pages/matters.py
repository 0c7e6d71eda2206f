"""The page of a matter: where it stands, what it is, what may be done now, its clocks, ties and history. Names no kind."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import Query
from markupsafe import Markup
from starlette.requests import Request

from actions import looking, offering
from actions.office import Office
from actions.watches import clocks_of
from api import shapes, telling
from api.council_pages import matters_drawn as drawn
from api.council_pages.matters_choices import Picking, title
from api.council_pages.matters_facts import Names, Told, facts_of
from api.council_pages.matters_forms import Moves, moves_of, waive_form
from api.pages.forms import Form
from api.pages.showing import href
from api.words import Words, language_of, messages
from states.table import StateTable
from web.rendering import Tongue

Find = Annotated[str | None, Query(max_length=80, pattern=r"^[^\x00]*$", description="What a matter to pick is searched by.")]
Of = Annotated[str, Query(max_length=40, pattern=r"^[a-z_]*$", description="The move that is to name it.")]


@dataclass(frozen=True, slots=True)
class Line:
    """A clock with its picture, and the form to excuse its lateness where that may be done."""

    clock: shapes.Clock
    figure: Markup | None = field(repr=False)
    waive: Form | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Looked:
    """All that the page of a matter shows, of whatever kind."""

    matter: shapes.Detail
    seen: looking.Detail
    title: str = field(repr=False)
    facts: tuple[Told, ...] = field(repr=False)
    stages: Markup | None = field(repr=False)
    moves: Moves
    running: tuple[Line, ...]
    ended: tuple[shapes.Clock, ...]
    pauses: tuple[shapes.Pause, ...]
    history: tuple[shapes.Happening, ...]
    ties: tuple[shapes.Tie, ...]
    lineage: Markup | None = field(repr=False)
    today: date
    picking: Picking

    def data(self) -> dict[str, Any]:
        """It, for a template."""
        return {name: getattr(self, name) for name in type(self).__dataclass_fields__ if name not in ("seen", "picking")}


@dataclass(frozen=True, slots=True)
class Asking:
    """Who looks at which matter of a kind, in which language."""

    request: Request
    office: Office
    by: UUID
    words: Words
    kind: str
    about: UUID
    find: str | None = field(default=None, repr=False)
    of: str = ""

    @property
    def tongue(self) -> Tongue:
        """How the page speaks."""
        return tongue_of(self.request)

    @property
    def link(self) -> Callable[[str], str]:
        """Makes a local address in the language of the page."""
        return lambda path: href(self.request, path)


def tongue_of(request: Request) -> Tongue:
    """How the page speaks, in the reader's language."""
    return Tongue(messages(language_of(request)))


def look(asking: Asking, leave: Iterable[str] = (), names: Names | None = None) -> Looked:
    """Look at a matter. `leave`: moves whose forms its own page makes; `names`: of things it knows by codes. Raises NotFound."""
    office, by, words, tongue = asking.office, asking.by, asking.words, asking.tongue
    seen = looking.one(office, asking.kind, asking.about, by=by)
    matter = telling.detail(seen, words)
    table = office.kinds[asking.kind].table
    lines = looking.history_of(office, asking.kind, asking.about, by=by)
    history = tuple(telling.happening(asking.kind, event, who, words) for event, who in lines)
    picking = Picking(office, by, words, asking.kind, asking.about, seen.detail, asking.find, asking.of)
    clocks, pauses = _clocks(asking, matter)
    moves = moves_of(asking.request, table, matter, picking, leave)
    today = offering.today(office)
    return Looked(
        matter=matter,
        seen=seen,
        title=title(asking.kind, seen.detail),
        facts=facts_of(matter, tongue, asking.link, names or {}),
        stages=drawn.stage_map(table, matter, history, tongue),
        moves=moves,
        running=tuple(_line(asking, matter, one, today) for one in clocks if one.status == "running"),
        ended=tuple(one for one in clocks if one.status != "running"),
        pauses=tuple(pauses),
        history=history,
        ties=tuple(matter.ties),
        lineage=drawn.lineage(office, seen, by, tongue, asking.link),
        today=today,
        picking=picking,
    )


def _clocks(asking: Asking, matter: shapes.Detail) -> tuple[list[shapes.Clock], list[shapes.Pause]]:
    watched, paused = clocks_of(asking.office, matter.kind, matter.id, by=asking.by)
    told = [telling.clock(matter.kind, one, asking.words) for one in watched]
    first = date.max
    return sorted(told, key=lambda one: (one.due_on or first, one.name)), [
        telling.pause(matter.kind, one, asking.words) for one in paused
    ]


def _line(asking: Asking, matter: shapes.Detail, clock: shapes.Clock, today: date) -> Line:
    may = clock.waivable_until is not None and offering.may_waive(asking.office, matter.kind, matter.id, by=asking.by)
    form = waive_form(asking.request, matter, clock) if may else None
    return Line(clock, drawn.clock_line(clock, today, asking.tongue), form)


def table_of(office: Office, kind: str) -> StateTable:
    """The table of a kind."""
    return office.kinds[kind].table
