"""What people do in a consultation: what each act brings and what it writes. Nothing of it stays but a tally."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from actions.kernel.kind import Act, Kind, Payload
from actions.kinds.sealed import Danger, FileCame, Filed, MakeOfficial, MayTell, Told, came, open_case, say, told_in_danger
from policies.said import Fact
from records import consultation as records
from records import seats
from records.books import Books
from records.matters import Matter
from states.clocks import OPEN
from states.consultation import CONSULTATION, ConsultationFacts

OUTCOMES: Final[Mapping[str, str]] = {
    "make_official": "became_formal",
    "stop": "stopped",
    "end": "ended",
    "end_by_silence": "ended_by_silence",
}
"""How a consultation ends, as the tally has it. The month, the kind, one of these and a number are all that stays."""


PAYLOADS: Mapping[str, type[Payload]] = {
    OPEN: Filed,
    "open_conversation": MayTell,
    "message": Told,
    "reply": Told,
    "discuss_options": Told,
    "make_official": MakeOfficial,
    "end": MayTell,
    "act_on_danger": Danger,
}


def facts(books: Books, matter: Matter, act: Act) -> ConsultationFacts:
    """What holds of this consultation if `act` is done."""
    payload = act.payload
    return ConsultationFacts(
        read_by_a_person=bool(seats.readers(books, matter.id)),
        not_official_understood=bool(records.detail(books, matter.id)["understood"]),
        serious_harm_imminent=isinstance(payload, Danger) and payload.reason is not None and act.by.person is not None,
    )


def apply(books: Books, matter: Matter, act: Act) -> Mapping[str, Fact]:
    """Write what an act changes beside state and clocks; return what history keeps of it."""
    payload = act.payload
    if act.trigger in OUTCOMES:
        records.count(books, matter.kind, OUTCOMES[act.trigger], act.effective_on)
    if act.trigger == "understand":
        records.change(books, matter.id, {"understood": True})
    match payload:
        case Filed():
            kept = open_case(books, matter, act, payload)
            records.add(books, matter.id, {"language": payload.language, "understood": payload.understood})
            return kept
        case FileCame():
            return came(books, payload)
        case Danger():
            return say(books, matter, act, told_in_danger(payload))
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


KIND = Kind(table=CONSULTATION, payloads=PAYLOADS, facts=facts, apply=apply, given=given, show=show)
