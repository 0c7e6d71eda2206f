"""What a paragraph is proposed to be, and why; and the decision that only a person takes.

Nothing here settles a status or a category: every proposal has a reason, two may contradict each other, and a paragraph
about which the text says nothing has none. `fulfilled` is never proposed: no text shows that what it asks was done.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar, Final

from policies.mandates import Category, MandateRules, Status
from policies.refusal import Refusal
from policies.said import Fact, Said
from policies.wording import Force
from states.registering.paragraph import Extract, Paragraph
from states.registering.repeats import Repeat

NEVER_PROPOSED: Final = frozenset({Status.FULFILLED})


class NobodyDecided(Refusal):
    """A decision without a person, or one about nothing."""

    code: ClassVar[str] = "nobody_decided"
    status: ClassVar[int] = 422


class NoSuchLabel(Refusal):
    """A status or a category that this house does not use."""

    code: ClassVar[str] = "no_such_label"
    status: ClassVar[int] = 422


@dataclass(frozen=True, slots=True)
class Proposal:
    """One label and the reason for it. To be looked at, not applied."""

    label: Status | Category
    reason: Said


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about one paragraph of one text. `authority` is the document by which; `why` their own words."""

    text: str = field(repr=False)
    paragraph: str
    status: Status | None
    category: Category | None
    by: str
    on: date
    authority: str | None = None
    why: str = ""


def decided(decision: Decision, rules: MandateRules) -> Decision:
    """The decision, if it is one. Raises NobodyDecided and NoSuchLabel."""
    if not decision.by.strip() or (decision.status is None and decision.category is None):
        raise NobodyDecided()
    if decision.status is not None and decision.status not in rules.statuses:
        raise NoSuchLabel(known=", ".join(rules.statuses))
    if decision.category is not None and decision.category not in rules.categories:
        raise NoSuchLabel(known=", ".join(rules.categories))
    return decision


def statuses(
    paragraph: Paragraph, rules: MandateRules, on: date | None, repeats: Sequence[Repeat] = (), later: Sequence[Extract] = ()
) -> tuple[Proposal, ...]:
    """What its status might be on a day. `repeats`: where it stands again. `later`: texts that may have taken its place.

    `on` None: no day to judge by, so nothing is proposed as expired or current.
    """
    found = [*_of_verb(paragraph), *_repeated(repeats), *_superseded(later)]
    if on is not None:
        found.extend(_expired(paragraph, on))
    if not found and on is not None and (current := _current(paragraph, on)):
        found.append(current)
    return tuple(proposal for proposal in found if proposal.label in rules.statuses and proposal.label not in NEVER_PROPOSED)


def categories(paragraph: Paragraph, rules: MandateRules) -> tuple[Proposal, ...]:
    """Every category whose words it uses. More than one, or none: it is for a person to say which."""
    if not paragraph.asks:
        return ()
    found = (Proposal(Category(topic), Said("registering.words_of_category", {"category": topic})) for topic in paragraph.topics)
    return tuple(proposal for proposal in found if proposal.label in rules.categories)


def _of_verb(paragraph: Paragraph) -> Iterator[Proposal]:
    if paragraph.asked and all(asked.force is Force.SAYS for asked in paragraph.asked):
        yield Proposal(Status.NON_MANDATE, Said("registering.asks_nothing", {"verb": paragraph.asked[0].verb}))
    if paragraph.procedural:
        yield Proposal(Status.PROCEDURAL, Said("registering.course_of_business"))


def _expired(paragraph: Paragraph, on: date) -> Iterator[Proposal]:
    """Its term ended, its budget cycle is over, or the event it was for has been."""
    sunset = paragraph.sunset
    if sunset is not None and sunset.day is not None and sunset.day < on:
        yield Proposal(Status.EXPIRED, Said("registering.term_ended", {"day": sunset.day}))
    if paragraph.budget_year is not None and paragraph.budget_year < on.year:
        yield Proposal(Status.EXPIRED, Said("registering.budget_over", {"year": str(paragraph.budget_year)}))
    session = paragraph.due.session if paragraph.due else None
    if paragraph.every is None and session is not None and session.year is not None and session.year < on.year:
        yield Proposal(Status.EXPIRED, Said("registering.event_over", {"year": str(session.year)}))


def _repeated(repeats: Sequence[Repeat]) -> Iterator[Proposal]:
    for repeat in repeats:
        facts: dict[str, Fact] = {"text": repeat.other.text, "paragraph": repeat.other.number or "-", "percent": repeat.percent}
        yield Proposal(
            Status.DUPLICATE, Said("registering.same_words" if repeat.identical else "registering.nearly_same_words", facts)
        )


def _superseded(later: Sequence[Extract]) -> Iterator[Proposal]:
    for text in later:
        name = text.symbol.canonical if text.symbol else "-"
        yield Proposal(Status.SUPERSEDED, Said("registering.place_taken", {"text": name}))


def takes_the_place_of(later: Extract, earlier: Extract) -> bool:
    """Whether a paragraph of `later` that repeals something cites `earlier`, in any version. False where that has no symbol."""
    if earlier.symbol is None:
        return False
    repealing = (p for p in later.paragraphs if any(asked.force is Force.REPEALS for asked in p.asked))
    return any(cited.same_work(earlier.symbol) for paragraph in repealing for cited in paragraph.cites)


def _current(paragraph: Paragraph, on: date) -> Proposal | None:
    """Only where the text itself gives a day that has not come."""
    days = [term.day for term in (paragraph.due, paragraph.sunset, paragraph.review) if term and term.day and term.day >= on]
    if not paragraph.asks or not days:
        return None
    return Proposal(Status.CURRENT, Said("registering.day_to_come", {"day": max(days)}))
