"""Putting a question to a body: whether it may be put now, by which rule, and to whom. Inside a transaction."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID, uuid5

from actions.deciding_waits import ADOPTION, RECONSIDERATION, VOTES, members_of, require_unlocked, rules_of
from policies.decisions import DecisionRules, Method, Step
from policies.meetings import Body
from policies.refusal import Refusal
from records import deciding as records
from records import matters, proposal, versions
from records.books import Books
from records.deciding import DecidingRow
from records.matters import Matter
from states.convening import opened_with
from states.deciding.counting import NoPartiesHere, RuleNotEstablished
from states.deciding.voters import Voters, voters_on
from states.deciding.voting import MethodNotUsed
from states.proposal import PUT_TO_A_BODY, TO_BE_CONFIRMED, UNDER_WAY


class NotBeforeTheBody(Refusal):
    """The proposal is not before a body that could decide on it."""

    code: ClassVar[str] = "not_before_the_body"


class NoTextToDecide(Refusal):
    """No version of the proposal is held here, so nobody could say later what was decided."""

    code: ClassVar[str] = "no_text_to_decide"


class AnotherIsOpen(Refusal):
    """The matter is before the body already: one thing at a time."""

    code: ClassVar[str] = "another_is_open"


class DecidedBefore(Refusal):
    """The body has decided this. Only by a vote on reconsidering it can it be asked again."""

    code: ClassVar[str] = "decided_before"


class AdoptsNoText(Refusal):
    """By this rule a body elects, advises or orders its business; no text is adopted by it."""

    code: ClassVar[str] = "adopts_no_text"
    status: ClassVar[int] = 422


class NothingToReconsider(Refusal):
    """The body has not decided this, or its rules do not let it decide again."""

    code: ClassVar[str] = "nothing_to_reconsider"


class NoSuchWait(Refusal):
    """The pack has no wait with this name, or lets nobody lift it."""

    code: ClassVar[str] = "no_such_wait"
    status: ClassVar[int] = 422


class AnotherRule(Refusal):
    """A wait is lifted, and a decision reconsidered, by one rule only."""

    code: ClassVar[str] = "another_rule"
    status: ClassVar[int] = 422


@dataclass(frozen=True, slots=True)
class Question:
    """What is put to which body. `rule` None: nothing is counted, or the rule that `asks` demands.

    `asks`: adoption, reconsideration, or the name of the wait to be lifted. `present` None: nobody called the roll.
    """

    body: str
    method: Method
    rule: str | None = None
    asks: str = ADOPTION
    parties: tuple[str, ...] = ()
    present: tuple[str, ...] | None = None
    until: datetime | None = None


def put(books: Books, matter: Matter, question: Question, by: UUID) -> DecidingRow:
    """Write down that a question is put to a body now, with the members of the day. The matter is locked and settled.

    Where nothing is counted, those who are told to be there must be enough to open a meeting; of a vote its result tells.
    Raises a refusal of this file, NoSuchBody, BodyAdvises, NoSuchDecisionRule, RuleNotEstablished, MethodNotUsed,
    NoPartiesHere, MembershipUnknown, NotAMember, NotAVoter, TooFewToOpen; then nothing is written.
    """
    rules = rules_of(books)
    body = _body_of(books, matter, question)
    newest = versions.newest(books, matter.id)
    earlier = records.of_matter(books, matter.id)
    _require_there(books, matter, question, has_text=newest is not None)
    _require_alone(books, earlier)
    _require_undecided(books, matter, question, earlier)
    rule = _rule_of(question, rules)
    if matter.kind == "proposal" and question.asks == ADOPTION:
        require_unlocked(books, matter.id, Step.VOTE if question.method in VOTES else Step.DISCUSS)
    voters = voters_on(books.today, members_of(books), parties=question.parties)
    for state in question.present or ():
        if state not in voters.attending:
            voters.refuse_who_may_not_vote(state)
    if body is not None and question.present is not None and question.method not in VOTES:
        opened_with(question.present, voters, rules.quorums.get(body.quorum or ""))
    row = DecidingRow(
        id=_id_at(matter.id, matter.version),
        matter_id=matter.id,
        number=records.next_number(books, matter.id),
        body=question.body,
        method=question.method,
        rule=rule,
        asks=question.asks,
        version=newest.number if newest is not None else None,
        edition=books.pack.edition,
        day=voters.day,
        members=sorted(voters.members),
        suspended=sorted(voters.suspended),
        parties=sorted(voters.parties),
        present=None if question.present is None else sorted(set(question.present)),
        opened_at=books.now,
        until=question.until,
        by_person=by,
    )
    records.add(books, row)
    return row


def id_before(changed: Matter) -> UUID:
    """The id of what was put to a body by the change that gave the matter this version; the same when the request comes again."""
    return _id_at(changed.id, changed.version - 1)


def is_over(row: DecidingRow, now: datetime) -> bool:
    """Whether nothing can be added to it any more. A silence ends by itself."""
    return row.voided_at is not None or row.closed_at is not None or (row.until is not None and now >= row.until)


def adopted(row: DecidingRow, now: datetime) -> bool | None:
    """Whether it adopts; None: it is open or void. A silence adopts by itself when its hour strikes and nobody objected."""
    if row.voided_at is not None:
        return None
    if row.adopted is None and row.until is not None and now >= row.until:
        return True
    return row.adopted


def settles(row: DecidingRow, now: datetime) -> bool:
    """Whether it settled the matter: a vote that was counted does either way, an agreement only if nobody objected."""
    came = adopted(row, now)
    return row.asks == ADOPTION and came is not None and (row.tally is not None or came)


def reopened(row: DecidingRow, all_of_them: Iterable[DecidingRow]) -> bool:
    """Whether its body has voted since to decide this again, so that what came of it holds no more."""
    later = (one for one in all_of_them if one.number > row.number and one.body == row.body)
    return any(one.asks == RECONSIDERATION and one.adopted and one.voided_at is None for one in later)


def since(books: Books, matter: Matter) -> datetime:
    """The instant at which the matter came to where it is."""
    moved = [event.recorded_at for event in matters.history(books, matter.id) if event.source != event.dest]
    return max(moved, default=matter.opened_at)


def _require_there(books: Books, matter: Matter, question: Question, *, has_text: bool) -> None:
    """Other kinds say for themselves when something is put to a body."""
    if matter.kind != "proposal":
        return
    can = PUT_TO_A_BODY if question.asks in (ADOPTION, RECONSIDERATION) else UNDER_WAY
    if matter.state in TO_BE_CONFIRMED:
        triggers = {row["trigger"] for row in proposal.decisions(books, matter.id)}
        waits = "adopt_ad_referendum" in triggers and "confirm" not in triggers
    else:
        waits = matter.state in can
    if not waits:
        raise NotBeforeTheBody(state=matter.state, kind=matter.kind)
    if not has_text:
        raise NoTextToDecide()


def _body_of(books: Books, matter: Matter, question: Question) -> Body | None:
    """The body that is asked about a proposal, if the pack tells which there are. Raises NoSuchBody, BodyAdvises."""
    rules = books.pack.meetings
    return rules.deciding(question.body) if rules is not None and matter.kind == "proposal" else None


def _require_alone(books: Books, earlier: list[DecidingRow]) -> None:
    running = [row for row in earlier if not is_over(row, books.now)]
    if running:
        raise AnotherIsOpen(number=running[0].number)


def _require_undecided(books: Books, matter: Matter, question: Question, earlier: list[DecidingRow]) -> None:
    begun = since(books, matter)
    used = records.used(books, matter.id)
    here = [row for row in earlier if row.opened_at >= begun and row.body == question.body and row.id not in used]
    settled = [row for row in here if settles(row, books.now)]
    if question.asks == RECONSIDERATION and not settled:
        raise NothingToReconsider()
    if question.asks != ADOPTION or not settled:
        return
    if not reopened(settled[-1], here):
        raise DecidedBefore(number=settled[-1].number)


def _rule_of(question: Question, rules: DecisionRules) -> str | None:
    """The rule it is counted by; None for what is not counted."""
    if question.method not in rules.methods:
        raise MethodNotUsed(method=question.method)
    if question.method not in VOTES:
        return None
    needed = _demanded(question.asks, rules)
    name = question.rule or needed or ""
    requirement = rules.requirement(name)
    if needed is not None and name != needed:
        raise AnotherRule(rule=needed)
    if question.method not in requirement.ballots:
        raise MethodNotUsed(method=question.method)
    if question.asks == ADOPTION and not requirement.adopts:
        raise AdoptsNoText(rule=name, known=", ".join(sorted(one for one, rule in rules.rules.items() if rule.adopts)))
    if requirement.of(1) is None:
        raise RuleNotEstablished(rule=name)
    if question.parties and not requirement.without_parties:
        raise NoPartiesHere(rule=name)
    return name


def _demanded(asks: str, rules: DecisionRules) -> str | None:
    """The only rule for what is asked; None: any."""
    if asks == ADOPTION:
        return None
    if asks == RECONSIDERATION:
        if rules.reconsidered_by is None:
            raise NothingToReconsider()
        return rules.reconsidered_by
    lock = rules.locks.get(asks)
    if lock is None or lock.waived_by is None:
        raise NoSuchWait(known=", ".join(sorted(name for name, one in rules.locks.items() if one.waived_by is not None)))
    return lock.waived_by


def voters_of(row: DecidingRow) -> Voters:
    """The snapshot that was taken when it was put to the body."""
    return Voters(row.day, frozenset(row.members), frozenset(row.suspended), frozenset(row.parties))


def _id_at(matter_id: UUID, version: int) -> UUID:
    return uuid5(matter_id, str(version))
