"""Running a door: one process, one port, until INT or TERM."""

import signal
import threading
from types import FrameType
from typing import Final

import uvicorn
from fastapi import FastAPI

_LAST_ANSWERS: Final = 10
"""Seconds that answers under way have to come to their end."""


def serve(app: FastAPI, *, host: str, port: int) -> None:
    """Serve a door on an address until INT or TERM; then finish what is under way and return.

    Nothing is logged about who asks: no access log, and no header of a proxy is believed (S39).
    """
    server = uvicorn.Server(config(app, host, port))
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, _stay_calm)  # uvicorn raises the signal again when it has stopped; its work is done then
    server.run()


def config(app: FastAPI, host: str, port: int) -> uvicorn.Config:
    """How every door is served."""
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        access_log=False,
        date_header=True,
        http="h11",
        lifespan="off",
        log_config=None,
        log_level="warning",
        loop="asyncio",
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=_LAST_ANSWERS,
        ws="none",
    )


def _stay_calm(_number: int, _frame: FrameType | None) -> None:
    """Nothing is left to do."""
