"""What the intake says, in sentences. The sentences are those of words.md: each is true in code."""

from collections.abc import Sequence
from datetime import date

from actions.certificates import Certificate
from actions.front import Front, Official, Running, Vacancy, at_least_until
from actions.intake import Receipt, Received
from actions.kinds.times import Taken
from actions.offered_times import Listed
from actions.plain import QUESTIONS, Dated, Standing
from actions.plain_group import OWN, Together
from actions.plain_texts import Agreeing
from api import intake_shapes as shapes
from api.intake_mediations import mediation
from api.offered_times_shapes import FreeTime, FreeTimes, TakenTime
from api.words import Words
from policies.said import Fact, Said


def say(words: Words, said: Said) -> str:
    """The sentence; a fact that is itself the key of a sentence is said first."""
    facts: dict[str, Fact] = {
        name: words.label(fact, fact) if isinstance(fact, str) else fact for name, fact in said.params.items()
    }
    return words.say(Said(said.key, facts))


def front(told: Front, words: Words, languages: Sequence[str], station: str) -> shapes.Office:
    """What is said before she writes."""
    names, others = (", ".join(one.name for one in group) for group in (told.readers, told.others))
    vacancy, standing = next(iter(told.vacancies), None), [words.say(one) for one in told.standing]
    notice = [
        words.say(Said("intake.start")),
        words.say(Said("intake.who_reads", {"names": names}) if names else Said("intake.nobody_reads")),
        *([words.say(Said("intake.who_else", {"names": others}))] if others else []),
        *standing,
        *guarded_before(told, words),
        words.say(Said("intake.secrecy")),
        danger(words, told.numbers.get(station)),
        *limit_notice(words, told.track, told.limits),
        words.say(Said("intake.device")),
        words.say(Said("intake.details")),
    ]
    return shapes.Office(
        readers=[_tickable(one, words) for one in told.readers],
        others=[_tickable(one, words) for one in told.others],
        officials=[_tickable(one, words) for one in told.officials],
        custodians=None if told.guards is None else [_tickable(one, words) for one in told.guards],
        read_by=told.read_by,
        vacancy=_vacancy(vacancy, words),
        standing=standing,
        danger=told.numbers,
        hours=shapes.Hours(
            place=told.hours.place,
            opens=f"{told.hours.opens:%H:%M}",
            closes=f"{told.hours.closes:%H:%M}",
            next_on=told.hours.next_on,
            urgent_by=told.hours.urgent_by,
        ),
        limits=[limit(one, words) for one in told.limits],
        personnel_classes={name: words.label(f"personnel.{name}", name) for name in told.classes},
        languages=list(languages),
        notice=notice,
    )


def filed(told: Received, words: Words) -> shapes.Filed:
    """What she is told once, when it is sealed."""
    return shapes.Filed(
        receipt=list(told.receipt.words),
        readers=list(told.readers),
        custodians=None if told.guards is None else list(told.guards),
        read_by=told.read_by,
        urgent_by=told.urgent_by,
        explanation=[say(words, line) for line in told.lines],
        limits=[limit(one, words) for one in told.limits],
        notice=[
            keep_words(told.receipt, words),
            words.say(Said("intake.sealed_to", {"names": ", ".join(told.readers)})),
            words.say(Said("intake.newcomers" if told.track == "complaint" else "intake.nobody_later")),
            *guarded(told.guards, words),
            *([words.say(Said(f"group.filed.{told.comes}"))] if told.comes != "alone" else []),
            *([words.say(Said("intake.next", {"day": told.read_by}))] if told.read_by else []),
            *([words.say(Said("urgent.by", {"day": told.urgent_by}))] if told.urgent_by else []),
            *limit_notice(words, told.track, told.limits),
            words.say(Said("intake.secrecy")),
            words.say(at_least_until(told.protected_until)),
        ],
    )


