"""The table of settings in docs/operations.md, made from settings.py: `python -m tests.laws.settings_table` writes it anew."""

import ast
import re
from itertools import pairwise
from typing import Final

from settings import Settings
from tests.laws.tree import ROOT

PAGE: Final = ROOT / "docs/operations.md"
PLAIN: Final = {
    "pack": "The rules: a folder of `policies/`.",
    "data": "The folder of the installation.",
    "house_url_file": "The address of this process's role in the house's database.",
    "ombuds_url_file": "The same for the office's database.",
    "smtp_port": "Its port.",
    "smtp_starttls": "Whether TLS is asked for; without, only this very machine is spoken to.",
    "intake_host": "Where the intake listens.",
    "intake_port": "0 picks a free one.",
    "desk_host": "Where the desk listens.",
    "desk_port": "0 picks a free one.",
    "council_host": "Where the council's door listens.",
    "council_port": "0 picks a free one.",
}
"""What a field means whose name says nearly all, and which has no docstring."""
_BETWEEN = re.compile(r"(<!-- settings -->\n).*(<!-- /settings -->)", re.DOTALL)


def meanings() -> dict[str, str]:
    """What each setting means: the docstring under the field, else PLAIN."""
    tree = ast.parse((ROOT / "settings.py").read_text(encoding="utf-8"))
    body = next(node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == "Settings").body
    told = dict(PLAIN)
    for field, after in pairwise(body):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and isinstance(after, ast.Expr):
            told[field.target.id] = " ".join(ast.literal_eval(after.value).split()).replace("|", "\\|")
    return told


def table() -> str:
    """Variable, default, meaning: a line each, in the order of settings.py."""
    told = meanings()
    lines = ["| variable | default | meaning |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        default = "" if field.default is None else f"`{field.default}`"
        lines.append(f"| `AMPARO_{name.upper()}` | {default} | {told[name]} |")
    return "\n".join(lines) + "\n"


def written(page: str) -> str:
    """The page with the table as it should be. Raises ValueError for a page that has no place for it."""
    fresh, count = _BETWEEN.subn(lambda found: found[1] + table() + found[2], page)
    if count != 1:
        raise ValueError("docs/operations.md has no place for the settings")
    return fresh


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
