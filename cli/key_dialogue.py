"""What the `amparo keys` commands share: options, the operator's office, questions and files."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

import typer

from cli.people import NoPassphrase, PassphrasesDiffer
from cli.refuse import refuse
from policies.refusal import Refusal
from policies.said import Fact, Said
from settings import Settings
from web.messages import LANGUAGES, Messages

if TYPE_CHECKING:  # SQLAlchemy takes a second to load, which every other command would pay: so the rest is imported where used
    from actions.keys import Signer
    from actions.office import Office


class FileUnusable(Refusal):
    """A file that cannot be read, or cannot be written, or is there already."""

    code: ClassVar[str] = "file_unusable"
    status: ClassVar[int] = 422


class NobodySigns(Refusal):
    """A key needs somebody to vouch for it, and nobody was named."""

    code: ClassVar[str] = "nobody_signs"
    status: ClassVar[int] = 422


DAY = ["%Y-%m-%d"]
Who = Annotated[str, typer.Argument(help="The login, or the name if only one person has it.", show_default=False)]
Login = Annotated[str, typer.Option("--login", metavar="L", help="What the person signs in by.", show_default=False)]
Passphrase = Annotated[Path | None, typer.Option("--passphrase-file", help="Its first line, instead of asking.")]
NewPassphrase = Annotated[Path | None, typer.Option("--new-passphrase-file", help="Its first line, instead of asking.")]
Code = Annotated[str | None, typer.Option("--code", help="Six digits, instead of asking.")]
Shares = Annotated[list[Path] | None, typer.Option("--share-file", help="A file with one share; give two.")]
By = Annotated[str | None, typer.Option("--by", metavar="L", help="Login of an enrolling holder who signs.")]
ByPassphrase = Annotated[Path | None, typer.Option("--by-passphrase-file", help="The signer's, instead of asking.")]
ByCode = Annotated[str | None, typer.Option("--by-code", help="The signer's six digits, instead of asking.")]
Mail = Annotated[str | None, typer.Option("--mail", metavar="M", help="Where the office's fixed mails go.")]
Role = Annotated[list[str] | None, typer.Option("--role", metavar="R", help="An office at the desk; repeat.")]
Start = Annotated[datetime | None, typer.Option("--from", metavar="D", formats=DAY, help="First day; else today.")]
Until = Annotated[datetime | None, typer.Option("--until", metavar="D", formats=DAY, help="First day no longer.")]
MayEnrol = Annotated[bool, typer.Option("--may-enrol", help="May sign others' keys. Only the ceremony grants it.")]
Renew = Annotated[bool, typer.Option("--renew", help="A new key for somebody who lost theirs.")]
Reads = Annotated[Literal["en", "es", "pt", "fr"], typer.Option("--language", help="What they read.")]
Data = Annotated[Path | None, typer.Option("--data", metavar="DIR", help="Folder that holds the installation.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Lang = Annotated[str | None, typer.Option("--lang", help="en, es, pt or fr.")]


@contextmanager
def operating(data: Path | None, lang: str | None, *, as_json: bool = False) -> Iterator["Office"]:
    """The ombudsperson's office as the owner of its tables, with the keys in the data folder; a refusal ends the program."""
    from actions.office import Office
    from actions.trust import trust_in
    from cli.installation import offices

    folder = data or Settings().data
    with refusing(lang, as_json=as_json), offices(data, "owner") as opened:
        owner = opened["ombuds"]
        trust = trust_in(folder / "secrets" / "ceremony.pub", server_key=folder / "secrets" / "desk.key")
        yield Office(owner.engine, database="ombuds", environment=owner.environment, shelf=owner.shelf, trust=trust)


@contextmanager
def refusing(lang: str | None, *, as_json: bool = False) -> Iterator[None]:
    """Say what was refused, in the operator's language, and end the program."""
    try:
        yield
    except Refusal as refusal:
        sys.exit(refuse(refusal, lang, as_json=as_json))


def signer_of(
    office: "Office", shares: list[Path] | None, holder: tuple[str | None, Path | None, str | None], lang: str | None
) -> "Signer | None":
    """Who signs: two shares, or a holder with passphrase and code; None if neither was named."""
    from actions.keys import by_holder, by_shares

    if shares:
        return by_shares(office, [read_text(file) for file in shares])
    login, passphrase_file, code = holder
    if login is None:
        return None
    print(f"{login}:", file=sys.stderr)
    return by_holder(office, login, ask_passphrase(passphrase_file, lang), ask_code(code, lang))


def required_signer(
    office: "Office", shares: list[Path] | None, holder: tuple[str | None, Path | None, str | None], lang: str | None
) -> "Signer":
    """As `signer_of`. Raises NobodySigns where neither was named."""
    signer = signer_of(office, shares, holder, lang)
    if signer is None:
        raise NobodySigns()
    return signer


def ask_passphrase(file: Path | None, lang: str | None) -> str:
    """The first line of a file, else asked for without showing it. Raises NoPassphrase."""
    if file is not None:
        return _first_line(file)
    return str(typer.prompt(say(lang, "people.passphrase"), hide_input=True, err=True))


def ask_new_passphrase(file: Path | None, lang: str | None) -> str:
    """As `ask_passphrase`, but typed twice. Raises PassphrasesDiffer."""
    if file is not None:
        return _first_line(file)
    first = str(typer.prompt(say(lang, "keys.passphrase_new"), hide_input=True, err=True))
    if first != str(typer.prompt(say(lang, "people.passphrase_again"), hide_input=True, err=True)):
        raise PassphrasesDiffer()
    return first


def _first_line(file: Path) -> str:
    try:
        return (file.read_text(encoding="utf-8").splitlines() or [""])[0]
    except (OSError, UnicodeDecodeError):
        raise NoPassphrase(file=str(file)) from None


def ask_code(given: str | None, lang: str | None) -> str:
    """The six digits given, else asked for."""
    return given or str(typer.prompt(say(lang, "keys.code"), err=True))


def read_text(file: Path) -> str:
    """What stands in a file. Raises FileUnusable."""
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise FileUnusable(file=str(file)) from None


def write_new(file: Path, text: str) -> None:
    """Write a file that only its owner can read. Raises FileUnusable, also if it is there."""
    from actions.keys import write_secret

    try:
        write_secret(file, text.encode())
    except OSError:
        raise FileUnusable(file=str(file)) from None


def make_folder(folder: Path) -> None:
    """Make a folder that only its owner can enter, if there is none. Raises FileUnusable."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        raise FileUnusable(file=str(folder)) from None


def unused(*files: Path) -> None:
    """Look before anything is done that a file in the way would make useless."""
    for file in files:
        if file.exists():
            raise FileUnusable(file=str(file))


def beside(file: Path) -> Path:
    """Where the public keys lie that belong to exported seats."""
    return file.with_name(file.name + ".keys")


def say(lang: str | None, key: str, **facts: Fact) -> str:
    """The sentence in the operator's language."""
    return Messages(lang if lang in LANGUAGES else Settings().lang).say(Said(key, facts))
