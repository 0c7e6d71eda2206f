"""The traps of `transitions` (time.md 3) that the machine must not fall into."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest

from states.machine import Machine, MoveRefused, NoSuchMove
from states.procedures import PROCEDURES
from states.table import Facts, Move, Owner, Stage, StateTable


@dataclass(frozen=True, slots=True)
class DoorFacts(Facts):
    has_key: bool = False
    has_time: bool = False


def there_is_a_key(facts: DoorFacts) -> bool:
    return facts.has_key


def there_is_time(facts: DoorFacts) -> bool:
    return facts.has_time


DOOR = StateTable(
    kind="door",
    facts=DoorFacts,
    initial="shut",
    stages=(Stage("shut", Owner.OFFICE), Stage("open", Owner.OFFICE), Stage("gone", final=True)),
    moves=(
        Move("unlock", "shut", "open", (there_is_a_key, there_is_time)),
        Move("knock", "shut", "shut"),
        Move("remove", "open", "gone"),
    ),
    clocks=(),
)
MACHINE = Machine(DOOR)


@pytest.mark.parametrize("trigger", ["to_open", "to_gone", "may_unlock", "trigger", "state", "", "__class__"])
def test_nothing_leads_around_the_guards(trigger: str) -> None:
    with pytest.raises(NoSuchMove) as refused:
        MACHINE.advance("shut", trigger, DoorFacts(has_key=True, has_time=True))
    assert refused.value.code == "no_such_move"


def test_a_guard_that_says_no_is_a_refusal_that_names_every_unmet_claim_and_never_false() -> None:
    with pytest.raises(MoveRefused) as both:
        MACHINE.advance("shut", "unlock", DoorFacts())
    assert both.value.unmet == ("there_is_a_key", "there_is_time")
    with pytest.raises(MoveRefused) as one:
        MACHINE.advance("shut", "unlock", DoorFacts(has_key=True))
    assert one.value.unmet == ("there_is_time",)
    assert one.value.params == {"kind": "door", "trigger": "unlock", "state": "shut", "unmet": "there_is_time"}


def test_an_unknown_stored_state_is_refused_by_name_d16() -> None:
    with pytest.raises(NoSuchMove) as refused:
        MACHINE.advance("ajar", "knock", DoorFacts())
    assert refused.value.params == {"kind": "door", "trigger": "knock", "state": "ajar", "possible": ""}


def test_a_trigger_of_another_stage_is_no_move_from_here() -> None:
    with pytest.raises(NoSuchMove):
        MACHINE.advance("shut", "remove", DoorFacts())
    with pytest.raises(NoSuchMove):
        MACHINE.advance("gone", "knock", DoorFacts())


def test_a_refusal_changes_nothing_and_the_machine_remembers_nobody() -> None:
    for _ in range(3):
        with pytest.raises(MoveRefused):
            MACHINE.advance("shut", "unlock", DoorFacts())
    assert MACHINE.advance("shut", "unlock", DoorFacts(has_key=True, has_time=True)) == "open"
    assert MACHINE.advance("shut", "knock", DoorFacts()) == "shut"


def test_what_is_permitted_says_what_each_act_still_lacks() -> None:
    assert MACHINE.permitted("shut", DoorFacts(has_time=True)) == {"unlock": ("there_is_a_key",), "knock": ()}
    assert MACHINE.permitted("gone", DoorFacts()) == {}


def test_many_threads_share_one_machine() -> None:
    def walk(_: int) -> str:
        return MACHINE.advance(MACHINE.advance("shut", "unlock", DoorFacts(has_key=True, has_time=True)), "remove", DoorFacts())

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(walk, range(400))) == {"gone"}


@pytest.mark.parametrize("table", PROCEDURES, ids=lambda table: table.kind)
def test_a_stored_state_is_plain_text(table: StateTable) -> None:
    machine = Machine(table)
    nothing, everything = table.facts(), table.facts(**dict.fromkeys(table.facts.names(), True))
    ways = ((move, facts) for move in table.moves for facts in (nothing, everything))
    move, facts = next(way for way in ways if not machine.unmet(str(way[0].source), way[0].trigger, way[1]))
    assert type(machine.advance(str(move.source), move.trigger, facts)) is str
