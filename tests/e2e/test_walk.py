"""Everybody goes through all of their door: no link leads nowhere, no form breaks, and nobody meets what is not theirs to see."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from anyio.from_thread import start_blocking_portal
from fastapi import FastAPI
from starlette.testclient import TestClient

from api.asking import COOKIE, DESK_COOKIE
from tests.api.test_council_mandates import opened
from tests.e2e.walking import HERE, Walker
from tests.fixtures.desk_door import DeskDoor, come, send_file
from tests.fixtures.doors import CouncilDoor
from tests.fixtures.intake_door import IntakeDoor
from tests.fixtures.offices import ROSTER
from tests.fixtures.restructuring import Restructuring

pytestmark = pytest.mark.usefixtures("cheap_passphrases")

MARK, TOLD, WHO, NOTE, NAME = ("cassowary", "quetzalcoatl", "zinnwaldite", "wolframite", "axinite")
"""Words that stand in what somebody wrote, and nowhere else in the house."""

TOO_EARLY = {"/here/proof": 409}
"""The page says from which day on there is one."""


@contextmanager
def browsing(app: FastAPI, cookie: str = "", token: str = "") -> Iterator[TestClient]:
    """Somebody with a browser, signed in if there is a token; one loop for the whole walk."""
    with start_blocking_portal() as portal:
        client = TestClient(app, base_url=HERE, follow_redirects=False, raise_server_exceptions=False)
        client.portal = portal
        client.headers.update({"accept": "text/html", "accept-language": "en"})
        if token:
            client.cookies.set(cookie, token)
        yield client


def test_everybody_of_the_desk_finds_no_dead_end_and_nothing_they_have_no_seat_in_s05(desk_door: DeskDoor):
    stage, sent, done, found = desk_door.stage, set(), [], set()
    everybody = ("head", "officer_a", "officer_b", "alternate")
    for who in everybody:
        other = come(stage, excluded=(who,), statement=f"A {MARK}{who}", about=f"{TOLD}{who}", identity=f"{WHO}{who}")
        send_file(stage, other, f"{NAME}{who}.txt", b"hers")
    come(stage, "consultation")
    for who in everybody:
        with browsing(desk_door.app, DESK_COOKIE, desk_door.session(who)) as client:
            marks = tuple(f"{mark}{who}" for mark in (MARK, TOLD, WHO, NAME))
            walker = Walker(client, "2016-09-20", marks, sent=sent).walk()
        found |= {f"{who}: {flaw}" for flaw in walker.found}
        done += walker.done
    assert found == set(), "\n".join(sorted(found))
    assert len(done) >= 18, done


def test_everybody_of_the_council_finds_no_dead_end(council_door: CouncilDoor, restructuring: Restructuring):
    sent, done, found = set(), [], set()
    opened(council_door)
    restructuring.draft()
    for who in ROSTER:
        with browsing(council_door.app, COOKIE, council_door.session(council_door.stage.people[who])) as client:
            walker = Walker(client, "2015-07-20", sent=sent).walk()
        found |= {f"{who}: {flaw}" for flaw in walker.found}
        done += walker.done
    assert found == set(), "\n".join(sorted(found))
    assert len(done) >= 7, done


def test_who_comes_to_the_office_finds_no_dead_end_and_nobody_elses_words(intake_door: IntakeDoor):
    intake_door.words(statement=f"A {MARK}", identity=WHO)
    with browsing(intake_door.app) as client:
        walker = Walker(client, "2016-08-20", (MARK, WHO)).walk()
    assert walker.found == [], walker.told()
    assert walker.answered[201] >= 2, "both tracks were sent"


def test_who_comes_back_finds_no_dead_end_and_neither_notes_of_ours_nor_anybody_elses_words(
    intake_door: IntakeDoor, desk_door: DeskDoor
):
    stage = intake_door.stage
    words = intake_door.words()
    (own,) = stage.rows("SELECT id FROM matter")
    intake_door.words(statement=f"A {MARK}", identity=WHO)
    head = desk_door.client("head")
    noted = head.post(f"/v1/complaints/{own[0]}/messages", json={"to": "office", "text": f"A {NOTE}"})
    assert noted.status_code == 201, noted.text
    with browsing(intake_door.app) as client:
        assert client.post("/back", data={"words": words}).status_code == 303
        walker = Walker(client, "2016-09-20", (MARK, WHO, NOTE), expected=TOO_EARLY).walk("/here")
    assert walker.found == [], walker.told()
    assert len(walker.done) > 2, walker.done


def test_a_stranger_meets_at_every_door_only_the_way_to_sign_in(desk_door: DeskDoor, council_door: CouncilDoor):
    come(desk_door.stage, statement=MARK)
    opened(council_door)
    for app in (desk_door.app, council_door.app):
        with browsing(app) as client:
            walker = Walker(client, "2016-09-20", (MARK, "Modernization")).walk("/sign-in")
        assert [one for one in walker.found if not one.startswith("GET /")] == []
        assert walker.done == []
