"""What a set of releases says together: the cells as sums of unknowns, and every equation between them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from reports.attack.cubes import Space
from reports.attack.dimensions import Groupings
from reports.attack.linking import Joined, groups_of
from reports.attack.mirrors import views_of
from reports.attack.rows import Rows, Terms, difference
from reports.attack.solving import parts_of
from reports.attack.views import Spot, SpotKey, View, place_of
from reports.shape import Figure, Place, Report


@dataclass(frozen=True, slots=True)
class Asked:
    """A sum that the attacker wants to know: a cell, or (`cut`) what published cells leave between them."""

    view: View
    at: int
    """The view's number."""
    spot: Spot
    terms: Terms
    cut: bool = False


class World:
    """Releases taken as true together.

    `given_up`: how many inferred links of a view are given up. `loose`: every table by itself.
    """

    def __init__(self, releases: Sequence[Report], given_up: Mapping[int, int] | None = None, *, loose: bool = False) -> None:
        self.views = views_of(releases)
        self.rows = Rows()
        self.cells: dict[SpotKey, Asked] = {}
        cuts: list[Asked] = []
        groupings = Groupings(releases)
        for group in groups_of(self.views, given_up or {}, loose=loose):
            space = Space(self.views, group, groupings, self.rows)
            for number in group:
                for spot in self.views[number].spots:
                    self._say(Asked(self.views[number], number, spot, space.terms(number, spot)))
            for terms, (number, spot) in space.pieces():
                cuts.append(Asked(self.views[number], number, spot, terms, cut=True))
        if not loose:
            for number, release in enumerate(releases):
                self._say_more(number, release)
        cells = [asked for asked in self.cells.values() if asked.spot.cell.count is None]
        self.questions = cells + cuts
        """The sums to bound: every cell that is not told as a number, and what published cells leave between them."""
        self.sums = [asked.terms for asked in self.questions]
        self._touching = self._touch()
        self.rows.settle()

    def _say(self, asked: Asked) -> None:
        cell = asked.spot.cell
        own = self.cells.setdefault(asked.spot.at, asked)
        if own is not asked:
            self.rows.add(difference(own.terms, asked.terms), 0, 0)
            return
        if cell.count is not None:
            self.rows.add(asked.terms, cell.count, cell.count)
        elif not asked.spot.hidden:
            self.rows.add(asked.terms, cell.low or 0, float("inf") if cell.high is None else cell.high)

    def _say_more(self, number: int, release: Report) -> None:
        """Identities and percentages of a release."""
        for identity in release.identities:
            self._identity(number, identity.terms)
        for figure in release.figures:
            if figure.unit == "percent" and figure.value is not None and figure.part and figure.whole:
                self._percentage(number, figure, figure.value, figure.part, figure.whole)

    def _identity(self, number: int, places: Iterable[Place]) -> None:
        sums: Terms = {}
        for place in places:
            cell = self.cells.get(place_of(number, place.table, place.key))
            if cell is None:
                return
            for unknown, times in cell.terms.items():
                sums[unknown] = sums.get(unknown, 0) + place.sign * times
        self.rows.add(sums, 0, 0)

    def _percentage(self, number: int, figure: Figure, value: float, part: Place, whole: Place) -> None:
        """|100 part / whole - value| is at most half a unit of the last decimal, and the whole is not nothing."""
        parts = self.cells.get(place_of(number, part.table, part.key))
        wholes = self.cells.get(place_of(number, whole.table, whole.key))
        if parts is None or wholes is None:
            return
        shown = Fraction(repr(value))
        half = Fraction(1, 2 * 10**figure.decimals)
        for least in (shown - half, shown + half):
            part_times, whole_times = 100 * least.denominator, least.numerator
            sums = difference(
                {unknown: part_times * times for unknown, times in parts.terms.items()},
                {unknown: whole_times * times for unknown, times in wholes.terms.items()},
            )
            self.rows.add(sums, 0) if least < shown else self.rows.add(difference({}, sums), 0)
        self.rows.add(wholes.terms, 1)

    def _touch(self) -> Joined:
        """Unknowns that equations tie, before anything is put in."""
        joined = Joined(self.rows.unknowns)
        for terms in (*(row.terms for row in self.rows.rows), *(asked.terms for asked in self.cells.values())):
            joined.join_all(terms)
        return joined

    def contradictions(self) -> set[int]:
        """The numbers of the views in equations that no numbers fit; empty where all is well."""
        torn = {unknown for unknown in self.rows.torn if unknown is not None}
        torn |= {each.unknown for each in parts_of(self.rows, self.sums) if not each.part.feasible()}
        roots = {self._touching.root(unknown) for unknown in torn}
        hit = {
            asked.at
            for asked in self.cells.values()
            if any(self._touching.root(unknown) in roots for unknown in list(asked.terms)[:1])
        }
        nothing = {asked.at for asked in self.cells.values() if not asked.terms and asked.spot.cell.count}
        return hit | nothing
