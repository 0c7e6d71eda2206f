"""What holds of a document: its number and symbol, the steps of each language in order, what is missing and until when."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import ClassVar, Final, NamedTuple

from policies.citations import CitationForms, Form
from policies.decisions import DecisionRules
from policies.decisions import Step as Held
from policies.documents import BASE, STEPS, DocumentRules, Series, Step
from policies.refusal import Refusal
from states.citing.citation import Suffix
from states.citing.making import made
from states.citing.reading import Values
from states.citing.roman import to_number

Steps = Mapping[str, datetime | None]
"""Step -> its instant; None: it happened, and nobody knows when. A step that is not there did not happen yet."""


class NumberLeavesGap(Refusal):
    """The number is not the next one: those between would be missing for ever."""

    code: ClassVar[str] = "number_leaves_gap"


class NumberTaken(Refusal):
    """There is a document with this number, or one that is void has kept it."""

    code: ClassVar[str] = "number_taken"


class PartMissing(Refusal):
    """The symbols of this series name a meeting or a session, and none was told."""

    code: ClassVar[str] = "document_part_missing"
    status: ClassVar[int] = 422


class NoSession(Refusal):
    """A session that this series has not, or that is no session: a roman number and a mark of the pack, such as XLV-O."""

    code: ClassVar[str] = "document_session_wrong"
    status: ClassVar[int] = 422


class YearWrong(Refusal):
    """A year ahead of us, or one that the two digits of a symbol cannot mean."""

    code: ClassVar[str] = "document_year_wrong"
    status: ClassVar[int] = 422


class SuffixNotHere(Refusal):
    """The pack has no such suffix, or it does not stand upon a document like this one."""

    code: ClassVar[str] = "suffix_not_here"
    status: ClassVar[int] = 422


class StepNotOfLanguage(Refusal):
    """A step that this language does not take: nobody asks for the translation of the original."""

    code: ClassVar[str] = "step_not_of_language"
    status: ClassVar[int] = 422


class StepDone(Refusal):
    """This language has taken the step already."""

    code: ClassVar[str] = "step_done"


class StepsBefore(Refusal):
    """A step comes before this one and was not taken."""

    code: ClassVar[str] = "step_before_missing"


class StepBackwards(Refusal):
    """The instant is before that of an earlier step."""

    code: ClassVar[str] = "step_backwards"
    status: ClassVar[int] = 422


class NotYet(Refusal):
    """The instant has not come: who plans a distribution has not distributed."""

    code: ClassVar[str] = "instant_ahead"
    status: ClassVar[int] = 422


class InstantNeeded(Refusal):
    """When a text went out must be known: time locks count from it."""

    code: ClassVar[str] = "instant_needed"
    status: ClassVar[int] = 422


class NotDistributed(Refusal):
    """A correction of a language that did not go out: its text can still be changed."""

    code: ClassVar[str] = "correction_before_distribution"


class CorrectionBackwards(Refusal):
    """A correction before the distribution, or before the correction that it follows."""

    code: ClassVar[str] = "correction_backwards"
    status: ClassVar[int] = 422


DISTRIBUTED: Final[Step] = STEPS[-1]
UNNUMBERED: Final = 0


class Counter(NamedTuple):
    """The numbers of one circle: each from `first` to `last` has its document. Both 0: none was given yet."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Place:
    """What of a symbol is not its number."""

    year: int
    meeting: int | None = None
    session: str | None = None


def numbered(counter: Counter, told: int | None) -> tuple[int, Counter]:
    """The number a document gets, and the counter afterwards.

    The first number ever told in a circle is where the register begins; lower ones are older than it and leave the counter as
    it is. Left out, it is the next. Raises NumberLeavesGap, and NumberTaken for one the register has given itself.

    >>> numbered(Counter(5139, 5141), None)
    (5142, Counter(first=5139, last=5142))
    """
    if counter.last == UNNUMBERED:
        first = told or 1
        return first, Counter(first, first)
    following = counter.last + 1
    if told is None or told == following:
        return following, Counter(counter.first, following)
    if told > following:
        raise NumberLeavesGap(number=str(told), next=str(following))
    if told >= counter.first:
        raise NumberTaken(number=str(told))
    return told, counter


def circle_of(code: str, series: Series, place: Place) -> str:
    """Within which no number is left out: the series, its year, or its session where numbers begin again."""
    if series.numbers == "yearly":
        return f"{code} {place.year}"
    if place.session is not None and place.session.rpartition("-")[2] in series.again_in:
        return f"{code} {place.session}"
    return code


def require_place(series: Series, place: Place, forms: CitationForms, today: date) -> None:
    """Refuse what the symbols of a series cannot say. Raises PartMissing, NoSession, YearWrong."""
    for part in asked(series, forms):
        if getattr(place, part) is None:
            raise PartMissing(document_part=part)
    if place.session is not None and not _is_session(place.session, forms.forms[series.form], forms):
        raise NoSession()
    if place.year > today.year or place.year != forms.full_year(place.year % 100):
        raise YearWrong(first=str(forms.century.first), year=str(today.year))


