"""Story 13: somebody phones, somebody walks in, somebody wants nothing written; some weeks later there are counts."""

from datetime import date

from cli.demo.scene import Scene
from cli.demo.script import Deed, Step, noon
from records import consultation

NAME, HEAD, OTHER = "13 contacts", "head", "alternate"
SLIP = {
    "month": "2017-03",
    "channel": "phone",
    "language": "es",
    "issues": ["4H", "2H"],
    "done": ["listened", "referral"],
    "route": "reconsideration",
    "personnel": "staff",
    "region": "caribbean",
}
PRESSED = {"kind": "interference", "on": "2017-03-01", "text": "We were asked who had phoned. We did not say."}
BRIEFED = {"on": "2017-03-01", "sort": "briefing", "region": "caribbean", "language": "en", "people": 14}


def steps() -> tuple[Step, ...]:
    """The story's steps. All its dates are the demo's."""

    def at(day: date, who: str, what: str, expected: str, deed: Deed) -> Step:
        return Step(NAME, noon(day), who, what, expected, deed, assumed=True)

    return (
        at(date(2017, 3, 2), HEAD, "writes a slip of a call, in codes", "1 slip of 2017-03, kept until 2017-04-30", _writes),
        at(date(2017, 3, 2), HEAD, "counts somebody who wants no slip", "1 slip, 1 counted", _counts),
        at(date(2017, 3, 2), OTHER, "sees none of it", "0 slips", _sees),
        at(date(2017, 3, 3), HEAD, "writes down that somebody asked who phones, and a briefing", "1 entry, 14 people", _records),
        at(date(2017, 6, 30), HEAD, "finds that counts are all that is left", "0 slips, 2 counted", _left),
    )


def _slips(scene: Scene, who: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = scene.get(who, "/v1/contacts")["slips"]
    return found


def _counted(scene: Scene) -> int:
    with scene.watched["ombuds"].open() as books:
        return consultation.counted(books, "contact.began")


def _writes(scene: Scene) -> str:
    scene.post(HEAD, "/v1/contacts", SLIP)
    (slip,) = _slips(scene, HEAD)
    return f"1 slip of {slip['month']}, kept until {slip['until']}"


def _counts(scene: Scene) -> str:
    scene.post(HEAD, "/v1/contact-counts", {"month": SLIP["month"]})
    return f"{len(_slips(scene, HEAD))} slip, {_counted(scene)} counted"


def _sees(scene: Scene) -> str:
    return f"{len(_slips(scene, OTHER))} slips"


def _records(scene: Scene) -> str:
    scene.post(HEAD, "/v1/independence", PRESSED)
    scene.post(HEAD, "/v1/outreach", BRIEFED)
    entries = scene.get(OTHER, "/v1/independence")["entries"]
    (line,) = scene.get(OTHER, "/v1/outreach")["lines"]
    return f"{len(entries)} entry, {line['people']} people"


def _left(scene: Scene) -> str:
    return f"{len(_slips(scene, HEAD))} slips, {_counted(scene)} counted"
