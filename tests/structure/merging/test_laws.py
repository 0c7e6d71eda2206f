"""What holds of every merge, over random organisations and plans."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from structure.diff import Value, diff
from structure.merging import Choice, Merged, decide, merge
from structure.merging.accounts import attempt_all
from structure.organisation import Organisation
from structure.things import Ref
from structure.timeline import Planned
from tests.structure.cases import RULES
from tests.structure.plans import houses_with, plans

LAW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
TWO = houses_with(lambda org: st.tuples(plans(org, most=6), plans(org, most=6)))
Given = tuple[Organisation, tuple[tuple[Planned, ...], tuple[Planned, ...]]]


def end_of(base: Organisation, merged: Merged) -> Organisation:
    return attempt_all(base, merged.planned).timeline.end


@LAW
@given(houses_with(plans))
def test_a_plan_merged_with_nothing_is_itself(drawn: tuple[Organisation, tuple[Planned, ...]]):
    base, plan = drawn
    for merged in (merge(base, plan, (), RULES), merge(base, (), plan, RULES)):
        assert merged.planned == plan
        assert merged.is_whole
        assert merged.findings == ()
        assert merged.waiting == ()


@LAW
@given(houses_with(plans))
def test_a_plan_merged_with_itself_is_itself(drawn: tuple[Organisation, tuple[Planned, ...]]):
    base, plan = drawn
    merged = merge(base, plan, plan, RULES)
    assert (merged.planned, merged.conflicts, merged.findings, merged.waiting) == (plan, (), (), ())


@LAW
@given(houses_with(plans), st.data())
def test_a_plan_merged_with_how_it_begins_is_itself(drawn: tuple[Organisation, tuple[Planned, ...]], data: st.DataObject):
    base, plan = drawn
    begun = plan[: data.draw(st.integers(0, len(plan)))]
    merged = merge(base, plan, begun, RULES)
    assert merged.is_whole
    assert set(merged.planned) == set(plan)


@LAW
@given(TWO)
def test_who_asks_makes_no_difference(drawn: Given):
    base, (ours, theirs) = drawn
    here, there = merge(base, ours, theirs, RULES), merge(base, theirs, ours, RULES)
    assert here.planned == there.planned
    assert here.waiting == there.waiting
    assert here.findings == there.findings
    assert [conflict.mirrored() for conflict in here.conflicts] == list(there.conflicts)
    assert all(conflict.ours.operations and conflict.theirs.operations for conflict in here.conflicts)


@LAW
@given(TWO)
def test_every_operation_is_merged_in_conflict_or_waiting_and_what_is_merged_can_be_done(drawn: Given):
    base, (ours, theirs) = drawn
    merged = merge(base, ours, theirs, RULES)
    assert attempt_all(base, merged.planned).refused == ()
    held = {id for conflict in merged.conflicts for id in conflict.operations} | {one.id for one in merged.waiting}
    merged_ids = [one.id for one in merged.planned]
    assert len(set(merged_ids)) == len(merged_ids)
    assert not held & set(merged_ids)
    if merged.is_whole and not merged.waiting:
        both = {(one.on, one.operation) for one in (*ours, *theirs)}
        left = both - {(one.on, one.operation) for one in merged.planned}
        assert all(one in {(p.on, p.operation) for p in ours} or one in {(p.on, p.operation) for p in theirs} for one in left)
        assert {(one.on, one.operation) for one in merged.planned} <= both


@LAW
@given(TWO)
def test_without_a_conflict_every_field_is_as_the_side_that_changed_it_left_it(drawn: Given):
    base, (ours, theirs) = drawn
    merged = merge(base, ours, theirs, RULES)
    if merged.conflicts or merged.waiting:
        return
    together = {(found.subject, found.field): found.after for found in diff(base, end_of(base, merged))}
    ends: dict[tuple[Ref, str], set[Value]] = {}
    for plan, other in ((ours, theirs), (theirs, ours)):
        done = {(one.on, one.operation) for one in plan}
        more = [one.operation for one in other if (one.on, one.operation) not in done]
        begun_and_ended = frozenset().union(*(operation.makes() | operation.ends() for operation in more))
        for found in diff(base, attempt_all(base, plan).timeline.end):
            if found.subject not in begun_and_ended:
                ends.setdefault((found.subject, found.field), set()).add(found.after)
    for (subject, field), after in ends.items():
        if field != "coordinates_with":  # each is added and ended by itself
            assert together[subject, field] in after


@LAW
@given(TWO, st.data())
def test_deciding_everything_for_one_side_ends_without_conflicts(drawn: Given, data: st.DataObject):
    base, (ours, theirs) = drawn
    side = data.draw(st.sampled_from([Choice.OURS, Choice.THEIRS]))
    merged = merge(base, ours, theirs, RULES)
    for _ in range(len(ours) + len(theirs) + 1):
        if merged.is_whole:
            break
        merged = decide(merged, {conflict.id: side for conflict in merged.conflicts})
    assert merged.is_whole
    chosen = ours if side is Choice.OURS else theirs
    assert {(one.on, one.operation) for one in chosen} <= {(one.on, one.operation) for one in merged.planned}
