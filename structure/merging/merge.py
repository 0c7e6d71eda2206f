"""Three-way merge: the organisation both proposals began from, what ours does to it, what theirs does to it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from policies.structure import StructureRules
from structure.merging.accounts import Account, account, attempt_all, mentioned
from structure.merging.conflicts import Choice, ChoiceRefused, Conflict
from structure.merging.direct import direct
from structure.merging.pairing import Paired, paired
from structure.merging.together import found_together, overwritten, refusals, semantic
from structure.organisation import Organisation
from structure.rule import Finding
from structure.things import Ref
from structure.timeline import Attempt, Planned
from structure.uncollected import uncollected


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was merged, and what has been decided of it."""

    base: Organisation
    rules: StructureRules
    pair: Paired
    chosen: tuple[tuple[Choice, Conflict], ...] = ()
    """One id may come twice: what was left out first may show that another operation of the same side wants the same."""

    @property
    def dropped(self) -> frozenset[str]:
        """Ids of the operations that a person decided against."""
        return frozenset(planned.id for choice, conflict in self.chosen for planned in _against(choice, conflict))


@dataclass(frozen=True, slots=True)
class Merged:
    """What two plans come to. While there are conflicts, `planned` leaves out every operation that one of them names.

    `waiting`: operations that cannot be done without what is left out or was decided against. `findings`: what the
    invariants find about the plans together and about neither alone; those that stop a plan are conflicts too.
    """

    planned: tuple[Planned, ...]
    conflicts: tuple[Conflict, ...]
    findings: tuple[Finding, ...]
    waiting: tuple[Planned, ...] = ()
    asked: _Asked = field(repr=False, kw_only=True)

    @property
    def is_whole(self) -> bool:
        """Nothing is left for a person to decide."""
        return not self.conflicts


@uncollected()
def merge(base: Organisation, ours: Sequence[Planned], theirs: Sequence[Planned], rules: StructureRules) -> Merged:
    """Merge two plans on one organisation. Nothing that both want differently is merged until a person decides it.

    The same operation on the same date in both is one. Operations that share an id and differ get `~1` and `~2`, so that every
    id of the result is one operation. merge(b, x, ()) plans x; merge(b, x, y) and merge(b, y, x) differ in the sides' names only.
    n log n in the plans and what they change, a check of all invariants, and of the broken ones for each side.
    """
    return _merged(_Asked(base, rules, paired(ours, theirs)))


@uncollected()
def decide(merged: Merged, choices: Mapping[str, Choice]) -> Merged:
    """Merge again with these conflicts decided, by id. What is not decided stays out, and deciding may show more.

    Raises ChoiceRefused: `conflict_is_open`, `both_can_hold`, `choices_agree` (one operation is chosen here and left out there);
    then nothing is decided.
    """
    open_ones = {conflict.id: conflict for conflict in merged.conflicts}
    for id, choice in sorted(choices.items()):
        if id not in open_ones:
            raise ChoiceRefused("conflict_is_open", id)
        if choice is Choice.BOTH and not open_ones[id].both:
            raise ChoiceRefused("both_can_hold", id)
    made = tuple((choice, open_ones[id]) for id, choice in sorted(choices.items()))
    asked = replace(merged.asked, chosen=(*merged.asked.chosen, *made))
    dropped = asked.dropped
    for choice, conflict in sorted(asked.chosen, key=lambda one: one[1].id):
        if any(planned.id in dropped for planned in _for(choice, conflict)):
            raise ChoiceRefused("choices_agree", conflict.id)
    return _merged(asked)


