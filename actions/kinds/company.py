"""Several people in one matter: what holds of them, and what each one's act changes. Who somebody is, nobody else in it learns.

A number stands for a name. Whoever leaves takes their seat, their words and who they are with them; what is left is sealed to the
others under a new key, and whatever was agreed to is asked anew (`docs/decisions/0072-several-people.md`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from pydantic import Field

from actions.joining_seats import lock_out
from actions.kernel.actor import Actor
from actions.kernel.kind import Act, Payload
from actions.kinds.complaint_acts import Consenting, Leaving
from actions.kinds.consenting import ASKED, GIVEN, LAPSED
from actions.kinds.sealed import AnyText, Text, words
from actions.kinds.times import GAVE, give_up, is_hers
from actions.sealing import write_text, writing_epoch
from policies.groups import GroupRules
from policies.said import Fact
from records import comers, filing, sealed, seats
from records.books import Books
from records.comers import CONCERNED, FOR_ANOTHER, OWN, ComerRow, JoiningRow
from records.matters import Matter
from records.seats import VISITOR
from records.vault import ANSWERS, MUST_NOT_SEE, STATEMENT, Author, Visibility

INVITE, JOIN, SAY_YES, LEAVE = "invite", "join", "say_yes", "leave_group"
"""Acts of a matter in which several people can be."""


class Inviting(Payload):
    """A code was made. By the actions, never by a door: the code itself is already a locator and a key."""

    row: JoiningRow = Field(repr=False)


class Joined(Payload):
    """Somebody typed a code in and agreed to join. Made by the actions, never by a door.

    `must_not_see`: whom they lock out, as they told it, `locked_out`: whom that means; `answers`: what they told about
    themselves, as JSON.
    """

    statement: Text | None = None
    answers: AnyText
    must_not_see: AnyText
    locked_out: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Company:
    """Those who are in a matter, and which of them acts (None: somebody of the office, or a clock)."""

    everybody: Sequence[ComerRow]
    mine: ComerRow | None

    @property
    def here(self) -> list[ComerRow]:
        """Those who have not left."""
        return [one for one in self.everybody if one.here]

    @property
    def others(self) -> list[ComerRow]:
        """Those who are here beside whoever acts."""
        return [one for one in self.here if one != self.mine]

    def has(self, part: str) -> bool:
        """Whether somebody is here for that."""
        return any(one.part == part for one in self.here)

    @property
    def is_alone(self) -> bool:
        """Whether whoever acts acts for all: the last one here, or the one it is about."""
        return not self.others or (self.mine is not None and self.mine.part == CONCERNED)


def company_of(books: Books, matter_id: UUID, actor: Actor) -> Company:
    """Those who are in a matter, as whoever acts stands to them."""
    rows = comers.of_matter(books, matter_id)
    return Company(rows, next((one for one in rows if one.id == actor.comer), None))


def rules_of(books: Books, matter: Matter) -> GroupRules | None:
    """How many can come, as when the matter was opened; as today, if there were no rules of it then. None: only one."""
    return books.edition(matter.edition).groups or books.pack.groups


def group_facts(books: Books, matter: Matter, act: Act) -> dict[str, bool]:
    """What holds of those who came, if this act is done. Of a clock's act nothing is asked."""
    if act.by.clock is not None:
        return {}
    group = company_of(books, matter.id, act.by)
    told = {
        "came_alone": len(group.here) <= 1 and not group.has(FOR_ANOTHER),
        "person_concerned_agrees": comers.concerned_agrees(books, matter.id),
        "code_brought": isinstance(act.payload, Joined),
    }
    return told if group.mine is None else told | _hers(books, matter, act, group, group.mine)


def _hers(books: Books, matter: Matter, act: Act, group: Company, mine: ComerRow) -> dict[str, bool]:
    rules, codes = rules_of(books, matter), comers.joinings(books, matter.id)
    most = 0 if rules is None else 2 if mine.part == FOR_ANOTHER else rules.most_people
    asked = _asked(books, matter, act.payload)
    said = comers.yeses(books, matter.id) if asked and group.others else set()
    missing = [one for one in group.others if (asked, one.id) not in said]
    return {
        "alone": group.is_alone,
        "others_stay": not group.is_alone,
        "may_bring_others": rules is not None
        and mine.number == 1
        and mine.part in {OWN, FOR_ANOTHER}
        and (act.trigger != INVITE or isinstance(act.payload, Inviting)),
        "room_for_one_more": len(group.here) + len(codes) < most,
        "code_unused": bool(codes) and mine.number == 1,
        "others_agreed": not missing,
        "others_still_asked": bool(missing),
        "own_yes_missing": (asked, mine.id) not in said,
        "represented": mine.part == CONCERNED and group.has(FOR_ANOTHER),
    }


