"""What was measured, and what it comes to. Ratios are medians of ratios of neighbours in time: the machine is shared."""

from dataclasses import dataclass, field
from math import log
from statistics import median


@dataclass
class Fired:
    """Seconds for the `due` clocks of each repetition, ours and by hand in turn, at one size."""

    pending: int
    due: int
    planted_in: float
    ours: list[float] = field(default_factory=list)
    floor: list[float] = field(default_factory=list)

    @property
    def per_clock(self) -> float:
        """Our median, in milliseconds a clock."""
        return median(self.ours) / self.due * 1e3

    @property
    def floor_per_clock(self) -> float:
        """The floor's median, in milliseconds a clock."""
        return median(self.floor) / self.due * 1e3

    @property
    def of_the_floor(self) -> float:
        """Our speed as a part of the floor's."""
        return median(by_hand / own for own, by_hand in zip(self.ours, self.floor, strict=True))


def growth(small: Fired, large: Fired) -> float:
    """What a clock costs among many, over what it costs among few."""
    return median(much / little for little, much in zip(small.ours, large.ours, strict=True))


@dataclass
class Ticked:
    """Seconds of one look at a house where nothing is due, and of `SELECT 1` through the same engine, in turn."""

    pending: int
    looks: list[float] = field(default_factory=list)
    ones: list[float] = field(default_factory=list)

    @property
    def times(self) -> float:
        """How many `SELECT 1` a look costs."""
        return median(look / one for look, one in zip(self.looks, self.ones, strict=True))


@dataclass
class Started:
    """Seconds from starting the process to its first ready answer."""

    door: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)

    @property
    def times(self) -> float:
        """Our door over the bare application."""
        return median(door / bare for door, bare in zip(self.door, self.bare, strict=True))


@dataclass(frozen=True)
class Beside:
    """A peer at one size. `note` says why there is no number."""

    name: str
    pending: int
    planted_in: float = 0.0
    due: int = 0
    fired: int = 0
    seconds: float = 0.0
    note: str = ""

    @property
    def per_timer(self) -> float | None:
        """Milliseconds a timer; None where none fired."""
        return self.seconds / self.fired * 1e3 if self.fired else None


@dataclass
class Shaped:
    """Seconds for an organisation and a plan of one size: of each act, and of the floor just before it."""

    units: int
    functions: int
    operations: int
    findings: int = 0
    took: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    """Act -> ours and the floor's, in turn."""
    looked_up: list[float] = field(default_factory=list)

    def seconds(self, act: str) -> float:
        """Our median."""
        return median(ours for ours, _ in self.took[act])

    def floors(self, act: str) -> float:
        """How many times the floor our act takes."""
        return median(ours / floor for ours, floor in self.took[act])


def grown(small: Shaped, large: Shaped, act: str) -> float:
    """How much more an act takes than the floor among many, over how much more it takes among few: 1 grows as the floor does."""
    return large.floors(act) / small.floors(act)


def floor_beside_n_log_n(small: Shaped, large: Shaped) -> float:
    """How much more the floor itself takes among many, over what sorting should: above 1 is the machine's memory, met by all."""
    floors = [median(floor for took in one.took.values() for _, floor in took) for one in (small, large)]
    return floors[1] / floors[0] / (large.functions * log(large.functions) / (small.functions * log(small.functions)))


@dataclass
class Paged:
    """Seconds of each page in turn, by size, and what the intake's pages weigh in bytes, with all they need."""

    sizes: tuple[int, int]
    few: list[float] = field(default_factory=list)
    many: list[float] = field(default_factory=list)
    case: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)
    lines: list[float] = field(default_factory=list)
    case_bytes: int = 0
    queue_bytes: tuple[int, int] = (0, 0)
    intake: dict[str, int] = field(default_factory=dict)

    @property
    def growth(self) -> float:
        """The queue's page among many cases over the same among few."""
        return median(much / little for much, little in zip(self.many, self.few, strict=True))

    @property
    def times(self) -> float:
        """The case's page over the bare one, at the 95th percentile of each."""
        return p95(self.case) / p95(self.bare)

    @property
    def heaviest(self) -> tuple[str, float]:
        """The intake page that weighs most, with its stylesheet, in KB."""
        path, weight = max(self.intake.items(), key=lambda each: each[1])
        return path, weight / 1024


def p95(took: list[float]) -> float:
    """The 95th percentile."""
    return sorted(took)[max(0, round(len(took) * 0.95) - 1)]


@dataclass
class Results:
    """One run."""

    fired: list[Fired] = field(default_factory=list)
    ticked: list[Ticked] = field(default_factory=list)
    started: Started | None = None
    beside: list[Beside] = field(default_factory=list)
    shaped: list[Shaped] = field(default_factory=list)
    disclosed: str = ""
    """The table of `bench/disclosure.py`."""
    paged: Paged | None = None
