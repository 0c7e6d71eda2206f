"""What the sealed kinds share: texts that hide themselves, how they are kept, and how a matter of the office is opened."""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Annotated, Final
from uuid import UUID, uuid4

from pydantic import AfterValidator, Field, SecretStr
from pydantic_core import PydanticCustomError

from actions.custody import custodians
from actions.identities import write_identity
from actions.kernel.kind import Act, Payload
from actions.matching import meant, mentioned
from actions.sealing import Reader, found_matter, trusted_keys, write_text, writing_epoch
from actions.seating import Choice, candidates, choose, recovery_key
from policies.said import Fact
from records import comers, matters, people, sealed, seats
from records.books import Books
from records.comers import OWN, ComerRow
from records.matters import EventRow, Matter, NotFound
from records.vault import (
    ABOUT,
    ANSWERS,
    DRAFT,
    MESSAGE,
    MUST_NOT_SEE,
    STATEMENT,
    Author,
    Epoch,
    Locator,
    PublicKey,
    Slot,
    Visibility,
)

AGREED_ON: Final = "agreed_on"
"""In the history of what was typed by somebody at the desk: the day on which she agreed to what was read to her."""
MOST_BYTES: Final = 1024 * 1024
"""Of one text in UTF-8. A long book has as much."""


def _can_be_kept(text: SecretStr) -> SecretStr:
    words = text.get_secret_value()
    if "\0" in words:
        raise PydanticCustomError("string_with_nul", "a character that no text can hold")
    if len(words.encode()) > MOST_BYTES:
        raise PydanticCustomError("string_too_long", "too long")
    return text


def _says_something(text: SecretStr) -> SecretStr:
    if not text.get_secret_value().strip():
        raise PydanticCustomError("string_too_short", "nothing is written here")
    return text


AnyText = Annotated[SecretStr, AfterValidator(_can_be_kept)]
"""What somebody wrote, or left empty. It hides itself in logs and errors; half of a character, a NUL and more than MOST_BYTES are
refused."""
Text = Annotated[
    AnyText,
    AfterValidator(_says_something),
    Field(json_schema_extra={"minLength": 1, "pattern": r"[^\s\x1c-\x1f\x85]"}),
]
"""What somebody wrote, where something must be written: more than blanks, as the document of each door says."""


class Told(Payload):
    """An act with words to the other side."""

    text: Text


class MayTell(Payload):
    """An act that may come with words to the other side."""

    text: Text | None = None


class Noted(Payload):
    """A step of the office's own work, perhaps with a note that stays in the office."""

    note: Text | None = None


class Reasoned(Payload):
    """An act that needs a reason she can read. Left out, the claim that needs it says so."""

    reason: Text | None = None


class Filed(Payload):
    """Somebody comes to the office. Made by the actions, never by a door: the words are already a locator and a key.

    `locator` is None where the words she has shall lead here from now on (`came_from` is where they led). `excluded` must not
    see it; `heard` heard the consultation it grew out of. `agreed_on`: somebody at the desk typed it, and she agreed that day.
    `comer`: whose words they are, and `part` what they come for.
    """

    language: str
    statement: Text
    about: AnyText | None = None
    answers: AnyText | None = None
    identity: AnyText | None = None
    must_not_see: AnyText | None = None
    excluded: tuple[UUID, ...] = ()
    understood: bool = False
    locator: bytes | None = Field(default=None, repr=False)
    public: bytes = Field(repr=False)
    came_from: UUID | None = None
    heard: tuple[UUID, ...] = ()
    same_person: bool = False
    agreed_on: date | None = None
    comer: UUID = Field(default_factory=uuid4)
    part: str = OWN


class MakeOfficial(Payload):
    """She makes it an official complaint. What is left out is taken from the consultation; who she is, never.

    `same_person`: she wants whom she talked to. `excluded` and `must_not_see` add to what she said before.
    """

    statement: Text | None = None
    about: Text | None = None
    identity: Text | None = None
    must_not_see: Text | None = None
    excluded: tuple[UUID, ...] = ()
    same_person: bool = False


class Recommend(Payload):
    """A recommendation is begun. What goes out in the end is the text she agrees to."""

    text: Text
    to: Text | None = None


class WatchOver(Payload):
    """Somebody is watched over from now on. `risk`: what she fears, as the office understood it; it stays in the office."""

    risk: Text | None = None


class FileCame(Payload):
    """A file of hers has come whole. Made by the intake's actions, never by a door."""

    file: UUID


class Past:
    """A matter's history, asked what happened last."""

    def __init__(self, events: Sequence[EventRow]) -> None:
        self.events = events

    def last(self, *triggers: str) -> int:
        """The place of the newest of these acts; 0: none of them ever happened."""
        return max((event.seq for event in self.events if event.trigger in triggers), default=0)

    def is_open(self, begins: str, ends: Sequence[str]) -> bool:
        """Whether `begins` happened and none of `ends` since."""
        return self.last(begins) > self.last(*ends)

    def since(self, *triggers: str) -> list[EventRow]:
        """What happened after the newest of these acts; everything, if none of them ever did."""
        place = self.last(*triggers)
        return [event for event in self.events if event.seq > place]


def words(text: SecretStr | None) -> str:
    """The words themselves; none: an empty text."""
    return "" if text is None else text.get_secret_value()


def write(
    books: Books,
    matter: Matter,
    act: Act,
    slot: Slot,
    text: str,
    *,
    visibility: Visibility = Visibility.SHARED,
    author: Author | None = None,
) -> UUID:
    """Seal a text into a matter as whoever acts; `author` where they write down what somebody else said. Return its id."""
    epoch = writing_epoch(books, matter.id, act.by)
    by = act.by.person
    writer = author or (Author.VISITOR if by is None else Author.OFFICE)
    comer = act.by.comer if writer is Author.VISITOR else None
    return write_text(books, matter.id, epoch, slot, text, author=writer, visibility=visibility, by=by, comer=comer)


