"""Every way in which two proposals can be at odds, each with both sides, dates, and what a person may answer."""

from datetime import date

import pytest

from structure.merging import Conflict, ConflictKind, Merged, merge
from structure.merging.accounts import attempt_all
from structure.operation import Operation
from structure.operations import (
    AbolishPost,
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
    SetRank,
)
from structure.organisation import Organisation
from structure.things import Ref, Sort
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
