"""How a command says no: one sentence, and the claims that do not hold, in the operator's language or JSON; never a traceback."""

import json
import sys
from typing import ClassVar

from pydantic import ValidationError

from policies.refusal import Refusal
from policies.said import Said
from settings import Settings
from web.messages import LANGUAGES, Messages
from web.refusals import sentence


class UnknownLanguage(Refusal):
    """We have no messages in this language. Names those we have."""

    code: ClassVar[str] = "unknown_language"
    status: ClassVar[int] = 422


def spoken(lang: str | None, *, as_json: bool = False) -> Messages:
    """The messages of the language asked for, else of the operator's. A language we do not speak ends the process with 2."""
    if lang not in (None, *LANGUAGES):
        sys.exit(refuse(UnknownLanguage(known=", ".join(LANGUAGES)), lang, as_json=as_json))
    return Messages(lang or Settings().lang)


def refuse(refusal: Refusal, lang: str | None, *, as_json: bool = False, code: int = 2) -> int:
    """Print what was refused, why and what to do; return the exit code."""
    messages = Messages(lang if lang in LANGUAGES else Settings().lang)
    unsaid = () if "unmet" in refusal.params else refusal.unmet
    claims = [messages.say(Said(key)) for claim in unsaid if (key := f"claim.{claim}") in messages]
    told = " ".join((sentence(refusal, messages), *claims))
    if as_json:
        print(json.dumps({"error": {"code": refusal.code, "message": told}}, ensure_ascii=False))
    else:
        print(told, file=sys.stderr)
    return code


def variable(wrong: ValidationError) -> str:
    """The name of the first variable of the environment that cannot be read; never what it holds."""
    return f"AMPARO_{wrong.errors(include_input=False)[0]['loc'][0]}".upper()
