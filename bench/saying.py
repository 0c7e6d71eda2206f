"""Progress, one line at a time, with the seconds since the start."""

import time

_BEGAN = time.perf_counter()


def say(text: str) -> None:
    """Say what is being done now."""
    print(f"{time.perf_counter() - _BEGAN:6.0f} s  {text}", flush=True)


def elapsed() -> float:
    """Seconds since the start."""
    return time.perf_counter() - _BEGAN
