"""What holds of a complaint: derived each time from its history, its consents and who opened it. Nothing here is stored."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from actions.kernel.kind import Act, Payload
from actions.kernel.pausing import rooms
from actions.kinds.company import group_facts
from actions.kinds.complaint_acts import Closed, ConcludedWithoutNames, Consenting, Declined, Disclosed
from actions.kinds.consenting import ASKED, GIVEN, may_pass_on, status_of
from actions.kinds.danger import Danger, alarm_open
from actions.kinds.sealed import Past, Reasoned
from actions.kinds.serving import LETTER, in_a_letter, on_file, post_of
from actions.kinds.times import is_hers, is_taken
from policies.periods import Period
from records import clocks, matters, mediation, sealed, seats
from records import complaint as records
from records.books import Books
from records.matters import EventRow, Matter, NotFound
from states.clocks import OPEN, Status
from states.complaint import ClosingGround
from states.complaint_claims import ComplaintFacts
from states.complaint_time import ANSWERED, COME_TO_REST, OUTCOMES, THIRD_PARTY_SETTLED
from states.due import due

WATCHED_BY: Final = "complaint.watch_over"
"""The tie of what was opened to watch over her."""
ASKED_BY: Final[Mapping[str, str]] = {"draft_answered": "serve_draft", "third_party_answered": "ask_third_party"}
"""The acts that say that an answer came, each with the act that asked for it."""
OTHER_READERS: Final = "other_readers"
"""The number of the policy: how many besides whoever acts must have opened a case before the office alone ends it."""
PROPOSED: Final = frozenset({"proposed", "answered", "asking"})
UNDER_WAY: Final = frozenset({"agreed", "mediator_chosen", "in_sessions"})
"""Where a mediation that grew out of it can be until both agreed, and from then to its end."""
FINDS_NOTHING: Final = frozenset({ClosingGround.SETTLED, ClosingGround.NO_CONSENT, ClosingGround.CANNOT_GO_ON})
"""Grounds of closing that judge nothing."""


def facts(books: Books, matter: Matter, act: Act) -> ComplaintFacts:
    """What holds of this complaint if `act` is done. Where the act names no consent, whether there is any it could name."""
    payload, past = act.payload, Past(matters.history(books, matter.id))
    consents = {row.id: status_of(row, books.today) for row in sealed.consents(books, matter.id)}
    left = rooms(books, matter)
    protected = _is_protected(books, matter)
    return ComplaintFacts(
        read_by_a_person=bool(seats.readers(books, matter.id)),
        ground_given=isinstance(payload, Declined | Closed) and payload.ground is not None,
        reason_given=isinstance(payload, Reasoned) and payload.reason is not None,
        consent_to_exact_text=isinstance(payload, Disclosed) and may_pass_on(books, matter.id, payload.consent, act),
        consent_asked=_is(consents, payload, ASKED),
        consent_stands=_is(consents, payload, GIVEN),
        serious_harm_imminent=isinstance(payload, Danger) and payload.reason is not None and act.by.person is not None,
        danger_told_whole=isinstance(payload, Danger) and payload.to is not None and payload.text is not None,
        danger_told_her_first=isinstance(payload, Danger) and payload.beforehand is not None,
        time_taken=is_taken(past.events) and is_hers(books, matter.id, act.by),
        alarm_open=alarm_open(past.events),
        findings_name_nobody=isinstance(payload, ConcludedWithoutNames) and payload.names_nobody,
        draft_served=past.last("serve_draft") > 0,
        reply_on_file=on_file(past, payload, ASKED_BY.get(act.trigger, ""), day_told=False),
        answer_waits=in_a_letter(past, payload),
        answers_were_read=not post_of(past.events).unread,
        named_were_heard=_were_heard(books, matter, past),
        handler_heard_no_consultation=_heard_nothing(books, past, act.by.person),
        same_person_asked_for=bool(records.detail(books, matter.id)["same_person_asked"]),
        reviewer_did_not_decide=act.by.person is not None and act.by.person not in deciders(past),
        second_look_unused=past.last("uphold") <= past.last("reopen"),
        takes_part=not past.last("withdraw_leave"),
        question_open=past.is_open("ask", (*ANSWERED, *COME_TO_REST)),
        third_party_asked=_awaits_outside(past),
        suspended=past.is_open("suspend", ("resume", *COME_TO_REST)),
        no_question_waits=not left["awaiting_complainant"].goes_on,
        time_left_to_wait=not left["awaiting_complainant"].is_spent,
        not_suspended=not left["by_decision"].goes_on,
        time_left_to_pause=not left["by_decision"].is_spent,
        feedback_still_ahead=_runs(books, matter, "feedback"),
        office_holds_keys=not past.last("withdraw_forget"),
        watched=protected or _runs(books, matter, "protection_watch"),
        still_asked=not past.last("withdraw_leave") and past.last("stop_asking") <= past.last(*COME_TO_REST, "withdraw_stop"),
        watched_over=protected,
        not_watched_over=not protected,
        others_read_it=_others_read_it(books, matter, act.by.person),
        **_mediation(books, matter, payload),
        **group_facts(books, matter, act),
    )


def _mediation(books: Books, matter: Matter, payload: Payload) -> dict[str, bool]:
    """What holds of the mediations that grew out of it, and of whoever acts as their mediator."""
    found = mediation.of_case(books, matter.id)
    standing = {one.state for one in found}
    finds_nothing = isinstance(payload, Closed) and payload.ground in FINDS_NOTHING
    return {
        "no_mediation_open": not standing & (PROPOSED | UNDER_WAY),
        "mediation_proposed": bool(standing & PROPOSED),
        "mediation_under_way": bool(standing & UNDER_WAY),
        "did_not_mediate": finds_nothing or not any(one.mediated for one in found),
    }


def _others_read_it(books: Books, matter: Matter, person: UUID | None) -> bool:
    """Whether as many others opened it as the rules it came under want; none, where they say nothing."""
    wanted = books.edition(matter.edition).kinds[matter.kind].numbers.get(OTHER_READERS)
    if wanted is None:
        return True
    others = {reader for reader, _ in seats.readers(books, matter.id)} - {person}
    return isinstance(wanted.value, int) and len(others) >= wanted.value


def deciders(past: Past) -> set[UUID | None]:
    """Everybody who decided anything of it so far."""
    return {event.by_person for event in past.events if event.trigger in OUTCOMES}


def _is(consents: dict[UUID, str], payload: Payload, status: str) -> bool:
    if isinstance(payload, Consenting):
        return consents.get(payload.consent) == status
    return status in consents.values()


def _heard_nothing(books: Books, past: Past, person: UUID | None) -> bool:
    """Also true where this house's office model does not separate the tracks."""
    heard = {one for event in past.events if event.trigger == OPEN for one in str(event.facts.get("heard", "")).split(",")}
    return not books.pack.house.model.separates_tracks or str(person) not in heard


