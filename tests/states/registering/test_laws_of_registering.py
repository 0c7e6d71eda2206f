"""What holds for any text: it is read without a fall, its places are its own, and reading costs what it is long."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fixtures.resolutions import NAMES, REGISTER, text_of

BITS = st.sampled_from(
    [
        *("RESOLVES:", "RESUELVE:", "\n", "1. ", "2. ", "(a) ", "(i) ", "0. ", "ANNEX\n", "; and", ":", "\x1c"),
        *("To request ", "the General Secretariat ", "and ", "Solicitar ", "à Secretaria-Geral ", "AG/RES. 1 (XLVII-E/14)"),
        *("by ", "31 ", "July ", "2015 ", "within ", "one hundred ", "(180) ", "days ", "99/99/0000 ", "9999-12-31 "),
        *("of the adoption of this resolution", "forty-sixth regular session ", "\u00ad", "e\u0301", "\u0130"),
    ]
)
LANGUAGE = st.sampled_from(["en", "es", "pt", "fr", None])


@given(
    st.one_of(st.text(max_size=300), st.lists(BITS, max_size=40).map("".join)), st.sampled_from(["en", "es", "pt", "fr", None])
)
def test_any_text_is_read_and_its_places_are_in_it(text: str, language: str | None):
    extract = REGISTER.extract(text, language=language)
    last = extract.preamble.end
    for one in extract.paragraphs:
        assert last <= one.place.start < one.place.end <= extract.after.start <= len(text)
        last = one.place.end
        for asked in one.asked if not one.inherited else ():
            assert one.place.start <= asked.place.start < asked.place.end <= one.place.end
        assert one.task is None or one.place.start <= one.task.start < one.task.end <= one.place.end


HOSTILE = {
    "one endless line": "RESOLVES:\n1. To request the General Secretariat to " + "act and ",
    "numbers only": "RESOLVES:\n" + "1. ",
    "spelled numbers": "RESOLVES:\n1. To request that within " + "one hundred and ",
    "cues only": "RESOLVES:\n1. To request to " + "by the by the within the ",
    "spaces": "RESOLVES:\n1. To request " + " " * 40,
    "names only": "RESOLVES:\n1. To request " + "the General Secretariat and ",
    "reports": "RESOLVES:\n1. To request it to " + "report to the Permanent Council, ",
    "budgets": "RESOLVES:\n1. To request it to " + "budget for the ",
    "in force": "RESOLVES:\n1. To request it to " + "remain in force ",
}


@pytest.mark.parametrize("what", HOSTILE)
def test_reading_costs_what_a_text_is_long(what: str):
    head, _, tail = HOSTILE[what].rpartition("1. To request") if what != "numbers only" else ("RESOLVES:\n", "", "1. ")
    unit = tail[-24:]

    def seconds(length: int) -> float:
        text = (head + "1. To request" + tail + unit * (length // len(unit)))[:length]
        began = time.process_time()
        REGISTER.extract(text, language="en")
        return time.process_time() - began

    seconds(20_000)
    small, large = seconds(60_000), seconds(240_000)
    assert large < 12 * small + 0.2


def test_a_megabyte_of_resolutions_takes_seconds():
    body = text_of("en_reports").partition("RESOLVES:")[2].partition("2. To reiterate")[0].partition("1. ")[2]
    text = "RESOLVES:\n" + "".join(f"{number}. {body}\n" for _ in range(3) for number in range(1, 1000))
    began = time.process_time()
    extract = REGISTER.extract(text[:1_000_000], language="en")
    assert len(text) > 1_000_000
    assert len(extract.paragraphs) > 3_000
    assert time.process_time() - began < 20


@pytest.mark.parametrize("name", NAMES)
def test_reading_twice_says_the_same(name: str):
    assert REGISTER.extract(text_of(name)) == REGISTER.extract(text_of(name))
