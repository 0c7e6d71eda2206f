"""What is said at the desk, in the reader's language."""

from dataclasses import asdict

from actions import desk_history, desk_office, desk_queue, desk_reading
from actions.desk_earlier import Earlier
from actions.desk_files import Filed
from actions.looking import Possible
from actions.waivers import Waived
from api import desk_clock_shapes, desk_shapes, shapes
from api.telling import named, summary
from api.words import Words

MOVED = frozenset({"moved", "lapsed", "signalled"})


def queue(found: desk_queue.Queue, words: Words) -> desk_shapes.Queue:
    """All lists."""
    lists = {name: [_standing(one, words) for one in getattr(found, name)] for name in desk_queue.LISTS}
    return desk_shapes.Queue(**lists)


def _standing(one: desk_queue.Standing, words: Words) -> desk_shapes.Standing:
    kind = one.matter.kind
    owed = [
        desk_shapes.Owed(
            clock=each.clock,
            label=words.label(f"clock.{kind}.{each.clock}", each.clock),
            due_on=each.due_on,
            days=each.days,
            late=each.late,
            waits_for=each.waits_for,
            told=each.told,
            told_on=each.told_on,
            waived_until=each.waived_until,
        )
        for each in one.owed
    ]
    return desk_shapes.Standing(**summary(one.matter, words).model_dump(), yours=one.yours, owed=owed)


def opened(seen: desk_reading.Opened, words: Words) -> desk_shapes.Opened:
    """One matter."""
    kind = seen.matter.kind
    return desk_shapes.Opened(
        **summary(seen.matter, words).model_dump(),
        opened_on=seen.opened_on,
        rested_on=seen.matter.rested_on,
        owner=seen.owner,
        responsible=named(seen.responsible),
        yours=seen.yours,
        seated=[shapes.Named(id=one.id, name=one.name) for one in seen.seated],
        has_identity=seen.has_identity,
        detail=dict(seen.detail),
        texts=[_text(text) for text in seen.texts],
        letters=[desk_shapes.SentLetter(**asdict(one)) for one in seen.letters],
        consents=[
            desk_shapes.Consent(
                id=one.id,
                text=one.text_id,
                status=one.status,
                asked_on=one.asked_on,
                answered_on=one.answered_on,
                until=one.until,
                used_on=one.used_on,
                purpose=one.purpose,
                audience=one.audience,
            )
            for one in seen.consents
        ],
        moves=[_possible(kind, move, words) for move in seen.moves],
        ties=[
            desk_shapes.Tie(id=t.matter.id, kind=t.matter.kind, state=t.matter.state, what=t.what, outward=t.outward)
            for t in seen.ties
        ],
        read=[desk_shapes.Reading(by=shapes.Named(id=one.by.id, name=one.by.name), on=one.on) for one in seen.read],
        people=[desk_shapes.OneOfSeveral(**asdict(one)) for one in seen.people],
    )


def _text(text: desk_reading.Shown) -> desk_shapes.Text:
    return desk_shapes.Text(
        id=text.id,
        seq=text.seq,
        slot=text.slot,
        author=text.author,
        visibility=text.visibility,
        on=text.on,
        by=named(text.by),
        text=text.text,
        person=text.person,
    )


def _possible(kind: str, move: Possible, words: Words) -> shapes.Possible:
    unmet = [shapes.Claim(claim=claim, what=words.label(f"claim.{claim}", claim)) for claim in move.unmet]
    label = words.label(f"move.{kind}.{move.trigger}", move.trigger)
    return shapes.Possible(trigger=move.trigger, label=label, allowed=move.allowed, unmet=unmet)


def file(one: Filed) -> desk_shapes.File:
    """One file."""
    return desk_shapes.File(id=one.id, name=one.name, author=one.author, visibility=one.visibility, on=one.on)


def times(kind: str, seen: desk_history.Times, words: Words) -> desk_clock_shapes.Clocks:
    """All that is about time in one matter."""
    return desk_clock_shapes.Clocks(
        clocks=[clock(kind, each, words) for each in seen.clocks],
        pauses=[pause(kind, each, words) for each in seen.pauses],
        destroyed_on=seen.destroyed_on,
        holds=[
            desk_clock_shapes.Hold(
                id=one.id,
                reason=one.reason,
                label=words.label(f"hold.reason.{one.reason}", one.reason),
                by=shapes.Named(id=one.by.id, name=one.by.name),
                asked_by=named(one.asked_by),
                since=one.since,
                until=one.until,
            )
            for one in seen.holds
        ],
    )


def clock(kind: str, seen: desk_history.Watched, words: Words) -> desk_clock_shapes.Clock:
    """One epoch of a duty."""
    row = seen.row
    return desk_clock_shapes.Clock(
        name=row.name,
        label=words.label(f"clock.{kind}.{row.name}", row.name),
        epoch=row.epoch,
        status=row.status,
        paused=seen.paused,
        started_on=row.started_on,
        due_on=row.due_on,
        stopped_on=row.stopped_on,
        days=seen.days,
        explanation=[words.say(line) for line in seen.lines],
        ladder=[
            desk_clock_shapes.Rung(name=r.name, working_days=r.working_days, act=r.act, repeat_every=r.repeat_every)
            for r in seen.ladder
        ],
        fired=[
            desk_clock_shapes.Fired(
                what=once.what,
                round=once.round,
                due_on=once.due_on,
                fired_on=once.fired_on,
                person=named(once.person),
                outcome=once.outcome,
            )
            for once in seen.fired
        ],
        waivers=[_waiver(one) for one in seen.waivers],
        waivable_until=seen.waivable_until,
        source=seen.source,
        verified=seen.verified,
    )


def _waiver(one: Waived) -> desk_clock_shapes.Waiver:
    by = shapes.Named(id=one.by.id, name=one.by.name)
    return desk_clock_shapes.Waiver(on=one.on, until=one.until, by=by, roles=list(one.roles), stands=one.stands, text=one.text)


def pause(kind: str, seen: desk_history.Paused, words: Words) -> desk_clock_shapes.CappedPause:
    """A pause with its caps."""
    return desk_clock_shapes.CappedPause(
        name=seen.name,
        label=words.label(f"pause.{kind}.{seen.name}", seen.name),
        since=seen.since,
        until=seen.until,
        each=seen.rule.each,
        total=seen.rule.total,
    )


def line(kind: str, seen: desk_history.Line, words: Words) -> desk_shapes.Line:
    """One line of history."""
    key = f"move.{kind}.{seen.name}" if seen.what in MOVED else f"history.{seen.what}"
    return desk_shapes.Line(
        on=seen.on,
        what=seen.what,
        name=seen.name,
        label=words.label(key, seen.name),
        by=named(seen.by),
        by_clock=seen.by_clock,
        person=named(seen.person),
        source=seen.source,
        dest=seen.dest,
        irregular=seen.irregular,
        facts=dict(seen.facts),
    )


def earlier(found: Earlier) -> desk_shapes.Earlier:
    """One matter that a search found."""
    matter = found.matter
    return desk_shapes.Earlier(id=matter.id, kind=matter.kind, state=matter.state, opened_on=found.opened_on)


def roster(found: desk_office.Roster) -> desk_shapes.Roster:
    """Everybody at the desk."""
    return desk_shapes.Roster(
        today=found.today,
        people=[
            desk_shapes.Colleague(
                id=one.id,
                name=one.name,
                roles=list(one.roles),
                away_today=one.away_today,
                absences=[desk_shapes.Absence(since=a.from_on, until=a.until_on) for a in one.absences],
            )
            for one in found.colleagues
        ],
    )
