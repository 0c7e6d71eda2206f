"""The stages that a page draws ahead of a matter are a way its table has, to where such a matter is meant to come."""

import pytest

from actions.kinds import KINDS
from api.council_pages.matters_drawn import AIMS, way_ahead

EVERY = [(kind, str(stage.name)) for kind in AIMS for stage in KINDS[kind].table.stages]


@pytest.mark.parametrize(("kind", "state"), EVERY)
def test_the_way_ahead_is_made_of_moves_and_leads_to_the_aim(kind: str, state: str):
    table = KINDS[kind].table
    way = way_ahead(table, state)
    steps = {(str(move.source), str(move.dest)) for move in table.moves}
    assert set(zip([state, *way], way, strict=False)) <= steps
    if table.stage(state).final:
        assert way == []
    else:
        assert way[-1] == AIMS[kind]
        assert len(set(way)) == len(way)


def test_a_draft_is_on_its_way_through_the_organ():
    assert way_ahead(KINDS["proposal"].table, "draft")[:3] == ["submitted", "tabled", "adopted"]
    assert way_ahead(KINDS["mandate"].table, "in_force") == ["assigned", "in_progress", "reported_as_done", "fulfilled"]
