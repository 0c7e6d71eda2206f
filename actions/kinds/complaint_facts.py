"""What holds of a complaint: derived each time from its history, its consents and who opened it. Nothing here is stored."""

from uuid import UUID

from actions.kernel.kind import Act, Payload
from actions.kernel.pausing import rooms
from actions.kinds.complaint_acts import Closed, ConcludedWithoutNames, Consenting, Declined, Disclosed
from actions.kinds.sealed import Danger, Past, Reasoned
from policies.periods import Period
from records import clocks, matters, sealed, seats
from records import complaint as records
from records.books import Books
from records.matters import EventRow, Matter
from states.clocks import OPEN, Status
from states.complaint import ANSWERED, COME_TO_REST, OUTCOMES, THIRD_PARTY_SETTLED
from states.complaint_claims import ComplaintFacts
from states.due import due

ASKED, GIVEN = "asked", "given"


def facts(books: Books, matter: Matter, act: Act) -> ComplaintFacts:
    """What holds of this complaint if `act` is done. Where the act names no consent, whether there is any it could name."""
    payload, past = act.payload, Past(matters.history(books, matter.id))
    consents = {row.id: row.status for row in sealed.consents(books, matter.id)}
    left = rooms(books, matter)
    return ComplaintFacts(
        read_by_a_person=bool(seats.readers(books, matter.id)),
        ground_given=isinstance(payload, Declined | Closed) and payload.ground is not None,
        reason_given=isinstance(payload, Reasoned) and payload.reason is not None,
        consent_to_exact_text=isinstance(payload, Disclosed)
        and payload.consent is not None
        and consents.get(payload.consent) == GIVEN,
        consent_asked=_is(consents, payload, ASKED),
        consent_stands=_is(consents, payload, GIVEN),
        serious_harm_imminent=isinstance(payload, Danger) and payload.reason is not None and act.by.person is not None,
        findings_name_nobody=isinstance(payload, ConcludedWithoutNames) and payload.names_nobody,
        draft_served=past.last("serve_draft") > 0,
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
        watched=_runs(books, matter, "protection_watch"),
    )


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
    """Everybody who was served this draft has answered, or has had the whole time to: each their own."""
    since = past.since("draft")
    served = [event for event in since if event.trigger == "serve_draft"]
    answered = sum(event.trigger == "draft_answered" for event in since)
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


def _runs(books: Books, matter: Matter, clock: str) -> bool:
    """Whether a clock runs and its due day has not passed."""
    epochs = (row for row in clocks.of_matter(books, matter.id) if row.name == clock)
    return any(row.status == Status.RUNNING and row.due_on is not None and row.due_on >= books.today for row in epochs)
