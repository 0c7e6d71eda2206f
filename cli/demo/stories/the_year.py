"""The cases of a year, so that there is something to report: made up, filed and handled at the doors like any other."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from cli.demo.scene import Scene
from cli.demo.script import Deed

WHO: Final = "head"


@dataclass(frozen=True, slots=True)
class Group:
    """So many cases that a report would count alike. `heads`: about how many different heads; 0: about nobody."""

    cases: int
    station: str
    personnel: str
    issues: tuple[str, ...]
    ground: str
    heads: int = 0
    settled: bool = False


YEAR: Final = (
    Group(9, "US-DC", "staff", ("2B", "2M"), "out_of_remit", heads=4),
    Group(8, "US-DC", "staff", ("8E",), "better_placed_elsewhere"),
    Group(7, "US-DC", "consultant", ("1A",), "settled", settled=True),
    Group(6, "US-DC", "intern", ("7C",), "settled", settled=True),
    Group(6, "PE", "staff", ("2B",), "settled", heads=3, settled=True),
    Group(3, "EC", "consultant", ("4H",), "out_of_remit"),
    Group(6, "CR", "staff", ("8E", "4J"), "better_placed_elsewhere"),
    Group(2, "JM", "staff", ("6A",), "out_of_remit", heads=1),
)
"""The last one is about one person at one small office: nobody may find it in any report."""


def come_and_go(name: str) -> Deed:
    """All of them come on one day; each is read, screened, decided and described in codes."""

    def deed(scene: Scene) -> str:
        filed = sum(_file(scene, name, number) for number, _ in _each())
        opened = [each["id"] for each in scene.get(WHO, "/v1/queue?limit=200")["new_to_read"]][-filed:]
        heads: dict[tuple[int, int], str] = {}
        for matter, (number, group) in zip(opened, _each(), strict=True):
            _handle(scene, matter, group)
            _describe(scene, matter, group, number, heads)
        missing = scene.get(WHO, "/v1/facts/missing")["count"]
        return f"{filed} cases, {missing} still to be described"

    return deed


def _each() -> Iterator[tuple[int, Group]]:
    return ((number, group) for group in YEAR for number in range(group.cases))


def _file(scene: Scene, name: str, number: int) -> int:
    said = {"track": "complaint", "language": "en", "statement": f"Somebody of {name}, number {number}."}
    scene.visited("POST", "/v1/complaints", said)
    return 1


def _handle(scene: Scene, matter: str, group: Group) -> None:
    where = f"/v1/complaints/{matter}"
    scene.get(WHO, where)
    last = "close" if group.settled else "decline"
    for trigger, payload in (("acknowledge", {}), ("screen", {}), (last, {"ground": group.ground, "text": "As we talked."})):
        scene.post(WHO, f"{where}/moves", {"trigger": trigger, "payload": payload})


def _describe(scene: Scene, matter: str, group: Group, number: int, heads: dict[tuple[int, int], str]) -> None:
    """Where, who, what about; and whether it is about the same head as an earlier one."""
    told: dict[str, Any] = {"station": group.station, "personnel": group.personnel, "issues": list(group.issues)}
    told["about"] = "head" if group.heads else "nobody"
    if group.heads:
        which = (YEAR.index(group), number % group.heads)
        if which in heads:
            told["same_as"] = heads[which]
        heads.setdefault(which, matter)
    scene.put(WHO, f"/v1/complaints/{matter}/facts", told)
