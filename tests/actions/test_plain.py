"""The four answers, in their order, in every stage; and each sentence of words.md true in code."""

from datetime import date

import pytest

from actions.front import Answers
from actions.plain import QUESTIONS
from policies.said import Said
from tests.fixtures.ombuds_office import OmbudsStage
from tests.fixtures.visitors import Guest, at_desk, come, opened_by
from web.messages import LANGUAGES, Messages

PROMISES = (
    "intake.start",
    "intake.who_reads",
    "intake.secrecy",
    "intake.danger",
    "intake.danger_unknown",
    "intake.limits_talk",
    "intake.limits_formal",
    "intake.limits_first",
    "intake.limits_unknown",
    "intake.device",
    "intake.details",
    "intake.words",
    "intake.next",
    "intake.consent",
    "plain.retaliation.until",
    "plain.next.second_look",
    "intake.vacancy",
)


def keys(guest: Guest) -> dict[str, list[str]]:
    return {name: [said.key for said in answer] for name, answer in zip(QUESTIONS, guest.sees().answers, strict=True)}


def declined(stage: OmbudsStage, **told: object) -> Guest:
    guest = come(stage, **told)
    opened_by(stage, "head", guest.matter)
    at_desk(stage, "head", guest.matter, "acknowledge")
    at_desk(stage, "head", guest.matter, "screen")
    at_desk(stage, "head", guest.matter, "decline", ground="premature", text="They must answer first.")
    return guest


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_promise_has_its_sentence_in_every_language(language: str):
    assert [key for key in PROMISES if key not in Messages(language)] == []


def test_the_answers_are_always_four_and_in_this_order(ombuds_office: OmbudsStage):
    guest = come(ombuds_office)
    assert list(keys(guest)) == ["read", "next", "asked", "stop"]
    assert keys(guest) == {
        "read": ["plain.read.by_day"],
        "next": ["plain.complaint.submitted", "plain.retaliation.at_least", "plain.next.by"],
        "asked": ["plain.asked.nothing"],
        "stop": ["plain.stop.withdraw_leave", "plain.stop.withdraw_stop", "plain.stop.withdraw_forget"],
    }


def test_lateness_is_said_to_her_first(ombuds_office: OmbudsStage):
    guest = come(ombuds_office)
    ombuds_office.to_day(date(2016, 9, 8))
    assert keys(guest)["read"] == ["plain.read.by_day"]
    ombuds_office.to_day(date(2016, 9, 9))
    assert keys(guest)["read"] == ["plain.read.late"]
    assert [one.clock for one in guest.sees().dates if one.late] == ["acknowledgement"]


def test_d11_looking_changes_nothing(ombuds_office: OmbudsStage):
    guest = come(ombuds_office)
    ombuds_office.to_day(date(2016, 12, 1))
    tables = ("event", "clock", "rung_fired", "read_log", "ledger_entry", "seat", "matter")
    everything = [ombuds_office.rows(f"SELECT * FROM {table} ORDER BY 1, 2") for table in tables]
    for _ in range(3):
        guest.sees()
    assert [ombuds_office.rows(f"SELECT * FROM {table} ORDER BY 1, 2") for table in tables] == everything


def test_not_taken_up_says_why_and_who_looks_again(ombuds_office: OmbudsStage):
    guest = declined(ombuds_office)
    answers = {said.key: said for said in guest.sees().answers[1]}
    assert answers["plain.next.reason"].params == {"reason": "ground.premature"}
    assert answers["plain.next.second_look"].params == {"day": date(2016, 10, 3)}
    assert answers["plain.retaliation.until"].params == {"day": date(2017, 10, 2)}
    assert keys(guest)["stop"][0] == "plain.stop.request_review"
    assert guest.sees().messages[-1].text == "They must answer first."
    guest.does("message", text="He treats me worse now.")  # what she was told she can do


def test_when_we_are_done_the_other_ways_are_named_with_their_dates(ombuds_office: OmbudsStage):
    guest = declined(ombuds_office, answers=Answers("staff", "US-DC", date(2016, 8, 30)))
    ways = [said for said in guest.sees().answers[1] if said.key.startswith("plain.next.way")]
    assert ways[0].params == {"route": "route.hearing", "day": date(2016, 9, 14)}
    assert ways[-1].key == "plain.next.way"
    assert "plain.next.way" not in str(come(ombuds_office).sees().answers[1])


def test_what_is_asked_of_her_is_asked_until_she_answers(ombuds_office: OmbudsStage):
    stage, guest = ombuds_office, come(ombuds_office)
    opened_by(stage, "head", guest.matter)
    at_desk(stage, "head", guest.matter, "acknowledge")
    at_desk(stage, "head", guest.matter, "ask", text="When?")
    at_desk(stage, "head", guest.matter, "ask_consent", to="A", text="B", purpose="refer", audience="legal")
    assert keys(guest)["asked"] == ["plain.asked.question", "plain.asked.consent"]
    guest.does("answer", text="Then.")
    guest.does("refuse_consent", consent=guest.sees().consents[0].id)
    assert keys(guest)["asked"] == ["plain.asked.nothing"]


def test_a_pause_is_told_with_its_reason(ombuds_office: OmbudsStage):
    stage, guest = ombuds_office, come(ombuds_office)
    opened_by(stage, "head", guest.matter)
    at_desk(stage, "head", guest.matter, "acknowledge")
    at_desk(stage, "head", guest.matter, "screen")
    at_desk(stage, "head", guest.matter, "suspend", reason="The archive is closed.")
    assert "pause.complaint.by_decision" in keys(guest)["next"]
    assert guest.sees().messages[-1].text == "The archive is closed."


def test_when_all_is_over_there_is_nothing_to_stop(ombuds_office: OmbudsStage):
    guest = come(ombuds_office)
    guest.does("withdraw_stop")
    assert keys(guest)["next"][:2] == ["plain.complaint.withdrawn", "plain.retaliation.until"]
    assert keys(guest)["stop"] == ["plain.stop.withdraw_forget"]
    worse = {"it_happened", "name_fear", "nothing_happened", "stop_asking"}
    assert set(guest.sees().moves) == {"message", "withdraw_forget", *worse}, "she can still tell us what was done to her"
    guest.does("withdraw_forget")
    assert keys(guest)["stop"] == ["plain.stop.nothing"]


def test_every_answer_can_be_said_in_every_language(ombuds_office: OmbudsStage):
    guests = (come(ombuds_office), declined(ombuds_office))
    said: list[Said] = [line for guest in guests for answer in guest.sees().answers for line in answer]
    for language in LANGUAGES:
        messages = Messages(language)
        assert all(messages.say(line) for line in said)


def test_what_she_excludes_she_is_not_asked_about(ombuds_office: OmbudsStage):
    """Promise 2: not told either. The excluded person's desk shows no trace."""
    stage = ombuds_office
    come(stage, excluded=(stage.people["head"],))
    with stage.desk.open() as books:
        stage.callers["head"].enter(books, None)
        for table in ("matter", "seat", "event", "clock", "sealed_text", "responsibility", "receipt", "link", "rung_fired"):
            assert books.connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one() == 0, table
