"""One operation after another that can be done on an organisation, drawn at random: one function a kind of operation."""

from collections.abc import Callable, Sequence

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from structure import operations as op
from structure.operation import Operation
from structure.organisation import Organisation, bodies_of
from structure.things import UNKNOWN, EdgeKind, Function, UnitState

WORDS = ("elections", "dialogue", "planning", "press", "archives")


class Drawer:
    """Draws one operation after another that can be done on `org`. Ids that it gives are new."""

    def __init__(self, draw: DrawFn, org: Organisation) -> None:
        self.draw = draw
        self.org = org
        self.given = 0

    def operation(self, kinds: Sequence[str]) -> Operation:
        """One of these kinds; another one where the organisation has nothing for it."""
        return ACTS[self.draw(st.sampled_from(kinds))](self) or op.RenameUnit(unit="R0", name=self.word())

    def new(self, letter: str) -> str:
        self.given += 1
        return f"{letter}N{self.given}"

    def word(self) -> str:
        return self.draw(st.sampled_from(WORDS))

    def units(self) -> list[str]:
        return sorted(id for id in self.org.units if self.org.live_unit(id) is not None)

    def unit(self, but: Sequence[str] = ()) -> str:
        """A live unit; one root at least always lives, because no act here ends a root."""
        return self.draw(st.sampled_from([id for id in self.units() if id not in but]))

    def ended(self) -> list[str]:
        """Live units that may end: all but the roots."""
        return [id for id in self.units() if not id.startswith("R")]

    def functions(self, *, live: bool = True) -> list[str]:
        return sorted(id for id, function in self.org.functions.items() if function.live is live)

    def posts(self, *, live: bool = True) -> list[str]:
        return sorted(id for id, post in self.org.posts.items() if post.live is live)

    def one(self, ids: Sequence[str]) -> str:
        return self.draw(st.sampled_from(ids))

    def heads(self, for_unit: str | None = None) -> tuple[op.Head, ...]:
        """One head that is not the unit nor below it."""
        below = below_of(self.org, for_unit) if for_unit else set()
        return (op.Head(head=self.unit(but=sorted(below))),)


def below_of(org: Organisation, id: str) -> set[str]:
    """The unit and all below it."""
    found, waiting = {id}, [id]
    while waiting:
        for child in org.children(waiting.pop()):
            if child.id not in found:
                found.add(child.id)
                waiting.append(child.id)
    return found


def _eliminate(d: Drawer) -> Operation | None:
    empty = [id for id in d.ended() if not (d.org.holding.get(id) or d.org.staffing.get(id) or any(d.org.children(id)))]
    return op.EliminateUnit(unit=d.one(empty), reason="no longer needed") if empty else None


def _replace(d: Drawer) -> Operation | None:
    if not d.ended():
        return None
    old = d.one(d.ended())
    return op.ReplaceUnit(unit=old, by=d.new("U"), name=d.word(), type="office", heads=d.heads(old))


def _merge(d: Drawer) -> Operation | None:
    if not d.ended():
        return None
    gone = d.draw(st.lists(st.sampled_from(d.ended()), min_size=1, max_size=2, unique=True))
    below = set().union(*(below_of(d.org, id) for id in gone))
    return op.MergeUnits(units=tuple(gone), into=d.unit(but=sorted(below)))


def _split(d: Drawer) -> Operation | None:
    if not d.ended():
        return None
    old = d.one(d.ended())
    others = [id for id in d.units() if id not in below_of(d.org, old)]
    if len(others) < 2:
        return None
    parts = tuple(d.draw(st.lists(st.sampled_from(others), min_size=2, max_size=3, unique=True)))
    functions = {function.id: d.one(parts) for function in d.org.held_by(old)}
    posts = {post.id: d.one(parts) for post in d.org.posts_of(old) if d.draw(st.booleans())}
    children = {unit.id: d.one(parts) for unit in d.org.children(old) if d.draw(st.booleans())}
    return op.SplitUnit(unit=old, parts=parts, primary=parts[0], functions=functions, posts=posts, children=children)


def _move(d: Drawer) -> Operation | None:
    placed = [id for id in d.ended() if d.org.units[id].heads]
    if not placed:
        return None
    unit = d.one(placed)
    return op.MoveUnit(unit=unit, from_head=d.one(d.org.units[unit].heads), to_head=d.heads(unit)[0].head)


def _suspend(d: Drawer) -> Operation:
    unit = d.unit()
    return op.SuspendUnit(unit=unit) if d.org.units[unit].state is UnitState.ACTIVE else op.ResumeUnit(unit=unit)


