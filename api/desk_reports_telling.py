"""What is said of reports at the desk, in the reader's language."""

from collections.abc import Mapping
from typing import Any

from actions.report_looking import KIND, Drafted, Listed, Seen, Standing
from api import desk_reports_shapes as shapes
from api import shapes as matters
from api.telling import summary
from api.words import Words
from policies.said import Said


def reports(found: list[Listed], words: Words) -> shapes.DeskReports:
    """All of them, or what will appear."""
    says = None if found else words.say(Said("reports_doors.none_at_the_desk"))
    return shapes.DeskReports(reports=[report(each, words) for each in found], says=says)


def report(one: Listed, words: Words) -> shapes.DeskReport:
    """One in a line."""
    return shapes.DeskReport(**_line(one, words))


def opened(seen: Seen, words: Words) -> shapes.OpenedReport:
    """One with its draft, its words and what can be done with it."""
    answers, row = seen.responsible, seen.listed.row
    return shapes.OpenedReport(
        **_line(seen.listed, words),
        opened_on=seen.opened_on,
        owner=seen.owner,
        responsible=None if answers is None else matters.Named(id=answers.id, name=answers.name),
        held_for=row.held_for,
        held_for_label=_label("held_for", row.held_for, words),
        because=row.because,
        because_label=_label("because", row.because, words),
        draft=None if seen.draft is None else _draft(seen.draft, words),
        words=_texts(seen.words, words),
        checklist=[
            shapes.ChecklistItem(item=item, label=words.label(f"report.checklist.{item}", item)) for item in seen.checklist
        ],
        moves=[_possible(move.trigger, move.unmet, words) for move in seen.moves],
    )


def _label(what: str, code: str | None, words: Words) -> str | None:
    return None if code is None else words.label(f"report.{what}.{code}", code)


def _line(one: Listed, words: Words) -> dict[str, Any]:
    row = one.row
    told = {name: getattr(row, name) for name in ("series", "edition", "period", "from_on", "to_on", "contents", "corrects")}
    return (
        summary(one.matter, words).model_dump()
        | told
        | {
            "report": row.report_kind,
            "report_label": words.label(f"report.series.{row.series}", row.series),
            "merged": list(row.merged),
            "next_due": one.next_due,
            "late": one.late,
        }
    )


def _draft(draft: Drafted, words: Words) -> shapes.ReportDraft:
    return shapes.ReportDraft(
        number=draft.number,
        made_on=draft.made_on,
        clean=draft.clean,
        object=dict(draft.object),
        found={name: value for name, value in draft.findings.items() if name != "mending"},
        mending=[_sentence(each, words) for each in draft.findings.get("mending", ())],
        utility=dict(draft.utility),
    )


def _sentence(said: Mapping[str, Any], words: Words) -> str:
    """What would mend a table; tables by the names people know them by."""
    params = dict(said.get("params", {}))
    if "table" in params:
        params["table"] = words.label(f"report.table.{params['table']}", params["table"])
    return words.say(Said(said["key"], params))


def _texts(standing: Standing, words: Words) -> shapes.ReportTexts:
    reader = standing.read_by
    return shapes.ReportTexts(
        version=standing.version,
        sections=None
        if standing.texts is None
        else [
            shapes.ReportSection(
                section=each.section, label=words.label(f"report.chapter.{each.section}", each.section), text=dict(each.text)
            )
            for each in standing.texts
        ],
        marks=[
            shapes.WordsMark(
                what=words.label(mark.key, mark.key),
                section=mark.section,
                language=mark.language,
                position=mark.position,
                weight=mark.weight,
            )
            for mark in standing.marks
        ],
        read=standing.read,
        read_by=None if reader is None else matters.Named(id=reader.id, name=reader.name),
        published=standing.published,
    )


def _possible(trigger: str, unmet: tuple[str, ...], words: Words) -> matters.Possible:
    claims = [matters.Claim(claim=claim, what=words.label(f"claim.{claim}", claim)) for claim in unmet]
    return matters.Possible(trigger=trigger, label=words.label(f"move.{KIND}.{trigger}", trigger), allowed=True, unmet=claims)
