"""What is said of released reports at the council's door, in the reader's language."""

from actions import report_releases as looking
from actions.looking import Possible
from actions.report_releases import FILES, Listed, Seen
from api import council_reports_shapes as shapes
from api import shapes as matters
from api.telling import summary
from api.words import Words
from policies.said import Said


def reports(found: list[Listed], words: Words) -> shapes.ReleasedReports:
    """All of them, or what will appear."""
    says = None if found else words.say(Said("reports_doors.none_released"))
    return shapes.ReleasedReports(reports=[report(each, words) for each in found], says=says)


def report(one: Listed, words: Words) -> shapes.ReleasedReport:
    """One in a line."""
    row = one.row
    return shapes.ReleasedReport(
        **summary(one.matter, words).model_dump(),
        report=row.report_kind,
        report_label=words.label(f"report.series.{row.series}", row.series),
        series=row.series,
        edition=row.edition,
        symbol=row.symbol,
        document=row.document_id,
        from_on=one.from_on,
        to_on=one.to_on,
        released_on=one.released_on,
        receiver=row.receiver,
        receiver_label=words.label(f"role.{row.receiver}", words.label(f"reports_doors.receiver.{row.receiver}", row.receiver)),
        written=one.written,
        received=[shapes.ReportReceipt(receiver=each.receiver, received_at=each.received_at) for each in one.received],
        missing=list(one.missing),
        noted_in=row.noted_in,
        noted_document=row.noted_document,
        next_due=one.next_due,
        late=one.late,
    )


def detail(seen: Seen, words: Words) -> shapes.ReleasedReportDetail:
    """One with everything."""
    return shapes.ReleasedReportDetail(
        **report(seen.listed, words).model_dump(),
        owner=seen.owner,
        moves=[possible(looking.KIND, move, words) for move in seen.moves],
        files=[_file(name) for name in FILES] if seen.listed.written else [],
        object=dict(seen.object) | {"symbol": seen.listed.row.symbol},
    )


def possible(kind: str, move: Possible, words: Words) -> matters.Possible:
    """A move from where it is."""
    unmet = [matters.Claim(claim=claim, what=words.label(f"claim.{claim}", claim)) for claim in move.unmet]
    label = words.label(f"move.{kind}.{move.trigger}", move.trigger)
    return matters.Possible(trigger=move.trigger, label=label, allowed=move.allowed, unmet=unmet)


def _file(name: str) -> shapes.ReportFile:
    parts = name.split(".")
    language = parts[1] if len(parts) == 3 and len(parts[1]) == 2 else None
    return shapes.ReportFile(name=name, type=FILES[name], language=language)
