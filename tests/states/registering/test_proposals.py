"""What is proposed has a reason; what is decided has a person."""

from datetime import date

import pytest

from policies.mandates import Category, Status
from states.registering.among import proposed
from states.registering.channels import ChannelRefused, rechannel, with_whom
from states.registering.owing import owed_in
from states.registering.proposals import Decision, NobodyDecided, NoSuchLabel, decided
from tests.fixtures.resolutions import NAMES, RULES, read

DAY = date(2015, 7, 1)


def labels(name: str, *against: str, on: date | None = DAY) -> dict[str | None, set[str]]:
    found = proposed(read(name), [read(other) for other in against], RULES, on)
    return {each.paragraph.number: {one.reason.key.removeprefix("registering.") for one in each.statuses} for each in found}


def test_what_asks_nothing_is_no_mandate_and_the_course_of_business_is_procedural():
    assert labels("en_reports") == {
        "1": set(),
        "1.a": set(),
        "1.b": set(),
        "1.c": set(),
        "2": {"asks_nothing"},
        "3": {"course_of_business", "budget_over"},
        "4": set(),
    }


def test_a_term_that_ended_is_expired_on_the_day_after_and_not_before():
    assert labels("es_recursos", on=date(2015, 11, 21))["1"] == set()
    assert labels("es_recursos", on=date(2015, 11, 22))["1"] == {"term_ended"}


def test_a_session_that_was_is_an_event_over():
    assert labels("fr_rapport", on=date(2016, 12, 31))["2"] == set()
    assert labels("fr_rapport", on=date(2017, 1, 1))["2"] == {"event_over"}


def test_without_a_day_nothing_is_proposed_that_depends_on_one():
    for name in NAMES:
        found = proposed(read(name), [], RULES, None)
        assert not {one.label for each in found for one in each.statuses} & {Status.EXPIRED, Status.CURRENT}


def test_the_older_of_two_like_paragraphs_is_proposed_as_a_duplicate_and_the_newer_stays():
    older, newer = labels("en_reports", "en_again"), labels("en_again", "en_reports")
    assert "same_words" in older["2"]
    assert "nearly_same_words" in older["3"]
    assert not {"same_words", "nearly_same_words"} & {key for keys in newer.values() for key in keys}


def test_a_text_that_another_supersedes_in_any_version_is_proposed_as_superseded():
    assert all("place_taken" in keys for keys in labels("en_reports", "en_again").values())
    assert not any("place_taken" in keys for keys in labels("es_cursos", "en_again").values())


@pytest.mark.parametrize("name", NAMES)
def test_fulfilled_is_never_proposed(name: str):
    others = [read(other) for other in NAMES if other != name]
    found = proposed(read(name), others, RULES, date(2030, 1, 1))
    assert Status.FULFILLED not in {one.label for each in found for one in each.statuses}


def test_words_of_two_categories_are_two_proposals():
    (urged, *_) = proposed(read("es_cursos"), [], RULES, DAY)
    assert [one.label for one in urged.categories] == [Category.A, Category.B]


def test_a_decision_has_a_person_and_a_label_of_the_house():
    taken = Decision("AG/RES. 9001 (XLIV-O/14)", "1.a", Status.FULFILLED, None, "Officer", DAY, "CP/doc.1/15")
    assert decided(taken, RULES) is taken
    with pytest.raises(NobodyDecided):
        decided(Decision("AG/RES. 9001 (XLIV-O/14)", "1.a", Status.FULFILLED, None, " ", DAY), RULES)
    with pytest.raises(NobodyDecided):
        decided(Decision("AG/RES. 9001 (XLIV-O/14)", "1.a", None, None, "Officer", DAY), RULES)
    fewer = RULES.model_copy(update={"statuses": {Status.CURRENT: RULES.statuses[Status.CURRENT]}})
    with pytest.raises(NoSuchLabel):
        decided(taken, fewer)


def test_a_trail_between_committees_is_added_to_and_answers_for_any_day():
    trail = rechannel((), "CAJP", date(2012, 6, 1), "CP/doc.1/12")
    longer = rechannel(trail, "CG", date(2012, 12, 12), "CP/doc.2/12")
    assert [with_whom(longer, date(2012, *day)) for day in ((5, 31), (6, 1), (12, 11), (12, 12))] == [None, "CAJP", "CAJP", "CG"]
    for body, since, authority in (
        ("CAAP", date(2012, 12, 11), "CP/doc.3/12"),
        ("CG", date(2013, 1, 1), "CP/doc.3/12"),
        ("CAAP", date(2013, 1, 1), ""),
    ):
        with pytest.raises(ChannelRefused):
            rechannel(longer, body, since, authority)
    assert len(longer) == 2


def test_the_table_of_a_year_has_each_duty_once_by_day_and_undated_ones_apart():
    texts = [(name, read(name).extract) for name in NAMES]
    table = owed_in(texts, 2015)
    lines = [(line.text, line.paragraph.number, line.day) for line in table.owed]
    assert lines == [
        ("en_task", "1", date(2015, 7, 31)),
        ("fr_rapport", "1", date(2015, 7, 31)),
        ("pt_prazos", "1", date(2015, 7, 31)),
        ("es_recursos", "2", date(2015, 10, 1)),
        ("pt_prazos", "2", date(2015, 12, 15)),
        ("pt_revisao", "2", date(2015, 12, 31)),
        ("en_reports", "1.b", None),
        ("en_reports", "3", None),
        ("es_recursos", "3", None),
        ("pt_revisao", "3", None),
    ]
    assert {(line.text, line.paragraph.number) for line in table.undated} == {
        ("en_reports", "1.c"),
        ("en_reports", "4"),
        ("es_cursos", "1"),
        ("es_cursos", "2.a"),
        ("fr_delais", "2"),
        ("fr_delais", "3"),
        ("fr_delais", "4"),
    }
    assert {(line.text, line.paragraph.number) for line in owed_in(texts, 2016).owed} >= {("fr_rapport", "2"), ("en_again", "2")}
