"""What the style sheet promises: every class has its colour, and colours can be told from what they lie on, light and dark."""

import re
from pathlib import Path
from typing import get_args

import pytest

from web.drawing.flow_blocks import Fate
from web.drawing.shapes import Mark, Passage

STATIC = Path(__file__).parents[3] / "web" / "static"
SHEET = (STATIC / "drawing.css").read_text(encoding="utf-8")
HOUSE = (STATIC / "style.css").read_text(encoding="utf-8")
TEXT = ("ink", "soft", "link", "red")
GRAPHICS = ("line", "focus", "blue", "orange", "green", "purple", "olive", "grey", "red")
DARK = "@media (prefers-color-scheme: dark)"


def variables(sheet: str) -> dict[str, str]:
    return dict(re.findall(r"(--[a-z-]+):\s*([^;]+);", sheet))


def block(sheet: str, start: str) -> str:
    """The first `:root` after a place."""
    return sheet[sheet.index(":root", sheet.index(start)) :].split("}", maxsplit=1)[0]


def palette(scheme: str) -> dict[str, str]:
    """All variables of a scheme, as the two sheets together resolve them."""
    found = variables(block(HOUSE, ":root")) | variables(block(SHEET, ":root"))
    if scheme == "dark":
        found |= variables(block(HOUSE, DARK)) | variables(block(SHEET, DARK))
    return found


def colour(found: dict[str, str], name: str) -> tuple[float, float, float]:
    value = found[f"--d-{name}"]
    while (other := re.match(r"var\((--[a-z-]+)", value)) is not None:
        value = found[other[1]]
    digits = value.strip().removeprefix("#")
    red, green, blue = (int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4))
    return red, green, blue


def contrast(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    """As WCAG 2 counts it."""

    def light(of: tuple[float, float, float]) -> float:
        red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in of)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["ground", "panel"])
def test_words_and_lines_stand_out(scheme: str, ground: str):
    found = palette(scheme)
    under = colour(found, ground)
    weak = {name: contrast(colour(found, name), under) for name in TEXT if contrast(colour(found, name), under) < 4.5}
    weak |= {name: contrast(colour(found, name), under) for name in GRAPHICS if contrast(colour(found, name), under) < 3}
    assert weak == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_on_bars_stand_out(scheme: str):
    found = palette(scheme)
    tones = ("blue", "orange", "green", "purple", "olive", "grey")
    assert [name for name in tones if contrast(colour(found, name), colour(found, "on")) < 4.5] == []


def test_every_fate_mark_passage_and_tone_is_in_the_sheet():
    kinds = [f"d-band-{fate}" for fate in get_args(Fate) if fate != "orphan"] + [f"d-rim-{fate}" for fate in get_args(Fate)]
    kinds += [f"d-mark-{mark}" for mark in get_args(Mark) if mark] + [f"d-tone-{tone}" for tone in range(6)]
    kinds += [f"d-stop-{passage}" for passage in get_args(Passage) if passage != "ahead"]
    assert [one for one in kinds if not re.search(rf"\.{one}\b(?![-\w])", SHEET)] == []


def test_every_class_that_is_drawn_is_in_the_sheet():
    code = "".join(path.read_text(encoding="utf-8") for path in (STATIC.parent / "drawing").glob("*.py"))
    drawn = set(re.findall(r"\bd-[a-z]+(?:-[a-z_]+)*\b(?!-\{|\{)", "".join(re.findall(r'"[^"\n]*\bd-[^"\n]*"', code))))
    grouping = {"d-flow", "d-trees", "d-timeline", "d-lineage", "d-ladder", "d-states"}
    grouping |= {"d-unit", "d-function", "d-group", "d-row", "d-span", "d-point", "d-day", "d-member", "d-descent", "d-stage"}
    assert sorted(one for one in drawn - grouping if f".{one}" not in SHEET and not one.endswith(("-", "-mark", "-of"))) == []


def test_every_scheme_says_every_colour():
    names = {name for name in variables(block(SHEET, ":root")) if name.startswith("--d-")}
    for scheme in ("@media print", "@media (forced-colors: active)"):
        assert set(variables(block(SHEET, scheme))) == names
    used = set(re.findall(r"var\((--d-[a-z-]+)\)", SHEET))
    assert used == names
