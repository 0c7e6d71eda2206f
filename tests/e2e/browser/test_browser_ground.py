"""The browser's ground finds what it is there to find: planted errors, on a door that is served as ours are."""

import asyncio

import pytest
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from api.armour import HEADERS
from api.asking import COOKIE, DESK_COOKIE
from tests.fixtures.axe import axe_problems
from tests.fixtures.browser import Pages
from tests.fixtures.clicking import click
from tests.fixtures.keyboard import keyboard_problems
from tests.fixtures.reflow import reflow_problems
from tests.fixtures.serving import Serve

POLICY = (
    HEADERS["Content-Security-Policy"].replace("form-action 'none'", "form-action 'self'") + "; style-src 'self'; img-src data:"
)
SHEET = """
a, button, input, summary { display: inline-block; min-width: 24px; min-height: 24px }
.dim:focus { outline: none }
.small { min-width: 0; min-height: 0; width: 12px; height: 12px; padding: 0; border: 0 }
.cover { position: fixed; inset: 0; background: white }
.wide { width: 700px }
"""
SCRIPTS = "script-src 'unsafe-inline'; style-src 'self'"
GOOD = """
<p><a href="/elsewhere">Read more</a> and <a href="/2">another</a></p>
<form method="post" action="/sent"><p><label>Name <input name="name"></label></p>
<fieldset><legend>Track</legend>
<label><input type="radio" name="track"> Talk</label>
<label><input type="radio" name="track"> Complain</label></fieldset>
<details><summary>More</summary><a href="/3">hidden</a></details><button>Send</button></form>
"""


def html(body: str) -> str:
    links = '<link rel="stylesheet" href="/style.css"><link rel="icon" href="data:,">'
    top = f'<!doctype html><html lang="en"><head><title>Page</title>{links}</head>'
    return f"{top}<body><main><h1>Page</h1>{body}</main></body></html>"


def door(body: str, *, policy: str = POLICY) -> FastAPI:
    """A door with one page, under the headers of ours."""
    app = FastAPI(openapi_url=None)
    headers = HEADERS | {"Content-Security-Policy": policy}

    @app.get("/style.css")
    def style() -> Response:
        return Response(SHEET, media_type="text/css")

    @app.get("/cookies")
    def cookies(request: Request) -> Response:
        return JSONResponse({"cookies": dict(request.cookies), "language": request.headers["accept-language"]})

    @app.post("/sent")
    def sent(request: Request) -> Response:
        answer = RedirectResponse("/cookies", status_code=303)
        answer.set_cookie(COOKIE, "given", path="/", secure=True, httponly=True, samesite="strict")
        return answer

    @app.get("/")
    def page() -> Response:
        return HTMLResponse(html(body), headers=headers)

    return app


@pytest.fixture
def shown(serve: Serve, open_page: Pages):
    """Opens a page with this body."""
    return lambda body, script=False, narrow=False, **made: open_page(serve(door(body, **made)), script=script, narrow=narrow)


def test_a_good_page_has_no_problems(shown):
    page = shown(GOOD)
    assert [*axe_problems(page), *keyboard_problems(page), *reflow_problems(page)] == []


def test_a_cookie_of_ours_is_kept_and_sent_back_over_plain_http(serve: Serve, open_page: Pages):
    page = open_page(serve(door(GOOD)), language="pt", token="brought")
    click(page, "button")
    assert page.evaluate("JSON.parse(document.body.innerText)") == {
        "cookies": {COOKIE: "given", DESK_COOKIE: "brought"},
        "language": "pt",
    }


def test_a_token_is_brought_as_the_doors_cookie(serve: Serve, open_page: Pages):
    assert '"brought"' not in open_page(serve(door(GOOD)), "/cookies").content()
    assert '"brought"' in open_page(serve(door(GOOD)), "/cookies", token="brought").content()


def test_who_asks_another_origin_is_caught(shown, open_page: Pages):
    shown('<img src="http://elsewhere.invalid/a.png" alt="">', policy="img-src data: http:; style-src 'self'")
    assert [one for one in open_page.caught() if "elsewhere" in one] == [
        "asks another origin: GET http://elsewhere.invalid/a.png"
    ]


def test_what_is_against_the_pages_own_policy_is_caught(shown, open_page: Pages):
    shown('<p style="color: red">red</p>')
    (caught,) = open_page.caught()
    assert caught.startswith("against its own policy: Applying inline style violates")


def test_what_is_not_there_is_caught(shown, open_page: Pages):
    shown('<img src="/none.png" alt="">', policy="img-src data: 'self'; style-src 'self'")
    (caught,) = open_page.caught()
    assert caught.startswith("loads what is not there: 404 http://127.0.0.1:")


def test_script_is_off_before_and_after_axe_ran(shown):
    wrote = "<p id=wrote>nothing</p><script>document.getElementById('wrote').textContent = 'script'</script>"
    anything = SCRIPTS
    off = shown(wrote, policy=anything)
    axe_problems(off)
    off.reload()
    assert off.text_content("#wrote") == "nothing"
    assert shown(wrote, policy=anything, script=True).text_content("#wrote") == "script"


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        ('<img src="data:,">', "image-alt: img at /: "),
        ("<input name=a>", "label: input at /: "),
        ("<h4>Deep</h4>", "heading-order: h4 at /: "),
        ('<p><a class="small" href="/1">1</a><a class="small" href="/2">2</a></p>', 'target-size: a[href="/1"] at /: '),
    ],
)
def test_axe_finds_a_planted_error(shown, body: str, rule: str):
    assert [one for one in axe_problems(shown(body)) if one.startswith(rule)] != []


TRAP = "<script>document.getElementById('trap').addEventListener('keydown', pressed => pressed.preventDefault())</script>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<a href="/1" class="dim">one</a>', "the focus is not seen on a[href=/1] at /"),
        ('<a href="/1">one</a> <a href="/2" tabindex="1">two</a>', "the focus goes from a[href=/2] back to a[href=/1] at /"),
        ('<button class="small" id="x"></button>', "button#x is smaller than 24 pixels at /"),
        ('<a href="/1">one</a><p class="cover">over</p>', "a[href=/1] has the focus, but is covered or off the page at /"),
        (f'<input id="trap"> <a href="/1">one</a>{TRAP}', "the focus does not leave input#trap at /"),
        (f'<input id="trap"> <a href="/1">one</a>{TRAP}', "a[href=/1] is not reached at /"),
    ],
)
def test_the_keyboard_finds_a_planted_error(shown, body: str, expected: str):
    page = shown(body, policy=SCRIPTS, script=True)
    assert expected in keyboard_problems(page)


def test_what_is_wider_than_a_phone_is_found(shown):
    assert reflow_problems(shown('<p id="x" class="wide">wide</p>', narrow=True)) == ["p#x is wider than the window at /"]


def test_other_tests_of_the_worker_may_run_loops_of_their_own(chromium):
    """Playwright alone would leave its own loop marked as running."""

    async def nothing() -> int:
        return 5

    with chromium.turn():
        pass
    assert asyncio.run(nothing()) == 5
