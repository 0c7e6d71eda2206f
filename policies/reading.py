"""Reading one file of rules: its content in the shape the program knows, or a refusal with file, key and reason."""

import tomllib
from pathlib import Path
from typing import ClassVar, TypeVar

from pydantic import TypeAdapter, ValidationError

from policies.refusal import Refusal

T = TypeVar("T")


class RulesUnreadable(Refusal):
    """A file of rules is missing, is not TOML, or holds a value the program does not know."""

    code: ClassVar[str] = "rules_unreadable"
    status: ClassVar[int] = 500


def read(path: Path, shape: type[T]) -> T:
    """Read a TOML file as `shape`. Raises RulesUnreadable; the first wrong key is named."""
    name = f"{path.parent.name}/{path.name}"
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as broken:
        raise RulesUnreadable(file=name, key="-", reason=type(broken).__name__ + ": " + str(broken)) from None
    return checked(name, content, shape)


def checked(name: str, content: object, shape: type[T], under: str = "") -> T:
    """Read content that came from the file `name`, at the key `under`. Raises RulesUnreadable."""
    try:
        return TypeAdapter(shape).validate_python(content)
    except ValidationError as wrong:
        first = wrong.errors(include_input=False, include_url=False)[0]
        key = ".".join([*filter(None, [under]), *map(str, first["loc"])]) or "-"
        raise RulesUnreadable(file=name, key=key, reason=str(first["msg"])) from None
