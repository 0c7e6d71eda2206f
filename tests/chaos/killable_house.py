"""The real supervisor with its real PostgreSQL, council door and three workers. `python -m tests.chaos.killable_house OPTIONS`.

Prefect's server is left out: that it may be away is what tests/flows shows, and starting it takes longer than all the rest.
"""

import json
import sys
from dataclasses import replace
from pathlib import Path

from cli.supervise.doors import DOORS, Ground, house_children
from cli.supervise.kept import ChildPlan
from cli.supervise.supervisor import Wanted, supervise
from cli.supervise.troubles import CannotRun
from cli.supervise.voice import Voice
from tests.chaos.workers import NO_PREFECT

WORKERS = 3


def killable(ground: Ground) -> list[ChildPlan]:
    """The council door's own plan, and the worker's three times over."""
    by_name = {plan.name: plan for plan in house_children(ground)}
    worker = by_name["worker"]
    names = [f"worker-{number}" for number in range(WORKERS)]
    workers = [
        replace(
            worker,
            name=name,
            env=worker.env | NO_PREFECT | {"PREFECT_HOME": str(ground.folder.path / name)},
            log=ground.folder.log(name),
        )
        for name in names
    ]
    return [by_name["council"], *workers]


if __name__ == "__main__":
    options = json.loads(sys.argv[1])
    ports = dict.fromkeys(("prefect", *DOORS), ("127.0.0.1", 0))
    voice = Voice("en")
    try:
        supervise(Wanted(Path(options["data"]), ports, environment="test"), voice, plan=killable)
    except CannotRun as trouble:
        voice.refuse(trouble)
        sys.exit(1)
