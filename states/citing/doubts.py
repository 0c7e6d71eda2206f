"""What in a citation breaks a rule of its series, or was mended: warnings, never refusals.

A citation is evidence. Who wrote it may be wrong, and what it says is kept as it is said.
"""

from collections.abc import Iterator

from policies.citations import CitationForms, Form, Landmark
from policies.said import Said
from states.citing.reading import Values
from states.citing.roman import to_number


def doubts(read: Values, form: Form, forms: CitationForms) -> tuple[Said, ...]:
    """Everything to look at, in the order in which a person would ask."""
    found = [*_lost(read, form), *_of_session(read, form, forms), *_of_meeting(read, form), *_of_years(read, forms)]
    if read.stranger:
        found.append(Said("citing.organ_unknown"))
    if any(suffix.number is None for suffix in read.suffixes):
        found.append(Said("citing.suffix_without_number"))
    if read.mended:
        found.append(Said("citing.letters_repaired"))
    return tuple(found)


def _lost(read: Values, form: Form) -> Iterator[Said]:
    if read.number is None and "{number}" in form.template and not form.shelf:
        yield Said("citing.number_lost")
    if read.meeting_lost:
        yield Said("citing.meeting_lost")
    if "{session}" in form.template and read.session is None:
        yield Said("citing.session_missing")
    elif "{meeting}" in form.template and read.meeting is None and not read.meeting_lost:
        yield Said("citing.meeting_missing")
    elif "{year}" in form.template and read.year is None and read.meeting is None:
        yield Said("citing.year_missing")


def _of_session(read: Values, form: Form, forms: CitationForms) -> Iterator[Said]:
    """An ordinary session has one year."""
    if read.session is None or form.sessions is None:
        return
    roman, _, mark = read.session.partition("-")
    number = to_number(roman)
    if number is None:
        yield Said("citing.session_not_a_number", {"session": read.session})
        return
    if read.unmarked:
        yield Said("citing.session_mark_missing", {"session": read.session})
    if not mark:
        return
    minus = forms.sessions[form.sessions][mark].year_minus
    if minus is not None and read.year is not None and read.year != number + minus:
        facts = {"session": read.session, "year": str(read.year), "expected": str(number + minus)}
        yield Said("citing.session_against_year", facts)


def _of_meeting(read: Values, form: Form) -> Iterator[Said]:
    """The number of a meeting looks like a year, and is not one."""
    if read.meeting is None:
        return
    meeting = {"meeting": str(read.meeting)}
    if read.year is None:
        yield Said("citing.meeting_alone", meeting)
    elif read.meeting == read.year:
        yield Said("citing.meeting_taken_for_year", meeting)
    elif known := next((mark for mark in form.landmarks if _contradicts(mark, read.meeting, read.year)), None):
        facts = {"year": str(read.year), "known_meeting": str(known.meeting), "known_year": str(known.year)}
        yield Said("citing.meeting_against_year", meeting | facts)


def _contradicts(mark: Landmark, meeting: int, year: int) -> bool:
    """Whether an earlier meeting is put into a later year than the known one, or a later one into an earlier year."""
    return (meeting <= mark.meeting and year > mark.year) or (meeting >= mark.meeting and year < mark.year)


def _of_years(read: Values, forms: CitationForms) -> Iterator[Said]:
    if read.year is not None and read.year != forms.full_year(read.year % 100):
        yield Said("citing.year_out_of_range", {"year": str(read.year)})
    if read.until is not None and read.year is not None and read.until != read.year + 1:
        yield Said("citing.years_apart", {"year": str(read.year), "until": str(read.until)})
