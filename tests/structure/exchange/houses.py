"""A small organisation that uses everything an export can say."""

from datetime import date

from structure.operations import (
    AbolishPost,
    AddCoordination,
    CreateFunction,
    CreatePost,
    CreateUnit,
    DiscontinueFunction,
    EliminateUnit,
    Head,
    MergeUnits,
    RenameUnit,
    ReplaceUnit,
    SetBodyReport,
    SetRank,
    SplitUnit,
    SuspendUnit,
)
from structure.organisation import Organisation
from structure.things import UNKNOWN, EdgeKind
from structure.timeline import Planned, unfold

ON = date(2015, 12, 11)


def everything() -> Organisation:
    """Roots, a matrix, every kind of change, a split, names that need escaping, things that ended, things unknown."""
    matrix = (
        Head(head="OSG", kind=EdgeKind.MATRIX, matters=frozenset({"policy", "travel; local"[:6]})),
        Head(head="OASG", kind=EdgeKind.MATRIX, matters=frozenset({"budget"})),
    )
    operations = [
        CreateUnit(unit="OSG", name="Office of the «Secretary» General", type="office"),
        CreateUnit(unit="OASG", name='=Office, of the "Assistant" | General\\', type="office"),
        CreateUnit(unit="OMB", name="Ombudsperson", type="oversight_body", autonomous=True),
        SetBodyReport(unit="OMB", bodies=("PC",)),
        CreateUnit(unit="S1", name="Secretaría de Ñandúes", type="secretariat", heads=matrix),
        SetRank(unit="S1", rank="one"),
        AddCoordination(unit="S1", with_="network of global, regional and subregional actors"),
        CreateUnit(unit="S2", name="Second", type="secretariat", heads=(Head(head=UNKNOWN),)),
        CreateUnit(unit="D1", name="First", type="department", heads=(Head(head="S1"),)),
        CreateUnit(unit="D2", name="Second department", type="department", heads=(Head(head="S1"),)),
        CreateUnit(unit="D3", name="Third", type="department", heads=(Head(head="S1"),)),
        CreateFunction(
            function="F1", name="Planning", owner="D1", contributors=("D2",), legal_basis=frozenset({"Charter art. 1", "x|y"})
        ),
        CreateFunction(function="F2", name="-Press", owner="D2", part_of="F1"),
        CreateFunction(function="F3", name="Gone", owner=UNKNOWN),
        DiscontinueFunction(function="F3", authority="x"),
        CreatePost(post="P1", title="@Officer", unit="D1", fund="Regular Fund", grade="P3"),
        CreatePost(post="P2", title="Clerk", unit="D1"),
        AbolishPost(post="P2"),
        SuspendUnit(unit="S2"),
        RenameUnit(unit="D3", name="Third, renamed"),
        SplitUnit(unit="D1", parts=("D2", "D3"), primary="D2", functions={"F1": "D3"}),
        MergeUnits(units=("D2",), into="D3"),
        ReplaceUnit(unit="D3", by="D9", name="Ninth", type="department", heads=(Head(head="S1"),)),
        CreateUnit(unit="D8", name="Short-lived", type="department", heads=(Head(head="S1"),)),
        EliminateUnit(unit="D8", reason="no_longer_exists"),
    ]
    plan = [Planned(f"op-{place:02d}", date.fromordinal(ON.toordinal() + place), one) for place, one in enumerate(operations)]
    return unfold(Organisation(), plan).end
