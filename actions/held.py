"""All holds on matters of one's own: who approved each, who asked, when it ends, and which have ended and hold nothing any more.

Row-level security shows those of matters in which the person has a seat, and no others: a count of all would tell an excluded
person that there is a case.
"""

from dataclasses import dataclass
from datetime import date

from actions.kernel.callers import DeskPerson
from actions.looking import Named, named
from actions.office import Office
from actions.retention import destroyed_on
from records import matters, people, retention
from records.matters import Matter
from records.retention import HoldRow


@dataclass(frozen=True, slots=True)
class Listed:
    """A hold with its matter. `live`: it holds today; else it ended on its day, or `lifted_by` ended it early.

    `destroyed_on`: the first day on which the matter can be destroyed, all holds counted; None: it is under way. `may_hold`: who
    asks is not responsible for the matter, so that they may approve another hold.
    """

    row: HoldRow
    matter: Matter
    live: bool
    approved_by: Named
    asked_by: Named | None
    lifted_by: Named | None
    destroyed_on: date | None
    may_hold: bool


def listed(office: Office, *, by: DeskPerson) -> list[Listed]:
    """Every hold this person may know of: those in force first, the next to end on top; then those that ended, newest first."""
    with office.open() as books:
        by.enter(books, None)
        rows = retention.every_hold(books)
        names = people.names(books, {who for row in rows for who in (row.approved_by, row.asked_by, row.lifted_by) if who})
        held = {one: matters.find(books, one) for one in {row.matter_id for row in rows}}
        gone = {one: destroyed_on(books, matter) for one, matter in held.items()}
        answers = people.responsible(books, list(held))

        found = [
            Listed(
                row,
                held[row.matter_id],
                row.from_on <= books.today < row.until_on,
                Named(row.approved_by, names[row.approved_by]),
                named(names, row.asked_by),
                named(names, row.lifted_by),
                gone[row.matter_id],
                answers.get(row.matter_id) != by.person,
            )
            for row in rows
        ]
        live = [one for one in found if one.live]
        return [*reversed(live), *(one for one in found if not one.live)]
