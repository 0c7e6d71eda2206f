"""Story 10: a year is reported. Figures go out by themselves, words by her own act; one report is held, and let go."""

import json
import subprocess
import sys
from datetime import date
from typing import Any, Final

from actions.ledger_keys import public_keys
from cli.demo.scene import Scene, Unexpected
from cli.demo.script import Deed, Step, noon
from cli.demo.stories.the_year import come_and_go
from cli.supervise.waiting import wait_until
from records import outbox
from reports.form.verify import verify_release

NAME: Final = "10 reports"
HALVES: Final = {
    "2016-H1": date(2016, 7, 28),
    "2016-H2": date(2017, 1, 17),
}
"""Half-years in words, and the day on which she writes them."""
WORDS: Final = "The office told every unit where it can be found. It asked for a room where nobody is seen coming."
CHECKLIST: Final = ("no_name", "no_small_unit", "no_recent_example", "no_quotation", "no_count")
WAITING: Final = 60
"""Seconds at most in which a program makes a draft or writes the files."""


def steps() -> tuple[Step, ...]:
    """The story's steps. All its dates are the demo's."""

    def at(day: date, who: str, what: str, expected: str, deed: Deed) -> Step:
        return Step(NAME, noon(day), who, what, expected, deed, assumed=True)

    return (
        *(at(day, "head", f"writes {half} in words; the alternate reads them first", "released", _in_words(half))
          for half, day in HALVES.items()),
        at(date(2015, 7, 20), "secretary of the council", "registers the last document before the first report",
           "CP/doc.5196/15", _last_document),
        at(date(2016, 4, 5), "head", "handles the cases of a year", "47 cases, 0 still to be described", come_and_go("story 10")),
        *(at(day, "alternate", f"sends the chair the annex of {half}, though it is nil", "released", _annex(half))
          for half, day in HALVES.items()),
        at(date(2016, 8, 1), "flow reports", "lets the mandates of 2016-H1 out by itself", "CP/doc.5200/16", _is_numbered),
        at(date(2017, 2, 1), "flow reports", "has drafted 2016; nobody can be found in it", "in_review, clean", _drafted),
        at(date(2017, 2, 1), "alternate", "sends the chair the annex of 2016", "released", _annex("2016")),
        at(date(2017, 2, 3), "head", "holds it", "held", _holds),
        at(date(2017, 2, 17), "chair", "has learned that it is held, and not why", "1 mail: notice.report_held", _told),
        at(date(2017, 2, 17), "mission", "finds no report of 2016", "no report", _nothing_yet),
        at(date(2017, 2, 20), "head", "lets it go", "cleared", _lets_go),
        at(date(2017, 2, 24), "flow reports", "lets it out by itself", "released", _is_out("2016")),
        at(date(2017, 2, 27), "mission", "reads it in four languages, and has it", "en es fr pt; received", _received),
        at(date(2017, 7, 3), "anybody", "attacks all that was ever published", "nobody can be found", _attacked),
        at(date(2017, 7, 3), "anybody", "verifies every release", "all genuine", _verified),
    )  # fmt: skip


def _find(scene: Scene, who: str, kind: str, period: str) -> dict[str, Any] | None:
    listed = scene.get(who, "/v1/reports")["reports"]
    return next((each for each in listed if each["report"] == kind and each["edition"].startswith(f"{period}.")), None)


def _rests(scene: Scene, who: str, kind: str, period: str, *states: str) -> dict[str, Any]:
    """The report, once it rests in one of these states. Raises Unexpected after a while."""

    def there() -> bool:
        found = _find(scene, who, kind, period)
        return found is not None and found["state"] in states

    found = _find(scene, who, kind, period) if wait_until(there, seconds=WAITING) else None
    if found is None:
        raise Unexpected(f"no {kind} {period} in {', '.join(states)}")
    return found


def _moves(scene: Scene, who: str, report: str, trigger: str, **payload: object) -> dict[str, Any]:
    moved: dict[str, Any] = scene.post(who, f"/v1/reports/{report}/moves", {"trigger": trigger, "payload": payload})
    return moved


def _written(scene: Scene, kind: str, period: str) -> dict[str, Any]:
    """A report at the council's door, once its files are there. Raises Unexpected after a while."""

    def there() -> bool:
        found = _find(scene, "mission", kind, period)
        return found is not None and found["written"]

    found = _find(scene, "mission", kind, period) if wait_until(there, seconds=WAITING) else None
    if found is None:
        raise Unexpected(f"no files of {kind} {period}")
    return found


