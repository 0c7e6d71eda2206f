"""What an act does to a complaint beside its state and clocks. Texts are sealed; history keeps their ids."""

import json
from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID, uuid4

from pydantic import SecretStr

from actions.kernel.kind import Act, Kind, Nothing
from actions.kinds import company, consenting, serving
from actions.kinds.complaint_acts import (
    PAYLOADS,
    AskConsent,
    Closed,
    Concluded,
    Consenting,
    Declined,
    Disclosed,
    Drafted,
    FromOutside,
)
from actions.kinds.complaint_facts import deciders, facts
from actions.kinds.danger import Danger, record
from actions.kinds.mediating import AnswerMediation, ProposeMediation, keep_answer
from actions.kinds.sealed import (
    FileCame,
    Filed,
    MakeOfficial,
    MayTell,
    Noted,
    Past,
    Reasoned,
    Told,
    addressed,
    came,
    heard_by,
    note,
    open_case,
    opened_with,
    say,
    words,
    write,
)
from actions.kinds.serving import LetterTaken, ReplyCame
from actions.kinds.times import CancelTime, TakeTime, cancel, let_go, take
from policies.said import Fact
from records import complaint as records
from records import consultation, filing, matters, people, seats
from records.books import Books
from records.matters import Matter
from records.seats import PERSON
from records.vault import ABOUT, ANSWERS, DRAFT, FINDINGS, MUST_NOT_SEE, NOTE, STATEMENT
from states.complaint import COMPLAINT
from states.complaint_time import COME_TO_REST

LETS_LAPSE: Final = frozenset({*COME_TO_REST, "refuse_consent_by_silence", "withdraw_stop", "withdraw_leave", "withdraw_forget"})
"""Acts after which nothing more is before her: a text that waits for her yes has none, which is a no."""


def apply(books: Books, matter: Matter, act: Act) -> Mapping[str, Fact]:
    """Write what an act changes beside state and clocks; return what history keeps of it."""
    if act.trigger in LETS_LAPSE:
        consenting.let_lapse(books, matter)
    if act.trigger == "request_review":
        _hand_to_reviewer(books, matter, act)
    let_go(books, matter, act)
    of_several = company.follow(books, matter, act)
    if of_several is not None:
        return of_several
    if act.trigger == "withdraw_forget":
        _forget(books, matter)
    match act.payload:
        case Filed() as filed:
            return _open(books, matter, act, filed)
        case Declined() | Closed() as decided:
            return _decide(books, matter, act, decided)
        case AskConsent() as wanted:
            return consenting.ask(books, matter, act, wanted)
        case Consenting() | Disclosed() as about_consent:
            return consenting.settle(books, matter, act, about_consent)
        case ProposeMediation() as proposed:
            return {"text": str(write(books, matter, act, DRAFT, addressed(proposed.to, proposed.text)))}
        case AnswerMediation() as answer:
            keep_answer(books, matter, act, answer)
            return {}
        case Nothing():
            return {}
    return _tell(books, matter, act)


def _tell(books: Books, matter: Matter, act: Act) -> dict[str, Fact]:
    """Keep the words that come with an act: for the other side, or in the office."""
    match act.payload:
        case FileCame() as file:
            return came(books, file)
        case TakeTime() as wanted:
            return take(books, matter, act, wanted)
        case CancelTime() as told:
            return cancel(books, matter, act, told)
        case Danger() as danger:
            return record(books, matter, act, danger)
        case Reasoned(reason=reason):
            return say(books, matter, act, reason)
        case Told(text=text) | MayTell(text=text):
            return say(books, matter, act, text)
        case Drafted(text=text):
            return note(books, matter, act, text, DRAFT)
        case Concluded(text=text):
            return note(books, matter, act, text, FINDINGS)
        case ReplyCame() as reply:
            return serving.came(reply)
        case FromOutside() | LetterTaken() as answer:
            return serving.take(books, matter, act, answer)[0]
        case Noted(note=text):
            return note(books, matter, act, text, NOTE)
    return {}


def _open(books: Books, matter: Matter, act: Act, filed: Filed) -> dict[str, Fact]:
    kept = open_case(books, matter, act, filed)
    detail = {"language": filed.language, "same_person_asked": filed.same_person, "came_from": filed.came_from}
    records.add(books, matter.id, detail)
    return kept


def _decide(books: Books, matter: Matter, act: Act, decided: Declined | Closed) -> dict[str, Fact]:
    ground = {} if decided.ground is None else {"ground": decided.ground.value}
    records.change(books, matter.id, ground)
    return {**ground, **say(books, matter, act, decided.text)}


def _hand_to_reviewer(books: Books, matter: Matter, act: Act) -> None:
    """Somebody else takes the second look: the first with a seat who is there and decided nothing of it.

    If there is nobody, it stays where it is; nobody who decided can end the second look, and its clock tells those above.
    """
    decided = deciders(Past(matters.history(books, matter.id)))
    there = {each.person_id for each in people.serving(books, books.today) if not each.absent}
    for seat in seats.of_matter(books, matter.id):
        if seat.person_id in there - decided:
            people.make_responsible(books, uuid4(), matter.id, seat.person_id, at=act.at, why="assigned")
            return


def _forget(books: Books, matter: Matter) -> None:
    """Everybody in the office loses their key at once; the content goes with the next destruction, recovery's seat with it."""
    filing.give_up(books, matter.id, PERSON, at=books.now)
    seats.mark_stale(books, matter.id)


def born_of(books: Books, origin: Matter, act: Act) -> Filed:
    """What a complaint that grows out of a consultation begins with: her own texts, opened with her own words."""
    told = act.payload
    if not isinstance(told, MakeOfficial) or act.by.pair is None:
        raise ValueError("only the visitor's own act makes a consultation official")
    before = opened_with(books, origin, act)
    ticked = json.loads(before[MUST_NOT_SEE.name])
    must_not_see = " ".join(part for part in (ticked["words"], words(told.must_not_see)) if part)
    return Filed(
        language=consultation.detail(books, origin.id)["language"],
        statement=told.statement or SecretStr(before[STATEMENT.name]),
        about=told.about or SecretStr(before[ABOUT.name]),
        answers=SecretStr(before[ANSWERS.name]),
        identity=told.identity,
        must_not_see=SecretStr(must_not_see),
        excluded=(*map(UUID, ticked["ids"]), *told.excluded),
        public=act.by.pair.public.raw,
        came_from=origin.id,
        heard=heard_by(books, origin.id),
        same_person=told.same_person,
    )


def given(books: Books, matter_id: UUID) -> Mapping[str, Mapping[str, Any] | None]:
    """A complaint brings no dates."""
    del books, matter_id
    return {}


def show(books: Books, matter: Matter) -> Mapping[str, Any]:
    """What may be said of it in clear to who has a seat."""
    detail = records.detail(books, matter.id)
    return {name: detail[name] for name in ("language", "ground", "same_person_asked")}


KIND = Kind(table=COMPLAINT, payloads=PAYLOADS, facts=facts, apply=apply, given=given, show=show, born_of=born_of)
