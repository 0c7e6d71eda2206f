"""Every way in which two proposals can be at odds, each with both sides, dates, and what a person may answer."""

from datetime import date

import pytest

from structure.merging import Choice, ChoiceRefused, Conflict, ConflictKind, Merged, decide, merge
from structure.merging.accounts import attempt_all
from structure.operation import Operation
from structure.operations import (
    AbolishPost,
    AddCoordination,
    AssignFunction,
    CreateFunction,
    CreatePost,
    CreateUnit,
    EliminateUnit,
    Head,
    MergeUnits,
    MoveFunction,
    MovePost,
    MoveUnit,
    RenameUnit,
    SetHeads,
    SetRank,
)
from structure.organisation import Organisation
from structure.things import UNKNOWN, Ref, Sort
from structure.timeline import Planned
from tests.structure.cases import DAY, LATER, RULES, house
from web.messages import LANGUAGES, Messages

Dated = Operation | tuple[date, Operation]


def side(name: str, *operations: Dated) -> tuple[Planned, ...]:
    dated = [one if isinstance(one, tuple) else (DAY, one) for one in operations]
    return tuple(Planned(f"{name}-{number}", on, operation) for number, (on, operation) in enumerate(dated, 1))


def merged(ours: list[Dated], theirs: list[Dated]) -> Merged:
    return merge(house(), side("O", *ours), side("T", *theirs), RULES)


def end(of: Merged) -> Organisation:
    made = attempt_all(house(), of.planned)
    assert made.refused == ()
    return made.timeline.end


def only(of: Merged) -> Conflict:
    assert len(of.conflicts) == 1, [conflict.id for conflict in of.conflicts]
    return of.conflicts[0]


def to_spa() -> MoveUnit:
    return MoveUnit(unit="DIA", from_head="SER", to_head="SPA")


def ending_dia(to: str = "DECO") -> list[Dated]:
    moves = [MoveFunction(function=id, from_unit="DIA", to_unit=to) for id in ("F1", "F2")]
    return [*moves, MovePost(post="P1", to=to), EliminateUnit(unit="DIA", reason="sunset")]


CASES: dict[str, tuple[list[Dated], list[Dated], ConflictKind, Ref]] = {
    "moved to two heads": (
        [to_spa()],
        [MoveUnit(unit="DIA", from_head="SER", to_head="OSG")],
        ConflictKind.TWO_HEADS,
        Ref(Sort.UNIT, "DIA"),
    ),
    "sent to two owners": (
        [MoveFunction(function="F1", from_unit="DIA", to_unit="SPA")],
        [MoveFunction(function="F1", from_unit="DIA", to_unit="DECO")],
        ConflictKind.TWO_OWNERS,
        Ref(Sort.FUNCTION, "F1"),
    ),
    "two names for one unit": (
        [RenameUnit(unit="DIA", name="Dialogue")],
        [RenameUnit(unit="DIA", name="Diplomacy")],
        ConflictKind.TWO_NAMES,
        Ref(Sort.UNIT, "DIA"),
    ),
    "one name for two units": (
        [RenameUnit(unit="DIA", name="Dialogue")],
        [CreateUnit(unit="NEW", name="dialogue", type="department", heads=(Head(head="SPA"),))],
        ConflictKind.ONE_NAME,
        Ref(Sort.UNIT, "DIA"),
    ),
    "two ranks": (
        [SetRank(unit="DIA", rank="D1")],
        [SetRank(unit="DIA", rank="D2")],
        ConflictKind.TWO_RANKS,
        Ref(Sort.UNIT, "DIA"),
    ),
    "one id created twice, differently": (
        [CreateFunction(function="F9", name="Press", owner="DIA")],
        [CreateFunction(function="F9", name="Archives", owner="DIA")],
        ConflictKind.TWO_CONTENTS,
        Ref(Sort.FUNCTION, "F9"),
    ),
    "two values of another field": (
        [AssignFunction(function="F1", owners=("DIA",), contributors=("SPA",))],
        [AssignFunction(function="F1", owners=("DIA",), contributors=("DECO",))],
        ConflictKind.TWO_VALUES,
        Ref(Sort.FUNCTION, "F1"),
    ),
    "the same on two dates": (
        [RenameUnit(unit="DIA", name="Dialogue")],
        [(LATER, RenameUnit(unit="DIA", name="Dialogue"))],
        ConflictKind.TWO_DATES,
        Ref(Sort.UNIT, "DIA"),
    ),
    "edited here, ended there (netbox 475)": (
        [RenameUnit(unit="DIA", name="Dialogue")],
        [MergeUnits(units=("DIA",), into="SPA"), RenameUnit(unit="DECO", name="Elections")],
        ConflictKind.ENDED_AND_CHANGED,
        Ref(Sort.UNIT, "DIA"),
    ),
    "ended here, edited there (netbox 10)": (
        ending_dia(),
        [RenameUnit(unit="DIA", name="Dialogue")],
        ConflictKind.ENDED_AND_CHANGED,
        Ref(Sort.UNIT, "DIA"),
    ),
    "ended here, moved there": (ending_dia(), [to_spa()], ConflictKind.ENDED_AND_CHANGED, Ref(Sort.UNIT, "DIA")),
    "ended here, a unit moved under it there": (
        ending_dia(),
        [MoveUnit(unit="DECO", from_head="SPA", to_head="DIA")],
        ConflictKind.ENDED_AND_FILLED,
        Ref(Sort.UNIT, "DIA"),
    ),
    "ended here, a new function put into it there": (
        ending_dia(),
        [CreateFunction(function="F9", name="Press", owner="DIA")],
        ConflictKind.ENDED_AND_FILLED,
        Ref(Sort.UNIT, "DIA"),
    ),
    "moves that together make a circle": (
        [MoveUnit(unit="DIA", from_head="SER", to_head="DECO")],
        [MoveUnit(unit="DECO", from_head="SPA", to_head="DIA")],
        ConflictKind.CIRCLE,
        Ref(Sort.UNIT, "DECO"),
    ),
    "an assignment that undoes another change": (
        [AssignFunction(function="F1", owners=("DIA",), contributors=("SPA",))],
        [(LATER, AssignFunction(function="F1", owners=("DECO",)))],
        ConflictKind.OVERWRITTEN,
        Ref(Sort.FUNCTION, "F1"),
    ),
    "fine alone, wrong together: two funds short": (
        [CreatePost(post="P9", title="Chief", unit="DIA", fund="regular"), AbolishPost(post="P1", authority=None)],
        [CreatePost(post="P8", title="Chief", unit="DIA", fund="regular"), AbolishPost(post="P1", authority=None)],
        ConflictKind.TOGETHER,
        Ref(Sort.FUND, "regular"),
    ),
}


