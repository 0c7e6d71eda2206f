"""What is written at the desk besides moves: a note that stays in the office, a pause with its reason."""

from collections.abc import Mapping
from typing import ClassVar, Final
from uuid import UUID

from pydantic import SecretStr

from actions.desk import enter, write_down
from actions.desk_acting import act
from actions.kernel import access
from actions.kernel.actor import Actor
from actions.kernel.callers import DeskPerson
from actions.kernel.move import move
from actions.kernel.pausing import rooms
from actions.kernel.step import step
from actions.kernel.watching import Subject
from actions.office import Office
from actions.replays import Repeatable
from actions.sealing import write_text, writing_epoch
from policies.refusal import Refusal
from records.books import Books
from records.matters import Matter
from records.vault import NOTE, Author, Visibility
from states import acts

REPLY: Final = "reply"
BEGINS: Final[Mapping[str, tuple[str, str]]] = {
    "by_decision": ("suspend", "reason"),
    "awaiting_complainant": ("ask", "text"),
}
"""The pauses that need a reason and nothing more: the trigger, and where the words for her go."""
ENDS: Final[Mapping[str, str]] = {
    "by_decision": "resume",
    "awaiting_complainant": "go_on_without_answer",
    "awaiting_third_party": "go_on_without_third_party",
}
"""The pauses that the office itself may end, and how. Her consent is hers to give or not: nothing here ends that wait."""


class UnknownPause(Refusal):
    """Matters of this kind have no such pause."""

    code: ClassVar[str] = "unknown_pause"
    status: ClassVar[int] = 422


class PauseNeedsMore(Refusal):
    """This pause begins with a move of its own, which brings more than a reason."""

    code: ClassVar[str] = "pause_needs_more"
    status: ClassVar[int] = 422


class PauseNotOurs(Refusal):
    """Only she, or time, ends this pause."""

    code: ClassVar[str] = "pause_not_ours"


class PauseGoesOn(Refusal):
    """There is such a pause already."""

    code: ClassVar[str] = "pause_goes_on"


class PauseSpent(Refusal):
    """All pauses of this name together may not last longer than the policy allows, and they have."""

    code: ClassVar[str] = "pause_spent"


def reply(
    office: Office,
    kind: str,
    matter_id: UUID,
    text: SecretStr,
    *,
    by: DeskPerson,
    version: int | None = None,
    request: Repeatable | None = None,
) -> Matter:
    """Write to her: the procedure's move `reply`. Raises as `move`; NoSuchMove also where a kind has nobody to write to."""
    known = office.kinds[kind]
    if REPLY in known.table.triggers:
        payload = known.payload(REPLY).model_validate({"text": text})
        return move(office, matter_id, REPLY, payload, by=by, version=version, request=request)
    with office.open() as books:
        _, subject = enter(office, books, kind, matter_id, by)
        raise subject.kind.machine.no_such_move(subject.matter.state, REPLY)


def note(
    office: Office,
    kind: str,
    matter_id: UUID,
    text: SecretStr,
    *,
    by: DeskPerson,
    version: int | None = None,
    request: Repeatable | None = None,
) -> Matter:
    """Keep a note that only the office reads. Raises NotFound, StaleVersion, KeyReused."""

    def do(books: Books, actor: Actor, subject: Subject) -> Matter:
        kept = _keep(books, subject, actor, text.get_secret_value())
        return write_down(books, subject.matter, "noted", actor, {"text": str(kept)})

    return act(office, kind, matter_id, do, may=acts.NOTE, by=by, version=version, request=request)


def pause(
    office: Office,
    kind: str,
    matter_id: UUID,
    name: str,
    reason: SecretStr,
    *,
    by: DeskPerson,
    version: int | None = None,
    request: Repeatable | None = None,
) -> Matter:
    """Begin a pause with a reason that she reads; the procedure's own move begins it.

    That move has the same rules by whichever door it comes; here they are told with their numbers. Raises NotFound,
    StaleVersion, NotAllowed, UnknownPause, PauseNeedsMore, PauseGoesOn, PauseSpent, NoSuchMove, MoveRefused,
    KeyReused.
    """

    def do(books: Books, actor: Actor, subject: Subject) -> Matter:
        begins = {pause.name: pause.starts_on for pause in subject.kind.table.pauses}
        if name not in begins:
            raise UnknownPause(kind=kind, pauses=", ".join(begins))
        if name not in BEGINS:
            raise PauseNeedsMore(kind=kind, trigger=begins[name])
        trigger, words = BEGINS[name]
        access.require(subject.policy, actor, trigger, subject.matter)
        _require_room(books, subject, name)
        payload = subject.kind.payload(trigger)(**{words: reason})
        return step(office.kinds, books, subject.matter, trigger, payload, by=actor)

    return act(office, kind, matter_id, do, may=acts.PAUSE, by=by, version=version, request=request)


def end_pause(
    office: Office,
    kind: str,
    matter_id: UUID,
    name: str,
    *,
    by: DeskPerson,
    version: int | None = None,
    request: Repeatable | None = None,
) -> Matter:
    """End a pause that is the office's to end. Raises as `pause`, and PauseNotOurs."""

    def do(books: Books, actor: Actor, subject: Subject) -> Matter:
        known = [pause.name for pause in subject.kind.table.pauses]
        if name not in known:
            raise UnknownPause(kind=kind, pauses=", ".join(known))
        if name not in ENDS:
            raise PauseNotOurs(kind=kind, pause=name)
        trigger = ENDS[name]
        access.require(subject.policy, actor, trigger, subject.matter)
        return step(office.kinds, books, subject.matter, trigger, subject.kind.payload(trigger)(), by=actor)

    return act(office, kind, matter_id, do, may=acts.PAUSE, by=by, version=version, request=request)


def _keep(books: Books, subject: Subject, actor: Actor, text: str) -> UUID:
    epoch = writing_epoch(books, subject.matter.id, actor)
    return write_text(
        books, subject.matter.id, epoch, NOTE, text, author=Author.OFFICE, visibility=Visibility.OFFICE, by=actor.person
    )


def _require_room(books: Books, subject: Subject, name: str) -> None:
    left = rooms(books, subject.matter)[name]
    if left.goes_on:
        raise PauseGoesOn(kind=subject.kind.name, pause=name)
    if left.is_spent:
        raise PauseSpent(kind=subject.kind.name, pause=name, total=left.total, each=left.each, spent=left.spent)
