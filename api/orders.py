"""Executive orders at the council's door: every revision, and which holds on a day."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel

from actions.days import Day
from actions.orders import Ordered, orders_on
from api.asking import OfficeDep, PersonDep
from api.contract import needs
from api.kinds_routes import WordsDep
from api.words import Words

router = APIRouter(tags=["structure"])


class OrderLine(BaseModel):
    """A revision of an order. `since`: the day it says it takes effect, or the first day of what it brought; null: unknown.

    `registrations`: the entries it brought into the record of the structure.
    """

    symbol: str
    revision: int
    supersedes: int | None
    proposal: UUID
    issued_on: date | None
    since: date | None
    signed_by: str
    sha256: str | None
    holding: str
    holding_label: str
    registrations: list[int]


class Orders(BaseModel):
    """Every order by symbol, the first revision first."""

    orders: list[OrderLine]


@router.get("/v1/orders", **needs("structure.read", 404, 422))
def list_orders(
    office: OfficeDep,
    person: PersonDep,
    words: WordsDep,
    on: Annotated[Day | None, Query(description="How they stand on this day; left out: today.")] = None,
) -> Orders:
    """Executive orders with their revisions: which holds, which it superseded, what each brought into the structure."""
    return Orders(orders=[_line(one, words) for one in orders_on(office, on, by=person.person)])


def _line(one: Ordered, words: Words) -> OrderLine:
    row = one.row
    return OrderLine(
        symbol=row.symbol,
        revision=row.revision,
        supersedes=one.supersedes,
        proposal=row.matter_id,
        issued_on=row.issued_on,
        since=one.since,
        signed_by=row.signed_by,
        sha256=row.text_hash.hex() if row.text_hash else None,
        holding=one.holding,
        holding_label=words.label(f"order.{one.holding}", one.holding),
        registrations=list(one.registrations),
    )
