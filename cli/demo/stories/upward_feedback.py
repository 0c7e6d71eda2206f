"""Story 15: six people of one unit say together what none of them would say alone; one of them is silent, which is a no."""

from datetime import date

from cli.demo.scene import Scene
from cli.demo.script import Deed, Step, noon
from cli.demo.stories.desk import files, path, remember_newest, words, works
from cli.demo.stories.letters import SG, addressee, letter_of, reads_and_answers, told

NAME, KIND, KEY, HEAD = "15 upward feedback", "upward_feedback", "feedback", "head"
PEOPLE = tuple(f"colleague {number}" for number in range(1, 7))
SILENT = PEOPLE[-1]
STATEMENT = {
    "track": "complaint",
    "language": "en",
    "statement": "In our unit nobody learns what was decided, or why. We hear it in the corridor.",
    "answers": {"personnel_class": "staff"},
}
TEXT = "In this unit, decisions are not told to those who have to carry them out."
ANSWER = "I shall ask for a note after each meeting of the unit's leaders."


def steps() -> tuple[Step, ...]:
    """The story's steps. All its dates are the demo's."""

    def at(day: date, who: str, what: str, expected: str, deed: Deed) -> Step:
        return Step(NAME, noon(day), who, what, expected, deed, assumed=True)

    return (
        at(date(2017, 8, 1), "visitor", "six people of a unit complain, each alone", "6 cases", _six_come),
        at(date(2017, 8, 2), HEAD, "begins it from one of them; nobody outside asked for it",
           "feedback_on_request; gathering", _begin),
        at(date(2017, 8, 2), HEAD, "asks each in their own case", "asked", _ask_everybody),
        at(date(2017, 8, 3), "visitor", "four of them say yes", "4 yes", _say_yes(*PEOPLE[:4])),
        at(date(2017, 8, 4), HEAD, "cannot say that they are enough", "move_refused", _too_few),
        at(date(2017, 8, 4), HEAD, "refuses it to a manager, who asks who they are", "asked",
           works(KEY, HEAD, ("refuse_request", {"asked_by": "head_of_unit", "on": "2017-08-04"}), kind=KIND)),
        at(date(2017, 8, 7), "visitor", "a fifth says yes", "1 yes", _say_yes(PEOPLE[4])),
        at(date(2017, 8, 21), "visitor", "one said nothing: it is a no", "lapsed", _silent),
        at(date(2017, 8, 22), HEAD, "has five, of whom nobody learns more than the number of the rules", "ready; 5 or more",
           _enough),
        at(date(2017, 8, 22), HEAD, "hands it over, as a letter",
           "delivered; a letter to Secretary General, answer by 2017-09-19", _deliver),
        at(date(2017, 8, 28), SG, "reads it at the council's door and answers", "word for word; answered; letter_answered",
           reads_and_answers(SG, TEXT, ANSWER)),
        at(date(2017, 8, 30), HEAD, "reads the answer and keeps it", f"{ANSWER} acknowledged", _acknowledge),
        at(date(2017, 8, 31), "visitor", "the silent one was not counted, and nothing of theirs was used", "lapsed; 5 used",
           _counted),
    )  # fmt: skip


def _six_come(scene: Scene) -> str:
    for key in PEOPLE:
        files(key, STATEMENT)(scene)
        remember_newest(scene, HEAD, key)
        works(key, HEAD, ("acknowledge", {}))(scene)
    return f"{len(PEOPLE)} cases"


def _begin(scene: Scene) -> str:
    begun = {
        "case": scene.kept[f"{PEOPLE[0]} id"],
        "addressee": addressee(scene, HEAD, SG),
        "about": "head_of_unit",
        "audience": "head_of_house",
        "text": TEXT,
        "unit": "Unit of the demonstration",
        "people": 14,
    }
    asked_for = scene.refused(HEAD, "/v1/upward_feedbacks", begun)
    made = scene.post(HEAD, "/v1/upward_feedbacks", {**begun, "nobody_asked": True})
    scene.kept[f"{KEY} id"] = made["id"]
    return f"{asked_for}; {made['state']}"


def _ask_everybody(scene: Scene) -> str:
    state = ""
    for key in PEOPLE:
        case = scene.kept[f"{key} id"]
        joined = ("include", {"case": case, "of_unit": True, "another_person": True})
        state = works(KEY, HEAD, joined, ("ask", {"case": case}), kind=KIND)(scene)
    return state


def _say_yes(*keys: str) -> Deed:
    def deed(scene: Scene) -> str:
        for key in keys:
            told = scene.visited("GET", "/v1/complaint", words=words(scene, key))
            asked = next(each["id"] for each in told["consents"] if each["status"] == "asked")
            agreed = {"trigger": "consent", "payload": {"consent": asked}}
            scene.visited("POST", "/v1/complaint/moves", agreed, words(scene, key))
        return f"{len(keys)} yes"

    return deed


def _too_few(scene: Scene) -> str:
    return scene.refused(HEAD, f"{path(scene, KEY, KIND)}/moves", {"trigger": "find_ready", "payload": {}})


def _silent(scene: Scene) -> str:
    told = scene.visited("GET", "/v1/complaint", words=words(scene, SILENT))
    return str(told["consents"][-1]["status"])


def _enough(scene: Scene) -> str:
    state = works(KEY, HEAD, ("find_ready", {}), kind=KIND)(scene)
    rules = scene.watched["ombuds"].shelf.pack.kinds[KIND].numbers["least_people"].value
    return f"{state}; {rules} or more"


def _deliver(scene: Scene) -> str:
    state = works(KEY, HEAD, ("deliver", {}), kind=KIND)(scene)
    return f"{state}; {told(letter_of(scene, HEAD, KEY, KIND))}"


def _acknowledge(scene: Scene) -> str:
    letter = letter_of(scene, HEAD, KEY, KIND)
    return f"{letter['answer']} " + works(KEY, HEAD, ("acknowledge", {"letter": letter["id"]}), kind=KIND)(scene)


def _counted(scene: Scene) -> str:
    seen = [scene.visited("GET", "/v1/complaint", words=words(scene, key))["consents"][-1]["status"] for key in PEOPLE]
    return f"{seen[-1]}; {seen.count('used')} used"
