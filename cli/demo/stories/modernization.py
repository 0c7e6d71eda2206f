"""Story 1: AG/RES. 2876 (XLV-O/15), from the resolution to the note that it is fulfilled."""

from datetime import date
from functools import partial
from typing import Any

from cli.demo.scene import Scene
from cli.demo.script import Deed, Step, noon
from cli.demo.stories.input import adopted, mandate, oas2015, title

NAME = "1 modernization"
TASK = mandate("M-2876")["tasks"][0]
PROPOSAL = oas2015()["proposal"]
ORDER = "Executive Order No. 08-01"


def steps() -> tuple[Step, ...]:
    """The story's steps. What the sources do not date is marked as assumed."""
    secretary, planner = "secretary of the council", "planning officer"

    def at(day: date, who: str, what: str, expected: str, deed: Deed, *, assumed: bool = False) -> Step:
        return Step(NAME, noon(day), who, what, expected, deed, assumed=assumed)

    moved = partial(_move, "proposal")
    return (
        at(adopted("M-2876"), secretary, "the General Assembly adopts the mandate", "in_force, due 2015-07-31", _register),
        at(date(2015, 6, 16), planner, "assigns it to planning", "assigned",
           _move("mandate", planner, "assign", {"unit": "OSASOD"}), assumed=True),
        at(date(2015, 6, 18), planner, "begins the proposal", "draft, implements the mandate", _draft, assumed=True),
        at(date(2015, 7, 25), "flow deadlines", "reminds that the proposal is owed", "due: reminder 2015-07-24",
           _rungs("mandate", "due"), assumed=True),
        at(TASK["due"], planner, "submits it to the Permanent Council", "submitted; mandate in_progress, due met",
           _submit, assumed=True),
        at(date(2015, 8, 4), secretary, "refers it to the committee", "in_committee",
           moved(secretary, "refer_to_committee", {"body": "CAAP"}), assumed=True),
        at(date(2015, 9, 1), secretary, "refers it to the drafting group", "in_drafting_group",
           moved(secretary, "refer_to_drafting_group", {"body": "Informal Drafting Working Group"}), assumed=True),
        at(date(2015, 9, 29), secretary, "tables it", "tabled", moved(secretary, "table", {}), assumed=True),
        at(date(2015, 9, 30), secretary, "says adopted without a decision", "move_refused", _adopt_without_decision),
        at(date(2015, 9, 30), secretary, "records the Council's decision", "adopted",
           moved(secretary, "adopt", {"body": "PC", "on": "2015-09-30", "instrument": mandate("M-CP2036")["symbol"]})),
        at(date(2015, 10, 20), planner, "drafts the order", "order_drafted", moved(planner, "draft_order", {}), assumed=True),
        at(date(2015, 11, 16), planner, "Rev. 8 is issued, on a day no source gives",
           "order_issued, Rev. 8 issued unknown", _order("issue_order", 8, None), assumed=True),
        at(date(2015, 12, 11), planner, "Rev. 9 follows", "order_issued, Rev. 9 issued 2015-12-11",
           _order("reissue", 9, date(2015, 12, 11))),
        at(date(2016, 1, 29), planner, "reports progress", "in_progress",
           _move("mandate", planner, "report_progress", {}), assumed=True),
        at(date(2016, 5, 10), planner, "notes that the order is in force: the annual report shows it", "in_force",
           moved(planner, "note_in_force", {"document": "CP/doc.5190/16"}), assumed=True),
        at(date(2016, 5, 10), planner, "reports the mandate as done", "reported_as_done",
           _move("mandate", planner, "report_done", {"document": "CP/doc.5190/16"}), assumed=True),
        at(date(2016, 6, 14), secretary, "the Council takes note, which is not enough", "move_refused",
           _note_by("PC"), assumed=True),
        at(date(2016, 6, 15), secretary, "the General Assembly takes note", "fulfilled, 0 clocks running",
           _fulfilled, assumed=True),
        at(date(2016, 6, 16), "operator", "sees who swept", "through Prefect", _through, assumed=True),
        at(date(2016, 6, 16), "history", "knows only days that a source gives",
           "occurred: open 2015-06-15; all others unknown", _known_days, assumed=True),
    )  # fmt: skip


def _through(scene: Scene) -> str:
    sweeps = scene.status("house")["sweeps"]
    return "through Prefect" if sweeps["prefect_runs"] else f"{sweeps}"


