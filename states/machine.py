"""The one place that knows `transitions`. Stateless: one machine a table, nothing is ever added to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from transitions import Machine as TransitionsMachine
from transitions import MachineError

from policies.refusal import Refusal
from states.table import Facts, Guard, Move, StateTable


class NoSuchMove(Refusal):
    """The table has no such move from here. Not the person's fault if somebody else moved the matter first.

    `possible` are the triggers there are from `state`, which may each still lack something.
    """

    code: ClassVar[str] = "no_such_move"

    def __init__(self, kind: str, trigger: str, state: str, possible: Iterable[str]) -> None:
        super().__init__(kind=kind, trigger=trigger, state=state, possible=", ".join(possible))


class MoveRefused(Refusal):
    """The move exists but a claim it needs does not hold yet. `unmet` names the claims."""

    code: ClassVar[str] = "move_refused"

    def __init__(self, kind: str, trigger: str, state: str, unmet: tuple[str, ...]) -> None:
        super().__init__(kind=kind, trigger=trigger, state=state, unmet=", ".join(unmet))
        self.unmet = unmet


@dataclass(slots=True)
class _Subject:
    """What a machine moves: a state and nothing else."""

    state: str


class Machine:
    """A table made to run. Safe to share between threads: it holds no matter.

    `transitions` is used with `auto_transitions=False` (its `to_<state>()` would pass every guard) and without callbacks or
    queue; a guard's False, an unknown trigger (None) and an unknown stored state (ValueError) become named refusals.
    """

    def __init__(self, table: StateTable) -> None:
        self.table = table
        self._states = frozenset(str(name) for name in table.states)
        self._machine = TransitionsMachine(
            model=None,
            # plain text: of an Enum, transitions would take the member's name
            states=[str(name) for name in table.states],
            initial=str(table.initial),
            transitions=[
                {"trigger": m.trigger, "source": str(m.source), "dest": str(m.dest), "conditions": list(m.only_if)}
                for m in table.moves
            ],
            auto_transitions=False,
            queued=False,
        )

    def advance(self, state: str, trigger: str, facts: Facts) -> str:
        """Return the state that `trigger` leads to.

        Raises NoSuchMove or MoveRefused (naming the unmet claims); never returns False and never changes anything.
        """
        event = self._machine.events.get(trigger)
        if event is None or state not in self._states:
            raise self.no_such_move(state, trigger)
        subject = _Subject(str(state))
        try:
            moved = event.trigger(subject, facts)
        except MachineError:
            raise self.no_such_move(state, trigger) from None
        if not moved:
            raise MoveRefused(self.table.kind, trigger, state, unmet=self.unmet(state, trigger, facts))
        return subject.state

    def permitted(self, state: str, facts: Facts) -> dict[str, tuple[str, ...]]:
        """Every trigger of `state` with the claims it still lacks; an empty tuple means it may happen now."""
        return {move.trigger: self.unmet(state, move.trigger, facts) for move in self.table.moves_from(state)}

    def no_such_move(self, state: str, trigger: str) -> NoSuchMove:
        """The refusal of a trigger that does not exist from this state."""
        possible = dict.fromkeys(str(move.trigger) for move in self.table.moves_from(state))
        return NoSuchMove(self.table.kind, trigger, str(state), possible)

    def unmet(self, state: str, trigger: str, facts: Facts) -> tuple[str, ...]:
        """Names of the claims that do not hold for `trigger` in `state`."""
        return tuple(guard.__name__ for move in self._rows(state, trigger) for guard in _failing(move, facts))

    def _rows(self, state: str, trigger: str) -> tuple[Move, ...]:
        return tuple(move for move in self.table.moves_from(state) if move.trigger == trigger)


def _failing(move: Move, facts: Facts) -> tuple[Guard, ...]:
    return tuple(guard for guard in move.only_if if not guard(facts))
