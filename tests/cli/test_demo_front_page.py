"""The demo's front page: every account with a code that lets it in, every door, words that lead back, in four languages."""

import re

import httpx
import pyotp

from cli.demo.cast import HEAD, HOUSE, Account
from cli.demo.front_page import Shown, page, show_front_page
from web.messages import LANGUAGES

ADDRESSES = {"intake": "http://127.0.0.1:1", "desk": "http://127.0.0.1:2", "council": "http://127.0.0.1:3"}
TOTP = pyotp.TOTP(pyotp.random_base32())
ACCOUNTS = [
    Account(HOUSE[0], "council", TOTP.provisioning_uri(name="secretary")),
    Account(HEAD, "desk", TOTP.provisioning_uri(name="head")),
]
SHOWN = Shown(ADDRESSES, ACCOUNTS, {"first words": "abeja abdomen"})


def test_it_shows_each_account_with_a_good_code_and_its_door():
    with httpx.Client(base_url=show_front_page(SHOWN)) as client:
        shown = client.get("/").text
        assert client.get("/style.css").headers["content-type"].startswith("text/css")
        assert client.get("/secrets").status_code == 404
    codes = re.findall(r"<code>(\d{6})</code>", shown)
    assert len(codes) == 2
    assert all(TOTP.verify(code, valid_window=1) for code in codes)
    assert all(f'href="{address}/' in shown for address in ADDRESSES.values())
    assert "abeja abdomen" in shown


def test_it_speaks_four_languages():
    shown = {language: page(SHOWN, language) for language in LANGUAGES}
    assert len({re.findall("<h1>([^<]+)</h1>", one)[0] for one in shown.values()}) == 4
    assert all(f'lang="{language}"' in one for language, one in shown.items())
