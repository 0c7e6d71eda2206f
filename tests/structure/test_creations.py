"""A structure that is there enters the record whole: what comes out of its creations is what went in."""

from datetime import date

from hypothesis import HealthCheck, given, settings

from structure.creations import creations
from structure.operations import read_operation
from structure.organisation import Organisation
from structure.things import UNKNOWN, Edge, EdgeKind, Function, Unit, UnitState
from structure.timeline import Planned, unfold
from tests.structure.plans import organisations

DAY = date(2015, 1, 1)


def again(org: Organisation) -> Organisation:
    """The organisation that its creations make, each read back from what is written down."""
    made = [read_operation(one.written()) for one in creations(org)]
    return unfold(Organisation(), [Planned(f"i{place}", DAY, one) for place, one in enumerate(made)]).end


def test_tags_earlier_names_and_origins_are_loaded_too():
    org = Organisation.of(
        [
            Unit("OSG", "Office", "office", formerly=("Cabinet", "Private Office"), tags=frozenset({"top", "2015"})),
            Unit("SER", "Relations", "secretariat", (Edge(EdgeKind.LINE, "OSG"),), autonomous=True, state=UnitState.SUSPENDED),
        ],
        [
            Function("F1", "Protocol", ("SER",), origin="OSG"),
            Function("F2", "Press", ("OSG",), origin=UNKNOWN),
            Function("F3", "Archive", ("OSG",)),
        ],
    )
    made = again(org)
    assert (made.units["OSG"].formerly, made.units["OSG"].tags) == (("Cabinet", "Private Office"), {"top", "2015"})
    assert [made.functions[id].origin for id in ("F1", "F2", "F3")] == ["OSG", UNKNOWN, None]
    assert dict(made.units) == dict(org.units)
    assert dict(made.functions) == dict(org.functions)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(organisations())
def test_what_is_live_comes_back_as_it_was(org: Organisation):
    made = again(org)
    assert dict(made.functions) == {id: one for id, one in org.functions.items() if one.live}
    assert dict(made.posts) == {id: one for id, one in org.posts.items() if one.live}
    assert {id: (one.name, one.formerly, one.tags, one.state) for id, one in made.units.items()} == {
        id: (one.name, one.formerly, one.tags, one.state) for id, one in org.units.items() if one.is_live
    }
