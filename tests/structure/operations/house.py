"""One small house that every operation can be tried on, and one example of each operation."""

from structure import operations as op
from structure.operation import Operation
from structure.organisation import Organisation
from structure.things import UNKNOWN, Edge, EdgeKind, Function, Post, Unit, UnitState, in_one_order


def line(head: str) -> Edge:
    return Edge(EdgeKind.LINE, head)


TWO_HEADS = (Edge(EdgeKind.MATRIX, "OASG", frozenset({"staff"})), Edge(EdgeKind.MATRIX, "OSG", frozenset({"policy"})))

UNITS = (
    Unit("OSG", "Office of the Head", "office"),
    Unit("OASG", "Office of the Deputy", "office"),
    Unit("SEC", "Secretariat", "secretariat", in_one_order((*TWO_HEADS, Edge(EdgeKind.COORDINATION, "CIM")))),
    Unit("TWO", "Second Secretariat", "secretariat", TWO_HEADS),
    Unit("DEP", "Department", "department", (line("SEC"), Edge(EdgeKind.BODY, "PC")), rank="D1"),
    Unit("SUB", "Section", "section", (line("DEP"),)),
    Unit("OFF", "Office", "office", (line("OSG"),)),
    Unit("LOST", "Office that nobody places", "office", (line(UNKNOWN),)),
    Unit("OLD", "Old Office", "office", (line("OSG"),), state=UnitState.ABOLISHED),
    Unit("SUS", "Suspended Office", "office", (line("OSG"),), state=UnitState.SUSPENDED),
)
FUNCTIONS = (
    Function("F1", "Elections", ("DEP",), ("OFF",), legal_basis=frozenset({"Charter", "Act"})),
    Function("F2", "Dialogue", ("DEP",)),
    Function("F3", "Planning", ("SEC",), ("DEP",)),
    Function("FU", "Press", (UNKNOWN,)),
    Function("FX", "Telegrams", ("OFF",), live=False),
)
POSTS = (
    Post("P1", "Chief", "DEP", "regular", "P5", "holder-1"),
    Post("P2", "Clerk", "SEC", "regular"),
    Post("PX", "Telegraphist", "OFF", live=False),
)


def house() -> Organisation:
    return Organisation.of(UNITS, FUNCTIONS, POSTS)


EXAMPLES: dict[str, Operation] = {
    "create_unit": op.CreateUnit(unit="NEW", name="New", type="department", heads=(op.Head(head="SEC"),)),
    "eliminate_unit": op.EliminateUnit(unit="DEP", reason="no longer needed"),
    "restore_unit": op.RestoreUnit(unit="OLD"),
    "rename_unit": op.RenameUnit(unit="DEP", name="Other"),
    "replace_unit": op.ReplaceUnit(unit="DEP", by="NEW", name="New", type="department", heads=(op.Head(head="TWO"),)),
    "merge_units": op.MergeUnits(units=("DEP", "SUB"), into="OFF"),
    "split_unit": op.SplitUnit(
        unit="DEP",
        parts=("OFF", "TWO"),
        primary="OFF",
        functions={"F1": "OFF", "F2": "TWO", "F3": "TWO"},
        posts={"P1": "TWO"},
        children={"SUB": "TWO"},
    ),
    "move_unit": op.MoveUnit(unit="DEP", from_head="SEC", to_head="TWO"),
    "set_heads": op.SetHeads(unit="DEP", heads=(op.Head(head="TWO", matters=frozenset({"money", "staff", "policy"})),)),
    "add_coordination": op.AddCoordination(unit="DEP", with_="Commission of Women"),
    "end_coordination": op.EndCoordination(unit="SEC", with_="CIM"),
    "suspend_unit": op.SuspendUnit(unit="DEP"),
    "resume_unit": op.ResumeUnit(unit="SUS"),
    "set_rank": op.SetRank(unit="DEP", rank="D2"),
    "set_type": op.SetType(unit="DEP", type="secretariat"),
    "set_body_report": op.SetBodyReport(unit="DEP", bodies=("GA", UNKNOWN)),
    "create_function": op.CreateFunction(
        function="FN", name="New", owner="DEP", contributors=("OFF", "DEP", "OFF"), legal_basis=frozenset({"b", "a", "c"})
    ),
    "assign_function": op.AssignFunction(function="F1", owners=("OFF",), contributors=("SEC",)),
    "move_function": op.MoveFunction(function="F1", from_unit="DEP", to_unit="OFF"),
    "split_function": op.SplitFunction(
        function="F1", into=(op.Part(function="FA", name="a", owner="DEP"), op.Part(function="FB", name="b", owner=UNKNOWN))
    ),
    "merge_functions": op.MergeFunctions(functions=("F1", "F2"), into="F3"),
    "rename_function": op.RenameFunction(function="F1", name="Electoral observation"),
    "discontinue_function": op.DiscontinueFunction(function="F1", authority="decision 7"),
    "restore_function": op.RestoreFunction(function="FX"),
    "create_post": op.CreatePost(post="PN", title="New", unit="DEP"),
    "move_post": op.MovePost(post="P1", to="OFF"),
    "assign_post": op.AssignPost(post="P1", holder=None),
    "abolish_post": op.AbolishPost(post="P1", authority="decision 7"),
    "restore_post": op.RestorePost(post="PX"),
}
"""Kind -> one that can be done on the house."""
