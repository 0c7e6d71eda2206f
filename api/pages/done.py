"""What was just done, said on the page that comes next: its name in the address, with a mark that only this door can make.

Without the mark whoever makes a link could have a page say, in the office's own voice, that something was done.
"""

import secrets
from hashlib import blake2b
from hmac import compare_digest
from typing import Final
from urllib.parse import unquote

from starlette.requests import Request

DONE: Final = "done"
"""In the address of a page: the catalogue's key `done.<name>`, and the mark of the page it was made for."""
_KEY: Final = secrets.token_bytes(32)
"""Of this process alone: after a restart an old address says nothing, as if it were opened for the first time."""
_MARK_BYTES: Final = 9


def just_done(name: str, page: str) -> str:
    """What the address of `page`, a path without questions, says when `name` was done by the form that led to it.

    >>> just_done("kept", "/here").partition(".")[0]
    'kept'
    """
    return f"{name}.{_mark(name, page)}"


def done_on(request: Request) -> str:
    """The name of what was done before this page was shown; empty: nothing, or nobody here said so."""
    name, _, mark = request.query_params.get(DONE, "").partition(".")
    genuine = compare_digest(mark.encode(), _mark(name, request.url.path).encode())
    return name if genuine else ""


def _mark(name: str, page: str) -> str:
    return blake2b(f"{name}\n{unquote(page)}".encode(), key=_KEY, digest_size=_MARK_BYTES).hexdigest()
