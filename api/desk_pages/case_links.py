"""Matters about the same person or the same facts: those of a case, and the form that says so of one that a search found."""

from typing import Final
from uuid import UUID

from starlette.requests import Request

from actions.desk_case import Case
from actions.desk_linking import may_link
from actions.kernel.callers import DeskPerson
from actions.kinds import KINDS
from actions.office import Office
from api.desk_pages.case_forms import CaseForm, Place
from api.pages.forms import Form, make_form
from api.pages.showing import href
from states.acts import LINK

OF: Final = "of"
"""The field of a search that says from which case it is made: its kind and its id."""


def unlinking(case: Case, place: Place) -> dict[str, CaseForm]:
    """A button for each link, for who may take it back."""
    if LINK not in case.acts:
        return {}
    return {
        str(one.id): place.form("DELETE", f"links/{one.id}", "link.remove", look="quiet", versioned=False) for one in case.links
    }


def searched_from(told: str) -> tuple[str, UUID] | None:
    """The case a search is made from; None: from none, or from what can be none."""
    kind, _, number = told.partition("/")
    if kind not in KINDS or not KINDS[kind].table.sealed:
        return None
    try:
        return kind, UUID(number)
    except ValueError:
        return None


def linking(
    request: Request, office: Office, caller: DeskPerson, case: tuple[str, UUID] | None, found: list[UUID]
) -> dict[UUID, Form]:
    """A form for each matter found that says that it and the case are about the same; none for who may not say so."""
    if case is None or not may_link(office, *case, by=caller):
        return {}
    kind, matter = case
    page = href(request, f"/{kind}s/{matter}")
    return {
        other: make_form(
            request,
            "POST",
            f"/v1/{kind}s/{matter}/links",
            next=page,
            done="linked",
            fixed={"other": str(other)},
            scope="link",
        )
        for other in found
        if other != matter
    }
