"""Story 8: the restructuring of 2015 itself, from the structure before to Executive Order 08-01 Rev. 9 and the year after."""

from datetime import date

from cli.demo.scene import Scene
from cli.demo.script import Deed, Step, noon
from cli.demo.stories import restructuring_plan as plan
from cli.demo.stories.input import adopted, mandate, title
from cli.demo.stories.restructuring_seen import (
    applied,
    beside_the_report,
    findings,
    may_go_on,
    owner_of,
    refused_for,
    responsible,
    units_on,
    who_changed,
)

NAME = "8 restructuring"
ORDER = "Executive Order No. 08-01"
SECRETARY, PLANNER = "secretary of the council", "planning officer"
REFUSED = "move_refused: the_structure_it_makes_is_sound"
FUNCTION = "F-SC-2"
"""Planning and evaluation: moves from the advisor's office, which becomes SC, to a department of it."""
REPORTED = {
    "SHA": "matched SHA-SUM; missing SHA-EPM, SHA-SPI, SHA-NHI;"
    " unplanned Department of Strategic Initiatives and Public Diplomacy",
    "SARE": "missing SARE-SI, SARE-PE, SARE-CS; unplanned Department of Social Inclusion",
    "SC": "unknown SC-PE, SC-OC, SC-ODS; unplanned Department of Planning and Evaluation, Department of Press and Communication",
}
"""What the annual report shows of each plan. Names are compared as they stand; a source that is cut leaves the rest unknown."""
BEFORE, LAST, EFFECT, REPORT = date(2015, 6, 15), date(2015, 12, 10), date(2015, 12, 11), date(2016, 5, 10)


def steps() -> tuple[Step, ...]:
    """The story's steps. A source gives the days of adoption, of Rev. 9 and of the report; what Rev. 9 changed, none does."""
    return (*_before(), *_proposed(), *_decided(), *_in_force())


def _step(day: date, who: str, what: str, expected: str, deed: Deed, *, assumed: bool = True) -> Step:
    return Step(NAME, noon(day), who, what, expected, deed, assumed=assumed)


def _before() -> tuple[Step, ...]:
    return (
        _step(BEFORE, PLANNER, "loads the structure before, Rev. 7", "65 operations; 18 units, no SHA", _load),
        _step(BEFORE, SECRETARY, "registers a mandate that a function owes", "in_force; owed by SC", _register),
        _step(date(2015, 6, 18), PLANNER, "begins a proposal with operations", "draft", _draft),
    )


def _proposed() -> tuple[Step, ...]:
    first, second, waived = date(2015, 7, 27), date(2015, 7, 29), date(2015, 7, 30)
    return (
        _step(first, PLANNER, "adds version 1: the file's operations", "version 1, 65 operations", _version(1)),
        _step(first, "engine", "names what is lost, and what is left under an ended unit", "I3 F-SER-1, I4 DIA, I7 DIA",
              findings("blocks")),
        _step(first, "engine", "names what has two heads", "I5 SAF, SARE, SEDI, SHA, SLA, SMS, SSD", findings("I5")),
        _step(first, "engine", "names what is said twice", "I12 F-SI-9", findings("I12")),
        _step(first, "engine", "names what nobody declared", "I11 16 things, first AMA, CML, COORD", findings("I11")),
        _step(first, "engine", "counts what nobody knows", "I16 36 things, first F-EPM-1, F-EPM-2, F-EPM-3", findings("I16")),
        _step(date(2015, 7, 28), PLANNER, "submits it all the same", REFUSED, refused_for("submit")),
        _step(date(2015, 7, 28), SECRETARY, "waives what blocks, as if it warned", "waiver_of_blocking", _waive_what_blocks),
        _step(second, PLANNER, "adds version 2, with operations added by the demo, not history", "version 2, 67 operations",
              _version(2)),
        _step(second, "engine", "finds nothing that blocks", "nothing", findings("blocks")),
        _step(second, PLANNER, "submits it with its warnings open", REFUSED, refused_for("submit")),
        _step(waived, SECRETARY, "lets each warning pass: by whom, by what authority, why, until when", "8 waivers", _waive),
        _step(waived, "engine", "has nothing against it", "may go on", may_go_on),
    )  # fmt: skip


def _decided() -> tuple[Step, ...]:
    return (
        _step(date(2015, 7, 31), PLANNER, "submits it to the Permanent Council", "submitted", _move(PLANNER, "submit")),
        _step(date(2015, 8, 4), SECRETARY, "refers it to the committee", "in_committee",
              _move(SECRETARY, "refer_to_committee", body="CAAP")),
        _step(date(2015, 9, 29), SECRETARY, "tables it", "tabled", _move(SECRETARY, "table")),
        _step(date(2015, 9, 30), SECRETARY, "records the decision, by assumed consensus", "adopted, version 2 pinned", _adopt,
              assumed=False),
        _step(date(2015, 10, 20), PLANNER, "drafts the order", "order_drafted", _move(PLANNER, "draft_order")),
        _step(date(2015, 11, 16), PLANNER, "issues Rev. 8 with another text", "move_refused", _order_other_text),
        _step(date(2015, 11, 16), PLANNER, "issues Rev. 8, on a day no source gives",
              "order_issued, Rev. 8 issued unknown", _order("issue_order", 8)),
    )  # fmt: skip


