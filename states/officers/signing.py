"""Whether whoever signed could sign: the office itself, its holder, somebody acting for it, or nobody knows."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from policies.officers import OfficerRules
from states.officers.assignment import Assignment, Purpose, Standing, covers, on_day


class As(StrEnum):
    """As what somebody signed. The sentence is `signed_as.<value>`."""

    OFFICE = "office"
    """The office is named, not a person."""
    HOLDER = "holder"
    ACTING = "acting"
    UNKNOWN = "unknown"
    """The register does not know who held the office that day, or who acted for it. Not a fault: it is said."""
    NOBODY = "nobody"
    """The register knows who held the office and who acted for it that day, and it was none of them."""


@dataclass(frozen=True, slots=True)
class Signature:
    """As what an order was signed, for which office, and where that is written (empty: nowhere)."""

    signed: As
    office: str
    source: str = ""


def signature(rules: OfficerRules, lines: Iterable[Assignment], signed_by: str, on: date) -> Signature:
    """Judge the name under an order of a day.

    A name is the same without accents, case, points and the title of the office: "Secretary General J. Pérez" is J. Perez. NOBODY
    only where the register knows the holder of that day and everybody who acted; whatever it does not know makes UNKNOWN.
    """
    standing = on_day(lines, on)
    found = [_for(rules, standing, code, signed_by) for code, office in rules.offices.items() if office.signs]
    order = list(As)
    return min(found, key=lambda one: order.index(one.signed), default=Signature(As.UNKNOWN, ""))


def _for(rules: OfficerRules, standing: Sequence[Assignment], code: str, signed_by: str) -> Signature:
    if _is_office(rules, code, signed_by):
        return Signature(As.OFFICE, code)
    holders = [one for one in standing if one.office == code and one.standing is Standing.HOLDER]
    for one in holders:
        if _names(rules, one, signed_by):
            return Signature(As.HOLDER, code, one.source)
    acting = [one for one in standing if covers(one, code, Purpose.SIGNATURE)]
    for one in acting:
        if _acts(rules, standing, one, signed_by):
            return Signature(As.ACTING, code, one.source)
    named = [one for one in holders if one.name is not None]
    if not named or any(_could_be(rules, standing, one, signed_by) for one in acting):
        return Signature(As.UNKNOWN, code)
    return Signature(As.NOBODY, code, named[-1].source)


def _acts(rules: OfficerRules, standing: Sequence[Assignment], line: Assignment, signed_by: str) -> bool:
    """Whether it is who acts: by name, as the office that acts, or as the holder of that office."""
    if line.taker is None:
        return _names(rules, line, signed_by)
    return _is_office(rules, line.taker, signed_by) or any(
        _names(rules, one, signed_by) for one in _holders(standing, line.taker)
    )


def _could_be(rules: OfficerRules, standing: Sequence[Assignment], line: Assignment, signed_by: str) -> bool:
    """Whether an office acts whose holder nobody told: any name of a person may be theirs."""
    if line.taker is None or any(_is_office(rules, code, signed_by) for code in rules.offices):
        return False
    return not any(one.name is not None for one in _holders(standing, line.taker))


def _holders(standing: Sequence[Assignment], office: str) -> list[Assignment]:
    return [one for one in standing if one.office == office and one.standing is Standing.HOLDER]


def _is_office(rules: OfficerRules, code: str, told: str) -> bool:
    return _plain(told) in {_plain(name) for name in (code, *_titles(rules, code))}


def _names(rules: OfficerRules, line: Assignment, told: str) -> bool:
    """Whether a line names whoever signed, with or without the title of an office."""
    if line.name is None:
        return False
    name, said = _plain(line.name), _plain(told)
    titles = [_plain(title) for code in (line.office, line.taker) if code is not None for title in _titles(rules, code)]
    return said in {name, *(f"{title} {name}" for title in titles), *(f"{name} {title}" for title in titles)}


def _titles(rules: OfficerRules, code: str) -> tuple[str, ...]:
    return rules.offices[code].names if code in rules.offices else ()


def _plain(told: str) -> str:
    decomposed = unicodedata.normalize("NFKD", told).casefold()
    return " ".join(re.findall(r"\w+", "".join(letter for letter in decomposed if not unicodedata.combining(letter))))
