"""Each sentence we say to who comes is true in code: one test a promise at least, and the test is there.

The numbers are those of the project's page on words; `answers` and `sheet` are the two promises it makes without one.
"""

import ast

import pytest

from tests.laws.tree import ROOT

PROMISES: dict[str, tuple[str, ...]] = {
    "1 start": (
        "tests/api/test_intake.py::test_s03_she_gets_twelve_words_and_reads_everything_with_them",
        "tests/api/test_page_promises.py::test_what_must_be_said_before_she_writes_stands_on_its_page",
        "tests/api/test_promises.py::test_who_she_must_fear_oversees_nobody_who_can_read",
        "tests/laws/test_walls.py::test_the_other_database_is_a_connection_that_cannot_be_made",
        "tests/laws/test_walls_rows.py::test_at_the_desk_a_person_sees_the_matters_of_their_seats_in_every_table",
    ),
    "2 who reads": (
        "tests/api/test_intake_refusals.py::test_a_ticked_person_is_locked_out_before_anything_is_saved",
        "tests/actions/test_intake.py::test_a_copy_does_not_tell_who_excluded_anybody",
        "tests/actions/test_desk_seats.py::test_s40_no_sequence_of_acts_makes_a_reader_of_who_must_not_be_one",
        "tests/actions/test_newcomers.py::test_s40_who_is_named_by_her_never_gets_a_seat",
        "tests/actions/test_newcomers.py::test_it_stands_in_history_and_ledger_and_she_sees_who_can_open_it",
        "tests/actions/test_terms.py::test_nobody_appointed_later_gets_a_seat_in_a_talk",
        "tests/actions/test_handing_over.py::test_her_yes_gives_the_seat_and_only_then_the_talk",
        "tests/actions/test_notices.py::TestTwoWorlds::test_the_desks_mail_is_the_same_with_a_matter_and_without",
    ),
    "3 secrecy": (
        "tests/states/test_complaint_promises.py::test_nothing_is_shown_to_anyone_without_consent_to_the_text_or_danger_to_somebody",
        "tests/actions/test_complaint_life.py::test_danger_is_acted_on_by_a_whole_record_that_she_can_read",
    ),
    "4 danger": (
        "tests/api/test_intake.py::test_the_front_names_readers_officials_dates_and_numbers",
        "tests/api/test_promises.py::test_before_she_writes_the_first_seven_sentences_are_said_in_order",
        "tests/api/test_urgent.py::test_the_page_says_whom_to_call_and_the_hours_as_they_are",
    ),
    "5 time limits": (
        "tests/api/test_intake.py::test_the_front_counts_the_limits_of_a_class_from_the_day_of_a_decision",
        "tests/actions/test_intake.py::test_where_no_limit_is_known_none_is_said",
        "tests/api/test_promises.py::test_once_it_is_sealed_words_dates_limits_and_protection_are_said",
        "tests/actions/test_consultation_life.py::test_talk_begins_when_she_knows_it_is_not_official",
    ),
    "6 device": ("tests/api/test_intake_refusals.py::test_no_cookie_no_address_and_nothing_stored_by_the_browser",),
    "7 details": (
        "tests/api/test_intake.py::test_she_writes_answers_and_stops",
        "tests/api/test_promises.py::test_before_she_writes_the_first_seven_sentences_are_said_in_order",
    ),
    "8 words": (
        "tests/api/test_page_promises.py::test_after_sending_words_day_and_way_back_are_said",
        "tests/api/test_promises.py::test_the_words_are_kept_nowhere",
        "tests/api/test_intake.py::test_other_words_kill_the_old_ones",
        "tests/actions/test_intake.py::test_words_reach_one_matter_and_row_level_security_says_so",
    ),
    "9 what next": (
        "tests/actions/test_plain.py::test_lateness_is_said_to_her_first",
        "tests/actions/test_mail.py::test_no_event_of_the_ombuds_database_ever_becomes_a_mail",
        "tests/actions/test_notices.py::TestChair::test_late_is_told_only_from_the_chairs_rung_on",
    ),
    "10 consent": (
        "tests/api/test_intake.py::test_a_consent_shows_who_gets_exactly_what_and_by_when",
        "tests/actions/test_complaint_life.py::test_nothing_is_passed_on_after_a_no",
        "tests/actions/test_complaint_life.py::test_silence_is_a_no",
        "tests/actions/test_complaint_life.py::test_a_recommendation_goes_out_only_with_the_text_she_agreed_to",
        "tests/actions/test_consenting.py::test_a_yes_for_one_act_can_be_used_for_no_other",
        "tests/actions/test_consenting.py::test_a_yes_is_good_until_a_day_and_then_she_may_be_asked_again",
        "tests/actions/test_consenting.py::test_whoever_passes_it_on_has_opened_it_and_she_sees_that",
    ),
    "11 retaliation": (
        "tests/actions/test_after_the_end.py::test_what_she_writes_after_the_end_is_sealed_new_to_read_and_owed_an_answer",
        "tests/actions/test_after_the_end.py::test_nobody_reading_it_climbs_the_ladder_up_to_the_chair",
        "tests/actions/test_after_the_end.py::test_on_the_last_day_she_can_and_on_the_next_a_clear_sentence_says_that_it_is_over",
        "tests/actions/test_after_the_end.py::test_nothing_is_destroyed_before_the_day_she_was_told_nor_while_an_answer_is_owed",
        "tests/actions/test_protection_life.py::test_who_is_afraid_is_owed_an_answer_and_watched_over_once",
        "tests/actions/test_protection_life.py::test_measures_are_asked_for_with_exactly_the_text_she_agreed_to",
        "tests/actions/test_protection_life.py::test_on_the_day_after_the_last_question_she_can_still_answer_it",
        "tests/actions/test_protection_life.py::test_it_happened_after_the_end_and_is_passed_on_with_her_yes",
        "tests/actions/test_protection_life.py::test_keys_and_her_way_in_outlive_everything_while_what_she_told_waits",
    ),
    "12 not taken up": (
        "tests/actions/test_plain.py::test_not_taken_up_says_why_and_who_looks_again",
        "tests/actions/test_plain.py::test_when_we_are_done_the_other_ways_are_named_with_their_dates",
        "tests/actions/test_complaint_life.py::test_a_second_look_is_taken_by_somebody_else",
    ),
    "answers": (
        "tests/actions/test_plain.py::test_the_answers_are_always_four_and_in_this_order",
        "tests/actions/test_plain.py::test_every_answer_can_be_said_in_every_language",
    ),
    "sheet": (
        "tests/api/test_promises.py::test_the_sheet_bears_words_and_nothing_that_names_us_or_the_matter",
        "tests/e2e/browser/test_intake_coming.py::test_printed_there_is_nothing_but_the_words",
    ),
}
NUMBERED = 12


