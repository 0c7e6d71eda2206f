"""The file of everybody's signed public keys, which goes with seats to the machine where they are sealed again."""

import json
from collections.abc import Iterable
from typing import Any, ClassVar, Final
from uuid import UUID

from actions.people import NobodyCalled
from policies.refusal import Refusal
from records.vault import PublicKey, SignedKey

FILE: Final = "amparo-keys-1"


class KeysFileBroken(Refusal):
    """The file of public keys beside the seats is damaged, or is not one."""

    code: ClassVar[str] = "keys_file_broken"
    status: ClassVar[int] = 422


def written_keys(key: SignedKey, name: str | None, login: str | None) -> dict[str, Any]:
    """One line of the file."""
    return {
        "name": name,
        "login": login,
        "person": str(key.person),
        "serial": key.serial,
        "enrols": key.enrols,
        "box": key.box.raw.hex(),
        "verify": key.verify.hex(),
        "signed_by": key.signed_by.hex(),
        "signature": key.signature.hex(),
    }


def read_keys(text: str) -> tuple[list[SignedKey], list[tuple[str | None, UUID]]]:
    """The signed keys of the file, and the names and logins it gives them. Raises KeysFileBroken."""
    signed, names = [], []
    try:
        content = json.loads(text)
        if content["file"] != FILE:
            raise KeysFileBroken()
        for row in content["keys"]:
            raw = {name: bytes.fromhex(row[name]) for name in ("verify", "signed_by", "signature")}
            person, box = UUID(row["person"]), PublicKey(bytes.fromhex(row["box"]))
            signed.append(SignedKey(person, box, enrols=bool(row["enrols"]), serial=int(row["serial"]), **raw))
            names += [(row["name"], person), (row["login"], person)]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise KeysFileBroken() from None
    return signed, names


def called(names: Iterable[tuple[str | None, UUID]], to: str) -> UUID:
    """Whose name or login it is, and nobody else's. Raises NobodyCalled."""
    found = {person for name, person in names if name == to}
    if len(found) != 1:
        raise NobodyCalled(found=len(found))
    return found.pop()
