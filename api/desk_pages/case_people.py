"""Who answers for a matter and who can open it: the forms, with people to choose from."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from actions.desk_case import Case
from actions.kinds.handing_over import asks_her
from api.desk_pages.case_forms import CaseForm, Place
from api.desk_pages.case_words import left_out
from api.pages.forms import Option


@dataclass(frozen=True, slots=True)
class People:
    """The forms about people. None: there is nobody for it."""

    assign: CaseForm | None
    seat: CaseForm | None
    recuse: CaseForm
    conflict: CaseForm | None


def people_of(case: Case, place: Place, me: UUID) -> People:
    """Who can be chosen for what: of those with a seat, or of the others who work at the desk."""
    seated = {one.id: one.name for one in case.opened.seated}
    responsible = case.opened.responsible.id if case.opened.responsible else None
    locked = left_out(case)
    out = locked.names if locked else ()
    others = _options({id: name for id, name in case.colleagues.items() if id not in seated and name not in out})
    successors = _options({id: name for id, name in seated.items() if id != responsible})
    in_conflict = _options({id: name for id, name in seated.items() if id != me})
    hers = asks_her(case.kind.table)
    return People(
        assign=_about(place, "assignment", "case.assign", successors),
        seat=None if hers else _about(place, "seats", "case.give_seat", others),
        recuse=place.form("POST", "recusal", "case.recuse", name="recusal", look="danger", next="/", scope="case.recusal"),
        conflict=_about(place, "late-conflict", "case.take_seat", in_conflict, name="conflict", look="danger"),
    )


def others(case: Case) -> list[Option]:
    """Who may go on in somebody's place: everybody at the desk but whoever answers for it and whoever is locked out by name."""
    responsible, locked = case.opened.responsible.id if case.opened.responsible else None, left_out(case)
    out = locked.names if locked else ()
    return _options({id: name for id, name in case.colleagues.items() if id != responsible and name not in out})


def _about(place: Place, tail: str, submit: str, people: list[Option], name: str = "", look: str = "") -> CaseForm | None:
    if not people:
        return None
    return place.form(
        "POST", tail, submit, choices={"person": people}, scope=f"case.{tail.replace('-', '_')}", name=name, look=look
    )


def _options(people: Mapping[UUID, str]) -> list[Option]:
    return [Option(str(id), name) for id, name in people.items()]
