"""From what was read to a citation: the clean symbol, the work, the doubts."""

from policies.citations import CitationForms, Form
from states.citing.citation import Citation, Work
from states.citing.doubts import doubts
from states.citing.reading import Values
from states.citing.templates import pieces, write


def made(read: Values, form: Form, forms: CitationForms) -> Citation:
    """The citation of these values, written as its form writes it."""
    values = {
        "number": None if read.number is None else str(read.number).zfill(form.digits),
        "meeting": None if read.meeting is None else str(read.meeting),
        "year": _year(read.year, form, forms),
        "until": _year(read.until, form, forms),
        "session": read.session,
        "part": read.part,
        "organ": read.organ,
    }
    body, kind = (name.replace("{organ}", read.organ or "") for name in (form.body, form.kind))
    return Citation(
        canonical=" ".join((write(pieces(form.template), values), *map(str, read.suffixes))),
        body=body,
        kind=kind,
        number=read.number,
        session=read.session,
        year=read.year,
        suffixes=read.suffixes,
        work=Work(body, kind, read.number, read.session, read.year if form.yearly else None, read.part),
        meeting=read.meeting,
        part=read.part,
        numbered=not form.shelf,
        warnings=doubts(read, form, forms),
    )


def _year(year: int | None, form: Form, forms: CitationForms) -> str | None:
    """Two digits, unless the form writes four by then or two would mean another year."""
    if year is None:
        return None
    long = (form.long_years_from is not None and year >= form.long_years_from) or year != forms.full_year(year % 100)
    return str(year) if long else f"{year % 100:02}"