def _register(scene: Scene) -> str:
    body = {
        "symbol": mandate("M-2876")["symbol"],
        "title": title("M-2876"),
        "task": TASK["action"],
        "issued_by": "GA",
        "addressee": mandate("M-2876")["addressee"],
        "recipient": TASK["recipient"],
        "on": adopted("M-2876").isoformat(),
        "due": {"on": TASK["due"].isoformat()},
        "source": "founding documents (s1)",
    }
    made = scene.post("secretary of the council", "/v1/mandates", body)
    scene.kept["mandate"] = made["id"]
    return f"{made['state']}, due {_clock(scene, 'mandate', 'due')['due_on']}"


def _draft(scene: Scene) -> str:
    body = {
        "title": PROPOSAL["title"],
        "proposer": PROPOSAL["proposer"],
        "mandate": scene.kept["mandate"],
        "due": {"on": TASK["due"].isoformat()},
        "source": "founding documents (s1)",
    }
    made = scene.post("planning officer", "/v1/proposals", body)
    scene.kept["proposal"] = made["id"]
    ties = scene.get("planning officer", f"/v1/proposals/{made['id']}")["ties"]
    implements = any(tie["what"] == "implements" and tie["id"] == scene.kept["mandate"] for tie in ties)
    return f"{made['state']}, {'implements the mandate' if implements else 'tied to nothing'}"


def _submit(scene: Scene) -> str:
    state = _move("proposal", "planning officer", "submit", {})(scene)
    mandate_state = scene.get("planning officer", f"/v1/mandates/{scene.kept['mandate']}")["state"]
    return f"{state}; mandate {mandate_state}, due {_clock(scene, 'mandate', 'due')['status']}"


def _adopt_without_decision(scene: Scene) -> str:
    path = f"/v1/proposals/{scene.kept['proposal']}/moves"
    return scene.refused("secretary of the council", path, {"trigger": "adopt", "payload": {}})


def _note_by(body: str) -> Deed:
    def deed(scene: Scene) -> str:
        path = f"/v1/mandates/{scene.kept['mandate']}/moves"
        return scene.refused("secretary of the council", path, {"trigger": "note_fulfilled", "payload": {"body": body}})

    return deed


def _fulfilled(scene: Scene) -> str:
    state = _move("mandate", "secretary of the council", "note_fulfilled", {"body": "GA"})(scene)
    clocks = scene.get("planning officer", f"/v1/mandates/{scene.kept['mandate']}/clocks")["clocks"]
    return f"{state}, {sum(clock['status'] == 'running' for clock in clocks)} clocks running"


def _order(trigger: str, revision: int, issued: date | None) -> Deed:
    def deed(scene: Scene) -> str:
        payload = {
            "symbol": ORDER,
            "revision": revision,
            "signed_by": "Secretary General",
            "carries_adopted_text": True,
        } | ({"on": issued.isoformat()} if issued else {})
        state = _move("proposal", "planning officer", trigger, payload)(scene)
        detail = scene.get("planning officer", f"/v1/proposals/{scene.kept['proposal']}")["detail"]
        order = detail["orders"][-1]
        return f"{state}, Rev. {order['revision']} issued {order['issued_on'] or 'unknown'}"

    return deed


def _known_days(scene: Scene) -> str:
    events = scene.get("planning officer", f"/v1/mandates/{scene.kept['mandate']}/history")["events"]
    known = [f"{event['trigger']} {event['occurred_on']}" for event in events if event["occurred_on"]]
    return f"occurred: {', '.join(known)}; all others unknown"


def _move(kind: str, who: str, trigger: str, payload: dict[str, object]) -> Deed:
    def deed(scene: Scene) -> str:
        moved = scene.post(who, f"/v1/{kind}s/{scene.kept[kind]}/moves", {"trigger": trigger, "payload": payload})
        return str(moved["state"])

    return deed


def _rungs(kind: str, clock: str) -> Deed:
    def deed(scene: Scene) -> str:
        fired = _clock(scene, kind, clock)["fired"]
        return f"{clock}: " + ", ".join(f"{rung['what']} {rung['due_at'][:10]}" for rung in fired)

    return deed


def _clock(scene: Scene, kind: str, name: str) -> dict[str, Any]:
    clocks = scene.get("planning officer", f"/v1/{kind}s/{scene.kept[kind]}/clocks")["clocks"]
    found: dict[str, Any] = next(clock for clock in clocks if clock["name"] == name)
    return found