@pytest.mark.parametrize("name", sorted(CASES))
def test_it_is_found_named_and_left_out(name: str):
    ours, theirs, kind, subject = CASES[name]
    made = merged(ours, theirs)
    found = only(made)
    assert (found.kind, found.subject) == (kind, subject)
    assert found.operations.isdisjoint(one.id for one in made.planned)
    assert {one.id[0] for one in found.ours.operations} <= {"O"}
    assert {one.id[0] for one in found.theirs.operations} <= {"T"}
    end(made)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sorted(CASES))
def test_it_is_said_in_every_language(name: str, language: str):
    ours, theirs, _, _ = CASES[name]
    assert only(merged(ours, theirs)).subject.id in Messages(language).say(only(merged(ours, theirs)).message)


def test_operations_that_are_not_in_conflict_are_merged():
    made = merged(*CASES["edited here, ended there (netbox 475)"][:2])
    assert [one.id for one in made.planned] == ["T-2"]


def test_a_choice_keeps_one_side_and_leaves_the_other_out():
    made = merged(*CASES["moved to two heads"][:2])
    ours, theirs = (decide(made, {only(made).id: choice}) for choice in (Choice.OURS, Choice.THEIRS))
    assert end(ours).units["DIA"].heads == ("SPA",)
    assert end(theirs).units["DIA"].heads == ("OSG",)
    assert ours.is_whole
    assert theirs.is_whole


def test_what_is_undecided_stays_out():
    made = merged(
        [to_spa(), RenameUnit(unit="SER", name="Relations")],
        [MoveUnit(unit="DIA", from_head="SER", to_head="OSG"), RenameUnit(unit="SER", name="Outreach")],
    )
    heads = next(conflict for conflict in made.conflicts if conflict.kind is ConflictKind.TWO_HEADS)
    half = decide(made, {heads.id: Choice.OURS})
    assert only(half).kind is ConflictKind.TWO_NAMES
    assert [one.id for one in half.planned] == ["O-1"]


def test_the_later_never_wins_by_being_later_but_both_may_hold_if_a_person_says_so():
    made = merged([RenameUnit(unit="DIA", name="Dialogue")], [(LATER, RenameUnit(unit="DIA", name="Diplomacy"))])
    assert made.planned == ()
    assert only(made).both
    both = decide(made, {only(made).id: Choice.BOTH})
    assert both.is_whole
    assert end(both).units["DIA"].name == "Diplomacy"
    assert end(both).units["DIA"].formerly == ("International Affairs", "Dialogue")


def test_two_things_of_one_name_may_both_hold():
    made = merged(*CASES["one name for two units"][:2])
    both = decide(made, {only(made).id: Choice.BOTH})
    assert both.is_whole
    assert len(both.planned) == 2


def test_both_is_refused_where_both_cannot_hold_and_nothing_is_decided():
    made = merged(*CASES["moved to two heads"][:2])
    with pytest.raises(ChoiceRefused) as refused:
        decide(made, {only(made).id: Choice.BOTH})
    assert refused.value.unmet == ("both_can_hold",)
    assert only(made).kind is ConflictKind.TWO_HEADS
    assert made.planned == ()


