"""What becomes of a released report at the other side: who received it, where it was noted, what took its place."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Annotated, Any, ClassVar, Final
from uuid import UUID, uuid4

from pydantic import Field

from actions.kernel.actor import Actor
from actions.kernel.kind import Act, Kind, Payload
from actions.kinds.house import Citation
from policies.members import State
from policies.refusal import Refusal
from policies.reports import NoSuchReport, ReportKind
from policies.said import Fact
from records import documents, matters, people
from records import transmittal as records
from records.books import Books
from records.matters import Matter, NotFound
from records.transmittal import TransmittalRow
from states.citing.parsing import parse
from states.clocks import OPEN
from states.deciding.voters import voters_on
from states.transmittal import TRANSMITTAL, TransmittalFacts

COUNCIL: Final = "permanent_council"
"""The receiver for whom each member's mission receives; any other receiver is the one role."""
_HELD: Final = frozenset({"held", "record_approved"})


class AlreadyTransmitted(Refusal):
    """This edition was transmitted before."""

    code: ClassVar[str] = "already_transmitted"


class Transmitted(Payload):
    """A release goes to its receiver. `symbol` and `document`: as what it was registered, if it was."""

    series: Annotated[str, Field(pattern=r"^[a-z][a-z_]{0,39}$")]
    edition: Annotated[str, Field(pattern=r"^[0-9]{4}(-(H[12]|Q[1-4]))?\.[1-9][0-9]{0,2}$")]
    kind: ReportKind
    symbol: Citation | None = None
    document: UUID | None = None


class Receipt(Payload):
    """A mission says that it has it, for its state. Whoever is the one receiver names none."""

    state: State | None = None


class Noting(Payload):
    """It was noted: at a meeting that was held, or as a registered document says."""

    meeting: UUID | None = None
    document: Citation | None = None


RECEIVING: Final = ("receive", "receive_last", "receive_alone", "receive_late")
PAYLOADS: Mapping[str, type[Payload]] = {OPEN: Transmitted, "note": Noting, **dict.fromkeys(RECEIVING, Receipt)}


def facts(books: Books, matter: Matter, act: Act) -> TransmittalFacts:
    """What holds of this transmittal if `act` is done."""
    row, payload = records.detail(books, matter.id), act.payload
    alone, said = row.receiver != COUNCIL, _for_whom(row, payload, act.by)
    have = {each.receiver for each in records.receipts(books, matter.id)}
    members = frozenset[str]() if alone else expected(books)
    return TransmittalFacts(
        by_receiver=said is not None and (not members or said in members),
        first_time=said is not None and said not in have,
        last_one=said is not None and bool(members) and members <= have | {said},
        for_one=alone,
        noting_shown=isinstance(payload, Noting) and _is_shown(books, payload),
        newer_out=_newer_is_out(books, row),
    )


def expected(books: Books) -> frozenset[str]:
    """The members whose missions receive what goes to the Council today: all but the suspended, who take no part.

    Empty where nobody knows the members: then each mission that says so has received it, and none is the last. Raises
    MembershipUnknown for a day of which sources do not agree.
    """
    return frozenset() if books.pack.members is None else voters_on(books.today, books.pack.members).attending


def _for_whom(row: TransmittalRow, payload: Payload, by: Actor) -> str | None:
    """For whom a receipt is said; None: for nobody whom it goes to. Who may say it for a state at all, the access policy says."""
    if not isinstance(payload, Receipt):
        return None
    if row.receiver != COUNCIL:
        return row.receiver if row.receiver in by.roles and payload.state is None else None
    return payload.state


def _is_shown(books: Books, told: Noting) -> bool:
    """A meeting that was held, or a document that is registered. Raises NotACitation."""
    if told.meeting is not None:
        try:
            held = matters.find(books, told.meeting)
        except NotFound:
            return False
        if held.kind != "meeting" or held.state not in _HELD:
            return False
    symbol = _symbol(books, told)
    if symbol is not None:
        return bool(documents.known(books, [symbol]))
    return told.meeting is not None


def _symbol(books: Books, told: Noting) -> str | None:
    forms = books.pack.citations
    return told.document if told.document is None or forms is None else parse(told.document, forms).canonical


def _newer_is_out(books: Books, row: TransmittalRow) -> bool:
    period, number = _numbered(row.edition)
    others = (_numbered(each.edition) for each in records.of_series(books, row.series))
    return any(own == period and newer > number for own, newer in others)


def _numbered(edition: str) -> tuple[str, int]:
    period, _, number = edition.partition(".")
    return period, int(number)


def apply(books: Books, matter: Matter, act: Act) -> Mapping[str, Fact]:
    """Write what an act changes beside state and clocks; return what history keeps of it."""
    match act.payload:
        case Transmitted() as told:
            return _transmit(books, matter, act, told)
        case Receipt() as said:
            return _receive(books, matter, act, said)
        case Noting() as told:
            symbol = _symbol(books, told)
            records.change(books, matter.id, {"noted_in": told.meeting, "noted_document": symbol})
            where = {"meeting": None if told.meeting is None else str(told.meeting), "document": symbol}
            return {name: value for name, value in where.items() if value is not None}
    return {}


def _transmit(books: Books, matter: Matter, act: Act, told: Transmitted) -> Mapping[str, Fact]:
    """Raises NoSuchReport for a kind the pack does not report, AlreadyTransmitted."""
    policy = books.pack.reports.reports.get(told.kind) if books.pack.reports is not None else None
    if policy is None or policy.series != told.series:
        raise NoSuchReport(kind=told.kind, period=_numbered(told.edition)[0])
    if records.of_release(books, told.series, told.edition) is not None:
        raise AlreadyTransmitted(series=told.series, edition=told.edition)
    columns = {"report_kind": told.kind, "series": told.series, "edition": told.edition, "receiver": policy.receiver}
    records.add(books, matter.id, columns | {"symbol": told.symbol, "document_id": told.document})
    noting = {grant.partition(":")[0] for grant in books.pack.kinds[TRANSMITTAL.kind].access["note"]}
    roles = noting if policy.receiver == COUNCIL else {policy.receiver}
    answers = [each.person_id for each in people.serving(books, books.today) if each.role in roles]
    if answers and act.by.person is None:
        people.make_responsible(books, uuid4(), matter.id, answers[0], at=act.at, why="opened")
    return {"series": told.series, "edition": told.edition}


def _receive(books: Books, matter: Matter, act: Act, said: Receipt) -> Mapping[str, Fact]:
    receiver = _for_whom(records.detail(books, matter.id), said, act.by)
    if receiver is None or act.by.person is None:
        raise ValueError("a receipt is said by one of the receivers")
    records.receive(books, matter.id, receiver, act.by.person)
    return {"receiver": receiver}


def given(books: Books, matter_id: UUID) -> Mapping[str, Mapping[str, Any] | None]:
    """A transmittal brings no dates."""
    del books, matter_id
    return {}


def show(books: Books, matter: Matter) -> Mapping[str, Any]:
    """What the council's door says of it: which edition, who received it when, where it was noted."""
    row, have = records.detail(books, matter.id), records.receipts(books, matter.id)
    missing = sorted(expected(books) - {each.receiver for each in have}) if row.receiver == COUNCIL else []
    received = [{"receiver": each.receiver, "received_at": each.received_at} for each in have]
    return asdict(row) | {"received": received, "missing": missing}


KIND = Kind(table=TRANSMITTAL, payloads=PAYLOADS, facts=facts, apply=apply, given=given, show=show, routed=False)
