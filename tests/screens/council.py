"""What there is to see at the council's door."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page

from tests.fixtures.clicking import click
from tests.fixtures.doors import CouncilDoor
from tests.screens import council_matters, council_structure, letters
from tests.screens.camera import Screen


def screens(door: CouncilDoor) -> Iterator[Screen]:
    """Every page, in the order in which somebody comes to it."""
    yield Screen("sign-in", "/sign-in")
    yield Screen("sign-in-refused", "/sign-in", act=sign_in_wrongly)
    yield Screen("monday-empty", "/", door.session(door.stage.people["mission"]))
    yield from council_structure.screens(door)
    yield from council_matters.screens(door)
    yield from letters.screens(door)
    with TemporaryDirectory() as folder:
        yield from council_matters.reports(door, Path(folder))


def sign_in_wrongly(page: Page) -> None:
    """Sign in as nobody: refused, with the name still there."""
    page.fill("[name=name]", "nobody")
    page.fill("[name=passphrase]", "wrong")
    page.fill("[name=totp]", "000000")
    click(page, "main button")
