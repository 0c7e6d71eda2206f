"""The attack: all releases together, editions and contradictions told apart, every hidden cell bounded."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import inf

from reports.attack.editions import worlds_of
from reports.attack.findings import Bounds, Findings
from reports.attack.judging import judged
from reports.attack.linking import restated
from reports.attack.mirrors import views_of
from reports.attack.solving import Interval, Part, parts_of
from reports.attack.unsaid import with_unsaid
from reports.attack.views import MOST_DOUBTED, SpotKey
from reports.attack.world import Asked, World
from reports.shape import Report

Told = Callable[[int, int], None]
"""Called with how many questions are answered, and how many there are."""


def attack(releases: Sequence[Report], bounds: Bounds, told: Told | None = None) -> Findings:
    """Bound every hidden cell by everything published, and say which of them are found. Reads nothing besides `releases`.

    A cell that is not printed, and of which an identity says what it adds up to with others, is hidden like any other.
    """
    whole, unsaid = with_unsaid(releases)
    search = _Search(whole, bounds, told, unsaid)
    for numbers in worlds_of(whole, search.fit):
        search.world(numbers)
    return judged(whole, bounds, search.found, search.cut, tuple(search.inconsistent), unsaid)


@dataclass
class _Search:
    """What is found so far."""

    releases: Sequence[Report]
    bounds: Bounds
    told: Told | None
    unsaid: frozenset[SpotKey]
    """The cells that nobody printed."""
    found: dict[SpotKey, Interval] = field(default_factory=dict)
    """The tightest bounds known of hidden and banded cells."""
    cut: dict[SpotKey, int] = field(default_factory=dict)
    inconsistent: dict[str, None] = field(default_factory=dict)
    tightest: float = inf

    def fit(self, one: int, other: int) -> bool:
        """Whether two releases can be true together."""
        return self._linked([one, other]) is not None

    def world(self, numbers: Sequence[int]) -> None:
        """Attack releases that can be true together; where they contradict each other, those that do not."""
        whole = self._linked(numbers)
        if whole is not None:
            self._ask(whole, numbers)
            return
        left = [number for number in numbers if not self._contradicts_itself(number)]
        while left:
            party: list[int] = []
            for number in left:
                if self._linked([*party, number]) is not None:
                    party.append(number)
            world = self._linked(party)
            if world is not None:
                self._ask(world, party)
            left = [number for number in left if number not in party]
            for number in left:
                self.inconsistent[self._name(number)] = None

    def _name(self, number: int) -> str:
        return f"{self.releases[number].series}/{self.releases[number].edition}"

    def _linked(self, numbers: Sequence[int]) -> World | None:
        """The releases as one world, without inferred links that the numbers do not bear out. None: they contradict."""
        chosen = [self.releases[number] for number in numbers]
        given_up = restated(views_of(chosen))
        for _ in range(MOST_DOUBTED + 1):
            world = World(chosen, given_up)
            torn = world.contradictions()
            if not torn:
                return world
            doubtful = [at for at in torn if world.views[at].doubt and given_up.get(at, 0) < MOST_DOUBTED]
            given_up.update({at: given_up.get(at, 0) + 1 for at in doubtful})
            if not doubtful:
                return None
        return None

    def _contradicts_itself(self, number: int) -> bool:
        """Try a release alone. If it contradicts itself its tables are attacked one by one, and it is named."""
        if self._linked([number]) is not None:
            return False
        self.inconsistent[self._name(number)] = None
        loose = World([self.releases[number]], loose=True)
        self._ask(loose, [number])
        return True

    def _ask(self, world: World, numbers: Sequence[int]) -> None:
        """Bound what is hidden in a world, part by part."""
        done = 0
        for asked in world.questions:
            terms, known = world.rows.put_in(asked.terms)
            if not terms:
                self._note(asked, Interval(known, known), numbers)
                done += 1
        for each in parts_of(world.rows, world.sums):
            if each.asked and each.part.feasible():
                each.part.look_around()
                for at, number in enumerate(each.asked):
                    self._bound(each.part, at, world.questions[number], numbers)
                    done += 1
                    if self.told:
                        self.told(done, len(world.questions))

    def _bound(self, part: Part, at: int, asked: Asked, numbers: Sequence[int]) -> None:
        seen = Interval(int(part.least[at]), int(part.most[at])) if part.most[at] >= part.least[at] else None
        if seen and seen.span >= self._enough(asked, seen):
            return
        interval = part.bounds(at, whole=False)
        if not interval.whole and self._close(interval):
            interval = part.bounds(at, whole=True)
        self._note(asked, interval, numbers)

    def _enough(self, asked: Asked, seen: Interval) -> float:
        """How far apart two counts must have been seen so that nothing more need be known of a sum."""
        if asked.cut or not asked.spot.hidden:
            return 1
        if seen.low >= 1 and self.bounds.protect_zeros & {name for name, _ in asked.spot.at[2]}:
            return inf
        return max(self.bounds.width, self.tightest)

    def _close(self, interval: Interval) -> bool:
        """Whether whole numbers could tell more than fractions do, and it would matter."""
        wide = max(3 * self.bounds.width, min(self.tightest, 10 * self.bounds.width))
        return interval.span < wide or 0 <= interval.low < self.bounds.threshold

    def _note(self, asked: Asked, interval: Interval, numbers: Sequence[int]) -> None:
        at = (numbers[asked.spot.at[0]], *asked.spot.at[1:])
        if asked.cut:
            if interval.span == 0 and 1 <= interval.low < self.bounds.threshold:
                self.cut[at] = interval.low
            return
        old = self.found.get(at)
        if old is None or interval.span < old.span:
            self.found[at] = interval
            if asked.spot.hidden and (interval.span or at not in self.unsaid):
                self.tightest = min(self.tightest, interval.span)
