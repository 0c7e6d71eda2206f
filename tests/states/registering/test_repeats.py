"""What stands again, how like it is, and which of them stays."""

from states.registering.repeats import Where, repeats
from tests.fixtures.resolutions import RULES

SAID = "To request the General Secretariat to hold a course on public management in {} for all the member states"


def where(order: int, words: str) -> Where:
    return Where(f"text {order}", "1", words, order)


def test_words_repeated_each_year_leave_the_newest_however_often():
    several = [where(year, SAID.format(year)) for year in range(1900, 2015)]
    found = repeats(several, RULES.alike)
    assert {one.other for one in found} == {several[-1]}
    assert [one.one for one in found] == several[:-1]
    assert {(one.identical, one.percent) for one in found} == {(False, 100)}


def test_the_same_words_are_identical_whatever_their_case_accents_and_spaces():
    older, newer = where(1, SAID.format(2014)), where(2, SAID.format(2014).upper().replace(" ", "\n"))
    (one,) = repeats([newer, older], RULES.alike)
    assert (one.one, one.other, one.identical, one.percent) == (older, newer, True, 100)


def test_other_words_and_short_ones_are_not_alike():
    other = "To thank the Government of the host country for its hospitality and its support to the session"
    assert repeats([where(1, SAID.format(2014)), where(2, other)], RULES.alike) == ()
    assert repeats([where(1, "To thank the member states"), where(2, "To thank the member states")], RULES.alike) == ()


def test_nearly_the_same_words_say_how_near():
    (one,) = repeats([where(1, SAID.format(2014)), where(2, SAID.format(2015) + " and the observers")], RULES.alike)
    assert not one.identical
    assert RULES.alike.percent <= one.percent < 100
