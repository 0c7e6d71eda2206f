"""The demo's own front page: every door, every account with the code its authenticator would show now, words that lead back.

A demo has no secrets; a real house has no such page. It listens on this machine alone, beside the doors.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

import pyotp

from cli.demo.cast import PASSPHRASE, Account
from web.messages import LANGUAGES, Messages, for_header
from web.rendering import render, stylesheet

SECONDS: Final = 30
"""How long a code is good, and after how long the page asks for the next one."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows. `words`: those of the stories that still lead somewhere, by what they were used for."""

    addresses: Mapping[str, str]
    accounts: Sequence[Account]
    words: Mapping[str, str] = field(repr=False)


def page(shown: Shown, language: str) -> str:
    """The page, with the codes of this moment."""
    told = {
        "demo": True,
        "addresses": shown.addresses,
        "words": shown.words,
        "passphrase": PASSPHRASE,
        "accounts": [_told(each) for each in shown.accounts],
        "seconds": SECONDS,
        "here": _here,
        "problem": None,
        "done": "",
        "signed_in_again": False,
    }
    return render("demo/front.html", Messages(language), told)


def _here(lang: str) -> str:
    return f"/?lang={lang}"


def _told(account: Account) -> dict[str, Any]:
    code = pyotp.TOTP(str(pyotp.parse_uri(account.totp_address).secret)).now()
    return {"login": account.part.login, "roles": account.part.roles, "door": account.door, "code": code}


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, shown: Shown) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.shown = shown


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        asked = urlsplit(self.path)
        if asked.path == "/style.css":
            self._answer("text/css", stylesheet("demo"))
        elif asked.path == "/":
            lang = (parse_qs(asked.query).get("lang") or [""])[0]
            language = lang if lang in LANGUAGES else for_header(self.headers.get("accept-language"))
            self._answer("text/html", page(self.server.shown, language))
        else:
            self.send_error(HTTPStatus.NOT_FOUND)

    def _answer(self, kind: str, text: str) -> None:
        content = text.encode()
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing is logged of who looks."""


def show_front_page(shown: Shown) -> str:
    """Show the page for as long as this process lives; gives its address."""
    server = _Server(shown)
    Thread(target=server.serve_forever, name="front page", daemon=True).start()
    return f"http://127.0.0.1:{server.server_address[1]}"
