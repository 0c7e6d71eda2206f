"""The real supervisor with real PostgreSQL, doors and workers. `python -m tests.chaos.killable_house OPTIONS`.

OPTIONS (JSON): `data`, the folder; `doors`; `workers`, how many; `prefect`, whether its server runs too. Starting that takes
longer than all the rest, so where it is not what dies it stays away: that workers do without it is what tests/flows shows.
"""

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from cli.supervise.doors import DOORS, Ground, house_children
from cli.supervise.kept import ChildPlan
from cli.supervise.supervisor import Wanted, supervise
from cli.supervise.troubles import CannotRun
from cli.supervise.voice import Voice
from tests.chaos.workers import NO_PREFECT


def killable(ground: Ground, options: dict[str, Any]) -> list[ChildPlan]:
    """The children's own plans, the worker's as many times over as is asked for."""
    by_name = {plan.name: plan for plan in house_children(ground)}
    worker, away = by_name["worker"], {} if options["prefect"] else NO_PREFECT
    names = [f"worker-{number}" for number in range(options["workers"])]
    workers = [
        replace(
            worker,
            name=name,
            env=worker.env | away | {"PREFECT_HOME": str(ground.folder.path / name)},
            log=ground.folder.log(name),
        )
        for name in names
    ]
    prefect = [by_name["prefect"]] if options["prefect"] else []
    return [*prefect, *(by_name[door] for door in options["doors"]), *workers]


if __name__ == "__main__":
    told = json.loads(sys.argv[1])
    ports = dict.fromkeys(("prefect", *DOORS), ("127.0.0.1", 0))
    voice = Voice("en")
    try:
        supervise(Wanted(Path(told["data"]), ports, environment="test"), voice, plan=lambda ground: killable(ground, told))
    except CannotRun as trouble:
        voice.refuse(trouble)
        sys.exit(1)