def test_a_conflict_that_is_not_open_cannot_be_decided():
    with pytest.raises(ChoiceRefused) as refused:
        decide(merged([], []), {"moved_to_two_heads:unit:DIA:heads": Choice.OURS})
    assert refused.value.unmet == ("conflict_is_open",)


def test_choices_that_keep_and_leave_out_one_operation_are_refused():
    made = merged(
        [MergeUnits(units=("DIA",), into="SPA")],
        [
            MoveFunction(function="F1", from_unit="DIA", to_unit="DECO"),
            MoveFunction(function="F2", from_unit="DIA", to_unit="DECO"),
        ],
    )
    first, second = (conflict.id for conflict in made.conflicts)
    with pytest.raises(ChoiceRefused) as refused:
        decide(made, {first: Choice.OURS, second: Choice.THEIRS})
    assert refused.value.unmet == ("choices_agree",)
    assert decide(made, {first: Choice.OURS, second: Choice.OURS}).is_whole


def test_ended_in_both_is_no_conflict():
    made = merged([MergeUnits(units=("DIA",), into="SPA")], [MergeUnits(units=("DIA",), into="SPA")])
    assert made.is_whole
    assert [one.id for one in made.planned] == ["O-1"]


def test_ended_in_both_in_other_words_is_done_once():
    made = merged(ending_dia("SPA"), [*ending_dia("SPA")[:-1], EliminateUnit(unit="DIA", reason="no longer needed")])
    assert made.is_whole
    assert made.waiting == ()
    assert not end(made).units["DIA"].is_live
    assert len(made.planned) == 4


def test_created_the_same_in_both_is_no_conflict_and_new_refers_to_new():
    """netbox-branching 448."""
    new = CreateUnit(unit="NEW", name="Press", type="department", heads=(Head(head="SPA"),))
    under = CreateUnit(unit="SUB", name="Radio", type="department", heads=(Head(head="NEW"),))
    made = merged([new, under], [new, CreateFunction(function="F9", name="Press releases", owner="NEW")])
    assert made.is_whole
    assert end(made).functions["F9"].owners == ("NEW",)
    assert end(made).units["SUB"].heads == ("NEW",)


def test_what_refers_to_something_new_waits_while_the_new_is_undecided():
    ours: list[Dated] = [
        CreateUnit(unit="NEW", name="Press", type="department", heads=(Head(head="SPA"),)),
        CreateFunction(function="F9", name="Releases", owner="NEW"),
    ]
    theirs: list[Dated] = [CreateUnit(unit="NEW", name="Radio", type="department", heads=(Head(head="SPA"),))]
    made = merged(ours, theirs)
    assert only(made).kind is ConflictKind.TWO_CONTENTS
    assert [one.id for one in made.waiting] == ["O-2"]
    assert made.planned == ()
    assert decide(made, {only(made).id: Choice.OURS}).waiting == ()


def test_created_and_ended_on_one_side_alone_is_no_conflict():
    """netbox-branching 343."""
    new = CreateUnit(unit="NEW", name="Press", type="department", heads=(Head(head="SPA"),))
    made = merged([new, (LATER, EliminateUnit(unit="NEW", reason="sunset"))], [RenameUnit(unit="DECO", name="Elections")])
    assert made.is_whole
    assert len(made.planned) == 3


def test_created_by_both_and_ended_by_one_is_asked_about():
    new = CreateUnit(unit="NEW", name="Press", type="department", heads=(Head(head="SPA"),))
    fill = CreateFunction(function="F9", name="Releases", owner="NEW")
    made = merged([new, (LATER, EliminateUnit(unit="NEW", reason="sunset"))], [new, fill])
    assert only(made).kind is ConflictKind.ENDED_AND_FILLED


def test_coordinations_with_different_units_are_no_conflict():
    made = merged([AddCoordination(unit="DIA", with_="CIM")], [AddCoordination(unit="DIA", with_="CIDH")])
    assert made.is_whole
    assert len(made.planned) == 2


def test_the_same_heads_set_in_other_words_are_no_conflict():
    made = merged([to_spa()], [SetHeads(unit="DIA", heads=(Head(head="SPA"),))])
    assert made.is_whole
    assert end(made).units["DIA"].heads == ("SPA",)


def test_ids_that_mean_different_operations_become_two():
    ours = (Planned("OP-1", DAY, RenameUnit(unit="DIA", name="Dialogue")),)
    theirs = (Planned("OP-1", DAY, RenameUnit(unit="DECO", name="Elections")),)
    made = merge(house(), ours, theirs, RULES)
    assert made.is_whole
    assert {one.id for one in made.planned} == {"OP-1~1", "OP-1~2"}


def test_unknown_is_a_value_like_any_other():
    made = merged([SetRank(unit="DIA", rank="D1")], [SetRank(unit="DIA", rank="D1"), (LATER, SetRank(unit="DIA", rank=UNKNOWN))])
    assert made.is_whole
    assert end(made).units["DIA"].rank == UNKNOWN
