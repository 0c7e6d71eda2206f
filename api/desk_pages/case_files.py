"""Looking at one file in its place: a picture made anew from its pixels, or the beginning of a text, and never the file itself.

GET  /<kind>s/{id}/files/{fid}
"""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Response
from starlette.requests import Request

from actions import desk_copies, desk_files
from actions.cleaning.judging import PICTURES, sort_of
from actions.desk_copies import NotAText, ShownText
from actions.kernel.callers import DeskPerson
from actions.office import Office
from api.contract import needs
from api.desk_asking import CallerDep, OfficeDep
from api.desk_matters import file_id
from api.kinds_routes import IdDep
from api.pages.showing import show


def add_files(made: APIRouter, name: str) -> None:
    """The page of one file of one kind of matter."""

    @made.get(f"/{name}s/{{id}}/files/{{fid}}", name=f"page_of_file_of_{name}", **needs(f"{name}.read", 404, 409))
    def show_file(
        request: Request, office: OfficeDep, caller: CallerDep, about: IdDep, fid: Annotated[UUID, Depends(file_id)]
    ) -> Response:
        """A picture or a text in its place; of anything else, that it is not shown here. To look is a reading."""
        text = _text(office, name, about, fid, caller)
        picture = text is None and _is_picture(office, name, about, fid, caller)
        at = f"/v1/{name}s/{about}/files/{fid}"
        told = {"kind": name, "id": str(about), "text": text, "picture": f"{at}/picture" if picture else "", "at": at}
        return show(request, "desk/case_file.html", told)


def _text(office: Office, kind: str, about: UUID, fid: UUID, caller: DeskPerson) -> ShownText | None:
    try:
        return desk_copies.shown_text(office, kind, about, fid, by=caller)
    except NotAText:
        return None


def _is_picture(office: Office, kind: str, about: UUID, fid: UUID, caller: DeskPerson) -> bool:
    """By its first bytes. Whether it can be drawn is found out when the picture itself is asked for."""
    opened = desk_files.download(office, kind, about, fid, by=caller)
    return sort_of(next(opened.content, b"")) in PICTURES
