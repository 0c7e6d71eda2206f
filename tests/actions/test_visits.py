"""The cookie of a visit: it opens nothing but in the process that made it, and only for half an hour."""

from datetime import timedelta

import pytest

from actions import visits
from actions.office import wall_now
from actions.visits import IDLE, Visits

WORDS = "abeja abdomen abogado"


def test_a_visit_gives_the_words_back_in_the_process_that_made_it_and_nowhere_else():
    here, elsewhere = Visits(), Visits()
    cookie = here.begin(WORDS)
    found = here.look(cookie)
    assert found is not None
    assert found.words == WORDS
    assert elsewhere.look(cookie) is None
    assert "abeja" not in cookie


def test_two_cookies_of_the_same_words_look_different_and_take_the_same_forms():
    here = Visits()
    one, two = here.begin(WORDS), here.begin(WORDS)
    assert one != two
    first, second = here.look(one), here.look(two)
    assert first is not None
    assert second is not None
    assert first.csrf == second.csrf


def test_half_an_hour_later_it_is_over(monkeypatch: pytest.MonkeyPatch):
    here, now = Visits(), wall_now()
    cookie = here.begin(WORDS)
    monkeypatch.setattr(visits, "wall_now", lambda: now + IDLE - timedelta(seconds=5))
    assert here.look(cookie) is not None
    monkeypatch.setattr(visits, "wall_now", lambda: now + IDLE + timedelta(seconds=5))
    assert here.look(cookie) is None


@pytest.mark.parametrize("cookie", ["", "x", "ñ", "A" * 400, "====", "-_-_"])
def test_what_is_no_cookie_of_ours_is_no_visit(cookie: str):
    assert Visits().look(cookie) is None
