"""Is she treated worse because she came? Asked, told, watched over, and kept open as long as she was promised."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from actions.desk_queue import LISTS, queue_of
from actions.front import Answers
from actions.kernel.move import move
from actions.kernel.sweep import sweep
from actions.sealing import Reader
from records import sealed
from records.vault import DRAFT, NOTE
from states.machine import MoveRefused, NoSuchMove
from tests.fixtures.months import exists, mentions, shred, sweep_days
from tests.fixtures.ombuds_office import OmbudsStage
from tests.fixtures.visitors import Guest, at_desk, come, on_rung, opened_by, state

BEGAN = date(2016, 9, 1)
"""A Thursday, and the day on which everything here comes to rest."""
ASKED_AGAIN = [date(2016, 10, 1), date(2016, 12, 1), date(2017, 3, 1), date(2017, 9, 1)]
"""One, three, six and twelve months later."""
LAST = date(2017, 10, 2)
"""The last day on which she can tell us: thirteen months later, rolled from a Sunday."""
DAY = timedelta(days=1)
AFRAID = Answers(afraid="yes")


def read(stage: OmbudsStage, **told: object) -> Guest:
    """A complaint that was read and is being screened."""
    guest = come(stage, **told)
    opened_by(stage, "head", guest.matter)
    for trigger in ("acknowledge", "screen"):
        at_desk(stage, "head", guest.matter, trigger)
    return guest


def protected(stage: OmbudsStage, guest: Guest) -> UUID:
    """The protection, begun by whoever handles the case."""
    at_desk(stage, "head", guest.matter, "watch_over", risk="Her contract ends in March.")
    return protection(stage)


def protection(stage: OmbudsStage) -> UUID:
    ((found,),) = stage.rows("SELECT id FROM matter WHERE kind = 'protection'")
    return UUID(str(found))


def clock(stage: OmbudsStage, matter: UUID, name: str) -> list[tuple[object, ...]]:
    query = "SELECT due_on, status FROM clock WHERE matter_id = :m AND name = :n ORDER BY epoch"
    return stage.rows(query, m=matter, n=name)


def agreed(guest: Guest, to: str, text: str, purpose: str = "ask_measures") -> UUID:
    """Her yes to a text, asked for by the office."""
    at_desk(guest.stage, "head", guest.matter, "ask_consent", to=to, text=text, purpose=purpose, audience="head_of_unit")
    consent = guest.sees().consents[-1].id
    guest.does("consent", consent=consent)
    return consent


def texts(stage: OmbudsStage, who: str, matter: UUID) -> list[tuple[str, str]]:
    """What somebody at the desk can open of a protection: visibility and text."""
    with stage.desk.open() as books:
        reader = Reader(books, matter, stage.callers[who].enter(books, matter))
        slots = {slot.name: slot for slot in (DRAFT, NOTE)}
        return [(row.visibility, reader.open(row, slots[row.slot]).text) for row in sealed.texts(books, matter, list(slots))]


def lists(stage: OmbudsStage, matter: UUID) -> set[str]:
    queue = queue_of(stage.desk, by=stage.callers["head"])
    return {name for name in LISTS if matter in [one.matter.id for one in getattr(queue, name)]}


def test_who_is_afraid_is_owed_an_answer_and_watched_over_once(ombuds_office: OmbudsStage):
    stage, guest, calm = ombuds_office, read(ombuds_office, answers=AFRAID), come(ombuds_office, answers=Answers(afraid="unsaid"))
    assert clock(stage, guest.matter, "protection_answer") == [
        (date(2016, 9, 7), "running")
    ]  # three working days, Labor Day left out
    assert clock(stage, calm.matter, "protection_answer") == []
    assert "new_to_read" in lists(stage, guest.matter)
    matter = protected(stage, guest)
    assert clock(stage, guest.matter, "protection_answer")[0][1] == "met"
    assert state(stage, matter) == "risk_named"
    assert texts(stage, "head", matter) == [("office", "Her contract ends in March.")]
    office = set(stage.rows("SELECT person_id FROM seat WHERE matter_id = :m AND holder <> 'visitor'", m=guest.matter))
    assert set(stage.rows("SELECT person_id FROM seat WHERE matter_id = :m", m=matter)) == office, "she has no seat in it"
    with pytest.raises(MoveRefused):
        at_desk(stage, "head", guest.matter, "watch_over")
    with pytest.raises(MoveRefused):
        guest.does("name_fear")
    assert stage.rows("SELECT count(*) FROM matter WHERE kind = 'protection'") == [(1,)]
    guest.does("withdraw_forget")
    assert state(stage, matter) == "ended"


def test_a_talk_keeps_her_fear_for_the_day_it_becomes_official(ombuds_office: OmbudsStage):
    stage, guest = ombuds_office, come(ombuds_office, "consultation", answers=AFRAID, understood=True)
    assert stage.rows("SELECT count(*) FROM clock WHERE name = 'protection_answer'") == [(0,)]
    guest.does("make_official")
    assert guest.kind == "complaint"
    assert [status for _, status in clock(stage, guest.matter, "protection_answer")] == ["running"]


def test_measures_are_asked_for_with_exactly_the_text_she_agreed_to(ombuds_office: OmbudsStage):
    stage, guest = ombuds_office, read(ombuds_office)
    matter = protected(stage, guest)
    at_desk(stage, "head", matter, "propose", text="Leave her where she is.", to="Human Resources")
    before = stage.rows("SELECT version FROM matter WHERE id = :m", m=matter)
    with pytest.raises(MoveRefused) as refused:
        at_desk(stage, "head", matter, "ask_measures")
    assert refused.value.unmet == ("consent_to_the_exact_text",)
    assert stage.rows("SELECT version FROM matter WHERE id = :m", m=matter) == before
    consent = agreed(guest, "The Director", "Do not move her before June.")
    at_desk(stage, "head", matter, "ask_measures", consent=consent)
    assert texts(stage, "head", matter)[-1] == ("served", '{"to": "The Director", "text": "Do not move her before June."}')
    assert guest.sees().consents[-1].status == "used"
    with pytest.raises(NoSuchMove):
        at_desk(stage, "head", matter, "ask_measures", consent=consent)
    stage.to_day(BEGAN + 12 * DAY)
    sweep(stage.flows)
    assert state(stage, matter) == "measures_refused", "silence is an answer"
    at_desk(stage, "head", matter, "note_granted", text="Yes, until June.", on=BEGAN + 12 * DAY)
    assert state(stage, matter) == "measures_in_place"
    assert stage.rows("SELECT consent_id, reply_on FROM protection") == [(consent, BEGAN + 12 * DAY)]
    at_desk(stage, "head", matter, "look_again", note="She still has her desk.")
    assert [status for _, status in clock(stage, matter, "next_look")] == ["met", "running"]


def test_she_is_asked_again_and_her_silence_is_nobodys_duty(ombuds_office: OmbudsStage):
    stage, guest = ombuds_office, read(ombuds_office)
    at_desk(stage, "head", guest.matter, "decline", ground="premature")
    names = ("first_check_in", "second_check_in", "third_check_in", "last_check_in")
    assert [clock(stage, guest.matter, name) for name in names] == [[(day, "running")] for day in ASKED_AGAIN]
    stage.to_day(ASKED_AGAIN[1] + DAY)
    sweep(stage.flows)
    assert [clock(stage, guest.matter, name)[0][1] for name in names] == ["lapsed", "lapsed", "running", "running"]
    assert lists(stage, guest.matter) == set(), "that she did not answer is nothing to do"
    fired = "SELECT DISTINCT rung, outcome FROM rung_fired f JOIN clock c ON c.id = f.clock_id WHERE c.name LIKE :n"
    assert set(stage.rows(fired, n="%check_in")) == {("reminder", "told"), ("lapse", "lapsed")}, "before, and not after"
    guest.does("nothing_happened")
    assert clock(stage, guest.matter, "protection_answer") == []
    guest.does("stop_asking")
    assert [clock(stage, guest.matter, name)[0][1] for name in names] == ["lapsed", "lapsed", "met", "met"]
    assert "stop_asking" not in guest.sees().moves
    assert {"it_happened", "name_fear", "message"} <= set(guest.sees().moves), "she can tell us all the same"


def test_whoever_let_us_go_on_without_her_is_asked_nothing_and_can_tell_us_all_the_same(ombuds_office: OmbudsStage):
    stage, guest = ombuds_office, read(ombuds_office)
    guest.does("withdraw_leave")
    at_desk(stage, "head", guest.matter, "decline", ground="premature")
    stage.to_day(ASKED_AGAIN[0] + DAY)
    sweep(stage.flows)
    seen = guest.sees()
    assert [said.key for said in seen.answers[2]] == ["plain.asked.nothing"]
    assert not [one.clock for one in seen.dates if one.clock.endswith("check_in")]
    assert "stop_asking" not in seen.moves
    assert "it_happened" in seen.moves


def test_on_the_day_after_the_last_question_she_can_still_answer_it(ombuds_office: OmbudsStage):
    stage, guest = ombuds_office, read(ombuds_office)
    at_desk(stage, "head", guest.matter, "decline", ground="premature")
    stage.to_day(ASKED_AGAIN[-1] + DAY)
    sweep(stage.flows)
    assert state(stage, guest.matter) == "ended"
    guest.does("nothing_happened")
    stage.to_day(LAST)
    guest.does("it_happened", text="He wrote it into my appraisal.")
    assert clock(stage, guest.matter, "protection_answer") == [(date(2017, 10, 5), "running")]
    assert lists(stage, guest.matter) >= {"new_to_read"}
    stage.to_day(LAST + DAY)
    with pytest.raises(MoveRefused) as refused:
        guest.does("it_happened")
    assert refused.value.unmet == ("we_still_read_here",)
    assert shred(stage, guest.matter, LAST + DAY) == "not_announced"


def test_it_happened_after_the_end_and_is_passed_on_with_her_yes(ombuds_office: OmbudsStage):
    stage, guest = ombuds_office, read(ombuds_office)
    matter = protected(stage, guest)
    at_desk(stage, "head", guest.matter, "decline", ground="premature")
    stage.to_day(date(2017, 1, 10))
    sweep(stage.flows)
    assert (state(stage, guest.matter), state(stage, matter)) == ("ended", "risk_named")
    guest.does("it_happened", text="He moved my desk.")
    assert state(stage, matter) == "harm_told"
    assert clock(stage, matter, "harm") == [(date(2017, 1, 18), "running")]  # five working days, Martin Luther King Day left out
    at_desk(stage, "head", guest.matter, "reply", text="We have read it.")
    assert [status for _, status in clock(stage, guest.matter, "protection_answer")] == ["met"]
    consent = agreed(guest, "The Ethics Office", "Her desk was moved after she came to us.", "refer_harm")
    at_desk(stage, "head", matter, "refer_harm", consent=consent)
    assert state(stage, matter) == "referred"
    assert texts(stage, "head", matter)[-1][0] == "served"
    stage.to_day(LAST + DAY)
    sweep(stage.flows)
    assert state(stage, matter) == "ended", "with her last day it ends by itself"
    marks = {(who, mark) for who, mark in stage.rows("SELECT matter_id, mark FROM case_mark")}
    counted = {(guest.matter, "told_of_harm"), (guest.matter, "watch_ended"), (matter, "harm_told"), (matter, "harm_referred")}
    assert counted <= marks
    spell = "SELECT from_on, until_on, outcome, facts_of FROM case_spell WHERE matter_id = :m"
    assert stage.rows(spell, m=matter) == [(BEGAN, LAST + DAY, "watched_to_the_end", guest.matter)]
    assert "message" not in guest.sees().moves


def test_keys_and_her_way_in_outlive_everything_while_what_she_told_waits(ombuds_office: OmbudsStage):
    stage, guest = ombuds_office, read(ombuds_office)
    matter, case = protected(stage, guest), guest.matter
    at_desk(stage, "head", case, "decline", ground="premature")
    stage.to_day(LAST)
    sweep(stage.flows)
    guest.does("it_happened")
    at_desk(stage, "head", case, "reply", text="We have read it.")
    stage.to_day(LAST + 800 * DAY)
    sweep(stage.flows)
    assert state(stage, matter) == "harm_told", "what she told does not end by itself"
    assert {"message", "it_happened"} <= set(guest.sees().moves)
    sweep_days(stage, LAST + 800 * DAY, LAST + 801 * DAY)
    assert stage.rows("SELECT count(*) FROM shred_announcement") == [(0,)]
    assert shred(stage, case, LAST + 801 * DAY) == "not_announced"
    at_desk(stage, "head", matter, "find_unneeded", reason="She has left the house.")
    gone = sweep_days(stage, LAST + 1600 * DAY, LAST + 1640 * DAY)
    assert sum(day.destroyed for day in gone) == 1
    assert not exists(stage, case)
    assert mentions(stage, case, matter) == {}


def test_what_happened_becomes_a_matter_that_she_opens_and_nobody_learns_of_it_by_that(ombuds_office: OmbudsStage):
    stage, guest = ombuds_office, read(ombuds_office)
    matter = protected(stage, guest)
    guest.does("it_happened", text="He moved my desk.")
    about = stage.desk.kinds["protection"].payload("note_new_matter")

    def note(other: Guest) -> None:
        move(stage.desk, matter, "note_new_matter", about(case=other.matter), by=stage.callers["head"])

    shy, fresh = come(stage, excluded=(stage.people[on_rung(stage, guest.matter, 1)],)), come(stage)
    for other, unmet in ((guest, "the_new_matter_is_named"), (shy, "nobody_here_is_kept_from_it")):
        with pytest.raises(MoveRefused) as refused:
            note(other)
        assert refused.value.unmet == (unmet,)
    assert state(stage, matter) == "harm_told"
    note(fresh)
    assert state(stage, matter) == "became_matter"
    assert stage.rows("SELECT became FROM protection") == [(fresh.matter,)]
    others = set(mentions(stage, fresh.matter)) & {"event", "link", "protection"}
    assert others == {"event", "protection"}, "in no history but its own, and in no tie: it is forgotten with that matter"
    assert not [
        row for row in stage.rows("SELECT facts FROM event WHERE matter_id = :m", m=matter) if str(fresh.matter) in str(row)
    ]
