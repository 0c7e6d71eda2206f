"""The process that opens a file: what it was given, what it cannot do any more, and that nothing of it is left."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from actions.cleaning.answers import Ending, Task
from actions.cleaning.running import OpeningOthers, TooMuchToOpen, made, started
from tests.fixtures.marked_files import BOUNDS, letter, photograph
from tests.laws.tree import ROOT

MARK = "sk_tell-nobody"
ATTEMPTS = {
    "read a file": "open('/etc/hostname', 'rb')",
    "write a file": "os.open('/tmp/planted', os.O_CREAT | os.O_WRONLY)",
    "list a folder": "os.listdir('/')",
    "reach a network": "socket.socket(socket.AF_INET)",
    "reach a database by its socket": "socket.socket(socket.AF_UNIX)",
    "start a process": "os.fork()",
    "become another program": "os.execv('/bin/true', ['true'])",
    "end another process": "os.kill(os.getppid(), 0)",
    "lift its own limits": "resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))",
    "make a pipe": "os.pipe()",
    "take a descriptor twice": "os.dup(0)",
    "look at its parent": "open(f'/proc/{os.getppid()}/environ', 'rb')",
}
PROBE = """
import os, resource, socket, sys
sys.path.insert(0, sys.argv[1])
from actions.cleaning import walls
walls.close(512 * 1024 * 1024, 5)
try:
    {attempt}
    said = "done"
except BaseException as error:
    said = type(error).__name__
os.write(1, said.encode())
os._exit(0)
"""


def probed(attempt: str) -> str:
    """What becomes of an attempt behind the walls."""
    program = [sys.executable, "-I", "-c", PROBE.format(attempt=attempt), str(ROOT)]
    done = subprocess.run(program, env={}, capture_output=True, timeout=30, check=False)
    assert done.returncode in (0, -signal.SIGXCPU), done.stderr
    return done.stdout.decode() or "ended"


@pytest.mark.parametrize("what", ATTEMPTS)
def test_behind_the_walls_nothing_is_reached(what: str):
    assert probed(ATTEMPTS[what]) in {"PermissionError", "ValueError" if what == "lift its own limits" else ""}


def test_behind_the_walls_one_can_compute_and_not_without_end():
    assert probed("sum(range(10))") == "done"
    assert probed("bytearray(600 * 1024 * 1024)") == "MemoryError"


def status(pid: int) -> dict[str, str]:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


def waited_for(true: Callable[[], bool]) -> None:
    until = time.monotonic() + 10
    while not true():
        assert time.monotonic() < until
        time.sleep(0.01)


def test_the_real_process_has_closed_them_before_it_reads_a_byte(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("AMPARO_OMBUDS_URL_FILE", MARK)
    inherited = os.open("/dev/null", os.O_RDONLY)
    os.set_inheritable(inherited, True)
    with started(Task.CLEAN, BOUNDS) as process:
        here = Path(f"/proc/{process.pid}")
        waited_for(lambda: status(process.pid)["Seccomp"] == "2")
        assert status(process.pid)["NoNewPrivs"] == "1"
        assert status(process.pid)["Threads"] == "1"
        assert (here / "environ").read_bytes() == b""
        held = [os.readlink(here / "fd" / str(number)) for number in sorted(int(one.name) for one in (here / "fd").iterdir())]
        assert [one.partition(":")[0] for one in held] == ["pipe", "pipe", "/dev/null", "/dev/urandom"]  # the last by qpdf
        assert os.readlink(here / "cwd") == "/"
        told = (here / "cmdline").read_bytes().split(b"\0")[-len(BOUNDS) - 2 : -1]
        assert told == [b"clean", *(str(number).encode() for number in BOUNDS)]
        limits = {line[:26].strip(): line[26:].split()[:2] for line in (here / "limits").read_text().splitlines()}
        for name, most in (("Max open files", 3), ("Max file size", 0), ("Max processes", 0), ("Max core file size", 0)):
            assert limits[name] == [str(most)] * 2
        assert limits["Max address space"] == [str(BOUNDS.memory)] * 2
        assert limits["Max cpu time"] == [str(BOUNDS.processor_seconds)] * 2
    os.close(inherited)
    assert not here.exists()


def children() -> set[str]:
    """Our own children, by their ids."""
    return {pid for task in Path("/proc/self/task").iterdir() for pid in (task / "children").read_text().split()}


def test_its_time_ends_it_and_nothing_is_left():
    before = children()
    with started(Task.CLEAN, BOUNDS._replace(seconds=1)) as process:
        assert children() - before == {str(process.pid)}
        assert process.wait(timeout=10) == -signal.SIGKILL
    with pytest.raises(TooMuchToOpen):
        made(
            Task.CLEAN, letter(**{"word/document.xml": "<a>" + "<b/>" * 2_000_000 + "</a>"}), BOUNDS._replace(processor_seconds=1)
        )
    assert children() == before


def test_it_ends_with_whoever_started_it():
    program = f"""
import sys, time
sys.path.insert(0, {str(ROOT)!r})
from actions.cleaning.answers import Bounds, Task
from actions.cleaning.running import started
with started(Task.CLEAN, Bounds(*{tuple(BOUNDS)})) as process:
    print(process.pid, flush=True)
    time.sleep(60)
"""
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as door:
        assert door.stdout is not None
        pid = int(door.stdout.readline())
        waited_for(lambda: status(pid)["Seccomp"] == "2")
        door.kill()
    waited_for(lambda: not Path(f"/proc/{pid}").exists() or status(pid)["State"].startswith("Z"))


def test_where_the_walls_cannot_be_closed_nothing_is_opened():
    program = "import platform, sys; platform.machine = lambda: 'another'; sys.path.insert(0, sys.argv[1]);"
    program += "from actions.cleaning.child import main; main(sys.argv[2:])"
    argv = [sys.executable, "-I", "-c", program, str(ROOT), "clean", *map(str, BOUNDS)]
    done = subprocess.run(argv, input=b"hola", capture_output=True, timeout=30, check=False)
    assert (done.returncode, done.stdout) == (Ending.NO_WALLS, b"")


def test_a_crowd_waits_or_is_told_to_come_again_and_a_place_is_free_afterwards():
    def try_it(_: int) -> str:
        try:
            return made(Task.PICTURE, photo, BOUNDS).sort
        except OpeningOthers as refused:
            return refused.code

    photo, before = photograph("JPEG"), children()
    with ThreadPoolExecutor(16) as crowd:
        answers = list(crowd.map(try_it, range(16)))
    assert set(answers) == {"png", "opening_others"}
    assert answers.count("png") >= 8
    assert try_it(0) == "png"
    assert children() == before
