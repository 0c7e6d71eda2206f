"""The way in: `parse` reads one citation, `find_all` finds every one in a text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import ClassVar, Final, NamedTuple

from policies.citations import CitationForms, Form
from policies.refusal import Refusal
from states.citing.citation import Citation, Suffix
from states.citing.cleaning import cleaned
from states.citing.making import made
from states.citing.patterns import anchor_pattern, first_words, lead_in_pattern, suffix_pattern, symbol_pattern
from states.citing.reading import Values, read_suffix, read_values

_AROUND: Final = " .,;:'\"«»“”„"
_TAG: Final = re.compile(r" ?\[[A-Za-z]\]\Z")
"""One letter in brackets behind a symbol, as lists put it to say where a thing was read."""


class NotACitation(Refusal):
    """The text is not a symbol of any form of this pack, or it is more than one. Says nothing of the text."""

    code: ClassVar[str] = "not_a_citation"
    status: ClassVar[int] = 422


@dataclass(frozen=True, slots=True)
class Found:
    """A citation in a text: `text[start:end]` is how it is written there."""

    start: int
    end: int
    citation: Citation


def parse(text: str, forms: CitationForms) -> Citation:
    """Read a text that is one citation, clean or dirty; words that announce it and signs around it do not matter.

    A shelf mark before another symbol is passed over, as on a cover: "OEA/Ser.G CP/doc.5190/16". Raises NotACitation.
    """
    plain = _TAG.sub("", cleaned(text).text.strip().lstrip(_AROUND + "([").rstrip(_AROUND))
    readers = _readers(forms)
    start = readers.lead_in.match(plain)
    found = readers.longest(plain, start.end() if start else 0)
    if found is not None and found.form.shelf and (rest := plain[found.end :].lstrip(_AROUND + "/-")):
        found = readers.longest(plain, len(plain) - len(rest))
    if found is None or plain[found.end :].strip(_AROUND + ")]"):
        raise NotACitation()
    return made(found.values, found.form, forms)


def find_all(text: str, forms: CitationForms) -> Iterator[Found]:
    """Every citation in a text, from left to right, the longest at each place, none overlapping. Linear in its length."""
    clean, readers, at = cleaned(text), _readers(forms), 0
    while begun := readers.anchor.search(clean.text, at):
        found = readers.longest(clean.text, begun.start())
        at = begun.end() if found is None else found.end
        if found is not None:
            yield Found(clean.place(begun.start()), clean.place(at - 1) + 1, made(found.values, found.form, forms))


class _Reading(NamedTuple):
    """A symbol with its suffixes, and where it ends."""

    end: int
    form: Form
    values: Values


class _Readers:
    """Everything made once of a pack's forms."""

    def __init__(self, forms: CitationForms) -> None:
        self._forms = forms
        self._suffix = suffix_pattern(forms)
        self.lead_in = lead_in_pattern(forms)
        self._begins: dict[str, list[tuple[Form, re.Pattern[str]]]] = {}
        written = {template: form for form in reversed(forms.forms.values()) for template in form.templates}
        ordered = [(template, form) for form in forms.forms.values() for template in form.templates if written[template] is form]
        firsts = {template: {_key(word) for word in first_words(template, form, forms)} for template, form in ordered}
        for word in sorted(set().union(*firsts.values())):
            called = [each for each in ordered if any(word.startswith(first) for first in firsts[each[0]])]
            self._begins[word] = [(form, symbol_pattern(template, form, forms)) for template, form in called]
        self.anchor = anchor_pattern(self._begins)

    def longest(self, text: str, begin: int) -> _Reading | None:
        """The longest reading that begins here; of equally long ones the first form's.

        None too where a letter or digit goes on right behind the symbol: it was part of something else.
        """
        begun = self.anchor.match(text, begin)
        best: tuple[int, Form, Values] | None = None
        for form, pattern in self._begins[_key(begun[0])] if begun else ():
            symbol = pattern.match(text, begin)
            if symbol is None or (best is not None and symbol.end() <= best[0]):
                continue
            values = read_values(symbol, form, self._forms)
            if values is not None and self._ends(text, symbol.end()):
                best = (symbol.end(), form, values)
        if best is None:
            return None
        end, form, values = best
        end, suffixes = self._suffixes(text, end)
        return _Reading(begin + len(text[begin:end].rstrip()), form, replace(values, suffixes=suffixes))

    def _ends(self, text: str, end: int) -> bool:
        inside = end < len(text) and text[end].isalnum() and text[end - 1].isalnum()
        return not inside or self._suffix.match(text, end) is not None

    def _suffixes(self, text: str, at: int) -> tuple[int, tuple[Suffix, ...]]:
        suffixes = []
        while suffix := self._suffix.match(text, at):
            suffixes.append(read_suffix(suffix, self._forms))
            at = suffix.end()
        return at, tuple(suffixes)


@lru_cache(maxsize=8)
def _readers(forms: CitationForms) -> _Readers:
    return _Readers(forms)


def _key(word: str) -> str:
    return word.upper().replace(" ", "")
