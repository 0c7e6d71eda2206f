"""The way in: from the pasted text of a resolution to its operative paragraphs."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import ClassVar, Final

from policies.citations import CitationForms
from policies.mandates import MandateRules
from policies.refusal import Refusal
from policies.said import Said
from policies.wording import Force, Wording
from states.citing.citation import Citation
from states.citing.cleaning import Clean, cleaned, folded
from states.citing.parsing import find_all
from states.registering.paragraph import Asked, Extract, Paragraph, Place
from states.registering.phrases import compiled, word
from states.registering.reading import Reader
from states.registering.splitting import Piece, Split, split
from states.registering.terms import Term

_SAMPLE: Final = 20_000
"""So many signs tell the language of a text."""
_HEADER: Final = 4_000
"""A text's own symbol and the day of its adoption stand within so many signs."""
_NEAR: Final = 200


class NoSuchWording(Refusal):
    """There are no words for this language."""

    code: ClassVar[str] = "no_such_wording"
    status: ClassVar[int] = 422


class Register:
    """Reads texts by one pack and all languages. Make one and keep it: what is made of the rules is made once."""

    def __init__(self, rules: MandateRules, forms: CitationForms, wordings: Mapping[str, Wording]) -> None:
        years = None
        if rules.sessions is not None:
            years = forms.sessions[rules.sessions.series][rules.sessions.regular].year_minus
        self.rules = rules
        self._forms = forms
        self._wordings = wordings
        self._readers = {code: Reader(wording, rules, years) for code, wording in wordings.items()}
        self._marks = {code: compiled(word(wording.marks)) for code, wording in wordings.items()}

    def extract(self, text: str, *, language: str | None = None, adopted: date | None = None) -> Extract:
        """Read a text. `language` and `adopted` are what somebody knows of it; else they are looked for in it.

        Raises NoSuchWording. Never for the text: what is no resolution has no paragraphs, and a warning says so.
        """
        if language is not None and language not in self._wordings:
            raise NoSuchWording(known=", ".join(sorted(self._wordings)))
        code = language or self._language(text)
        if code is None:
            place = Place(0, len(text))
            return Extract(None, None, adopted, place, (), Place(len(text), len(text)), (Said("registering.language_unknown"),))
        wording, reader = self._wordings[code], self._readers[code]
        parts = split(text, wording.openings, wording.closings, reader.heads)
        day = adopted or self._adopted(text, parts, reader)
        paragraphs = self._paragraphs(text, parts, reader, day)
        warnings = parts.warnings if paragraphs else (*parts.warnings, Said("registering.no_paragraphs"))
        symbol = self._symbol(text[: parts.body])
        return Extract(code, symbol, day, Place(0, parts.body), paragraphs, Place(parts.after, len(text)), warnings)

    def _language(self, text: str) -> str | None:
        """The language with the most small words of its own; None where two have as many."""
        sample = folded(text[:_SAMPLE])
        counts = sorted(((len(marks.findall(sample)), code) for code, marks in self._marks.items()), reverse=True)
        best, second = counts[0], (counts[1] if len(counts) > 1 else (0, ""))
        return best[1] if best[0] > second[0] else None

    def _symbol(self, preamble: str) -> Citation | None:
        """The first citation that stands on a line of its own: a text's own symbol, not one that it cites."""
        for found in find_all(preamble[:_HEADER], self._forms):
            line = preamble.rfind("\n", 0, found.start) + 1
            end = preamble.find("\n", found.end)
            if not preamble[line : found.start].strip() and not preamble[found.end : None if end < 0 else end].strip():
                return found.citation
        return None

    def _adopted(self, text: str, parts: Split, reader: Reader) -> date | None:
        """The day behind "adopted at ...", before the operative part or behind it. Two different days are none."""
        days: set[date] = set()
        for part in (text[: min(parts.body, _HEADER)], text[parts.after : parts.after + _HEADER]):
            plain = folded(part)
            for cue in reader.adoption.finditer(plain):
                days |= set(_first_day(plain[: cue.end() + _NEAR], cue.end(), reader))
        return days.pop() if len(days) == 1 else None

    def _paragraphs(self, text: str, parts: Split, reader: Reader, adopted: date | None) -> tuple[Paragraph, ...]:
        heads: dict[tuple[str, ...], tuple[Asked, ...]] = {}
        made: dict[tuple[str, ...], Paragraph] = {}
        kept = []
        for piece in parts.pieces:
            clean = cleaned(text[piece.start : piece.end])
            own = reader.asked(clean.text)
            asked = tuple(_moved(one, clean, piece.start) for one in own)
            heads[piece.path] = asked or heads.get(piece.path[:-1], ())[-1:]
            one = self._one(piece, clean, reader, own, heads[piece.path], adopted)
            above = made.get(piece.path[:-1]) if one.inherited else None
            made[piece.path] = one if above is None else _under(above, one)
            kept.append(made[piece.path])
        return tuple(kept)

    def _one(
        self, piece: Piece, clean: Clean, reader: Reader, own: tuple[Asked, ...], asked: tuple[Asked, ...], adopted: date | None
    ) -> Paragraph:
        text, start = clean.text, piece.start
        body = own[0].place.end if own else 0
        through = reader.through(text, own)
        sunset = _dated(reader.sunset(text, asked), adopted, counted=self.rules.first_days.force == "counted")
        review = _dated(reader.review(text), adopted, counted=self.rules.first_days.duty == "counted")
        due = _dated(reader.due(text), adopted, counted=self.rules.first_days.duty == "counted")
        due = None if due is not None and any(_overlap(due, other) for other in (sunset, review)) else due
        terms = [term for term in (due, sunset, review) if term]
        return Paragraph(
            number=piece.label,
            place=Place(piece.start, piece.end),
            asked=asked,
            inherited=bool(asked) and not own,
            task=_task(text, through.end if through else body, clean, start, reader),
            through=_back(through, clean, start) if through else None,
            due=_placed(due, clean, start),
            sunset=_placed(sunset, clean, start),
            review=_placed(review, clean, start),
            reports_to=reader.reports_to(text, body),
            every=reader.every(text),
            budget_year=reader.budget_year(text),
            procedural=reader.procedural(text),
            topics=reader.topics(text),
            cites=tuple(found.citation for found in find_all(text, self._forms)),
            warnings=(*_doubts(asked, terms),),
        )


