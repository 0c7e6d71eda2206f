"""Reading a picture back: its elements, boxes and words, as who looks at it meets them."""

import re
from collections import Counter
from itertools import combinations
from typing import NamedTuple
from xml.etree.ElementTree import Element, fromstring

from web.drawing.shapes import Frame

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '<script>alert(\'1\')</script> & "x" ]]> \x00\x1b\u202e\ud800 style="x"'
FRAME = Frame("picture", "A picture", "What there is to see.")


class Box(NamedTuple):
    """Where a box stands."""

    left: float
    top: float
    right: float
    foot: float

    def meets(self, other: "Box") -> bool:
        """Whether two overlap; those that only touch do not."""
        return self.left < other.right and other.left < self.right and self.top < other.foot and other.top < self.foot


def read(svg: str | None) -> Element:
    """A picture as XML, or the failure to be some; what must hold for every picture is asserted."""
    assert svg is not None
    root = fromstring(f"<page>{svg}</page>")  # noqa: S314  made by ourselves a line ago
    for image in root.iter(f"{SVG}svg"):
        names = image.attrib["aria-labelledby"].split()
        by_id = {one.attrib["id"]: one for one in image.iter() if "id" in one.attrib}
        assert [by_id[name].tag for name in names] == [f"{SVG}title", f"{SVG}desc"]
        assert all(by_id[name].text for name in names)
        has_links = image.find(f".//{SVG}a") is not None
        assert image.attrib["role"] == ("group" if has_links else "img"), "links inside an image cannot be reached"
    ids = Counter(one.attrib["id"] for one in root.iter() if "id" in one.attrib)
    assert [id for id, count in ids.items() if count > 1] == []
    assert [one.tag for one in root.iter() if "style" in one.attrib or one.tag.endswith(("script", "style"))] == []
    assert [name for one in root.iter() for name in one.attrib if name.startswith("on")] == []
    used = set(re.findall(r"url\(#([^)]+)\)", svg))
    assert used <= set(ids)
    return root


def of_class(root: Element, name: str) -> list[Element]:
    """All elements of a class."""
    return [one for one in root.iter() if name in one.attrib.get("class", "").split()]


def words_of(one: Element) -> str:
    """What is written in an element, without what is only told on pointing at it."""
    return " ".join(text.text or "" for text in one.iter(f"{SVG}text"))


def title_of(one: Element) -> str:
    """What is told on pointing at it."""
    title = one.find(f"{SVG}title")
    return "" if title is None else title.text or ""


def boxes(root: Element, name: str) -> list[Box]:
    """The boxes of a class."""
    found = []
    for one in of_class(root, name):
        if one.tag == f"{SVG}rect":
            x, y = float(one.attrib["x"]), float(one.attrib["y"])
            found.append(Box(x, y, x + float(one.attrib["width"]), y + float(one.attrib["height"])))
    return found


def overlaps(found: list[Box]) -> list[tuple[Box, Box]]:
    """Pairs that lie over one another."""
    return [(one, other) for one, other in combinations(found, 2) if one.meets(other)]


def inside(root: Element, found: list[Box]) -> bool:
    """Whether boxes are within the picture."""
    view = next(root.iter(f"{SVG}svg")).attrib["viewBox"].split()
    return all(one.left >= 0 and one.top >= 0 and one.right <= float(view[2]) and one.foot <= float(view[3]) for one in found)
