"""From a template to a pattern that also reads it dirty.

Every repetition in a pattern either gives nothing back (`*+`) or is bounded, so that a reading costs what it reads and no
text can make it slow. Patterns are for text that `cleaning` has made plain.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from policies.citations import CitationForms, Form
from states.citing.cleaning import folded
from states.citing.templates import Bracketed, Gap, Maybe, Piece, Pieces, Slot, Word, pieces, slots

NUMBER_SIGN: Final = r"(?:(?:N(?:umero|um|ro|o)?+(?![A-Z])[. ]*+(?:o(?![A-Z]))?+[. ]*+|#|№) *+)?+"
_NUMBER: Final = r"(?:[0-9]{1,3}[.,'][0-9]{3}|[0-9](?:[0-9OIL]{0,7}[0-9])?+)(?![0-9])"
_YEAR: Final = r"'?+(?P<NAME>[0-9]{4}|[0-9OIL][0-9]|[0-9][0-9OIL])(?![0-9])"
_ROMAN: Final = r"(?P<roman>[IVXLCDM1](?: ?[IVXLCDM1]){0,11})"
_UNMARKED: Final = r"(?P<unmarked>[IVXLCDM](?: ?[IVXLCDM]){0,11})(?= *+/)"
"""A session without its mark; only where its year follows, and with no digit in it: "11/15" is no session."""
_SEGMENT: Final = r"(?:[IVXLCDM]{1,9}|[0-9]{1,5})(?![A-Z0-9])"
_LOST: Final = r"(?:_ *+)++|\.{2,}+|-++|\?++|\[[ _.?]*+\]"
_SHORT: Final = 4
"""Under so many letters a mark is too short to be known without its number: "E /25" is no press release."""


def suffix_pattern(forms: CitationForms) -> re.Pattern[str]:
    """One suffix with what stands before it: groups `word`, `n`, `letter`.

    A letter behind a space counts only at an end: in "add. 1 a report" the letter is a word.
    """
    words = _any_of(word for suffix in forms.suffixes.values() for word in suffix.words)
    end = r"(?= *+(?:\Z|[),;\]]))"
    letter = rf"(?:[.\-]?(?P<letter>[A-Z])(?=(?:{words})(?![A-Z])|[^A-Z0-9]|\Z)| *+[.\-]? *+(?P<last>[A-Z]){end})?+"
    number = rf"(?P<n>[0-9]{{1,3}})(?![0-9]){letter}"
    return _compiled(rf"[ ,;/\-]*+(?P<open>\()?+ *+(?P<word>{words})(?![A-Z])[ .]*+{NUMBER_SIGN}(?:{number}|{end})(?(open) *+\))")


def anchor_pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Where a symbol may begin: one of these words, not inside another."""
    return _compiled(rf"(?<![A-Z0-9])(?:{_any_of(words)})")


def lead_in_pattern(forms: CitationForms) -> re.Pattern[str]:
    """The words that may stand before a symbol that is given alone."""
    return _compiled(rf"(?:(?:{_any_of(forms.lead_ins)})(?![A-Z])[ .:]*+)*+" if forms.lead_ins else "")


def first_words(template: str, form: Form, forms: CitationForms) -> Iterator[str]:
    """The words one of which a symbol of this template begins with."""
    match pieces(template)[0]:
        case Word(text):
            yield folded(text).upper()
        case _ if form.organs:
            for organ in forms.organs[form.organs].words:
                yield from (folded(word).upper() for word in (organ.word, *organ.also))


def symbol_pattern(template: str, form: Form, forms: CitationForms) -> re.Pattern[str]:
    """The whole symbol without its suffixes; a group a field, and `roman`, `mark`, `number_lost`, `meeting_lost`."""
    return _compiled(_Builder(form, forms).whole(pieces(template)))


