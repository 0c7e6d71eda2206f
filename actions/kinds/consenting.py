"""A consent: one exact text, for one receiver, for one act, until a day. Asked by who answers for the case, by nobody else.

What was asked is sealed whole, its purpose and who would read it too; its last day stands beside it in clear. A mark binds all of
it under a key of the case, so that two texts are compared without opening either (`docs/decisions/0068-consent.md`).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import ClassVar, Final, Self
from uuid import UUID, uuid4

from actions.choosing import require_among
from actions.kernel.actor import Actor
from actions.kernel.kind import Act
from actions.kinds.complaint_acts import AskConsent, Consenting, Disclosed
from actions.kinds.sealed import words, write
from actions.kinds.serving import receiver, serve
from actions.sealing import Reader, writing_epoch
from policies.consents import ConsentRules
from policies.periods import Period
from policies.refusal import Refusal
from policies.said import Fact
from records import comers, sealed, seats
from records.books import Books
from records.matters import Matter
from records.sealed import ConsentRow
from records.vault import DRAFT, NotThisRow, Unreadable, consent_mark, is_mark_of
from states.due import due

ASKED, GIVEN, LAPSED, USED = "asked", "given", "lapsed", "used"
EXPIRED: Final = "expired"
"""A yes whose last day has passed: told, and never written down."""
ANSWER: Final = "consent_answer"
"""The clock by which no answer is a no."""
SETTLES: Final[Mapping[str, str]] = {
    "consent": GIVEN,
    "refuse_consent": "refused",
    "take_back_consent": "taken_back",
}
"""What becomes of a consent by her own act."""


class ConsentPending(Refusal):
    """A text is before her already. One at a time: each has its own time to be thought about."""

    code: ClassVar[str] = "consent_pending"


class ConsentDay(Refusal):
    """A yes is good until no later than the house's rules say, and no earlier than the last day on which she can answer."""

    code: ClassVar[str] = "consent_day"
    status: ClassVar[int] = 422


@dataclass(frozen=True, slots=True)
class Question:
    """All that she is asked. `purpose` is the act it is for; `audience` the code of who would read it.

    `addressee`: on whom it is served as a letter; None: the office hands it over.
    """

    purpose: str
    audience: str
    to: str = field(repr=False)
    text: str = field(repr=False)
    addressee: UUID | None = None

    def told(self) -> dict[str, str]:
        """Its parts, by name."""
        served = {} if self.addressee is None else {"addressee": str(self.addressee)}
        return {"purpose": self.purpose, "audience": self.audience, "to": self.to, "text": self.text, **served}

    @classmethod
    def read(cls, opened: str) -> Self | None:
        """From the opened text. None: it was asked before a purpose was told, or is no such text."""
        try:
            told = json.loads(opened)
            served = UUID(told["addressee"]) if "addressee" in told else None
            return cls(told["purpose"], told["audience"], told["to"], told["text"], served)
        except (ValueError, KeyError, TypeError):
            return None

    def fits(self, row: ConsentRow, reader: Reader, epoch: int) -> bool:
        """Whether exactly this was asked in that consent, until exactly that day. `epoch`: the one its text was sealed in.

        An epoch that this reader does not reach: not that they could show.
        """
        try:
            return is_mark_of(row.mark, reader.epoch(epoch), row.id, self._bound(row.until))
        except (NotThisRow, Unreadable):
            return False

    def mark(self, consent: UUID, reader: Reader, epoch: int, until: date) -> bytes:
        """What binds a consent to this question."""
        return consent_mark(reader.epoch(epoch), consent, self._bound(until))

    def _bound(self, until: date) -> dict[str, str]:
        return self.told() | {"until": until.isoformat()}


def status_of(row: ConsentRow, today: date) -> str:
    """What became of a consent as of today: its status, or that its last day has passed."""
    return EXPIRED if row.status == GIVEN and row.until < today else row.status