def say(books: Books, matter: Matter, act: Act, text: SecretStr | None) -> dict[str, Fact]:
    """Keep words to the other side; what history keeps of them is their id."""
    return {} if text is None else {"text": str(write(books, matter, act, MESSAGE, words(text)))}


def came(books: Books, payload: FileCame) -> dict[str, Fact]:
    """A file that came whole belongs to the matter from now on."""
    sealed.made_whole(books, payload.file)
    return {"file": str(payload.file)}


def note(
    books: Books, matter: Matter, act: Act, text: SecretStr | None, slot: Slot, author: Author | None = None
) -> dict[str, Fact]:
    """Keep words that stay in the office."""
    if text is None:
        return {}
    return {"text": str(write(books, matter, act, slot, words(text), visibility=Visibility.OFFICE, author=author))}


def addressed(to: SecretStr | None, text: SecretStr | None) -> str:
    """A text with its receiver, as one: what is agreed to is both."""
    return json.dumps({"to": words(to), "text": words(text)}, ensure_ascii=False)


def one_text(books: Books, matter_id: UUID, reader: Reader, text_id: UUID, slot: Slot = DRAFT) -> str:
    """Open one text of a matter by its id. Raises NotFound if it is another matter's."""
    for row in sealed.texts(books, matter_id, [slot.name]):
        if row.id == text_id:
            return reader.open(row, slot).text
    raise NotFound()


def open_case(books: Books, matter: Matter, act: Act, filed: Filed) -> dict[str, Fact]:
    """Everything sealed of a new matter: her words' row first, then seats, then texts. Return what history keeps.

    Raises NoReader and NoCeremony before anything was written.
    """
    choice = _choose(books, matter.kind, filed)
    recovery = recovery_key(trusted_keys(books))
    public = PublicKey(filed.public)
    if filed.locator is not None:
        seats.add_receipt(books, Locator(filed.locator), matter.id, filed.comer, dictated=filed.agreed_on is not None)
    elif act.by.comer is not None:
        seats.change_receipt(books, act.by.comer, {"matter_id": matter.id, "comer_id": filed.comer})
    comers.add(books, ComerRow(filed.comer, matter.id, 1, filed.part, filed.public))
    epoch = found_matter(books, matter.id, public, choice.seated, recovery, comer=filed.comer)
    _write_opening(books, matter.id, epoch, filed)
    if words(filed.identity):
        guards = {one.person: one.name for one in custodians(books)}
        out = must_not_see(filed.excluded, filed.must_not_see, filed.about, guards)
        write_identity(books, matter.id, filed.comer, words(filed.identity), out)
    people.make_responsible(books, uuid4(), matter.id, choice.handler, at=act.at, why="opened")
    kept: dict[str, Fact] = {} if filed.agreed_on is None else {AGREED_ON: filed.agreed_on}
    return kept | ({"heard": ",".join(map(str, filed.heard))} if filed.heard else {})


def must_not_see(
    ticked: Collection[UUID], named: SecretStr | None, about: SecretStr | None, names: Mapping[UUID, str]
) -> set[UUID]:
    """Whom she locks out: whom she ticked, and whoever of `names` she may have meant."""
    return {*ticked, *meant(words(named), names), *mentioned(words(about), names)}


def _choose(books: Books, kind: str, filed: Filed) -> Choice:
    names = people.names(books, [one.person for one in candidates(books, kind)])
    excluded = must_not_see(filed.excluded, filed.must_not_see, filed.about, names)
    apart = books.pack.house.model.separates_tracks and not filed.same_person
    heard = filed.heard if apart else ()
    prefer = filed.heard[0] if filed.same_person and filed.heard else None
    return choose(books, kind, excluded, aside=heard, prefer=prefer)


def _write_opening(books: Books, matter_id: UUID, epoch: Epoch, filed: Filed) -> None:
    """All slots each time, empty or not: a copy of the database does not tell who excluded somebody or named anybody."""
    ticked = json.dumps({"ids": [str(one) for one in filed.excluded], "words": words(filed.must_not_see)}, ensure_ascii=False)
    for slot, text, visibility in (
        (STATEMENT, words(filed.statement), Visibility.SHARED),
        (ABOUT, words(filed.about), Visibility.OFFICE),
        (ANSWERS, words(filed.answers), Visibility.OFFICE),
        (MUST_NOT_SEE, ticked, Visibility.OFFICE),
    ):
        write_text(books, matter_id, epoch, slot, text, author=Author.VISITOR, visibility=visibility, comer=filed.comer)


def opened_with(books: Books, matter: Matter, act: Act) -> dict[str, str]:
    """What she said when she came, by slot; opened with her own words."""
    reader = Reader(books, matter.id, act.by)
    slots = {slot.name: slot for slot in (STATEMENT, ABOUT, ANSWERS, MUST_NOT_SEE)}
    return {row.slot: reader.open(row, slots[row.slot]).text for row in sealed.texts(books, matter.id, list(slots))}


def heard_by(books: Books, matter_id: UUID) -> tuple[UUID, ...]:
    """Who heard a matter: whoever did anything in it, then whoever opened it."""
    acted = [event.by_person for event in matters.history(books, matter_id)]
    opened = [person for person, _ in seats.readers(books, matter_id)]
    return tuple(dict.fromkeys(person for person in (*acted, *opened) if person is not None))
