"""Random walks of mandates and proposals through the real kernel on a real database (peers.md D10, D17, D18)."""

import sys
from collections import Counter
from datetime import date, timedelta

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test

from actions.kernel.move import move, open_kind
from actions.kernel.sweep import sweep
from actions.kinds import KINDS
from actions.kinds.house import HousePayload
from actions.kinds.mandate import Assign, Register
from tests.chaos import walkers
from tests.chaos.stages import assert_sound, copied, opened, planted
from tests.chaos.walkers import Attempt, Pair
from tests.fixtures.databases import Server
from tests.fixtures.offices import Stage

WALKS, STEPS = 10, 20
BOUNDED = settings(
    max_examples=WALKS,
    stateful_step_count=STEPS,
    derandomize=True,  # the same walks every time: what fails here fails again
    database=None,
    phases=[Phase.generate],  # a failing walk is told as it was; shrinking it would take minutes
    deadline=None,
    print_blob=True,
    suppress_health_check=list(HealthCheck),
)
DAYS = st.one_of(st.none(), st.integers(1, 60))
NUMBER = st.integers(0, 7)
AT_LAST = ("expire", "enter_into_force", "withdraw", "supersede", "retire", "merge", "note_fulfilled", "reject", "take_note")
"""What nobody may do, or what ends a matter: tried less often, so that walks go far."""
FLAWS = ("actor", "stale", "future", "bare", "")
"""What is wrong with an act on purpose; the last one only comes at a wrong time."""


def walker_of(punctual: Stage, tardy: Stage, seen: Counter[str]) -> type[RuleBasedStateMachine]:
    class Walk(RuleBasedStateMachine):
        """One walk on two empty houses."""

        pair: Pair | None = None

        @initialize()
        def begin(self) -> None:
            self.pair = walkers.begin(punctual, tardy, seen)
            self.absent: set[str] = set()

        def teardown(self) -> None:
            if self.pair is not None:
                try:
                    self.pair.catch_up(3)
                finally:
                    self.pair.end()

        @rule(due_in=DAYS, sunset_in=DAYS, answers=NUMBER, what=st.sampled_from(("mandate", "proposal")))
        def open(self, due_in: int | None, sunset_in: int | None, answers: int, what: str) -> None:
            if what == "mandate":
                walkers.register(self.pair, due_in, sunset_in)
            else:
                walkers.draft(self.pair, due_in, answers % len(self.pair.ids))

        @rule(index=NUMBER, turns=st.lists(NUMBER, min_size=1, max_size=4), due_in=DAYS, days=st.integers(0, 30))
        def work(self, index: int, turns: list[int], due_in: int | None, days: int) -> None:
            """Most of what happens in a house: the next acts of a matter, on the day they are told; then time passes."""
            for turn in turns:
                self.act(index, turn, 0, None, due_in)
            self.pair.pass_time(timedelta(days=days))

        @rule(index=NUMBER, turn=NUMBER, other=NUMBER, days_ago=st.integers(0, 25), due_in=DAYS)
        def tell_late(self, index: int, turn: int, other: int, days_ago: int, due_in: int | None) -> None:
            self.act(index, turn, other, days_ago, due_in)

        def act(self, index: int, turn: int, other: int, days_ago: int | None, due_in: int | None) -> None:
            """A move that the table has from here, told as well as one can; its claims may still not hold."""
            index %= len(self.pair.ids)
            possible = sorted({move.trigger for move in KINDS[self.pair.kinds[index]].table.moves_from(self.pair.state(index))})
            possible = [trigger for trigger in possible if trigger not in AT_LAST or turn == other] or possible
            if possible:
                self.pair.try_it(Attempt(index, possible[turn % len(possible)], other % len(self.pair.ids), days_ago, due_in))

        @rule(index=NUMBER, turn=st.integers(0, 30), other=NUMBER, flaw=st.sampled_from(FLAWS))
        def act_wrongly(self, index: int, turn: int, other: int, flaw: str) -> None:
            index %= len(self.pair.ids)
            triggers = KINDS[self.pair.kinds[index]].table.triggers
            self.pair.try_it(Attempt(index, triggers[turn % len(triggers)], other % len(self.pair.ids), None, None, flaw))

        @rule(days=st.integers(5, 80), hours=st.integers(0, 23))
        def neglect(self, days: int, hours: int) -> None:
            self.pair.pass_time(timedelta(days=days, hours=hours))

        @rule(who=st.sampled_from(("planner", "planner", "lawyer", "staff_chief", "the office")), days=st.integers(1, 60))
        def be_away(self, who: str, days: int) -> None:
            """Somebody goes or comes back, and time passes; or the whole office is to be closed on a day."""
            if who == "the office":
                self.pair.close_on(self.pair.now.date() + timedelta(days=days))
            else:
                self.pair.absent_or_back(who, self.absent)
                self.pair.pass_time(timedelta(days=days))

        @rule(batch=st.integers(1, 4))
        def catch_up(self, batch: int) -> None:
            self.pair.catch_up(batch)

        @precondition(lambda self: self.pair is not None)
        @invariant()
        def sound(self) -> None:
            for stage in self.pair.stages:
                assert_sound(stage)

    return Walk


