"""Two houses that live the same life: in one everything fires at its instant, in the other only when somebody comes by."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from actions.closures import announce_closure
from actions.kernel.kind import Payload
from actions.kernel.move import move, open_kind
from actions.kernel.sweep import sweep
from actions.kinds import KINDS
from actions.kinds.house import Decision, GivenDay, HousePayload
from actions.kinds.mandate import Assign, Continue, Note, Register, Report, TakenUp
from actions.kinds.proposal import Draft, Order, Referral, Successor
from actions.kinds.proposal_decisions import OrganDecision
from actions.people import record_absence, record_return
from policies.refusal import Refusal
from records import clocks
from tests.chaos.invariants import unsettled
from tests.chaos.stages import BEGINS, LIFE, SHELF, dump, emptied
from tests.fixtures.offices import ROSTER, Stage

WHO = tuple(ROSTER)


@dataclass(frozen=True)
class Attempt:
    """An act that is tried in both houses. `other` is the matter it may name; `flaw` what is wrong with it on purpose."""

    index: int
    trigger: str
    other: int
    days_ago: int | None
    due_in: int | None
    flaw: str = ""


@dataclass
class Pair:
    """The punctual house, the tardy one, and which matter of the one is which of the other."""

    punctual: Stage
    tardy: Stage
    now: datetime = BEGINS
    ids: list[tuple[UUID, UUID]] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)
    orders: int = 0

    @property
    def stages(self) -> tuple[Stage, Stage]:
        return self.punctual, self.tardy

    def state(self, index: int) -> str:
        return str(self.punctual.rows("SELECT state FROM matter WHERE id = :id", id=self.ids[index][0])[0][0])

    def open(self, kind: str, payload_for: Callable[[int], Payload]) -> None:
        opened = [
            open_kind(stage.office, kind, payload_for(side), by=stage.people["planner"]).id
            for side, stage in enumerate(self.stages)
        ]
        self.ids.append((opened[0], opened[1]))
        self.kinds.append(kind)

    def try_it(self, attempt: Attempt) -> str:
        """Try an act in both. Either both do it, or both refuse it for the same reason and nothing was written."""
        self.orders += 1
        before = [dump(stage) for stage in self.stages]
        answers = [self._try_in(side, attempt) for side in range(2)]
        assert answers[0] == answers[1], (attempt, answers)
        if answers[0].startswith("refused"):
            after = [dump(stage) for stage in self.stages]
            assert after == before, (attempt, answers, [_difference(*pair) for pair in zip(before, after, strict=True)])
        self.seen[answers[0].partition(" ")[0]] += 1
        self.seen[answers[0]] += 1
        return answers[0]

    def _try_in(self, side: int, attempt: Attempt) -> str:
        stage, matter = self.stages[side], self.ids[attempt.index][side]
        who = "mission" if attempt.flaw == "actor" else self._who_may(attempt)
        version = 99 if attempt.flaw == "stale" else None
        payload = self._payload(side, attempt)
        try:
            moved = move(stage.office, matter, attempt.trigger, payload, by=stage.people[who], version=version)
        except Refusal as refusal:
            return f"refused {refusal.code}"
        return f"done {moved.state}"

    def _who_may(self, attempt: Attempt) -> str:
        access = SHELF.pack.kinds[self.kinds[attempt.index]].access
        roles = {grant.partition(":")[0] for grant in access.get(attempt.trigger, ())}
        return next((who for who, role in ROSTER.items() if role in roles), "planner")

    def _payload(self, side: int, attempt: Attempt) -> Payload:
        model = KINDS[self.kinds[attempt.index]].payload(attempt.trigger)
        if attempt.flaw == "bare" and not any(each.is_required() for each in model.model_fields.values()):
            return model()
        today = self.now.date()
        told = None if attempt.days_ago is None else today - timedelta(days=attempt.days_ago)
        on = today + timedelta(days=9) if attempt.flaw == "future" else told
        ahead = None if attempt.due_in is None else GivenDay(on=today + timedelta(days=attempt.due_in))
        decided = {"body": "GA", "on": on or today, "instrument": "AG/RES. 9", "method": "consensus"}
        other = self.ids[attempt.other][side]
        person = self.stages[side].people[WHO[attempt.other % len(WHO)]] if attempt.other else None
        match model.__name__:
            case "Assign":
                return Assign(unit="OSG", person=person, on=on)
            case "Report":
                return Report(document="CP/doc.1", on=on)
            case "Note":
                return Note(body="GA", on=on)
            case "Continue":
                return Continue(**decided, due=ahead, sunset=ahead if attempt.other % 2 else None)
            case "TakenUp":
                return TakenUp(**decided, successor=other)
            case "Decision":
                return Decision(**decided)
            case "OrganDecision":
                return OrganDecision(**decided)
            case "Order":
                effective = None if attempt.due_in is None else today + timedelta(days=attempt.due_in)
                told_order = {"signed_by": "SG", "carries_adopted_text": True, "on": on, "effective_on": effective}
                return Order(symbol="EO 1", revision=self.orders, **told_order)
            case "Referral":
                return Referral(body="CAAP", on=on)
            case "Successor":
                return Successor(successor=other, on=on)
        return HousePayload(on=on) if model is HousePayload else model()

    def pass_time(self, span: timedelta) -> None:
        """In the punctual house every instant is swept when it comes; in the tardy one nobody looks."""
        self.now += span
        self.sweep_punctual()
        for stage in self.stages:
            stage.move_to(self.now)

    def sweep_punctual(self) -> None:
        while True:
            with self.punctual.flows.open() as books:
                following = clocks.next_due(books)
                instant = books.now
            if following is None or following > self.now:
                return
            self.punctual.move_to(max(following, instant))
            sweep(self.punctual.flows)

    def catch_up(self, batch: int) -> None:
        """Sweep both, the tardy one in pieces of `batch` matters, and find the very same rows in both."""
        self.sweep_punctual()
        self.punctual.move_to(self.now)
        sweep(self.tardy.flows, batch=batch)
        found = [self._life(side) for side in range(2)]
        for name in LIFE:
            assert found[0][name] == found[1][name], (name, _difference(found[0][name], found[1][name]))
        for stage in self.stages:
            assert unsettled(stage.owner) == {}

    def _life(self, side: int) -> dict[str, list[str]]:
        """All that happened, with matters named by their number, so that two houses can be compared."""
        names = {str(ids[side]): f"matter {index}" for index, ids in enumerate(self.ids)}
        other = {ids[side]: names[str(ids[side])] for ids in self.ids}
        return {
            name: sorted(repr(tuple(other.get(value, value) for value in row)) for row in self.stages[side].rows(query))
            for name, query in LIFE.items()
        }

    def absent_or_back(self, who: str, absent: set[str]) -> None:
        """Somebody goes, or comes back, today. Who was there on a day is asked on the day one sweeps, so both sweep first."""
        self.catch_up(50)
        for stage in self.stages:
            if who in absent:
                record_return(stage.office, by=stage.people[who])
            else:
                record_absence(stage.office, by=stage.people[who])
        absent ^= {who}

    def close_on(self, day: date) -> None:
        """A closure is announced for a day to come. It moves what has not fired, so both sweep first."""
        self.catch_up(50)
        moved = [announce_closure(stage.office, "US-DC", day, "a closure") for stage in self.stages]
        assert moved[0] == moved[1]

    def end(self) -> None:
        """Keep what was reached on the way."""
        rows = self.punctual.rows("SELECT outcome, count(*) FROM rung_fired GROUP BY 1")
        self.seen.update({f"rung {outcome}": int(str(count)) for outcome, count in rows})
        self.seen["irregular"] += len(self.punctual.rows("SELECT 1 FROM event WHERE irregular"))
        self.seen["signalled"] += len(self.punctual.rows("SELECT 1 FROM event WHERE by_person IS NULL AND by_clock IS NULL"))


def begin(punctual: Stage, tardy: Stage, seen: Counter[str]) -> Pair:
    """Two houses with the same people, a mandate that a unit works on, and a proposal that answers it."""
    for stage in (punctual, tardy):
        emptied(stage)
    pair = Pair(punctual, tardy, seen=seen)
    register(pair, 30, None)
    pair.try_it(Attempt(0, "assign", 0, None, None))
    pair.open("proposal", lambda side: Draft(title="t", proposer="SG", mandate=pair.ids[0][side], source="s"))
    return pair


def register(pair: Pair, due_in: int | None, sunset_in: int | None) -> None:
    """One more mandate in both."""
    today = pair.now.date()
    given = {
        name: GivenDay(on=today + timedelta(days=days))
        for name, days in (("due", due_in), ("sunset", sunset_in))
        if days is not None
    }
    symbol = f"AG/RES. {len(pair.ids)}"
    pair.open("mandate", lambda _: Register(symbol=symbol, title="t", issued_by="GA", source="s", **given))


def draft(pair: Pair, due_in: int | None, answers: int) -> None:
    """One more proposal in both, answering a mandate if the matter called `answers` is one."""
    tied = pair.kinds[answers] == "mandate"
    due = None if due_in is None else GivenDay(on=pair.now.date() + timedelta(days=due_in))
    pair.open(
        "proposal",
        lambda side: Draft(title="t", proposer="SG", mandate=pair.ids[answers][side] if tied else None, due=due, source="s"),
    )


def _difference(one: Sequence[object], other: Sequence[object]) -> list[list[object]]:
    return [[row for row in one if row not in other][:4], [row for row in other if row not in one][:4]]
