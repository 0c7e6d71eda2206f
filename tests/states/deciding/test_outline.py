"""A list of paragraphs gets keys, and is written out again with its numbers."""

import pytest

from states.deciding.outline import is_numbered, outlined, written
from states.deciding.text import EmptyParagraph

RESOLUTION = (
    "Having seen,",
    "Considering,",
    "RESOLVES:",
    "1. To ask:",
    "a. the one;",
    "i. in full;",
    "ii. soon;",
    "b. all.",
    "2. To go.",
)


def keys(*paragraphs: str) -> list[str]:
    return [one.key for one in outlined(paragraphs)]


def test_the_first_number_opens_the_operative_part():
    assert keys(*RESOLUTION) == ["P1", "P2", "P3", "O1", "O1.1", "O1.1.1", "O1.1.2", "O1.2", "O2"]


def test_a_key_is_the_place_and_not_the_number_that_is_printed():
    assert keys("1. One", "3. Two", "3. Three") == ["O1", "O2", "O3"]


def test_a_text_without_numbers_is_all_operative_and_its_letters_are_words():
    assert keys("The structure is as follows.", "A. Offices", "i. one") == ["O1", "O2", "O3"]
    assert outlined(["a. one"])[0].text == "a. one"


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        (("1. x", "i. a", "ii. b", "iii. c"), ["O1", "O1.1", "O1.2", "O1.3"]),
        (("1. x", *(f"{letter}. y" for letter in "abcdefghij")), ["O1", *(f"O1.{place}" for place in range(1, 11))]),
        (("1. x", "c. does not follow"), ["O1", "O2"]),
        (("1) x", "(a) y", "(b) z", "plain", "2) k"), ["O1", "O1.1", "O1.2", "O2", "O3"]),
        (("1.5 million is no number", "1. x"), ["P1", "O1"]),
    ],
    ids=["romans below a number", "i after h is a letter", "a letter out of turn", "brackets", "a decimal"],
)
def test_letters_and_romans_stand_where_they_follow(paragraphs: tuple[str, ...], expected: list[str]):
    assert keys(*paragraphs) == expected


def test_what_is_written_is_read_again_alike():
    text = outlined(RESOLUTION)
    assert is_numbered(RESOLUTION)
    assert written(text, numbered=True) == RESOLUTION
    assert outlined(written(text, numbered=True)) == text
    assert written(outlined(["One.", "Two."]), numbered=False) == ("One.", "Two.")


def test_a_number_without_words_is_no_paragraph():
    with pytest.raises(EmptyParagraph):
        outlined(["1. To ask", " "])
