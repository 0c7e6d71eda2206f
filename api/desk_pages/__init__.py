"""What the ombudsperson, the case officers and the alternate see in a browser. The JSON routes say the same."""

from fastapi import APIRouter

from api.desk_pages import case, earlier, monday, people, reports, setup

routers: tuple[APIRouter, ...] = (monday.router, people.router, setup.router, earlier.router, reports.router, *case.routers)
"""The pages of the desk, in the order in which addresses are matched."""