class _Builder:
    """Walks the pieces from left to right and knows what stands before."""

    def __init__(self, form: Form, forms: CitationForms) -> None:
        self._form = form
        self._forms = forms
        self._letters = 0
        self._brackets = 0

    def whole(self, parts: Pieces) -> str:
        """The opening, which may be written twice over, then the rest."""
        length = next((at for at, part in enumerate(parts) if not isinstance(part, Word | Gap)), len(parts))
        opening, rest = parts[:length], parts[length:]
        self._letters = sum(len(part.text) for part in opening if isinstance(part, Word))
        segments, segment = [], ""
        for part in opening:
            segment += self._piece(part, None, ())
            if isinstance(part, Gap) and "/" in part.text:
                segments.append(segment)
                segment = ""
        once = "".join(f"(?:{each}){{1,2}}" for each in (*segments, segment) if each)
        twice = f"(?:{once}){{1,2}}" if once else ""
        if rest and rest[0] == Slot("organ"):
            again = rf"(?: *+[-/.]?+ *+(?:{twice})?+(?P=organ)(?![A-Z]))?+"
            return twice + self._organ() + again + self._sequence(rest[1:], rest[0])
        return twice + self._sequence(rest, opening[-1] if opening else None)

    def _sequence(self, parts: Pieces, before: Piece | None) -> str:
        written = []
        for at, part in enumerate(parts):
            written.append(self._piece(part, before, parts[at + 1 :]))
            before = part
        return "".join(written)

    def _piece(self, part: Piece, before: Piece | None, after: Pieces) -> str:
        match part:
            case Word("No"):
                return NUMBER_SIGN
            case Word(text):
                return re.escape(folded(text))
            case Gap(text):
                return _gap(text, before)
            case Slot(name):
                return self._slot(name, after)
            case Maybe(inner):
                return f"(?:{self._sequence(inner, before)})?+"
            case Bracketed(inner):
                return self._bracketed(inner)

    def _bracketed(self, inner: Pieces) -> str:
        """Brackets of any kind. Without them a bare number would be anything: a stroke must follow soon."""
        self._brackets += 1
        name = f"bracket{self._brackets}"
        open_ = rf"(?P<{name}>[(\[{{])"
        bare = r"|(?=[^/()]{1,20}/)" if {"meeting", "session"} & set(slots(inner)) else "|"
        return rf" *+,?+ *+(?:{open_}{bare}) *+{self._sequence(inner, None)}(?({name})(?: *+[)\]}}])?+)"

    def _slot(self, name: str, after: Pieces) -> str:
        match name:
            case "number" | "meeting":
                lost = "|".join((_LOST, *(rf"(?:{re.escape(folded(word))})(?![A-Z0-9])" for word in self._forms.lost)))
                nothing = "|" if name == "number" and self._may_vanish(after) else ""
                return rf"(?:{NUMBER_SIGN}(?=[0-9]))?+(?:(?P<{name}>{_NUMBER})|(?P<{name}_lost>{lost}){nothing})"
            case "session":
                marks = "".join(self._forms.sessions[self._form.sessions or ""])
                alike = ("0" if "O" in marks else "") + ("1" if "I" in marks else "")
                marked = rf"{_ROMAN} *+-?+ *+(?P<mark>[{marks}{alike}])(?![A-Z])"
                return rf"(?:{marked}|{_UNMARKED}|(?P<session_lost>{_LOST}))"
            case "part":
                return rf"(?P<part>{_SEGMENT}(?: ?[./] ?{_SEGMENT}){{0,8}})"
            case "organ":
                return self._organ()
            case _:
                return _YEAR.replace("NAME", name)

    def _may_vanish(self, after: Pieces) -> bool:
        """Whether a symbol is still known when the number is not there at all."""
        following = after[0] if after else None
        inner = following.inner if isinstance(following, Maybe) else after
        stroke = bool(inner) and isinstance(inner[0], Gap) and "/" in inner[0].text
        return (stroke and self._letters >= _SHORT) or any(isinstance(part, Bracketed) for part in inner[:2])

    def _organ(self) -> str:
        organs = self._forms.organs[self._form.organs or ""]
        known = rf"(?:{_any_of(word for organ in organs.words for word in (organ.word, *organ.also))})(?![A-Z])"
        if not organs.open:
            return f"(?P<organ>{known})"
        kinds = "|".join(sorted(_words_of(self._forms)))
        return rf"(?P<organ>{known}|(?<=/)(?!(?:{kinds})(?![A-Z]))[A-Z]{{2,10}}(?=[-/ ]))"


def _gap(text: str, before: Piece | None) -> str:
    """What may stand for these signs. Between two fields of digits there must be something."""
    after_digits = isinstance(before, Slot) and before.name not in ("session", "organ")
    if "/" in text:
        return r" *+[/\-] *+" if after_digits else r" *+[/.\-]?+ *+"
    if "-" in text:
        return r"(?: *+[-/] *+| ++)" if after_digits else r" *+[-.]?+ *+"
    if "." in text:
        must = "" if after_digits else "?+"
        return rf" *+[./\-]{must} *+" if isinstance(before, Slot) else r" *+[.,:\-]?+ *+"
    return r" *+,?+ *+" if after_digits else r" *+[,.\-]?+ *+"


def _words_of(forms: CitationForms) -> set[str]:
    """Every word of the templates that is not one of the lists: no organ is called like a kind."""
    written = {
        folded(part.text).upper() for form in forms.forms.values() for part in pieces(form.template) if isinstance(part, Word)
    }
    return written - {organ.word.upper() for organs in forms.organs.values() for organ in organs.words}


def _any_of(words: Iterable[str]) -> str:
    """One of these words, the longest first; signs in them may be missing. Of no words: nothing matches."""
    plain = sorted({folded(word).upper() for word in words}, key=lambda word: (-len(word), word))
    return "|".join(r" *+,?+ *+".join(map(re.escape, re.split(r"[ ,]+", word))) for word in plain) or "(?!)"


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.ASCII)
