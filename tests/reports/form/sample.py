"""A report made by hand with all that a form must cope with: hidden cells, bands, a table of which nothing can be said, many
sub-codes, long names, and words of hers that look like markup."""

from datetime import date

from policies.categories import categories
from reports.shape import (
    TOTAL,
    Cell,
    Chapter,
    Chart,
    Figure,
    Grouping,
    Identity,
    Key,
    Origin,
    Period,
    Place,
    Report,
    Sentence,
    Table,
    Words,
)

HOSTILE = "<script>alert('x')</script> & <b>gras</b>"
"""A value without a label: shown as it is, in the table and in the chart."""
FORMULA = '=HYPERLINK("x")'
MARKUP = (
    "#set page(fill: red) *bold* $x$ <img src=x onerror=1> {{ 7*7 }}\n\n"
    "= Not a heading\nSegunda línea: «señalar», año 2025 😀 \\ @ref"
)


def cell(count: int | None, low: int | None = None, high: int | None = None, /, **key: str) -> Cell:
    return Cell(key=key, count=count, low=low, high=high)


def _identity() -> Table:
    values = {"open_at_start": 18, "received": 1043, "reopened": None, "closed": 1021, "open_at_end": 37}
    cells = tuple(cell(count, step=step) for step, count in values.items())
    return Table(name="identity", kind="flow", measure="cases", dimensions=("step",), cells=cells)


def _regions() -> Table:
    counts: dict[str, dict[str, int | None]] = {
        "headquarters": {"staff": 412, "consultant": 96, "intern": None, TOTAL: 533},
        "caribbean": {"staff": 61, "consultant": None, "intern": None, TOTAL: 83},
        "Bureau national de la coopération technique et de l'assistance administrative aux îles du Nord": {
            "staff": None,
            "consultant": None,
            "intern": 0,
            TOTAL: None,
        },
        HOSTILE: {"staff": 7, "consultant": 9, "intern": 5, TOTAL: 21},
        TOTAL: {"staff": 644, "consultant": 177, "intern": 26, TOTAL: 847},
    }
    cells = tuple(cell(count, region=region, personnel=who) for region, row in counts.items() for who, count in row.items())
    return Table(name="by_region", kind="flow", measure="cases", dimensions=("region", "personnel"), cells=cells)


def sub_codes() -> tuple[Table, Grouping]:
    """The whole list of sub-codes, most of them none or too few."""
    counts = (None, 0, 0, 13, None, 0, 31, None, 0, None)
    codes = categories().codes
    cells = [cell(counts[place % len(counts)], sub_code=code) for place, code in enumerate(codes)]
    table = Table(
        name="issues", kind="flow", measure="issues", dimensions=("sub_code",), cells=(*cells, cell(396, sub_code=TOTAL))
    )
    return table, Grouping(fine="sub_code", coarse="category", members={code: code[0] for code in codes})


def _years() -> Table:
    counts = {"2022": (31, 12), "2023": (44, None), "2024": (None, None), "2025": (52, 19), "2026": (57, 23)}
    cells = [
        cell(count, year=year, track=track)
        for year, pair in counts.items()
        for track, count in zip(("informal", FORMULA), pair, strict=True)
    ]
    return Table(name="years", kind="flow", measure="visitors", dimensions=("year", "track"), cells=tuple(cells))


def _bands() -> Table:
    cells = (
        cell(None, 0, 0, clock="acknowledgement"),
        cell(None, 1, 4, clock="feedback"),
        cell(None, 5, None, clock="conclusion"),
        cell(None, 0, 9, clock="reply"),
        cell(None, clock="watch"),
    )
    return Table(name="late", kind="stock", measure="late", dimensions=("clock",), cells=cells)


def _cube() -> Table:
    cells = tuple(
        cell((3 * len(office) + 7) if sex != "m" else None, office=office, track=track, sex=sex)
        for office in ("north", "south")
        for track in ("informal", "formal")
        for sex in ("f", "m", TOTAL)
    )
    return Table(name="cube", kind="stock", measure="people", dimensions=("office", "track", "sex"), cells=cells)


def place(table: str, /, **key: str) -> Place:
    found: Key = dict(key)
    return Place(table=table, key=found)


def sample() -> Report:
    """The report. Each call makes an equal one."""
    issues, grouping = sub_codes()
    tiny = Table(name="tiny", kind="stock", measure="cases", dimensions=("seat",), cells=(), state="too_small")
    alone = Table(name="alone", kind="stock", measure="visitors", dimensions=(), cells=(cell(12_345),))
    signs = {"open_at_start": 1, "received": 1, "reopened": 1, "closed": -1, "open_at_end": -1}
    return Report(
        series="sample",
        kind="ombuds",
        edition="2026.2",
        period=Period(from_on=date(2026, 1, 1), to_on=date(2026, 12, 31)),
        house="oas",
        symbol="CP/doc.5190/27",
        shelf="OEA/Ser.G",
        receiver="permanent_council",
        corrects="2026.1",
        merged=("2025-H1", "2025-H2"),
        tables=(_identity(), _regions(), issues, _years(), _bands(), _cube(), tiny, alone),
        groupings=(grouping,),
        identities=(
            Identity(
                name="flow",
                terms=tuple(
                    Place(table="identity", key={"step": step}, sign=1 if sign > 0 else -1) for step, sign in signs.items()
                ),
            ),
        ),
        figures=(
            Figure(
                name="share",
                unit="percent",
                value=62.9,
                decimals=1,
                part=place("by_region", region="headquarters", personnel=TOTAL),
                whole=place("by_region", region=TOTAL, personnel=TOTAL),
            ),
            Figure(name="median", unit="days", value=1.0),
            Figure(name="p90", unit="days", value=None),
            Figure(name="ratio", unit="number", value=-1234.5, decimals=1),
        ),
        charts=(
            Chart(name="identity", table="identity", mark="flow", across="step"),
            Chart(name="regions", table="by_region", mark="stacked", across="region", colour="personnel"),
            Chart(name="regions_all", table="by_region", mark="bar", across="region"),
            Chart(name="years", table="years", mark="line", across="year", colour="track"),
            Chart(name="issues", table="issues", mark="bar", across="sub_code"),
            Chart(name="nothing", table="late", mark="bar", across="clock"),
        ),
        chapters=_chapters(),
        origin=Origin(
            taken_on=date(2027, 2, 1),
            policy_edition="9f" * 32,
            unverified=41,
            ledger_date=date(2027, 1, 31),
            ledger_root="ab" * 32,
        ),
    )


def _chapters() -> tuple[Chapter, ...]:
    sentences = (
        Sentence(key="report.form.figure", facts={"name": HOSTILE, "value": place("identity", step="received")}),
        Sentence(key="report.form.figure", facts={"name": "reopened", "value": place("identity", step="reopened")}),
        Sentence(key="report.form.figure", facts={"name": "2026"}, figures={"value": "share"}),
        Sentence(key="report.form.taken", facts={"day": date(2026, 3, 1)}),
    )
    hers = (
        Words(section="systemic", text={"es": MARKUP, "en": "Only in <em>two</em> languages.\n#pagebreak()"}),
        Words(section="outreach", text={"pt": "Não há ações: é só isso. 漢字"}),
    )
    return (
        Chapter(name="flow", sentences=sentences, tables=("identity", "alone"), charts=("identity",)),
        Chapter(name="where", tables=("by_region", "tiny"), charts=("regions", "regions_all")),
        Chapter(name="what", tables=("issues",), charts=("issues",), words=hers),
        Chapter(name="when", tables=("years", "late"), charts=("years", "nothing")),
    )
