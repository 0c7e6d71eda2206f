"""To whom a letter can be served: whoever the house's rules name for what it is about, and nobody she locked out.

Whom she ticked or named, by name or by office, is never served, nor whoever works under them. The one who handles the case says
what it is about; what they say is compared with the rules and kept nowhere.
"""

import json
from collections.abc import Mapping, Sequence
from typing import ClassVar, Final
from uuid import UUID

from actions.choosing import NotInList, require_among
from actions.kernel.actor import Actor
from actions.letters import Addressee, addressees
from actions.matching import meant, mentioned, says
from actions.sealing import Reader
from policies.refusal import Refusal
from policies.serving import ServingRules
from records import addressees as keys
from records import sealed, seats
from records.books import Books
from records.vault import ABOUT, MUST_NOT_SEE, Author


class AddresseeNotOfSubject(Refusal):
    """What is about this goes to somebody else: the rules say to whom."""

    code: ClassVar[str] = "addressee_not_of_subject"


class AddresseeLockedOut(Refusal):
    """She said that this person must not see it, or that it is about them."""

    code: ClassVar[str] = "addressee_locked_out"


class AddresseeUnderLockedOut(Refusal):
    """This person works under somebody of whom she said so."""

    code: ClassVar[str] = "addressee_under_locked_out"


Barred = type[AddresseeLockedOut] | type[AddresseeUnderLockedOut]
WORDS: Final = (ABOUT.name, MUST_NOT_SEE.name)


def offered(books: Books, case: UUID, by: Actor) -> tuple[Addressee, ...]:
    """Everybody who has a key and may be served what comes from this case. Only for who can open it: her words are read."""
    rules, found = books.pack.serving, addressees(books)
    if rules is None or not found:
        return ()
    out = barred(rules, _ever(books, found), *_told(books, case, by))
    return tuple(one for one in found if one.id not in out and rules.office_of(one.office) is not None)


def require_receiver(books: Books, case: UUID, by: Actor, addressee: UUID, *, about: str | None, audience: str) -> Addressee:
    """The one who is to be served, if the rules give it to them and she did not lock them out.

    Raises NotInList, AddresseeNotOfSubject, AddresseeLockedOut, AddresseeUnderLockedOut.
    """
    rules, found = books.pack.serving, addressees(books)
    one = _known(found, addressee)
    office = rules.office_of(one.office) if rules is not None else None
    if rules is None or office is None:
        raise NotInList(field="addressee", known="")
    if about is None:
        raise NotInList(field="about", known=", ".join(rules.subjects))
    require_among("about", about, rules.subjects)
    if office not in rules.subjects[about].to:
        raise AddresseeNotOfSubject(about=about, offices=", ".join(rules.subjects[about].to))
    require_among("audience", audience, (rules.offices[office].audience,))
    _require_free(books, rules, found, case, by, one)
    return one


def require_free(books: Books, case: UUID, by: Actor, addressee: UUID) -> Addressee:
    """The one who is served now, if they still have a key and she did not lock them out since. Raises as `require_receiver`."""
    rules, found = books.pack.serving, addressees(books)
    one = _known(found, addressee)
    if rules is None:
        raise NotInList(field="addressee", known="")
    _require_free(books, rules, found, case, by, one)
    return one


def subjects_of(books: Books) -> Mapping[str, tuple[str, ...]]:
    """What a letter can be about, with the roles of those it may go to."""
    rules = books.pack.serving
    if rules is None:
        return {}
    return {name: tuple(rules.offices[to].role or to for to in one.to) for name, one in rules.subjects.items()}


def barred(
    rules: ServingRules, found: Sequence[Addressee], ticked: Sequence[UUID], named: str, about: str
) -> Mapping[UUID, Barred]:
    """Who of `found` is never served, with why. `named`: what she wrote of who must not see it, `about`: of whom it is about."""
    names = {one.id: one.name for one in found}
    persons = {*ticked, *meant(named, names), *mentioned(about, names)}
    offices = {key for key, office in rules.offices.items() if any(says(f"{named} . {about}", name) for name in office.names)}
    held = {one.id: rules.office_of(one.office) for one in found}
    leading = offices | {held[one] for one in persons if one in held}
    out: dict[UUID, Barred] = {}
    for one in found:
        office = held[one.id]
        if one.id in persons or office in offices:
            out[one.id] = AddresseeLockedOut
        elif office is not None and leading.intersection(rules.above(office)):
            out[one.id] = AddresseeUnderLockedOut
    return out


def _known(found: Sequence[Addressee], addressee: UUID) -> Addressee:
    for one in found:
        if one.id == addressee:
            return one
    raise NotInList(field="addressee", known=", ".join(str(one.id) for one in found))


def _require_free(books: Books, rules: ServingRules, found: Sequence[Addressee], case: UUID, by: Actor, one: Addressee) -> None:
    refused = barred(rules, _ever(books, found), *_told(books, case, by)).get(one.id)
    if refused is not None:
        raise refused()


def _ever(books: Books, today: Sequence[Addressee]) -> tuple[Addressee, ...]:
    """Everybody who ever made a key: whoever has none that counts today still stands above those who have."""
    found = {one.id: one for one in today}
    for row in keys.everyone(books):
        found.setdefault(row.person_id, Addressee(row.person_id, row.name, row.office, row.language))
    return tuple(found.values())


def _told(books: Books, case: UUID, by: Actor) -> tuple[Sequence[UUID], str, str]:
    """Whom she ticked, what she wrote of who must not see it, and of whom it is about. What cannot be opened stops the act.

    From a matter that gathers cases this is a reading of each of them, which she sees; the case's own page is one already.
    """
    if by.person is not None and by.seat_in != case:
        seats.log_reading(books, case, by.person)
    reader, ticked = Reader(books, case, by), list[UUID]()
    said: dict[str, list[str]] = {name: [] for name in WORDS}
    for row in sealed.texts(books, case, WORDS):
        if row.author != Author.VISITOR:
            continue
        if row.slot == ABOUT.name:
            said[ABOUT.name].append(reader.open(row, ABOUT).text)
            continue
        told = json.loads(reader.open(row, MUST_NOT_SEE).text)
        ticked += [UUID(one) for one in told["ids"]]
        said[MUST_NOT_SEE.name].append(told["words"])
    return ticked, " . ".join(said[MUST_NOT_SEE.name]), " . ".join(said[ABOUT.name])
