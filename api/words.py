"""In which language a door answers, and the sentences it answers with."""

from functools import cache

from starlette.requests import Request

from policies.refusal import Refusal
from policies.said import Fact, Said
from web.messages import LANGUAGES, Messages, for_header
from web.refusals import move, sentence


@cache
def messages(language: str) -> Messages:
    """All sentences of a language, read once."""
    return Messages(language)


def language_of(request: Request) -> str:
    """`?lang=` if we speak it, else what the client asks for, else the language of the person signed in, else English.

    A browser always asks for something: on a page, the language that the person chose for themself goes before that.
    """
    asked = getattr(request.state, "language_asked", "") or request.query_params.get("lang")
    if asked in LANGUAGES:
        return str(asked)
    own = getattr(request.state, "language", "")
    if own and not request.url.path.startswith("/v1/"):
        return str(own)
    header = request.headers.get("accept-language")
    if header:
        return for_header(header)
    language: str = getattr(request.state, "language", LANGUAGES[0])
    return language


class Words:
    """Sentences in one language, for one answer."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._messages = messages(language)

    def say(self, said: Said) -> str:
        """The sentence."""
        return self._messages.say(said)

    def label(self, key: str, name: str) -> str:
        """What people call `name`; the name itself where a pack's catalogue has no word for it."""
        return self._messages.say(Said(key)) if key in self._messages else name

    def refuse(self, refusal: Refusal) -> str:
        """The sentence of a refusal, or a general one where nobody wrote it."""
        return sentence(refusal, self._messages, "problem.detail.other")

    def step(self, kind: str, trigger: str) -> str:
        """What people call a step."""
        return move(self._messages, kind, trigger)

    def phrase(self, key: str, otherwise: str, **facts: Fact) -> str:
        """The sentence `key`, or the sentence `otherwise` where nobody wrote that one."""
        return self._messages.say(Said(key if key in self._messages else otherwise, facts))


def words_of(request: Request) -> Words:
    """The words for the answer to this request."""
    return Words(language_of(request))
