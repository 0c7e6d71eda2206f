"""What the last report printed as open at its end, against what is known of the same moment now. Never from a hidden number."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from reports.ombuds.reading import Seen
from reports.shape import Figure, Report, Sentence

PRINTED: Final = "restated_printed"
KNOWN: Final = "restated_known"
DIFFERENCE: Final = "restated_difference"
_WHY: Final = Sentence(key="report.say.restated_why")


def restatement(
    seen: Seen, first: date, before: Mapping[str, Report], least: int
) -> tuple[tuple[Figure, ...], tuple[Sentence, ...]]:
    """Figures and sentences on what is open on the `first` day, against the report on the days just before.

    `before`: the newest edition of each period. A difference that fewer than `least` cases make is as good as a count of them:
    it is hidden like one, and so is everything if either number is.
    """
    last = next((each for each in before.values() if each.period.to_on == first - timedelta(days=1)), None)
    if last is None:
        return (), (Sentence(key="report.say.restated_first"),)
    opening, then = seen.whole("open_at_start"), Seen(last.tables)
    printed, known = then.count(then.whole("open_at_end")), seen.count(opening)
    if printed is None or known is None or 0 < abs(known - printed) < least:
        hidden = tuple(Figure(name=name, unit="number", value=None) for name in (PRINTED, KNOWN, DIFFERENCE))
        return hidden, (Sentence(key="report.say.restated_hidden"), _WHY)
    said = ((PRINTED, printed), (KNOWN, known), (DIFFERENCE, known - printed))
    figures = tuple(Figure(name=name, unit="number", value=value) for name, value in said)
    if printed == known:
        return figures, (Sentence(key="report.say.restated_same", facts={"known": opening}),)
    named = {"printed": PRINTED, "known": KNOWN, "difference": DIFFERENCE}
    return figures, (Sentence(key="report.say.restated", figures=named), _WHY)
