"""The chair's weekly note as a release. Bands tell something too, so the attacker reads every one that went out."""

from datetime import date, timedelta
from typing import Final

from reports.ombuds.bands import BANDS, Band, banded
from reports.shape import Chapter, Origin, Period, Report, Sentence, Table

SERIES: Final = "chair_week"
LATE_DUTIES: Final = "late_duties"


def chair_week(band: str, day: date, *, band_from: int, house: str, origin: Origin, receiver: str = "chair") -> Report:
    """The note of the ISO week in which `day` lies.

    `band`: none, some or many, as the mail says it; `band_from`: from how many duties on it is many. `origin`: the rules' edition
    and the ledger's head of the day. Raises ValueError for a band that there is not.
    """
    said = _known(band)
    table = Table(name=LATE_DUTIES, kind="stock", dimensions=(), measure=LATE_DUTIES, cells=(banded(said, band_from, {}),))
    monday = day - timedelta(days=day.weekday())
    year, week, _ = day.isocalendar()
    return Report(
        series=SERIES,
        kind=SERIES,
        edition=f"{year}-W{week:02d}",
        period=Period(from_on=monday, to_on=monday + timedelta(days=6)),
        house=house,
        receiver=receiver,
        tables=(table,),
        chapters=(Chapter(name=LATE_DUTIES, sentences=(_sentence(said, day, band_from),), tables=(LATE_DUTIES,)),),
        origin=origin,
    )


def _known(band: str) -> Band:
    for each in BANDS:
        if each == band:
            return each
    raise ValueError("there is no such band")


def _sentence(band: Band, day: date, band_from: int) -> Sentence:
    facts: dict[str, dict[str, int]] = {"none": {}, "some": {"most": band_from - 1}, "many": {"least": band_from}}
    return Sentence(key=f"report.say.late_duties_{band}", facts={"day": day, **facts[band]})
