"""What is said of the record of the structure, of what-ifs and of reports, in the reader's language."""

from collections.abc import Mapping, Sequence

from actions.reconciling import Compared
from actions.simulating import WhatIf
from actions.structure_holders import hidden
from actions.structure_mending import Corrected
from actions.structure_registrations import Line, Page, Registered
from api import structure_record_shapes as shapes
from api import structure_telling
from api.words import Words
from structure.impact import Line as Touched
from structure.simulation import Snapshot
from structure.things import Ref
from structure.timeline import PlanRefused


def registrations(found: Sequence[Registered], after: int | None, words: Words) -> shapes.Registrations:
    """The record, line by line."""
    return shapes.Registrations(registrations=[_registered(one, words) for one in found], after=after)


def registration(found: Page, words: Words) -> shapes.Registration:
    """One registration with its operations."""
    lines = [_recorded(one, words, holders=found.holders) for one in found.lines]
    return shapes.Registration(registration=_registered(found.registered, words), operations=lines, after=found.after)


def _registered(one: Registered, words: Words) -> shapes.RegistrationLine:
    symbol, revision = one.reason.order or (None, None)
    told = one.registration
    return shapes.RegistrationLine(
        number=one.seq,
        known_on=told.known_on,
        recorded_at=one.recorded_at,
        why=one.reason.why,
        label=words.label(f"registration.{one.reason.why}", one.reason.why),
        source=one.reason.source,
        proposal=one.reason.matter,
        order=symbol,
        revision=revision,
        adds=len(told.adds),
        corrects=len(told.corrects),
        withdraws=len(told.withdraws),
    )


def _recorded(one: Line, words: Words, *, holders: bool) -> shapes.RecordedLine:
    planned = one.planned
    written = None if planned is None else planned.operation.written()
    return shapes.RecordedLine(
        id=one.id,
        what=one.what,
        standing=one.standing,
        standing_label=words.label(f"registration.standing.{one.standing}", one.standing),
        origin=one.origin,
        on=None if planned is None else planned.on,
        declared=None if planned is None else planned.declared,
        assumed=None if planned is None else planned.assumed,
        operation=written if holders or written is None else hidden(written),
    )


def corrected(found: Corrected) -> shapes.Corrected:
    """What was registered, and the faults that came to light."""
    faults = [shapes.Fault(rule=rule, sort=thing.sort, subject=thing.id) for rule, thing in found.faults]
    return shapes.Corrected(registration=found.done.registration, operations=found.done.operations, faults=faults)


def what_if(found: WhatIf, touched: tuple[Touched, ...], words: Words) -> shapes.WhatIf:
    """The house with a version and without it."""
    without, with_it = found.without, found.with_it
    return shapes.WhatIf(
        version=found.version.number,
        on=found.on,
        dates=list(found.dates),
        refused=[_refused(one, words) for one in found.refused],
        without=_figures(without),
        with_it=_figures(with_it),
        spans=_differing(without.spans, with_it.spans),
        owned=_differing(without.functions, with_it.functions),
        owed=_differing(without.owed, with_it.owed),
        differences=structure_telling.differences(list(found.differences)).differences,
        appeared=[structure_telling.finding(one, words) for one in found.appeared],
        mended=[structure_telling.finding(one, words) for one in found.mended],
        impact=structure_telling.impact(touched).lines,
    )


def _refused(one: PlanRefused, words: Words) -> shapes.RefusedLine:
    claim = one.refusal.claim
    told = {"id": one.planned.id, "subject": one.refusal.subject, "claim": claim, "what": words.label(f"claim.{claim}", claim)}
    return shapes.RefusedLine(on=one.planned.on, **told)


def _figures(of: Snapshot) -> shapes.Figures:
    counted = [shapes.Headcount(fund=fund, posts=one.posts, holders=one.holders) for fund, one in of.headcount.items()]
    return shapes.Figures(
        units=sum(1 for unit in of.org.units.values() if unit.is_live),
        functions=sum(1 for function in of.org.functions.values() if function.live),
        depth=of.depth,
        headcount=counted,
    )


def _differing(without: Mapping[str, int], with_it: Mapping[str, int]) -> list[shapes.Figure]:
    pairs = ((id, without.get(id, 0), with_it.get(id, 0)) for id in sorted({*without, *with_it}))
    return [shapes.Figure(id=id, without=was, with_it=now) for id, was, now in pairs if was != now]


def compared(found: Sequence[Compared]) -> shapes.Compared:
    """Every report against the structure."""
    return shapes.Compared(reports=[_compared(one) for one in found])


def _compared(one: Compared) -> shapes.ComparedLine:
    found = one.found
    return shapes.ComparedLine(
        report=one.report.id,
        unit=one.report.unit,
        reported_on=one.report.on_day,
        compared_on=one.on,
        source=one.report.source,
        is_cut=one.report.is_cut,
        agrees=found.agrees,
        matched=[shapes.Matched(sort=thing.sort, id=thing.id, shown=shown) for thing, shown in found.matched],
        missing=_things(found.missing),
        unknown=_things(found.unknown),
        unplanned=list(found.unplanned),
        unreadable=list(found.unreadable),
    )


def _things(refs: Sequence[Ref]) -> list[shapes.Thing]:
    return [shapes.Thing(sort=ref.sort, id=ref.id) for ref in refs]
