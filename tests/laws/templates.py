"""Templates and page modules read for what they say and load: the readers of tests/laws/test_templates.py."""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from string import Formatter
from typing import Final

from babel.messages.pofile import read_po
from jinja2 import Environment, nodes

from tests.laws.tree import ROOT
from web.messages import LANGUAGES, LOCALE

TEMPLATES: Final = ROOT / "web" / "templates"
SHEETS: Final = ROOT / "web" / "static"
_JINJA: Final = Environment(autoescape=True)
SAYING: Final = {"t": True, "label": False}
"""What says a sentence: `t` needs one with its facts, `label` a word that has none."""
NAMES: Final = {"Amparo"}
"""What is no language's."""
READ_ALOUD: Final = {"alt", "aria-description", "aria-label", "aria-roledescription", "content", "label", "placeholder", "title"}
"""Attributes whose text people see or hear; `content` but for what machines alone read."""
FOR_MACHINES: Final = {"viewport", "color-scheme", "referrer", "robots", "theme-color"}
"""What a `meta` may say in `content`, by its name."""
LOADING: Final = {
    "action",
    "background",
    "cite",
    "data",
    "formaction",
    "manifest",
    "ping",
    "poster",
    "src",
    "srcset",
    "xlink:href",
}
"""Attributes that ask their address without being followed; `href` does on everything but `a`."""
ATTRIBUTES: Final = {"look", "place"}
"""Blocks and macros that give names of classes, no text: those of the whole page, and of a step of the intake."""
_MADE_NAME: Final = re.compile(r"(?<![^\W\d])([a-z]+-)+0|0([-/][a-z]+)+(?![^\W\d])")
"""Of an element or an address, with what is filled in: `field-0`, `0-hint`, `0/back`."""
_FAR: Final = re.compile(r"\s*(https?:)?//", re.IGNORECASE)
_ATTRIBUTE: Final = re.compile(r"""\b([a-z][a-z:-]*)=["']([^"']*)["']""")
_NO_PAGE: Final = re.compile(r"\s*(javascript|file|ftp|wss?):", re.IGNORECASE)
_SHEET_LOADS: Final = re.compile(r"@import|@font-face|url\(|https?://|expression\(", re.IGNORECASE)


@dataclass(frozen=True)
class Spoken:
    """A literal key that a page says, and the names of the facts it gives; None if they are not told there."""

    where: str
    key: str
    facts: frozenset[str] | None


def spoken_in_template(text: str, where: str) -> Iterator[Spoken]:
    """Every literal key of `t(...)` and `label(...)`, in choices too: `t("a" if x else "b")`."""
    for call in _JINJA.parse(text).find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name in SAYING and call.args:
            told = frozenset(given.key for given in call.kwargs)
            facts = told if SAYING[call.node.name] and call.dyn_kwargs is None else None
            for key in _literals(call.args[0]):
                yield Spoken(f"{where}:{call.lineno}", key, facts)


def _literals(asked: nodes.Expr) -> Iterator[str]:
    if isinstance(asked, nodes.Const) and isinstance(asked.value, str):
        yield asked.value
    elif isinstance(asked, nodes.CondExpr):
        yield from _literals(asked.expr1)
        if asked.expr2 is not None:
            yield from _literals(asked.expr2)


