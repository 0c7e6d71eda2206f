"""What the rules do not allow, said so that a person can act on it."""

from collections.abc import Mapping
from typing import ClassVar

from policies.said import Fact, Said


class Refusal(Exception):
    """Something the rules do not allow. Shown to the person, so: no blame, no jargon, no secrets.

    A subclass sets `code` (stable; for programs, tests and translators) and `status` (HTTP). Its sentence is the message
    `refusal.<code>` in all four catalogues: what, why, and what to do. `params` hold ids, dates, counts and rule names
    only, never text that people wrote, because refusals are logged.
    """

    code: ClassVar[str]
    status: ClassVar[int] = 409
    unmet: tuple[str, ...] = ()
    """Claims that do not hold, by name; each has the message `claim.<name>`, said after the sentence."""

    names: Mapping[str, str] = {}
    """What people whose ids stand in `params` are called: for the sentence only, never for a log."""

    def __init__(self, **params: Fact) -> None:
        super().__init__(self.code)
        self.params = params

    @property
    def said(self) -> Said:
        """The sentence to show."""
        return Said(f"refusal.{self.code}", self.params)

    def __str__(self) -> str:
        """Code and facts, for logs."""
        facts = ", ".join(f"{name}={value}" for name, value in self.params.items())
        return f"{self.code}({facts})"
