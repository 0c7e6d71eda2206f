"""What there is to see of one case at the desk: in the middle of the work, with words of both sides, a consent and a file."""

from collections.abc import Iterator
from datetime import date

from pydantic import SecretStr
from starlette.testclient import TestClient

from actions.kinds.sealed import Told
from tests.fixtures.desk_door import Came, DeskDoor, come, send_file, she
from tests.screens.camera import Screen

STATEMENT = "Mi jefe me grita cada mañana delante de todos.\n\nEl 3 de agosto tiró una carpeta al suelo. Había tres personas."


def screens(door: DeskDoor) -> Iterator[Screen]:
    """The case, who she is, what it is about in codes, and one file of hers looked at in its place."""
    came, head = a_case(door), door.session("head")
    file = send_file(door.stage, came, "notas.txt", b"3 de agosto, sala 2: una carpeta al suelo.")
    page = f"/complaints/{came.id}"
    yield Screen("case", page, head)
    yield Screen("case-identity", f"{page}/identity", head)
    yield Screen("case-codes", f"{page}/codes", head)
    yield Screen("case-file", f"{page}/files/{file}", head)


def a_case(door: DeskDoor) -> Came:
    """A complaint that was read and is being looked at first; a text waits for a yes or no, and a day has passed."""
    stage, head = door.stage, door.client("head")
    told = {"about": "María García, Compras", "identity": "Ana Núñez", "must_not_see": "el primo de mi jefe"}
    came = come(stage, statement=STATEMENT, excluded=("officer_b",), **told)
    head.get(came.path)
    _move(head, came, "acknowledge", text="Lo hemos leído. Le escribimos antes del viernes.")
    _move(head, came, "screen")
    head.post(f"{came.path}/messages", json={"to": "office", "text": "Hablar con la alterna."})
    she(stage, came, "message", Told(text=SecretStr("¿Hay alguien?")))
    asked = {"to": "Recursos Humanos", "text": "Queremos pedir los horarios de agosto."}
    _move(head, came, "ask_consent", **asked, purpose="ask_third_party", audience="human_resources")
    stage.to_day(date(2016, 9, 12))
    return came


def _move(client: TestClient, came: Came, trigger: str, **payload: str) -> None:
    done = client.post(f"{came.path}/moves", json={"trigger": trigger, "payload": payload})
    assert done.status_code == 200, done.text
