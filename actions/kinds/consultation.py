"""What people do in a consultation: what each act brings and what it writes. Nothing of it stays but a tally."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from actions.kernel.kind import Act, Kind, Payload
from actions.kinds.danger import Danger, alarm_open_in, record
from actions.kinds.handing_over import AGREE, Announced, AskHandOver, agree, ask, asked_about
from actions.kinds.sealed import FileCame, Filed, MakeOfficial, MayTell, Noted, Told, came, note, open_case, say
from actions.kinds.times import CancelTime, TakeTime, cancel, is_taken, let_go, take
from policies.said import Fact
from records import consultation as records
from records import matters, seats
from records.books import Books
from records.matters import Matter
from records.vault import NOTE
from states.clocks import OPEN
from states.consultation import CONSULTATION, ConsultationFacts

OUTCOMES: Final[Mapping[str, str]] = {
    "make_official": "became_formal",
    "stop": "stopped",
    "end": "ended",
    "end_by_silence": "ended_by_silence",
    "end_with_term": "ended_with_term",
}
"""How a consultation ends, as the tally has it. The month, the kind, one of these and a number are all that stays."""
DISCLOSED: Final = "consultation.disclosed"
"""The tally's line of what left a talk without consent, because of a danger: counted, and not as a way to end."""


PAYLOADS: Mapping[str, type[Payload]] = {
    OPEN: Filed,
    "open_conversation": MayTell,
    "message": Told,
    "reply": Told,
    "discuss_options": Told,
    "make_official": MakeOfficial,
    "end": MayTell,
    "act_on_danger": Danger,
    "take_time": TakeTime,
    "cancel_time": CancelTime,
    "raise_alarm": MayTell,
    "triage": Noted,
    "ask_hand_over": AskHandOver,
    "refuse_hand_over": MayTell,
    "announce_term": Announced,
}


def facts(books: Books, matter: Matter, act: Act) -> ConsultationFacts:
    """What holds of this consultation if `act` is done."""
    payload, past = act.payload, matters.history(books, matter.id)
    return ConsultationFacts(
        read_by_a_person=bool(seats.readers(books, matter.id)),
        not_official_understood=bool(records.detail(books, matter.id)["understood"]),
        serious_harm_imminent=isinstance(payload, Danger) and payload.reason is not None and act.by.person is not None,
        danger_told_whole=isinstance(payload, Danger) and payload.to is not None and payload.text is not None,
        danger_told_her_first=isinstance(payload, Danger) and payload.beforehand is not None,
        time_taken=is_taken(past),
        alarm_open=alarm_open_in(books, matter),
        hand_over_asked=asked_about(past) is not None,
    )


def apply(books: Books, matter: Matter, act: Act) -> Mapping[str, Fact]:
    """Write what an act changes beside state and clocks; return what history keeps of it."""
    payload = act.payload
    if act.trigger in OUTCOMES:
        records.count(books, matter.kind, OUTCOMES[act.trigger], act.effective_on)
    if act.trigger == "understand":
        records.change(books, matter.id, {"understood": True})
    if act.trigger == AGREE:
        return agree(books, matter, act)
    let_go(books, matter, act)
    match payload:
        case AskHandOver():
            return ask(books, matter, act, payload)
        case TakeTime():
            return take(books, matter, act, payload)
        case CancelTime():
            return cancel(books, matter, act, payload)
        case Filed():
            kept = open_case(books, matter, act, payload)
            records.add(books, matter.id, {"language": payload.language, "understood": payload.understood})
            return kept
        case FileCame():
            return came(books, payload)
        case Danger():
            records.count(books, DISCLOSED, act.trigger, act.effective_on)
            return record(books, matter, act, payload)
        case Noted(note=text):
            return note(books, matter, act, text, NOTE)
        case Told() | MayTell():
            return say(books, matter, act, payload.text)
    return {}


def given(books: Books, matter_id: UUID) -> Mapping[str, Mapping[str, Any] | None]:
    """A consultation brings no dates."""
    del books, matter_id
    return {}


def show(books: Books, matter: Matter) -> Mapping[str, Any]:
    """What may be said of it in clear to who has a seat."""
    return records.detail(books, matter.id)


KIND = Kind(table=CONSULTATION, payloads=PAYLOADS, facts=facts, apply=apply, given=given, show=show, formal=False)
