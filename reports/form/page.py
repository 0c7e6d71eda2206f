"""The report as one page of HTML: one file that loads nothing, runs nothing and sends nothing.

The door that serves it must let its own style through, and nothing else: `CONTENT_SECURITY_POLICY`.
"""

from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from reports.form.charts import picture_of
from reports.form.seen import see
from reports.shape import Report

_HERE: Final = Path(__file__).parent
STYLE: Final = (_HERE / "page.css").read_text(encoding="utf-8")
STYLE_HASH: Final = f"'sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}'"
"""What allows this style by its text: written in the manifest of a release, so that a door can allow that of its day."""
CONTENT_SECURITY_POLICY: Final = (
    f"default-src 'none'; style-src {STYLE_HASH}; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
"""The header with which the page is to be served."""


_PAGES: Final = Environment(
    loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)


def render_html(report: Report, lang: str) -> str:
    """The page in a language. Raises what `see` raises."""
    return _PAGES.get_template("page.html").render(
        seen=see(report, lang, picture_of),
        style=Markup(STYLE),  # noqa: S704 - our own file
        policy=f"default-src 'none'; style-src {STYLE_HASH}; base-uri 'none'; form-action 'none'",
        drawn=Markup,  # what vl-convert drew: it escapes the texts it is given
    )
