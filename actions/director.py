"""The director of a demo or test: moves the office's instant, step by step, and waits until nothing is due.

Speed is a display limit, never a race: the instant stands still until everything due at it has fired, and the post is carried.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from threading import Event
from typing import ClassVar, Final

from actions.office import Office
from actions.posting import is_waiting
from policies.refusal import Refusal
from records import clocks, office_clock

_LOOK_EVERY: Final = 0.05  # seconds between two looks at whether anything is still due


class NothingFires(Refusal):
    """Something has been due for so long that no worker can be at work."""

    code: ClassVar[str] = "nothing_fires"
    status: ClassVar[int] = 503


class Director:
    """Moves both databases' instants together.

    `watched` are offices that may look at clocks, `clocks` offices of the role that may move the instant, of the same databases.
    """

    def __init__(self, watched: Sequence[Office], clocks: Sequence[Office], *, patience: float = 60.0) -> None:
        self._watched = watched
        self._clocks = clocks
        self._patience = patience

    def walk_to(self, instant: datetime, *, seen: Callable[[datetime], None] | None = None) -> None:
        """Move to `instant` through every due instant on the way, waiting at each until all that is due has fired.

        Raises NothingFires after `patience` seconds at one instant, TimeRunsForward for a step back.
        """
        self.wait_until_nothing_is_due()
        while (stop := self._next_due()) is not None and stop <= instant:
            self.jump_to(stop)
            if seen:
                seen(stop)
            self.wait_until_nothing_is_due()
        self.jump_to(instant)
        self.wait_until_nothing_is_due()

    def jump_to(self, instant: datetime) -> None:
        """Move at once, whatever is due: for telling what happens when nobody swept."""
        for office in self._clocks:
            with office.engine.begin() as connection:
                office_clock.move(connection, instant)

    def wait_until_nothing_is_due(self) -> None:
        """Return as soon as nothing is due in either database. Raises NothingFires."""
        looks = int(self._patience / _LOOK_EVERY)
        pause = Event()
        for _ in range(looks):
            if not self._anything_due():
                return
            pause.wait(_LOOK_EVERY)
        raise NothingFires(seconds=int(self._patience))

    def _anything_due(self) -> bool:
        due = False
        for office in self._watched:
            with office.open() as books:
                due = due or clocks.oldest_due(books) is not None or is_waiting(books)
        return due

    def _next_due(self) -> datetime | None:
        found = []
        for office in self._watched:
            with office.open() as books:
                found.append(clocks.next_due(books))
        return min((at for at in found if at is not None), default=None)