def led(pair: Pair) -> None:
    """A walk that nobody draws, on which what is rare happens: whoever answers is away until it is handed over; a mandate lapses.

    Hypothesis draws among others from the constants of our own code, so that other code means other walks.
    """
    walkers.register(pair, None, 20)
    pair.try_it(Attempt(2, "assign", 0, None, None))
    pair.absent_or_back("planner", set())
    for _ in range(4):
        pair.pass_time(timedelta(days=21))
        for stage in pair.stages:
            assert_sound(stage)
    pair.catch_up(2)
    pair.end()


def test_d10_invariants_hold_after_every_step_and_it_does_not_matter_when_anybody_swept(database_server: Server) -> None:
    seen: Counter[str] = Counter()
    with planted(database_server) as house, copied(database_server, house) as punctual, copied(database_server, house) as tardy:
        led(walkers.begin(punctual, tardy, seen))
        assert {what for what in ("rung handed_over", "rung lapsed") if not seen[what]} == set(), seen
        run_state_machine_as_test(walker_of(punctual, tardy, seen), settings=BOUNDED)
    sys.stdout.write(f"walked: {dict(seen)}\n")
    reached = {"done", "refused", "rung told", "rung handed_over", "rung not_needed", "rung lapsed", "irregular", "signalled"}
    assert {what for what in reached if not seen[what]} == set(), seen
    assert seen["done"] >= 3 * WALKS, seen


def test_a_hand_over_that_lay_before_its_clock_began_ends_no_responsibility_before_it_began(database_server: Server) -> None:
    with planted(database_server) as house, opened(house) as stage:
        planner, lawyer = stage.people["planner"], stage.people["lawyer"]
        payload = Register(symbol="AG/RES. 1", title="t", issued_by="GA", source="s")
        matter = open_kind(stage.office, "mandate", payload, by=planner).id
        stage.absent("lawyer", date(2015, 6, 1))
        move(stage.office, matter, "assign", Assign(unit="OSG"), by=planner)
        stage.to_day(date(2015, 9, 1))
        move(stage.office, matter, "reassign", Assign(unit="OSG", person=lawyer), by=planner)
        move(stage.office, matter, "await_funds", HousePayload(on=date(2015, 4, 1)), by=planner)
        stage.to_day(date(2015, 9, 2))
        sweep(stage.flows)
        found = stage.rows(
            "SELECT p.name, r.why FROM responsibility r JOIN person p ON p.id = r.person_id ORDER BY r.from_at, r.until_at"
        )
        assert found == [("planner", "opened"), ("lawyer", "assigned"), ("planner", "handed_over")]
        assert_sound(stage, settled=True)
