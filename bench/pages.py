"""Pages, as ratios of one run: the queue among many cases and few, a case beside a bare template and query, what intake weighs.

The bare page is FastAPI, one query about the same case straight through SQLAlchemy, and the template of the case itself with all
its data at hand: what showing it costs by itself. Beside it stands the barest there could be, a template that prints the same
lines of HTML as they are; it forms nothing. Each page is asked for in turn with what it is compared with, inside this process,
through the same test client, whose own time is in all.
"""

import gc
import re
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from sqlalchemy import Row, text
from starlette.testclient import TestClient

from api.contract import declared
from api.pages import showing
from bench.desk_planting import DeskHouse, intake_door, plant_desk
from bench.ground import Ground
from bench.results import Paged
from bench.saying import say
from web.messages import Messages
from web.rendering import render

WARM: Final = 5
ONE: Final = "SELECT seq, trigger, dest, effective_on FROM event WHERE matter_id = :id ORDER BY seq"
LINKED: Final = re.compile(r"""<link[^>]*href=["']([^"']+)["']|<(?:img|script)[^>]*src=["']([^"']+)["']""")


def pages(ground: Ground, sizes: tuple[int, int], *, times: int) -> Paged:
    """Plant two offices and ask for each page `times` times, in turn."""
    houses = [plant_desk(ground, cases) for cases in sizes]
    for house in houses:
        say(f"{house.cases:,} cases planted in {house.planted_in:.0f} s")
    try:
        return measured(ground, houses, times=times)
    finally:
        for house in houses:
            house.close()


def measured(ground: Ground, houses: Sequence[DeskHouse], *, times: int) -> Paged:
    """Ask for each page of a small and a large office in turn, after a few times that do not count."""
    small, large = houses
    found = Paged((small.cases, large.cases))
    about = f"/complaints/{small.case}"
    shown = small.head.get(about)
    shown.raise_for_status()
    found.case_bytes, found.queue_bytes = len(shown.content), (len(_page(small.head, "/")), len(_page(large.head, "/")))
    bare = TestClient(bare_app(small, _rendering(small.head, about)), base_url="https://desk.invalid")
    lines = TestClient(bare_app(small, _printing(shown.text)), base_url="https://desk.invalid")
    asked: dict[str, tuple[list[float], Callable[[], bytes]]] = {
        "few": (found.few, lambda: _page(small.head, "/")),
        "many": (found.many, lambda: _page(large.head, "/")),
        "case": (found.case, lambda: _page(small.head, about)),
        "bare": (found.bare, lambda: _page(bare, "/")),
        "lines": (found.lines, lambda: _page(lines, "/")),
    }
    for turn in range(times + WARM):
        gc.collect()
        for took, page in asked.values():
            began = time.perf_counter()
            page()
            if turn >= WARM:
                took.append(time.perf_counter() - began)
    app, visitor = intake_door(ground, small)
    found.intake = {path: weight(visitor, path) for path in _plain_paths(app)}
    return found


def _page(client: TestClient, path: str) -> bytes:
    answer = client.get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"{path}: {answer.status_code}")
    shown: bytes = answer.content
    return shown


def weight(client: TestClient, path: str) -> int:
    """Bytes of a page with everything it links to, as sent without compression; 0 if it answers with no page."""
    answer = client.get(path)
    if answer.status_code != 200 or "text/html" not in answer.headers.get("content-type", ""):
        return 0
    linked = {next(filter(None, found)) for found in LINKED.findall(answer.text)}
    return len(answer.content) + sum(len(_page(client, other)) for other in linked if other.startswith("/"))


def _plain_paths(app: FastAPI) -> list[str]:
    """Every page of a door that needs nothing in its address."""
    paths = {path for method, path, _, _ in declared(app) if method == "GET"}
    return sorted(path for path in paths if "{" not in path and not path.startswith("/v1"))


Bare = Callable[[Sequence[Row[Any]]], str]
"""Makes a page of what the one query found."""


def bare_app(house: DeskHouse, written: Bare) -> FastAPI:
    """One query about the case, and one template."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)

    @app.get("/")
    def show(_: Request) -> Response:
        with house.desk.engine.begin() as connection:
            connection.execute(text("SELECT set_config('amparo.person', :who, true)"), {"who": str(house.person)})
            events = connection.execute(text(ONE), {"id": house.case}).all()
        return HTMLResponse(written(events))

    return app


def _rendering(client: TestClient, about: str) -> Bare:
    """The template of a page with the very data that the page was last made of."""
    told: list[tuple[Any, ...]] = []

    def keep(template: str, messages: Messages, data: dict[str, Any], *place: Any) -> str:
        told.append((template, messages, data, *place))
        return render(template, messages, data, *place)

    showing.render = keep  # type: ignore[attr-defined]  # for one request: nothing else has all that the page is made of
    try:
        _page(client, about)
    finally:
        showing.render = render  # type: ignore[attr-defined]  # as it was
    return lambda _: render(*told[0])


def _printing(html: str) -> Bare:
    """A template that prints the lines of a page as they are, and the events that the query found."""
    environment = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined)
    template = environment.get_template("bare_page.html")
    lines = [Markup(line) for line in html.splitlines()]  # noqa: S704 - our own page, printed again
    return lambda events: template.render(title="A case", events=events, lines=lines)
