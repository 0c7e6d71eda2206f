"""What keeps matters of one's own from being destroyed: a list, in one place. Placing and lifting is done at the matter."""

from datetime import date
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel

from actions import held
from actions.held import Listed
from api import desk_clock_shapes, shapes
from api.contract import needs
from api.desk_asking import CallerDep, OfficeDep
from api.kinds_routes import WordsDep
from api.telling import named
from api.words import Words

router = APIRouter(prefix="/v1/holds", tags=["holds"])


class ListedHold(desk_clock_shapes.Hold):
    """A hold with its matter. `live` false: it has ended and holds nothing; `lifted_by`: somebody ended it early.

    `destroyed_on`: the first day on which the matter can be destroyed; null: under way. `may_hold`: you may approve another.
    """

    matter: UUID
    kind: str
    live: bool
    lifted_by: shapes.Named | None
    destroyed_on: date | None
    may_hold: bool


class ListedHolds(BaseModel):
    """Every hold on matters in which you have a seat."""

    holds: list[ListedHold]


@router.get("", **needs("holds.read"))
def show_holds(office: OfficeDep, caller: CallerDep, words: WordsDep) -> ListedHolds:
    """Those in force first, the next to end on top; then those that have ended."""
    return ListedHolds(holds=[told(one, words) for one in held.listed(office, by=caller)])


def told(one: Listed, words: Words) -> ListedHold:
    """One line of the list."""
    row = one.row
    return ListedHold(
        id=row.id,
        reason=row.reason,
        label=words.label(f"hold.reason.{row.reason}", row.reason),
        by=shapes.Named(id=one.approved_by.id, name=one.approved_by.name),
        asked_by=named(one.asked_by),
        since=row.from_on,
        until=row.until_on,
        matter=one.matter.id,
        kind=one.matter.kind,
        live=one.live,
        lifted_by=named(one.lifted_by),
        destroyed_on=one.destroyed_on,
        may_hold=one.may_hold,
    )
