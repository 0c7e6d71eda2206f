"""The register of operative paragraphs: texts come in by being pasted, are read once, and stand until they are withdrawn.

What a text says is read by the rules and words of one edition, and kept. What its paragraphs might be is proposed anew each
time, beside all other texts; what they are is decided by people alone (`paragraphs_deciding.py`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from threading import Lock
from typing import Annotated, Any, ClassVar, Final, Literal
from uuid import UUID, uuid4

from pydantic import Field

from actions.kernel.actor import Actor, as_permitted
from actions.kernel.kind import Payload
from actions.kinds.house import Citation, Day, Words
from actions.office import Office
from actions.replays import Repeatable, once
from policies.mandates import MandateRules, RegisterAct
from policies.pack import Pack
from policies.refusal import Refusal
from policies.said import Said
from records import paragraphs as records
from records.books import Books
from records.ledger import Entry, store
from records.matters import StaleVersion
from records.paragraphs import NoSuchText, TextRow, Wanted
from states.citing.parsing import parse
from states.registering.extracting import Register
from states.registering.paragraph import Extract

__all__ = ["NoSuchText", "TextRow", "Wanted"]  # what doors need of the records

MOST: Final = 200
"""Texts an answer holds at most."""
MOST_SIGNS: Final = 200_000
"""Signs of a pasted text: the longest resolutions are a fifth of it."""
_KEPT: Final = 4
"""Editions whose reader stays made."""
_readers: dict[str, Register] = {}
_making: Final = Lock()


class RegisterNotOffered(Refusal):
    """This house's rules do not say how it registers paragraphs, or how its citations are written."""

    code: ClassVar[str] = "register_not_offered"
    status: ClassVar[int] = 404


class TextRegistered(Refusal):
    """A text with this symbol stands in the register, perhaps in another language."""

    code: ClassVar[str] = "text_registered"


class TextWithoutSymbol(Refusal):
    """Nobody told the symbol, and none stands on a line of its own in the text."""

    code: ClassVar[str] = "text_without_symbol"
    status: ClassVar[int] = 422


class TextLanguageUnknown(Refusal):
    """Nobody told the language, and the words do not tell it."""

    code: ClassVar[str] = "text_language_unknown"
    status: ClassVar[int] = 422


class TextWithoutParagraphs(Refusal):
    """Nothing operative was found in it."""

    code: ClassVar[str] = "text_without_paragraphs"
    status: ClassVar[int] = 422


class TextNotYetAdopted(Refusal):
    """Its day of adoption has not come: it is a draft, which asks nothing of anybody."""

    code: ClassVar[str] = "text_not_yet_adopted"
    status: ClassVar[int] = 422


class TextWithdrawn(Refusal):
    """The text was withdrawn from the register; what was done about it stays readable and no more is added."""

    code: ClassVar[str] = "text_withdrawn"


class NewText(Payload):
    """A text as somebody pasted it. What is left out is looked for in it; what is told counts more than what is found."""

    text: Annotated[str, Field(min_length=1, max_length=MOST_SIGNS, repr=False)]
    symbol: Citation | None = None
    body: Citation
    adopted: Day | None = None
    language: Literal["en", "es", "pt", "fr"] | None = None
    source: Words


class TextWithdrawal(Payload):
    """Why a text leaves the register: pasted by mistake, or wrongly."""

    reason: Annotated[Words, Field(repr=False)]


@dataclass(frozen=True, slots=True)
class Done:
    """What an act led to. `paragraphs`: how many the text has; `mandate`: the matter that a paragraph became."""

    text: UUID
    version: int
    symbol: str
    paragraphs: int
    mandate: UUID | None = None
    warnings: tuple[Said, ...] = field(default=())

    def kept(self) -> dict[str, Any]:
        """As an answer that may be given again."""
        told = {"text": str(self.text), "version": self.version, "symbol": self.symbol, "paragraphs": self.paragraphs}
        told["mandate"] = None if self.mandate is None else str(self.mandate)
        return told | {"warnings": [[one.key, dict(one.params)] for one in self.warnings]}

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> "Done":
        """Read back what `kept` wrote."""
        return cls(
            UUID(told["text"]),
            told["version"],
            told["symbol"],
            told["paragraphs"],
            UUID(told["mandate"]) if told["mandate"] else None,
            tuple(Said(key, params) for key, params in told["warnings"]),
        )


def rules_of(pack: Pack) -> MandateRules:
    """How this house registers paragraphs. Raises RegisterNotOffered."""
    if pack.mandates is None or pack.citations is None:
        raise RegisterNotOffered()
    return pack.mandates


def reader_of(pack: Pack) -> Register:
    """What reads texts by an edition; made once. Raises RegisterNotOffered."""
    rules = rules_of(pack)
    if pack.citations is None:
        raise RegisterNotOffered()
    with _making:
        if pack.edition not in _readers:
            if len(_readers) >= _KEPT:
                del _readers[next(iter(_readers))]
            _readers[pack.edition] = Register(rules, pack.citations, pack.wordings)
        return _readers[pack.edition]


def require(books: Books, by: UUID, act: RegisterAct) -> Actor:
    """The person, if the pack gives them this act. Raises NotAllowed, RegisterNotOffered."""
    return as_permitted(books, by, "register", act, rules_of(books.pack).access.get(act, ()))


