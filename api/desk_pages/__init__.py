"""What the ombudsperson, the case officers and the alternate see in a browser. The JSON routes say the same."""

from fastapi import APIRouter

from api.desk_pages import (
    addressees,
    case,
    contacts,
    earlier,
    holds,
    identity,
    missing,
    monday,
    own,
    people,
    phoned,
    record,
    reports,
    setup,
    terms,
    times,
)

routers: tuple[APIRouter, ...] = (
    monday.router,
    times.router,
    terms.router,
    phoned.router,
    contacts.router,
    record.router,
    identity.router,
    own.router,
    people.router,
    addressees.router,
    setup.router,
    earlier.router,
    holds.router,
    missing.router,
    reports.router,
    *case.routers,
)
"""The pages of the desk, in the order in which addresses are matched."""
