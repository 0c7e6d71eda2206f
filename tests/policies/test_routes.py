"""Other ways a person may go: each class is told what is known, and that nothing is where nothing is."""

import tomllib
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from policies.rules import Route
from web.messages import LANGUAGES, Messages


def routes(pack: str) -> dict[str, Route]:
    text = Path(f"policies/{pack}/routes.toml").read_text(encoding="utf-8")
    return TypeAdapter(dict[str, Route]).validate_python(tomllib.loads(text))


@pytest.mark.parametrize("pack", ["oas", "eu"])
def test_a_route_names_only_limits_that_there_are(pack: str) -> None:
    limits = tomllib.loads(Path(f"policies/{pack}/limits.toml").read_text(encoding="utf-8"))
    assert not [route.limit for route in routes(pack).values() if route.limit is not None and route.limit not in limits]


def test_only_staff_are_told_the_limits_of_the_staff_rules() -> None:
    limited = [route for route in routes("oas").values() if route.limit]
    assert limited
    assert {route.personnel_classes for route in limited} == {("staff",)}


@pytest.mark.parametrize(("station", "limit"), [("headquarters", "tribunal_headquarters"), ("field", "tribunal_away")])
def test_the_tribunals_limit_depends_on_where_one_works(station: str, limit: str) -> None:
    tribunal = [r for r in routes("oas").values() if r.title == "Administrative Tribunal" and station in r.stations]
    assert [route.limit for route in tribunal] == [limit]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_route_and_class_has_its_words(language: str) -> None:
    messages = Messages(language)
    known = {**routes("oas"), **routes("eu")}
    wanted = {f"route.{name}" for name in known}
    wanted |= {f"personnel.{each}" for route in known.values() for each in route.personnel_classes}
    assert not sorted(key for key in wanted | {"route.none", "route.no_limit_known"} if key not in messages)
