"""`amparo report verify`: whether a folder is a release as it was signed: no more, no less, unchanged.

Needs no installation where the key is named.
"""

import json
import sys
from pathlib import Path
from typing import Annotated, ClassVar, Final

import typer

from cli.refuse import refuse, spoken
from policies.refusal import Refusal
from policies.said import Said
from reports.form.verify import Verified, verify_release
from settings import Settings
from web.messages import Messages

KEY_LENGTH: Final = 32
NOT_GENUINE, UNREADABLE = 1, 2


class KeyUnreadable(Refusal):
    """What should be a public key, or a file of them, is not."""

    code: ClassVar[str] = "report_key_unreadable"
    status: ClassVar[int] = 422


def verify(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="One release.")],
    key: Annotated[
        str | None,
        typer.Option("--key", metavar="HEX|FILE", help="The public key, or a file of keys. Left out: the house's own."),
    ] = None,
    data: Annotated[Path | None, typer.Option("--data", metavar="DIR", help="Folder that holds the installation.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
    lang: Annotated[str | None, typer.Option("--lang", metavar="L", help="en, es, pt or fr.")] = None,
) -> None:
    """Check a copy of a release against its signature. Exit 0: genuine; 1: it is not; 2: it cannot be read."""
    messages = spoken(lang, as_json=as_json)
    try:
        found = _checked(folder, _own_keys(data) if key is None else _keys(key))
    except Refusal as refusal:
        sys.exit(refuse(refusal, lang, as_json=as_json, code=UNREADABLE))
    if as_json:
        print(json.dumps(found.as_plain(), ensure_ascii=False, indent=2))
    else:
        _tell(found, folder, messages)
    sys.exit(UNREADABLE if found.trouble else 0 if found.genuine else NOT_GENUINE)


def _own_keys(data: Path | None) -> list[bytes]:
    """The keys by which the installation's house signs: the one in use first. Raises what `public_keys` raises."""
    from actions.ledger_keys import public_keys  # here, not above: whoever names a key needs no installation

    return [bytes(each) for each in public_keys((data or Settings().data) / "secrets" / "ledger-house.key")]


def _keys(told: str) -> list[bytes]:
    """The keys of a file, one a line in hex, or the one that was typed. Raises KeyUnreadable."""
    try:
        file = Path(told)
        lines = file.read_text(encoding="ascii").split() if file.is_file() else [told.strip()]
        keys = [bytes.fromhex(line) for line in lines]
    except (OSError, ValueError):
        raise KeyUnreadable() from None
    if not keys or any(len(key) != KEY_LENGTH for key in keys):
        raise KeyUnreadable()
    return keys


def _checked(folder: Path, keys: list[bytes]) -> Verified:
    """What the key that signed shows; what the first shows where none did."""
    found = [verify_release(folder, key) for key in keys]
    return next((each for each in found if each.signed), found[0])


def _tell(found: Verified, folder: Path, messages: Messages) -> None:
    if found.trouble:
        print(messages.say(Said("report_cli.verify.unreadable", {"folder": str(folder)})), file=sys.stderr)
        return
    summary = "genuine" if found.genuine else "not_genuine"
    print(messages.say(Said(f"report_cli.verify.{summary}", {"series": found.series or "", "edition": found.edition or ""})))
    if not found.signed:
        print(f"- {messages.say(Said('report_cli.verify.not_signed'))}")
    for what in ("missing", "changed", "extra"):
        for name in getattr(found, what):
            print(f"- {messages.say(Said(f'report_cli.verify.{what}', {'file': name}))}")
