"""How the intake says no: as every door, and with what she typed, which must not be lost."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

from fastapi import FastAPI
from fastapi.responses import JSONResponse
from starlette.requests import Request

from actions.office import Office
from actions.troubles import refusal_of
from api.problems import MEDIA_TYPE, answer
from api.words import words_of
from policies.refusal import Refusal


def give_back(app: FastAPI) -> None:
    """Let every refusal of this door bring back what was typed (`typed`), where a body was read."""
    app.add_exception_handler(Refusal, _refused)


@contextmanager
def saved(office: Office) -> Iterator[None]:
    """Turn what nobody foresaw into a refusal here, while what was typed is at hand; its words are kept nowhere."""
    try:
        yield
    except Refusal:
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, she must get back what she typed
        raise refusal_of(office, "intake", error) from None


def _refused(request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, Refusal):
        raise error
    plain = answer(error, words_of(request))
    typed = getattr(request.state, "typed", None)
    if typed is None:
        return plain
    headers = {name: value for name, value in plain.headers.items() if name not in {"content-length", "content-type"}}
    return JSONResponse(json.loads(bytes(plain.body)) | {"typed": typed}, plain.status_code, headers, MEDIA_TYPE)
