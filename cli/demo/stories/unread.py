"""Story 5: an anonymous complaint that nobody reads climbs its ladder until somebody does. With offices of 1, 2 and 4."""

from datetime import date, timedelta

from cli.demo import cast
from cli.demo.scene import Scene
from cli.demo.script import Deed, Step, noon
from cli.demo.stories.desk import clock, files, remember_newest, words, works
from records import outbox

FILED = {1: date(2016, 9, 1), 2: date(2016, 10, 13), 4: date(2016, 12, 1)}
"""A Thursday each time, in weeks whose holidays move none of the story's dates."""
NEXT = {1: "alternate", 2: "officer a", 4: "officer a"}
"""Who is next in line when the head is away."""
NEWCOMERS = {1: (), 2: cast.OFFICERS[:1], 4: cast.OFFICERS[1:]}
RUNGS = ("reminder", "last_day", "late", "handover", "ask", "chair")
STATEMENT = {"track": "complaint", "language": "en", "statement": "My supervisor signs my hours as his own."}
DECLINED = ("decline", {"ground": "better_placed_elsewhere", "text": "The Inspector General can look at the hours themselves."})


def steps(size: int) -> tuple[Step, ...]:
    """The story with an office of so many people, the alternate besides. All its dates are the demo's."""
    begins, key, following = FILED[size], f"unread {size}", NEXT[size]

    def at(days: int, who: str, what: str, expected: str, deed: Deed) -> Step:
        return Step(f"5 unread ({size})", noon(begins + timedelta(days=days)), who, what, expected, deed, assumed=True)

    due = begins + timedelta(days=7)
    readers = ", ".join(["head", *([following] if following != "alternate" else []), "alternate"])
    return (
        at(-2, "operator", "enrols the people of the office", f"{size} and the alternate", _grow(size)),
        at(0, "visitor", "complains without a name", f"12 words, read by {due}, by {readers}", files(key, STATEMENT)),
        at(6, "visitor", "comes back", f"nobody has read it, due {due}", _unread(key)),
        at(8, "flow deadlines", "tells the overseer that a duty is late", "reminder, last_day, late", _climbed(key)),
        at(8, "operator", "looks for a mail about it", "only the constant mails", _mails),
        at(8, "head", "records an absence", "away", _away),
        at(11, "flow deadlines", "hands over by itself, because of the absence", f"{following} is responsible",
           _responsible(key)),
        at(21, "flow deadlines", "reaches the chair's rung", ", ".join(RUNGS), _climbed(key)),
        at(25, "chair", "gets the weekly note, in bands", "some", _band),
        at(26, following, "reads it at last", "acknowledged", works(key, following, ("acknowledge", {}))),
        at(26, "visitor", "sees who opened it", f"opened by {following}", _opened(key)),
        at(27, following, "does not take it further, for a ground", "declined", works(key, following, ("screen", {}), DECLINED)),
        at(27, "head", "is back", "present", _back),
    )  # fmt: skip


def _grow(size: int) -> Deed:
    def deed(scene: Scene) -> str:
        if NEWCOMERS[size]:
            accounts = cast.enrol(scene.running, scene.kept["papers"], NEWCOMERS[size])
            cast.sign_in(scene, accounts)
            scene.kept["accounts"].extend(accounts)
        colleagues = scene.get("head", "/v1/office")["people"]
        return f"{len(colleagues) - 1} and the alternate"

    return deed


def _unread(key: str) -> Deed:
    def deed(scene: Scene) -> str:
        remember_newest(scene, "alternate", key)
        seen = scene.visited("GET", "/v1/complaint", words=words(scene, key))
        due = next(each["on"] for each in seen["dates"] if each["clock"] == "acknowledgement")
        return f"{'somebody' if seen['opened_by'] else 'nobody'} has read it, due {due}"

    return deed


def _climbed(key: str) -> Deed:
    def deed(scene: Scene) -> str:
        fired = clock(scene, key, "alternate", "acknowledgement")["fired"]
        return ", ".join(rung["what"] for rung in fired if rung["what"] in RUNGS)

    return deed


def _mails(scene: Scene) -> str:
    with scene.watched["ombuds"].open() as books:
        kinds = {kind for kind, _ in outbox.kinds_of(books)}
    return "only the constant mails" if kinds <= {"notice.desk_day", "notice.chair_week"} else f"{sorted(kinds)}"


def _away(scene: Scene) -> str:
    scene.post("head", "/v1/absences", {})
    return "away"


def _back(scene: Scene) -> str:
    response = scene.call("head", "DELETE", "/v1/absences/current")
    return "present" if response.is_success else f"{response.status_code}"


def _responsible(key: str) -> Deed:
    def deed(scene: Scene) -> str:
        events = scene.get("alternate", f"/v1/complaints/{scene.kept[f'{key} id']}/history")["events"]
        newest = [event["person"]["name"] for event in events if event["what"] == "responsible"][-1]
        return f"{newest} is responsible"

    return deed


def _band(scene: Scene) -> str:
    with scene.watched["ombuds"].open() as books:
        notes = [params for kind, params in outbox.kinds_of(books) if kind == "notice.chair_week"]
    return str(notes[-1]["band"])


def _opened(key: str) -> Deed:
    def deed(scene: Scene) -> str:
        seen = scene.visited("GET", "/v1/complaint", words=words(scene, key))
        return "opened by " + ", ".join(sorted({each["name"] for each in seen["opened_by"]}))

    return deed
