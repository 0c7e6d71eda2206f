"""`make up` is stopped by whatever stops `make`: it hands on a TERM, but neither an INT nor its own death."""

import signal
import sys

import pytest

# runs the rest of its command line as the recipe of a Makefile; INT as a terminal leaves it, whoever runs the tests
AS_A_RECIPE = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.SIG_DFL)
file, program, *rest, told = sys.argv[1:]
with open(file, "w") as made:
    made.write('up:\\n\\t@exec "$$PROGRAM" ' + " ".join(rest) + ' "$$TOLD"\\n')
os.execvpe("make", ["make", "-f", file, "up"], os.environ | {"PROGRAM": program, "TOLD": told})
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
@pytest.mark.parametrize("so_far", ["Starting PostgreSQL", "Everything is running"])
def test_nothing_stays_when_make_alone_is_told_to_stop(house_of, work, number, so_far):
    house = house_of(before=(sys.executable, "-c", AS_A_RECIPE, str(work / "Makefile")))
    house.open_gate()
    house.until(lambda: so_far in house.said())
    assert len(house.family()) >= 1
    house.process.send_signal(number)
    assert house.until_gone() != 0
    assert not house.endpoints.exists()
    assert house.said().rstrip().splitlines()[-1].startswith(("Everything has stopped.", "make:"))