def found(test: str) -> bool:
    """Whether a test of this id is defined, and asserts or expects something."""
    path, *names = test.split("::")
    file = ROOT / path
    scope: list[ast.stmt] = ast.parse(file.read_text(encoding="utf-8")).body if file.is_file() else []
    for name in names:
        node = next((one for one in scope if isinstance(one, ast.ClassDef | ast.FunctionDef) and one.name == name), None)
        if node is None:
            return False
        scope = node.body
    return any(isinstance(node, ast.Assert | ast.With) for statement in scope for node in ast.walk(statement))


def test_every_sentence_has_its_test():
    numbers = [promise.split()[0] for promise in PROMISES]
    assert numbers == [*map(str, range(1, NUMBERED + 1)), "answers", "sheet"]
    assert [promise for promise, tests in PROMISES.items() if not tests] == []


@pytest.mark.parametrize("promise", PROMISES)
def test_the_tests_of_a_promise_are_there(promise: str):
    assert [test for test in PROMISES[promise] if not found(test)] == []


def test_a_test_that_is_not_there_or_tests_nothing_is_found():
    assert not found("tests/laws/test_promises.py::test_that_nobody_wrote")
    assert not found("tests/laws/no_such_file.py::test_a")
    assert not found("tests/laws/test_promises.py::found")
