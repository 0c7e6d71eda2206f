"""S01: what is written in a complaint is found nowhere in clear, in any form, though every process died in the middle."""

import signal
import sys
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

import psycopg
from sqlalchemy import text
from sqlalchemy.engine import make_url

from actions import keys, notices, people
from actions.kernel.move import open_kind
from actions.keys import Newcomer
from actions.kinds.mandate import Register
from actions.office import open_office
from actions.sessions import read_server_key
from cli.supervise.waiting import wait_until
from tests.chaos.conftest import Begin, end
from tests.chaos.ground import BEGINS, BOTH, PASSPHRASE, Ground, signed_in, taken_in_hand
from tests.chaos.markers import in_files, in_processes, in_rows, in_sqlite, new_marker
from tests.chaos.told import Handler, Visitor
from tests.fixtures.houses import ROOT
from tests.fixtures.post import Post

SEED = 20150615
MEGABYTE = 2**20
PROCESSES = ("intake", "desk", "worker", "prefect", "postgres")


def test_s01_no_marker_is_found_in_anything_a_house_keeps_or_says_though_each_process_is_killed(
    killable_house: Begin, post: Post, work: Path
) -> None:
    marker, control = new_marker(), new_marker()
    sys.stdout.write(f"seed {SEED}, marker {marker}, control {control}\n")
    mail = {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(post.smtp.port), "SMTP_STARTTLS": "false"}
    own = {name: work / name.lower() for name in ("TMPDIR", "HOME")}
    for folder in own.values():
        folder.mkdir(mode=0o700)
    env = {f"AMPARO_{name}": value for name, value in mail.items()} | {name: str(folder) for name, folder in own.items()}
    house = killable_house("intake", "desk", workers=1, prefect=True, env=env)
    with taken_in_hand(house, SEED) as ground:
        tell_openly(ground, control)
        visitor, handler, where = told_and_killed(ground, marker)
        assert set(ground.killed) == set(PROCESSES)
        receipt = " ".join(visitor.headers["Authorization"].decode().split()[1:4])
        visitor.say_it_badly()
        visitor.files_badly()
        handler.say_it_badly()
        handler.works_badly(where)
        assert_time_went_on(ground, post)
        assert_no_core_is_ever_written(ground)
        addresses = superusers(ground)
        assert_found(control, "house.public.mandate", in_rows(control, addresses))
        assert in_rows(receipt, addresses) + in_rows(PASSPHRASE, addresses) == []
        checkpoint(addresses)
        for place, found in looked_at(marker, ground, addresses, post, work).items():
            assert found == [], place
        assert_found(control, "pg_wal", in_files(control, [house.data / "postgres"]))
        assert in_sqlite("deadlines", house.data / "prefect" / "prefect.db"), "Prefect's database was not looked at"
        for name in ("intake", "desk"):
            ground.kill(name, signal.SIGABRT)
    end(house)
    for never_kept in (marker, receipt, PASSPHRASE):
        assert in_files(never_kept, [work]) == []
    assert [path for place in (ROOT, work) for pattern in ("core", "core.[0-9]*") for path in place.glob(pattern)] == []


def tell_openly(ground: Ground, control: str) -> None:
    """Register a mandate whose title is another marker: it is in clear, so that whoever looks must find it."""
    key = read_server_key(ground.house.data / "secrets" / "council.key")
    newcomer = people.Newcomer(
        name="Ana", roles=("secretariat_officer",), login="ana", passphrase=PASSPHRASE, from_on=BEGINS.date() - timedelta(days=1)
    )
    person = people.add(ground.owners["house"], newcomer, key).person
    url = (ground.house.data / "secrets" / "house-house_council.url").read_text(encoding="utf-8").strip()
    office = open_office(url, database="house", environment="test", pack="oas")
    open_kind(office, "mandate", Register(symbol="AG/RES. 1", title=control, issued_by="GA", source="test"), by=person)
    office.engine.dispose()


def told_and_killed(ground: Ground, marker: str) -> tuple[Visitor, Handler, str]:
    """A complaint's life with the marker in every word, in which each process is killed with -9 in the middle."""
    token = enrolled(ground)
    visitor = Visitor(ground.doors["intake"], marker)
    visitor.files()
    line = visitor.begins_a_file(3 * MEGABYTE)
    ground.until(lambda: pieces(ground) >= 2, "nothing of the file comes", 60)
    assert in_processes(marker, everybody(ground)) == []
    ground.kill("intake")
    line.close()
    visitor.sends_a_file(MEGABYTE)
    visitor.post("/v1/complaint/messages", {"text": marker}, **{"Idempotency-Key": "b8" * 16})
    handler = Handler(ground.doors["desk"], marker, {"Authorization": f"Bearer {token}"})
    where = handler.finds_it()
    handler.begins(where)
    ground.kill("desk")
    handler.works_on(where)
    ground.now += timedelta(days=12)
    ground.director.jump_to(ground.now)
    ground.kill("worker")
    ground.kill("prefect")
    ground.kill("postgres")
    visitor.post("/v1/complaint/moves", {"trigger": "answer", "payload": {"text": marker}}, **{"Idempotency-Key": "c9" * 16})
    ground.settle()
    return visitor, handler, where