def _in_force() -> tuple[Step, ...]:
    return (
        _step(LAST, "mission", "looks at the last day of the old structure", "SER; no SARE, no SHA, no OMB", units_on(LAST)),
        _step(LAST, "mission", "sees who owes the mandate", "SC", responsible),
        _step(EFFECT, "flow effects", "applies what was ordered", "67 operations, none left", applied),
        _step(EFFECT, PLANNER, "Rev. 9 follows; what it changed, no source says",
              "order_issued, Rev. 9 issued 2015-12-11", _order("reissue", 9, EFFECT), assumed=False),
        _step(EFFECT, "flow effects", "applies nothing twice", "67 operations, none left", applied),
        _step(EFFECT, "mission", "looks at the new structure", "SARE, SHA, OMB; no SER", units_on(EFFECT)),
        _step(EFFECT, "mission", "compares the two days", "21 units, 42 functions; 12 units begin; DIA, SER end",
              who_changed(LAST, EFFECT)),
        _step(EFFECT, "mission", "asks who has planning and evaluation", "SC before, SC-PE after",
              owner_of(FUNCTION, LAST, EFFECT)),
        _step(EFFECT, "mission", "sees who owes the mandate: nobody moved it", "SC-PE", responsible),
        *(_step(REPORT, "engine", f"sets the annual report beside the plan of {unit}", seen, beside_the_report(unit),
                assumed=False)
          for unit, seen in REPORTED.items()),
    )  # fmt: skip


def _load(scene: Scene) -> str:
    told = {"as_of": BEFORE.isoformat(), "source": "Executive Order No. 08-01 Rev. 7", "operations": plan.structure_before()}
    made = scene.post(PLANNER, "/v1/structure", told)
    units = {unit["id"] for unit in scene.get("mission", f"/v1/structure?as_of={BEFORE}")["units"]}
    return f"{made['operations']} operations; {len(units)} units, {'SHA' if 'SHA' in units else 'no SHA'}"


def _register(scene: Scene) -> str:
    body = {
        "symbol": mandate("M-AG1")["symbol"],
        "title": title("M-AG1"),
        "issued_by": "GA",
        "on": adopted("M-AG1").isoformat(),
        "function": FUNCTION,
        "source": "founding documents (s1); its function is assumed",
    }
    made = scene.post(SECRETARY, "/v1/mandates", body)
    scene.kept["vision"] = made["id"]
    return f"{made['state']}; owed by {responsible(scene)}"


def _draft(scene: Scene) -> str:
    body = {
        "title": plan.PROPOSAL["title"],
        "proposer": plan.PROPOSAL["proposer"],
        "mandate": scene.kept["mandate"],
        "source": "founding documents (s1)",
    }
    made = scene.post(PLANNER, "/v1/proposals", body)
    scene.kept["restructuring"] = made["id"]
    return str(made["state"])


def _version(number: int) -> Deed:
    def deed(scene: Scene) -> str:
        told = plan.version(number)
        scene.post(PLANNER, f"{_path(scene)}/versions", told)
        kept = scene.get("mission", f"{_path(scene)}/versions")["versions"][-1]
        scene.kept["adopted text"] = kept["sha256"]
        return f"version {kept['number']}, {len(kept['operations'])} operations"

    return deed


def _waive_what_blocks(scene: Scene) -> str:
    return scene.refused(SECRETARY, f"{_path(scene)}/findings/waivers", plan.waiver("I3", "function", "F-SER-1"))


def _waive(scene: Scene) -> str:
    found = scene.get(SECRETARY, f"{_path(scene)}/findings")["findings"]
    warned = {(one["rule"], one["sort"], one["subject"]) for one in found if one["severity"] == "warns" and not one["inherited"]}
    for rule, sort, subject in sorted(warned):
        scene.post(SECRETARY, f"{_path(scene)}/findings/waivers", plan.waiver(rule, sort, subject))
    return f"{len(warned)} waivers"


def _adopt(scene: Scene) -> str:
    told = {"body": "PC", "on": "2015-09-30", "instrument": mandate("M-CP2036")["symbol"], "method": "consensus"}
    state = _move(SECRETARY, "adopt", **told)(scene)
    decided = scene.get("mission", _path(scene))["detail"]["decisions"][-1]
    return f"{state}, version {decided['version']} pinned"


def _order_other_text(scene: Scene) -> str:
    told = _told_order(8) | {"text_sha256": "0" * 64}
    return scene.refused(PLANNER, f"{_path(scene)}/moves", {"trigger": "issue_order", "payload": told})


def _told_order(revision: int) -> dict[str, object]:
    return {"symbol": ORDER, "revision": revision, "signed_by": "Secretary General"}


def _order(trigger: str, revision: int, issued: date | None = None) -> Deed:
    def deed(scene: Scene) -> str:
        on = {"on": issued.isoformat()} if issued else {}
        told = _told_order(revision) | {"text_sha256": scene.kept["adopted text"]} | on
        state = _move(PLANNER, trigger, **told)(scene)
        order = scene.get("mission", _path(scene))["detail"]["orders"][-1]
        return f"{state}, Rev. {order['revision']} issued {order['issued_on'] or 'unknown'}"

    return deed


def _move(who: str, trigger: str, **payload: object) -> Deed:
    def deed(scene: Scene) -> str:
        return str(scene.post(who, f"{_path(scene)}/moves", {"trigger": trigger, "payload": payload})["state"])

    return deed


def _path(scene: Scene) -> str:
    return f"/v1/proposals/{scene.kept['restructuring']}"
