"""Story 9: a meeting of the Permanent Council, from the day it is called for to the record that a later one approves.

Its day and its texts are the demo's. The vote has the numbers of 31 July 2024: 17 for, none against, 11 abstentions, one short
of the majority of all members.
"""

from datetime import date
from typing import Any, Final

from cli.demo.scene import Scene
from cli.demo.script import Deed, Step, noon

NAME = "9 meeting"
SECRETARY, PLANNER, MISSION = "secretary of the council", "planning officer", "mission"
CALLED, SENT, OUT = date(2016, 8, 10), date(2016, 8, 19), date(2016, 8, 22)
HELD, NEXT = date(2016, 8, 24), date(2016, 9, 7)
PRESENT: Final = (
    "AG", "AR", "BB", "BO", "BR", "BS", "BZ", "CA", "CL", "CO", "CR", "DM", "DO", "EC",
    "GD", "GT", "GY", "HN", "HT", "JM", "KN", "LC", "MX", "PA", "PE", "PY", "US", "UY",
)  # fmt: skip
TITLES: Final = ("Follow-up to the restructuring", "Mandates of the secretariat", "Situation in a member state")
TEXTS: Final = {
    "en": ["RESOLVES:", "1. To ask for a report each half year.", "2. To thank the secretariat."],
    "es": ["RESUELVE:", "1. Solicitar un informe cada semestre.", "2. Agradecer a la Secretaría."],
    "pt": ["RESOLVE:", "1. Solicitar um relatório a cada semestre.", "2. Agradecer à Secretaria."],
    "fr": ["DÉCIDE :", "1. De demander un rapport chaque semestre.", "2. De remercier le Secrétariat."],
}
FOOTNOTE: Final = {"kind": "footnote", "state": "US", "paragraph": "O1", "text": "The United States reserves its position."}


def steps() -> tuple[Step, ...]:
    """The story's steps."""
    return (
        _step(CALLED, PLANNER, "brings three texts before the Council", "tabled, tabled, tabled", _table),
        _step(CALLED, SECRETARY, "calls two meetings", "PC 2055/16; order due 2016-08-21; PC 2056/16", _call),
        _step(CALLED, SECRETARY, "gives two texts their symbols", "CP/doc.5201/16, CP/doc.5202/16", _register),
        _step(SENT, SECRETARY, "sends out the order of business", "order_circulated, 3 items", _circulate),
        _step(OUT, SECRETARY, "sends the texts out in four languages", "missing: none, none", _distribute),
        _step(HELD, SECRETARY, "opens with eleven", "too_few_to_open", _refused("hold", present=_there(11))),
        _step(HELD, SECRETARY, "opens with twenty-eight", "held, 28 there, 12 needed", _hold),
        _step(HELD, SECRETARY, "numbers a resolution by another meeting", "instrument_of_another_meeting",
              _refused("dispose", item=1, disposition="adopted", method="consensus", instrument="CP/RES. 1060 (2054/16)")),
        _step(HELD, SECRETARY, "hears no objection to item 1, and a footnote", "adopted; footnote 1 of US to O1", _agree),
        _step(HELD, SECRETARY, "defers item 2", "deferred, carried over to PC 2056/16", _defer),
        _step(HELD, SECRETARY, "calls the roll on item 3", "not adopted: 17 for, 18 needed", _vote),
        _step(HELD, SECRETARY, "notes what became of it", "move_refused if adopted; rejected", _reject),
        _step(HELD, MISSION, "prints the result sheet", "Adopted. Deferred. Not adopted.", _sheet),
        _step(NEXT, SECRETARY, "has the record approved by the next meeting", "record_approved", _approve),
    )  # fmt: skip


def _step(day: date, who: str, what: str, expected: str, deed: Deed) -> Step:
    return Step(NAME, noon(day), who, what, expected, deed, assumed=True)


