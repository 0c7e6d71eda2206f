"""The queue is a pure function of state, clocks and own seats."""

from datetime import UTC, date, datetime, timedelta
from itertools import product
from uuid import uuid4

import pytest

from actions.queue_rules import CLOCKS, LISTS, OWNERS, PAUSES, Owed, Standing, lists_of
from records.matters import Matter
from states.complaint import COMPLAINT
from states.consultation import CONSULTATION
from states.mediation import MEDIATION
from states.own_initiative import OWN_INITIATIVE
from states.protection import PROTECTION
from states.recommendation import RECOMMENDATION
from states.table import Owner, StateTable
from states.upward_feedback import UPWARD_FEEDBACK

SEALED = (COMPLAINT, CONSULTATION, RECOMMENDATION, MEDIATION, PROTECTION, UPWARD_FEEDBACK, OWN_INITIATIVE)
TABLES = {table.kind: table for table in SEALED}
WEDNESDAY = date(2016, 9, 7)


def standing(kind: str, state: str, *owed: tuple[str, date | None], pauses: tuple[str, ...] = ()) -> Standing:
    opened = datetime(2016, 9, 1, tzinfo=UTC)
    matter = Matter(uuid4(), kind, state, 1, "e", "US-DC", opened, None)
    clocks = tuple(Owed(name, due, (due - WEDNESDAY).days if due else None, CLOCKS.get((kind, name))) for name, due in owed)
    return Standing(matter, True, clocks, frozenset(pauses))


def lists(one: Standing) -> set[str]:
    return set(lists_of(one, TABLES[one.matter.kind], WEDNESDAY))


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.kind)
def test_d15_what_came_to_its_end_is_in_no_list_whatever_runs_but_what_outlives_it(table: StateTable):
    names = [clock.name for clock in table.clocks if not clock.outlives]
    for stage in table.stages:
        one = standing(table.kind, stage.name, *((name, WEDNESDAY) for name in names))
        assert bool(lists(one)) != stage.final


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (standing("complaint", "submitted", ("acknowledgement", date(2016, 9, 30))), {"new_to_read"}),
        (standing("complaint", "submitted", ("acknowledgement", date(2016, 9, 9))), {"new_to_read", "owed_this_week"}),
        (standing("consultation", "asked", ("first_answer", date(2016, 9, 30))), {"new_to_read"}),
        (standing("complaint", "ended", ("protection_watch", date(2016, 9, 8))), set()),
        (standing("complaint", "ended", ("reply_owed", date(2016, 9, 30))), {"new_to_read"}),
        (standing("complaint", "withdrawn", ("reply_owed", date(2016, 9, 1))), {"new_to_read", "owed_this_week", "late"}),
        (standing("complaint", "inquiry", ("inquiry", date(2016, 9, 11))), {"owed_this_week"}),
        (standing("complaint", "inquiry", ("inquiry", date(2016, 9, 12))), {"later"}),
        (standing("complaint", "inquiry", ("inquiry", date(2016, 9, 7))), {"owed_this_week"}),
        (standing("complaint", "inquiry", ("inquiry", date(2016, 9, 6))), {"owed_this_week", "late"}),
        (standing("complaint", "inquiry", ("reply_owed", date(2016, 9, 30))), {"new_to_read"}),
        (standing("complaint", "inquiry", ("inquiry", None), pauses=("by_decision",)), {"later"}),
        (standing("complaint", "inquiry", ("inquiry", None), pauses=("awaiting_complainant",)), {"waiting_for_her"}),
        (standing("complaint", "inquiry", ("inquiry", None), pauses=("awaiting_third_party",)), {"waiting_for_them"}),
        (standing("complaint", "draft_findings", ("draft_reply", date(2016, 9, 1))), {"waiting_for_them"}),
        (standing("complaint", "closed", ("second_look", date(2016, 9, 8))), {"waiting_for_her"}),
        (standing("consultation", "in_conversation", ("quiet", date(2016, 9, 8))), {"waiting_for_her"}),
        (standing("consultation", "in_conversation", ("note_life", date(2016, 9, 8))), {"later"}),
        (standing("recommendation", "drafted", ("issuing", date(2016, 9, 30))), {"later"}),
        (standing("recommendation", "issued", ("reply", date(2016, 9, 8))), {"waiting_for_them"}),
        (standing("recommendation", "replied", ("reading", date(2016, 9, 8))), {"owed_this_week"}),
        (standing("complaint", "closed", ("first_check_in", date(2016, 9, 8))), {"waiting_for_her"}),
        (standing("complaint", "ended", ("last_check_in", date(2016, 9, 8))), set()),
        (standing("complaint", "ended", ("protection_answer", date(2016, 9, 30))), {"new_to_read"}),
        (standing("protection", "measures_asked", ("reply", date(2016, 9, 8))), {"waiting_for_them"}),
        (standing("protection", "harm_told", ("harm", date(2016, 9, 6))), {"owed_this_week", "late"}),
        (standing("mediation", "proposed", ("first_answer", date(2016, 9, 6))), {"waiting_for_her"}),
        (standing("mediation", "asking", ("second_answer", date(2016, 9, 6))), {"waiting_for_them", "owed_this_week", "late"}),
    ],
)
def test_each_standing_is_in_its_lists(one: Standing, expected: set[str]):
    assert lists(one) == expected


def test_d15_every_other_state_is_in_at_least_one_list_and_the_answer_is_the_same_twice():
    days = (None, WEDNESDAY - timedelta(1), WEDNESDAY, WEDNESDAY + timedelta(60))
    for table in TABLES.values():
        for stage, clock, day in product(table.stages, table.clocks, days):
            one = standing(table.kind, stage.name, (clock.name, day))
            assert lists(one) <= set(LISTS)
            assert lists(one) == lists(one)
            assert stage.final or lists(one)


def test_every_name_of_the_queue_is_one_of_the_tables_and_every_pause_waits_for_somebody():
    clocks = {(table.kind, clock.name) for table in TABLES.values() for clock in table.clocks}
    pauses = {(table.kind, pause.name) for table in TABLES.values() for pause in table.pauses}
    assert set(CLOCKS) <= clocks
    assert set(PAUSES) == pauses
    owners = {stage.owner for table in TABLES.values() for stage in table.stages if not stage.final}
    assert owners - {Owner.OFFICE} == set(OWNERS)
