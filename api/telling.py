"""What is said of matters, clocks, history and duties, in the reader's language."""

from typing import Any

from actions import due_list, looking, watches
from actions.looking import Matter
from actions.waivers import Waived
from api import shapes
from api.words import Words


def summary(matter: Matter, words: Words) -> shapes.Summary:
    """A matter in one line."""
    return shapes.Summary(**_line(matter, words))


def register(page: looking.Page, words: Words) -> shapes.Register:
    """A page of a register."""
    items = [
        shapes.Listed(
            **_line(item.matter, words),
            responsible=named(item.responsible),
            next_due=item.next_due,
            late=item.late,
            detail=dict(item.detail),
        )
        for item in page.items
    ]
    return shapes.Register(items=items, after=page.after)


def detail(seen: looking.Detail, words: Words) -> shapes.Detail:
    """One matter."""
    kind = seen.matter.kind
    return shapes.Detail(
        **_line(seen.matter, words),
        opened_on=seen.opened_on,
        rested_on=seen.matter.rested_on,
        owner=seen.owner,
        responsible=named(seen.responsible),
        detail=dict(seen.detail),
        moves=[_possible(kind, move, words) for move in seen.moves],
        ties=[
            shapes.Tie(id=t.other.id, kind=t.other.kind, state=t.other.state, title=t.title, what=t.what, outward=t.outward)
            for t in seen.ties
        ],
    )


def clock(kind: str, seen: watches.Watched, words: Words) -> shapes.Clock:
    """One epoch of a duty."""
    row = seen.row
    return shapes.Clock(
        name=row.name,
        label=words.label(f"clock.{kind}.{row.name}", row.name),
        epoch=row.epoch,
        status=row.status,
        started_on=row.started_on,
        due_on=row.due_on,
        stopped_on=row.stopped_on,
        days=seen.days,
        explanation=[words.say(line) for line in seen.lines],
        next=shapes.Next(what=seen.next_what, at=seen.next_at) if seen.next_what and seen.next_at else None,
        fired=[_fired(once) for once in seen.fired],
        waivers=[_waiver(one) for one in seen.waivers],
        waivable_until=seen.waivable_until,
        source=seen.source,
        verified=seen.verified,
    )


def _waiver(one: Waived) -> shapes.Waiver:
    return shapes.Waiver(
        on=one.on,
        until=one.until,
        by=shapes.Named(id=one.by.id, name=one.by.name),
        roles=list(one.roles),
        stands=one.stands,
        authority=one.authority,
        reason=one.reason,
    )


def pause(kind: str, seen: watches.Paused, words: Words) -> shapes.Pause:
    """A pause."""
    label = words.label(f"pause.{kind}.{seen.name}", seen.name)
    return shapes.Pause(name=seen.name, label=label, since=seen.since, until=seen.until)


def happening(kind: str, event: looking.EventRow, by: looking.Named | None, words: Words) -> shapes.Happening:
    """One line of history."""
    return shapes.Happening(
        seq=event.seq,
        trigger=event.trigger,
        label=words.label(f"move.{kind}.{event.trigger}", event.trigger),
        source=event.source,
        dest=event.dest,
        recorded_at=event.recorded_at,
        effective_on=event.effective_on,
        occurred_on=event.occurred_on,
        irregular=event.irregular,
        by=named(by),
        by_clock=event.by_clock,
        facts=dict(event.facts),
    )


def duties(found: due_list.DueList, words: Words) -> shapes.DueList:
    """All three lists."""
    return shapes.DueList(
        today=found.today,
        due=[_owed(each, words) for each in found.due],
        late=[_owed(each, words) for each in found.late],
        handed_over=[
            shapes.Handed(
                matter=each.matter.id,
                kind=each.matter.kind,
                title=each.title,
                to=shapes.Named(id=each.to.id, name=each.to.name),
                before=named(each.before),
                on=each.on,
            )
            for each in found.handed_over
        ],
    )


def _line(matter: Matter, words: Words) -> dict[str, Any]:
    label = words.label(f"state.{matter.kind}.{matter.state}", matter.state)
    told = {"id": matter.id, "kind": matter.kind, "state": matter.state, "version": matter.version}
    return told | {"state_label": label}


def _possible(kind: str, move: looking.Possible, words: Words) -> shapes.Possible:
    unmet = [shapes.Claim(claim=claim, what=words.label(f"claim.{claim}", claim)) for claim in move.unmet]
    label = words.label(f"move.{kind}.{move.trigger}", move.trigger)
    return shapes.Possible(trigger=move.trigger, label=label, allowed=move.allowed, unmet=unmet)


def _fired(once: watches.Fired) -> shapes.Fired:
    return shapes.Fired(
        what=once.what,
        round=once.round,
        due_at=once.due_at,
        fired_at=once.fired_at,
        person=named(once.person),
        outcome=once.outcome,
    )


def _owed(each: due_list.Owed, words: Words) -> shapes.Owed:
    return shapes.Owed(
        matter=each.matter.id,
        kind=each.matter.kind,
        title=each.title,
        clock=each.clock,
        label=words.label(f"clock.{each.matter.kind}.{each.clock}", each.clock),
        due_on=each.due_on,
        days=each.days,
        responsible=named(each.responsible),
        units=list(each.units),
    )


def named(person: looking.Named | None) -> shapes.Named | None:
    """Somebody, or nobody."""
    return None if person is None else shapes.Named(id=person.id, name=person.name)
