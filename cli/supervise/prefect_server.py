"""Prefect's own server: runs, retries and a view for operators. Loopback only, behind a random word, telling nobody."""

import sys
from pathlib import Path
from urllib.parse import quote

from cli.supervise.kept import ChildPlan

_QUIET = {
    "DO_NOT_TRACK": "1",  # the client's switch and the server's: each alone leaves the other on
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "false",
    "PREFECT_LOGGING_TO_API_ENABLED": "false",
    "PREFECT_SERVER_CSRF_PROTECTION_ENABLED": "true",
}


def prefect_server(folder: Path, *, port: int, auth: str, inherited: dict[str, str], log: Path) -> ChildPlan:
    """How to run the server: its SQLite file and all it writes under `folder`, listening on 127.0.0.1:`port`.

    It is run by uvicorn directly, because `prefect server start` asks questions and prints addresses. `auth` guards
    every route but health; programs send it as basic credentials.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    address = f"http://127.0.0.1:{port}"
    server = {
        "PREFECT_HOME": str(folder),
        "PREFECT_SERVER_DATABASE_CONNECTION_URL": f"sqlite+aiosqlite:///{quote(str(folder / 'prefect.db'))}",
        "PREFECT_SERVER_API_AUTH_STRING": auth,
        "PREFECT_SERVER_API_HOST": "127.0.0.1",
        "PREFECT_SERVER_API_PORT": str(port),
        "PREFECT_SERVER_UI_STATIC_DIRECTORY": str(folder / "ui"),  # else it writes into the installed package
        "PREFECT_UI_API_URL": f"{address}/api",
        "PREFECT_SERVER_REGISTER_BLOCKS_ON_START": "false",  # we use none; saves seconds
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(14 * 24 * 3600),  # seconds
        "PREFECT__SERVER_FINAL": "1",
    }
    argv = [sys.executable, "-m", "uvicorn", "--factory", "prefect.server.api.server:create_app"]
    argv += ["--host", "127.0.0.1", "--port", str(port), "--timeout-keep-alive", "5", "--no-access-log"]
    argv += ["--timeout-graceful-shutdown", "5", "--log-level", "warning"]
    return ChildPlan(
        name="prefect",
        argv=tuple(argv),
        env=inherited | _QUIET | server,
        cwd=folder,  # Prefect reads settings files from where it stands
        log=log,
        address=address,
        ready="/api/ready",
        needs_database=False,
    )


def client_environment(folder: Path, *, api_url: str, auth: str) -> dict[str, str]:
    """How a worker reaches the server at `api_url` (it ends in `/api`), keeping its own files in `folder`."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return _QUIET | {"PREFECT_HOME": str(folder), "PREFECT_API_URL": api_url, "PREFECT_API_AUTH_STRING": auth}
