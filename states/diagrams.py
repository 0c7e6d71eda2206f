"""Each procedure drawn and listed from its table, so that no picture can be older than the rules.

python -m states.diagrams      # writes docs/states/<kind>.md; `make diagrams`
"""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from states.procedures import PROCEDURES
from states.table import After, Clock, Event, Move, Start, StateTable

FOLDER = Path(__file__).parent.parent / "docs" / "states"


def diagram(table: StateTable) -> str:
    """The stages and the moves between them as a Mermaid state diagram. Acts that change no stage are left to `page`."""
    lines = ["stateDiagram-v2", f"    [*] --> {table.initial}"]
    ways: dict[tuple[str, str], list[str]] = {}
    for move in table.moves:
        if move.source != move.dest:
            ways.setdefault((move.source, move.dest), []).append(_label(table, move))
    lines += [f"    {source} --> {dest}: {', '.join(dict.fromkeys(labels))}" for (source, dest), labels in ways.items()]
    lines += [f"    {stage.name} --> [*]" for stage in table.stages if stage.final]
    return "\n".join(lines) + "\n"


def page(table: StateTable) -> str:
    """The whole procedure in Markdown: diagram, stages, moves, clocks, pauses, and what it tells and hears."""
    parts = [
        f"# {table.kind.capitalize()}\n\nGenerated from `states/{table.kind}.py` by `make diagrams`: "
        "do not edit. Durations, ladders and who may do what are in the policy packs under the same names.\n",
        f"```mermaid\n{diagram(table)}```\n",
        "An arrow marked `clock` is taken by time itself.\n",
        _list("Stages", ("stage", "waits for", "final"), _stages(table)),
        _list("Moves", ("act", "from", "to", "only if", "shows something outside"), _moves(table)),
        _list("Clocks", ("clock", "starts", "met by", "ends in", "by itself", "repeats"), _clocks(table)),
    ]
    if table.pauses:
        parts.append(_list("Pauses", ("pause", "from", "until", "holds"), _pauses(table)))
    if table.emits or table.listens:
        parts.append(_links(table))
    return "\n".join(parts)


def write(folder: Path = FOLDER, tables: Iterable[StateTable] = PROCEDURES) -> list[Path]:
    """Write one page a procedure into `folder` and return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for table in tables:
        file = folder / f"{table.kind}.md"
        file.write_text(page(table), encoding="utf-8")
        written.append(file)
    return written


def _label(table: StateTable, move: Move) -> str:
    return f"{move.trigger} (clock)" if move.trigger in table.lapses else move.trigger


def _stages(table: StateTable) -> Iterator[tuple[str, ...]]:
    for stage in table.stages:
        yield (_code([stage.name]), "" if stage.final else stage.owner.value, "yes" if stage.final else "")


def _moves(table: StateTable) -> Iterator[tuple[str, ...]]:
    """One line for the rows that differ only in their source."""
    rows: dict[tuple[str, str, str, str], list[str]] = {}
    for move in table.moves:
        dest = "" if move.source == move.dest else move.dest
        claims = _code(guard.__name__ for guard in move.only_if)
        outside = "yes, with consent" if move.discloses else ""
        rows.setdefault((_label(table, move), dest, claims, outside), []).append(move.source)
    for (act, dest, claims, outside), sources in rows.items():
        yield (f"`{act}`", _code(sources), _code([dest]) if dest else "(stays)", claims, outside)


def _clocks(table: StateTable) -> Iterator[tuple[str, ...]]:
    for clock in table.clocks:
        yield (
            _code([clock.name]),
            ", ".join(_start(start) for start in clock.starts_on),
            _code(clock.stops_on),
            _code(clock.ends_in),
            _code([clock.lapse]) if clock.lapse else "",
            _repeats(clock),
        )


def _start(start: Start) -> str:
    match start:
        case Event(trigger):
            return f"with `{trigger}`"
        case After(clock):
            return f"after clock `{clock}`"
        case _:
            return f"in `{start}`"


def _repeats(clock: Clock) -> str:
    said = (("yes", clock.repeats), ("outlives the end", clock.outlives))
    return ", ".join(word for word, true in said if true)


def _pauses(table: StateTable) -> Iterator[tuple[str, ...]]:
    for pause in table.pauses:
        yield (_code([pause.name]), _code([pause.starts_on]), _code(pause.stops_on), _code(pause.holds))


def _links(table: StateTable) -> str:
    tells = f"Linked matters may hear: {_code(table.emits)}.\n" if table.emits else ""
    hears = "".join(f"When a linked matter's `{event}` happens: `{own}`.\n" for event, own in table.listens)
    return f"## Links\n\n{tells}{hears}"


def _list(title: str, head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return f"## {title}\n\n" + "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def _code(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


if __name__ == "__main__":
    sys.stdout.writelines(f"{file}\n" for file in write())
