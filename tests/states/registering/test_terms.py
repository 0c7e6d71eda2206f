"""Times are read as they are said; what is not said is not known."""

from datetime import date

import pytest

from policies.said import Said
from tests.fixtures.resolutions import one_paragraph

GS = {
    "en": "To request the General Secretariat to act",
    "es": "Solicitar a la Secretaría General que actúe",
    "pt": "Solicitar à Secretaria-Geral que aja",
    "fr": "De prier le Secrétariat général d'agir",
}
DAYS = {
    "en by July 31, 2015": date(2015, 7, 31),
    "en by 31 July 2015": date(2015, 7, 31),
    "en no later than the 31st of July 2015": date(2015, 7, 31),
    "en by the end of 2016": date(2016, 12, 31),
    "en by 2015-07-31": date(2015, 7, 31),
    "en by 31/07/2015": date(2015, 7, 31),
    "en by 03/04/2015": None,
    "en by 03/03/2015": date(2015, 3, 3),
    "en by February 30, 2015": None,
    "en by July 31": None,
    "en by the third quarter of 2016": date(2016, 9, 30),
    "en within 90 days of the adoption of this resolution": date(2015, 9, 13),
    "en within ninety (90) days of the adoption of this resolution": date(2015, 9, 13),
    "en within one hundred eighty days from June 15, 2015": date(2015, 12, 12),
    "en within two weeks of the adoption of this resolution": date(2015, 6, 29),
    "en within one year of the adoption of this resolution": date(2016, 6, 15),
    "en within 90 days": None,
    "en within 90 working days of the adoption of this resolution": None,
    "es a más tardar el 1.º de octubre de 2015": date(2015, 10, 1),
    "es a más tardar el 1º de octubre de 2015": date(2015, 10, 1),
    "es antes del 30 de setiembre de 2015": date(2015, 9, 30),
    "es en un plazo de ciento ochenta días a partir de la aprobación de esta resolución": date(2015, 12, 12),
    "es a más tardar a fines de 2016": date(2016, 12, 31),
    "pt até 1º de março de 2016": date(2016, 3, 1),
    "pt no prazo de noventa (90) dias a contar da aprovação desta resolução": date(2015, 9, 13),
    "fr au plus tard le 1er mars 2016": date(2016, 3, 1),
    "fr avant la fin de 2016": date(2016, 12, 31),
    "fr dans un délai de trois mois à compter de l'adoption de la présente résolution": date(2015, 9, 15),
}


@pytest.mark.parametrize("written", DAYS)
def test_a_day_is_the_one_said_or_none(written: str):
    language, words = written.split(" ", 1)
    due = one_paragraph(f"{GS[language]} {words}.", language, adopted=date(2015, 6, 15)).due
    assert (due.day if due else None) == DAYS[written]


def test_a_period_from_adoption_has_no_day_until_the_adoption_is_known():
    words = "To request the General Secretariat to act within 90 days of the adoption of this resolution."
    due = one_paragraph(words).due
    assert due is not None
    assert (due.day, due.count, due.unit, due.since_adoption) == (None, 90, "calendar_days", True)


def test_two_counts_that_differ_are_said():
    due = one_paragraph("To request the General Secretariat to act within ninety (60) days from May 1, 2015.").due
    assert due is not None
    assert (due.count, due.warnings) == (60, (Said("registering.two_counts"),))


def test_before_a_day_is_kept_as_before():
    before, by = (
        one_paragraph(f"To request the General Secretariat to act {word} 31 July 2015.").due for word in ("before", "by")
    )
    assert before is not None
    assert by is not None
    assert (before.excluded, by.excluded) == (True, False)


@pytest.mark.parametrize(
    ("written", "number", "year"),
    [
        ("at its forty-sixth regular session", 46, 2016),
        ("at its XLVI regular session", 46, 2016),
        ("at the 46th regular session", 46, 2016),
        ("at its next regular session", None, None),
        ("at its fiftieth special session", 50, None),
    ],
)
def test_a_session_has_the_year_of_its_number_and_only_a_regular_one(written: str, number: int | None, year: int | None):
    due = one_paragraph(f"To request the Permanent Council to report to the General Assembly {written}.").due
    assert due is not None
    assert due.session is not None
    assert (due.session.number, due.in_year, due.day) == (number, year, None)


def test_a_day_that_is_no_due_day_is_not_taken_for_one():
    for words in (
        "To request the General Secretariat to follow the decision adopted on July 31, 2015.",
        "To request the General Secretariat to continue the work done in 2015.",
        "To approve the report, which shall remain in force until July 31, 2015.",
    ):
        assert one_paragraph(words).due is None


def test_a_period_a_body_decides_ends_and_one_it_asks_for_does_not():
    decided = one_paragraph("To authorize 26 positions for a period of 180 days from May 26, 2015.")
    asked = one_paragraph("To request the General Secretariat to hold a course for a period of 180 days from May 26, 2015.")
    assert decided.sunset is not None
    assert (decided.sunset.day, asked.sunset) == (date(2015, 11, 21), None)


def test_an_end_without_a_day_is_said_and_not_known():
    sunset = one_paragraph("To decide that these measures shall remain in force as long as needed.").sunset
    assert sunset is not None
    assert (sunset.day, sunset.warnings) == (None, (Said("registering.said_without_a_time"),))
