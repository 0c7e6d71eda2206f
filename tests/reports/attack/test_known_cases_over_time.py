"""What releases of different periods, and different editions of one, are known to give away together: each is found."""

from reports.attack import attack
from reports.shape import Identity, Place, Table
from tests.reports.attack.published import BOUNDS, EVERYTHING, assert_clean, line, release, row, table, told

HALF = ("2026-01-01", "2026-06-30")


def test_two_periods_that_differ_by_a_month_tell_of_the_month() -> None:
    """18 until June, 20 until July: two cases in July, though no cell says so."""
    june = release(line("by_region", "region", total=28, x=18, y=10), edition="2026-06.1", days=HALF)
    july = release(line("by_region", "region", total=30, x=20, y=10), edition="2026-07.1", days=("2026-01-01", "2026-07-31"))
    assert told(june, july) == {
        ("2026-07.1", "by_region", ("total",), "differenced", 2, 2),
        ("2026-07.1", "by_region", ("x",), "differenced", 2, 2),
    }


def test_the_year_minus_the_half_gives_the_other_half_away() -> None:
    """What the second half hides is the year without the first."""
    year = release(line("by_region", "region", total=60, x=33, y=27))
    first = release(line("by_region", "region", total=40, x=30, y=10), edition="2026-H1.1", days=HALF)
    second = release(
        line("by_region", "region", total=20, x=None, y=None), edition="2026-H2.1", days=("2026-07-01", "2026-12-31")
    )
    assert told(year, first, second) == {
        ("2026-H2.1", "by_region", ("x",), "exact", 3, 3),
        ("2026-H2.1", "by_region", ("y",), "exact", 17, 17),
    }


def test_the_year_to_date_minus_the_month_gives_the_months_before_away() -> None:
    """March hidden, but the year until March, January and February are there."""
    months = [
        release(line("by_track", "track", total=20, a=count, b=rest), edition=f"2026-{number}.1", days=days)
        for number, days, count, rest in (
            ("01", ("2026-01-01", "2026-01-31"), 12, 8),
            ("02", ("2026-02-01", "2026-02-28"), 11, 9),
            ("03", ("2026-03-01", "2026-03-31"), None, None),
        )
    ]
    year_to_date = release(
        line("by_track", "track", total=60, a=25, b=35), edition="2026-Q1.1", days=("2026-01-01", "2026-03-31")
    )
    assert_clean(attack(months, BOUNDS))
    assert told(*months, year_to_date) == {
        ("2026-03.1", "by_track", ("a",), "exact", 2, 2),
        ("2026-03.1", "by_track", ("b",), "exact", 18, 18),
    }


def test_overlapping_periods_are_cut_at_every_end() -> None:
    """Neither period lies in the other; with the quarter between them they still tell."""
    first = release(line("all", "track", total=20, a=20), edition="1", days=("2026-01-01", "2026-04-30"))
    middle = release(line("all", "track", total=9, a=9), edition="1", days=("2026-04-01", "2026-04-30"), series="monthly")
    second = release(line("all", "track", total=None, a=None), edition="2", days=("2026-01-01", "2026-03-31"))
    assert {each[4:] for each in told(first, middle, second)} == {(11, 11)}


def test_another_edition_shows_what_one_hides() -> None:
    """A correction that hides other cells shows the first ones."""
    first = release(line("by_region", "region", total=60, x=None, y=None, z=30))
    second = release(line("by_region", "region", total=60, x=None, y=20, z=None), edition="2026.2", corrects="2026.1")
    findings = attack([second, first], BOUNDS)
    assert {(each.edition, tuple(each.key.values()), each.why, each.low) for each in findings.broken} == {
        ("2026.1", ("x",), "exact", 10),
        ("2026.1", ("y",), "shown_elsewhere", 20),
        ("2026.2", ("x",), "exact", 10),
        ("2026.2", ("z",), "shown_elsewhere", 30),
    }
    assert findings.tightest == 0


def test_restated_figures_tell_of_the_cases_between() -> None:
    """41 becomes 42: one case was added. By ten more it may be anybody."""
    first = release(line("by_track", "track", total=60, a=41, b=19))
    second = release(line("by_track", "track", total=71, a=42, b=29), edition="2026.2", corrects="2026.1")
    assert told(first, second) == {("2026.2", "by_track", ("a",), "restated", 1, 1)}


