"""What people do to a mediation. It has the seats of its case's office people as they were when it was proposed, and no others by
itself: what is said to whoever mediates is sealed here, under keys of its own, and no act carries it into the case.

She has no seat in it: her words lead to her own case, where she answers, and stops it.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from pydantic import SecretStr

from actions.days import Day
from actions.kernel.kind import Act, Kind, Payload
from actions.kinds.consenting import opened_by
from actions.kinds.grown import case_of, open_with_case
from actions.kinds.mediating import ProposeMediation, answer_for, proposal
from actions.kinds.sealed import Noted, Reasoned, Text, note, one_text, words, write
from actions.sealing import Reader
from policies.said import Fact
from records import clocks, people, seats
from records import mediation as records
from records.books import Books
from records.matters import Matter
from records.vault import DRAFT, NOTE, Visibility
from states.clocks import OPEN
from states.mediation import MEDIATION, MediationFacts


class Begun(Payload):
    """A mediation grows out of a case. Made by the act `propose_mediation` of that case, never by a door."""

    case: UUID


class BothAgreed(Noted):
    """The other side said yes, and the day it did. A no is nowhere written down."""

    other_side: bool = False
    on: Day | None = None

    def happened_on(self) -> date | None:
        """The told day."""
        return self.on


class MediatorChosen(Noted):
    """Who mediates: somebody of the office who has a seat here, or, sealed, the name of somebody from outside.

    `no_conflict`: a conflict was looked for, and none was found.
    """

    mediator: UUID | None = None
    outside: Text | None = None
    no_conflict: bool = False


class SessionHeld(Noted):
    """A session, and the day it was held. What was said stays here, if anything is written at all."""

    on: Day | None = None

    def happened_on(self) -> date | None:
        """The told day."""
        return self.on


class Settlement(Payload):
    """What both sides settled on."""

    text: Text | None = None


class SettlementKept(Payload):
    """Whether both sides kept to it."""

    text: Text | None = None


PAYLOADS: Mapping[str, type[Payload]] = {
    OPEN: Begun,
    "agree": BothAgreed,
    "choose_mediator": MediatorChosen,
    "hold_session": SessionHeld,
    "settle": Settlement,
    "settle_in_part": Settlement,
    "end_unsettled": Noted,
    "stop": Noted,
    "check_settlement": Noted,
    "confirm_kept": SettlementKept,
    "note_not_kept": SettlementKept,
    "close": Reasoned,
}


def facts(books: Books, matter: Matter, act: Act) -> MediationFacts:
    """What holds of this mediation if `act` is done."""
    payload = act.payload
    answer = answer_for(books, case_of(books, matter.id), act.by)
    return MediationFacts(
        goes_out_as_answered=answer is not None,
        both_agree=isinstance(payload, BothAgreed) and payload.other_side and answer is True,
        time_to_answer_over=_is_over(books, matter, "second_answer"),
        mediator_named=isinstance(payload, MediatorChosen) and _is_somebody(books, matter, payload),
        conflict_checked=isinstance(payload, MediatorChosen) and payload.no_conflict,
        settlement_on_file=isinstance(payload, Settlement) and payload.text is not None,
        outcome_on_file=isinstance(payload, SettlementKept) and payload.text is not None,
        ground_given=isinstance(payload, Reasoned) and payload.reason is not None,
    )


def _is_over(books: Books, matter: Matter, clock: str) -> bool:
    """Whether the last day of a clock has passed."""
    days = [row.due_on for row in clocks.of_matter(books, matter.id) if row.name == clock]
    return bool(days) and days[-1] is not None and days[-1] < books.today


def _is_somebody(books: Books, matter: Matter, chosen: MediatorChosen) -> bool:
    if chosen.mediator is None or chosen.outside is not None:
        return chosen.mediator is None and chosen.outside is not None
    return chosen.mediator in seats.persons(books, matter.id)


def apply(books: Books, matter: Matter, act: Act) -> Mapping[str, Fact]:
    """Write what an act changes beside state and clocks; return what history keeps of it."""
    if act.trigger == "act_on_answer":
        _pass_on(books, matter, act)
    match act.payload:
        case Begun(case=case):
            open_with_case(books, matter, act, case)
            records.add(books, matter.id)
            return {}
        case MediatorChosen() as chosen:
            return _choose(books, matter, act, chosen)
        case Noted(note=text) | Settlement(text=text) | SettlementKept(text=text) | Reasoned(reason=text):
            return note(books, matter, act, text, NOTE)
    return {}


def _pass_on(books: Books, matter: Matter, act: Act) -> None:
    """With her yes, exactly the text that was before her; else nothing. History does not tell which.

    Her answer was opened for it in her case, whatever it was: that is a reading there.
    """
    case = case_of(books, matter.id)
    opened_by(books, case, act.by)
    text = proposal(books, case)
    if text is not None and answer_for(books, case, act.by):
        said = one_text(books, case, Reader(books, case, act.by), text)
        write(books, matter, act, DRAFT, said, visibility=Visibility.SERVED)


def _choose(books: Books, matter: Matter, act: Act, chosen: MediatorChosen) -> dict[str, Fact]:
    """Whoever mediates answers for the mediation from now on; of somebody from outside, whoever chose."""
    records.change(books, matter.id, {"mediator_id": chosen.mediator, "outside": chosen.outside is not None})
    told = "\n\n".join(part for part in (words(chosen.outside), words(chosen.note)) if part)
    kept = note(books, matter, act, SecretStr(told) if told else None, NOTE)
    if chosen.mediator is None:
        return kept | {"outside": 1}
    people.make_responsible(books, uuid4(), matter.id, chosen.mediator, at=act.at, why="assigned")
    return kept | {"mediator": str(chosen.mediator)}


def born_of(books: Books, origin: Matter, act: Act) -> Begun:
    """What a mediation begins with: its case alone. What was proposed is read there."""
    del books
    if not isinstance(act.payload, ProposeMediation):
        raise ValueError("only a case's own act `propose_mediation` begins a mediation")
    return Begun(case=origin.id)


def given(books: Books, matter_id: UUID) -> Mapping[str, Mapping[str, Any] | None]:
    """A mediation brings no dates."""
    del books, matter_id
    return {}


def show(books: Books, matter: Matter) -> Mapping[str, Any]:
    """What may be said of it in clear to who has a seat."""
    detail = records.detail(books, matter.id)
    mediator = detail["mediator_id"]
    return {"mediator": None if mediator is None else str(mediator), "outside": detail["outside"]}


KIND = Kind(table=MEDIATION, payloads=PAYLOADS, facts=facts, apply=apply, given=given, show=show, born_of=born_of, formal=False)
