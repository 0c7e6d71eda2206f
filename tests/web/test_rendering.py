"""What people wrote is shown as they wrote it and never as markup; a page with a hole in it is not shown."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from jinja2 import UndefinedError

from web.countries import looked_for
from web.messages import LANGUAGES, Messages
from web.rendering import FOLDER, SHEETS, Tongue, environment, paragraphs, render, stylesheet

HOSTILE = '<script>alert(1)</script>\n\n"quoted" & <b>bold</b>\nnext line'


def test_paragraphs_and_lines_stay_and_nothing_in_them_is_markup():
    shown = str(paragraphs(HOSTILE))
    assert shown.count("<p>") == 2
    assert shown.count("<br>") == 1
    assert "<script" not in shown
    assert "<b>" not in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_with_a_fact_missing_is_not_shown(language: str):
    with pytest.raises(UndefinedError):
        render("problem.html", Messages(language), {})


def test_every_template_can_be_read():
    names = environment().list_templates()
    assert len(names) > 20
    for name in names:
        environment().get_template(name)


def test_no_stylesheet_loads_anything_and_every_part_is_somebodys():
    for door in SHEETS:
        shown = stylesheet(door)
        assert "url(" not in shown
        assert "@import" not in shown
        assert ":focus-visible" in shown
    named = {name for parts in SHEETS.values() for name in parts}
    assert named == {file.name for file in (FOLDER / "static").iterdir()}


def test_no_line_of_french_ends_before_a_mark_that_belongs_to_it():
    assert Tongue(Messages("fr")).t("page.flaw").endswith("\N{NO-BREAK SPACE}:")
    assert Tongue(Messages("en")).t("page.flaw").endswith("this:")


def test_an_hour_is_told_in_minutes_by_the_clocks_of_the_named_place():
    moment, home = datetime(2026, 4, 13, 18, 5, 59, tzinfo=UTC), ZoneInfo("America/New_York")
    told = {name: Tongue(Messages(name), home, "US-DC").instant(moment) for name in LANGUAGES}
    assert told["en"] == "13 Apr 2026, 14:05 (Washington, D.C.)"
    assert all(":59" not in one and "14:05" in one and "Washington" in one for one in told.values())
    assert Tongue(Messages("en")).instant(moment) == "13 Apr 2026, 18:05 (UTC)"
    assert Tongue(Messages("fr"), ZoneInfo("Europe/Brussels"), "BE").instant(moment).endswith("20:05 (Belgique)")
    with pytest.raises(ValueError, match="zone"):
        Tongue(Messages("en")).instant(datetime(2026, 4, 13))  # noqa: DTZ001  # that it has no zone is the point


def test_names_stand_where_people_look_for_them():
    names = ["Uruguay", "Équateur", "Brésil", "États-Unis"]
    assert sorted(names, key=looked_for) == ["Brésil", "Équateur", "États-Unis", "Uruguay"]