def spoken_in_python(text: str, where: str) -> Iterator[Spoken]:
    """Every literal key of `t(...)`, `label(...)` and `Said(...)` of a module."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and node.args:
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            first = node.args[0]
            if name in {*SAYING, "Said"} and isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield Spoken(f"{where}:{node.lineno}", first.value, None)


@cache
def catalogue(language: str) -> dict[str, frozenset[str]]:
    """Each key of a language with the facts its sentence needs."""
    found: dict[str, frozenset[str]] = {}
    for path in sorted((LOCALE / language / "LC_MESSAGES").glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, ignore_obsolete=True):
                if message.id and message.string:
                    names = (name for _, name, _, _ in Formatter().parse(str(message.string)) if name)
                    found[str(message.id)] = frozenset(names)
    return found


def unsaid(spoken: Spoken) -> list[str]:
    """In which languages there is no such sentence, and which facts it lacks there."""
    found = []
    for language in LANGUAGES:
        needed = catalogue(language).get(spoken.key)
        if needed is None:
            found.append(f"{spoken.where}: {spoken.key} is not said in {language}")
        elif spoken.facts is not None and needed - spoken.facts:
            found.append(f"{spoken.where}: {spoken.key} in {language} lacks {', '.join(sorted(needed - spoken.facts))}")
    return found


def template_flaws(text: str, where: str) -> list[str]:
    """Text of its own, style, script, and addresses of other hosts."""
    reader = _Reader(where)
    reader.feed(_without_jinja(text))
    reader.close()
    return reader.found


def _without_jinja(text: str) -> str:
    """The HTML of a template: what is filled in as `_filled` says it, nothing for what only steers; lines stay where they are."""
    made: list[str] = []
    part: list[tuple[str, str]] | None = None
    attribute = False
    for _, kind, value in _JINJA.lex(text):
        if kind.endswith("_begin"):
            part = []
        made.append("\n" * value.count("\n") if attribute or part is not None else value)
        if part is not None and kind != "whitespace":
            part.append((kind, value))
        if kind.endswith("_end") and part is not None:
            if kind == "variable_end" and not attribute:
                made.append(_filled(part))
            if kind == "block_end":
                names = [value for kind, value in part if kind == "name"]
                if names[0] in {"block", "macro"}:
                    attribute = names[1] in ATTRIBUTES
                elif names[0] in {"endblock", "endmacro"}:
                    attribute = False
            part = None
    return "".join(made)


def _filled(part: list[tuple[str, str]]) -> str:
    """What `{{ ... }}` says by itself, as in `{{ name or "Nobody" }}`, but not what it calls with or compares; else a 0."""
    said, depth, before = [], 0, ""
    for kind, value in part:
        depth += (value in "([{") - (value in ")]}") if kind == "operator" else 0
        if kind == "string" and depth == 0 and before not in {"==", "!=", "in"}:
            said.append(value[1:-1])
        before = value
    return " ".join(said) or "0"


def _loads(tag: str, name: str, value: str) -> bool:
    """Whether an attribute asks another host, or leads to what is no page."""
    if name == "href" and tag == "a":
        return _NO_PAGE.match(value) is not None
    return (name in LOADING or name == "href") and (_FAR.match(value) or _NO_PAGE.match(value)) is not None


def _is_for_machines(told: Mapping[str, str | None]) -> bool:
    return "http-equiv" in told or told.get("name") in FOR_MACHINES


@dataclass
class _Reader(HTMLParser):
    where: str
    found: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._above = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag in {"script", "style", "iframe", "object", "embed", "base"}:
            self._note(f"<{tag}>")
        button = tag == "input" and told.get("type") in {"submit", "button", "reset"}
        for name, value in attrs:
            if name == "style" or re.match(r"on[a-z]", name):
                self._note(f"{name}=")
            elif value and _loads(tag, name, value):
                self._note(f"{name}={value}")
            elif value and ((name in READ_ALOUD and not _is_for_machines(told)) or (name == "value" and button)):
                self._read(value)

    def handle_data(self, data: str) -> None:
        """Text, or what a macro gives to stand inside of a tag: attributes."""
        self._above = (data.partition(data.strip())[0] if data.strip() else data).count("\n")
        self.handle_starttag("", _ATTRIBUTE.findall(data))
        self._read(_ATTRIBUTE.sub("", data))
        self._above = 0

    def _read(self, text: str) -> None:
        words = {word for word in re.findall(r"[^\W\d_]+", _MADE_NAME.sub("", text)) if word not in NAMES}
        if words:
            self._note(f"says {text.strip()[:40]!r} by itself")

    def _note(self, what: str) -> None:
        self.found.append(f"{self.where}:{self.getpos()[0] + self._above}: {what}")


def sheet_flaws(text: str, where: str) -> list[str]:
    """What a stylesheet would load."""
    return [f"{where}: {found[0]}" for found in _SHEET_LOADS.finditer(text)]
