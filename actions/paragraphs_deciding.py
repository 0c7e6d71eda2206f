"""What people do about one paragraph of the register: decide what it is, say what it weighs, give it to a committee.

Each is a step of a trail with who, when and by which document, and none is ever rewritten. Nothing is decided by itself:
a proposal of the register becomes a label only here, by a person.
"""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, ClassVar, Final, Self
from uuid import UUID

from pydantic import Field, model_validator

from actions.kernel.kind import Payload
from actions.kinds.house import Citation, Day, Words
from actions.office import Office
from actions.paragraphs import Done, held, note, require, rules_of
from actions.paragraphs_looking import decision_of, of_paragraph, trail_of
from actions.replays import Repeatable, once
from policies.mandates import Category, RegisterAct, Status
from policies.refusal import Refusal
from records import paragraphs as records
from records.books import Books
from records.paragraphs import StepRow, TextRow
from states.registering.channels import rechannel
from states.registering.proposals import decided
from states.registering.weighing import weigh

_MOST_CRITERIA: Final = 20
Name = Annotated[str, Field(pattern=r"^[a-z][a-z_]{0,39}$")]
"""A criterion of the rules, or a word of one."""


class NoSuchParagraph(Refusal):
    """The text has so many paragraphs, and not this one."""

    code: ClassVar[str] = "text_paragraph_missing"
    status: ClassVar[int] = 404


class NoSuchChannel(Refusal):
    """This house gives mandates to other bodies."""

    code: ClassVar[str] = "no_such_channel"
    status: ClassVar[int] = 422


class ChannelAhead(Refusal):
    """The day on which it goes to a committee has not come: a step could never be put before it again."""

    code: ClassVar[str] = "channel_ahead"
    status: ClassVar[int] = 422


class ChannelTooEarly(Refusal):
    """A paragraph is with nobody before its text was adopted."""

    code: ClassVar[str] = "channel_too_early"
    status: ClassVar[int] = 422


class NewDecision(Payload):
    """What a paragraph is, as somebody decided it: a status, a category or both, and why. What is left out stays as it was."""

    status: Status | None = None
    category: Category | None = None
    authority: Citation | None = None
    reason: Annotated[Words, Field(repr=False)]

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.status is None and self.category is None:
            raise ValueError("a decision says a status or a category")
        return self


class Measure(Payload):
    """What is known by one criterion: a number where it is counted, a word where it is judged."""

    criterion: Name
    number: Annotated[int, Field(ge=0, le=1_000_000)] | None = None
    word: Name | None = None

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        if (self.number is None) == (self.word is None):
            raise ValueError("a measure is a number or a word")
        return self


class NewWeight(Payload):
    """What somebody knows of a paragraph, criterion by criterion; what is left out is unknown and scores nothing."""

    criteria: Annotated[tuple[Measure, ...], Field(min_length=1, max_length=_MOST_CRITERIA)]
    authority: Citation | None = None
    reason: Annotated[Words, Field(repr=False)]

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len({one.criterion for one in self.criteria}) < len(self.criteria):
            raise ValueError("a criterion is told once")
        return self

    def told(self) -> dict[str, int | str]:
        """Criterion -> number or word."""
        values = ((one.criterion, one.number if one.word is None else one.word) for one in self.criteria)
        return {criterion: value for criterion, value in values if value is not None}


class NewChannel(Payload):
    """From a day on, a paragraph is with this committee or council, by a document."""

    body: Citation
    since: Day
    authority: Citation


def decide(
    office: Office,
    text_id: UUID,
    place: int,
    told: NewDecision,
    *,
    by: UUID,
    version: int | None = None,
    request: Repeatable | None = None,
) -> Done:
    """Write down what a person decided about a paragraph.

    Raises NotAllowed, NoSuchText, NoSuchParagraph, TextWithdrawn, StaleVersion, NoSuchLabel, KeyReused.
    """

    def step(books: Books, _: TextRow) -> StepRow:
        row = StepRow(text_id, place, records.DECIDED, by, books.today, status=told.status, category=told.category,
                      authority=told.authority, reason=told.reason)  # fmt: skip
        decided(decision_of(row), rules_of(books.pack))
        return row

    return _taken(office, text_id, place, "decide", step, by=by, version=version, request=request)


