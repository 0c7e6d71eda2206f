"""An organisation as CSV tables (RFC 4180), and back: units, functions, posts, changes.

A cell that a spreadsheet would run as a formula (it begins with = + - @, a tab or a return) gets a leading apostrophe, taken away
again when read (OWASP, CSV injection). Who holds a post is not written.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import ClassVar, Final

from policies.refusal import Refusal
from structure.organisation import Organisation
from structure.things import UNKNOWN, Edge, EdgeKind, Function, Post, Unit, UnitState

DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r", "'")
UNITS: Final = (
    "id",
    "name",
    "type",
    "state",
    "rank",
    "heads",
    "coordinates_with",
    "reports_to_body",
    "formerly",
    "autonomous",
    "tags",
)
FUNCTIONS: Final = ("id", "name", "owners", "contributors", "part_of", "legal_basis", "origin", "live")
POSTS: Final = ("id", "title", "unit", "fund", "grade", "live")
CHANGES: Final = ("operation", "kind", "on", "originals", "results", "primary")
LEDGER: Final = ("id", "title", "unit", "fund", "grade", "vacant", "from", "until", "source")
SEPARATOR: Final = "|"
"""Between several values of one cell; a value that holds one, or a backslash, has it escaped."""


class NotATable(Refusal):
    """A table cannot be read: which one, in which line, in which column (an unknown one by its place)."""

    code: ClassVar[str] = "not_a_table"
    status: ClassVar[int] = 422


def write_csv(org: Organisation) -> dict[str, str]:
    """File name -> CSV text, rows by id; changes as they took effect."""
    units = ([unit.id, unit.name, unit.type, unit.state.value, unit.rank, *_edges_of(unit), _many(unit.formerly),
              _yes(unit.autonomous), _many(sorted(unit.tags))] for _, unit in sorted(org.units.items()))  # fmt: skip
    functions = ([one.id, one.name, _many(one.owners), _many(one.contributors), one.part_of or "", _many(sorted(one.legal_basis)),
                  one.origin or "", _yes(one.live)] for _, one in sorted(org.functions.items()))  # fmt: skip
    posts = ([post.id, post.title, post.unit, post.fund, post.grade, _yes(post.live)] for _, post in sorted(org.posts.items()))
    changes = ([change.operation, change.kind.value, change.on.isoformat(), _many(change.originals), _many(change.results),
                change.primary or ""] for change in org.changes)  # fmt: skip
    return {
        "units.csv": _written(UNITS, units),
        "functions.csv": _written(FUNCTIONS, functions),
        "posts.csv": _written(POSTS, posts),
        "changes.csv": _written(CHANGES, changes),
    }


def write_ledger(lines: Iterable[tuple[Post, date, date | None, str]]) -> str:
    """Posts over dates: each as it was from a day until (not including) another, empty if it still is; and where that stands."""
    return _written(
        LEDGER,
        (
            [post.id, post.title, post.unit, post.fund, post.grade, _yes(post.holder is None), since.isoformat(),
             "" if until is None else until.isoformat(), source]
            for post, since, until, source in lines
        ),
    )  # fmt: skip


def read_csv(units: str, functions: str = "", posts: str = "") -> Organisation:
    """The organisation that tables describe. Only `id` must be there; what is not said is unknown. Raises NotATable."""
    return Organisation.of(
        [_unit(row, line) for line, row in _rows("units", units, UNITS)],
        [_function(row, line) for line, row in _rows("functions", functions, FUNCTIONS)],
        [_post(row, line) for line, row in _rows("posts", posts, POSTS)],
    )


def _edges_of(unit: Unit) -> tuple[str, str, str]:
    heads = [f"{edge.kind.value}:{edge.head}" + "".join(f";{matter}" for matter in sorted(edge.matters))
             for edge in unit.edges if edge.kind in {EdgeKind.LINE, EdgeKind.MATRIX}]  # fmt: skip
    beside = [edge.head for edge in unit.edges if edge.kind is EdgeKind.COORDINATION]
    bodies = [edge.head for edge in unit.edges if edge.kind is EdgeKind.BODY]
    return _many(heads), _many(beside), _many(bodies)


def _written(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return out.getvalue()


def _rows(table: str, text: str, columns: Sequence[str]) -> Iterator[tuple[int, Mapping[str, str]]]:
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), strict=True)
    if not text:
        return
    given = list(reader.fieldnames or ())
    wrong = next((place for place, name in enumerate(given, 1) if name not in columns), None)
    if wrong is not None or "id" not in given:  # told by its place: what it is called somebody wrote
        raise NotATable(table=table, line=1, column="id" if wrong is None else str(wrong))
    seen: set[str] = set()
    try:
        for row in reader:
            line = reader.line_num
            cells = {name: _unguarded(cell) for name, cell in row.items() if isinstance(cell, str)}
            if None in row or len(cells) < len(given) or not cells["id"] or cells["id"] == UNKNOWN or cells["id"] in seen:
                raise NotATable(table=table, line=line, column="id")
            seen.add(cells["id"])
            yield line, cells
    except csv.Error:
        raise NotATable(table=table, line=reader.line_num, column="-") from None


def _unit(row: Mapping[str, str], line: int) -> Unit:
    heads = [_head(cell, line) for cell in _each(row.get("heads", ""))]
    beside = [Edge(EdgeKind.COORDINATION, head) for head in _each(row.get("coordinates_with", ""))]
    bodies = [Edge(EdgeKind.BODY, head) for head in _each(row.get("reports_to_body", ""))]
    state = row.get("state", "") or UnitState.ACTIVE.value
    if state not in set(UnitState):
        raise NotATable(table="units", line=line, column="state")
    return Unit(
        row["id"],
        row.get("name", "") or UNKNOWN,
        row.get("type", "") or UNKNOWN,
        (*heads, *beside, *bodies),
        row.get("rank", "") or UNKNOWN,
        UnitState(state),
        _each(row.get("formerly", "")),
        row.get("autonomous", "") == "yes",
        frozenset(_each(row.get("tags", ""))),
    )


def _head(cell: str, line: int) -> Edge:
    told, *matters = cell.split(";")
    kind, _, head = told.rpartition(":")
    if (kind or EdgeKind.LINE.value) not in {EdgeKind.LINE.value, EdgeKind.MATRIX.value}:
        raise NotATable(table="units", line=line, column="heads")
    return Edge(EdgeKind(kind or EdgeKind.LINE.value), head, frozenset(matters))


def _function(row: Mapping[str, str], line: int) -> Function:
    owners = _each(row.get("owners", "")) or (UNKNOWN,)
    live = _told(row, "live", line, "functions")
    basis = frozenset(_each(row.get("legal_basis", "")))
    part_of, origin = row.get("part_of") or None, row.get("origin") or None
    name = row.get("name", "") or UNKNOWN
    return Function(row["id"], name, owners, _each(row.get("contributors", "")), part_of, basis, origin, live)


def _post(row: Mapping[str, str], line: int) -> Post:
    title, unit, fund, grade = (row.get(column, "") or UNKNOWN for column in ("title", "unit", "fund", "grade"))
    return Post(row["id"], title, unit, fund, grade, live=_told(row, "live", line, "posts"))


def _told(row: Mapping[str, str], column: str, line: int, table: str) -> bool:
    word = row.get(column, "") or "yes"
    if word not in {"yes", "no"}:
        raise NotATable(table=table, line=line, column=column)
    return word == "yes"


def _yes(fact: bool) -> str:
    return "yes" if fact else "no"


def _many(values: Iterable[str]) -> str:
    return SEPARATOR.join(value.replace("\\", "\\\\").replace(SEPARATOR, "\\" + SEPARATOR) for value in values)


def _each(cell: str) -> tuple[str, ...]:
    values, escaped = [""], False
    for sign in cell:
        if escaped or sign not in {SEPARATOR, "\\"}:
            values[-1] += sign
            escaped = False
        elif sign == "\\":
            escaped = True
        else:
            values.append("")
    return tuple(values) if cell else ()


def guarded(cell: str) -> str:
    """A cell that no spreadsheet runs as a formula."""
    return "'" + cell if cell.startswith(DANGEROUS) else cell


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") else cell
