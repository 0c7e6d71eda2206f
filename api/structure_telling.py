"""What is said of the structure, of versions and of findings, in the reader's language."""

from typing import Any

from actions.kinds.proposal_shapes import read_terms
from actions.merging import MergeRow, Together
from actions.structure import Seen
from actions.structure_holders import HIDDEN, hidden
from actions.structure_posts import Ledger
from actions.versions import Found, VersionRow
from api import structure_shapes as shapes
from api.words import Words
from structure.diff import Difference, Value
from structure.impact import HOLDER, Line
from structure.merging import Conflict, Side
from structure.rule import Finding
from structure.things import COMMANDS, EdgeKind, Function, Post, Ref, Sort, Unit
from structure.timeline import Planned


def structure(seen: Seen) -> shapes.Structure:
    """The organisation of a day."""
    org, sources = seen.organisation, seen.sources
    return shapes.Structure(
        as_of=seen.as_of,
        known_at=seen.known_at,
        stops_on=seen.stops_on,
        units=[_unit(one, sources[Ref(Sort.UNIT, id)]) for id, one in sorted(org.units.items()) if one.is_live],
        functions=[_function(one, sources[Ref(Sort.FUNCTION, id)]) for id, one in sorted(org.functions.items()) if one.live],
        posts=[
            shapes.PostOnDay(**_post(one, seen.holders), source=sources[Ref(Sort.POST, id)])
            for id, one in sorted(org.posts.items())
            if one.live
        ],
    )


def _unit(unit: Unit, source: str) -> shapes.UnitLine:
    heads = [
        shapes.HeadLine(head=edge.head, kind=edge.kind, matters=sorted(edge.matters))
        for edge in unit.edges
        if edge.kind in COMMANDS
    ]
    beside = [edge.head for edge in unit.edges if edge.kind is EdgeKind.COORDINATION]
    bodies = [edge.head for edge in unit.edges if edge.kind is EdgeKind.BODY]
    told = {"id": unit.id, "name": unit.name, "type": unit.type, "rank": unit.rank, "state": unit.state.value}
    more = {"formerly": list(unit.formerly), "autonomous": unit.autonomous, "tags": sorted(unit.tags)}
    return shapes.UnitLine(**told, **more, heads=heads, coordinates_with=beside, reports_to=bodies, source=source)


def _function(one: Function, source: str) -> shapes.FunctionLine:
    return shapes.FunctionLine(
        id=one.id,
        name=one.name,
        owners=list(one.owners),
        contributors=list(one.contributors),
        part_of=one.part_of,
        legal_basis=sorted(one.legal_basis),
        origin=one.origin,
        source=source,
    )


def _post(post: Post, holders: bool) -> dict[str, Any]:
    holder = post.holder if holders or post.holder is None else HIDDEN
    told = {"id": post.id, "title": post.title, "unit": post.unit, "fund": post.fund, "grade": post.grade}
    return told | {"vacant": post.holder is None, "holder": holder}


def differences(found: list[Difference]) -> shapes.Differences:
    """What differs, line by line."""
    return shapes.Differences(
        differences=[
            shapes.DifferenceLine(
                sort=one.subject.sort,
                id=one.subject.id,
                field=one.field,
                before=_unnamed(one.field, one.before),
                after=_unnamed(one.field, one.after),
            )
            for one in found
        ]
    )


def _unnamed(field: str, value: Value) -> list[str]:
    """A field's value; of who holds a post only whether somebody does, as in the ledger of posts."""
    if field != HOLDER:
        return list(value)
    return ["held" if value else "vacant"]


def posts(found: Ledger) -> shapes.Posts:
    """The ledger of posts."""
    return shapes.Posts(
        posts=[
            shapes.PostHistory(**_post(one.post, found.holders), since=one.since, until=one.until, source=one.source)
            for one in found.lines
        ]
    )


