"""One form put to one place of a text: the values of its fields, or nothing."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from policies.citations import CitationForms, Form, SessionMark
from states.citing.citation import Suffix
from states.citing.cleaning import folded
from states.citing.roman import to_number

_ALIKE: Final = str.maketrans({"O": "0", "I": "1", "L": "1"})


@dataclass(frozen=True, slots=True)
class Values:
    """What was read. `stranger`: an organ that no list has. `unmarked`: the session stood without its mark.

    `mended`: letters stood for digits or digits for letters.
    """

    number: int | None
    meeting: int | None
    meeting_lost: bool
    year: int | None
    until: int | None
    session: str | None
    part: str | None
    organ: str | None
    stranger: bool
    mended: bool
    unmarked: bool = False
    suffixes: tuple[Suffix, ...] = ()


def read_values(match: re.Match[str], form: Form, forms: CitationForms) -> Values | None:
    """The values of a symbol's fields; None where they are not this form's: too little of it, or another time's."""
    got = match.groupdict()
    year, until = (_year(got.get(name), forms) for name in ("year", "until"))
    number, meeting = (_number(got.get(name)) for name in ("number", "meeting"))
    session, session_mended = _session(got, year, form, forms)
    if "{number}" in form.template and number is None and not _known_otherwise(form, session, meeting, year):
        return None
    if year is not None and not (form.years_from or 0) <= year <= (form.years_until or 9999):
        return None
    organ, stranger = _organ(got.get("organ"), form, forms)
    part = got.get("part")
    digits = [got.get(name) or "" for name in ("number", "meeting", "year", "until")]
    return Values(
        number=number,
        meeting=meeting,
        meeting_lost=got.get("meeting_lost") is not None,
        year=year,
        until=until,
        session=session,
        part=part.replace(" ", "").upper() if part else None,
        organ=organ,
        stranger=stranger,
        mended=session_mended or any(sign.isalpha() for text in digits for sign in text),
        unmarked=got.get("unmarked") is not None,
    )


def read_suffix(match: re.Match[str], forms: CitationForms) -> Suffix:
    """One suffix, by its own name."""
    name = _suffix_name(match["word"].lower(), forms)
    rule = forms.suffixes[name]
    number = int(match["n"]) if match["n"] else None
    letter = (match["letter"] or match["last"] or "").lower()
    return Suffix(rule.rank, 1 if number is None else number, letter, name, number)


@lru_cache(maxsize=256)
def _suffix_name(word: str, forms: CitationForms) -> str:
    return next(name for name, rule in forms.suffixes.items() if _flat(word) in map(_flat, rule.words))


def _number(text: str | None) -> int | None:
    return int(re.sub(r"[.,']", "", text).upper().translate(_ALIKE)) if text else None


def _year(text: str | None, forms: CitationForms) -> int | None:
    if not text:
        return None
    year = int(text.upper().translate(_ALIKE))
    return forms.full_year(year) if len(text) == 2 else year


def _known_otherwise(form: Form, session: str | None, meeting: int | None, year: int | None) -> bool:
    """Whether enough of a symbol is left when its number is lost: its session or meeting; its year where it has neither."""
    if "{session}" in form.template or "{meeting}" in form.template:
        return session is not None or meeting is not None
    return year is not None


def _session(got: Mapping[str, str | None], year: int | None, form: Form, forms: CitationForms) -> tuple[str | None, bool]:
    """A session as `XLV-O`, and whether it had to be mended: 1 was meant for I, 0 for O, a small l for I or L."""
    if (bare := got.get("unmarked")) and form.sessions is not None:
        return _marked(bare.replace(" ", "").upper(), year, forms.sessions[form.sessions]), False
    roman, mark = got.get("roman"), got.get("mark")
    if not roman or not mark or form.sessions is None:
        return None, False
    meant = mark.upper().replace("0", "O").replace("1", "I")
    close = roman.replace(" ", "")
    as_l, as_i = (close.replace("1", "I").replace("l", letter).upper() for letter in "LI")
    minus = forms.sessions[form.sessions][meant].year_minus
    by_year = None if minus is None or year is None else year - minus
    if to_number(as_l) is None or (to_number(as_l) != by_year and to_number(as_i) == by_year):
        letters = as_i if to_number(as_i) is not None else as_l
    else:
        letters = as_l
    return f"{letters}-{meant}", letters != close.upper() or meant != mark.upper()


def _marked(letters: str, year: int | None, marks: Mapping[str, SessionMark]) -> str:
    """A session without its mark: with the one mark whose rule its year fits, else as it stands."""
    number = to_number(letters)
    since = None if year is None or number is None else year - number
    fitting = [mark for mark, rule in marks.items() if since is not None and rule.year_minus == since]
    return f"{letters}-{fitting[0]}" if len(fitting) == 1 else letters


def _organ(text: str | None, form: Form, forms: CitationForms) -> tuple[str | None, bool]:
    """The word of the list that this is a spelling of; else itself, as a stranger."""
    if text is None or form.organs is None:
        return None, False
    for organ in forms.organs[form.organs].words:
        if _flat(text) in map(_flat, (organ.word, *organ.also)):
            return organ.word, False
    return text.upper(), True


def _flat(text: str) -> str:
    return re.sub(r"[ ,.]", "", folded(text)).upper()