def _in_words(half: str) -> Deed:
    def deed(scene: Scene) -> str:
        report = _rests(scene, "head", "ombuds", half, "awaiting")["id"]
        _moves(scene, "head", report, "annotate", section="outreach", text={"en": WORDS})
        version = scene.get("alternate", f"/v1/reports/{report}")["words"]["version"]
        _moves(scene, "alternate", report, "read_words", version=version, checked=list(CHECKLIST))
        _moves(scene, "head", report, "publish_words")
        return str(_moves(scene, "head", report, "approve")["state"])

    return deed


def _last_document(scene: Scene) -> str:
    """The Council's series is older than this house: what comes next follows it."""
    told = {"series": "council_document", "title": "A note of the delegation", "original": "es", "source": "demo"}
    kept = scene.post("secretary of the council", "/v1/documents", told | {"year": 2015, "number": 5196})
    return str(kept["symbol"])


def _is_numbered(scene: Scene) -> str:
    """Its number is the next one of the year's documents; story 9 goes on from there."""
    return str(_written(scene, "mandates", "2016-H1")["symbol"])


def _annex(year: str) -> Deed:
    def deed(scene: Scene) -> str:
        report = _rests(scene, "alternate", "annex", year, "awaiting")["id"]
        return str(_moves(scene, "alternate", report, "approve")["state"])

    return deed


def _is_out(year: str) -> Deed:
    def deed(scene: Scene) -> str:
        return str(_rests(scene, "head", "ombuds", year, "released")["state"])

    return deed


def _drafted(scene: Scene) -> str:
    report = _rests(scene, "head", "ombuds", "2016", "in_review", "unsafe")
    draft = scene.get("head", f"/v1/reports/{report['id']}")["draft"]
    return f"{report['state']}, {'clean' if draft['clean'] else 'not clean'}"


def _holds(scene: Scene) -> str:
    report = _rests(scene, "head", "ombuds", "2016", "in_review")
    return str(_moves(scene, "head", report["id"], "hold", reason="words_not_ready")["state"])


def _lets_go(scene: Scene) -> str:
    return str(_moves(scene, "head", _rests(scene, "head", "ombuds", "2016", "held")["id"], "let_go")["state"])


def _told(scene: Scene) -> str:
    with scene.watched["ombuds"].open() as books:
        mails = [kind for kind, _ in outbox.kinds_of(books) if kind == "notice.report_held"]
    return f"{len(mails)} mail: {', '.join(dict.fromkeys(mails))}"


def _nothing_yet(scene: Scene) -> str:
    return "a report" if _find(scene, "mission", "ombuds", "2016") else "no report"


def _received(scene: Scene) -> str:
    report = _written(scene, "ombuds", "2016")
    files = scene.get("mission", f"/v1/reports/{report['id']}")["files"]
    papers = sorted(file["language"] for file in files if file["type"] == "application/pdf" and _opens(scene, report["id"], file))
    scene.post("mission", f"/v1/reports/{report['id']}/receipts", {"state": "PE"})
    received = scene.get("mission", f"/v1/reports/{report['id']}")["received"]
    return f"{' '.join(papers)}; {'received' if received else 'not received'}"


def _opens(scene: Scene, report: str, file: dict[str, Any]) -> bool:
    answer = scene.call("mission", "GET", f"/v1/reports/{report}/files/{file['name']}")
    return answer.status_code == 200 and answer.content.startswith(b"%PDF")


def _attacked(scene: Scene) -> str:
    """The attacker reads only what was published: the folders of all releases, the chair's weekly bands among them."""
    found = json.loads(_amparo(scene, "attack", "--json", str(scene.running.folder.releases)))
    return "nobody can be found" if not found["broken"] and not found["inconsistent"] else f"{len(found['broken'])} found"


def _verified(scene: Scene) -> str:
    """Whoever has the house's public key can do this, with nothing else of the house."""
    key = bytes(public_keys(scene.running.folder.path / "secrets" / "ledger-house.key")[0])
    folders = sorted(scene.running.folder.releases.glob("*/*"))
    wrong = [folder.name for folder in folders if not verify_release(folder, key).genuine]
    return f"not genuine: {', '.join(wrong)}" if wrong or not folders else "all genuine"


def _amparo(scene: Scene, *arguments: str) -> str:
    """What the command says, as anybody would call it."""
    command = (sys.executable, "-m", "cli.main", "report", *arguments)
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=scene.running.folder.path).stdout
