"""Pages of the queue, found by the database's own lines, are exactly what the rules say."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actions.desk_queue import LISTS, Asked, UnknownFilter, queue_of
from actions.queue_rules import Standing
from tests.fixtures.ombuds_office import OmbudsStage
from tests.fixtures.standings import TABLES, TODAY, Drawn, drawn_matters, expected, plant, rules
from tests.fixtures.visitors import come

LINES = """
    SELECT count(*) FROM (SELECT {columns} FROM queue_line EXCEPT SELECT {columns} FROM queue_now
                          UNION ALL (SELECT {columns} FROM queue_now EXCEPT SELECT {columns} FROM queue_line)) apart
"""
COLUMNS = "person_id, matter_id, kind, state, yours, due_on, in_time_until, new_to_read, waiting_for_her, waiting_for_them"


def paged(stage: OmbudsStage, who: str, asked: Asked) -> list[Standing]:
    """A whole list, page after page."""
    found: list[Standing] = []
    while True:
        queue = queue_of(stage.desk, by=stage.callers[who], asked=asked)
        found += getattr(queue, str(asked.only))
        after = queue.extent[str(asked.only)].after
        if after is None:
            return found
        asked = Asked(asked.only, asked.kind, asked.state, asked.yours, after, asked.most)


def lines_apart(stage: OmbudsStage) -> int:
    """How many lines are not what they would be if made now."""
    return int(str(stage.rows(LINES.format(columns=COLUMNS))[0][0]))


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(drawn=st.lists(drawn_matters(), min_size=1, max_size=7), most=st.integers(1, 3))
def test_every_list_is_the_rules_own_sorted_by_hand_page_after_page(ombuds_office: OmbudsStage, drawn: list[Drawn], most: int):
    stage = ombuds_office
    stage.to_day(TODAY)
    stage.appoint("drawn", "case_officer")
    plant(stage, drawn, stage.people["drawn"], stage.people["head"])
    lists = expected(drawn, stage.desk.shelf.pack.edition)
    kind, state = drawn[0].kind, drawn[0].states[1]
    for name in LISTS:
        assert paged(stage, "drawn", Asked(name, most=most)) == lists[name], name
        of_kind = [one for one in lists[name] if one.matter.kind == kind]
        assert paged(stage, "drawn", Asked(name, kind=kind, most=most)) == of_kind
        both = [one for one in of_kind if one.matter.state == state and one.yours]
        assert paged(stage, "drawn", Asked(name, kind=kind, state=state, yours=True, most=most)) == both
    assert lines_apart(stage) == 0


def test_the_database_was_told_the_same_rules(ombuds_office: OmbudsStage):
    kept = ombuds_office.rows("SELECT kind, what, name, means FROM queue_rule")
    sealed = [kind.table for kind in ombuds_office.desk.kinds.values() if kind.table.sealed]
    assert set(TABLES.values()) == set(sealed)
    assert sorted(kept) == sorted(rules(sealed)), "a migration must tell the database what this program means"


def test_a_list_says_how_long_it_is_and_counts_no_further_than_ninety_nine(ombuds_office: OmbudsStage):
    stage = ombuds_office
    come(stage)
    stage.rows(
        "WITH m AS (INSERT INTO matter SELECT gen_random_uuid(), 'complaint', 'submitted', 1, hash, 'US-DC', now(), NULL"
        "             FROM edition, generate_series(1, 104) RETURNING id),"
        " s AS (INSERT INTO seat (id, matter_id, holder, person_id, rung, epoch, key_sealed, from_at)"
        "       SELECT gen_random_uuid(), id, 'person', :p, 0, 1, '', now() FROM m RETURNING 1) SELECT count(*) FROM s",
        p=stage.people["head"],
    )
    queue = queue_of(stage.desk, by=stage.callers["head"])
    assert (len(queue.new_to_read), queue.extent["new_to_read"].count, queue.extent["new_to_read"].more) == (50, 99, True)
    assert (queue.extent["late"].count, queue.extent["late"].more, queue.extent["late"].after) == (0, False, None)
    whole = paged(stage, "head", Asked("new_to_read", most=50))
    assert len({one.matter.id for one in whole}) == 105
    assert queue_of(stage.desk, by=stage.callers["alternate"]).extent["new_to_read"].count == 1


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        (Asked("everything"), "list"),
        (Asked(kind="mandate"), "kind"),
        (Asked(state="in_force"), "state"),
        (Asked(kind="consultation", state="inquiry"), "state"),
        (Asked(after="2016-09-07_00000000-0000-0000-0000-000000000000"), "after"),
        *((Asked("late", after=after), "after") for after in ("", "7", "2016-09-07", "2016-09-07_x", "20160907_" + "0" * 32)),
    ],
)
def test_what_is_no_part_of_the_queue_is_refused_by_name(ombuds_office: OmbudsStage, asked: Asked, name: str):
    with pytest.raises(UnknownFilter) as refused:
        queue_of(ombuds_office.desk, by=ombuds_office.callers["head"], asked=asked)
    assert refused.value.params == {"filter": name}
