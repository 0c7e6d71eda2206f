"""The forms of one matter's page: each with the version it was made for, and a draft of it where long texts are written.

A move asks for exactly what its guard needs: claims that only the move itself can show make their fields required.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from starlette.requests import Request

from actions.desk_drafts import Draft
from api.pages.forms import Choices, Form, make_form
from api.pages.showing import href
from web.forms.making import Field

PAYLOAD = "payload"


@dataclass(frozen=True, slots=True)
class CaseForm:
    """A form as the page draws it. `submit`: the key of what its button says; `draft`: where its draft is kept, if it has any.

    `kept_on`: the day the draft was kept that its fields are filled with; `forget`: the form that throws it away.
    """

    form: Form
    submit: str
    look: str = ""
    draft: str = ""
    kept_on: date | None = None
    forget: Form | None = None

    @property
    def open(self) -> bool:
        """Whether somebody is at work on it: it was refused, or a draft of it was kept."""
        return self.form.kept is not None or self.kept_on is not None


@dataclass(frozen=True, slots=True)
class Place:
    """Which matter the forms are of: its JSON address, the version that was seen, how much of its history, and the drafts."""

    request: Request
    kind: str
    id: str
    version: int
    seen: str
    drafts: Mapping[str, Draft] = field(repr=False)

    @property
    def page(self) -> str:
        """Its page, in the language asked for."""
        return href(self.request, f"/{self.kind}s/{self.id}")

    def address(self, tail: str) -> str:
        """An address of the JSON door."""
        return f"/v1/{self.kind}s/{self.id}/{tail}"

    def form(
        self,
        method: str,
        tail: str,
        submit: str,
        *,
        name: str = "",
        look: str = "",
        done: str = "case_done",
        next: str | None = None,
        versioned: bool = True,
        must: Collection[str] = (),
        fixed: Mapping[str, str] | None = None,
        only: Iterable[str] = (),
        without: Iterable[str] = (),
        choices: Choices | None = None,
        values: Mapping[str, str | Sequence[str]] | None = None,
        scope: str = "case",
    ) -> CaseForm:
        """A form of this matter. `name` is that of its draft; `must` are the last names of fields that it cannot be without."""
        draft = self.drafts.get(name)
        made = make_form(
            self.request,
            method,
            self.address(tail),
            next=next or self.page,
            done=done,
            version=self.version if versioned else None,
            fixed=fixed,
            only=only,
            without=without,
            choices=choices,
            values=draft.values if draft else values,
            scope=scope,
        )
        fields = tuple(sorted((_required(one, must) for one in _unwrapped(made.fields)), key=lambda one: not one.required))
        keeps = self.address(f"drafts/{name}") if name and any(map(_is_long, fields)) else ""
        told = {"_seen": self.seen, "_drops": keeps}
        hidden = (*made.hidden, *((key, value) for key, value in told.items() if value))
        form = replace(made, fields=fields, hidden=hidden)
        if draft is None:
            return CaseForm(form, submit, look, keeps)
        forget = make_form(self.request, "DELETE", self.address(f"drafts/{name}"), next=self.page, done="draft_dropped")
        return CaseForm(form, submit, look, keeps, draft.on, forget)


def _unwrapped(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """What a move brings, without the group around it: its fields are all there is."""
    if len(fields) == 1 and fields[0].called == PAYLOAD and fields[0].sort == "group":
        return fields[0].inside
    return fields


def _required(one: Field, must: Collection[str]) -> Field:
    return replace(one, required=True) if one.called in must else one


def _is_long(one: Field) -> bool:
    return one.sort == "area" or any(map(_is_long, one.inside))
