"""Pieces of SVG: escaped, with classes and attributes of its own only (the doors' policy of content refuses inline style).

Lengths are in pixels of 1/16 rem, so that a reader's larger letters make the picture larger.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import Final
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from web.drawing.letters import plain
from web.drawing.shapes import Frame

SMALL, NORMAL, LARGE = 12.0, 13.0, 15.0
"""Sizes of letters; `drawing.css` says the same of the classes d-small, d-normal, d-large."""
LINE: Final = 16.0
"""From one line of words to the next."""
_REM: Final = 16
_CLASS_OF: Final = {SMALL: "d-small", NORMAL: "d-normal", LARGE: "d-large"}
_ID: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_AS_IT_IS: Final = re.compile(r"[\w!#-%(-;=?-~·–…]+(?: [\w!#-%(-;=?-~·–…]+)*")
"""Letters and signs with single blanks between, as nearly all words are: nothing to escape (`& < > " '`), join or leave out."""


class NotLocalError(ValueError):
    """A picture links to pages of its own door only; whoever drew it gave another address."""


def tag(name: str, *inside: Markup | str, **given: str | float | None) -> Markup:
    """An element. `class_` is class, `stroke_width` stroke-width; None is left out; words inside are escaped."""
    told = "".join([f' {_attribute(key)}="{_value(value)}"' for key, value in given.items() if value is not None])
    held = "".join([one if isinstance(one, Markup) else _escaped(one) for one in inside])
    return Markup(f"<{name}{told}>{held}</{name}>" if held else f"<{name}{told}/>")  # noqa: S704  every part is escaped above


@cache
def _attribute(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def _value(value: str | float) -> str:
    return _escaped(value) if isinstance(value, str) else number(value)


def _escaped(words: str) -> str:
    return words if _AS_IT_IS.fullmatch(words) else str(escape(plain(words)))


def number(value: float) -> str:
    """A length with at most one decimal, without a zero behind."""
    if value == int(value):
        return str(int(value))
    return f"{round(value, 1):g}" if abs(value) < 100_000 else f"{value:.0f}"


def joined(parts: Iterable[Markup]) -> Markup:
    """Pieces one after the other."""
    return Markup("".join([one if isinstance(one, Markup) else escape(one) for one in parts]))  # noqa: S704  escaped here


def rect(x: float, y: float, wide: float, tall: float, class_: str, round_: float = 3, **more: str | float | None) -> Markup:
    """A box."""
    return tag("rect", x=x, y=y, width=wide, height=tall, rx=round_, class_=class_, **more)


def hit(x: float, y: float, wide: float, tall: float) -> Markup:
    """Room around the words of a link, so that a finger finds it."""
    return rect(x, y, wide, tall, "d-hit")


def path(course: str, class_: str, **more: str | float | None) -> Markup:
    """A line or a shape."""
    return tag("path", d=course, class_=class_, **more)


def words(
    lines: Iterable[str],
    x: float,
    y: float,
    size: float = NORMAL,
    class_: str = "",
    anchor: str | None = None,
    step: float = LINE,
) -> Markup:
    """Lines of words; `y` is the foot of the first."""
    every = (
        tag("text", line, x=x, y=y + place * step, class_=f"{_CLASS_OF[size]} {class_}".strip(), text_anchor=anchor)
        for place, line in enumerate(lines)
    )
    return joined(every)


def named(name: str, *inside: Markup, class_: str | None = None, id_: str | None = None) -> Markup:
    """A group with its whole name, which is shown on pointing at it."""
    return tag("g", tag("title", name), *inside, class_=class_, id_=id_)


def linked(href: str, name: str, inside: Markup) -> Markup:
    """A link around a piece, named in full; without an address the piece alone. Raises NotLocalError for one elsewhere."""
    if not href:
        return inside
    at = urlsplit(href)
    if at.scheme or at.netloc or href[0] not in "/?#" or "\\" in href:
        raise NotLocalError("a picture links to pages of its own door only")
    return tag("a", inside, href=href, aria_label=name)


def hatch(frame: Frame) -> Markup:
    """The pattern of what is wrong: lines across, so that it is not told by colour alone. Used as `fill` by `hatched`."""
    line = path("M-2,2 l4,-4 M0,8 l8,-8 M6,10 l4,-4", "d-hatch-line")
    ground = tag("rect", width=8, height=8, class_="d-hatch-ground")
    return tag("pattern", ground, line, id_=f"{frame.id}-hatch", width=8, height=8, patternUnits="userSpaceOnUse")


def hatched(frame: Frame) -> str:
    """The fill of a shape that is hatched."""
    return f"url(#{frame.id}-hatch)"


def arrowhead(x: float, y: float, class_: str) -> Markup:
    """A point to the right, its tip here."""
    return path(f"M{number(x)},{number(y)} l-7,-4 v8 z", class_)


def picture(
    frame: Frame, wide: float, tall: float, *inside: Markup, defs: Markup | None = None, kind: str = "", scrolls: bool = True
) -> Markup:
    """The whole picture, named. It is one image for who cannot see it, unless links in it must be reached: then a group.

    A wide one is in a region of its own that scrolls and takes the focus, so that the page never scrolls sideways.
    """
    if not _ID.fullmatch(frame.id):
        raise ValueError("a picture's id begins with a letter and has letters, digits, - and _ only")
    drawn = joined(inside)
    image = tag(
        "svg",
        tag("title", frame.title, id_=f"{frame.id}-title"),
        tag("desc", frame.description, id_=f"{frame.id}-desc"),
        *([tag("defs", defs)] if defs else []),
        drawn,
        xmlns="http://www.w3.org/2000/svg",
        role="group" if "<a " in drawn else "img",
        aria_labelledby=f"{frame.id}-title {frame.id}-desc",
        class_=f"drawing {kind}".strip(),
        width=f"{number(wide / _REM)}rem",
        height=f"{number(tall / _REM)}rem",
        viewBox=f"0 0 {number(wide)} {number(tall)}",
    )
    if not scrolls:
        return image
    return tag("div", image, class_="drawing-scroll", role="region", aria_labelledby=f"{frame.id}-title", tabindex="0")
