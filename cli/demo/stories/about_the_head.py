"""Story 6: a complaint about the head goes to the alternate; the head finds no trace. With offices of 1, 2 and 4."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from cli.demo.scene import Scene
from cli.demo.script import Deed, Step, noon
from cli.demo.stories.desk import remember_newest, words, works

FILED = {1: date(2016, 10, 5), 2: date(2016, 11, 16), 4: date(2017, 1, 4)}
NOBODY = UUID(int=7)
"""An id that no matter has."""


def steps(size: int) -> tuple[Step, ...]:
    """The story with an office of so many people. All its dates are the demo's."""
    key = f"about the head {size}"

    def at(days: int, who: str, what: str, expected: str, deed: Deed) -> Step:
        when = noon(FILED[size] + timedelta(days=days))
        return Step(f"6 about the head ({size})", when, who, what, expected, deed, assumed=True)

    return (
        at(0, "visitor", "ticks the head before she writes", "readers: alternate", _file(key)),
        at(0, "head", "looks everywhere", "no trace: queue, ids, search, office", _no_trace(key)),
        at(1, "alternate", "has it and reads it", "acknowledged", works(key, "alternate", ("acknowledge", {}))),
        at(1, "head", "looks again", "no trace: queue, ids, search, office", _no_trace(key)),
        at(2, "visitor", "stops everything", "withdrawn", _stop(key)),
    )


def _file(key: str) -> Deed:
    def deed(scene: Scene) -> str:
        head = next(each["id"] for each in scene.visited("GET", "/v1/office")["readers"] if each["name"] == "head")
        scene.kept[f"{key} before"] = _seen_by_head(scene, NOBODY)
        body = {
            "track": "complaint",
            "language": "en",
            "statement": "The head of the office told my unit what I had said.",
            "must_not_see": {"ids": [head]},
            "answers": {"about": "Ombudsperson"},
        }
        filed = scene.visited("POST", "/v1/complaints", body)
        scene.kept[f"{key} words"] = " ".join(filed["receipt"])
        remember_newest(scene, "alternate", key)
        scene.kept[f"{key} day"] = scene.visited("GET", "/v1/complaint", words=words(scene, key))["opened_on"]
        return "readers: " + ", ".join(filed["readers"])

    return deed


def _seen_by_head(scene: Scene, about: object) -> list[Any]:
    """All that the head's account answers about the office's work, and about one id."""
    asked = ("/v1/queue", "/v1/office", "/v1/earlier?about=Ombudsperson", f"/v1/complaints/{about}")
    answers = [scene.call("head", "GET", where) for where in asked]
    moved = scene.call("head", "POST", f"/v1/complaints/{about}/moves", {"trigger": "acknowledge", "payload": {}})
    return [(answer.status_code, answer.text.replace(str(about), "")) for answer in (*answers, moved)]


def _no_trace(key: str) -> Deed:
    """The same answers to the matter's id as to none, on this very day."""

    def deed(scene: Scene) -> str:
        real, none = _seen_by_head(scene, scene.kept[f"{key} id"]), _seen_by_head(scene, NOBODY)
        opened = scene.kept[f"{key} id"] in scene.call("head", "GET", "/v1/queue").text
        return "a trace" if opened or real != none else "no trace: queue, ids, search, office"

    return deed


def _stop(key: str) -> Deed:
    def deed(scene: Scene) -> str:
        moved = scene.visited("POST", "/v1/complaint/moves", {"trigger": "withdraw_stop", "payload": {}}, words(scene, key))
        return str(moved["state"])

    return deed
