"""The forms of a page: made of the schema of the JSON request they become, with what was typed before."""

import re
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final
from urllib.parse import urlsplit

from fastapi import FastAPI
from starlette.requests import Request
from starlette.routing import compile_path

from api.contract import document
from api.pages.kept import Kept, kept_of
from api.pages.showing import here, href, parts_of
from api.words import Words, words_of
from web.forms.making import Asked, Choices, Field, Option, fields_of
from web.forms.schema import Document, Schema

__all__ = ["Choices", "Form", "Option", "make_form"]

ACT: Final = "/act"
"""Where forms are posted; what follows is the address of the JSON door."""
MOST_BLANK: Final = 1_000
"""Blank forms of a door that are kept; then it begins anew."""
_NO_LETTER: Final = re.compile(r"[\W_]")


class Contract:
    """The OpenAPI document of a door, for looking up what a request takes."""

    def __init__(self, app: FastAPI) -> None:
        made = document(app, app.title)
        self.schemas = Document(made)
        self._routes: dict[tuple[str, int], list[tuple[re.Pattern[str], Schema]]] = {}
        for path, methods in made["paths"].items():
            for method, operation in methods.items():
                alike = self._routes.setdefault((method.upper(), path.count("/")), [])
                alike.append((compile_path(path)[0], operation))
        self._blank: dict[tuple[object, ...], tuple[Field, ...]] = {}

    def fields(self, schema: Schema, asked: Asked, typed: Mapping[str, Sequence[str]]) -> tuple[Field, ...]:
        """The fields of a body. A page has some thirty forms, nearly all of them blank: those are made once."""
        if typed or asked.choices:  # what people typed, and whom they may pick, is kept nowhere
            return fields_of(self.schemas, schema, asked, typed)
        key = (id(schema), frozenset(asked.fixed.items()), asked.only, asked.without, asked.rows)
        found = self._blank.get(key)
        if found is None:
            found = fields_of(self.schemas, schema, asked, typed)
            if len(self._blank) >= MOST_BLANK:
                self._blank.clear()
            self._blank[key] = found
        return found

    def body(self, method: str, path: str) -> Schema | None:
        """The schema of the body; None: it takes none. Raises LookupError where there is no such request."""
        for shape, told in self._routes.get((method, path.count("/")), ()):
            if shape.match(path):
                content = told.get("requestBody", {}).get("content", {})
                found: Schema | None = content.get("application/json", {}).get("schema")
                return found
        raise LookupError(method)


@cache
def _contract(made: "_Key") -> Contract:
    return Contract(made.app)


@dataclass(frozen=True, slots=True)
class _Key:
    """An application by what its routes are: copies of one share them."""

    routes: int
    app: FastAPI = field(compare=False, hash=False)


def contract_of(request: Request) -> Contract:
    """The contract of the door that was asked, made once."""
    app: FastAPI = request.app
    return _contract(_Key(id(app.router), app))


@dataclass(frozen=True, slots=True)
class Form:
    """A form as the macro `draw` of `parts/forms.html` shows it."""

    id: str
    action: str
    hidden: tuple[tuple[str, str], ...] = field(repr=False)
    fields: tuple[Field, ...] = field(repr=False)
    scope: str
    words: Words = field(repr=False)
    kept: Kept | None = field(default=None, repr=False)

    def label(self, named: Field) -> str:
        """What a field is called: for this act, or anywhere."""
        return self.words.label(f"field.{self.scope}.{named.called}", "") or self._word("field", named.called)

    def hint(self, named: Field) -> str:
        """What helps to fill it in; empty: nothing."""
        return self.words.label(f"hint.{self.scope}.{named.called}", "") or self.words.label(f"hint.{named.called}", "")

    def option(self, named: Field, option: Option) -> str:
        """What there is to pick is called. A duty is called what its clock is called."""
        if option.label:
            return option.label
        keys = [f"clock.{self.scope}.{option.value}"] if named.called == "rule" else []
        keys += [f"option.{self.scope}.{named.called}.{option.value}", f"option.{named.called}.{option.value}"]
        said = (self.words.label(key, "") for key in keys)
        return next((one for one in said if one), option.value.replace("_", " "))

    def variant(self, named: Field) -> str:
        """What one of several shapes is called."""
        return self._word("variant", named.called)

    def flaws(self, named: Field) -> list[str]:
        """What was wrong with what was typed in it."""
        problem = self.kept.problem if self.kept else None
        trigger = str((self.kept.typed.get("trigger") or [""])[0]) if self.kept else ""
        if problem is None:
            return []
        return [flaw.what for flaw in problem.errors or () if ".".join(parts_of(flaw.path, trigger)) == named.name]

    def _word(self, what: str, name: str) -> str:
        return self.words.label(f"{what}.{name}", name.replace("_", " "))


def make_form(
    request: Request,
    method: str,
    path: str,
    *,
    next: str | None = None,
    done: str = "",
    version: int | None = None,
    fixed: Mapping[str, str] | None = None,
    only: Iterable[str] = (),
    without: Iterable[str] = (),
    choices: Choices | None = None,
    values: Mapping[str, str | Sequence[str]] | None = None,
    scope: str = "",
    rows: int = 3,
    to: str = "",
) -> Form:
    """A form that becomes `method path` of the JSON door.

    `next`: the page shown when it is done, this one if left out; `{id}` in it is the `id` of the answer. `done`: the message
    `done.<name>` shown there. `version`: sent as If-Match. `fixed` fields are sent unseen, `values` stand in fields at first.
    `to`: a page of its own that sends it on and shows the answer, where the answer is shown only once.
    Raises LookupError for a request that the door does not know.
    """
    contract, told = contract_of(request), dict(fixed or {})
    schema = contract.body(method, path)
    name = form_id(method, path, told)
    kept = kept_of(request)
    mine = kept if kept and kept.form == name else None
    before = {key: [one] if isinstance(one, str) else list(one) for key, one in (values or {}).items()}
    typed = mine.typed if mine else before
    asked = Asked(told, frozenset(only), frozenset(without), choices or {}, rows)
    fields = contract.fields(schema, asked, typed) if schema else ()
    hidden = {
        "_csrf": getattr(request.state, "csrf", ""),
        "_who": str(who.person) if (who := getattr(request.state, "who", None)) else "",
        "_key": secrets.token_hex(16),
        "_method": method,
        "_form": name,
        "_page": here(request),
        "_next": next or href(request, request.url.path),
        "_done": done,
        "_version": "" if version is None else str(version),
        "_lang": request.query_params.get("lang", ""),
    }
    pairs = tuple((key, value) for key, value in {**hidden, **told}.items() if value)
    words = words_of(request)
    return Form(name, to or ACT + path, pairs, fields, scope or _scope(path), words, mine)


def form_id(method: str, path: str, fixed: Mapping[str, str]) -> str:
    """What tells one form of a page from another: the request and its fixed fields. Holds no text that people wrote."""
    parts = (method, path.removeprefix("/v1/"), *fixed.values())
    return "f-" + "-".join(_NO_LETTER.sub("-", part.lower()) for part in parts)


def local(address: str) -> str:
    """An address of this door, or its first page where it is none: a form leads nowhere else (S21)."""
    try:
        split = urlsplit(address)
    except ValueError:
        return "/"
    mine = not split.scheme and not split.netloc and address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if mine and all(sign.isprintable() for sign in address) else "/"


def _scope(path: str) -> str:
    return path.removeprefix("/v1/").partition("/")[0].removesuffix("s")