def _there(count: int) -> list[dict[str, str]]:
    return [{"state": state} for state in PRESENT[:count]]


def _table(scene: Scene) -> str:
    made = []
    for title in TITLES:
        path = f"/v1/proposals/{scene.post(PLANNER, '/v1/proposals', {'title': title, 'proposer': 'SG', 'source': 'demo'})['id']}"
        scene.post(PLANNER, f"{path}/versions", {"after": 0, "label": "rev. 1", "author": "SG", "texts": TEXTS})
        scene.post(PLANNER, f"{path}/moves", {"trigger": "submit", "payload": {}})
        made.append((path, scene.post(SECRETARY, f"{path}/moves", {"trigger": "table", "payload": {}})["state"]))
    scene.kept["texts before the council"] = [path.rpartition("/")[2] for path, _ in made]
    return ", ".join(state for _, state in made)


def _call(scene: Scene) -> str:
    told = {"body": "PC", "sort": "regular", "hour": "10:00", "place": "Simón Bolívar Room", "source": "demo"}
    scene.kept["meetings"] = [
        scene.post(SECRETARY, "/v1/meetings", told | {"number": number, "day": day.isoformat()})["id"]
        for number, day in ((2055, HELD), (2056, NEXT))
    ]
    titles = [scene.get(MISSION, f"/v1/meetings/{one}")["detail"]["title"] for one in scene.kept["meetings"]]
    clocks = scene.get(SECRETARY, f"{_path(scene)}/clocks")["clocks"]
    order = next(clock["due_on"] for clock in clocks if clock["name"] == "order")
    return f"{titles[0]}; order due {order}; {titles[1]}"


def _register(scene: Scene) -> str:
    symbols: list[str] = []
    scene.kept["documents"] = []
    for number, place in ((5201, 0), (5202, 2)):
        told: dict[str, Any] = {"series": "council_document", "title": TITLES[place], "original": "es", "source": "demo"}
        told |= {"carries": {"proposal": scene.kept["texts before the council"][place], "version": 1}}
        told |= {"year": 2016} | ({} if symbols else {"number": number})
        kept = scene.post(SECRETARY, "/v1/documents", told)
        scene.kept["documents"].append(kept["id"])
        symbols.append(kept["symbol"])
    scene.kept["symbols"] = symbols
    return ", ".join(symbols)


def _circulate(scene: Scene) -> str:
    papers: tuple[list[str], ...] = (scene.kept["symbols"][:1], [], scene.kept["symbols"][1:])
    texts = scene.kept["texts before the council"]
    items = [
        {"title": title, "proposal": text, "documents": symbols}
        for title, text, symbols in zip(TITLES, texts, papers, strict=True)
    ]
    _move(scene, "set_order", items=items)
    state = _move(scene, "circulate_order")
    return f"{state}, {len(_detail(scene)['items'])} items"


def _distribute(scene: Scene) -> str:
    at = noon(OUT).isoformat()
    missing = []
    for document in scene.kept["documents"]:
        asked = [{"language": language, "step": "requested", "at": at} for language in ("en", "pt", "fr")]
        done = [
            {"language": language, "step": step, "at": at}
            for step in ("received", "revised", "distributed")
            for language in ("es", "en", "pt", "fr")
        ]
        scene.post(SECRETARY, f"/v1/documents/{document}/stamps", {"stamps": [*asked, *done]})
        shown = scene.get(MISSION, f"/v1/documents/{document}")
        missing.append(", ".join(shown["missing"]) or "none")
    return f"missing: {', '.join(missing)}"


def _hold(scene: Scene) -> str:
    state = _move(scene, "hold", present=_there(28))
    there = len(_detail(scene)["present"])
    history = scene.get(MISSION, f"{_path(scene)}/history")["events"]
    return f"{state}, {there} there, {history[-1]['facts']['needed']} needed"


