"""What answers about reports look like at the desk. `desk_reports_telling.py` fills them."""

from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from actions.kinds.report_shapes import Because
from api import shapes


class Correction(BaseModel):
    """What was wrong in a report that is out."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    because: Because


class DeskReport(shapes.Summary):
    """A report in one line. `contents`: tables, or words alone. `merged`: earlier periods whose figures go into it."""

    report: str
    report_label: str
    series: str
    edition: str
    period: str
    from_on: date
    to_on: date
    contents: str
    corrects: str | None
    merged: list[str]
    next_due: date | None
    late: bool


class DeskReports(BaseModel):
    """The reports you may see, oldest period first. `says`: what will appear here, where nothing is yet."""

    reports: list[DeskReport]
    says: str | None


class ReportDraft(BaseModel):
    """The newest draft. `object` is what `report.json` would hold; what is hidden is not in it.

    `clean`: nobody can be found in it. If not, `found` says what the attacker found, and `mending` what would mend it.
    `utility`: how much of what was counted is said.
    """

    number: int
    made_on: date
    clean: bool
    object: dict[str, Any]
    found: dict[str, Any]
    mending: list[str]
    utility: dict[str, Any]


class ReportSection(BaseModel):
    """Words for one chapter, by language."""

    section: str
    label: str
    text: dict[str, str] = Field(repr=False)


class WordsMark(BaseModel):
    """Something in the words to look at before they go out. `position` counts signs from 1, in the text of that language.

    `weight` warning: it breaks a line of the checklist unless there is a reason; question: only people can know.
    """

    what: str
    section: str
    language: str
    position: int
    weight: str


class ReportTexts(BaseModel):
    """The words as they stand, as far as they are sealed to you. `sections` null: they were damaged and cannot be opened.

    `version` 0: nothing was written. `read`: somebody else has read this very version; `published`: it stands in the draft.
    """

    version: int
    sections: list[ReportSection] | None
    marks: list[WordsMark]
    read: bool
    read_by: shapes.Named | None
    published: bool


class ChecklistItem(BaseModel):
    """What the second reader says yes to."""

    item: str
    label: str


class OpenedReport(DeskReport):
    """One report. `held_for`: why it was last held; `because`: why it corrects another edition. `draft` null: none yet."""

    opened_on: date
    owner: str
    responsible: shapes.Named | None
    held_for: str | None
    held_for_label: str | None
    because: str | None
    because_label: str | None
    draft: ReportDraft | None
    words: ReportTexts = Field(repr=False)
    checklist: list[ChecklistItem]
    moves: list[shapes.Possible]
