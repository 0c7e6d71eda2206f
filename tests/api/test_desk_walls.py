"""Who has no seat finds nothing: not by any route, not by counting, and cannot tell that there is anything."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

from pydantic import SecretStr
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool
from starlette.testclient import TestClient

from actions.kernel.sweep import sweep
from actions.kinds import KINDS
from actions.kinds.sealed import Told
from actions.office import Office
from api.asking import signed_in
from api.contract import PERMISSION, PUBLIC, declared
from api.desk import make_app
from records.bootstrap import create_database, drop_database
from tests.fixtures.databases import Server
from tests.fixtures.desk_door import Came, DeskDoor, come, send_file, she
from tests.fixtures.doors import SETTING_UP, SHOWN_AT_ONCE, STRANGERS
from tests.fixtures.ombuds_office import OmbudsStage

pytest_plugins = ("tests.fixtures.desk_door",)

OPEN = STRANGERS | SETTING_UP | SHOWN_AT_ONCE
BODIES = {
    "moves": {"trigger": "acknowledge"},
    "messages": {"text": "x"},
    "assignment": {"person": str(UUID(int=1))},
    "seats": {"person": str(UUID(int=1))},
    "recusal": {"reason": "x"},
    "late-conflict": {"person": str(UUID(int=1)), "reason": "x"},
    "pauses": {"name": "by_decision", "reason": "x"},
    "waivers": {"rule": "inquiry", "authority": "x", "reason": "x", "until": "2030-01-01"},
    "holds": {"reason": "court", "until": "2030-01-01"},
    "links": {"other": str(UUID(int=1)), "reason": "same_facts"},
    "sessions": {"name": "nobody", "passphrase": "x", "totp": "000000"},
    "absences": {},
}
FORM_KEY = re.compile(rb'name="_?key" value="[0-9a-f]{32}"')
"""What is random in a page: the key that makes a form sent twice one request."""

SEALED = tuple(kind for kind, one in KINDS.items() if one.table.sealed)


def routes(door: DeskDoor) -> list[tuple[str, str]]:
    return [(method, path) for method, path, _, _ in declared(door.app)]


def of_another_kind(path: str, kind: str) -> bool:
    """Whether a route is about matters of some other kind: all of those are asked about one matter only."""
    return any(f"/{other}s/" in path for other in SEALED if other != kind)


def ask(client: TestClient, method: str, path: str, matter: UUID, file: UUID) -> tuple[int, bytes]:
    """One request. Returns what can be told apart of its answer: status, body, and every header."""
    filled = path.replace("{id}", str(matter)).replace("{fid}", str(file)).replace("{hid}", str(file))
    filled = filled.replace("{pause}", "by_decision").replace("{form}", "reply").replace("{lid}", str(file))
    filled = filled.replace("{serial}", "1")
    if filled.endswith("/earlier"):
        filled += "?about=Head"
    body = BODIES.get(filled.rpartition("/")[2]) if method == "POST" else None
    answer = client.request(method, filled, json=body, headers={"If-Match": '"77"'})
    told = sorted((name, value) for name, value in answer.headers.items())
    content = FORM_KEY.sub(b"", answer.content.replace(str(matter).encode(), b"ID"))
    return answer.status_code, content + str(told).encode()


def filled_case(stage: OmbudsStage) -> tuple[Came, UUID]:
    """A complaint about the head with something in every table that can hold something of it."""
    came = come(stage, excluded=("head",), about="Head", identity="Ana Núñez")
    file = send_file(stage, came, "acta.txt", b"abc")
    she(stage, came, "message", Told(text=SecretStr("¿Hay alguien?")))
    desk = DeskDoor(stage, make_app(stage.desk)).client("alternate")
    desk.get(came.path)
    assert desk.post(f"{came.path}/moves", json={"trigger": "acknowledge"}).status_code == 200
    waiver = BODIES["waivers"] | {"rule": "screening", "until": "2016-09-25"}
    assert desk.post(f"{came.path}/waivers", json=waiver).status_code == 201
    for move in (
        {"trigger": "screen"},
        {"trigger": "ask_consent", "payload": {"to": "SG", "text": "x", "purpose": "refer", "audience": "head_of_house"}},
        {"trigger": "inquire"},
        {"trigger": "draft", "payload": {"text": "x"}},
        {"trigger": "conclude_without_names", "payload": {"text": "y", "names_nobody": True}},
        {"trigger": "recommend", "payload": {"to": "SG", "text": "Rotar."}},
        {"trigger": "propose_mediation", "payload": {"to": "SG", "text": "¿Hablarían?"}},
    ):
        assert desk.post(f"{came.path}/moves", json=move).status_code == 200, move
    return came, file


def test_s26_every_route_declares_a_permission_and_asks_who_is_there(desk_door: DeskDoor):
    found = [*declared(desk_door.app)]
    assert len(found) > 45
    assert [one for one in found if one[2] is None] == []
    assert {(method, path) for method, path, permission, _ in found if permission == PUBLIC} == OPEN
    assert [one for one in found if one[2] != PUBLIC and not one[3]] == []
    assert signed_in in desk_door.app.dependency_overrides


def test_s05_without_a_session_every_route_but_the_open_ones_is_closed(desk_door: DeskDoor):
    came, file = filled_case(desk_door.stage)
    for method, path in routes(desk_door):
        if (method, path) in OPEN:
            continue
        for headers in ({}, {"Authorization": "Bearer x"}, {"Authorization": f"Bearer {'A' * 43}"}, {"X-User": "head"}):
            client = desk_door.client()
            client.headers.update(headers)
            assert ask(client, method, path, came.id, file)[0] == 401, (method, path)


def test_s05_each_account_by_each_route_on_each_object(desk_door: DeskDoor):
    """Who has a seat gets past the wall; for everybody else the matter is as unknown as one that never was."""
    stage = desk_door.stage
    came, file = filled_case(stage)
    other = come(stage, excluded=("alternate",))
    kinds = {came.id: "complaint", other.id: "complaint"}
    tied = UUID(str(stage.rows("SELECT id FROM matter WHERE kind = 'recommendation'")[0][0]))
    kinds[tied] = "recommendation"
    seats = {(row[0], row[1]) for row in stage.rows("SELECT person_id, matter_id FROM seat WHERE until_at IS NULL")}
    seen = {True: 0, False: 0}
    never: dict[tuple[str, str, str], tuple[int, bytes]] = {}
    for who in stage.callers:
        client = desk_door.client(who)
        for matter, kind in kinds.items():
            own = (stage.people[who], matter) in seats
            for method, path in routes(desk_door):
                if "{id}" not in path or (own and method != "GET") or (matter != came.id and of_another_kind(path, kind)):
                    continue
                answered = ask(client, method, path, matter, file)
                if own and path.startswith(f"/v1/{kind}s/") and "{fid}" not in path:
                    assert answered[0] == 200, (who, path)
                    seen[True] += 1
                elif not own:
                    place = (who, method, path)
                    never[place] = never.get(place) or ask(client, method, path, uuid4(), uuid4())
                    assert answered == never[place], place
                    assert answered[0] == 404
                    seen[False] += 1
    assert seen == {True: 35, False: 921}  # typed by hand: a route or an account less is a hole in this test


def test_no_list_and_no_count_speaks_of_what_one_may_not_open_s15_s33(desk_door: DeskDoor):
    stage = desk_door.stage
    filled_case(stage)
    mine = come(stage, excluded=("alternate",))
    queue = desk_door.client("head").get("/v1/queue").json()
    assert {one["id"] for found in queue.values() for one in found} == {str(mine.id)}
    for who in stage.callers:
        client = desk_door.client(who)
        listed = {one["id"]: one["kind"] for found in client.get("/v1/queue").json().values() for one in found}
        rows = stage.rows("SELECT matter_id FROM seat WHERE person_id = :p AND until_at IS NULL", p=stage.people[who])
        assert set(listed) == {str(row[0]) for row in rows}
        assert all(client.get(f"/v1/{kind}s/{matter}").status_code == 200 for matter, kind in listed.items())


@contextmanager
def twin(server: Server, stage: OmbudsStage) -> Iterator[OmbudsStage]:
    """The same office once more: a copy of its database, with the same people, keys and sessions."""
    for engine in (stage.owner, stage.intake.engine, stage.desk.engine, stage.flows.engine):
        engine.dispose()
    name = f"{stage.database.name}_twin"
    create_database(server.postgres.admin_url, name, stage.database.roles, template=stage.database.name)
    database = replace(stage.database, name=name)
    engines = {role: create_engine(database.url(role)) for role in ("ombuds_intake", "ombuds_desk", "ombuds_flows")}
    owner = create_engine(database.owner_url, poolclass=NullPool)

    def office(role: str, like: Office) -> Office:
        return Office(engines[role], database="ombuds", environment="test", shelf=like.shelf, trust=like.trust)

    as_owner = Office(owner, database="ombuds", environment="test", shelf=stage.desk.shelf, trust=stage.as_owner.trust)
    made = (office("ombuds_intake", stage.intake), office("ombuds_desk", stage.desk), office("ombuds_flows", stage.flows))
    try:
        yield OmbudsStage(database, *made, as_owner, owner, stage.ceremony, stage.people, stage.callers, stage.keys)
    finally:
        for engine in (*engines.values(), owner):
            engine.dispose()
        drop_database(server.postgres.admin_url, name)


def seen_by_head(world: TestClient, door: DeskDoor, matters: tuple[UUID, ...], file: UUID, *, last: bool) -> Iterator[object]:
    """Every answer of every route on every matter, with all its headers; routes of other kinds on the last day."""
    for method, path in routes(door):
        if of_another_kind(path, "complaint") and not last:
            continue
        for matter in (matters[1:2] if of_another_kind(path, "complaint") else matters) if "{id}" in path else matters[:1]:
            if method != "GET" and ("{id}" not in path or matter == matters[0]):
                continue  # what changes something is asked of strangers' matters only
            filled = path.replace("{id}", str(matter)).replace("{fid}", str(file)).replace("{hid}", str(file))
            filled = filled.replace("{pause}", "by_decision").replace("{form}", "reply").replace("{lid}", str(file))
            body = BODIES.get(filled.rpartition("/")[2]) if method == "POST" else None
            for query in ("?about=Head", "?about=Officer", "?about=Ana") if path.endswith("/earlier") else ("",):
                answer = world.request(method, filled + query, json=body)
                content = FORM_KEY.sub(b"", answer.content)
                yield method, filled + query, answer.status_code, content, sorted(answer.headers.items())


def test_s42_the_head_cannot_tell_a_world_with_a_complaint_about_them_from_one_without(
    desk_door: DeskDoor, database_server: Server
):
    """Two offices, alike to the byte; in one, somebody complains about the head and it is worked on.

    Nothing is normalised but the random keys of forms.
    """
    stage = desk_door.stage
    mine = come(stage, about="Officer A", identity="Luis")
    token = f"Bearer {desk_door.session('head')}"
    with twin(database_server, stage) as other:
        about_head, file = filled_case(other)
        worlds = [TestClient(make_app(one.desk), base_url="https://desk.invalid") for one in (stage, other)]
        for world in worlds:
            world.headers["Authorization"] = token
        for day in (date(2016, 9, 1), date(2017, 2, 1)):
            for one in (stage, other):
                one.to_day(day)
                sweep(one.flows)
            answers = [
                [*seen_by_head(world, desk_door, (mine.id, about_head.id, UUID(int=5)), file, last=day.year > 2016)]
                for world in worlds
            ]
            assert len(answers[0]) > 80
            assert answers[0] == answers[1]
            move = {"trigger": "acknowledge"} if day.month == 9 else {"trigger": "screen"}
            moved = [world.post(f"{mine.path}/moves", json=move) for world in worlds]
            assert moved[0].content == moved[1].content
        assert {one["id"] for found in worlds[1].get("/v1/queue").json().values() for one in found} == {str(mine.id)}


def test_s37_in_an_office_of_one_the_alternate_alone_has_what_is_about_the_head(desk_door: DeskDoor):
    stage = desk_door.stage
    came = come(stage, excluded=("head",))
    with desk_door.stage.owner.begin() as connection:
        connection.execute(text("UPDATE appointment SET until_on = '2016-09-01' WHERE role = 'case_officer'"))
    assert [who for who in ("head", "alternate") if desk_door.client(who).get(came.path).status_code == 200] == ["alternate"]
    assert desk_door.client("officer_a").get(came.path).status_code == 401


def test_s27_nobody_deletes_what_somebody_wrote(desk_door: DeskDoor):
    deleting = {path.rpartition("/v1")[2] for method, path in routes(desk_door) if method == "DELETE"}
    assert len(SEALED) == 7
    holds = {f"/{kind}s/{{id}}/holds/{{hid}}" for kind in SEALED}
    links = {f"/{kind}s/{{id}}/links/{{lid}}" for kind in SEALED}  # that it was said stays in both histories
    unsent = {f"/{kind}s/{{id}}/drafts/{{form}}" for kind in SEALED}
    not_theirs = {"/sessions/current", "/absences/current", "/complaints/{id}/pauses/{pause}", "/invitations/{id}"}
    not_theirs.add("/addressees/{id}/keys/{serial}")  # a key, which stays where it is and counts no more
    # a slip of one's own while it is kept; a line about the office; a time that nobody took
    of_the_office = {"/contacts/{id}", "/outreach/{id}", "/times/{id}"}
    assert deleting == not_theirs | holds | links | unsent | of_the_office
    granted = """SELECT table_name FROM information_schema.role_table_grants
                 WHERE grantee = 'ombuds_desk' AND privilege_type = 'DELETE' ORDER BY 1"""
    deleted = ["contact_slip", "idempotency", "invitation", "offered_time", "outreach_entry", "sealed_draft", "session"]
    assert [row[0] for row in desk_door.stage.rows(granted)] == deleted


def test_every_route_is_in_the_document_with_the_permission_it_declares(desk_door: DeskDoor):
    paths = desk_door.client().get("/openapi.json").json()["paths"]
    shown = {
        (method.upper(), path, operation[PERMISSION]) for path, found in paths.items() for method, operation in found.items()
    }
    outside = {"/openapi.json", "/healthz", "/readyz"}
    programs = {(m, path, p) for m, path, p, _ in declared(desk_door.app) if path.startswith("/v1/") or path in outside}
    assert shown == {one for one in programs if one[1] != "/openapi.json"}
