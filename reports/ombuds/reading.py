"""Protected tables, read for what may be said of them. Nothing here has ever seen what was hidden."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final, Literal

from reports.shape import TOTAL, Cell, Figure, Place, Sentence, Table

State = Literal["absent", "too_small", "nothing", "some_hidden", "published"]
_SAID: Final[Mapping[State, str]] = {"too_small": "report.say.too_small", "nothing": "report.say.nothing"}


def _named(key: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(key.items()))


class Seen:
    """The tables of one report as they are published. `holed`: those of which lines are left out."""

    def __init__(self, tables: Sequence[Table], holed: Collection[str] = ()) -> None:
        self._holed = holed
        self.tables: Mapping[str, Table] = {table.name: table for table in tables}
        self._cells = {(table.name, _named(cell.key)): cell for table in tables for cell in table.cells}

    def cell(self, place: Place) -> Cell | None:
        """The cell at a place; None where there is no such table or cell."""
        return self._cells.get((place.table, _named(place.key)))

    def count(self, place: Place) -> int | None:
        """The number at a place; None where it is hidden or there is none."""
        cell = self.cell(place)
        return None if cell is None else cell.count

    def state(self, name: str) -> State:
        """What can be said of a table as a whole."""
        table = self.tables.get(name)
        if table is None:
            return "absent"
        counts = [cell.count for cell in table.cells]
        if table.state == "too_small" or not any(count is not None for count in counts):
            return "too_small"
        if None in counts or name in self._holed:
            return "some_hidden"
        return "published" if any(counts) else "nothing"

    def drawable(self, name: str) -> bool:
        """Whether a picture of the table shows anything: some published number above zero."""
        return any(cell.count for table in (self.tables.get(name),) if table for cell in table.cells)

    def there(self, names: Sequence[str]) -> tuple[str, ...]:
        """Those of these tables that the report has."""
        return tuple(name for name in names if name in self.tables)

    def across(self, name: str, wished: Sequence[str]) -> str | None:
        """The first of the wished dimensions that the table has; None where it has none of them: coarsening renames them."""
        return next((each for each in wished if each in self.tables[name].dimensions), None)

    def whole(self, name: str, **key: str) -> Place:
        """The cell of a table that stands for everything but what `key` names."""
        table = self.tables.get(name)
        return Place(table=name, key=dict.fromkeys(table.dimensions if table else (), TOTAL) | key)

    def values(self, name: str, dimension: str) -> tuple[str, ...]:
        """The values of a dimension in a table, without its total; none where the table is too small to be said."""
        return tuple(dict.fromkeys(cell.key[dimension] for cell in self.tables[name].cells if cell.key[dimension] != TOTAL))

    def share(self, name: str, part: Place, whole: Place) -> Figure:
        """What percentage one cell is of another; not said where either is hidden or the whole is nothing."""
        count, of = self.count(part), self.count(whole)
        value = round(100 * count / of) if count is not None and of else None
        return Figure(name=name, unit="percent", value=value, part=part, whole=whole)

    def says(self, key: str, facts: Mapping[str, Place]) -> tuple[Sentence, ...]:
        """A sentence with numbers if every one of them is published, else one that says that they are not.

        Nothing where a table is not in the report at all, because the house has nothing of that kind.
        """
        if any(place.table not in self.tables for place in facts.values()):
            return ()
        hidden = next((place.table for place in facts.values() if self.count(place) is None), None)
        return (too_few(hidden),) if hidden else (Sentence(key=key, facts=dict(facts)),)

    def about(self, names: Sequence[str]) -> Iterator[Sentence]:
        """What has to be said of some tables before they are read: each that is too small or empty, and whether any has holes."""
        states = {name: self.state(name) for name in names}
        if "some_hidden" in states.values():
            yield Sentence(key="report.say.some_hidden")
        for name, state in states.items():
            if state in _SAID:
                yield Sentence(key=_SAID[state], facts={"table": name})


def too_few(table: str) -> Sentence:
    """That a number of a table is not said."""
    return Sentence(key="report.say.too_few", facts={"table": table})
