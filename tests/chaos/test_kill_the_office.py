"""kill -9 of intake, desk, Prefect's server, worker and PostgreSQL while people come and handlers work: whole or not at all."""

import re
import sys
import threading
from collections import Counter
from uuid import UUID

import httpx
from sqlalchemy import text

from actions import keys
from actions.keys import Newcomer
from tests.chaos.comers import Comer, Matter, check_seen, content_of
from tests.chaos.conftest import Begin
from tests.chaos.ground import PASSPHRASE, Ground, after_some_work, signed_in, taken_in_hand
from tests.chaos.handlers import Handler
from tests.chaos.invariants import broken, unsettled
from tests.chaos.load import Asked, chance, working
from tests.chaos.ombuds import broken_here

SEED = 20161122
KILLS = (("intake",), ("desk", "prefect"), ("worker", "intake"), ("postgres",), ("desk",))
"""Who dies at each of these instants."""
HANDLERS = {"head": "ombudsperson", "officer": "case_officer"}


def enrolled(ground: Ground) -> dict[str, str]:
    """The tokens of everybody of the office, after a ceremony."""
    office, papers = ground.owners["ombuds"], []
    keys.hold_ceremony(office, ground.house.data / "secrets", lambda shares: papers.extend(each.written() for each in shares))
    signer = keys.by_shares(office, papers[:2])
    tokens = {}
    for login, role in HANDLERS.items():
        newcomer = Newcomer(name=login, login=login, passphrase=PASSPHRASE, roles=(role,))
        tokens[login] = signed_in(ground.doors["desk"], login, keys.enrol(office, newcomer, signer).totp_address)
    return tokens


def test_kill_9_of_the_offices_doors_under_load_leaves_every_request_whole_or_not_at_all(killable_house: Begin) -> None:
    sys.stdout.write(f"seed {SEED}\n")
    with taken_in_hand(killable_house("intake", "desk", workers=2, prefect=True), SEED) as ground:
        stop, doors, tokens = threading.Event(), ground.doors, enrolled(ground)
        comers = [Comer(who, doors["intake"], chance(SEED, who), stop) for who in ("rosa", "luna")]
        handlers = [
            Handler(who, doors["desk"], chance(SEED, who), stop, {"Authorization": f"Bearer {tokens[who]}"}) for who in HANDLERS
        ]
        with working([*comers, *handlers]):
            ground.until(lambda: something_fires_through_prefect(ground), "nothing fires through Prefect", 180)
            for victims in KILLS:
                after_some_work(ground, [*comers, *handlers], least=8, most=16, hurry=0.1)
                for what in victims:
                    ground.kill(what)
            after_some_work(ground, [*comers, *handlers], least=8, most=8)
        ground.settle()
        assert ground.killed == Counter(what for victims in KILLS for what in victims)
        judge_rows(ground)
        places = judge_words(ground, comers, tokens["head"])
        judge_acts(ground, comers, handlers, places)


def something_fires_through_prefect(ground: Ground) -> bool:
    """Step on, and see: before anybody dies, so that Prefect's part does not hang on how quick the machine is."""
    ground.step_time()
    with ground.owners["ombuds"].engine.connect() as connection:
        fired = connection.execute(text("SELECT coalesce(sum(fired), 0) FROM sweep_run WHERE through = 'prefect'")).scalar_one()
    return int(fired) > 0


def judge_rows(ground: Ground) -> None:
    """All that must hold of either database, and something did fire, through Prefect too."""
    owner, house = ground.owners["ombuds"], ground.owners["house"]
    found = broken_here(owner.engine, owner) | unsettled(owner.engine) | broken(house.engine, house, in_time=False)
    assert not found, "\n".join(f"{name}: {rows[:5]}" for name, rows in found.items())
    with owner.engine.connect() as connection:
        ways = dict(connection.execute(text("SELECT through, sum(fired) FROM sweep_run GROUP BY 1")).tuples().all())
    sys.stdout.write(f"killed {dict(ground.killed)}, fired {ways}\n")
    assert ways.get("prefect", 0) > 0, "nothing fired through Prefect"


