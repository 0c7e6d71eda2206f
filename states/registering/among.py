"""One text among others: what is proposed for each of its paragraphs, with what the others say again or take back."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from policies.mandates import MandateRules
from states.registering.paragraph import Extract, Paragraph
from states.registering.proposals import Proposal, categories, statuses, takes_the_place_of
from states.registering.repeats import Where, repeats


@dataclass(frozen=True, slots=True)
class Read:
    """A text with its name (its symbol, else its file) and what was read of it."""

    name: str
    text: str = field(repr=False)
    extract: Extract


@dataclass(frozen=True, slots=True)
class Proposed:
    """A paragraph and all that is proposed for it."""

    paragraph: Paragraph
    statuses: tuple[Proposal, ...]
    categories: tuple[Proposal, ...]


def proposed(one: Read, others: Sequence[Read], rules: MandateRules, on: date | None) -> tuple[Proposed, ...]:
    """Proposals for `one`. Which text is newer is told by the day of adoption, else by the order given, `one` first."""
    everything = [one, *others]
    marks = [_where(read, place) for place, read in enumerate(sorted(everything, key=_age))]
    of_one = next(at for at, read in enumerate(sorted(everything, key=_age)) if read is one)
    found = repeats([where for several in marks for where in several], rules.alike)
    later = [read.extract for read in others if takes_the_place_of(read.extract, one.extract)]
    return tuple(
        Proposed(
            paragraph,
            statuses(paragraph, rules, on, [repeat for repeat in found if repeat.one is where], later),
            categories(paragraph, rules),
        )
        for paragraph, where in zip(one.extract.paragraphs, marks[of_one], strict=True)
    )


def _age(read: Read) -> date:
    """A text whose day is not known counts as the newest: nothing of it is called a repeat of an older one."""
    return read.extract.adopted or date.max


def _where(read: Read, order: int) -> list[Where]:
    return [Where(read.name, one.number, read.text[one.place.start : one.place.end], order) for one in read.extract.paragraphs]
