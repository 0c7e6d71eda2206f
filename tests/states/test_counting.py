"""What a kind adds to the reports names only what its table has, and leaves no way out of an open stage uncounted."""

from collections.abc import Iterator

import pytest

from states.counting import Counted, Mark
from states.procedures import PROCEDURES
from states.table import StateTable

COUNTED = [table for table in PROCEDURES if table.counted]


def faults(table: StateTable) -> Iterator[str]:
    """What is wrong with a declaration: names the table does not have, ends without an outcome, outcomes without an end."""
    counted = table.counted
    assert counted is not None
    yield from (f"stage {name}" for name in counted.open_in if name not in table.states)
    yield from (f"final {name}" for name in counted.open_in if name in table.states and table.stage(name).final)
    yield from (f"outcome of {trigger}" for trigger, _ in counted.outcomes if trigger not in table.triggers)
    marks = [(trigger, mark.within) for mark in counted.marks for trigger in mark.on]
    yield from (f"mark on {trigger}" for trigger, _ in marks if trigger not in table.triggers)
    yield from (f"mark within {name}" for _, within in marks for name in within if name not in table.states)
    yield from (f"duty {name}" for name in counted.duties if name not in {clock.name for clock in table.clocks})
    yield from (f"duty {name} lapses" for name in counted.duties if name in {c.name for c in table.clocks if c.lapse})
    ends = {move.trigger for move in table.moves if move.source in counted.open_in and move.dest not in counted.open_in}
    yield from (f"no outcome of {trigger}" for trigger in ends - dict(counted.outcomes).keys())
    yield from (f"never ends by {trigger}" for trigger in dict(counted.outcomes).keys() - ends)
    if table.initial not in counted.open_in:
        yield f"opens in {table.initial}, which is not open"


@pytest.mark.parametrize("table", COUNTED, ids=[table.kind for table in COUNTED])
def test_every_name_in_a_declaration_is_one_of_its_table(table: StateTable):
    assert list(faults(table)) == []


def test_a_declaration_that_does_not_fit_its_table_is_seen():
    (complaint,) = (table for table in COUNTED if table.kind == "complaint")
    wrong = Counted(
        "cases",
        "x",
        ("submitted", "nowhere"),
        (("dance", "danced"),),
        marks=(Mark("m", ("sing",), ("here",)),),
        duties=("second_look", "nap"),
    )
    table = StateTable(
        "complaint", complaint.facts, complaint.initial, complaint.stages, complaint.moves, complaint.clocks, counted=wrong
    )
    assert set(faults(table)) >= {
        "stage nowhere", "outcome of dance", "mark on sing", "mark within here", "duty nap", "duty second_look lapses",
        "no outcome of acknowledge", "never ends by dance",
    }  # fmt: skip


def test_tracks_are_told_apart_and_every_sealed_kind_with_people_behind_it_is_counted():
    assert len({table.counted.track for table in COUNTED if table.counted}) == len(COUNTED)
    sealed = {"complaint", "consultation", "recommendation", "mediation", "protection", "upward_feedback", "own_initiative"}
    assert {table.kind for table in COUNTED} == sealed


def test_an_open_stretch_begins_and_ends_once_however_it_moves_within():
    counted = Counted("cases", "x", ("a", "b"), (("end", "ended"),))
    assert (counted.began(None, "a"), counted.began("c", "b"), counted.began("a", "b")) == ("received", "reopened", None)
    assert (counted.outcome("end", "b", "c"), counted.outcome("end", "a", "b"), counted.outcome("end", "c", "c")) == (
        "ended",
        None,
        None,
    )
