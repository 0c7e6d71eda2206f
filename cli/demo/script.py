"""What a demo is made of: steps with a date, an actor, what is expected and what is seen."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from cli.demo.scene import Scene

WASHINGTON = ZoneInfo("America/New_York")
"""Where the office of these stories works: its dates are those of the table."""
Deed = Callable[[Scene], str]
"""Does something at a door, as a person would, and returns what came back, in a few words."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a story.

    `at` is the office's instant. `assumed`: no source gives this date; it is the demo's and stored nowhere as history. `jump`:
    time moves at once, whatever is due on the way.
    """

    story: str
    at: datetime
    who: str
    what: str
    expected: str
    deed: Deed
    assumed: bool = False
    jump: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """A step that was played, and what came of it."""

    step: Step
    seen: str

    @property
    def as_expected(self) -> bool:
        """Whether it went as it should."""
        return self.seen == self.step.expected


def noon(day: date) -> datetime:
    """An instant in office hours of a day in Washington, summer and winter."""
    return datetime(day.year, day.month, day.day, 16, tzinfo=UTC)


def play(steps: Iterable[Step], scene: Scene, console: Console) -> list[Seen]:
    """Play all steps in the order of their instants, those of one instant as written. A failing step is seen as its error."""
    ordered = sorted(steps, key=lambda step: step.at)
    played = []
    with Progress(console=console, transient=True) as progress:
        bar = progress.add_task("", total=len(ordered))
        for step in ordered:
            progress.update(bar, description=f"{step.at.astimezone(WASHINGTON):%Y-%m-%d} · {step.story}: {step.what}")
            played.append(Seen(step, _seen(step, scene)))
            progress.advance(bar)
    return played


def _seen(step: Step, scene: Scene) -> str:
    try:
        if step.jump:
            scene.director.jump_to(step.at)
        else:
            scene.director.walk_to(step.at)
        return step.deed(scene)
    except Exception as error:  # noqa: BLE001  # whatever went wrong is what was seen; the other steps are still worth seeing
        return f"{type(error).__name__}: {error}"[:200]


def show(played: Sequence[Seen], console: Console) -> None:
    """Print the table: story, step, office date, who, expected, seen."""
    table = Table(title="DEMO", show_lines=False)
    for column in ("story", "step", "office date", "who or which flow", "expected", "seen", ""):
        table.add_column(column, overflow="fold")
    for each in played:
        day = f"{each.step.at.astimezone(WASHINGTON):%Y-%m-%d}" + (" (assumed)" if each.step.assumed else "")
        mark = "[green]ok[/green]" if each.as_expected else "[red]NOT AS EXPECTED[/red]"
        row = (each.step.story, each.step.what, day, each.step.who, each.step.expected, each.seen)
        table.add_row(*(text.replace("[", "\\[") for text in row), mark)
    console.print(table)
    good = sum(each.as_expected for each in played)
    console.print(f"{good} of {len(played)} steps were seen as expected.")
