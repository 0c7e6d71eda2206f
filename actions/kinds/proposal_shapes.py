"""What a version of a proposal holds: operations with their dates, the terms they are judged by, the text in its languages."""

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Final, Union
from uuid import UUID

from pydantic import Field, GetJsonSchemaHandler, StringConstraints, TypeAdapter, ValidationError
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from actions.kernel.kind import Payload
from actions.kinds.house import Citation, Day, Words
from policies.refusal import Refusal
from states.deciding.outline import outlined
from states.deciding.text import hash_of
from structure.operation import Id, Operation, Reference
from structure.operations import OPERATIONS
from structure.rule import Delegation
from structure.things import UNKNOWN

MOST_OPERATIONS: Final = 5000


class OperationUnreadable(Refusal):
    """An operation that was kept cannot be read by this program. Names it."""

    code: ClassVar[str] = "operation_unreadable"
    status: ClassVar[int] = 409


class _SaysItsKind:
    """Tells a program that reads our document what our reading demands: an operation cannot be told without its kind."""

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        told = handler(schema)
        for one in told["oneOf"]:
            shape = handler.resolve_ref_schema(one)
            shape["required"] = ["kind", *(name for name in shape.get("required", ()) if name != "kind")]
        return told


if TYPE_CHECKING:
    AnyOperation = Operation
else:  # a union of what there is: an operation of a new file is known here by itself
    AnyOperation = Annotated[Union[OPERATIONS], Field(discriminator="kind"), _SaysItsKind()]  # noqa: UP007  # no | can say it
OperationId = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._:-]{0,39}$")]
"""An operation's id, unique in its version."""
Paragraph = Annotated[str, StringConstraints(min_length=1, max_length=5000, pattern=r"[^\s\x1c-\x1f\x85]")]


Text = Annotated[tuple[Paragraph, ...], Field(max_length=2000)]


class ToDo(Payload):
    """An operation of a version. `on` left out: no source gives its date, and the order or the pack says from when it holds.

    `declared` tells what the instrument names from what was derived from it.
    """

    id: OperationId
    on: Day | None = None
    operation: AnyOperation
    declared: bool = True
    assumed: bool = False

    def kept(self) -> dict[str, Any]:
        """As it is written down."""
        told = self.model_dump(mode="json", include={"id", "on", "declared", "assumed"})
        return told | {"operation": self.operation.written()}


class Given(Payload):
    """A power that a body gave to another, between days (half-open)."""

    giver: Reference
    taker: Reference
    classes: Annotated[tuple[Words, ...], Field(min_length=1, max_length=50)]
    since: Day
    until: Day | None = None
    source: Words
    scope: Annotated[tuple[Id, ...], Field(max_length=200)] = ()

    def delegation(self) -> Delegation:
        """As the rules read it."""
        return Delegation(
            self.giver, self.taker, frozenset(self.classes), self.since, self.until, self.source, frozenset(self.scope)
        )


class Heir(Payload):
    """A mandate, and the function that is to owe it from now on."""

    mandate: UUID
    function: Id


class Texts(Payload):
    """A text, paragraph by paragraph, in each language in which it is there."""

    en: Text | None = None
    es: Text | None = None
    pt: Text | None = None
    fr: Text | None = None

    def kept(self) -> dict[str, list[str]]:
        """As they are written down: only those that are there."""
        return self.model_dump(mode="json", exclude_none=True)


class Terms(Payload):
    """What a version is judged by: who is to decide, within which scope, by which delegated powers, with which result.

    `heirs`: which part of a split function is to owe which mandate. `target`: the structure that the instrument shows as its
    result, as the operations that would make it; left out: it shows none.
    """

    decides: Reference = UNKNOWN
    ad_referendum: bool = False
    scope: Annotated[tuple[Id, ...], Field(max_length=200)] = ()
    delegations: Annotated[tuple[Given, ...], Field(max_length=50)] = ()
    retroactive: Annotated[tuple[OperationId, ...], Field(max_length=MOST_OPERATIONS)] = ()
    heirs: Annotated[tuple[Heir, ...], Field(max_length=2000)] = ()
    target: Annotated[tuple[AnyOperation, ...], Field(max_length=20000)] | None = None

    def heir_of(self) -> dict[UUID, str]:
        """Mandate -> the function that is to owe it."""
        return {heir.mandate: heir.function for heir in self.heirs}


class NewVersion(Payload):
    """A version that takes the place of the one before. `after`: the newest version that its author has seen; 0: none."""

    after: Annotated[int, Field(ge=0, le=9999)]
    label: Citation
    author: Citation
    operations: Annotated[tuple[ToDo, ...], Field(max_length=MOST_OPERATIONS)] = ()
    terms: Terms = Field(default_factory=Terms)
    texts: Texts = Field(default_factory=Texts)

    def kept_terms(self) -> dict[str, Any]:
        """The terms as they are written down."""
        told = self.terms.model_dump(mode="json", exclude={"target"})
        shown = None if self.terms.target is None else [operation.written() for operation in self.terms.target]
        return told | {"target": shown}


_TODO: Final[TypeAdapter[ToDo]] = TypeAdapter(ToDo)


def read_operations(kept: Iterable[Mapping[str, Any]]) -> tuple[ToDo, ...]:
    """The operations of a version as they were written down. Raises OperationUnreadable, naming the first one."""
    read = []
    for one in kept:
        try:
            read.append(_TODO.validate_python(dict(one)))
        except ValidationError:
            raise OperationUnreadable(operation=str(one.get("id", "-"))) from None
    return tuple(read)


def read_terms(kept: Mapping[str, Any]) -> Terms:
    """The terms of a version as they were written down. Raises OperationUnreadable."""
    try:
        return Terms.model_validate(dict(kept))
    except ValidationError:
        raise OperationUnreadable(operation="terms") from None


def text_hash(paragraphs: Iterable[str]) -> str:
    """SHA-256, in hex, of a text given as its paragraphs: of their keys and words, as `states.deciding.text.hash_of` says.

    The number printed before a paragraph is not among its words: its place is its key.
    """
    return hash_of(outlined(paragraphs))


def digest_of(operations: Iterable[Mapping[str, Any]], terms: Mapping[str, Any], texts: Mapping[str, Iterable[str]]) -> bytes:
    """SHA-256 of a whole version as JSON with sorted keys and without spaces: what an adoption pins and an order carries."""
    told = {language: list(paragraphs) for language, paragraphs in texts.items()}
    return sha256(_bytes({"operations": list(operations), "terms": dict(terms), "texts": told})).digest()


def _bytes(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
