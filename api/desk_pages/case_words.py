"""What was written in a matter, in order: whose words they are, who can read them, and the texts that are made of parts."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from actions.desk_case import Case
from actions.desk_reading import Asked, Shown

HERS: Final = "visitor"
LETTER: Final = "served_copy"
"""The slot of the office's own copy of a letter."""
LEFT_OUT, ANSWERS, DRAFT, TAKEN_TIME, UNKNOWN = "must_not_see", "answers", "draft", "taken_time", "unknown"
_SHORT: Final = 70
"""Letters of a text by which one consent is told from another in a list to choose from."""


@dataclass(frozen=True, slots=True)
class Said:
    """One text as the page shows it. `to`: the receiver, where a text was written for one; `served`: it went out to them.

    `body` None: it cannot be opened.
    """

    id: UUID
    slot: str
    author: str
    shared: bool
    on: date
    by: str
    to: str = field(repr=False)
    body: str | None = field(repr=False)
    served: bool = False
    talk: Mapping[str, Any] = field(default_factory=dict, repr=False)
    """The time to talk that she took, where that is the text."""
    person: int | None = None
    """Of several who came, the number of who wrote it."""

    @property
    def hers(self) -> bool:
        """Whether the person who came wrote it."""
        return self.author == HERS


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Whom she locked out, by name where they work here, and what she wrote about it."""

    names: tuple[str, ...] = ()
    others: int = 0
    words: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Agreed(Asked):
    """A consent with its exact text."""

    to: str = field(repr=False)
    body: str | None = field(repr=False)
    by_letter: bool = False


def said_in(case: Case) -> list[Said]:
    """Every text in the order it was written; what she ticked and whom she locked out stand by themselves."""
    shown = [text for text in case.opened.texts if text.slot not in (LEFT_OUT, ANSWERS)]
    return [_said(text) for text in shown if text.text is None or text.text.strip()]


def _said(text: Shown) -> Said:
    to, body = _addressed(text)
    by, shared = text.by.name if text.by else "", text.visibility == "shared"
    served = text.visibility == "served" or text.slot == LETTER
    return Said(text.id, text.slot, text.author, shared, text.on, by, to, body, served, _talk(text), text.person)


def _talk(text: Shown) -> Mapping[str, Any]:
    told = _parsed(text.text) if text.slot == TAKEN_TIME else {}
    return told | {"begins": datetime.fromisoformat(told["begins_at"])} if told else told


def left_out(case: Case) -> LeftOut | None:
    """Whom she locked out; None: nobody."""
    names = {str(id): name for id, name in case.colleagues.items()}
    told = [_parsed(text.text) for text in case.opened.texts if text.slot == LEFT_OUT and text.author == HERS]
    ids = [str(one) for each in told for one in each.get("ids", ())]
    words = "\n\n".join(str(each["words"]) for each in told if each.get("words"))
    if not ids and not words:
        return None
    return LeftOut(tuple(names[one] for one in ids if one in names), sum(one not in names for one in ids), words)


def ticked(case: Case) -> Mapping[str, Any]:
    """What she ticked when she came: if it is urgent, if she is afraid, how she works here, where, and the day of a decision."""
    texts = [text.text for text in case.opened.texts if text.slot == ANSWERS and text.author == HERS]
    told = _parsed(texts[0]) if texts else {}
    known = {name: value for name, value in told.items() if value and value != UNKNOWN}
    if day := known.get("decision_on"):
        known["decision_on"] = date.fromisoformat(str(day))
    return known


def consents(case: Case) -> list[Agreed]:
    """Every consent that was asked, with the text and the receiver it is for."""
    texts = {text.id: text for text in case.opened.texts}
    return [_agreed(one, texts) for one in case.opened.consents]


def _agreed(one: Asked, texts: Mapping[UUID, Shown]) -> Agreed:
    to, body = _addressed(texts[one.text_id]) if one.text_id in texts else ("", None)
    return Agreed(**asdict(one), to=to, body=body, by_letter=_by_letter(texts.get(one.text_id)))


def _by_letter(text: Shown | None) -> bool:
    """Whether somebody with a letter key was named as its receiver."""
    return text is not None and "addressee" in _parsed(text.text)


def in_short(text: str | None) -> str:
    """The beginning of a text, for a list to choose from."""
    body = " ".join((text or "").split())
    return f"{body[:_SHORT]}…" if len(body) > _SHORT else body


def by_status(every: Sequence[Agreed], status: str) -> list[Agreed]:
    """Those in one state."""
    return [one for one in every if one.status == status]


def _addressed(text: Shown) -> tuple[str, str | None]:
    """A text and its receiver, which are sealed as one."""
    told = _parsed(text.text) if text.slot in (DRAFT, LETTER) else {}
    if {"to", "text"} <= set(told):
        return str(told["to"]), str(told["text"])
    return "", text.text


def _parsed(text: str | None) -> dict[str, Any]:
    try:
        told = json.loads(text or "")
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}