def asked(series: Series, forms: CitationForms) -> tuple[str, ...]:
    """What must be told of a document beside number and year: its meeting, its session."""
    form = forms.forms[series.form]
    parts = {"meeting": "{meeting}" in form.template or series.numbers == "meeting", "session": form.sessions is not None}
    return tuple(part for part, is_asked in parts.items() if is_asked)


def symbol_of(series: Series, number: int, place: Place, forms: CitationForms) -> str:
    """The clean symbol of a document, as the pack's citations write it."""
    values = Values(
        number=number,
        meeting=place.meeting,
        meeting_lost=False,
        year=place.year,
        until=None,
        session=place.session,
        part=None,
        organ=series.organ,
        stranger=False,
        mended=False,
    )
    return made(values, forms.forms[series.form], forms).canonical


def suffixed(symbol: str, suffix: str, number: int, forms: CitationForms) -> str:
    """The symbol of a revision, correction or addendum of the document with this symbol."""
    return f"{symbol} {Suffix(forms.suffixes[suffix].rank, number, '', suffix, number)}"


def require_suffix(suffix: str, upon: str | None, rules: DocumentRules) -> None:
    """Refuse a suffix that does not stand upon a document with the suffix `upon` (None: without one). Raises SuffixNotHere."""
    if suffix not in rules.suffixes or (upon or BASE) not in rules.suffixes[suffix].on:
        raise SuffixNotHere()


def require_step(language: str, way: tuple[Step, ...], done: Steps, step: Step, at: datetime | None, now: datetime) -> None:
    """Refuse a step of a language that is not the next one, or not at this instant.

    Raises StepNotOfLanguage, StepDone, StepsBefore, InstantNeeded, NotYet, StepBackwards.
    """
    told = {"language": language, "document_step": step}
    if step not in way:
        raise StepNotOfLanguage(**told)
    if step in done:
        raise StepDone(**told)
    lacking = next((one for one in way[: way.index(step)] if one not in done), None)
    if lacking is not None:
        raise StepsBefore(**told, missing_step=lacking)
    if at is None:
        if step == DISTRIBUTED:
            raise InstantNeeded(**told)
        return
    if at > now:
        raise NotYet(**told, now=now)
    latest = max((one for one in done.values() if one is not None), default=at)
    if at < latest:
        raise StepBackwards(**told, earliest=latest.astimezone(now.tzinfo))


def require_correction(language: str, done: Steps, last: datetime | None, at: datetime, now: datetime) -> None:
    """Refuse a correction of a language that is not out, ahead of now, or before `last`, the correction before it.

    Raises NotDistributed, NotYet, CorrectionBackwards.
    """
    out = done.get(DISTRIBUTED)
    if out is None:
        raise NotDistributed(language=language)
    if at > now:
        raise NotYet(language=language, document_step="corrected", now=now)
    earliest = max(out, last or out)
    if at < earliest:
        raise CorrectionBackwards(language=language, earliest=earliest.astimezone(now.tzinfo))


def missing(rules: DocumentRules, done: Mapping[str, Steps]) -> tuple[str, ...]:
    """The languages in which a document did not go out yet, in the pack's order."""
    return tuple(code for code in rules.languages.codes if DISTRIBUTED not in done.get(code, {}))


def needed_by(wanted: datetime | None, decisions: DecisionRules | None) -> datetime | None:
    """Until when all languages must be out, if a document is to be discussed at `wanted`; None: unknown.

    The longest wait before a discussion that holds every text decides. Waits of unknown length, and those of certain kinds of
    text, are not counted.
    """
    if wanted is None or decisions is None:
        return wanted
    hours = [
        lock.length
        for lock in decisions.locks.values()
        if Held.DISCUSS in lock.holds and not lock.texts and lock.unit == "hours_after_distribution" and lock.length != "unknown"
    ]
    return wanted - timedelta(hours=max(hours, default=0))


def misfits(rules: DocumentRules, forms: CitationForms | None) -> Iterator[tuple[str, str]]:
    """Where the rules of documents name what the forms of citations have not, or lack what these ask for: key, reason."""
    for code, series in rules.series.items():
        form = forms.forms.get(series.form) if forms is not None else None
        if form is None:
            yield f"series.{code}.form", "the citations have no such form"
        elif (form.organs is None) != (series.organ is None):
            yield f"series.{code}.organ", "a form with a list of organs needs one, and no other has one"
        elif set(series.again_in) - set(forms.sessions.get(form.sessions or "", ()) if forms is not None else ()):
            yield f"series.{code}.again_in", "the citations have no such mark of a session"
    known = set(forms.suffixes) if forms is not None else set()
    for suffix, upon in rules.suffixes.items():
        if suffix not in known or not set(upon.on) <= {BASE, *rules.suffixes}:
            yield f"suffixes.{suffix}", "a suffix that the citations have not, or that stands upon none of them"


def _is_session(session: str, form: Form, forms: CitationForms) -> bool:
    roman, _, mark = session.partition("-")
    return form.sessions is not None and to_number(roman) is not None and mark in forms.sessions[form.sessions]
