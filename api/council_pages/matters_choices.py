"""What there is to pick in the forms of mandates, proposals and meetings, so that nobody types an id."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from actions import deciding_looking, looking, offering, versions
from actions.looking import Wanted
from actions.office import Office
from api.pages.forms import Choices, Option
from api.words import Words
from policies.refusal import Refusal
from states.deciding.outline import outlined
from states.deciding.text import Paragraph
from web.countries import country, looked_for

MOST: Final = 100
"""Matters of a register that a list to pick from holds; whoever looks for another one searches for it."""
BEGINNING: Final = 60
"""Signs of a paragraph that a list to pick from shows."""
LISTED: Final[Mapping[str, str]] = {
    "open.proposal": "mandate",
    "merge.mandate": "mandate",
    "supersede.mandate": "mandate",
    "supersede.proposal": "proposal",
    "set_order.meeting": "proposal",
    "change_order.meeting": "proposal",
    "dispose.meeting": "meeting",
    "approve_record.meeting": "meeting",
}
"""Moves of a kind that name a matter, and of which kind that one is."""


@dataclass(frozen=True, slots=True)
class Picking:
    """Who picks, for which matter (None: one is to be opened), with what was searched for."""

    office: Office
    by: UUID
    words: Words
    kind: str
    matter: UUID | None = None
    detail: Mapping[str, Any] = field(default_factory=dict, repr=False)
    find: str | None = field(default=None, repr=False)
    of: str = ""
    """The move for which something was searched."""

    def for_move(self, trigger: str) -> Choices:
        """What there is to pick for a move, by the name of the field."""
        match self.kind, trigger:
            case "mandate", "assign" | "reassign":
                return {"payload.person": self.people(), "payload.function": self.functions()}
            case "mandate", "merge" | "supersede":
                return {"payload.successor": self.matters("mandate")}
            case "proposal", "supersede":
                return {"payload.successor": self.matters("proposal")}
            case "proposal", "adopt" | "adopt_ad_referendum" | "confirm" | "reject" | "take_note":
                return {"payload.decided": self.decidings()}
            case "proposal", "adopt_in_part":
                return {"payload.decided": self.decidings(), "payload.operations": self.operations(self.matter)}
            case "proposal", "issue_order" | "reissue":
                return {"payload.operations": self.operations(self.matter)}
            case "meeting", _:
                return self._for_meeting(trigger)
        return {}

    def for_opening(self) -> Choices:
        """What there is to pick when one is opened."""
        match self.kind:
            case "mandate":
                return {"function": self.functions()}
            case "proposal":
                texts = [self._word("text_kind", name) for name in offering.ballots(self.office).texts]
                return {"mandate": self.matters("mandate"), "text_kind": texts}
            case "meeting":
                return {"body": self._called(offering.bodies(self.office)), "sort": self._called(offering.sorts(self.office))}
        return {}

    def people(self) -> list[Option]:
        """Everybody in office."""
        return [Option(str(one.id), one.name) for one in offering.serving(self.office)]

    def functions(self) -> list[Option]:
        """The functions of the house."""
        return [Option(id, f"{name} ({id})") for id, name in offering.functions(self.office, by=self.by)]

    def states(self) -> list[Option]:
        """The member states that take part on the day of the matter, or today."""
        return self.countries(offering.states(self.office, self.detail.get("day")))

    def countries(self, codes: Iterable[str]) -> list[Option]:
        """States by name."""
        named = [Option(code, country(self.words.language, code)) for code in codes]
        return sorted(named, key=lambda one: looked_for(one.label))

    def matters(self, kind: str) -> list[Option]:
        """The matters of a kind, without this one; with `find`, those it is found in."""
        page = looking.page(self.office, kind, Wanted(search=self.find or None), by=self.by, most=MOST)
        return [Option(str(one.matter.id), numbered(one)) for one in page.items if one.matter.id != self.matter]

    def bodies(self) -> list[Option]:
        """The bodies of the house that meet, by their short names as citations have them."""
        return [Option(one.value, f"{one.label} ({one.value})") for one in self._called(offering.bodies(self.office))]

    def decidings(self) -> list[Option]:
        """Votes, consensus and silences about the proposal that are over and count."""
        return [] if self.matter is None else self._decidings(self.matter)

    def operations(self, proposal: UUID | None) -> list[Option]:
        """The operations of a proposal's newest version."""
        found = [] if proposal is None else versions.versions_of(self.office, proposal, by=self.by)
        told = found[-1].operations if found else ()
        return [Option(str(one["id"]), self._operation(one)) for one in told]

    def paragraphs(self, proposal: UUID | None, number: int | None = None) -> list[Option]:
        """The paragraphs of a version of a proposal (left out: of the newest), by key and first words."""
        found = [] if proposal is None else versions.versions_of(self.office, proposal, by=self.by)
        row = next((one for one in reversed(found) if number in (None, one.number) and one.texts), None)
        if row is None:
            return []
        language = self.words.language if self.words.language in row.texts else next(iter(row.texts))
        return [Option(one.key, beginning(one)) for one in outlined(row.texts[language])]

    def _for_meeting(self, trigger: str) -> Choices:
        items = [one for one in self.detail.get("items", ()) if not one["struck"]]
        numbers = [Option(str(one["number"]), f"{one['number']}. {one['title']}") for one in items]
        match trigger:
            case "set_order":
                return {"payload.items.proposal": self.matters("proposal")}
            case "change_order":
                return {"payload.adds.proposal": self.matters("proposal"), "payload.strikes": numbers}
            case "approve_record":
                return {"payload.meeting": self.matters("meeting")}
            case "correct_record":
                return {"payload.state": self.states(), "payload.item": numbers}
        return {}

    def for_item(self, proposal: UUID | None) -> Choices:
        """What there is to pick when it is noted what became of an item about this proposal (None: about none)."""
        return {
            "payload.decision": [] if proposal is None else self._decidings(proposal),
            "payload.to_meeting": self.matters("meeting"),
            "payload.operations": self.operations(proposal),
            "payload.statements.state": self.states(),
            "payload.statements.paragraph": self.paragraphs(proposal),
        }

    def _decidings(self, proposal: UUID) -> list[Option]:
        try:
            found = deciding_looking.questions(self.office, proposal, by=self.by)
        except Refusal:
            return []
        over = [one for one in found if not one.is_open and one.row.voided_at is None]
        return [Option(str(one.row.id), self._deciding(one.row.number, one.row.body, one.row.method)) for one in over]

    def _deciding(self, number: int, body: str, method: str) -> str:
        return f"{body}, {number}: {self.words.label(f'option.method.{method}', method)}"

    def _operation(self, one: Mapping[str, Any]) -> str:
        kind = str(one["operation"]["kind"])
        return f"{one['id']}: {self.words.label(f'operation.{kind}', kind.replace('_', ' '))}"

    def _called(self, found: Sequence[offering.Called]) -> list[Option]:
        return [Option(one.code, one.name.get(self.words.language) or next(iter(one.name.values()), one.code)) for one in found]

    def _word(self, what: str, name: str) -> Option:
        return Option(name, self.words.label(f"option.{what}.{name}", name.replace("_", " ")))


def beginning(one: Paragraph) -> str:
    """A paragraph in a list to pick from: its key and its first words."""
    return f"{one.key}: {one.text[:BEGINNING]}"


def numbered(one: looking.Listed) -> str:
    """What a matter is called in a list to pick from; without a symbol, the beginning of its number tells it from namesakes."""
    called = title(one.matter.kind, one.detail)
    return called if one.detail.get("symbol") or one.matter.kind == "meeting" else f"{called} ({str(one.matter.id)[:8]})"


def title(kind: str, detail: Mapping[str, Any]) -> str:
    """What a matter is called in a list."""
    told = str(detail.get("title") or kind)
    symbol = detail.get("symbol")
    return f"{symbol} – {told}" if symbol else told
