"""Photographs pages: what is listed, in every language and look, as PNG files."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any, Final
from urllib.parse import urljoin

from fastapi import FastAPI
from playwright.sync_api import Page

from tests.fixtures.browser import Pages
from tests.fixtures.serving import Serve

LOOKS: Final[dict[str, dict[str, bool]]] = {"wide": {}, "narrow": {"narrow": True}, "dark": {"dark": True}}
"""How a page is looked at: on a screen, on a phone of 320 pixels, by night."""


@dataclass(frozen=True)
class Screen:
    """One page: its name for the file, where it is, and as whom.

    `token` is that of a session, None for somebody who is not signed in. `act` does by clicking what leads from there to the
    page that is meant, such as sending a form that is refused; it is done again for every language and look, and must then lead
    to the same page. `status` is what the door answers at `path`.
    """

    name: str
    path: str
    token: str | None = None
    act: Callable[[Page], None] | None = None
    status: int = 200


@dataclass(frozen=True)
class Wanted:
    """Which photographs: languages, looks, parts of names with commas (empty: all), and the folder they go to."""

    folder: Path
    languages: tuple[str, ...]
    looks: tuple[str, ...]
    only: str = ""


class Camera:
    """Photographs the pages of doors."""

    def __init__(self, wanted: Wanted, serve: Serve, open_page: Pages) -> None:
        self._wanted = wanted
        self._serve = serve
        self._open_page = open_page
        self.made: list[Path] = []

    def photograph(self, door: str, app: FastAPI, screens: Iterable[Screen]) -> None:
        """Every screen of a door; the files are named door-name.language.look.png."""
        address = self._serve(app)
        wanted = self._wanted
        for screen in screens:
            if any(part in f"{door}-{screen.name}" for part in wanted.only.split(",")):
                for language, look in product(wanted.languages, wanted.looks):
                    self._take(screen, address, f"{door}-{screen.name}", language, look)

    def _take(self, screen: Screen, address: str, name: str, language: str, look: str) -> None:
        page = visit(self._open_page, address, screen, language=language, **LOOKS[look])
        page.evaluate("scrollTo(0, 0)")  # what stays on top of the window would stand in the middle of the photograph
        path = self._wanted.folder / f"{name}.{language}.{look}.png"
        page.screenshot(path=path, full_page=True, animations="disabled")
        assert self._open_page.close() == []
        self.made.append(path)


def visit(open_page: Pages, address: str, screen: Screen, **looked_at: Any) -> Page:
    """The page of a screen, opened as `open_page` does. Fails if the door answers otherwise than it is listed."""
    page = open_page(address, None, token=screen.token, **looked_at)
    answer = page.goto(urljoin(address, _in(looked_at.get("language", ""), screen)))
    assert answer is not None
    assert answer.status == screen.status, f"{screen.name}: {answer.status} at {screen.path}"
    if screen.act is not None:
        screen.act(page)
    return page


def _in(language: str, screen: Screen) -> str:
    """The path of a screen in a language. Who is signed in gets their own, unless the address asks for another."""
    if not language or screen.token is None:
        return screen.path
    path, mark, fragment = screen.path.partition("#")
    return f"{path}{'&' if '?' in path else '?'}lang={language}{mark}{fragment}"
