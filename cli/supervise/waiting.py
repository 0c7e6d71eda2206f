"""Waiting for something to become true, never for time to pass."""

import time
from collections.abc import Callable


def wait_until(
    condition: Callable[[], bool],
    *,
    seconds: float,
    unless: Callable[[], bool] = lambda: False,
    pause: Callable[[float], object] = time.sleep,
) -> bool:
    """Look again every twentieth of a second until `condition` holds; answer whether it did.

    Ends early, with False, when `unless` holds, and at the latest after `seconds` (of the machine's monotonic clock, so
    that a changed wall clock or a stepped demo does not matter).
    """
    end = time.monotonic() + seconds
    while not condition():
        if unless() or time.monotonic() >= end:
            return False
        pause(0.05)
    return True
