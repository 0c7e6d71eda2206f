"""What runs beside PostgreSQL, as data: the doors, the worker and Prefect's server, each with its own secrets."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cli.supervise.data_folder import DataFolder
from cli.supervise.kept import ChildPlan
from cli.supervise.prefect_server import client_environment, prefect_server
from settings import inherited, mail_environment

DOORS = ("intake", "desk", "council")
"""The doors that exist; `amparo serve <door>` runs one."""

_ROLE_OF = {
    "intake": ("ombuds", "ombuds_intake"),
    "desk": ("ombuds", "ombuds_desk"),
    "council": ("house", "house_council"),
}
_KEYS_OF = {
    "intake": {"AMPARO_INTAKE_PEPPER_FILE": "intake.pepper"},
    "desk": {"AMPARO_DESK_KEY_FILE": "desk.key", "AMPARO_INTAKE_PEPPER_FILE": "intake.pepper"},
    "council": {"AMPARO_COUNCIL_KEY_FILE": "council.key"},
}
_TREE = Path(__file__).resolve().parents[2]  # `-m` imports from where a process stands, not from where we are called


@dataclass(frozen=True, slots=True)
class Ground:
    """What children are planned on: the data folder, the rules and language, and (host, port) by child that listens."""

    folder: DataFolder
    pack: str
    lang: str
    ports: Mapping[str, tuple[str, int]]

    def url_file(self, database: str, role: str) -> Path:
        """The file with the address of one role in one database."""
        return self.folder.secret_file(f"{database}-{role}.url")


def house_children(ground: Ground) -> list[ChildPlan]:
    """All children, in the order in which they are started."""
    return [_prefect(ground), _worker(ground), *(_door(ground, name) for name in DOORS)]


def address(host: str, port: int) -> str:
    """Where to reach what listens on `host`: this machine, where it listens on all of its addresses."""
    reached = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104  # only read, to know where to look
    return f"http://{reached}:{port}"


def _door(ground: Ground, name: str) -> ChildPlan:
    database, role = _ROLE_OF[name]
    host, port = ground.ports[name]
    env = {
        f"AMPARO_{database.upper()}_URL_FILE": str(ground.url_file(database, role)),
        f"AMPARO_{name.upper()}_HOST": host,
        f"AMPARO_{name.upper()}_PORT": str(port),
    } | {variable: str(ground.folder.key_file(key)) for variable, key in _KEYS_OF[name].items()}
    if name == "council":
        env["AMPARO_RELEASES"] = str(ground.folder.releases)
    if database == "ombuds":
        env["AMPARO_CEREMONY_FILE"] = str(ground.folder.secret_file("ceremony.pub"))
    return ChildPlan(
        name=name,
        argv=(sys.executable, "-m", "cli.main", "serve", name),
        env=_shared(ground) | env,
        cwd=_TREE,
        log=ground.folder.log(name),
        address=address(host, port),
        ready="/readyz",
    )


def _worker(ground: Ground) -> ChildPlan:
    auth = _prefect_auth(ground)
    api_url = f"{address(*ground.ports['prefect'])}/api"
    env = {
        "AMPARO_HOUSE_URL_FILE": str(ground.url_file("house", "house_flows")),
        "AMPARO_OMBUDS_URL_FILE": str(ground.url_file("ombuds", "ombuds_flows")),
        "AMPARO_REPORTS_URL_FILE": str(ground.url_file("ombuds", "ombuds_reports")),
        "AMPARO_RELEASES": str(ground.folder.releases),
        "AMPARO_HOUSE_LEDGER_KEY_FILE": str(ground.folder.key_file("ledger-house.key")),
        "AMPARO_OMBUDS_LEDGER_KEY_FILE": str(ground.folder.key_file("ledger-ombuds.key")),
    } | mail_environment()
    client = client_environment(ground.folder.path / "prefect-client", api_url=api_url, auth=auth)
    return ChildPlan(
        name="worker",
        argv=(sys.executable, "-m", "cli.main", "worker"),
        env=_shared(ground) | client | env,
        cwd=_TREE,
        log=ground.folder.log("worker"),
    )


def _prefect(ground: Ground) -> ChildPlan:
    return prefect_server(
        ground.folder.path / "prefect",
        port=ground.ports["prefect"][1],
        auth=_prefect_auth(ground),
        inherited=inherited() | {"PYTHONUNBUFFERED": "1"},
        log=ground.folder.log("prefect"),
    )


def _prefect_auth(ground: Ground) -> str:
    return ground.folder.secret("prefect.auth", before="amparo:")  # name:word, so that a browser can be told it too


def _shared(ground: Ground) -> dict[str, str]:
    ours = {
        "AMPARO_ENVIRONMENT": ground.folder.environment,
        "AMPARO_PACK": ground.pack,
        "AMPARO_LANG": ground.lang,
        "PYTHONUNBUFFERED": "1",
    }
    return inherited() | ours
