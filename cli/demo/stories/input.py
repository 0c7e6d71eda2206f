"""Real input: the 2015 restructuring, as the founders' notes give it."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_FILE = Path(__file__).parents[1] / "data" / "oas2015.yaml"


@cache
def oas2015() -> dict[str, Any]:
    """The whole file, read once."""
    content: dict[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return content


def mandate(name: str) -> dict[str, Any]:
    """One mandate by its id in the file."""
    found: dict[str, Any] = next(each for each in oas2015()["mandates"] if each["id"] == name)
    return found


def adopted(name: str) -> date:
    """The day a mandate was adopted, as its source gives it."""
    day: date = mandate(name)["adopted_on"]
    return day


def title(name: str) -> str:
    """A mandate's title."""
    return str(mandate(name)["title"]["value"])
