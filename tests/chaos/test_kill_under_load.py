"""kill -9 of workers, door and PostgreSQL while people work and time passes: nothing accepted is lost, nothing done twice."""

import json
import sys
import threading
from collections import Counter
from datetime import timedelta

from sqlalchemy import text

from actions import people
from actions.people import Newcomer
from actions.sessions import read_server_key
from tests.chaos.clerks import Clerk
from tests.chaos.conftest import Begin
from tests.chaos.ground import BEGINS, PASSPHRASE, Ground, after_some_work, signed_in, taken_in_hand
from tests.chaos.invariants import broken, unsettled
from tests.chaos.load import Asked, chance, working

SEED = 20151121
KILLS = ("worker", "council", "worker", "postgres", "council", "worker", "postgres")
PEOPLE = {
    "ana": "secretariat_officer",
    "ben": "secretariat_officer",
    "cleo": "secretariat_officer",
    "chief": "chief_of_staff",
    "chair": "chair",
}


def engaged(ground: Ground, login: str, role: str) -> str:
    """The token of somebody new at the council's door."""
    key = read_server_key(ground.house.data / "secrets" / "council.key")
    since = BEGINS.date() - timedelta(days=90)
    newcomer = Newcomer(name=login, roles=(role,), login=login, passphrase=PASSPHRASE, from_on=since)
    return signed_in(ground.doors["council"], login, people.add(ground.owners["house"], newcomer, key).totp_address)


def test_kill_9_at_random_instants_under_load_loses_nothing_and_fires_nothing_twice(killable_house: Begin) -> None:
    sys.stdout.write(f"seed {SEED}\n")
    with taken_in_hand(killable_house("council", workers=3), SEED) as ground:
        tokens = {who: engaged(ground, who, role) for who, role in PEOPLE.items()}
        stop, address = threading.Event(), ground.doors["council"]
        clerks = [
            Clerk(who, address, chance(SEED, who), stop, {"Authorization": f"Bearer {tokens[who]}"})
            for who in ("ana", "ben", "cleo")
        ]
        with working(clerks):
            for what in KILLS:
                after_some_work(ground, clerks)
                ground.kill(what)
        ground.settle()
        judge(ground, [each for clerk in clerks for each in clerk.asked])


def judge(ground: Ground, asked: list[Asked]) -> None:
    """Hold what people were told against what is kept."""
    owner = ground.owners["house"]
    found = broken(owner.engine, owner, in_time=False) | unsettled(owner.engine)
    assert not found, "\n".join(f"{name}: {rows[:5]}" for name, rows in found.items())
    answers = Counter(each.answer for each in asked)
    assert answers["accepted"] >= 4 * len(KILLS)
    assert ground.killed == Counter(KILLS)
    with owner.engine.connect() as connection:
        done = Counter(connection.execute(text(MARKS)).scalars())
        versions = {str(row.id): row.version for row in connection.execute(text("SELECT id, version FROM matter"))}
        fired = connection.execute(text("SELECT count(*) FROM rung_fired")).scalar_one()
        rows = {(str(row.id), row.seq): row.trigger for row in connection.execute(text(EVENTS))}
    sys.stdout.write(f"killed {dict(ground.killed)}, answers {dict(answers)}, fired {fired}\n")
    for each in asked:
        traced = done[each.mark] if has_mark(each) else None
        if each.answer == "accepted":
            matter = each.path.split("/")[3]
            assert traced in {1, None}, ("accepted and lost, or done twice", each)
            assert versions[matter] >= each.version, ("accepted and lost", each)
            assert rows[matter, each.version] == each.body.get("trigger", "open"), ("another act stands in its place", each)
        elif each.answer == "refused":
            assert traced in {0, None}, ("refused and done all the same", each)
        else:
            assert traced in {0, 1, None}, ("done twice", each)
    assert fired > len(KILLS), "too little fired while things died"


def has_mark(asked: Asked) -> bool:
    return asked.mark in json.dumps(asked.body)


MARKS = """
    SELECT symbol FROM mandate
    UNION ALL SELECT facts->>'unit' FROM event WHERE facts ? 'unit'
    UNION ALL SELECT facts->>'document' FROM event WHERE facts ? 'document'"""
EVENTS = "SELECT matter_id AS id, seq, trigger FROM event"
