"""The report on paper: PDF/A-2a and PDF/UA-1 by Typst, which fetches nothing and uses its own fonts only.

What people wrote reaches the template as data, never as markup. The same report gives the same bytes: the only day in the file
is the one on which the figures were taken.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from typing import Any, Final

import typst

from reports.form.charts import picture_of
from reports.form.seen import see
from reports.shape import Report

_TEMPLATE: Final = (Path(__file__).parent / "paper.typ").read_bytes()
_STANDARDS: Final[list[Any]] = ["a-2a", "ua-1"]
_SURE: Final = frozenset(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x180)))) | frozenset("\n–—‘’“”„«»…•−€")
"""What Libertinus Serif has for certain; other signs are tried."""
_MISSING: Final = "□"


def render_pdf(report: Report, lang: str) -> bytes:
    """The paper in a language. A sign that no font of ours has is printed as an empty box. Raises what `see` raises."""
    day = datetime.combine(report.origin.taken_on, time(), UTC)
    data = paper_data(report, lang)
    try:
        return _set(_TEMPLATE, {"seen": data}, day)
    except typst.TypstError:
        # Signs that can be printed alone may still make none together; nothing that somebody wrote may stop a release.
        return _set(_TEMPLATE, {"seen": _boxed(data, set(data) - _SURE)}, day)


def paper_data(report: Report, lang: str) -> str:
    """All that the template is given: the seen report as JSON."""
    seen = asdict(see(report, lang, picture_of))
    seen["taken"] = [report.origin.taken_on.year, report.origin.taken_on.month, report.origin.taken_on.day]
    written = json.dumps(seen, ensure_ascii=False)
    return _boxed(written, (sign for sign in set(written) - _SURE if not _printable(sign)))


def _boxed(written: str, signs: Iterable[str]) -> str:
    return written.translate({ord(sign): _MISSING for sign in signs})


def _set(template: bytes, data: dict[str, str], day: datetime | None = None) -> bytes:
    """Set a paper. PDF/A refuses a letter without a shape: TypstError."""
    return typst.compile(
        template, format="pdf", ignore_system_fonts=True, sys_inputs=data, pdf_standards=_STANDARDS, timestamp=day
    )


@cache
def _printable(sign: str) -> bool:
    try:
        _set(b'#set document(title: "x")\n#text(font: "Libertinus Serif", sys.inputs.sign)', {"sign": f"a{sign}b"})
    except typst.TypstError:
        return False
    return True
