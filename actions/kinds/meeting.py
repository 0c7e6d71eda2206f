"""What people do to a meeting: what each act brings and what it writes."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, ClassVar, Final
from uuid import UUID

from actions.kernel.kind import Act, Kind
from actions.kinds.meeting_business import NoSuchItem, change_order, dispose, drives, is_later, set_order
from actions.kinds.meeting_rules import (
    carries,
    newly_present,
    opening,
    pack_of,
    registered,
    require_free_number,
    rules_of,
    voters_of,
)
from actions.kinds.meeting_shapes import (
    PAYLOADS,
    Approval,
    Attendance,
    Circulate,
    Correction,
    Dispose,
    NewDate,
    OrderOfBusiness,
    OtherOrder,
    Plan,
    Reason,
)
from policies.refusal import Refusal
from policies.said import Fact
from records import matters
from records import meeting as records
from records.books import Books
from records.matters import Matter
from states.meeting import MEETING, MeetingFacts, State

NOTICE: Final = "order_notice"
"""The number of the policy: days before the meeting by which its order of business goes round."""


class SameDay(Refusal):
    """A meeting that was put off is called anew for the day it was put off from."""

    code: ClassVar[str] = "meeting_same_day"
    status: ClassVar[int] = 422


def facts(books: Books, matter: Matter, act: Act) -> MeetingFacts:
    """What holds of this meeting if `act` is done."""
    payload = act.payload
    detail = records.detail(books, matter.id)
    standing = [row for row in records.items(books, matter.id) if not row.struck]
    return MeetingFacts(
        has_business=bool(standing),
        on_its_day=act.effective_on == detail["day"],
        attendance_told=isinstance(payload, Attendance) and bool(payload.present),
        majority_recorded=isinstance(payload, OtherOrder)
        and payload.vote is not None
        and carries(books, matter, detail, payload.vote),
        record_open=detail["record_circulated_on"] is None,
        all_disposed=all(row.disposition is not None for row in standing),
        record_circulated=detail["record_circulated_on"] is not None,
        later_meeting=isinstance(payload, Approval) and _approves(books, payload.meeting, detail),
    )


def _approves(books: Books, meeting: UUID, detail: Mapping[str, Any]) -> bool:
    other = records.called(books, meeting)
    if other is None or other["body"] != detail["body"]:
        return False
    return other["state"] in {State.HELD, State.RECORD_APPROVED} and is_later(other, detail)


def apply(books: Books, matter: Matter, act: Act) -> Mapping[str, Fact]:
    """Write what an act changes beside state and clocks; return what history keeps of it: numbers, days, ids, never words."""
    payload = act.payload
    match payload:
        case Plan():
            return _plan(books, matter, payload)
        case OrderOfBusiness():
            return set_order(books, matter, payload.items)
        case OtherOrder():
            return change_order(books, matter, payload)
        case Circulate():
            return _circulate(books, matter, act, payload)
        case Attendance():
            return _attend(books, matter, act.trigger, payload)
        case Dispose():
            return dispose(books, matter, payload, act.by)
        case Correction():
            return _correct(books, matter, act, payload)
        case Approval():
            records.change(books, matter.id, {"approved_by": payload.meeting})
            return {"meeting": str(payload.meeting)}
        case Reason():
            off = {"cancelled_on": act.effective_on} if act.trigger == "cancel" else {}
            records.change(books, matter.id, {"reason": payload.reason, **off})
        case NewDate():
            return _set_date(books, matter, payload)
    return {}


def _plan(books: Books, matter: Matter, told: Plan) -> Mapping[str, Fact]:
    rules = rules_of(books.pack)
    body = rules.body(told.body)
    rules.sort(told.sort)
    period = body.period(told.day.year)
    require_free_number(books, matter.id, told.body, told.number, period)
    columns = told.model_dump(include={"body", "number", "day", "hour", "place", "sort", "source"})
    records.add(books, matter.id, columns | {"period": period, "title": _title(told.body, told.number, told.day.year)})
    return {"body": told.body, "number": told.number, "day": told.day}


def _title(body: str, number: int, year: int) -> str:
    return f"{body} {number}/{year % 100:02}"


def _set_date(books: Books, matter: Matter, told: NewDate) -> Mapping[str, Fact]:
    detail = records.detail(books, matter.id)
    if told.day == detail["day"]:
        raise SameDay(day=told.day)
    period = rules_of(pack_of(books, matter)).body(detail["body"]).period(told.day.year)
    require_free_number(books, matter.id, detail["body"], detail["number"], period)
    place = {"hour": told.hour or detail["hour"], "place": told.place or detail["place"]}
    title = _title(detail["body"], detail["number"], told.day.year)
    records.change(books, matter.id, {"day": told.day, "period": period, "title": title, **place})
    return {"day": told.day}


def _circulate(books: Books, matter: Matter, act: Act, told: Circulate) -> Mapping[str, Fact]:
    symbols = () if told.document is None else (told.document,)
    symbol = next(iter(registered(books, symbols, pack_of(books, matter).citations)), None)
    if act.trigger == "circulate_order":
        records.change(books, matter.id, {"order_document": symbol})
    else:
        records.change(books, matter.id, {"record_document": symbol, "record_circulated_on": act.effective_on})
    return {} if symbol is None else {"document": symbol}


def _attend(books: Books, matter: Matter, trigger: str, told: Attendance) -> Mapping[str, Fact]:
    detail = records.detail(books, matter.id)
    states = newly_present(books, matter, detail, told.present)
    needed: dict[str, Fact] = {}
    if trigger == "hold":
        opened = opening(books, matter, detail, frozenset(states))
        needed = {"needed": "unknown" if opened.needed is None else opened.needed}
    records.note_present(books, matter.id, states, at_opening=trigger == "hold")
    return {"present": len(states), **needed}


def _correct(books: Books, matter: Matter, act: Act, told: Correction) -> Mapping[str, Fact]:
    if act.by.person is None:
        raise ValueError("a record is corrected by a person")
    voters_of(books, records.detail(books, matter.id)["day"]).refuse_strangers({told.state})
    if told.item is not None and records.item(books, matter.id, told.item) is None:
        raise NoSuchItem(item=told.item)
    number = records.correct(books, matter.id, told.state, told.item, told.text, by=act.by.person)
    return {"correction": number, "state": told.state}


def given(books: Books, matter_id: UUID) -> Mapping[str, Mapping[str, Any] | None]:
    """The day it is called for, and the last one on which its order of business goes round in time.

    Where nobody has established the days of notice there is none.
    """
    day = records.detail(books, matter_id)["day"]
    numbers = pack_of(books, matters.find(books, matter_id)).kinds[MEETING.kind].numbers
    notice = numbers[NOTICE].value if NOTICE in numbers else "unknown"
    order = None if notice == "unknown" else {"on": (day - timedelta(days=notice)).isoformat()}
    return {"order": order, "holding": {"on": day.isoformat()}}


def show(books: Books, matter: Matter) -> Mapping[str, Any]:
    """What the council door says of a meeting."""
    return {
        **records.detail(books, matter.id),
        "items": [_shown(row) for row in records.items(books, matter.id)],
        "present": [_shown(row) for row in records.present(books, matter.id)],
        "corrections": records.corrections(books, matter.id),
        "carried_over": records.deferred_to(books, matter.id),
    }


def _shown(row: records.ItemRow | records.PresenceRow) -> dict[str, Any]:
    return {name: getattr(row, name) for name in type(row).__dataclass_fields__}


KIND = Kind(table=MEETING, payloads=PAYLOADS, facts=facts, apply=apply, given=given, show=show, drives=drives)