def certificate(told: Certificate, words: Words) -> shapes.Certificate:
    """What a number stands for: two dates, and what proves them."""
    proof, gone = told.proof, told.backups_gone_on
    return shapes.Certificate(
        number=told.number,
        track="informal" if told.track == "informal" else "formal",
        destroyed_on=told.destroyed_on,
        backups_gone_on=gone,
        leaf=proof.leaf if proof else None,
        head=proof.head if proof else None,
        signed_by=proof.signed_by if proof else None,
        signature=proof.signature if proof else None,
        proof=proof.file if proof else None,
        proof_from=told.proof_from,
        said=[
            words.say(Said(f"number.track.{told.track}")),
            words.say(Said("number.destroyed", {"day": told.destroyed_on})),
            words.say(Said("number.backups_gone", {"day": gone}) if gone else Said("number.backups_unknown")),
        ],
    )


def guarded_before(told: Front, words: Words) -> list[str]:
    """Before she says who she is: who could let the office see it. In a house without custodians, nothing."""
    if told.guards is None:
        return []
    if not told.guards:
        return [words.say(Said("custodian.before_none"))]
    names = ", ".join(one.name for one in told.guards)
    return [words.say(Said("custodian.before", {"names": names, "days": told.guard_days}))]


def guarded(guards: Sequence[str] | None, words: Words) -> list[str]:
    """When she has said who she is: who can let the office see it."""
    if guards is None:
        return []
    return [words.say(Said("custodian.guards", {"names": ", ".join(guards)}) if guards else Said("custodian.guards_none"))]


def receipt(told: Receipt, words: Words) -> shapes.Receipt:
    """Other words, once."""
    notice = [words.say(Said("intake.words_changed")), keep_words(told, words)]
    return shapes.Receipt(receipt=list(told.words), notice=notice)


def keep_words(told: Receipt, words: Words) -> str:
    """That there is no other way back."""
    return words.say(Said("intake.words", {"count": len(told.words)}))


def danger(words: Words, number: str | None) -> str:
    """Whom to call; at a station whose number we do not know, the emergency number of the place."""
    if number is None:
        return words.say(Said("intake.danger_unknown"))
    return words.say(Said("intake.danger", {"number": number}))


def limit_notice(words: Words, track: str, limits: Sequence[Running]) -> list[str]:
    """That no limit stands still, and the first that may end: before she relies on us."""
    first = next((one for one in limits if one.on is not None), None)
    said = [words.say(Said("intake.limits_formal" if track == "complaint" else "intake.limits_talk"))]
    if first is not None and first.on is not None:
        facts: dict[str, Fact] = {"day": first.on, "route": words.say(Said(f"route.{first.route}"))}
        said.append(words.say(Said("intake.limits_first", facts)))
    elif not limits:
        said.append(words.say(Said("intake.limits_unknown")))
    else:
        said.append(words.say(Said("intake.limits_no_day")))
    return said


def limit(told: Running, words: Words) -> shapes.Limit:
    """Another way she may go."""
    return shapes.Limit(
        route=told.route,
        what=words.label(f"route.{told.route}", told.route),
        limit=told.limit,
        on=told.on,
        explanation=[say(words, line) for line in told.lines],
    )


