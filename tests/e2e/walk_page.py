"""A page as somebody meets it who walks through a door: its links, its forms with what stands in them, what is wrong with it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

POINTS: Final = ("aria-describedby", "aria-labelledby", "aria-controls", "aria-details", "for")
"""Attributes that name the id of something on the same page."""
FORBIDDEN: Final = frozenset({"script", "style", "iframe", "object", "embed", "base", "template", "noscript"})
LEAVING: Final = frozenset({"https://www.wikipedia.org/"})
"""The one address of another house that a page may lead to: leaving quickly."""
_UUID: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")


def plain(address: str) -> str:
    """An address with its ids left out, and only the names of its questions."""
    path, _, query = address.partition("#")[0].partition("?")
    names = sorted({one.partition("=")[0] for one in query.split("&") if one} - {"lang", "done"})
    return _UUID.sub("{id}", path) + ("?" + "&".join(names) if names else "")


@dataclass
class Field:
    """One field of a form: its sort, what a browser sends of it untouched, and what there is to pick."""

    name: str
    sort: str
    value: str = ""
    sent: bool = True
    options: list[str] = field(default_factory=list)

    def plausible(self, day: str, words: str) -> str | None:
        """What somebody might put there; None: nothing."""
        if self.sort == "hidden":
            return self.value if self.sent else None
        if self.sort in ("radio", "checkbox"):
            return self.value or None
        if self.sort == "select":
            return next((one for one in self.options if one), "")
        if self.sort == "date":
            return self.value or day
        return self.value or ("1" if self.sort == "number" else words)


@dataclass
class Form:
    """A form of a page. `known`: what tells it from others, whatever matter it is about."""

    action: str
    method: str
    upload: bool
    fields: list[Field] = field(default_factory=list)
    pressed: Field | None = None

    def by_button(self) -> "Iterator[Form]":
        """This form, once for each of its buttons that says which it is."""
        named = [one for one in self.fields if one.sort == "button" and one.name]
        rest = [one for one in self.fields if one.sort != "button"]
        for button in named or [None]:
            yield Form(self.action, self.method, self.upload, rest, button)
        if named and any(one.sort == "button" and not one.name for one in self.fields):
            yield Form(self.action, self.method, self.upload, rest)

    @property
    def known(self) -> str:
        if self.pressed is not None and self.pressed.name == "_draft":
            return "keeps a draft"
        fixed = sorted(
            f"{one.name}={_UUID.sub('', one.value)}"
            for one in self.fields
            if one.sort == "hidden" and one.name in ("_method", "trigger", "track", "way", "payload.way")
        )
        fixed += [f"{self.pressed.name}={self.pressed.value if self.pressed.name == 'go' else ''}"] if self.pressed else []
        return " ".join(
            (self.method, plain(self.action), *fixed, *sorted({one.name for one in self.fields if one.sort != "hidden"}))
        )

    def untouched(self) -> dict[str, list[str]]:
        """What a browser sends when only the button is pressed."""
        return self._told([(one, one.value) for one in self.fields if one.sent])

    def filled(self, day: str, words: str) -> dict[str, list[str]]:
        """What somebody sends who fills in everything: of radio buttons the first that says something, of boxes the first."""
        told: list[tuple[Field, str]] = []
        for one in self.fields:
            value = one.plausible(day, words)
            if value is not None and (one.sort == "hidden" or one.name not in {before.name for before, _ in told}):
                told.append((one, value))
        return self._told(told)

    def _told(self, filled: list[tuple[Field, str]]) -> dict[str, list[str]]:
        told: dict[str, list[str]] = {}
        for one, value in [*filled, *([(self.pressed, self.pressed.value)] if self.pressed else [])]:
            if one.name:
                told.setdefault(one.name, []).append(value)
        return told


class Page(HTMLParser):
    """What a page holds. `words`: everything it says, and every value it carries."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
        self.links: list[str] = []
        self.forms: list[Form] = []
        self.ids: list[str] = []
        self.pointed: list[tuple[str, str]] = []
        self.flaws: list[str] = []
        self.headings = 0
        self.title = self.lang = ""
        self._inside = ""
        self._field: Field | None = None
        self.feed(text)
        self.close()
        self.forms = [one for form in self.forms for one in form.by_button()]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        self.flaws += self._wrong_with(tag, told)
        self.ids += [told["id"]] if "id" in told else []
        self.pointed += [(name, one) for name in POINTS for one in told.get(name, "").split()]
        self._inside = tag if tag == "title" else self._inside
        self.headings += tag == "h1"
        self.lang = told.get("lang", "") if tag == "html" else self.lang
        if tag in ("a", "area") and "href" in told:
            self.links.append(told["href"])
        elif tag == "form":
            self.forms.append(
                Form(told.get("action", ""), told.get("method", "get").lower(), told.get("enctype", "").startswith("multipart"))
            )
        elif self.forms:
            self._field_of(tag, told)

    def _wrong_with(self, tag: str, told: Mapping[str, str]) -> Iterator[str]:
        if tag in FORBIDDEN:
            yield f"<{tag}>"
        yield from (f"{name} on <{tag}>" for name in told if name == "style" or name.startswith("on"))
        for name in ("src", "href", "action", "formaction", "data", "poster"):
            where = told.get(name, "/")
            if (not where.startswith(("/", "#", "?")) and not (tag == "a" and where in LEAVING)) or where.startswith("//"):
                yield f"<{tag} {name}> leads to another place"
        if tag == "form" and told.get("method", "get").lower() == "get" and "/act" in told.get("action", ""):
            yield "a change by GET"

    def _field_of(self, tag: str, told: Mapping[str, str]) -> None:
        name, value, fields = told.get("name", ""), told.get("value", ""), self.forms[-1].fields
        if tag == "input":
            sort = told.get("type", "text")
            sort = "number" if told.get("inputmode") == "numeric" else sort
            fields.append(Field(name, sort, value, "checked" in told if sort in ("radio", "checkbox") else True))
        elif tag in ("textarea", "select"):
            self._field = Field(name, tag)
            fields.append(self._field)
        elif tag == "option" and self._field is not None:
            self._field.options.append(value)
            if "selected" in told or len(self._field.options) == 1:
                self._field.value = value
        elif tag == "button" and told.get("type", "submit") == "submit" and "formaction" not in told:
            fields.append(Field(name, "button", value))

    def handle_data(self, data: str) -> None:
        if self._inside == "title":
            self.title += data
        elif self._field is not None and self._field.sort == "textarea":
            self._field.value += data

    def handle_endtag(self, tag: str) -> None:
        if tag in ("textarea", "select") and self._field is not None:
            self._field.value = self._field.value.removeprefix("\n")
            self._field = None
        if tag == "title":
            self._inside = ""

    def problems(self) -> Iterator[str]:
        """What is wrong with it."""
        yield from self.flaws
        if self.headings != 1:
            yield f"{self.headings} headings of the first level"
        if not self.title.strip():
            yield "no title"
        if self.lang not in ("en", "es", "pt", "fr"):
            yield "no language"
        yield from (f"two things are called {one}" for one in sorted({one for one in self.ids if self.ids.count(one) > 1}))
        yield from (f"{name} names {one}, which is not there" for name, one in self.pointed if one not in self.ids)
        inside = (one.partition("#")[2] for one in self.links if one.startswith("#"))
        yield from (f"a link to #{one}, which is not there" for one in inside if one and one not in self.ids)