def judge_words(ground: Ground, comers: list[Comer], token: str) -> dict[str, UUID]:
    """Every word that was given leads to what was sent with it, at both doors. Return where each mark stands."""
    door = httpx.Client(base_url=ground.doors["intake"], timeout=30)
    for matter in (matter for comer in comers for matter in comer.matters):
        seen = door.get("/v1/complaint", headers=matter.headers)
        assert seen.status_code == 200, ("words that were given lead nowhere", matter.statement)
        check_seen(matter, seen.json())
        check_files(door, matter, {each["name"]: each["id"] for each in seen.json()["files"]})
        for words in matter.earlier_words:
            assert door.get("/v1/complaint", headers={"Authorization": f"Receipt {words}"}).status_code == 404
    desk = httpx.Client(base_url=ground.doors["desk"], timeout=30, headers={"Authorization": f"Bearer {token}"})
    with ground.owners["ombuds"].engine.connect() as connection:
        matters = list(connection.execute(text("SELECT id FROM matter WHERE kind = 'complaint'")).scalars())
    texts = [(each["text"], matter) for matter in matters for each in desk.get(f"/v1/complaints/{matter}").json()["texts"]]
    marks = [(words, matter) for words, matter in texts if MARK.fullmatch(words)]
    twice = {mark: times for mark, times in Counter(mark for mark, _ in marks).items() if times > 1}
    assert twice == {}, ("done twice", twice)
    return dict(marks)


def check_files(door: httpx.Client, matter: Matter, files: dict[str, str]) -> None:
    """What stands there of her files is what she sent, to the last byte."""
    for asked in (each for each in matter.sent if each.mark in files):
        content = door.get(f"/v1/complaint/files/{files[asked.mark]}", headers=matter.headers).content
        assert content == content_of(asked), asked


def judge_acts(ground: Ground, comers: list[Comer], handlers: list[Handler], places: dict[str, UUID]) -> None:
    """Hold what each was told against what happened."""
    with ground.owners["ombuds"].engine.connect() as connection:
        rows = {(row.id, row.version): row.done for row in connection.execute(text(ENTRIES))}
        matters = set(connection.execute(text("SELECT id FROM matter WHERE kind = 'complaint'")).scalars())
        read = set(connection.execute(text("SELECT person_id, matter_id FROM read_log")).tuples().all())
        ids = dict(connection.execute(text("SELECT name, id FROM person")).tuples().all())
    asked = [each for person in (*comers, *handlers) for each in person.asked]
    answers = Counter((each.body["trigger"], each.answer) for each in asked)
    repeated = sum(comer.repeated for comer in comers)
    sys.stdout.write(f"{len(matters)} complaints, {repeated} requests repeated, answers {dict(answers)}\n")
    cut_off = repeated + sum(each.answer == "lost" for each in asked)
    assert cut_off > 0, "no request was cut off: nothing was tried"
    assert sum(each.answer == "accepted" for each in asked) >= 8 * len(KILLS)
    statements = {each.mark for each in asked if each.body["trigger"] == "open"}
    assert len(statements & places.keys()) == len(matters), "there are complaints that nobody filed"
    for handler in handlers:
        assert {(ids[handler.name], matter) for matter in handler.read} <= read, "read, and not written down"
        for each in handler.asked:
            judge_handled(each, UUID(each.path.split("/")[3]), places, rows)
    for comer in comers:
        for matter in comer.matters:
            where = places[matter.statement.mark]
            for each in matter.sent:
                if each.version is not None:
                    assert rows.get((where, each.version)) == each.body["trigger"], ("another act stands in its place", each)


def judge_handled(asked: Asked, matter: UUID, places: dict[str, UUID], rows: dict[tuple[UUID, int], str]) -> None:
    """One act at the desk: accepted it stands there, refused it does not."""
    if asked.answer == "accepted":
        assert asked.version is not None
        done = asked.body["trigger"]
        assert rows.get((matter, asked.version)) == done, ("another act stands in its place", asked)
        if done in {"complaint.noted", "reply", "draft"}:
            assert places[asked.mark] == matter, ("accepted and lost", asked)
    elif asked.answer == "refused":
        assert asked.mark not in places, ("refused and done all the same", asked)


MARK = re.compile(r"[a-z]+-[0-9]+-")
ENTRIES = """
    SELECT matter_id AS id, (facts->>'version')::int AS version, coalesce(facts->>'trigger', what) AS done
    FROM (SELECT matter_id, body::jsonb->'facts' AS facts, body::jsonb->>'what' AS what FROM ledger_entry) l
    WHERE facts ? 'version'"""