def tell_weight(
    office: Office,
    text_id: UUID,
    place: int,
    told: NewWeight,
    *,
    by: UUID,
    version: int | None = None,
    request: Repeatable | None = None,
) -> Done:
    """Write down what a paragraph weighs; the newest telling counts, whole.

    Raises as `decide`, and NoSuchCriterion for a criterion, or a word of one, that the pack does not have.
    """

    def step(books: Books, _: TextRow) -> StepRow:
        weigh(str(place), told.told(), rules_of(books.pack))
        return StepRow(text_id, place, records.WEIGHED, by, books.today, criteria=told.told(),
                       authority=told.authority, reason=told.reason)  # fmt: skip

    return _taken(office, text_id, place, "weigh", step, by=by, version=version, request=request)


def give_to(
    office: Office,
    text_id: UUID,
    place: int,
    told: NewChannel,
    *,
    by: UUID,
    version: int | None = None,
    request: Repeatable | None = None,
) -> Done:
    """Give a paragraph to a committee, or from one to another; the trail stays.

    Raises as `decide`, and NoSuchChannel, ChannelTooEarly, ChannelAhead, ChannelRefused.
    """

    def step(books: Books, row: TextRow) -> StepRow:
        channels = rules_of(books.pack).channels
        if channels is None or told.body not in channels.names:
            raise NoSuchChannel(known=", ".join(channels.names if channels is not None else ()))
        if row.adopted_on is not None and told.since < row.adopted_on:
            raise ChannelTooEarly(since=told.since, adopted=row.adopted_on)
        if told.since > books.today:
            raise ChannelAhead(since=told.since, today=books.today)
        before = trail_of(of_paragraph(records.steps(books, [text_id])[text_id], place))
        rechannel(before, told.body, told.since, told.authority)
        return StepRow(text_id, place, records.CHANNELLED, by, books.today, body=told.body, since=told.since,
                       authority=told.authority)  # fmt: skip

    return _taken(office, text_id, place, "channel", step, by=by, version=version, request=request)


def require_paragraph(row: TextRow, place: int) -> None:
    """Raise NoSuchParagraph unless the text has one at this place, counted from 1."""
    if not 1 <= place <= len(row.extract.paragraphs):
        raise NoSuchParagraph(count=len(row.extract.paragraphs))


def facts_of(step: StepRow, version: int) -> dict[str, str | int]:
    """What the ledger keeps of a step: labels, ids, days and names of rules; no reason."""
    told: dict[str, str | int | date | None] = {"paragraph": step.paragraph, "status": step.status, "category": step.category}
    told |= {"body": step.body, "since": step.since, "mandate": str(step.mandate_id) if step.mandate_id else None}
    told |= {"criteria": len(step.criteria) if step.criteria else None, "authority": step.authority, "version": version}
    return {name: str(fact) if isinstance(fact, date) else fact for name, fact in told.items() if fact is not None}


def _taken(
    office: Office,
    text_id: UUID,
    place: int,
    act: RegisterAct,
    make: Callable[[Books, TextRow], StepRow],
    *,
    by: UUID,
    version: int | None,
    request: Repeatable | None,
) -> Done:
    """One step, whole or not at all."""
    with office.open() as books:
        require(books, by, act)
        records.one(books, text_id)

        def first() -> dict[str, Any]:
            row = held(books, text_id, version)
            require_paragraph(row, place)
            step = make(books, row)
            after = records.step(books, step)
            note(books, by, step.what, row, facts_of(step, after))
            return Done(row.id, after, row.symbol, len(row.extract.paragraphs)).kept()

        return Done.read(once(books, request, first, by=by))