def test_restated_figures_of_what_is_public_tell_nothing() -> None:
    """Mandates are nobody's secret."""
    first = release(line("by_state", "state", "mandates", total=60, a=41, b=19), series="mandates")
    second = release(
        line("by_state", "state", "mandates", total=61, a=42, b=19), series="mandates", edition="2026.2", corrects="2026.1"
    )
    assert_clean(attack([first, second], BOUNDS))


def test_each_edition_is_attacked_with_all_other_releases() -> None:
    """The old edition of the year, minus the first half, still tells what the second half hid."""
    old = release(line("by_region", "region", total=60, x=33, y=27))
    new = release(line("by_region", "region", total=80, x=None, y=None), edition="2026.2", corrects="2026.1")
    first = release(line("by_region", "region", total=40, x=30, y=10), edition="2026-H1.1", days=HALF)
    second = release(
        line("by_region", "region", total=20, x=None, y=None), edition="2026-H2.1", days=("2026-07-01", "2026-12-31")
    )
    assert ("2026-H2.1", "by_region", ("x",), "exact", 3, 3) in told(old, new, first, second)


def test_the_bands_of_the_chairs_week_count_as_knowledge() -> None:
    """No week of the period is above none but one: all hidden cases came in that week, of which the band is known."""
    weeks = [
        release(table("received", (), {(): band}), edition=f"2026-W{number:02d}", days=days, series="chair_week")
        for number, days, band in (
            (1, ("2026-01-05", "2026-01-11"), 0),
            (2, ("2026-01-12", "2026-01-18"), (1, 4)),
            (3, ("2026-01-19", "2026-01-25"), 0),
        )
    ]
    month = release(line("by_track", "track", total=None, a=None, b=None), edition="2026-01", days=("2026-01-05", "2026-01-25"))
    found = told(*weeks, month)
    assert found == {("2026-01", "by_track", (track,), "narrow", 0, 4) for track in ("a", "b")} | {
        ("2026-01", "by_track", ("total",), "narrow", 1, 4)
    }


def test_a_band_is_found_when_other_releases_leave_one_number_in_it() -> None:
    """The week says one to four; the month says two, and the other weeks none."""
    week = release(
        table("received", (), {(): (1, 4)}), edition="2026-W02", days=("2026-01-12", "2026-01-18"), series="chair_week"
    )
    after = release(table("received", (), {(): 0}), edition="2026-W03", days=("2026-01-19", "2026-01-25"), series="chair_week")
    month = release(
        line("by_track", "track", total=2, a=2), edition="2026-01", days=("2026-01-12", "2026-01-25"), series="monthly"
    )
    assert ("2026-W02", "received", (), "exact", 2, 2) in told(week, after, month)


MOVEMENTS = Identity(
    name="flow",
    terms=tuple(
        Place(table="movements", key={"movement": name}, sign=sign)
        for name, sign in (("open_start", 1), ("restated", 1), ("received", 1), ("closed", -1), ("open_end", -1))
    ),
)


def _movements(**counts: int | None) -> Table:
    return line("movements", "movement", "movements", **counts)


def test_the_flow_identity_gives_the_one_hidden_movement_away() -> None:
    """Open at start, received, and open at end: the rest was closed."""
    moved = _movements(open_start=12, restated=0, received=20, closed=None, open_end=9)
    assert told(release(moved, identities=(MOVEMENTS,))) == {("2026.1", "movements", ("closed",), "exact", 23, 23)}
    assert told(release(moved), bounds=EVERYTHING) == set()


def test_what_was_open_at_the_end_of_one_year_is_open_at_the_start_of_the_next() -> None:
    """The stock hidden at the end is shown a year later as the start."""
    first = release(_movements(open_start=12, restated=0, received=20, closed=None, open_end=None), identities=(MOVEMENTS,))
    second = release(
        _movements(open_start=9, restated=0, received=20, closed=10, open_end=19),
        edition="2027.1",
        days=("2027-01-01", "2027-12-31"),
        identities=(MOVEMENTS,),
    )
    assert_clean(attack([first], BOUNDS))
    assert told(first, second) == {
        ("2026.1", "movements", ("open_end",), "exact", 9, 9),
        ("2026.1", "movements", ("closed",), "exact", 23, 23),
    }


def test_a_chain_of_stocks_in_tables_of_their_own_is_followed_too() -> None:
    """Tables called open_start and open_end, a year apart."""
    first = release(table("open_end", (), {(): None}, measure="open", kind="stock"))
    second = release(
        table("open_start", (), {(): 7}, measure="open", kind="stock"), edition="2027.1", days=("2027-01-01", "2027-12-31")
    )
    assert told(first, second) == {("2026.1", "open_end", (), "exact", 7, 7)}


