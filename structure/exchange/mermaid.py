"""An organisation drawn as Mermaid text: the tree of units, and where functions went between two dates."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from structure.organisation import Organisation
from structure.responsible import Heirs, responsible
from structure.things import COMMANDS, UNKNOWN, EdgeKind, UnitState

ARROWS = {EdgeKind.LINE: "-->", EdgeKind.MATRIX: "-.->", EdgeKind.COORDINATION: "---"}


def draw_tree(org: Organisation) -> str:
    """Live units under their heads: full lines for line, dotted for matrix; what is suspended is marked."""
    return "\n".join(["flowchart TB", *_units(org), *_edges(org)]) + "\n"


def draw_flow(before: Organisation, after: Organisation, heirs: Heirs, on: date) -> str:
    """How many functions went from which unit to which by a date, as a Sankey diagram; `heirs`: what went into other functions.

    A function that was divided goes to each unit that has a part of it. What nobody owns any more goes to `no owner`.
    """
    moved: Counter[tuple[str, str]] = Counter()
    for id, function in sorted(before.functions.items()):
        if function.live:
            owners = responsible(after, heirs, id, on).units or ("no owner",)
            for origin in function.owners:
                for destination in owners:
                    moved[_name(before, origin), _name(after, destination)] += 1
    rows = (f"{_cell(f'before: {was}')},{_cell(f'after: {now}')},{count}" for (was, now), count in sorted(moved.items()))
    return "\n".join(["sankey-beta", "", *rows]) + "\n"


def _units(org: Organisation) -> Iterator[str]:
    for place, (_, unit) in enumerate(sorted(org.units.items())):
        if unit.is_live:
            mark = " (suspended)" if unit.state is UnitState.SUSPENDED else ""
            yield f'  u{place}["{_text(unit.name + mark)}"]'


def _edges(org: Organisation) -> Iterator[str]:
    places = {id: place for place, id in enumerate(sorted(org.units))}
    for id, unit in sorted(org.units.items()):
        for edge in unit.edges if unit.is_live else ():
            if edge.kind in COMMANDS and org.live_unit(edge.head) is not None:
                yield f"  u{places[edge.head]} {ARROWS[edge.kind]} u{places[id]}"


def _name(org: Organisation, id: str) -> str:
    unit = org.units.get(id)
    return id if unit is None or id == UNKNOWN else unit.name


def _text(words: str) -> str:
    """Words inside quotes: Mermaid reads entity codes, and nothing in them can end the quotes or begin markup."""
    return "".join(sign if sign.isalnum() or sign in " ,.-()/:" else f"#{ord(sign)};" for sign in words)


def _cell(words: str) -> str:
    return '"' + words.replace('"', '""').replace("\n", " ") + '"'
