"""What is said of officers, in the reader's language."""

from collections.abc import Iterable
from datetime import date

from actions.officers import OnDay
from actions.powers import Power, SignedOrder
from api import officers_shapes as shapes
from api.words import Words
from policies.officers import CHAIR, VICE_CHAIR
from policies.said import Said
from states.officers.assignment import Assignment, Standing
from states.officers.presiding import Presiding
from states.officers.rota import Term, Turn


def officers(seen: OnDay, words: Words) -> shapes.Officers:
    """The register on a day."""
    term = seen.term
    return shapes.Officers(
        on=seen.on,
        chair=None if term is None else _turn(term.on(seen.on, CHAIR), words),
        vice_chair=None if term is None else _turn(term.on(seen.on, VICE_CHAIR), words),
        presiding=None if seen.presiding is None else _presiding(seen.presiding, words),
        holders=[_holder(one) for one in seen.lines if one.standing is Standing.HOLDER],
        acting=[_acting(one, words) for one in seen.lines if one.standing is Standing.ACTING],
        accredited=[
            shapes.AccreditedLine(
                id=one.id,
                country=one.state,
                name=one.name,
                capacity=one.capacity,
                since=one.since,
                until=one.until,
                source=one.source,
            )
            for one in sorted(seen.accredited, key=lambda one: (one.state, one.since))
        ],
    )


def terms(year: int, found: Iterable[Term], words: Words) -> shapes.ChairTerms:
    """The terms of a year, each as it begins, with what the register tells of it."""
    return shapes.ChairTerms(year=year, terms=[_term(term, words) for term in found])


def powers(found: Iterable[Power], words: Words) -> shapes.Powers:
    """The delegations a version is judged by."""
    return shapes.Powers(powers=[_power(one, words) for one in found])


def signatures(found: Iterable[SignedOrder], words: Words) -> shapes.Signatures:
    """The signatures under a proposal's orders."""
    return shapes.Signatures(
        signatures=[
            shapes.SignatureLine(
                symbol=one.symbol,
                revision=one.revision,
                signed_by=one.signed_by,
                on=one.on,
                signed_as=one.signature.signed.value,
                office=one.signature.office,
                what=words.say(Said(f"signed_as.{one.signature.signed.value}")),
                source=one.signature.source,
            )
            for one in found
        ]
    )


def _term(term: Term, words: Words) -> shapes.ChairTerm:
    begins: date = term.since
    return shapes.ChairTerm(
        since=begins,
        until=term.until,
        chair=_turn(term.on(begins, CHAIR), words),
        vice_chair=_turn(term.on(begins, VICE_CHAIR), words),
        recorded=[
            shapes.ToldLine(
                since=one.since,
                until=one.until,
                office=one.office,
                country=one.state,
                sets_order=one.sets_order,
                source=one.source,
            )
            for one in term.told
        ],
    )


def _turn(turn: Turn, words: Words) -> shapes.TurnLine:
    basis = turn.basis.value
    return shapes.TurnLine(country=turn.state, basis=basis, what=words.say(Said(f"turn.{basis}")), source=turn.source)


def _presiding(one: Presiding, words: Words) -> shapes.PresidingLine:
    name = one.representative.name if one.representative is not None else None
    place = one.place.value
    return shapes.PresidingLine(country=one.state, place=place, what=words.say(Said(f"presides.{place}")), representative=name)


def _holder(one: Assignment) -> shapes.HolderLine:
    return shapes.HolderLine(
        id=one.id, office=one.office, name=one.name, country=one.state, since=one.since, until=one.until, source=one.source
    )


def _acting(one: Assignment, words: Words) -> shapes.ActingLine:
    return shapes.ActingLine(
        id=one.id,
        office=one.office,
        name=one.name,
        taker=one.taker,
        purposes=[
            shapes.PurposeLine(name=purpose.value, what=words.say(Said(f"acting_for.{purpose.value}")))
            for purpose in sorted(one.purposes)
        ],
        classes=sorted(one.classes),
        scope=sorted(one.scope),
        instrument=one.instrument,
        since=one.since,
        until=one.until,
        source=one.source,
    )


def _power(one: Power, words: Words) -> shapes.PowerLine:
    given = one.delegation
    return shapes.PowerLine(
        giver=given.giver,
        taker=given.taker,
        classes=sorted(given.classes),
        scope=sorted(given.scope),
        since=given.since,
        until=given.until,
        source=given.source,
        told=one.told,
        what=words.say(Said("delegation.told" if one.told else "delegation.registered")),
    )