def _under(above: Paragraph, one: Paragraph) -> Paragraph:
    """What stands above a list goes for each of its items that says nothing else: until when, how often, by whose hands."""
    return replace(one, due=one.due or above.due, every=one.every or above.every, through=one.through or above.through)


def _first_day(text: str, at: int, reader: Reader) -> Iterable[date]:
    """The first full day within a stretch of text: tried at every word."""
    for begun in re.finditer(r"(?<![A-Za-z0-9])[A-Za-z0-9]", text[at:]):
        term = reader.terms.at(text, at + begun.start())
        if term is not None and term.day is not None:
            return (term.day,)
    return ()


def _task(text: str, at: int, clean: Clean, start: int, reader: Reader) -> Place | None:
    """What is left when verb and addressee are taken off, and the "; and" before the next; None where nothing is."""
    left = text[at:]
    begin = at + len(left) - len(left.lstrip(" ,:;"))
    near = max(at, len(text) - _NEAR)
    tail = reader.tail.search(text, near)
    end = tail.start() if tail else len(text)
    return _back(Place(begin, end), clean, start) if begin < end else None


def _back(place: Place, clean: Clean, start: int) -> Place:
    """The same place in the whole text."""
    return Place(start + clean.place(place.start), start + clean.place(place.end - 1) + 1)


def _moved(asked: Asked, clean: Clean, start: int) -> Asked:
    return replace(asked, place=_back(asked.place, clean, start))


def _placed(term: Term | None, clean: Clean, start: int) -> Term | None:
    if term is None:
        return None
    place = _back(Place(term.start, term.end), clean, start)
    return replace(term, start=place.start, end=place.end)


def _dated(term: Term | None, adopted: date | None, *, counted: bool) -> Term | None:
    return term.worked_out(adopted, counted=counted) if term else None


def _overlap(due: Term, other: Term | None) -> bool:
    """A day by which something ends, or is looked at again, is not a day by which a task is due."""
    return other is not None and due.start < other.end and other.start < due.end


def _doubts(asked: tuple[Asked, ...], terms: list[Term]) -> Iterable[Said]:
    if not asked:
        yield Said("registering.verb_unknown")
    elif any(one.force is Force.ASKS for one in asked) and not any(one.addressees for one in asked):
        yield Said("registering.addressee_unknown")
    for term in terms:
        yield from term.warnings
        if term.count is not None and term.day is None:
            yield Said("registering.period_without_a_day")
