"""A text of the register as it stands today: what it says, what is proposed of it, what people decided, who carries it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from actions.office import Office
from actions.paragraphs import require, rules_of
from policies.mandates import Category, MandateRules, Status
from records import paragraphs as records
from records import people
from records.paragraphs import StepRow, TextRow, Wanted
from states.registering.among import Proposed, Read, proposed
from states.registering.channels import Step, Trail, with_whom
from states.registering.proposals import Decision
from states.registering.standing import Standing, standing
from states.registering.weighing import Weighed, still_known, weigh

__all__ = ["StepRow"]  # what doors need of the records


@dataclass(frozen=True, slots=True)
class Looked:
    """One paragraph. `place` is its place in the text, from 1; `trail` every step about it; `mandate` the matter it became.

    `with_body` is the committee it is with today, None where nobody gave it to one; `weighed` its newest score.
    """

    place: int
    proposed: Proposed
    stands: Standing
    with_body: str | None
    weighed: Weighed | None
    mandate: UUID | None
    trail: tuple[StepRow, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A text with its paragraphs as of `on`; `steps` are those about the whole text; `names` of everybody who acted."""

    row: TextRow
    paragraphs: tuple[Looked, ...]
    steps: tuple[StepRow, ...]
    names: Mapping[UUID, str]
    on: date


def show_text(office: Office, text_id: UUID, *, by: UUID) -> Shown:
    """A text. Its proposals are made beside every other text that stands, as of today. Raises NotAllowed, NoSuchText."""
    with office.open() as books:
        require(books, by, "read")
        row = records.one(books, text_id)
        others = [other for other in records.texts(books, Wanted()) if other.id != row.id]
        rules, steps = rules_of(books.pack), records.steps(books, [row.id])[row.id]
        found = proposed(read_of(row), [read_of(other) for other in others], rules, books.today)
        looked = tuple(_looked(at, each, of_paragraph(steps, at), rules, books.today) for at, each in enumerate(found, 1))
        names = people.names(books, [row.by_person, *(step.by_person for step in steps)])
        return Shown(row, looked, tuple(step for step in steps if step.paragraph is None), names, books.today)


def read_of(row: TextRow) -> Read:
    """A kept text as the rules read it."""
    return Read(row.symbol, row.text, row.extract)


def of_paragraph(steps: Sequence[StepRow], place: int) -> tuple[StepRow, ...]:
    """The steps about one paragraph."""
    return tuple(step for step in steps if step.paragraph == place)


def stands(steps: Sequence[StepRow]) -> Standing:
    """What people decided about a paragraph, by the steps about it."""
    return standing([decision_of(step) for step in steps if step.what == records.DECIDED])


def decision_of(step: StepRow) -> Decision:
    """A kept decision as the rules read it."""
    return Decision(
        text=str(step.text_id),
        paragraph=str(step.paragraph),
        status=Status(step.status) if step.status else None,
        category=Category(step.category) if step.category else None,
        by=str(step.by_person),
        on=step.on_day,
        authority=step.authority,
        why=step.reason or "",
    )


def trail_of(steps: Sequence[StepRow]) -> Trail:
    """The committees a paragraph was given to, in order."""
    found = ((step.body, step.since, step.authority) for step in steps if step.what == records.CHANNELLED)
    return tuple(Step(body, since, authority or "") for body, since, authority in found if body is not None and since is not None)


def weighed_of(name: str, steps: Sequence[StepRow], rules: MandateRules) -> Weighed | None:
    """The score of what was told last, as far as these rules still know it; None where nobody told anything."""
    told = next((step.criteria for step in reversed(steps) if step.what == records.WEIGHED), None)
    return None if told is None else weigh(name, still_known(told, rules), rules)


def mandate_of(steps: Sequence[StepRow]) -> UUID | None:
    """The mandate a paragraph became."""
    return next((step.mandate_id for step in steps if step.mandate_id is not None), None)


def _looked(place: int, each: Proposed, steps: tuple[StepRow, ...], rules: MandateRules, today: date) -> Looked:
    return Looked(
        place=place,
        proposed=each,
        stands=stands(steps),
        with_body=with_whom(trail_of(steps), today),
        weighed=weighed_of(str(place), steps, rules),
        mandate=mandate_of(steps),
        trail=steps,
    )