def _were_heard(books: Books, matter: Matter, past: Past) -> bool:
    """Everybody who was served this draft has answered, or has had the whole time to: each their own.

    An answer in a letter counts as that of whoever it was served on, by whatever act it was read; late or not.
    """
    since, post = past.since("draft"), post_of(past.events)
    served = [event for event in since if event.trigger == "serve_draft"]
    by_letter = {UUID(str(event.facts[LETTER])) for event in served if LETTER in event.facts} & post.taken
    answered = len(by_letter) + sum(event.trigger == "draft_answered" and LETTER not in event.facts for event in since)
    return bool(served) and (answered >= len(served) or _time_is_over(books, matter, served[-1]))


def _time_is_over(books: Books, matter: Matter, served: EventRow) -> bool:
    rule = books.edition(matter.edition).kinds[matter.kind].clocks["draft_reply"]
    if not isinstance(rule, Period):
        return False
    last = due(rule, served.effective_on, books.calendar(matter.calendar)).on
    return last is not None and last < books.today


def _awaits_outside(past: Past) -> bool:
    """More questions to people outside than answers from them, since the office last went on without."""
    triggers = [event.trigger for event in past.since(THIRD_PARTY_SETTLED[1])]
    return triggers.count("ask_third_party") > triggers.count(THIRD_PARTY_SETTLED[0])


def _is_protected(books: Books, matter: Matter) -> bool:
    """Whether something that she is watched over by grew out of it and goes on."""
    grown = [own for own, to, what in matters.links(books, matter.id) if to == matter.id and what == WATCHED_BY]
    return any(_goes_on(books, own) for own in grown)


def _goes_on(books: Books, matter_id: UUID) -> bool:
    """Also said of what whoever acts may not know of: then nobody opens a second one beside it."""
    try:
        return matters.find(books, matter_id).rested_on is None
    except NotFound:
        return True


def _runs(books: Books, matter: Matter, clock: str) -> bool:
    """Whether a clock runs and its due day has not passed."""
    epochs = (row for row in clocks.of_matter(books, matter.id) if row.name == clock)
    return any(row.status == Status.RUNNING and row.due_on is not None and row.due_on >= books.today for row in epochs)
