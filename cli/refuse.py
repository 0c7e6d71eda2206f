"""How a command says no: one sentence in the operator's language, or JSON; never a traceback."""

import json
import sys

from policies.refusal import Refusal
from settings import Settings
from web.messages import LANGUAGES, Messages


def refuse(refusal: Refusal, lang: str | None, *, as_json: bool = False, code: int = 2) -> int:
    """Print what was refused, why and what to do; return the exit code."""
    sentence = Messages(lang if lang in LANGUAGES else Settings().lang).say(refusal.said)
    if as_json:
        print(json.dumps({"error": {"code": refusal.code, "message": sentence}}, ensure_ascii=False))
    else:
        print(sentence, file=sys.stderr)
    return code
