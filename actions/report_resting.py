"""What failed lately waits before it is tried again, longer each time: a draft costs a minute, and fails the same way."""

from collections.abc import Hashable
from datetime import datetime, timedelta
from typing import Final
from weakref import WeakKeyDictionary

from actions import office as clocks
from actions.office import Office

FIRST: Final = timedelta(minutes=1)
LONGEST: Final = timedelta(hours=1)
_WAITING: "WeakKeyDictionary[Office, dict[Hashable, tuple[int, datetime]]]" = WeakKeyDictionary()
"""By office of this process: how often each failed in a row, and when it may be tried again. Another process tries for itself."""


def is_resting(office: Office, what: Hashable) -> bool:
    """Whether this failed so lately that it is left alone. By the world's time."""
    failed = _WAITING.get(office, {}).get(what)
    return failed is not None and clocks.wall_now() < failed[1]


def rest(office: Office, what: Hashable) -> None:
    """It failed: leave it alone for a while."""
    waiting = _WAITING.setdefault(office, {})
    failed = waiting[what][0] if what in waiting else 0
    waiting[what] = (failed + 1, clocks.wall_now() + min(FIRST * 2 ** min(failed, 10), LONGEST))


def wake(office: Office, what: Hashable) -> None:
    """It was done: if it ever fails again, that is the first time."""
    _WAITING.get(office, {}).pop(what, None)