def enrolled(ground: Ground) -> str:
    """The token of the head of the office. There is a chair, who gets the weekly note."""
    office, papers = ground.owners["ombuds"], []
    keys.hold_ceremony(office, ground.house.data / "secrets", lambda shares: papers.extend(each.written() for each in shares))
    notices.name_chair(office, "chair", mail="chair@house.invalid")
    newcomer = Newcomer(name="Head", login="head", passphrase=PASSPHRASE, roles=("ombudsperson",), mail="head@ombuds.invalid")
    address = keys.enrol(office, newcomer, keys.by_shares(office, papers[:2])).totp_address
    return signed_in(ground.doors["desk"], "head", address)


def pieces(ground: Ground) -> int:
    with ground.owners["ombuds"].engine.connect() as connection:
        return int(connection.execute(text("SELECT count(*) FROM sealed_chunk")).scalar_one())


def everybody(ground: Ground) -> list[object]:
    return [each for what in PROCESSES for each in ground.running(what)]


def assert_time_went_on(ground: Ground, post: Post) -> None:
    """Prefect and the worker are back and at work: something fires through Prefect, and mails go out."""

    def through_prefect() -> int:
        with ground.flows["ombuds"].engine.connect() as connection:
            query = "SELECT coalesce(sum(fired), 0) FROM sweep_run WHERE through = 'prefect'"
            return int(connection.execute(text(query)).scalar_one())

    def went_on() -> bool:
        ground.now += timedelta(days=7)
        ground.director.walk_to(ground.now)
        return through_prefect() > 0 and {receiver for receiver, _ in post.mails} >= {
            "head@ombuds.invalid",
            "chair@house.invalid",
        }

    ground.until(went_on, "nothing fires through Prefect, or no mail goes out", 180)


def assert_no_core_is_ever_written(ground: Ground) -> None:
    """Whatever kills a process, the kernel may not write down what it had in mind."""
    for what in PROCESSES:
        (process,) = wait_for_one(ground, what)
        limits = Path(f"/proc/{process.pid}/limits").read_text(encoding="ascii")
        (core,) = [line for line in limits.splitlines() if line.startswith("Max core file size")]
        assert core.split()[4:6] == ["0", "0"], (what, core)


def wait_for_one(ground: Ground, what: str) -> list:
    assert wait_until(lambda: bool(ground.running(what)), seconds=180), what
    return ground.running(what)[:1]


def superusers(ground: Ground) -> dict[str, str]:
    """Addresses of who may look at everything, by database."""
    secrets = ground.house.data / "secrets"
    known = make_url((secrets / "house-amparo_owner.url").read_text(encoding="utf-8").strip())
    word = (secrets / "superuser").read_text(encoding="ascii").strip()
    urls = {
        name: known.set(drivername="postgresql", username="postgres", password=word, database=name)
        for name in (*BOTH, "postgres")
    }
    return {name: url.render_as_string(hide_password=False) for name, url in urls.items()}


def checkpoint(addresses: dict[str, str]) -> None:
    """Let PostgreSQL write everything to its files."""
    with psycopg.connect(addresses["postgres"], autocommit=True) as connection:
        connection.execute("CHECKPOINT")


def looked_at(marker: str, ground: Ground, addresses: dict[str, str], post: Post, work: Path) -> dict[str, list[str]]:
    """Where the marker stands, by place."""
    mails = work / "mails"
    mails.mkdir()
    for number, (receiver, content) in enumerate(post.mails):
        (mails / f"{number}").write_bytes(receiver.encode() + b"\n" + content)
    return {
        "rows": in_rows(marker, addresses),
        "processes": in_processes(marker, everybody(ground)),
        "Prefect's columns": in_sqlite(marker, ground.house.data / "prefect" / "prefect.db"),
        "files: cluster, WAL, logs, sockets, endpoints, temporary ones, mails": in_files(marker, [work]),
    }


def assert_found(control: str, where: str, found: Iterable[str]) -> None:
    assert any(where in each for each in found), f"{control} is there in clear and was not found: {where} is not looked at"
