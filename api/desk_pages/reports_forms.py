"""The forms of a report's page at the desk: words for a chapter, the second reader's checklist, the steps from where it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from starlette.requests import Request

from api import desk_reports_shapes as shapes
from api.pages.forms import Choices, Form, Option, make_form
from api.words import Words
from web.messages import LANGUAGES

__all__ = ["Form", "Maker", "Offered"]

PAYLOAD: Final = "payload"
ANNOTATE, READ = "annotate", "read_words"
SHOWN_BY: Final[Mapping[str, frozenset[str]]] = {
    "hold": frozenset({"a_ground_is_given"}),
    "redraft": frozenset({"it_is_said_what_changes"}),
    READ: frozenset({"the_checklist_is_complete"}),
}
"""Claims that the form of a step shows by itself: no reason against it."""
BRINGS: Final = ("hold", "redraft")
"""Steps that bring something; the others are a button."""
GRAVE: Final = ("approve", "withdraw", "merge_with_next")


@dataclass(frozen=True, slots=True)
class Offered:
    """A step from where it is. Without a form, `against` says why not."""

    trigger: str
    label: str
    form: Form | None = field(repr=False)
    against: tuple[str, ...]
    look: str = ""


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes the forms for one report as it was seen."""

    request: Request
    report: shapes.OpenedReport
    written: Mapping[str, Any] | None = field(repr=False)
    words: Words

    def moves(self) -> list[Offered]:
        """Every step that the policy gives to whoever looks, but for those that stand with her words."""
        return [self._offered(one.trigger, one.label) for one in self.report.moves if one.trigger not in (ANNOTATE, READ)]

    def annotating(self, section: str, texts: Mapping[str, str]) -> Form | None:
        """The form for the words of one chapter; None: they are not this person's to write, or not now."""
        if self._against(ANNOTATE) is not None:
            return None
        languages = [Option(one) for one in LANGUAGES]
        values = {f"{PAYLOAD}.text.{language}": text for language, text in texts.items()}
        fixed = {f"{PAYLOAD}.section": section}
        return self._form(ANNOTATE, "words_kept", fixed=fixed, choices={f"{PAYLOAD}.text": languages}, values=values)

    def reading(self) -> Offered | None:
        """The second reader's checklist; None: this person reads no words."""
        told = next((one for one in self.report.moves if one.trigger == READ), None)
        if told is None:
            return None
        against = self._against(READ)
        items = [Option(one.item, one.label) for one in self.report.checklist]
        fixed = {f"{PAYLOAD}.version": str(self.report.words.version)}
        form = self._form(READ, "words_read", fixed=fixed, choices={f"{PAYLOAD}.checked": items}) if against is None else None
        return Offered(READ, told.label, form, against or ())

    def correction(self) -> Form:
        """The form that opens the edition which corrects this one."""
        return make_form(
            self.request,
            "POST",
            f"/v1/reports/{self.report.id}/corrections",
            next="/reports/{id}",
            done="correction_opened",
            scope="report",
        )

    def _offered(self, trigger: str, label: str) -> Offered:
        against = self._against(trigger)
        if against is not None:
            return Offered(trigger, label, None, against)
        without = () if trigger in BRINGS else (PAYLOAD,)
        form = self._form(trigger, "report_moved", choices=self._choices(trigger), without=without)
        return Offered(trigger, label, form, (), "danger" if trigger in GRAVE else "quiet")

    def _against(self, trigger: str) -> tuple[str, ...] | None:
        """Why a step cannot be made, in sentences; None: it can."""
        told = next((one for one in self.report.moves if one.trigger == trigger), None)
        if told is None:
            return ()
        found = [one.what for one in told.unmet if one.claim not in SHOWN_BY.get(trigger, ())]
        return tuple(found) or None

    def _choices(self, trigger: str) -> Choices:
        if trigger != "redraft":
            return {}
        tables = (self.written or {}).get("tables", ())
        names = [Option(str(one["name"]), self.words.label(f"report.table.{one['name']}", one["name"])) for one in tables]
        dimensions = dict.fromkeys(str(each) for one in tables for each in one["dimensions"])
        named = [Option(one, self.words.label(f"report.dimension.{one}", one)) for one in dimensions]
        return {f"{PAYLOAD}.choices.table": names, f"{PAYLOAD}.choices.dimension": named}

    def _form(
        self,
        trigger: str,
        done: str,
        *,
        fixed: Mapping[str, str] | None = None,
        choices: Choices | None = None,
        values: Mapping[str, str] | None = None,
        without: tuple[str, ...] = (),
    ) -> Form:
        form = make_form(
            self.request,
            "POST",
            f"/v1/reports/{self.report.id}/moves",
            done=done,
            version=self.report.version,
            fixed={"trigger": trigger, **(fixed or {})},
            choices=choices,
            values=values,
            without=without,
            scope="report",
        )
        inner = (below for one in form.fields for below in (one.inside if one.name == PAYLOAD else (one,)))
        return replace(form, fields=tuple(inner))
