"""Story 18: the office notices something by itself; somebody else looks at its terms and its findings, and nobody is named."""

from datetime import date

from cli.demo.scene import Scene
from cli.demo.script import Deed, Step, noon
from cli.demo.stories.desk import path, works

NAME, KIND, KEY, HEAD, SECOND = "18 own initiative", "own_initiative", "inquiry", "head", "alternate"
BEGUN = {
    "source": "pattern",
    "text": "Several people of one unit told us, each alone, that they learn of decisions in the corridor.",
    "about": "How decisions are told in the units",
}
TERMS = "How decisions of the last year reached those who carry them out. By whom: two of us. Until the end of the month."
FOUND = "No rule of the house says who tells a unit what was decided."


def steps() -> tuple[Step, ...]:
    """The story's steps. All its dates are the demo's."""

    def at(day: date, who: str, what: str, expected: str, deed: Deed) -> Step:
        return Step(NAME, noon(day), who, what, expected, deed, assumed=True)

    return (
        at(date(2017, 9, 20), HEAD, "begins it: nobody complained of this", "noticed", _begin),
        at(date(2017, 9, 20), HEAD, "ties it to what people said together, for the same facts", "same_facts", _tie),
        at(date(2017, 9, 21), HEAD, "proposes terms, and cannot approve them alone", "terms_proposed; move_refused",
           _propose),
        at(date(2017, 9, 22), SECOND, "approves them", "terms_set", works(KEY, SECOND, ("approve_terms", {}), kind=KIND)),
        at(date(2017, 9, 25), HEAD, "looks into it", "inquiring",
           works(KEY, HEAD, ("inquire", {}), ("note_step", {"note": "Asked five units for their notes."}), kind=KIND)),
        at(date(2017, 9, 27), HEAD, "writes what was found, and cannot conclude it alone", "drafted; move_refused", _draft),
        at(date(2017, 9, 28), SECOND, "concludes it", "concluded", works(KEY, SECOND, ("conclude", {}), kind=KIND)),
        at(date(2017, 9, 29), HEAD, "sends it only as naming nobody", "move_refused; concluded", _send),
        at(date(2017, 10, 2), HEAD, "keeps the answer and closes it", "closed",
           works(KEY, HEAD, ("note_answer", {"text": "There will be a rule by spring.", "on": "2017-10-02"}),
                 ("close", {"reason": "The rule is promised and the register has it."}), kind=KIND)),
    )  # fmt: skip


def _begin(scene: Scene) -> str:
    made = scene.post(HEAD, "/v1/own_initiatives", BEGUN)
    scene.kept[f"{KEY} id"] = made["id"]
    return str(made["state"])


def _tie(scene: Scene) -> str:
    told = {"other": scene.kept["feedback id"], "reason": "same_facts"}
    scene.post(HEAD, f"{path(scene, KEY, KIND)}/links", told)
    tied = scene.get(HEAD, f"{path(scene, KEY, KIND)}/links")["links"]
    return ", ".join(each["reason"] for each in tied)


def _alone(scene: Scene, act: str) -> str:
    return scene.refused(HEAD, f"{path(scene, KEY, KIND)}/moves", {"trigger": act, "payload": {}})


def _propose(scene: Scene) -> str:
    state = works(KEY, HEAD, ("propose_terms", {"text": TERMS}), kind=KIND)(scene)
    return f"{state}; {_alone(scene, 'approve_terms')}"


def _draft(scene: Scene) -> str:
    state = works(KEY, HEAD, ("draft", {"text": FOUND}), kind=KIND)(scene)
    return f"{state}; {_alone(scene, 'conclude')}"


def _send(scene: Scene) -> str:
    to = {"to": "The Secretary General"}
    refused = scene.refused(HEAD, f"{path(scene, KEY, KIND)}/moves", {"trigger": "send_findings", "payload": to})
    return f"{refused}; " + works(KEY, HEAD, ("send_findings", {**to, "names_nobody": True}), kind=KIND)(scene)