def _asked(books: Books, matter: Matter, payload: Payload) -> UUID | None:
    """The text that is meant: that which the act names, else the one that is asked."""
    if isinstance(payload, Consenting):
        return payload.consent
    return next((row.id for row in sealed.consents(books, matter.id) if row.status == ASKED), None)


def follow(books: Books, matter: Matter, act: Act) -> dict[str, Fact] | None:
    """What an act of this file changes, and what history keeps of it: never whose it was. None: it is none of these.

    Where the one it is about ends it all, the part of whoever came for them ends with it.
    """
    comer = act.by.comer
    if comer is None:
        return None
    match act.trigger, act.payload:
        case "invite", Inviting(row=row):
            comers.add_joining(books, row)
            return {"until": row.expires_on}
        case "take_code_back", _:
            return {"codes": comers.drop_joinings(books, matter.id)}
        case "join", Joined() as joined:
            return join(books, matter, act, joined)
        case "say_yes", Consenting(consent=consent):
            comers.say_yes(books, matter.id, consent, comer)
            return {"consent": str(consent)}
        case "leave_group", Leaving() as told:
            return {GAVE: 1} if leave(books, matter, act, told) else {}
        case "take_over", _:
            gave = not is_hers(books, matter.id, act.by) and give_up(books, matter, act)
            take_over(books, matter, act)
            return {GAVE: 1} if gave else {}
        case (("withdraw_stop" | "withdraw_leave" | "withdraw_forget"), _):
            take_over(books, matter, act)
            comers.drop_joinings(books, matter.id)
    return None


def ask_anew(books: Books, matter: Matter) -> None:
    """Whatever was agreed to and not used yet was agreed to by others: it is a no until they are asked again."""
    for row in sealed.consents(books, matter.id):
        if row.status in {ASKED, GIVEN}:
            sealed.settle_consent(books, row.id, LAPSED)


def join(books: Books, matter: Matter, act: Act, told: Joined) -> dict[str, Fact]:
    """Somebody joined: whom they lock out loses the seat first, then what they say is written, and sealed to whoever is left.

    Raises NoReader where nobody would be left to read it; then nothing was written.
    """
    ask_anew(books, matter)
    lock_out(books, matter, act.by, set(told.locked_out))
    epoch = writing_epoch(books, matter.id, act.by)
    kept: dict[str, Fact] = {}
    for slot, text, seen in (
        (STATEMENT, words(told.statement), Visibility.SHARED),
        (ANSWERS, words(told.answers), Visibility.OFFICE),
        (MUST_NOT_SEE, words(told.must_not_see), Visibility.OFFICE),
    ):
        if text:
            row = write_text(books, matter.id, epoch, slot, text, author=Author.VISITOR, visibility=seen, comer=act.by.comer)
            kept |= {"text": str(row)} if slot is STATEMENT else {}
    return kept


def leave(books: Books, matter: Matter, act: Act, told: Leaving) -> bool:
    """One of several leaves: who they are is destroyed, and what they wrote alone if they ask for it; their seat ends.

    Says whether a time to talk that they had taken went back.

    Their words end when the act is done (`comers.end_words`): until then row-level security knows them by these.
    """
    comer = act.by.comer
    if comer is None:
        raise ValueError("only somebody who came leaves")
    ask_anew(books, matter)
    gave = is_hers(books, matter.id, act.by) and give_up(books, matter, act)
    if any(one.id == comer and one.number == 1 for one in comers.of_matter(books, matter.id)):
        comers.drop_joinings(books, matter.id)
    comers.forget_own(books, everything=told.forget)
    _unseat(books, matter, comer)
    return gave


def take_over(books: Books, matter: Matter, act: Act) -> None:
    """The one it is about ends the part of whoever came for them: their words, their seat, and who they are."""
    group = company_of(books, matter.id, act.by)
    if group.mine is None or group.mine.part != CONCERNED or not group.has(FOR_ANOTHER):
        return
    ask_anew(books, matter)
    for one in group.here:
        if one.part == FOR_ANOTHER:
            _unseat(books, matter, one.id)
            comers.forget_identity(books, one.id)
            comers.end_words(books, one.id)


def _unseat(books: Books, matter: Matter, comer: UUID) -> None:
    comers.left(books, comer)
    filing.give_up(books, matter.id, VISITOR, at=books.now, comer=comer)
    seats.mark_stale(books, matter.id)
