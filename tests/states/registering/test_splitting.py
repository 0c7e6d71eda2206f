"""Where paragraphs begin and end, and what is no number."""

from policies.said import Said
from tests.fixtures.resolutions import REGISTER


def numbers(body: str) -> list[str | None]:
    return [one.number for one in REGISTER.extract(f"RESOLVES:\n\n{body}", language="en").paragraphs]


def test_a_number_at_the_beginning_of_a_line_that_does_not_follow_is_part_of_the_sentence():
    body = "1. To request the General Secretariat to act by July\n31. The rest of it.\n2. To thank the member states.\n"
    assert numbers(body) == ["1", "2"]


def test_letters_and_roman_numbers_go_down_and_come_up_again():
    body = "1. To request the General Secretariat to:\n" + "".join(
        f"{label} act;\n"
        for label in ("(a)", "(b)", "(i)", "(ii)", "(c)", "(i)", "(d)", "(e)", "(f)", "(g)", "(h)", "(i)", "(j)")
    )
    expected = ["1", "1.a", "1.b", "1.b.i", "1.b.ii", "1.c", "1.c.i", "1.d", "1.e", "1.f", "1.g", "1.h", "1.i", "1.j"]
    assert numbers(body + "2) To thank the member states.") == [*expected, "2"]


def test_a_skipped_number_is_kept_and_said():
    extract = REGISTER.extract("RESOLVES:\n1. To thank the member states.\n3. To thank the member states.\n", language="en")
    assert [one.number for one in extract.paragraphs] == ["1", "3"]
    assert extract.warnings == (Said("registering.number_skipped", {"number": "3", "last": "1"}),)


def test_paragraphs_without_numbers_have_none():
    assert numbers("To thank the member states.\n\nTo request the General Secretariat\nto act.\n") == [None, None]


def test_without_an_opening_the_first_number_one_begins_and_that_is_said():
    extract = REGISTER.extract("CONSIDERING the report,\n\n1. To thank the member states.\n", language="en")
    assert [one.verb for one in extract.paragraphs] == ["thank"]
    assert extract.warnings == (Said("registering.no_opening"),)


def test_what_is_no_resolution_has_no_paragraphs_and_says_so():
    extract = REGISTER.extract("the menu of the day", language="en")
    assert extract.paragraphs == ()
    assert Said("registering.no_paragraphs") in extract.warnings


def test_a_language_that_cannot_be_told_is_not_guessed():
    extract = REGISTER.extract("1. 2. 3.")
    assert (extract.language, extract.paragraphs, extract.warnings) == (None, (), (Said("registering.language_unknown"),))
