"""The offices that flows work for: one a database, opened from this process's own settings."""

from functools import cache

from actions.office import Office, open_office
from settings import Settings, secret_in


class NotConfigured(RuntimeError):
    """A flow was started without the address of its database or its environment: start it through `amparo worker`."""


@cache
def office_of(database: str) -> Office:
    """The office of `house` or `ombuds`, opened once a process. Raises NotConfigured."""
    settings = Settings()
    if database == "house":
        return _open("house", settings)
    return _open("ombuds", settings)


def _open(database: str, settings: Settings) -> Office:
    file = settings.house_url_file if database == "house" else settings.ombuds_url_file
    if file is None or settings.environment is None:
        raise NotConfigured(f"AMPARO_{database.upper()}_URL_FILE and AMPARO_ENVIRONMENT are needed")
    return open_office(
        secret_in(file),
        database="house" if database == "house" else "ombuds",
        environment=settings.environment,
        pack=settings.pack,
    )
