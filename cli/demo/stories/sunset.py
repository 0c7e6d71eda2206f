"""Story 2: CP/RES. 1051 (2017/15): 180 days from 2015-05-26, in force through a Saturday, expired from the Sunday on."""

from datetime import UTC, date, datetime
from typing import Any

from cli.demo.scene import Scene
from cli.demo.script import Step, noon
from cli.demo.stories.input import adopted, mandate, title

NAME = "2 sunset"


def steps() -> tuple[Step, ...]:
    """The story's steps. The last two are an hour before and after midnight in Washington."""
    evening = datetime(2015, 11, 22, 4, 0, tzinfo=UTC)
    night = datetime(2015, 11, 22, 6, 0, tzinfo=UTC)
    return (
        Step(NAME, noon(adopted("M-1051")), "secretary of the council", "the Permanent Council adopts it",
             "in_force, through 2015-11-21", _register),
        Step(NAME, noon(date(2015, 11, 20)), "flow deadlines", "has reminded of the end",
             "thirty_days, reminder, last_day (Friday)", _reminded),
        Step(NAME, evening, "nobody", "late on Saturday it is still in force", "in_force", _state),
        Step(NAME, night, "flow deadlines", "on Sunday it has expired", "expired by sunset from 2015-11-22", _expired),
    )  # fmt: skip


def _register(scene: Scene) -> str:
    sunset = mandate("M-1051")["sunset"]
    body = {
        "symbol": mandate("M-1051")["symbol"],
        "title": title("M-1051"),
        "issued_by": "PC",
        "on": adopted("M-1051").isoformat(),
        "sunset": {"start": sunset["from"].isoformat(), "count": sunset["days"], "first_day": "counted"},
        "source": "CP/doc.5139/15 (e.trust)",
    }
    made = scene.post("secretary of the council", "/v1/mandates", body)
    scene.kept["authorisation"] = made["id"]
    return f"{made['state']}, through {_sunset(scene)['due_on']}"


def _reminded(scene: Scene) -> str:
    fired = _sunset(scene)["fired"]
    return ", ".join(rung["what"] for rung in fired) + f" ({date.fromisoformat(fired[-1]['due_at'][:10]):%A})"


def _state(scene: Scene) -> str:
    return str(scene.get("planning officer", f"/v1/mandates/{scene.kept['authorisation']}")["state"])


def _expired(scene: Scene) -> str:
    events = scene.get("planning officer", f"/v1/mandates/{scene.kept['authorisation']}/history")["events"]
    return f"{_state(scene)} by {events[-1]['by_clock']} from {events[-1]['effective_on']}"


def _sunset(scene: Scene) -> dict[str, Any]:
    clocks = scene.get("planning officer", f"/v1/mandates/{scene.kept['authorisation']}/clocks")["clocks"]
    found: dict[str, Any] = next(clock for clock in clocks if clock["name"] == "sunset")
    return found
