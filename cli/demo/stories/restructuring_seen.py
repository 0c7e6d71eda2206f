"""What story 8 sees at the council's door, in a few words."""

from datetime import date
from typing import Any

from actions.effects import due_effects
from cli.demo.scene import Scene, Unexpected
from cli.demo.script import Deed
from cli.demo.stories.restructuring_plan import case
from cli.supervise.waiting import wait_until
from records import structure
from structure.reconciling import Expected, reconcile
from structure.things import Ref, Sort

READER = "mission"
WATCHED = ("SARE", "SHA", "OMB", "SER")
MANY = 8
"""So many things are named; of more, how many."""


def findings(wanted: str) -> Deed:
    """What one rule, or every rule that blocks, says of the newest version."""

    def deed(scene: Scene) -> str:
        found = [one for one in _findings(scene)["findings"] if wanted in {one["rule"], one["severity"]}]
        things: dict[str, list[str]] = {}
        for one in found:
            things.setdefault(one["rule"], []).append(one["subject"])
        return ", ".join(f"{rule} {_named(sorted(set(ids)))}" for rule, ids in things.items()) or "nothing"

    return deed


def _named(ids: list[str]) -> str:
    return ", ".join(ids) if len(ids) <= MANY else f"{len(ids)} things, first {', '.join(ids[:3])}"


def may_go_on(scene: Scene) -> str:
    """Whether the rules let the newest version go on."""
    return "may go on" if _findings(scene)["may_go_on"] else "stopped"


def refused_for(trigger: str) -> Deed:
    """A move that is refused, with the claims that do not hold."""

    def deed(scene: Scene) -> str:
        answer = scene.call("planning officer", "POST", f"{_path(scene)}/moves", {"trigger": trigger, "payload": {}})
        told = answer.json()
        return "not refused" if answer.is_success else f"{told['code']}: {', '.join(one['claim'] for one in told['unmet'])}"

    return deed


def units_on(day: date) -> Deed:
    """Which of the units that begin or end with the plan stand on a day."""

    def deed(scene: Scene) -> str:
        there = _units(scene, day)
        stand = [id for id in WATCHED if id in there]
        return f"{', '.join(stand)}; {', '.join(f'no {id}' for id in WATCHED if id not in there)}"

    return deed


def who_changed(since: date, until: date) -> Deed:
    """How many units and functions differ between two days."""

    def deed(scene: Scene) -> str:
        lines = scene.get(READER, f"/v1/structure/diff?from={since}&to={until}")["differences"]
        counts = {sort: len({line["id"] for line in lines if line["sort"] == sort}) for sort in ("unit", "function")}
        began = sorted(line["id"] for line in lines if line["sort"] == "unit" and line["field"] == "began")
        ended = sorted(line["id"] for line in lines if line["sort"] == "unit" and line["field"] == "ended")
        told = f"{counts['unit']} units, {counts['function']} functions"
        return f"{told}; {len(began)} units begin; {', '.join(ended)} end"

    return deed


def owner_of(function: str, before: date, after: date) -> Deed:
    """Which unit owns a function on two days."""

    def deed(scene: Scene) -> str:
        owners = [_owners(scene, function, day) for day in (before, after)]
        return f"{owners[0]} before, {owners[1]} after"

    return deed


def _owners(scene: Scene, function: str, day: date) -> str:
    lines = scene.get(READER, f"/v1/structure?as_of={day}")["functions"]
    return ", ".join(next(line["owners"] for line in lines if line["id"] == function))


def responsible(scene: Scene) -> str:
    """Which units answer today for the mandate that a function owes."""
    return ", ".join(scene.get(READER, f"/v1/mandates/{scene.kept['vision']}")["detail"]["responsible_units"])


def applied(scene: Scene) -> str:
    """What took effect, besides the structure that was loaded."""
    office = scene.watched["house"]
    if not wait_until(lambda: not due_effects(office), seconds=30):
        raise Unexpected("nobody applied what was ordered")
    with office.open() as books:
        done = [id for id in structure.applied(books) if not id.startswith("initial/")]
    stops = scene.get(READER, "/v1/structure")["stops_on"]
    return f"{len(done)} operations, {'none left' if stops is None else f'stopped on {stops}'}"


def beside_the_report(unit: str) -> Deed:
    """The units planned under one, by present and earlier names, against those of the annual report."""

    def deed(scene: Scene) -> str:
        compared = next(one for one in case().content.plan_vs_actual if one.item == f"{unit} children")
        now, before = _units(scene, date(2016, 5, 10)), _units(scene, date(2015, 6, 15))
        names = {id: tuple(dict.fromkeys(held[id] for held in (now, before) if id in held)) for id in compared.plan}
        made = reconcile([Expected(Ref(Sort.UNIT, id), names[id]) for id in compared.plan], compared.actual)
        told = {
            "matched": [ref.id for ref, _ in made.matched],
            "missing": [ref.id for ref in made.missing],
            "unknown": [ref.id for ref in made.unknown],
            "unplanned": list(made.unplanned),
        }
        return "; ".join(f"{what} {', '.join(those)}" for what, those in told.items() if those)

    return deed


def _units(scene: Scene, day: date) -> dict[str, str]:
    return {unit["id"]: unit["name"] for unit in scene.get(READER, f"/v1/structure?as_of={day}")["units"]}


def _findings(scene: Scene) -> dict[str, Any]:
    found: dict[str, Any] = scene.get(READER, f"{_path(scene)}/findings")
    return found


def _path(scene: Scene) -> str:
    return f"/v1/proposals/{scene.kept['restructuring']}"
