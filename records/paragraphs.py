"""The register of operative paragraphs: texts as they were pasted and read, and every step taken about their paragraphs."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar, Final
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import Row, Select, extract, func, insert, select, update

from policies.refusal import Refusal
from records.books import Books
from records.matters import Matter
from records.tables import MATTER, REGISTER_STEP, REGISTER_TEXT
from states.registering.paragraph import Extract

DECIDED: Final = "decided"
WEIGHED: Final = "weighed"
CHANNELLED: Final = "channelled"
MADE_MANDATE: Final = "made_mandate"
WITHDRAWN: Final = "withdrawn"
_EXTRACT: Final = TypeAdapter(Extract)
_TEXT, _STEP = REGISTER_TEXT.c, REGISTER_STEP.c


class NoSuchText(Refusal):
    """The register has no text with this id."""

    code: ClassVar[str] = "no_such_text"
    status: ClassVar[int] = 404


@dataclass(frozen=True, slots=True)
class TextRow:
    """A text as it is kept. `edition`: the rules and words by which it was read. `version` counts what was done about it."""

    id: UUID
    symbol: str
    body: str
    adopted_on: date | None
    language: str
    text: str = field(repr=False)
    text_hash: bytes = field(repr=False)
    edition: str
    extract: Extract = field(repr=False)
    source: str
    by_person: UUID
    on_day: date
    version: int = 1
    withdrawn_on: date | None = None


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step about a paragraph, or about the whole text where `paragraph` is None. What a step does not say is None."""

    text_id: UUID
    paragraph: int | None
    what: str
    by_person: UUID
    on_day: date
    status: str | None = None
    category: str | None = None
    criteria: Mapping[str, int | str] | None = None
    body: str | None = None
    since: date | None = None
    mandate_id: UUID | None = None
    authority: str | None = None
    reason: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which texts are asked for. `after`: the symbol that the page before ended with."""

    body: str | None = None
    year: int | None = None
    after: str | None = None
    standing: bool = True


def add(books: Books, row: TextRow) -> None:
    """Write a text down. Raises IntegrityError if one with its symbol stands; ask `standing_as` first."""
    told = {name: getattr(row, name) for name in TextRow.__dataclass_fields__}
    told["extract"] = _EXTRACT.dump_python(row.extract, mode="json")
    books.connection.execute(insert(REGISTER_TEXT).values(told))


def standing_as(books: Books, symbol: str) -> UUID | None:
    """The text that stands in the register under a symbol. Who asks holds the symbol until the transaction ends."""
    books.connection.execute(select(func.pg_advisory_xact_lock(func.hashtext(f"register_text {symbol}"))))
    query = select(_TEXT.id).where(_TEXT.symbol == symbol, _TEXT.withdrawn_on.is_(None))
    return books.connection.execute(query).scalar_one_or_none()


def one(books: Books, text_id: UUID) -> TextRow:
    """A text. Raises NoSuchText."""
    return _found(books, select(REGISTER_TEXT).where(_TEXT.id == text_id))


def lock(books: Books, text_id: UUID) -> TextRow:
    """A text, held until the transaction ends. Raises NoSuchText."""
    return _found(books, select(REGISTER_TEXT).where(_TEXT.id == text_id).with_for_update())


def texts(books: Books, wanted: Wanted, most: int | None = None) -> list[TextRow]:
    """Texts by symbol; `most` of them, or all."""
    query = select(REGISTER_TEXT).order_by(_TEXT.symbol, _TEXT.id).limit(most)
    if wanted.standing:
        query = query.where(_TEXT.withdrawn_on.is_(None))
    if wanted.body is not None:
        query = query.where(_TEXT.body == wanted.body)
    if wanted.year is not None:
        query = query.where(extract("year", _TEXT.adopted_on) == wanted.year)
    if wanted.after is not None:
        query = query.where(_TEXT.symbol > wanted.after)
    return [_text(row) for row in books.connection.execute(query)]


def step(books: Books, row: StepRow) -> int:
    """Write a step down, and count it; return the text's new version. Who asks holds the text."""
    told = {name: getattr(row, name) for name in StepRow.__dataclass_fields__} | {"recorded_at": books.now}
    told["criteria"] = None if row.criteria is None else dict(row.criteria)
    books.connection.execute(insert(REGISTER_STEP).values({name: value for name, value in told.items() if value is not None}))
    changed: dict[str, Any] = {"version": _TEXT.version + 1}
    if row.what == WITHDRAWN:
        changed["withdrawn_on"] = row.on_day
    query = update(REGISTER_TEXT).where(_TEXT.id == row.text_id).values(changed).returning(_TEXT.version)
    return int(books.connection.execute(query).scalar_one())


def steps(books: Books, ids: Collection[UUID]) -> dict[UUID, list[StepRow]]:
    """Every step about these texts, in the order they were taken."""
    found: dict[UUID, list[StepRow]] = {id: [] for id in ids}
    query = select(REGISTER_STEP).where(_STEP.text_id.in_(list(ids))).order_by(_STEP.seq)
    for row in books.connection.execute(query):
        found[row.text_id].append(StepRow(**{name: getattr(row, name) for name in StepRow.__dataclass_fields__}))
    return found


def mandates(books: Books, ids: Collection[UUID]) -> dict[UUID, Matter]:
    """Every mandate that a paragraph of these texts became."""
    query = select(*MATTER.c).join(REGISTER_STEP, _STEP.mandate_id == MATTER.c.id).where(_STEP.text_id.in_(list(ids)))
    found = (
        Matter(**{name: getattr(row, name) for name in Matter.__dataclass_fields__}) for row in books.connection.execute(query)
    )
    return {matter.id: matter for matter in found}


def of_mandate(books: Books, matter_id: UUID) -> tuple[UUID, int, str] | None:
    """The text, the paragraph's place and the text's symbol that a mandate was made of; None: it was opened by itself."""
    query = select(_STEP.text_id, _STEP.paragraph, _TEXT.symbol).join(REGISTER_TEXT, _TEXT.id == _STEP.text_id)
    row = books.connection.execute(query.where(_STEP.mandate_id == matter_id)).one_or_none()
    return None if row is None else (row.text_id, row.paragraph, row.symbol)


def _found(books: Books, query: "Select[Any]") -> TextRow:
    row = books.connection.execute(query).one_or_none()
    if row is None:
        raise NoSuchText()
    return _text(row)


def _text(row: "Row[Any]") -> TextRow:
    told = {name: getattr(row, name) for name in TextRow.__dataclass_fields__}
    return TextRow(**told | {"extract": _EXTRACT.validate_python(row.extract)})
