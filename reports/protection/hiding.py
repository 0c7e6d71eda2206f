"""What is hidden besides the sensitive cells, so that nobody can compute them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from reports.protection.argus import Argus, parts
from reports.protection.complement import complement
from reports.protection.guards import Guards
from reports.protection.linked import Linked, Spot

ROUNDS = 12
"""How often what was hidden for others may itself need others. In tables of the sizes published, two or three times."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """All that is hidden. `without_engine`: how many parts of the release Tau-Argus gave no answer for."""

    spots: frozenset[Spot] = field(repr=False)
    without_engine: int = 0


def hide(linked: Linked, guards: Guards, asked: Mapping[Spot, int], engine: Argus) -> Hidden:
    """Hide the sensitive numbers, those that are `asked` for (with how often the attacker found them), and all that they need.

    Who reads the tables does not know which hidden number was sensitive. So every one must stay as open as a sensitive one, also
    those that were hidden for the sake of others.
    """
    hidden = (linked.sensitive | asked.keys()) & linked.counts.keys()
    if not guards.secondary:
        return Hidden(frozenset(hidden))
    failed = 0
    for _ in range(ROUNDS):
        needs = {
            each: need(linked.counts[each], guards, each in linked.zeros_tell, asked.get(each, 0)) for each in sorted(hidden)
        }
        problems = [each for world in _worlds(linked, needs) for each in parts(linked, world)]
        answers = engine.suppress(problems)
        failed = answers.count(None)
        more = [complement(each) if found is None else found for each, found in zip(problems, answers, strict=True)]
        if not any(more):
            break
        hidden = hidden.union(*more)
    return Hidden(frozenset(hidden), failed)


def _worlds(linked: Linked, needs: Mapping[Spot, tuple[int, int]]) -> Iterator[Mapping[Spot, tuple[int, int]]]:
    """What must stay open, first for who doubts what an earlier release prints, then for who takes it as it stands.

    What is as it was printed is known anyway; what is hidden because it is not so must not be computed from the others either.
    """
    unknown = {each: open_ for each, open_ in needs.items() if linked.printed.get(each) != linked.counts[each]}
    yield unknown
    if unknown.keys() & linked.printed.keys():
        yield {each: open_ for each, open_ in unknown.items() if each not in linked.printed}


def need(count: int, guards: Guards, zeros_tell: bool, found: int) -> tuple[int, int]:
    """How far down and up a hidden number must stay open, so that its bounds are a width apart.

    A small one down to zero, so that it is not told to be some. A large one half down, half up; what the attacker found before
    gets more room each time, because the programs that hide think in fractions and the attacker in whole cases.
    """
    room = guards.width << min(found, 6)
    small = count < guards.threshold or (zeros_tell and count < 2 * guards.threshold) or found > 1
    down = count if small else min(count, (room + 1) // 2)
    return down, max(room - down, 1)
