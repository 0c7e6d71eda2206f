"""Her words: they change nothing else, and a program sees what it can of the checklist."""

from datetime import date

import pytest

from reports.ombuds.her_words import SECTIONS, UnknownSection, with_words
from reports.ombuds.word_check import check_words
from reports.ombuds.written_dates import dates_in, months_before
from reports.shape import Cell, Chapter, Figure, Report, Table, Words
from tests.reports.ombuds.offices import RULES, frame
from web.messages import LANGUAGES, Messages

REPORT: Report = frame("2026").report(
    tables=(Table(name="received", kind="flow", dimensions=(), measure="received", cells=(Cell(key={}, count=1234),)),),
    figures=(Figure(name="share", unit="percent", value=62.5, decimals=1), Figure(name="days", unit="days", value=None)),
    chapters=tuple(Chapter(name=name) for name in (*SECTIONS, "flow")),
)


def words(text: str, section: str = "outreach", language: str = "en") -> Words:
    return Words(section=section, text={language: text})


def found(text: str, language: str = "en", *, names: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """What was found, as key and the text from its position on."""
    findings = check_words(REPORT, [words(text, language=language)], RULES, names)
    assert all((each.section, each.language) == ("outreach", language) for each in findings)
    return [(each.key.removeprefix("report.check."), text[each.position - 1 :][:6]) for each in findings]


def test_her_words_stand_in_their_chapters_and_change_nothing_else() -> None:
    hers = [words("One."), words("Two.", "introduction"), words("Three.")]
    report = with_words(REPORT, hers)
    assert {chapter.name: [each.text["en"] for each in chapter.words] for chapter in report.chapters if chapter.words} == {
        "introduction": ["Two."],
        "outreach": ["One.", "Three."],
    }
    assert with_words(report, ()) == REPORT


def test_what_she_writes_anew_takes_the_place_of_what_she_wrote() -> None:
    report = with_words(with_words(REPORT, [words("Old.")]), [words("New.", "independence")])
    assert [(chapter.name, chapter.words[0].text) for chapter in report.chapters if chapter.words] == [
        ("independence", {"en": "New."})
    ]


@pytest.mark.parametrize(
    ("section", "named"),
    [("flow", "flow"), ("staffing", "staffing"), ("gossip", "gossip"), ("What the boss did", "?")],
    ids=["a_chapter_of_numbers", "not_hers", "unknown", "not_a_name"],
)
def test_she_writes_in_her_own_chapters_alone(section: str, named: str) -> None:
    with pytest.raises(UnknownSection) as refused:
        with_words(REPORT, [words("Fine."), words("No.", section)])
    assert refused.value.params == {"section": named, "known": ", ".join(SECTIONS)}
    for language in LANGUAGES:
        assert named in Messages(language).say(refused.value.said)


def test_a_section_that_the_report_lacks_is_refused() -> None:
    with pytest.raises(UnknownSection):
        with_words(frame("2026").report(chapters=(Chapter(name="outreach"),)), [words("No.", "introduction")])


def test_words_do_not_show_in_what_is_printed_of_them() -> None:
    assert "secret" not in repr(words("secret"))
    assert "secret" not in repr(check_words(REPORT, [words("secret 77")], RULES))


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        pytest.param("We received 1234 cases.", [], id="published"),
        pytest.param("Recibimos 1.234 casos, 62,5 por ciento.", [], id="as_written_in_spanish"),
        pytest.param("Nous avons reçu 1\u202f234 affaires.", [], id="as_written_in_french"),
        pytest.param("In 2026, until the 31st.", [], id="the_reports_own_days"),
        pytest.param("In 3 of 1234 cases a chief shouted.", ["3 of 1"], id="not_published"),
        pytest.param("It took 62.4 days; 12,34 of them.", ["62.4 d", "12,34 "], id="nearly_published"),
    ],
)
def test_a_number_that_is_published_nowhere_is_found(text: str, numbers: list[str]) -> None:
    assert found(text) == [("unpublished_number", number) for number in numbers]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("This happened on 2026-03-04.", "en"),
        ("This happened in March 2026.", "en"),
        ("This happened on March 4, 2026.", "en"),
        ("Ocurrió el 4 de marzo de 2026.", "es"),
        ("Aconteceu em março de 2026.", "pt"),
        ("C'est arrivé le 1er mars 2026.", "fr"),
        ("C'est arrivé en déc. 2026.", "fr"),
        ("Ocurrió el 04/03/2026.", "es"),
    ],
)
def test_a_date_that_is_too_recent_is_found_in_four_languages(text: str, language: str) -> None:
    assert [key for key, _ in found(text, language)] == ["recent_date"]


@pytest.mark.parametrize(
    "text",
    [
        "This was in December 2025.",
        "On 31 December 2026 the year ended.",
        "De 2025-03-04 no queda nada.",
        "On 2026-02-31 there is no such day.",
    ],
    ids=["a_year_ago", "the_periods_end", "longer_ago", "no_day"],
)
def test_a_date_long_ago_or_of_the_report_itself_is_not_found(text: str) -> None:
    assert "recent_date" not in [key for key, _ in found(text)]


def test_months_go_back_to_the_last_day_where_there_is_no_such_day() -> None:
    assert months_before(date(2026, 12, 31), 12) == date(2025, 12, 31)
    assert months_before(date(2024, 2, 29), 12) == date(2023, 2, 28)
    assert [each.last for each in dates_in("février 2024")] == [date(2024, 2, 29)]


def test_a_quotation_is_found() -> None:
    assert found("She said: «No».", "fr") == [("quotation", "«No».")]


@pytest.mark.parametrize(
    ("text", "language", "at"),
    [
        ("The office in Haiti has grown.", "en", "Haiti "),
        ("L'équipe d'Haïti a grandi.", "fr", "Haïti "),
        ("A unidade DEPARTAMENTO de prensa cresceu.", "pt", "DEPART"),
    ],
    ids=["a_station", "with_accents", "a_unit"],
)
def test_a_place_or_unit_is_a_question_for_people(text: str, language: str, at: str) -> None:
    findings = check_words(REPORT, [words(text, language=language)], RULES, ["Departamento de Prensa"])
    assert [(each.key, each.weight, text[each.position - 1 :][:6]) for each in findings] == [
        ("report.check.place", "question", at)
    ]


def test_what_is_found_comes_in_the_order_of_the_text() -> None:
    text = "In Peru, in March 2026, 7 people said “no”."
    assert [key for key, _ in found(text)] == ["place", "recent_date", "unpublished_number", "quotation"]
    for language in LANGUAGES:
        assert all(f"report.check.{key}" in Messages(language) for key, _ in found(text))