def standing(told: Standing, words: Words) -> shapes.Standing:
    """Everything her words open."""
    kind, state = told.matter.kind, told.matter.state
    dates = [_duty(one, kind, words) for one in told.dates]
    until = next((one.on for one in told.dates if one.clock == "consent_answer"), None)
    return shapes.Standing(
        kind=kind,
        state=state,
        plain=words.say(Said(f"plain.{kind}.{state}")),
        version=told.matter.version,
        opened_on=told.opened_on,
        answers=[
            shapes.Answer(question=name, asked=words.say(Said(f"intake.asks_{name}")), said=[say(words, one) for one in said])
            for name, said in zip(QUESTIONS, told.answers, strict=True)
        ],
        dates=dates,
        late=[one for one, dated in zip(dates, told.dates, strict=True) if dated.late and dated.ours],
        messages=[
            shapes.Line(id=m.id, on=m.on, mine=m.mine, what=m.what, label=words.step(kind, m.what), text=m.text, person=m.person)
            for m in told.messages
        ],
        consents=[
            shapes.Consent(
                id=one.id,
                status=one.status,
                asked_on=one.asked_on,
                answered_on=one.answered_on,
                until=one.until,
                used_on=one.used_on,
                purpose=one.purpose,
                audience=one.audience,
                terms=_terms(one, words),
                to=one.to,
                text=one.text,
                said=_consent(one, until, words),
            )
            for one in told.consents
        ],
        files=[shapes.File(id=one.id, on=one.on, mine=one.mine, name=one.name, person=one.person) for one in told.files],
        opened_by=[shapes.Opening(name=name, on=day) for name, day in told.opened_by],
        readers=list(told.readers),
        custodians=None if told.guards is None else list(told.guards),
        identity=[shapes.IdentityLine(on=one.on, said=say(words, one.said)) for one in told.identity],
        mediations=[mediation(one, words, [say(words, line) for line in one.why]) for one in told.mediations],
        moves=[shapes.Possible(trigger=one, label=words.label(f"move.{kind}.{one}", one)) for one in told.moves],
        time=_time(told.taken),
        together=_together(told.together),
    )


def _together(told: Together) -> shapes.Together | None:
    if not told.several and told.part == OWN:
        return None
    return shapes.Together(number=told.number, part=told.part, people=told.people, codes=list(told.codes))


def _time(told: Taken | None) -> TakenTime | None:
    if told is None:
        return None
    return TakenTime(
        begins=told.begins_at,
        minutes=told.minutes,
        way=told.way,
        with_whom=told.with_whom,
        called=told.called,
        place=told.place,
    )


def times(free: Sequence[Listed]) -> FreeTimes:
    """Times somebody can take; where, is told to who takes one."""
    return FreeTimes(
        times=[
            FreeTime(id=one.row.id, begins=one.begins, minutes=one.row.minutes, way=one.row.way, with_whom=one.name)
            for one in free
        ]
    )


def _consent(told: Agreeing, until: date | None, words: Words) -> str:
    """The whole question while it is open: who, what exactly, and by when; else what became of it, and what it can still stop."""
    facts: dict[str, Fact] = {}
    match told.status:
        case "asked" if until is not None:
            return words.say(Said("intake.consent", {"who": told.to, "text": told.text, "day": until}))
        case "used":
            facts = {"who": told.to, "day": told.used_on or told.asked_on}
        case "expired":
            facts = {"day": told.until}
    return words.say(Said(f"intake.consent_{told.status}", facts))


def _terms(told: Agreeing, words: Words) -> list[str]:
    """What else she must know before she answers, and can read afterwards. Nothing, where it was asked before this was told."""
    if not told.purpose:
        return []
    said = [
        Said("consent.purpose", {"purpose": words.label(f"consent.for.{told.purpose}", told.purpose)}),
        Said("consent.audience", {"audience": words.label(f"consent.reader.{told.audience}", told.audience)}),
    ]
    if told.status in ("asked", "given"):
        said += [Said("consent.until", {"day": told.until}), Said("consent.can_stop")]
    return [words.say(one) for one in said]


def _duty(told: Dated, kind: str, words: Words) -> shapes.Duty:
    return shapes.Duty(
        clock=told.clock,
        what=words.label(f"clock.{kind}.{told.clock}", told.clock),
        on=told.on,
        late=told.late,
        explanation=[say(words, line) for line in told.lines],
    )


def _tickable(told: Official, words: Words) -> shapes.Tickable:
    return shapes.Tickable(id=told.id, name=told.name, role=words.label(f"role.{told.role}", told.role))


def _vacancy(told: Vacancy | None, words: Words) -> shapes.Vacancy | None:
    if told is None:
        return None
    names, role = ", ".join(told.readers), words.label(f"role.{told.role}", told.role)
    if told.since is None or told.read_by is None:
        said = Said("intake.vacancy_always", {"role": role, "names": names})
    else:
        said = Said("intake.vacancy", {"role": role, "since": told.since, "names": names, "day": told.read_by})
    return shapes.Vacancy(role=told.role, since=told.since, said=words.say(said))
