"""What the office begins by itself: opened at the desk by somebody of the office, never by who comes or who asks for it."""

from typing import Final

from actions.kernel.kind import Payload

ASKS: Final = "ask_consent"
"""The act by which a person is asked for a yes to an exact text, in every kind that has it."""


class Beginning(Payload):
    """The opening of a matter that somebody at the desk begins. A kind whose opening is one of these has a route for it there."""
