"""All that the surroundings tell us. This file is the only reader of the environment; doors, flows and cli ask it."""

import os
from pathlib import Path
from typing import Literal, get_args

from pydantic import AliasChoices, Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

Environment = Literal["real", "demo", "test"]
Language = Literal["en", "es", "pt", "fr"]

# What a child process may inherit from whoever started us: where programs, time zones and temporary folders are.
_INHERITED = ("PATH", "HOME", "TMPDIR", "TZ", "LANG", "LC_ALL", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "NO_COLOR")


class Settings(BaseSettings):
    """Settings of one process, from variables `AMPARO_<NAME>`. A value that cannot be read stops the start.

    Passwords are never variables: `*_file` names a 0600 file that holds one address or word. A process is given the
    files of its own role only; a setting it is not given is None.
    """

    model_config = SettingsConfigDict(
        env_prefix="AMPARO_", extra="ignore", frozen=True, populate_by_name=True, hide_input_in_errors=True
    )

    environment: Environment | None = None
    """None: that of the data folder, or `demo` where the folder is new. `real` is always said by a person."""
    pack: str = "oas"
    data: Path = Path("data")
    lang: Language = Field(default="en", validation_alias=AliasChoices("AMPARO_LANG", "LC_ALL", "LC_MESSAGES", "LANG"))
    """The operator's language; English where the machine's is none of ours."""

    house_url_file: Path | None = None
    ombuds_url_file: Path | None = None
    reports_url_file: Path | None = None
    """The address of the role that counts for the office's reports. The worker hands it on to the process that drafts, unread."""
    releases: Path | None = None
    """The folder of released reports, `<series>/<edition>/`. The worker writes it, the council door reads it."""
    intake_pepper_file: Path | None = None
    """32 bytes that make words into a locator: for the intake, and for the desk, which types for somebody on the phone. Never
    changed: with another, no words lead anywhere."""
    desk_key_file: Path | None = None
    """32 bytes that seal what the desk must read before a person's own key is at hand."""
    council_key_file: Path | None = None
    """The same for the council door."""
    ceremony_file: Path | None = None
    """The public key of the key ceremony (hex), to which all signed keys go back. Missing until a ceremony was held."""

    house_ledger_key_file: Path | None = None
    """32 bytes that sign the heads of the house's ledger. Its theft lets somebody sign another history: see the threat model."""
    ombuds_ledger_key_file: Path | None = None
    """The same for the ombudsperson's office."""

    smtp_host: str | None = None
    """Where mails are handed over; None: they wait in the outbox."""
    smtp_port: int = Field(default=25, ge=1, le=65535)
    smtp_from: str = "noreply@amparo.invalid"
    """An address nobody reads: what is answered to a mail must reach nobody."""
    smtp_starttls: bool = True

    intake_host: str = "127.0.0.1"
    intake_port: int = Field(default=8081, ge=0, le=65535)
    desk_host: str = "127.0.0.1"
    desk_port: int = Field(default=8082, ge=0, le=65535)
    council_host: str = "127.0.0.1"
    council_port: int = Field(default=8083, ge=0, le=65535)
    prefect_port: int = Field(default=4200, ge=0, le=65535)
    """Prefect's server always listens on 127.0.0.1: whoever reaches it sees what the flows see."""

    @field_validator("lang", mode="before")
    @classmethod
    def _one_of_ours(cls, value: object) -> object:
        """Read `es_ES.UTF-8` as `es`."""
        short = str(value)[:2].lower()
        return short if short in get_args(Language) else "en"


def secret_in(file: Path) -> str:
    """Return the one line that a secret file holds. Raises OSError when it cannot be read."""
    return file.read_text(encoding="utf-8").strip()


def mail_environment() -> dict[str, str]:
    """Return the variables that say where mails are handed over: the supervisor passes them to the worker alone."""
    return {name: value for name, value in os.environ.items() if name.startswith("AMPARO_SMTP_")}


def inherited() -> dict[str, str]:
    """Return the variables that a child process may inherit: no setting, no secret, no proxy."""
    return {name: os.environ[name] for name in _INHERITED if name in os.environ}