def _merged(asked: _Asked) -> Merged:
    dropped, pair = asked.dropped, asked.pair
    first, second = (_account(asked.base, plan, other, dropped) for plan, other in pair.both_ways())
    alone = _refused_alone(asked, first, second)
    accepted = frozenset(conflict.id for choice, conflict in asked.chosen if choice is Choice.BOTH)
    conflicts = [one for one in direct(first, second) if one.id not in accepted]
    out = dropped | _operations(conflicts)
    trial = _Trial(asked, first, second, alone, out)
    conflicts += trial.conflicts
    spared = trial.about_out() | _subjects(asked, accepted)
    lost = [one for one in overwritten(trial.made, first, second, spared) if one.id not in accepted]
    findings = found_together(trial.made, (first.attempt, second.attempt), asked.rules)
    wrong = semantic(findings, trial.made.timeline.end, first, second, trial.about_out())
    more = [*lost, *(one for one in wrong if one.id not in accepted)]
    if more:
        conflicts += more
        trial = _Trial(asked, first, second, alone, trial.out | _operations(more))
    conflicts = _once(one.mirrored() if pair.is_swapped else one for one in conflicts)
    return Merged(trial.planned, tuple(conflicts), tuple(findings), trial.waiting, asked=asked)


class _Trial:
    """Both plans done together, but for what is left out, what waits for it, and what both say."""

    def __init__(self, asked: _Asked, first: Account, second: Account, alone: frozenset[str], out: frozenset[str]) -> None:
        self.everything = asked.pair.together
        self.out = out
        self.conflicts: list[Conflict] = []
        waiting: set[str] = set()
        idle: set[str] = set()
        while True:
            gone = self.out | waiting | idle
            self.planned = tuple(planned for planned in self.everything if planned.id not in gone)
            self.made: Attempt = attempt_all(asked.base, self.planned)
            unaided = self._unaided(asked.base, (first, second), waiting) if self.made.refused else frozenset()
            found = refusals(self.made, first, second, unaided, alone)
            if not (found.conflicts or found.waiting or found.idle):
                break
            self.conflicts += found.conflicts
            self.out |= _operations(found.conflicts)
            waiting |= found.waiting
            idle |= found.idle
        self.waiting = tuple(planned for planned in self.everything if planned.id in waiting - self.out)

    def _unaided(self, base: Organisation, sides: Iterable[Account], waiting: set[str]) -> frozenset[str]:
        """Ids of the operations that need what is left out of their own plan: the other plan is not why they cannot be done."""
        left = (tuple(one for one in side.plan if one.id not in self.out | waiting) for side in sides)
        return frozenset(refusal.planned.id for plan in left for refusal in attempt_all(base, plan).refused)

    def about_out(self) -> frozenset[Ref]:
        """What the operations that are left out speak of."""
        return frozenset(chain.from_iterable(mentioned(one.operation) for one in self.everything if one.id in self.out))


def _account(base: Organisation, plan: Sequence[Planned], other: Sequence[Planned], dropped: frozenset[str]) -> Account:
    shared = {planned.id for planned in other}
    kept = [planned for planned in plan if planned.id not in dropped]
    return account(base, kept, frozenset(planned.id for planned in kept if planned.id not in shared))


def _refused_alone(asked: _Asked, first: Account, second: Account) -> frozenset[str]:
    """Ids of operations that their whole plan cannot do, whatever was decided since."""
    if not asked.dropped:
        return first.refused | second.refused
    attempts = (attempt_all(asked.base, plan) for plan, _ in asked.pair.both_ways())
    return frozenset(refusal.planned.id for made in attempts for refusal in made.refused)


def _operations(conflicts: Iterable[Conflict]) -> frozenset[str]:
    return frozenset(id for conflict in conflicts for id in conflict.operations)


def _subjects(asked: _Asked, accepted: frozenset[str]) -> frozenset[Ref]:
    return frozenset(conflict.subject for _, conflict in asked.chosen if conflict.id in accepted)


def _once(conflicts: Iterable[Conflict]) -> list[Conflict]:
    """In one order; of two about the same the first."""
    found: dict[str, Conflict] = {}
    for conflict in conflicts:
        found.setdefault(conflict.id, conflict)
    return [found[id] for id in sorted(found)]


def _for(choice: Choice, conflict: Conflict) -> Iterator[Planned]:
    if choice is not Choice.THEIRS:
        yield from conflict.ours.operations
    if choice is not Choice.OURS:
        yield from conflict.theirs.operations


def _against(choice: Choice, conflict: Conflict) -> tuple[Planned, ...]:
    match choice:
        case Choice.OURS:
            return conflict.theirs.operations
        case Choice.THEIRS:
            return conflict.ours.operations
        case Choice.BOTH:
            return ()
