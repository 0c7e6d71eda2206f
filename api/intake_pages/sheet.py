"""The words, once: a sheet to copy by hand, two of them to try, and what happens next, all in one page.

The page holds the words anyway, so the browser itself compares what she retypes (`pattern`), without script: the words do not
travel a second time, and the sheet is one step back. Nothing of ours could show it again once she leaves the page.
"""

import secrets
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, Final

from fastapi import Response
from starlette.requests import Request

from api import intake_shapes as shapes
from api.intake_pages.frame import last, page, speak
from api.pages.typed import Typed
from api.words import words_of
from policies.said import Said

_MARKS: Final = r"[\u0300-\u036f]*"
"""Accents that stand by themselves, as some keyboards write them."""


def sheet_page(request: Request, answered: Mapping[str, Any], changed: Typed | None) -> Response:
    """The answer to sending. `changed`: what she typed, where an earlier text of hers had arrived and this one has not."""
    speak(request, answered["language"])
    filed = shapes.Filed.model_validate(answered["filed"])
    words, said = filed.receipt, words_of(request)
    first = said.say(Said("intake.next", {"day": filed.read_by})) if filed.read_by else ""
    data = {
        "filed": filed,
        "read_by": filed.read_by,
        "rest": [line for line in filed.notice[1:] if line != first],
        "tried": [{"number": place + 1, "pattern": fits(words[place])} for place in two_of(words)],
        "changed": last(changed, "statement") if changed else "",
        "address": request.url.netloc,
    }
    return page(request, "intake/sheet.html", data, status=201)


def two_of(words: Sequence[str]) -> list[int]:
    """The places of two different words, in order; nobody can foresee which."""
    first = secrets.randbelow(len(words))
    second = (first + 1 + secrets.randbelow(len(words) - 1)) % len(words)
    return sorted((first, second))


def fits(word: str) -> str:
    """A pattern that lets this word through, whatever its capitals and accents, and nothing else.

    >>> import re
    >>> [bool(re.fullmatch(fits("árbol"), typed)) for typed in ("árbol", " Arbol ", "ARBOL", "arboles")]
    [True, True, True, False]
    """
    return r"\s*" + "".join(map(_letter, unicodedata.normalize("NFC", word))) + r"\s*"


def _letter(letter: str) -> str:
    plain = unicodedata.normalize("NFKD", letter)[0]
    return f"[{''.join(sorted({letter, letter.upper(), plain, plain.upper()}))}]{_MARKS}"
