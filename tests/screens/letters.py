"""What there is to see of letters: at the council's door those that lie there, at the desk the keys they are sealed to."""

import json
from collections.abc import Iterator
from datetime import date
from uuid import UUID, uuid4

from actions.sessions import SignedIn
from records import accounts, addressees, letters, people
from records.accounts import SessionRow
from records.addressees import AddresseeRow
from records.letters import PostRow
from records.people import PersonRow
from records.vault import (
    HolderKey,
    KeyPair,
    Secret,
    new_holder_key,
    serve,
    session_context,
    session_locator,
    wrap_for_session,
)
from tests.fixtures.desk_door import DeskDoor
from tests.fixtures.doors import CouncilDoor
from tests.screens.camera import Screen

TEXT = "Dear Secretary General,\n\nwe recommend that the rule on contracts of less than a year be written down.\n\nThe office"


def screens(door: CouncilDoor) -> Iterator[Screen]:
    """Somebody without a key; two letters, one of them late; one opened; the one that was answered."""
    person, key = uuid4(), new_holder_key()
    with door.owner.open() as books:
        people.add_person(books, PersonRow(person, "Luisa Sol", None, "en"))
        people.appoint(books, uuid4(), person, "addressee", date(2015, 1, 1), None)
    yield Screen("letters-no-key", "/letters", door.session(person))
    row = AddresseeRow(person, 1, "Luisa Sol", "addressee", "en", key.box.public.raw, key.verify, date(2015, 6, 1))
    with door.owner.open() as books:
        addressees.add(books, row)
        late, open_one = (_laid(door, person, key, until) for until in (date(2015, 6, 12), date(2015, 7, 31)))
        letters.as_addressee(books, person)
    token = _session(door, person, key)
    yield Screen("letters", "/letters", token)
    yield Screen("letter", f"/letters/{late}", token)
    client = door.client()
    answered = client.post(f"/v1/letters/{open_one}/answer", json={"text": "Yes."}, headers={"Authorization": f"Bearer {token}"})
    assert answered.status_code == 204
    yield Screen("letter-answered", f"/letters/{open_one}", token)


def keys(door: DeskDoor, head: str) -> Iterator[Screen]:
    """A key that waits, and one that ended."""
    for name, ended in (("Luisa Sol", None), ("Juan Mar", date(2016, 8, 31))):
        key = new_holder_key()
        row = AddresseeRow(
            uuid4(), 1, name, "head_of_unit", "es", key.box.public.raw, key.verify, date(2016, 8, 1), ended_on=ended
        )
        with door.stage.as_owner.open() as books:
            addressees.add(books, row)
    yield Screen("addressees", "/people/addressees", head)


def _laid(door: CouncilDoor, person: UUID, key: HolderKey, until: date) -> UUID:
    letter, case = uuid4(), KeyPair.from_seed(Secret.random())
    told = json.dumps({"text": TEXT, "answer_by": until.isoformat(), "from": "Ana Ruiz"}).encode()
    kept = serve(told, letter, key.box.public, case.public, 1)
    with door.owner.open() as books:
        letters.receive(books, PostRow(uuid4(), letters.LETTER_SORT, person, books.today, letter, kept.document, kept.key))
    return letter


def _session(door: CouncilDoor, person: UUID, key: HolderKey) -> str:
    secret, session = Secret.random(), uuid4()
    wrapped = wrap_for_session(key, secret, session_context(session))
    with door.owner.open() as books:
        accounts.begin_session(books, SessionRow(session_locator(secret), session, person, books.wall, books.wall, wrapped))
    return SignedIn(person, "", "en", frozenset(), secret).token
