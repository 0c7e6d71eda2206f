"""A running installation as an operator's command sees it: its data folder and the offices it may open."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar, Literal

from actions.office import Database, Office, open_office
from policies.refusal import Refusal
from settings import Settings

Role = Literal["flows", "owner", "director", "reports"]
_ROLES: dict[Role, dict[Database, str]] = {
    "flows": {"house": "house_flows", "ombuds": "ombuds_flows"},
    "owner": {"house": "amparo_owner", "ombuds": "amparo_owner"},
    "director": {"house": "director", "ombuds": "director"},
    "reports": {"house": "house_flows", "ombuds": "ombuds_reports"},
}
DATABASES: tuple[Database, ...] = ("house", "ombuds")


class NoInstallation(Refusal):
    """The folder holds no installation, or none that this account may read."""

    code: ClassVar[str] = "no_installation"
    status: ClassVar[int] = 404


@contextmanager
def offices(data: Path | None, role: Role) -> Iterator[dict[Database, Office]]:
    """Both offices of the installation in `data`, as one role. Raises NoInstallation."""
    settings = Settings()
    folder = data or settings.data
    environment, addresses = _read(folder, role)
    opened = {
        database: open_office(url, database=database, environment=environment, pack=settings.pack)
        for database, url in addresses.items()
    }
    try:
        yield opened
    finally:
        for office in opened.values():
            office.engine.dispose()


def _read(folder: Path, role: Role) -> tuple[str, dict[Database, str]]:
    try:
        environment = (folder / "environment").read_text(encoding="ascii").strip()
        return environment, {name: _address(folder, name, _ROLES[role][name]) for name in DATABASES}
    except OSError:
        raise NoInstallation(folder=str(folder)) from None


def _address(folder: Path, database: Database, role: str) -> str:
    return (folder / "secrets" / f"{database}-{role}.url").read_text(encoding="utf-8").strip()