def test_years_do_not_add_up_stocks() -> None:
    """What is open at the end of a half and at the end of the year are two things."""
    half = release(table("open", (), {(): 30}, measure="open", kind="stock"), edition="2026-H1.1", days=HALF)
    year = release(table("open", (), {(): 20}, measure="open", kind="stock"))
    assert_clean(attack([half, year], BOUNDS))


def test_a_stock_printed_again_as_the_start_of_the_next_year_is_not_restated_by_a_few() -> None:
    """Twenty at the end, 21 at the start: one case was written down late."""
    first = release(table("open_at_end", (), {(): 20}, measure="open_at_end", kind="stock"))
    for start, broken in ((20, set()), (21, {("2027.1", "open_at_start", (), "restated", 1, 1)}), (26, set())):
        stock = table("open_at_start", (), {(): start}, measure="open_at_start", kind="stock")
        second = release(stock, edition="2027.1", days=("2027-01-01", "2027-12-31"))
        findings = attack([first, second], BOUNDS)
        assert {row(each) for each in findings.broken} == broken
        assert findings.inconsistent == ()


def test_a_number_printed_again_in_a_table_of_movements_or_of_years_is_the_same_number() -> None:
    """Hidden where it was counted, shown where it is printed again."""
    received = table("received", ("track",), {("total",): None, ("a",): None, ("b",): 20}, measure="received")
    again = table("movements", ("movement",), {("received",): 33}, measure="movements.2026")
    assert told(release(received, again)) == {
        ("2026.1", "received", ("total",), "exact", 33, 33),
        ("2026.1", "received", ("a",), "exact", 13, 13),
    }
    years = table(
        "trends",
        ("report_period", "movement"),
        {("2026", "received"): 33, ("2027", "received"): None},
        measure="trends",
        kind="stock",
    )
    later = release(
        table("received", ("track",), {("total",): None}, measure="received"),
        years,
        edition="2027.1",
        days=("2027-01-01", "2027-12-31"),
    )
    assert_clean(attack([later], BOUNDS))
    assert ("2026.1", "received", ("total",), "exact", 33, 33) in told(release(received), later)


def test_a_corrected_number_that_was_printed_again_is_no_contradiction() -> None:
    """What is printed again is believed least: the correction is taken as true, and all else stays linked."""
    old = release(table("received", (), {(): 60}, measure="received"))
    new = release(table("received", (), {(): 80}, measure="received"), edition="2026.2", corrects="2026.1")
    years = table("trends", ("report_period", "movement"), {("2026", "received"): 60}, measure="trends", kind="stock")
    later = release(
        table("received", (), {(): 70}, measure="received"), years, edition="2027.1", days=("2027-01-01", "2027-12-31")
    )
    assert_clean(attack([old, new, later], BOUNDS))


def test_a_table_of_months_says_what_each_months_report_hid() -> None:
    """The year's table by month shows March; the quarter's sum shows what is left of a month that nobody showed."""
    march = release(line("all", "track", total=None, a=None, b=12), edition="2026-03.1", days=("2026-03-01", "2026-03-31"))
    cells = {("total",): 60, ("2026-01",): 25, ("2026-02",): None, ("2026-03",): 14}
    quarter = release(
        table("by_month", ("month",), cells), edition="2026-Q1.1", days=("2026-01-01", "2026-03-31"), series="other"
    )
    assert told(march, quarter) == {
        ("2026-03.1", "all", ("total",), "exact", 14, 14),
        ("2026-03.1", "all", ("a",), "exact", 2, 2),
        ("2026-Q1.1", "by_month", ("2026-02",), "exact", 21, 21),
    }


def test_a_hidden_stock_is_shown_by_the_next_year_even_if_that_restates_it() -> None:
    """The total was restated by eight; a part that was hidden then is shown now."""
    cells = {("total",): 40, ("a",): None, ("b",): None, ("c",): 12}
    first = release(table("open_at_end", ("track",), cells, measure="open_at_end", kind="stock"))
    now = {("total",): 48, ("a",): 20, ("b",): 16, ("c",): 12}
    stock = table("open_at_start", ("track",), now, measure="open_at_start", kind="stock")
    second = release(stock, edition="2027.1", days=("2027-01-01", "2027-12-31"))
    findings = attack([first, second], BOUNDS)
    assert {row(each) for each in findings.broken} == {
        ("2026.1", "open_at_end", ("a",), "shown_elsewhere", 20, 20),
        ("2026.1", "open_at_end", ("b",), "shown_elsewhere", 16, 16),
    }
    assert findings.inconsistent == ()
