"""What the ombudsperson, the case officers and the alternate see in a browser. The JSON routes say the same."""

from fastapi import APIRouter

from api.desk_pages import case, contacts, earlier, monday, own, people, phoned, record, reports, setup, times

routers: tuple[APIRouter, ...] = (
    monday.router,
    times.router,
    phoned.router,
    contacts.router,
    record.router,
    own.router,
    people.router,
    setup.router,
    earlier.router,
    reports.router,
    *case.routers,
)
"""The pages of the desk, in the order in which addresses are matched."""
