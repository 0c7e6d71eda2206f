"""What is said of the structure, of versions and of findings, in the reader's language."""

from typing import Any

from actions.kinds.proposal_shapes import read_terms
from actions.structure import Seen
from actions.structure_posts import PostLine
from actions.versions import Found, Together, VersionRow
from api import structure_shapes as shapes
from api.words import Words
from structure.diff import Difference, Value
from structure.impact import HOLDER, Line
from structure.merging import Conflict
from structure.rule import Finding
from structure.things import COMMANDS, EdgeKind, Function, Post, Ref, Sort, Unit

SOMEBODY = "-"
"""Whoever holds a post is never told here, only that somebody does."""


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
            shapes.PostOnDay(**_post(one), source=sources[Ref(Sort.POST, id)])
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
    return shapes.UnitLine(**told, heads=heads, coordinates_with=beside, reports_to=bodies, source=source)


def _function(one: Function, source: str) -> shapes.FunctionLine:
    return shapes.FunctionLine(
        id=one.id,
        name=one.name,
        owners=list(one.owners),
        contributors=list(one.contributors),
        part_of=one.part_of,
        legal_basis=sorted(one.legal_basis),
        source=source,
    )


def _post(post: Post) -> dict[str, Any]:
    told = {"id": post.id, "title": post.title, "unit": post.unit, "fund": post.fund, "grade": post.grade}
    return told | {"vacant": post.holder is None}


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


def posts(lines: tuple[PostLine, ...]) -> shapes.Posts:
    """The ledger of posts."""
    return shapes.Posts(
        posts=[shapes.PostHistory(**_post(one.post), since=one.since, until=one.until, source=one.source) for one in lines]
    )


def version(row: VersionRow) -> shapes.VersionLine:
    """One version."""
    return shapes.VersionLine(
        number=row.number,
        label=row.label,
        author=row.author,
        made_at=row.made_at,
        base=row.base_seq,
        sha256=row.digest.hex(),
        text_sha256=row.hashes,
        operations=row.operations,
        terms=read_terms(row.terms).model_dump(mode="json", exclude={"target"}) | {"target": row.terms["target"]},
        texts=row.texts,
    )


def findings(found: Found, words: Words) -> shapes.Findings:
    """What the rules say of a version."""
    judged = found.judged
    passed = {id(one.finding) for one in judged.standing.passed}
    inherited = {id(one) for one in judged.inherited}
    lines = [_finding(one, words, waived=id(one) in passed, inherited=id(one) in inherited) for one in judged.findings]
    counts: dict[str, int] = {}
    for one in judged.findings:
        counts[one.severity.value] = counts.get(one.severity.value, 0) + 1
    return shapes.Findings(version=found.version.number, on=found.on, may_go_on=judged.may_go_on(), counts=counts, findings=lines)


def _finding(one: Finding, words: Words, *, waived: bool = False, inherited: bool = False) -> shapes.FindingLine:
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
                id=SOMEBODY if one.sort == HOLDER else one.id,
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
    return shapes.Merge(
        version=found.mine.number,
        other=found.other.matter_id,
        other_version=found.other.number,
        conflicts=[_conflict(one, words) for one in found.merged.conflicts],
        findings=[_finding(one, words) for one in found.merged.findings],
    )


def _conflict(one: Conflict, words: Words) -> shapes.ConflictLine:
    return shapes.ConflictLine(
        kind=one.kind,
        sort=one.subject.sort,
        subject=one.subject.id,
        detail=one.detail,
        ours=[planned.id for planned in one.ours.operations],
        theirs=[planned.id for planned in one.theirs.operations],
        both=one.both,
        message=words.say(one.message),
    )