def _coordinate(d: Drawer) -> Operation:
    unit = d.org.units[d.unit()]
    there = [edge.head for edge in unit.edges if edge.kind is EdgeKind.COORDINATION]
    with_ = d.one(["CIM", "R1", "CIDH"])
    return op.EndCoordination(unit=unit.id, with_=with_) if with_ in there else op.AddCoordination(unit=unit.id, with_=with_)


def _organs(d: Drawer) -> Operation:
    unit = d.unit()
    now = bodies_of(d.org.units[unit])
    return op.SetBodyReport(unit=unit, bodies=() if now else (d.one(["GA", "PC"]),))


def _set_heads(d: Drawer) -> Operation | None:
    return op.SetHeads(unit=(unit := d.one(d.ended())), heads=d.heads(unit)) if d.ended() else None


def _create_function(d: Drawer) -> Operation:
    return op.CreateFunction(function=d.new("F"), name=d.word(), owner=d.unit(), contributors=(d.unit(),))


def _assign_function(d: Drawer) -> Operation | None:
    owner = d.unit()
    others = tuple(unit for unit in (d.unit(),) if unit != owner)
    return op.AssignFunction(function=d.one(d.functions()), owners=(owner,), contributors=others) if d.functions() else None


def _move_function(d: Drawer) -> Operation | None:
    if not d.functions():
        return None
    function = d.org.functions[d.one(d.functions())]
    return op.MoveFunction(function=function.id, from_unit=function.owners[0], to_unit=d.unit())


def _split_function(d: Drawer) -> Operation | None:
    into = tuple(op.Part(function=d.new("F"), name=d.word(), owner=d.unit()) for _ in range(2))
    return op.SplitFunction(function=d.one(d.functions()), into=into) if d.functions() else None


def _merge_functions(d: Drawer) -> Operation | None:
    if len(d.functions()) < 2:
        return None
    gone, into = d.draw(st.lists(st.sampled_from(d.functions()), min_size=2, max_size=2, unique=True))
    return op.MergeFunctions(functions=(gone,), into=into)


def _some(ids: Sequence[str], make: Callable[[Sequence[str]], Operation]) -> Operation | None:
    return make(ids) if ids else None


ACTS: dict[str, Callable[[Drawer], Operation | None]] = {
    "create_unit": lambda d: op.CreateUnit(unit=d.new("U"), name=d.word(), type="department", heads=d.heads()),
    "eliminate_unit": _eliminate,
    "rename_unit": lambda d: op.RenameUnit(unit=d.unit(), name=d.word()),
    "replace_unit": _replace,
    "merge_units": _merge,
    "split_unit": _split,
    "move_unit": _move,
    "set_heads": _set_heads,
    "coordination": _coordinate,
    "suspension": _suspend,
    "set_rank": lambda d: op.SetRank(unit=d.unit(), rank=d.one(["D1", "D2", UNKNOWN])),
    "set_type": lambda d: op.SetType(unit=d.unit(), type=d.one(["office", "department"])),
    "set_body_report": _organs,
    "create_function": _create_function,
    "assign_function": _assign_function,
    "move_function": _move_function,
    "split_function": _split_function,
    "merge_functions": _merge_functions,
    "rename_function": lambda d: _some(d.functions(), lambda ids: op.RenameFunction(function=d.one(ids), name=d.word())),
    "discontinue_function": lambda d: _some(
        d.functions(), lambda ids: op.DiscontinueFunction(function=d.one(ids), authority="decision 7")
    ),
    "restore_function": lambda d: _some(
        [id for id in d.functions(live=False) if _owner_lives(d.org, d.org.functions[id])],
        lambda ids: op.RestoreFunction(function=d.one(ids)),
    ),
    "create_post": lambda d: op.CreatePost(post=d.new("P"), title=d.word(), unit=d.unit()),
    "move_post": lambda d: _some(d.posts(), lambda ids: op.MovePost(post=d.one(ids), to=d.unit())),
    "assign_post": lambda d: _some(d.posts(), lambda ids: op.AssignPost(post=d.one(ids), holder=d.one(["h1", "h2"]))),
    "abolish_post": lambda d: _some(d.posts(), lambda ids: op.AbolishPost(post=d.one(ids))),
    "restore_post": lambda d: _some(
        [id for id in d.posts(live=False) if d.org.live_unit(d.org.posts[id].unit) is not None],
        lambda ids: op.RestorePost(post=d.one(ids)),
    ),
}
"""What can be drawn. What is ended is restored only where who had it still lives."""
KINDS = tuple(ACTS)


def _owner_lives(org: Organisation, function: Function) -> bool:
    named = (*function.owners, *function.contributors)
    return all(unit == UNKNOWN or org.live_unit(unit) is not None for unit in named)