def allowed(office: Office, act: RegisterAct, text_id: UUID | None = None, *, by: UUID) -> None:
    """Raise NotAllowed unless this person may do this; NoSuchText if it is about a text that is not there."""
    with office.open() as books:
        require(books, by, act)
        if text_id is not None:
            records.one(books, text_id)


def register_text(office: Office, told: NewText, *, by: UUID, request: Repeatable | None = None) -> Done:
    """Read a pasted text and keep what was read.

    Raises NotAllowed, NotACitation for a told symbol that is none, TextWithoutSymbol, TextLanguageUnknown,
    TextWithoutParagraphs, TextNotYetAdopted, TextRegistered, KeyReused; then nothing is written.
    """
    with office.open() as books:
        require(books, by, "register")

        def first() -> dict[str, Any]:
            row = _read(books, told, by)
            if (there := records.standing_as(books, row.symbol)) is not None:
                raise TextRegistered(symbol=row.symbol, text=str(there))
            records.add(books, row)
            found = row.extract
            note(books, by, "text_registered", row, {"sha256": row.text_hash.hex(), "paragraphs": len(found.paragraphs)})
            return Done(row.id, row.version, row.symbol, len(found.paragraphs), warnings=found.warnings).kept()

        return Done.read(once(books, request, first, by=by))


def withdraw_text(
    office: Office,
    text_id: UUID,
    told: TextWithdrawal,
    *,
    by: UUID,
    version: int | None = None,
    request: Repeatable | None = None,
) -> Done:
    """Take a text out of the register, which keeps it and why. Mandates made of its paragraphs go on.

    Raises NotAllowed, NoSuchText, StaleVersion, TextWithdrawn, KeyReused.
    """
    with office.open() as books:
        require(books, by, "withdraw")
        records.one(books, text_id)

        def first() -> dict[str, Any]:
            row = held(books, text_id, version)
            step = records.StepRow(text_id, None, records.WITHDRAWN, by, books.today, reason=told.reason)
            after = records.step(books, step)
            note(books, by, "text_withdrawn", row, {"version": after})
            return Done(row.id, after, row.symbol, len(row.extract.paragraphs)).kept()

        return Done.read(once(books, request, first, by=by))


def list_texts(office: Office, wanted: Wanted, *, by: UUID, most: int = MOST) -> tuple[Sequence[TextRow], str | None]:
    """A page of texts by symbol, and the symbol that continues it (None: it is the last). Raises NotAllowed."""
    with office.open() as books:
        require(books, by, "read")
        found = records.texts(books, wanted, most + 1)
        return found[:most], found[most - 1].symbol if len(found) > most else None


def held(books: Books, text_id: UUID, version: int | None) -> TextRow:
    """A text to be changed, locked. Raises NoSuchText, TextWithdrawn, StaleVersion."""
    row = records.lock(books, text_id)
    if version is not None and version != row.version:
        raise StaleVersion()
    if row.withdrawn_on is not None:
        raise TextWithdrawn(symbol=row.symbol, on=row.withdrawn_on)
    return row


def note(books: Books, by: UUID, what: str, row: TextRow, facts: Mapping[str, str | int]) -> None:
    """Leave a ledger entry such as register.text_registered."""
    told = {"text": str(row.id), "symbol": row.symbol, **facts}
    store.append(books, Entry(books.today, f"register.{what}", None, str(by), told), None)


def _read(books: Books, told: NewText, by: UUID) -> TextRow:
    """The text read, with what is told before what is found, and a warning where they differ."""
    reader = reader_of(books.pack)
    forms = books.pack.citations
    cited = parse(told.symbol, forms) if told.symbol is not None and forms is not None else None
    found = reader.extract(told.text, language=told.language)
    if found.language is None:
        raise TextLanguageUnknown()
    if not found.paragraphs:
        raise TextWithoutParagraphs()
    symbol = cited or found.symbol
    if symbol is None:
        raise TextWithoutSymbol()
    kept = reader.extract(told.text, language=found.language, adopted=told.adopted) if told.adopted else found
    if kept.adopted is not None and kept.adopted > books.today:
        raise TextNotYetAdopted(adopted=kept.adopted, today=books.today)
    return TextRow(
        id=uuid4(),
        symbol=symbol.canonical,
        body=told.body,
        adopted_on=kept.adopted,
        language=found.language,
        text=told.text,
        text_hash=sha256(told.text.encode()).digest(),
        edition=books.pack.edition,
        extract=_with(kept, symbol.warnings, _differences(found, kept, symbol.canonical)),
        source=told.source,
        by_person=by,
        on_day=books.today,
    )


def _with(extract: Extract, *several: Sequence[Said]) -> Extract:
    more = [one for warnings in several for one in warnings if one not in extract.warnings]
    return replace(extract, warnings=(*extract.warnings, *more))


def _differences(found: Extract, kept: Extract, symbol: str) -> list[Said]:
    """Where somebody told another symbol or another day than the text has."""
    warnings = []
    if found.symbol is not None and found.symbol.canonical != symbol:
        warnings.append(Said("registering.other_symbol", {"told": symbol, "found": found.symbol.canonical}))
    if found.adopted is not None and kept.adopted is not None and found.adopted != kept.adopted:
        days = {"told": kept.adopted.isoformat(), "found": found.adopted.isoformat()}
        warnings.append(Said("registering.other_day", days))
    return warnings
