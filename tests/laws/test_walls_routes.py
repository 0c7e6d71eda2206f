"""Walls between doors: what opens one opens no other, and no object is reached from a door, a seat or words that are not its own.

What each account may do at its own door is typed by hand in tests/api/test_council_routes.py and tests/api/test_desk_walls.py.
"""

from dataclasses import dataclass
from functools import reduce
from uuid import UUID, uuid4

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from api.contract import PUBLIC, declared
from records.tables import METADATA
from tests.api.test_council_mandates import opened
from tests.fixtures.desk_door import DeskDoor
from tests.fixtures.doors import EVERYWHERE, FORMS, SETTING_UP, SHOWN_AT_ONCE, STRANGERS, CouncilDoor
from tests.fixtures.intake_door import COMING, COMING_BACK, IntakeDoor
from tests.fixtures.offices import ROSTER

pytest_plugins = ("tests.fixtures.desk_door",)

ANYBODY = {
    "council": STRANGERS,
    "desk": STRANGERS | SETTING_UP | SHOWN_AT_ONCE,
    "intake": EVERYWHERE
    | FORMS
    | COMING
    | COMING_BACK
    | {
        ("GET", "/v1/office"),
        ("POST", "/v1/complaints"),
    },
}
"""Typed by hand: what strangers may use at each door."""
ASKS_BY_ITSELF = {("POST", "/v1/complaint/words"), ("POST", "/here/files")}
"""Declared for anybody, because words that are dead already bring the same answer again, and because a form is read as it comes;
without words there is nothing."""
TRY_EVERYTHING = {"chair", "head", "words", "nothing"}
LEFT_BY_A_GUEST = {"trouble"}


@dataclass
class Doors:
    """The three doors on real databases, with something behind each."""

    council: CouncilDoor
    desk: DeskDoor
    intake: IntakeDoor
    words: str
    file: str
    objects: dict[str, str]

    @property
    def apps(self) -> dict[str, FastAPI]:
        return {"council": self.council.app, "desk": self.desk.app, "intake": self.intake.app}

    def keys(self) -> dict[str, tuple[str, dict[str, bytes | str]]]:
        """What people bring, by whose it is: the door it is good for, and the header."""
        council = {who: self.council.session(self.council.stage.people[who]) for who in ROSTER}
        desk = {who: self.desk.session(who) for who in self.desk.stage.callers}
        found: dict[str, tuple[str, dict[str, bytes | str]]] = {}
        found |= {who: ("council", {"Authorization": f"Bearer {token}"}) for who, token in council.items()}
        found |= {f"cookie of {who}": ("council", {"Cookie": f"__Host-amparo={token}"}) for who, token in council.items()}
        found |= {who: ("desk", {"Authorization": f"Bearer {token}"}) for who, token in desk.items()}
        found["words"] = ("intake", {"Authorization": f"Receipt {self.words}"})
        found["nothing"] = ("none", {})
        found["words as a token"] = ("none", {"Authorization": f"Bearer {self.words}"})
        found["token as words"] = ("none", {"Authorization": f"Receipt {desk['head']}"})
        return found

    def everything(self) -> list[object]:
        """All rows of both databases, but of what a refusal leaves."""
        tables = [table.name for table in METADATA.sorted_tables if table.name not in LEFT_BY_A_GUEST]
        stages = (self.council.stage, self.desk.stage)
        return [stage.rows(f"SELECT * FROM {table} ORDER BY 1") for stage in stages for table in tables]


@pytest.fixture
def doors(council_door: CouncilDoor, desk_door: DeskDoor, intake_door: IntakeDoor) -> Doors:
    words = intake_door.words()
    talk = intake_door.words(track="consultation")
    file = intake_door.send(words, b"on paper").json()["id"]
    ids = {str(kind): str(found) for found, kind in desk_door.stage.rows("SELECT id, kind FROM matter")}
    assert talk
    ids["mandate"] = opened(council_door)
    return Doors(council_door, desk_door, intake_door, words, file, ids)


def client_of(app: FastAPI) -> TestClient:
    return TestClient(app, base_url="https://door.invalid", follow_redirects=False, raise_server_exceptions=False)


def places(path: str, doors: Doors) -> list[str]:
    """A path with each object in it, and with one that never was."""
    if "{" not in path:
        return [path]
    filled = [path.replace("{id}", one) for one in (*doors.objects.values(), doors.file, str(uuid4()))]
    fixed = {"{fid}": doors.file, "{pause}": "by_decision", "{form}": "reply"}
    return [reduce(lambda path, name: path.replace(name, fixed[name]), fixed, one) for one in filled]


@pytest.mark.parametrize("door", ANYBODY)
def test_what_strangers_may_use_is_typed_by_hand(doors: Doors, door: str):
    found = {(method, path) for method, path, permission, _ in declared(doors.apps[door]) if permission == PUBLIC}
    assert found - ASKS_BY_ITSELF == ANYBODY[door]


MADE_ALIKE = tuple(f"/v1/{kind}s/" for kind in ("mediation", "protection", "upward_feedback", "own_initiative"))


@pytest.mark.parametrize("door", ANYBODY)
def test_what_opens_one_door_opens_no_other_whatever_the_route_and_the_object_s05(doors: Doors, door: str):
    client, tried = client_of(doors.apps[door]), 0
    keys, before = doors.keys(), doors.everything()
    for method, path, _, _ in declared(doors.apps[door]):
        if (method, path) in ANYBODY[door]:
            continue
        for whose, (opens, headers) in keys.items():
            if opens == door:
                continue
            every = places(path, doors)
            # the others come as far as one object or none; routes of most kinds are made alike, and asked for one object
            for place in every if whose in TRY_EVERYTHING and not path.startswith(MADE_ALIKE) else every[:1]:
                answer = client.request(method, place, headers=headers, json={} if method == "POST" else None)
                assert answer.status_code in {401, 404}, (method, place, whose)
                assert " ".join(doors.words.split()[:2]) not in answer.text
                tried += 1
    assert tried > 50
    assert doors.everything() == before


def test_words_reach_their_own_matter_alone_whatever_file_they_ask_for_s05(doors: Doors):
    other = doors.intake.words()
    own_file = doors.intake.send(other, b"mine").json()["id"]
    assert doors.intake.get(other, f"/v1/complaint/files/{own_file}").status_code == 200
    assert doors.intake.get(doors.words, f"/v1/complaint/files/{doors.file}").status_code == 200
    for words, file in ((other, doors.file), (doors.words, own_file)):
        never = doors.intake.get(words, f"/v1/complaint/files/{UUID(int=5)}")
        answer = doors.intake.get(words, f"/v1/complaint/files/{file}")
        assert (answer.status_code, answer.content) == (404, never.content)
    assert doors.file not in doors.intake.get(other).text


def test_an_object_of_one_kind_is_nothing_at_the_routes_of_another_s38(doors: Doors):
    head = doors.desk.client("head")
    for kind, matter in doors.objects.items():
        for asked in ("complaint", "consultation", "recommendation", "mediation", "protection"):
            expected = 200 if kind == asked else 404
            for rest in ("", "/clocks", "/history"):
                assert head.get(f"/v1/{asked}s/{matter}{rest}").status_code == expected, (kind, asked, rest)
    planner = doors.council.client("planner")
    for kind, matter in doors.objects.items():
        for asked in ("mandate", "proposal"):
            assert planner.get(f"/v1/{asked}s/{matter}").status_code == (200 if kind == asked else 404), (kind, asked)
