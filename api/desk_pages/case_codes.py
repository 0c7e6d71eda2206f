"""What a case is about in codes, for the reports: on a page of its own, because there are many codes and it opens nothing.

GET  /<kind>s/{id}/codes
"""

from collections.abc import Sequence
from datetime import date
from typing import Final
from uuid import UUID

from fastapi import APIRouter, Response
from starlette.requests import Request

from actions import desk_facts
from actions.desk_facts import Classified
from api.contract import needs
from api.desk_asking import CallerDep, OfficeDep
from api.desk_pages.case_forms import Place
from api.kinds_routes import IdDep, WordsDep
from api.pages.forms import Option
from api.pages.showing import show
from api.words import Words, messages
from policies.categories import label
from policies.said import Said
from web.places import place, places

ABOUT: Final = ("unknown", "nobody", "head")


def add_codes(made: APIRouter, name: str) -> None:
    """The page of the codes of one kind of matter."""

    @made.get(f"/{name}s/{{id}}/codes", name=f"page_of_codes_of_{name}", **needs(f"{name}.note", 404))
    def show_codes(request: Request, office: OfficeDep, caller: CallerDep, words: WordsDep, about: IdDep) -> Response:
        """The form holds what was said before."""
        said = desk_facts.classified(office, name, about, by=caller)
        others = [one for one in desk_facts.about_a_head(office, by=caller) if one[0] != about]
        form = Place(request, name, str(about), said.version, "", {}).form(
            "PUT",
            "facts",
            "case.say_codes",
            without=() if others else ("same_as",),
            choices=_choices(desk_facts.choices(office), others, words),
            values=_values(said),
            scope="case.facts",
        )
        told = {"kind": name, "id": str(about), "form": form, "same": [str(one)[:8] for one in said.same_head]}
        return show(request, "desk/case_codes.html", told)


def in_words(said: Classified | None, words: Words) -> tuple[str, ...]:
    """The issues that were said, with their names."""
    return tuple(f"{code} {label(code, words.language)}" for code in said.issues) if said is not None else ()


def station_of(said: Classified | None, words: Words) -> str:
    """The name of the place that was said; empty: none was."""
    return place(said.station, messages(words.language)) if said is not None and said.station else ""


def _choices(can: desk_facts.Choices, others: Sequence[tuple[UUID, date]], words: Words) -> dict[str, list[Option]]:
    return {
        "station": [Option(code, called) for code, called in places(can.stations, messages(words.language))],
        "personnel": [Option(code, words.label(f"report.value.personnel.{code}", code)) for code in can.personnel],
        "issues": [
            Option(code, f"{code} {label(code, words.language)}", f"{code[0]} {label(code[0], words.language)}")
            for code in can.issues
        ],
        "about": [Option(one, words.label(f"case.about.{one}", one)) for one in ABOUT],
        "same_as": [Option(str(one), words.say(Said("case.came_as", {"id": str(one)[:8], "day": day}))) for one, day in others],
    }


def _values(said: Classified) -> dict[str, str | Sequence[str]]:
    told: dict[str, str | Sequence[str]] = {"about": said.about, "issues": list(said.issues)}
    return told | {name: code for name, code in (("station", said.station), ("personnel", said.personnel)) if code}