def version(row: VersionRow, merged: MergeRow | None, *, holders: bool) -> shapes.VersionLine:
    """One version; who is to hold a post only for those who may know."""
    terms = read_terms(row.terms).model_dump(mode="json", exclude={"target"})
    target = row.terms["target"]
    shown = target if holders or target is None else [hidden(one) for one in target]
    return shapes.VersionLine(
        number=row.number,
        label=row.label,
        author=row.author,
        made_at=row.made_at,
        base=row.base_seq,
        sha256=row.digest.hex(),
        text_sha256=row.hashes,
        operations=[one if holders else one | {"operation": hidden(one["operation"])} for one in row.operations],
        terms=terms | {"target": shown},
        texts=row.texts,
        merged_from=None if merged is None else _merged_from(merged),
    )


def _merged_from(row: MergeRow) -> shapes.MergedFrom:
    return shapes.MergedFrom(
        version=row.mine,
        sha256=row.mine_digest.hex(),
        other=row.other_id,
        other_version=row.other,
        other_sha256=row.other_digest.hex(),
        choices=[shapes.ChosenLine(conflict=conflict, choice=choice) for conflict, choice in row.choices],
        left_out=list(row.left_out),
    )


def findings(found: Found, words: Words) -> shapes.Findings:
    """What the rules say of a version."""
    judged = found.judged
    passed = {id(one.finding) for one in judged.standing.passed}
    inherited = {id(one) for one in judged.inherited}
    lines = [finding(one, words, waived=id(one) in passed, inherited=id(one) in inherited) for one in judged.findings]
    counts: dict[str, int] = {}
    for one in judged.findings:
        counts[one.severity.value] = counts.get(one.severity.value, 0) + 1
    return shapes.Findings(version=found.version.number, on=found.on, may_go_on=judged.may_go_on(), counts=counts, findings=lines)


def finding(one: Finding, words: Words, *, waived: bool = False, inherited: bool = False) -> shapes.FindingLine:
    """A rule that does not hold."""
    return shapes.FindingLine(
        rule=one.rule,
        severity=one.severity,
        sort=one.subject.sort,
        subject=one.subject.id,
        since=one.since,
        until=one.until,
        message=words.say(one.message),
        waived=waived,
        inherited=inherited,
    )


def impact(lines: tuple[Line, ...]) -> shapes.Impact:
    """Whom a version touches."""
    return shapes.Impact(
        lines=[
            shapes.TouchedLine(
                sort=one.sort,
                id=HIDDEN if one.sort == HOLDER else one.id,
                what=one.field,
                today=_unnamed(one.field, one.today),
                after=_unnamed(one.field, one.after),
                on=one.on,
                acts=one.needs_action,
            )
            for one in lines
        ]
    )


def merge(found: Together, words: Words) -> shapes.Merge:
    """What two versions do to each other."""
    merged = found.merged
    return shapes.Merge(
        version=found.mine.number,
        sha256=found.mine.digest.hex(),
        other=found.other.matter_id,
        other_version=found.other.number,
        other_sha256=found.other.digest.hex(),
        whole=merged.is_whole,
        conflicts=[_conflict(one, words) for one in merged.conflicts],
        findings=[finding(one, words) for one in merged.findings],
        operations=[_planned(one) for one in merged.planned],
        waiting=[_planned(one) for one in merged.waiting],
    )


def _conflict(one: Conflict, words: Words) -> shapes.ConflictLine:
    return shapes.ConflictLine(
        id=one.id,
        kind=one.kind,
        sort=one.subject.sort,
        subject=one.subject.id,
        detail=one.detail,
        ours=[planned.id for planned in one.ours.operations],
        theirs=[planned.id for planned in one.theirs.operations],
        our_side=_side(one, one.ours),
        their_side=_side(one, one.theirs),
        both=one.both,
        message=words.say(one.message),
    )


def _side(conflict: Conflict, side: Side) -> shapes.SideLine:
    return shapes.SideLine(value=_unnamed(conflict.detail, side.value), since=side.since)


def _planned(one: Planned) -> shapes.MergedLine:
    return shapes.MergedLine(id=one.id, on=one.on, kind=one.operation.kind)
