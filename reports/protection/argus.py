"""Secondary suppression by Tau-Argus: the cheapest further numbers to hide, over all linked tables at once.

Tau-Argus' own front end takes one table, or a hierarchy of them; the solver below it (optimal cell suppression of Fischetti and
Salazar, with HiGHS) takes any numbers and any sums between them. So we write its input ourselves ("JJ" format: number, weight,
status, bounds, protection levels; then the sums) and give it the whole release.

The engine runs in a process of its own: it is not made for several calls in one process, and now and then it breaks down there.
"""

import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from reports.protection.linked import Equation, Linked, Spot

ENGINE = Path(__file__).with_name("engine.py")
MINUTES, SECONDS = 1, 90
"""For one part of a release: after so many minutes the engine gives the best it has found; after so many seconds it is ended."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Numbers that hang together, and what is to be hidden.

    `needs`: how far down and up each hidden number must stay open. `free`: numbers that nobody sees anyway.
    """

    counts: Mapping[Spot, int] = field(repr=False)
    equations: Sequence[Equation] = field(repr=False)
    needs: Mapping[Spot, tuple[int, int]] = field(repr=False)
    fixed: frozenset[Spot]
    free: frozenset[Spot]


def parts(linked: Linked, needs: Mapping[Spot, tuple[int, int]]) -> list[Problem]:
    """The parts of a release that no sum ties together, as far as something is hidden in them. Each is solved by itself."""
    tied = _tied(linked)
    together: dict[Spot, list[Equation]] = {}
    for equation in linked.equations:
        together.setdefault(tied[equation[0][0]], []).append(equation)
    of: dict[Spot, dict[Spot, tuple[int, int]]] = {}
    for each, need in needs.items():
        of.setdefault(tied[each], {})[each] = need
    found = []
    for first, hidden in of.items():
        if first in together:
            counts = {each: 0 for equation in together[first] for each, _ in equation}
            counts = {each: linked.counts[each] for each in counts}
            found.append(
                Problem(
                    counts, together[first], hidden, linked.fixed & counts.keys() - hidden.keys(), linked.absent & counts.keys()
                )
            )
    return found


def _tied(linked: Linked) -> dict[Spot, Spot]:
    """Each number to one that stands for all that hang together with it."""
    up = {each: each for each in linked.counts}

    def top(each: Spot) -> Spot:
        while up[each] != each:
            up[each] = up[up[each]]
            each = up[each]
        return each

    for equation in linked.equations:
        for each, _ in equation[1:]:
            up[top(each)] = top(equation[0][0])
    return {each: top(each) for each in linked.counts}


@dataclass(frozen=True, slots=True)
class Argus:
    """The engine, and what it has answered: the same part of a release is asked about in every round of mending."""

    answers: dict[str, tuple[int, ...]] = field(default_factory=dict, repr=False)

    def suppress(self, problems: Sequence[Problem]) -> list[frozenset[Spot] | None]:
        """What is to be hidden besides, part by part. None: the engine has no answer, or has broken down twice."""
        asked = [_written(problem) for problem in problems]
        self._ask([text for text in asked if text not in self.answers])
        for text in asked:
            if text not in self.answers:
                self._ask([text])
        return [
            _read(problem, self.answers[text]) if text in self.answers else None
            for problem, text in zip(problems, asked, strict=True)
        ]

    def _ask(self, texts: Sequence[str]) -> None:
        """Run the engine over these, in a process and a folder of its own that both end here."""
        if not texts:
            return
        with TemporaryDirectory() as folder:
            for number, text in enumerate(texts):
                (Path(folder) / f"{number}.in").write_text(text, encoding="ascii")
            argv = [sys.executable, "-I", str(ENGINE), folder, str(len(texts)), str(MINUTES)]
            with suppress(subprocess.TimeoutExpired):
                subprocess.run(  # noqa: S603  # our own file beside this one, with a folder and two numbers; it writes its logs where it stands
                    argv, env={}, cwd=folder, timeout=SECONDS * len(texts), capture_output=True, check=False
                )
            for number, text in enumerate(texts):
                answered = Path(folder) / f"{number}.answer"
                if answered.exists():
                    self.answers[text] = tuple(int(line) for line in answered.read_text(encoding="ascii").split())


def _read(problem: Problem, answer: Sequence[int]) -> frozenset[Spot]:
    order = list(problem.counts)
    return frozenset({order[number] for number in answer} - problem.needs.keys())


def _written(problem: Problem) -> str:
    """The engine's input. A hidden number costs nothing more; the others cost what they tell."""
    order = list(problem.counts)
    place = {each: number for number, each in enumerate(order)}
    most = 2 * sum(problem.counts.values()) + sum(up for _, up in problem.needs.values())
    lines = ["0", str(len(order))]
    for each in order:
        count = problem.counts[each]
        down, up = problem.needs.get(each, (0, 0))
        status = "u" if each in problem.needs else "z" if each in problem.fixed else "s"
        cost = 0 if each in problem.free else max(count, 1)
        lines.append(f"{place[each]} {count} {cost} {status} 0 {most} {min(down, count)} {up} 0")
    lines.append(str(len(problem.equations)))
    for equation in problem.equations:
        terms = " ".join(f"{place[each]} ({sign})" for each, sign in equation)
        lines.append(f"0 {len(equation)} : {terms}")
    return "\n".join(lines) + "\n"
