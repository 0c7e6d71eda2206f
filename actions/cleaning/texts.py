"""Bytes as the text they are, if they are one; and as much of it as is shown."""

import codecs
import re
import unicodedata
from typing import Final

_MARKS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
"""What a text may begin with that says how it is written."""
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
"""Signs that no text holds: what has them is something else."""
_OLD: Final = "cp1252"
"""How texts of Western Europe and the Americas were written before UTF-8."""
_JOINERS: Final = frozenset("\u200c\u200d")
"""Unseen signs that some languages are not written without."""
_INSTEAD: Final = "\N{REPLACEMENT CHARACTER}"


def plain_text(content: bytes, *, whole: bool = True) -> str | None:
    """The text that these bytes are, or None. With `whole` false, more may follow: a sign that was cut is left off.

    >>> plain_text("año".encode()), plain_text("año".encode("cp1252")), plain_text(b"\\x00\\x01")
    ('año', 'año', None)
    """
    written = next((how for mark, how in _MARKS if content.startswith(mark)), "")
    for how in (written,) if written else ("utf-8", _OLD):
        try:
            text = codecs.getincrementaldecoder(how)().decode(content, final=whole)
        except UnicodeDecodeError:
            continue
        return None if _CONTROLS.search(text) else text
    return None


def visible(text: str) -> str:
    """The text with every sign that cannot be seen, or turns the writing round, made visible as one that stands for none.

    >>> visible("pay\\u202eme\\r\\nnow")
    'pay\\ufffdme\\nnow'
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    return "".join(sign if _is_seen(sign) else _INSTEAD for sign in lines)


def _is_seen(sign: str) -> bool:
    return sign in "\n\t" or sign in _JOINERS or unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