def _agree(scene: Scene) -> str:
    told = {"item": 1, "disposition": "adopted", "method": "consensus", "instrument": "CP/RES. 1060 (2055/16)"}
    _move(scene, "dispose", **told, statements=[FOOTNOTE])
    (said,) = scene.get(MISSION, f"{_path(scene)}/results")["items"][0]["statements"]
    return f"{_state_of(scene, 0)}; {said['kind']} {said['number']} of {said['state']} to {said['paragraph']}"


def _defer(scene: Scene) -> str:
    _move(scene, "dispose", item=2, disposition="deferred", to_meeting=scene.kept["meetings"][1])
    (carried,) = scene.get(MISSION, f"/v1/meetings/{scene.kept['meetings'][1]}")["detail"]["carried_over"]
    title = scene.get(MISSION, f"/v1/meetings/{scene.kept['meetings'][1]}")["detail"]["title"]
    return f"{_state_of(scene, 1)}, carried over to {title}" if carried["number"] == 2 else "lost"


def _vote(scene: Scene) -> str:
    path = f"/v1/proposals/{scene.kept['texts before the council'][2]}"
    scene.post(
        SECRETARY, f"{path}/votes", {"body": "PC", "method": "roll_call", "rule": "council_majority", "present": [*PRESENT]}
    )
    vote = scene.get(MISSION, f"{path}/decidings")["decidings"][-1]["id"]
    answers = [{"state": state, "choice": "for" if place < 17 else "abstain"} for place, state in enumerate(PRESENT)]
    scene.post(SECRETARY, f"{path}/decidings/{vote}/answers", {"answers": answers})
    scene.post(SECRETARY, f"{path}/decidings/{vote}/close", {})
    scene.kept["vote"] = vote
    sheet = scene.get(MISSION, f"{path}/decidings/{vote}")
    result = "adopted" if sheet["adopted"] else "not adopted"
    return f"{result}: {sheet['count']['for']} for, {sheet['outcome']['needed']} needed"


def _reject(scene: Scene) -> str:
    told = {"item": 3, "method": "vote", "decision": scene.kept["vote"]}
    refused = _refused("dispose", **told, disposition="adopted", instrument="CP/RES. 1061 (2055/16)")(scene)
    _move(scene, "dispose", **told, disposition="rejected", instrument="CP/ACTA 2055/16")
    return f"{refused} if adopted; {_state_of(scene, 2)}"


def _sheet(scene: Scene) -> str:
    text = scene.call(MISSION, "GET", f"{_path(scene)}/results?form=text&lang=en").text
    became = ("Adopted.", "Deferred.", "Not adopted.")
    return " ".join(one for one in became if f"   {one}" in text)


def _approve(scene: Scene) -> str:
    _move(scene, "circulate_record")
    first, second = scene.kept["meetings"]
    scene.kept["meetings"] = [second, first]
    _move(scene, "set_order", items=[{"title": "Record of meeting 2055"}])
    _move(scene, "circulate_order")
    _move(scene, "hold", present=_there(12))
    scene.kept["meetings"] = [first, second]
    return _move(scene, "approve_record", meeting=second)


def _refused(trigger: str, **payload: Any) -> Deed:
    return lambda scene: scene.refused(SECRETARY, f"{_path(scene)}/moves", {"trigger": trigger, "payload": payload})


def _move(scene: Scene, trigger: str, **payload: Any) -> str:
    return str(scene.post(SECRETARY, f"{_path(scene)}/moves", {"trigger": trigger, "payload": payload})["state"])


def _detail(scene: Scene) -> dict[str, Any]:
    found: dict[str, Any] = scene.get(MISSION, _path(scene))["detail"]
    return found


def _state_of(scene: Scene, place: int) -> str:
    return str(scene.get(MISSION, f"/v1/proposals/{scene.kept['texts before the council'][place]}")["state"])


def _path(scene: Scene) -> str:
    return f"/v1/meetings/{scene.kept['meetings'][0]}"
