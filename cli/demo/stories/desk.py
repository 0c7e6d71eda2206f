"""What the stories of the ombudsperson's office share: finding a new matter in a queue, and working on it."""

from typing import Any

from cli.demo.scene import Scene
from cli.demo.script import Deed


def remember_newest(scene: Scene, who: str, key: str) -> str:
    """Keep, under `key`, the id of the newest matter in a person's queue that no story has met yet."""
    known = {value for name, value in scene.kept.items() if name.endswith(" id")}
    queue = scene.get(who, "/v1/queue?limit=200")
    fresh = [each["id"] for each in queue["new_to_read"] if each["id"] not in known]
    scene.kept[f"{key} id"] = fresh[-1]
    return str(fresh[-1])


def path(scene: Scene, key: str, kind: str = "complaint") -> str:
    """Where a matter is at the desk."""
    return f"/v1/{kind}s/{scene.kept[f'{key} id']}"


def works(key: str, who: str, *acts: tuple[str, dict[str, Any]], kind: str = "complaint") -> Deed:
    """Open it, then make these moves one after the other; seen is where it is then."""

    def deed(scene: Scene) -> str:
        state = scene.get(who, path(scene, key, kind))["state"]
        for trigger, payload in acts:
            moved = scene.post(who, f"{path(scene, key, kind)}/moves", {"trigger": trigger, "payload": payload})
            state = moved["state"]
        return str(state)

    return deed


def clock(scene: Scene, key: str, who: str, name: str, kind: str = "complaint") -> dict[str, Any]:
    """The newest epoch of one clock, as somebody with a seat sees it."""
    clocks = scene.get(who, f"{path(scene, key, kind)}/clocks")["clocks"]
    found: dict[str, Any] = [each for each in clocks if each["name"] == name][-1]
    return found


def files(key: str, body: dict[str, Any]) -> Deed:
    """Come to the office; keep the words."""

    def deed(scene: Scene) -> str:
        filed = scene.visited("POST", "/v1/complaints", body)
        scene.kept[f"{key} words"] = " ".join(filed["receipt"])
        return f"{len(filed['receipt'])} words, read by {filed['read_by']}, by {', '.join(filed['readers'])}"

    return deed


def words(scene: Scene, key: str) -> str:
    """The twelve words of a story."""
    return str(scene.kept[f"{key} words"])
