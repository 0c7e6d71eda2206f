"""The shape of a case file, first half: a structure, and the operations that change it."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from pydantic import Field, model_validator

from structure.operations import OPERATIONS
from structure.reading.pieces import Id, Listed, Piece, Prose, Reference, Stated, Symbol, When, Word
from structure.things import UNKNOWN, EdgeKind, UnitState

OF = "functions_of_"
"""How a key begins that holds the functions of one unit and of what is below it."""


class Parent(Piece):
    """A head. A bare id is one that decides on everything."""

    head: Reference
    kind: EdgeKind | None = None
    """Left out: line for an only head, matrix for one of several."""
    matters: frozenset[Word] = frozenset()

    @model_validator(mode="before")
    @classmethod
    def _bare(cls, given: Any) -> Any:
        return given if isinstance(given, dict) else {"head": given}


class StatedUnit(Piece):
    """A unit as a source shows it. `parents` empty: a root; `[unknown]`: no source says."""

    id: Id
    name: Prose
    type: Reference
    parents: tuple[Parent, ...] = ()
    reports_to: Listed[Id] = ()
    coordinated_by: Listed[Reference] = ()
    formerly: Id | None = None
    aliases: tuple[Prose, ...] = ()
    autonomous: bool = False
    rank: Reference = UNKNOWN
    state: UnitState = UnitState.ACTIVE
    pillars: frozenset[Word] = frozenset()


class StatedFunction(Piece):
    """A function as a source shows it. Several units: several owners. `origin`: who had it before, `unknown` or `none_new`."""

    id: Id
    name: Prose
    unit: Listed[Reference]
    contributors: Listed[Id] = ()
    origin: Reference | None = None
    origin_src: Listed[Prose] = ()
    origin_hint: Id | None = None
    absorbs: tuple[Id, ...] = ()
    shared: bool = False
    part_of: Id | None = None
    part_of_src: Listed[Prose] = ()
    legal_basis: frozenset[Symbol] = frozenset()


class StatedPost(Piece):
    """A post as a personnel table shows it. Who holds it is not read from files."""

    id: Id
    title: Prose
    unit: Id
    fund: Symbol = UNKNOWN
    grade: Symbol = UNKNOWN


class CoordinationLink(Piece):
    """A unit that coordinates with somebody. `with` is prose: it names people outside the house."""

    unit: Id
    with_: Prose = Field(alias="with")


class Role(Piece):
    """A person's office: what it heads, where it stands, what it does."""

    id: Id
    title: Prose | None = None
    holds: Id | None = None
    unit: Id | None = None
    duties: tuple[Word, ...] = ()
    authority: Prose | None = None


class OverlapCandidate(Piece):
    """Two functions, or a function and a unit, that a reader found near each other."""

    a: Id
    b: Id
    why: Prose


class Authority(Piece):
    """The act a structure rests on."""

    symbol: Symbol


class Structure(Piece):
    """A structure as one instrument shows it."""

    as_of: Stated[When] | None = None
    authority: Authority | None = None
    source_note: Prose | None = None
    units: tuple[StatedUnit, ...] = ()
    functions: tuple[StatedFunction, ...] = ()
    functions_of: Mapping[Id, tuple[StatedFunction, ...]] = {}
    posts: tuple[StatedPost, ...] = ()
    coordination_links: tuple[CoordinationLink, ...] = ()
    roles: tuple[Role, ...] = ()
    overlap_candidates: tuple[OverlapCandidate, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _gathered(cls, given: Any) -> Any:
        """The keys `functions_of_<unit>` put together."""
        if not isinstance(given, dict):
            return given
        kept = {key: value for key, value in given.items() if not key.startswith(OF)}
        parts = {key.removeprefix(OF): value for key, value in given.items() if key.startswith(OF)}
        return kept | ({"functions_of": parts} if parts else {})

    def all_functions(self) -> tuple[StatedFunction, ...]:
        """Those in the one list and those in the lists of units."""
        return (*self.functions, *(function for part in self.functions_of.values() for function in part))


ActKind = Literal[
    "create", "eliminate", "rename", "rename_and_expand", "replace", "merge", "split", "move", "move_functions", "set_reporting"
]


class Act(Piece):
    """An operation in the words of an instrument. Which keys belong to which kind is in `acts.KEYS`."""

    id: Id
    kind: ActKind
    declared: bool | Literal["implied"] = True
    n: int | None = None
    requires: Listed[Id] = ()
    on: date | Literal["unknown"] | None = None
    target: Id | None = None
    targets: Listed[Id] = ()
    source: Id | None = None
    sources: Listed[Id] = ()
    from_: Reference | None = Field(default=None, alias="from")
    to: Id | None = None
    functions: Listed[Id] = ()
    into: Id | None = None
    parents: tuple[Parent, ...] = ()
    reports_to: Listed[Id] = ()
    primary: Id | None = None


class OwnAct(Piece):
    """An operation in this program's own words: any kind of `structure.operations`, with its keys beside ours."""

    id: Id
    kind: str
    declared: bool | Literal["implied"] = True
    n: int | None = None
    requires: Listed[Id] = ()
    on: date | Literal["unknown"] | None = None
    operation: dict[str, Any]

    @model_validator(mode="before")
    @classmethod
    def _gathered(cls, given: Any) -> Any:
        if not isinstance(given, dict):
            return given
        ours = {key: value for key, value in given.items() if key in cls.model_fields and key != "operation"}
        rest = {key: value for key, value in given.items() if key not in ours}
        return ours | {"operation": rest | {"kind": given.get("kind")}}


OWN_KINDS = frozenset(str(operation.model_fields["kind"].default) for operation in OPERATIONS)


def which_act(given: object) -> str:
    """Tells the two ways of writing an operation apart, by its kind."""
    kind = given.get("kind") if isinstance(given, dict) else getattr(given, "kind", None)
    return "own" if isinstance(kind, str) and kind in OWN_KINDS else "act"
