"""What the supervisor says to the operator, in the operator's language."""

import contextlib
import sys
import time

from policies.refusal import Refusal
from policies.said import Fact, Said
from web.messages import Messages
from web.refusals import sentence


class Voice:
    """Prints sentences of the catalogues, each on a line of its own and at once. Never given a secret."""

    def __init__(self, lang: str) -> None:
        self._messages = Messages(lang)

    def say(self, key: str, **params: Fact) -> None:
        """Print the sentence `key`."""
        with contextlib.suppress(OSError):  # the terminal or pipe is gone: what we do must still be done to the end
            print(self._messages.say(Said(key, params)), flush=True)

    def done(self, name: str, began: float) -> None:
        """Print that `name` is ready, and after how many seconds since `began` (of the monotonic clock)."""
        self.say("up.ready", name=name, seconds=f"{time.monotonic() - began:.1f}")

    def refuse(self, refusal: Refusal) -> None:
        """Print why we cannot go on, where errors are printed."""
        with contextlib.suppress(OSError):
            print(sentence(refusal, self._messages), file=sys.stderr, flush=True)