def ask(books: Books, matter: Matter, act: Act, wanted: AskConsent) -> dict[str, Fact]:
    """Put a question before her. Raises ConsentPending, NotInList, ConsentDay, and as `receiver`; then nothing was written."""
    if any(row.status == ASKED for row in sealed.consents(books, matter.id)):
        raise ConsentPending()
    rules = rules_of(books, matter)
    require_among("purpose", wanted.purpose, rules.purposes if rules else ())
    require_among("audience", wanted.audience, audiences_of(books, matter))
    until = _last_day(books, matter, rules.purposes[wanted.purpose].days if rules else 0, wanted.last_day)
    to = receiver(
        books, matter.id, act.by, to=wanted.to, addressee=wanted.addressee, about=wanted.about, audience=wanted.audience
    )
    question = Question(wanted.purpose.value, wanted.audience, to, words(wanted.text), wanted.addressee)
    text, consent = write(books, matter, act, DRAFT, json.dumps(question.told(), ensure_ascii=False)), uuid4()
    epoch = writing_epoch(books, matter.id, act.by).number
    mark = question.mark(consent, Reader(books, matter.id, act.by), epoch, until)
    sealed.ask_consent(books, ConsentRow(consent, matter.id, text, ASKED, books.today, None, until, None, mark))
    return {"consent": str(consent), "text": str(text)}


def audiences_of(books: Books, matter: Matter) -> tuple[str, ...]:
    """The codes of who can be named as a reader."""
    rules = rules_of(books, matter)
    return rules.audiences if rules else ()


def rules_of(books: Books, matter: Matter) -> ConsentRules | None:
    """What can be asked, and for how long: as when the matter was opened; as today, if there were no rules of it then."""
    return books.edition(matter.edition).consents or books.pack.consents


def _last_day(books: Books, matter: Matter, days: int, wanted: date | None) -> date:
    """The last day on which a yes can be used: that of the house's rules, or an earlier one."""
    last = books.today + timedelta(days=days)
    if wanted is None:
        return last
    rule = books.edition(matter.edition).kinds[matter.kind].clocks[ANSWER]
    first = due(rule, books.today, books.calendar(matter.calendar)).on if isinstance(rule, Period) else None
    if not (first or books.today) <= wanted <= last:
        raise ConsentDay(first=first or books.today, last=last)
    return wanted


def settle(books: Books, matter: Matter, act: Act, payload: Consenting | Disclosed) -> dict[str, Fact]:
    """Her answer, or that it was used now: whoever uses it has opened the text."""
    if payload.consent is None:
        raise ValueError("the claim consent_to_the_exact_text holds of no act without a consent")
    kept: dict[str, Fact] = {"consent": str(payload.consent)}
    if isinstance(payload, Disclosed):
        kept |= _pass_on(books, matter, act, payload.consent)
    sealed.settle_consent(books, payload.consent, SETTLES.get(act.trigger, USED))
    return kept


def _pass_on(books: Books, matter: Matter, act: Act, consent: UUID) -> dict[str, Fact]:
    """Serve exactly what was asked on exactly whom it names, if they have a letter key; else the office hands it over."""
    opened_by(books, matter.id, act.by)
    asked = next(row for row in sealed.consents(books, matter.id) if row.id == consent)
    question = question_of(books, asked, act.by)
    if question is None:
        raise ValueError("the claim consent_to_the_exact_text holds of no text that cannot be opened")
    return serve(books, matter, act, question.addressee, question.text, cases=[matter.id])


def opened_by(books: Books, case: UUID, by: Actor) -> None:
    """What leaves a case was opened there by whoever passes it on; she sees it like any reading."""
    if by.person is not None:
        seats.log_reading(books, case, by.person)


def let_lapse(books: Books, matter: Matter) -> None:
    """Nothing is before her any more: a text that waits for her yes has none, which is a no."""
    for row in sealed.consents(books, matter.id):
        if row.status == ASKED:
            sealed.settle_consent(books, row.id, LAPSED)


def question_of(books: Books, row: ConsentRow, by: Actor) -> Question | None:
    """What was asked, opened with the key of whoever acts. None where it cannot be shown: then nobody agreed to anything."""
    reader = Reader(books, row.matter_id, by)
    for text in sealed.texts(books, row.matter_id, [DRAFT.name]):
        if text.id == row.text_id:
            try:
                question = Question.read(reader.open(text, DRAFT).text)
            except (NotThisRow, Unreadable):
                return None
            return question if question is not None and question.fits(row, reader, text.epoch) else None
    return None


def may_pass_on(books: Books, case: UUID, consent: UUID | None, act: Act) -> bool:
    """Whether she agreed to it for this very act, can still take it back, and its last day has not passed.

    A refused act tells nothing of the text but this, and leaves no row; one that is done does (`opened_by`).
    """
    row = next((one for one in sealed.consents(books, case) if one.id == consent), None)
    if row is None or status_of(row, books.today) != GIVEN or not comers.concerned_agrees(books, case):
        return False
    question = question_of(books, row, act.by)
    return question is not None and question.purpose == act.trigger
