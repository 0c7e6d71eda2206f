"""A waiver excuses the lateness of one clock until a day: its due day stays, its rungs wait, and everybody concerned sees it."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from pydantic import SecretStr

from actions import waivers
from actions.desk_history import times_of
from actions.desk_linking import Reason, link
from actions.desk_queue import queue_of
from actions.desk_seats import assign, late_conflict, recuse, seat
from actions.desk_writing import end_pause, note, pause
from actions.holding import HoldReason, place_hold
from actions.kernel import access
from actions.kernel.actor import Actor, NotAllowed
from actions.kernel.sweep import sweep
from actions.plain import QUESTIONS
from policies.pack import Pack
from policies.refusal import Refusal
from records import matters, office_clock
from states.acts import AT_THE_DESK
from tests.fixtures.months import BEGAN, DAY, full_complaint
from tests.fixtures.ombuds_office import OmbudsStage
from tests.fixtures.visitors import Guest, at_desk, come, on_rung, opened_by
from web.messages import LANGUAGES, Messages

DUE = date(2016, 9, 23)
UNTIL = date(2016, 9, 30)
KEPT = ("matter", "waiver", "clock", "sealed_text", "ledger_entry", "rung_fired")


def acknowledged(stage: OmbudsStage) -> tuple[Guest, str]:
    guest = come(stage)
    who = on_rung(stage, guest.matter, 0)
    opened_by(stage, who, guest.matter)
    at_desk(stage, who, guest.matter, "acknowledge")
    return guest, who


def waive(
    stage: OmbudsStage, who: str, matter: UUID, rule: str = "screening", until: date = UNTIL, kind: str = "complaint"
) -> None:
    told = {"authority": SecretStr("Terms of reference, art. 9."), "reason": SecretStr("The files are in storage.")}
    waivers.waive(stage.desk, kind, matter, rule, until=until, by=stage.callers[who], **told)


def fired(stage: OmbudsStage, clock: str = "screening") -> list[tuple[object, ...]]:
    return stage.rows(
        "SELECT r.rung, r.due_at::date FROM rung_fired r JOIN clock c ON c.id = r.clock_id WHERE c.name = :c "
        "ORDER BY r.due_at, r.fired_at, array_position('{reminder,last_day,late,handover,ask,chair}', r.rung::text)",
        c=clock,
    )


def everything(stage: OmbudsStage) -> list[object]:
    return [stage.rows(f"SELECT * FROM {table} ORDER BY 1, 2") for table in KEPT]


def sweep_days(stage: OmbudsStage, first: date, last: date) -> None:
    for number in range((last - first).days + 1):
        stage.to_day(first + number * DAY)
        sweep(stage.flows)


@pytest.mark.parametrize("daily", [True, False], ids=["swept every day", "swept once, late"])
def test_no_rung_fires_while_a_waiver_stands_and_then_they_fire_in_order_on_the_day_after_it(
    ombuds_office: OmbudsStage, daily: bool
):
    guest, who = acknowledged(ombuds_office)
    waive(ombuds_office, who, guest.matter)
    assert ombuds_office.rows("SELECT due_on FROM clock WHERE name = 'screening'") == [(DUE,)]
    if daily:
        sweep_days(ombuds_office, BEGAN + DAY, UNTIL + 2 * DAY)
        assert fired(ombuds_office) == []
    ombuds_office.to_day(date(2016, 10, 3))
    sweep(ombuds_office.flows)
    back = date(2016, 10, 3)  # the first working day after the waiver
    assert fired(ombuds_office) == [(rung, back) for rung in ("reminder", "last_day", "late", "handover", "ask")]
    assert ombuds_office.rows("SELECT due_on FROM clock WHERE name = 'screening'") == [(DUE,)]


def test_what_is_promised_to_her_goes_on_firing_beside_a_waived_duty(ombuds_office: OmbudsStage):
    guest, who = acknowledged(ombuds_office)
    waive(ombuds_office, who, guest.matter)
    guest.does("message", text=SecretStr("Is anybody there?"))
    ombuds_office.to_day(UNTIL)
    sweep(ombuds_office.flows)
    assert "late" in [rung for rung, _ in fired(ombuds_office, "reply_owed")]
    assert fired(ombuds_office) == []


def test_a_waiver_excuses_one_epoch_of_a_clock_and_not_the_next(ombuds_office: OmbudsStage):
    guest, who = acknowledged(ombuds_office)
    at_desk(ombuds_office, who, guest.matter, "screen")
    at_desk(ombuds_office, who, guest.matter, "inquire")
    waive(ombuds_office, who, guest.matter, "inquiry", date(2016, 12, 28))
    at_desk(ombuds_office, who, guest.matter, "draft", text=SecretStr("So it is."))
    at_desk(ombuds_office, who, guest.matter, "inquire_further")  # at the very same instant
    ombuds_office.to_day(date(2016, 12, 20))
    sweep(ombuds_office.flows)
    assert "late" in [rung for rung, _ in fired(ombuds_office, "inquiry")]


def test_an_act_of_hers_settles_what_grew_out_of_her_matter_by_its_waivers_too(ombuds_office: OmbudsStage):
    """The intake sees no more of a recommendation than it must; a waiver hidden from it would let rungs fire too early."""
    guest, who = acknowledged(ombuds_office)
    for trigger in ("screen", "inquire"):
        at_desk(ombuds_office, who, guest.matter, trigger)
    at_desk(ombuds_office, who, guest.matter, "draft", text=SecretStr("x"))
    at_desk(ombuds_office, who, guest.matter, "conclude_without_names", text=SecretStr("x"), names_nobody=True)
    at_desk(ombuds_office, who, guest.matter, "recommend", text=SecretStr("x"), to="HR")
    ((matter, due),) = ombuds_office.rows("SELECT matter_id, due_on FROM clock WHERE name = 'issuing'")
    assert isinstance(due, date)
    waive(ombuds_office, who, UUID(str(matter)), "issuing", due + 15 * DAY, kind="recommendation")
    ombuds_office.to_day(due + 14 * DAY)
    guest.does("message", text=SecretStr("And now?"))
    assert fired(ombuds_office, "issuing") == []
    assert "late" in [rung for rung, _ in fired(ombuds_office, "after_findings")]


@pytest.mark.parametrize(
    ("rule", "until", "code"),
    [
        ("gardening", UNTIL, "unknown_clock"),
        ("by_decision", UNTIL, "unknown_clock"),
        ("feedback", date(2017, 1, 1), "not_waivable"),
        ("acknowledgement", date(2017, 1, 1), "not_waivable"),
        ("consent_answer", date(2017, 1, 1), "not_waivable"),
        ("inquiry", UNTIL, "nothing_to_waive"),
        ("screening", BEGAN, "waiver_ended"),
        ("screening", DUE, "waiver_too_early"),
        ("screening", DUE + 16 * DAY, "waiver_too_long"),
    ],
)
def test_a_waiver_the_rules_do_not_know_is_refused_and_nothing_is_written(
    ombuds_office: OmbudsStage, rule: str, until: date, code: str
):
    guest, who = acknowledged(ombuds_office)
    before = everything(ombuds_office)
    with pytest.raises(Refusal) as refused:
        waive(ombuds_office, who, guest.matter, rule, until)
    assert refused.value.code == code
    assert all(Messages(language).say(refused.value.said) for language in LANGUAGES)
    assert everything(ombuds_office) == before


def test_of_two_waivers_the_newest_counts_and_both_are_shown(ombuds_office: OmbudsStage):
    guest, who = acknowledged(ombuds_office)
    waive(ombuds_office, who, guest.matter, until=date(2016, 10, 5))
    ombuds_office.to_day(BEGAN, hour=18)
    waive(ombuds_office, who, guest.matter, until=date(2016, 9, 26))
    times = times_of(ombuds_office.desk, "complaint", guest.matter, by=ombuds_office.callers[who])
    (clock,) = [each for each in times.clocks if each.row.name == "screening"]
    assert [(each.until, each.stands) for each in clock.waivers] == [(date(2016, 10, 5), False), (date(2016, 9, 26), True)]
    assert clock.waivable_until == DUE + 15 * DAY
    assert {each.waivable_until for each in times.clocks if each.row.name == "feedback"} == {None}
    ombuds_office.to_day(date(2016, 9, 27))
    sweep(ombuds_office.flows)
    assert [rung for rung, _ in fired(ombuds_office)] == ["reminder", "last_day", "late", "handover"]


def test_the_queue_shows_the_waiver_and_does_not_count_the_matter_as_late_while_it_stands(ombuds_office: OmbudsStage):
    guest, who = acknowledged(ombuds_office)
    waive(ombuds_office, who, guest.matter)
    for day, late, until in ((UNTIL, [], UNTIL), (UNTIL + DAY, [guest.matter], None)):
        ombuds_office.to_day(day)
        queue = queue_of(ombuds_office.desk, by=ombuds_office.callers[who])
        assert [one.matter.id for one in queue.late] == late
        (owed,) = [owed for one in queue.owed_this_week for owed in one.owed if owed.clock == "screening"]
        assert (owed.due_on, owed.late, owed.waived_until) == (DUE, True, until)


def test_she_sees_through_which_day_by_whom_and_reads_why(ombuds_office: OmbudsStage):
    guest, who = acknowledged(ombuds_office)
    waive(ombuds_office, who, guest.matter)
    ombuds_office.to_day(DUE + DAY)
    seen = guest.sees()
    (message,) = [one for one in seen.messages if one.what == "waive"]
    assert (message.mine, message.text) == (False, "Terms of reference, art. 9.\n\nThe files are in storage.")
    (screening,) = [one for one in seen.dates if one.clock == "screening"]
    assert (screening.on, screening.late, screening.waived_until) == (DUE, True, UNTIL)
    assert screening.lines[-1].key == "plain.waived"
    assert screening.lines[-1].params == {"until": UNTIL, "name": "Head", "role": "role.ombudsperson"}
    said = dict(zip(QUESTIONS, seen.answers, strict=True))["next"]
    assert ("plain.next.waived", UNTIL) in [(one.key, one.params.get("until")) for one in said]
    ombuds_office.to_day(UNTIL + DAY)
    keys = [one.key for one in dict(zip(QUESTIONS, guest.sees().answers, strict=True))["next"]]
    assert "plain.next.waived" not in keys
    assert "plain.next.late" in keys


def test_she_is_told_the_day_on_which_it_is_destroyed_once_there_is_one(ombuds_office: OmbudsStage):
    guest, _ = acknowledged(ombuds_office)
    assert "plain.next.destroyed" not in [said.key for answer in guest.sees().answers for said in answer]
    guest.does("withdraw_stop")
    assert [said.params for answer in guest.sees().answers for said in answer if said.key == "plain.next.destroyed"] == [
        {"day": date(2018, 9, 1)}
    ]


def test_words_of_a_waiver_are_kept_sealed_and_of_a_recommendation_she_reads_none(ombuds_office: OmbudsStage):
    guest, who = acknowledged(ombuds_office)
    waive(ombuds_office, who, guest.matter)
    kept = str([ombuds_office.rows(f"SELECT t::text FROM {table} t") for table in KEPT])
    assert "storage" not in kept
    assert "art. 9" not in kept
    other, recommendation = full_complaint(ombuds_office)
    assert other.sees().messages
    assert ombuds_office.rows("SELECT count(*) FROM waiver WHERE matter_id = :m", m=recommendation) == [(0,)]


def grants(stage: OmbudsStage, matter_id: UUID, act: str, *to: str) -> None:
    """The policy this matter is pinned to gives an act to these alone."""
    with stage.as_owner.open() as books:
        matter = matters.find(books, matter_id)
        pack = books.edition(matter.edition)
    kind = pack.kinds[matter.kind]
    kinds = {**pack.kinds, matter.kind: kind.model_copy(update={"access": {**kind.access, act: to}})}
    other = Pack.from_text(pack.model_copy(update={"kinds": kinds}).canonical())  # a copy would keep the name of the edition
    with stage.owner.begin() as connection:
        office_clock.keep_edition(connection, other, datetime(2016, 9, 1, tzinfo=UTC))
        connection.exec_driver_sql("UPDATE matter SET edition = %s WHERE id = %s", (other.edition, matter_id))


@pytest.mark.parametrize("act", AT_THE_DESK)
def test_each_act_at_the_desk_is_asked_of_the_policy_by_its_own_name(ombuds_office: OmbudsStage, act: str):
    stage = ombuds_office
    guest, who = acknowledged(stage)
    second, other = come(stage), on_rung(stage, guest.matter, 1)
    grants(stage, guest.matter, act, "alternate:handler")
    before, text = everything(stage), SecretStr("x")
    matter, by, head = guest.matter, stage.callers[who], stage.people[who]
    acts = {
        "assign": lambda: assign(stage.desk, "complaint", matter, stage.people[other], by=by),
        "seat": lambda: seat(stage.desk, "complaint", matter, head, by=by),
        "recuse": lambda: recuse(stage.desk, "complaint", matter, text, by=by),
        "late_conflict": lambda: late_conflict(stage.desk, "complaint", matter, head, text, by=by),
        "note": lambda: note(stage.desk, "complaint", matter, text, by=by),
        "pause": lambda: pause(stage.desk, "complaint", matter, "by_decision", text, by=by),
        "hold": lambda: place_hold(stage.desk, matter, reason=HoldReason.COURT, until=UNTIL, by=stage.callers[other]),
        "link": lambda: link(stage.desk, "complaint", matter, second.matter, Reason.SAME_FACTS, by=by),
        "waive": lambda: waive(stage, who, matter),
    }
    with pytest.raises(NotAllowed) as refused:
        acts[act]()
    assert refused.value.params == {"kind": "complaint", "trigger": act, "may": "alternate:handler"}
    if act == "pause":
        with pytest.raises(NotAllowed):
            end_pause(stage.desk, "complaint", matter, "by_decision", by=by)
    assert everything(stage) == before


def test_an_edition_from_before_acts_had_names_gives_them_to_who_reads_by_seat(ombuds_office: OmbudsStage):
    guest, who = acknowledged(ombuds_office)
    with ombuds_office.as_owner.open() as books:
        matter = matters.find(books, guest.matter)
        policy = books.edition(matter.edition).kinds["complaint"]
    old = policy.model_copy(
        update={"access": {name: to for name, to in policy.access.items() if name not in AT_THE_DESK}, "waivers": {}}
    )
    seated = Actor(person=ombuds_office.people[who], roles=frozenset({"ombudsperson"}), seat_in=matter.id)
    unseated = Actor(person=ombuds_office.people[who], roles=frozenset({"ombudsperson"}))
    visitor = Actor(roles=frozenset({"complainant"}), own=matter.id)
    assert all(access.may(old, seated, act, matter) for act in AT_THE_DESK)
    assert not any(access.may(old, actor, act, matter) for act in AT_THE_DESK for actor in (unseated, visitor))
