"""What people do to a mandate: what each act brings and what it writes."""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID, uuid4

from actions.kernel.kind import Act, Kind, Payload
from actions.kinds.house import Citation, Decision, Given, HousePayload, Words, kept
from actions.obligations import owing, require_function
from policies.refusal import Refusal
from policies.said import Fact
from records import mandate as records
from records import matters, paragraphs, people, proposal
from records.books import Books
from records.matters import Matter
from states.clocks import OPEN
from states.mandate import MANDATE, MandateFacts
from structure.operation import Id


class AlreadyRegistered(Refusal):
    """This task of this instrument is in the register."""

    code: ClassVar[str] = "already_registered"


class NoSuchPerson(Refusal):
    """The person named is not known here."""

    code: ClassVar[str] = "no_such_person"
    status: ClassVar[int] = 422


class Register(HousePayload):
    """A mandate enters the register. `on` is the day it was adopted; `function` the one of the house that is to carry it out."""

    symbol: Citation
    title: Words
    task: Words | None = None
    issued_by: Citation
    addressee: Citation | None = None
    function: Id | None = None
    recipient: Citation | None = None
    due: Given | None = None
    sunset: Given | None = None
    review_by: Given | None = None
    source: Words

    def row(self) -> dict[str, Any]:
        """As it is written down."""
        told = self.model_dump(include={"symbol", "title", "task", "issued_by", "addressee", "function", "recipient", "source"})
        return told | {"adopted_on": self.on, **dates(self)}


class Assign(HousePayload):
    """A unit is to carry it out; `person` answers for it from now on. `function`: what the duty belongs to, and follows."""

    unit: Citation
    person: UUID | None = None
    function: Id | None = None


class Report(HousePayload):
    """The secretariat reports, in a document."""

    document: Citation | None = None


class Note(HousePayload):
    """A body takes note that the mandate is fulfilled."""

    body: Citation | None = None
    instrument: Citation | None = None


class Continue(Decision):
    """The mandating body keeps a mandate alive, with new dates where it sets some."""

    due: Given | None = None
    sunset: Given | None = None
    review_by: Given | None = None


class TakenUp(Decision):
    """Another mandate takes this one up."""

    successor: UUID


def dates(told: Register | Continue) -> dict[str, Any]:
    """The given dates as they are written down."""
    return {"due": kept(told.due), "sunset": kept(told.sunset), "review_by": kept(told.review_by)}


PAYLOADS: Mapping[str, type[Payload]] = {
    OPEN: Register,
    "assign": Assign,
    "reassign": Assign,
    "await_funds": HousePayload,
    "receive_funds": HousePayload,
    "check_funds": HousePayload,
    "start": HousePayload,
    "deliver": HousePayload,
    "report_progress": Report,
    "report_done": Report,
    "return_to_work": HousePayload,
    "note_fulfilled": Note,
    "open_review": HousePayload,
    "keep": Continue,
    "renew": Continue,
    "adapt": Continue,
    "retire": Decision,
    "merge": TakenUp,
    "supersede": TakenUp,
}


def facts(books: Books, matter: Matter, act: Act) -> MandateFacts:
    """What holds of this mandate if `act` is done."""
    payload = act.payload
    issued_by = records.detail(books, matter.id)["issued_by"]
    successor = payload.successor if isinstance(payload, TakenUp) else None
    return MandateFacts(
        body_took_note=isinstance(payload, Note) and payload.body == issued_by,
        body_decided=isinstance(payload, Decision) and payload.is_complete and payload.body == issued_by,
        successor_registered=successor is not None and records.is_mandate(books, successor),
        lineage_acyclic=successor is not None and not _leads_back(books, matter.id, successor),
    )


def _leads_back(books: Books, mandate: UUID, successor: UUID) -> bool:
    return matters.leads_to(books, mandate, successor, records.LINEAGE)


def apply(books: Books, matter: Matter, act: Act) -> Mapping[str, Fact]:
    """Write what an act changes beside state and clocks; return what history keeps of it."""
    payload = act.payload
    match payload:
        case Register():
            if records.same(books, payload.symbol, payload.task) is not None:
                raise AlreadyRegistered(symbol=payload.symbol)
            require_function(books, payload.function, kept(payload.due))
            records.add(books, matter.id, payload.row())
            return {"symbol": payload.symbol}
        case Assign():
            return _assign(books, matter, act, payload)
        case TakenUp():
            tie = "absorbs" if act.trigger == "merge" else "supersedes"
            matters.link(books, payload.successor, matter.id, tie)
            return {"successor": str(payload.successor)}
        case Decision():
            return _decide(books, matter, act, payload)
        case Note():
            return told(body=payload.body, instrument=payload.instrument)
        case Report():
            return told(document=payload.document)
    return {}


def _assign(books: Books, matter: Matter, act: Act, payload: Assign) -> Mapping[str, Fact]:
    require_function(books, payload.function, records.detail(books, matter.id)["due"])
    records.change(books, matter.id, {"unit": payload.unit} | ({"function": payload.function} if payload.function else {}))
    if payload.person is not None:
        if people.person(books, payload.person) is None:
            raise NoSuchPerson()
        people.make_responsible(books, uuid4(), matter.id, payload.person, at=act.at, why="assigned")
    return told(unit=payload.unit, person=str(payload.person) if payload.person else None)


def _decide(books: Books, matter: Matter, act: Act, payload: Decision) -> Mapping[str, Fact]:
    proposal.decide(books, matter.id, act.trigger, payload.row())
    if isinstance(payload, Continue):
        records.change(books, matter.id, {name: value for name, value in dates(payload).items() if value is not None})
    return told(body=payload.body, instrument=payload.instrument)


def told(**facts: str | None) -> dict[str, Fact]:
    """Only what is known."""
    return {name: value for name, value in facts.items() if value is not None}


def given(books: Books, matter_id: UUID) -> Mapping[str, Mapping[str, Any] | None]:
    """The dates the mandate itself brings."""
    detail = records.detail(books, matter_id)
    return {name: detail[name] for name in ("due", "sunset", "review_by")}


def show(books: Books, matter: Matter) -> Mapping[str, Any]:
    """What the council door says of a mandate. The units that answer for it are worked out for today, never stored.

    `paragraph` are the words of the register that it was made of; None: it was opened by itself.
    """
    detail = records.detail(books, matter.id)
    owed = owing(books, matter.id, detail)
    return {
        **detail,
        "responsible_functions": list(owed.functions),
        "responsible_units": list(owed.units),
        "paragraph": _paragraph(books, matter.id),
    }


def _paragraph(books: Books, matter_id: UUID) -> dict[str, Any] | None:
    found = paragraphs.of_mandate(books, matter_id)
    return None if found is None else {"text": str(found[0]), "place": found[1], "symbol": found[2]}


KIND = Kind(table=MANDATE, payloads=PAYLOADS, facts=facts, apply=apply, given=given, show=show)
