"""Story 3: the worker and Prefect's server are dead for ten office days; then everything fires once, in order."""

from datetime import UTC, date, datetime
from typing import Any

from cli.demo.scene import Scene
from cli.demo.script import Step, noon
from cli.demo.stories.input import mandate, title
from records import outbox

NAME = "3 outage"


def steps() -> tuple[Step, ...]:
    """The story's steps. Its dates are the demo's: no source tells of an outage."""
    back = datetime(2016, 7, 25, 20, 0, tzinfo=UTC)
    return (
        Step(NAME, noon(date(2016, 7, 1)), "secretary of the council", "registers a mandate with two duties",
             "assignment 2016-07-18, due 2016-07-29", _register, assumed=True),
        Step(NAME, noon(date(2016, 7, 15)), "operator", "the worker and Prefect's server are killed", "both dead",
             _kill, assumed=True),
        Step(NAME, back, "nobody", "ten days pass and nothing fires", "0 fired, the oldest has waited 7 days", _nothing,
             assumed=True, jump=True),
        Step(NAME, back, "operator", "both are started again", "both at work", _revive, assumed=True, jump=True),
        Step(NAME, back, "flow deadlines", "everything fires once, in order",
             "last_day 07-18, late 07-19, reminder 07-22, handover 07-25", _fired, assumed=True),
        Step(NAME, back, "flow deadlines", "only the newest a person and clock is told", "3 notices for 4 rungs",
             _notices, assumed=True),
    )  # fmt: skip


def _register(scene: Scene) -> str:
    body = {
        "symbol": mandate("M-CP2036")["symbol"],
        "title": title("M-CP2036"),
        "task": "Tell the Council how the structure works (made up for the demo)",
        "issued_by": "PC",
        "due": {"on": "2016-07-29"},
        "source": "assumed for the demo",
    }
    made = scene.post("secretary of the council", "/v1/mandates", body)
    scene.kept["outage"] = made["id"]
    dues = {clock["name"]: clock["due_on"] for clock in _clocks(scene)}
    return f"assignment {dues['assignment']}, due {dues['due']}"


def _kill(scene: Scene) -> str:
    scene.kill("worker", "prefect")
    scene.kept["rungs before"] = len(_rungs(scene))
    scene.kept["notices before"] = _told(scene)
    dead = all(scene.running.children[name].pid is None for name in ("worker", "prefect"))
    return "both dead" if dead else "still running"


def _nothing(scene: Scene) -> str:
    waited = scene.status("house")["lag_seconds"]
    return f"{len(_rungs(scene)) - scene.kept['rungs before']} fired, the oldest has waited {int(waited // 86400)} days"


def _revive(scene: Scene) -> str:
    scene.revive("prefect", "worker")
    return "both at work"


def _fired(scene: Scene) -> str:
    late = _rungs(scene)[scene.kept["rungs before"] :]
    return ", ".join(f"{rung['what']} {rung['due_at'][5:10]}" for rung in late)


def _notices(scene: Scene) -> str:
    fired = len(_rungs(scene)) - scene.kept["rungs before"]
    told = _told(scene) - scene.kept["notices before"]
    return f"{told} notices for {fired} rungs"


def _told(scene: Scene) -> int:
    """How many notices about mandates there are; reports that are on their way have their own."""
    with scene.watched["house"].open() as books:
        return sum(facts.get("kind") == "mandate" for _, facts in outbox.kinds_of(books))


def _rungs(scene: Scene) -> list[dict[str, Any]]:
    fired = [rung for clock in _clocks(scene) for rung in clock["fired"]]
    return sorted(fired, key=lambda rung: (rung["fired_at"], rung["due_at"]))


def _clocks(scene: Scene) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = scene.get("planning officer", f"/v1/mandates/{scene.kept['outage']}/clocks")["clocks"]
    return found
