"""I16: what nobody knows is counted, never filled in."""

from collections.abc import Iterator, Mapping
from typing import ClassVar

from policies.said import Fact
from policies.structure import StructureRules
from structure.organisation import Organisation
from structure.rule import Severity, StateRule
from structure.things import UNKNOWN, EdgeKind, Sort


class UnitFieldUnknown(StateRule):
    """Of the unit {unit}, no source we read says the {field:structure.field}."""

    id: ClassVar[str] = "I16"
    severity: ClassVar[Severity] = Severity.INFORMS
    about: ClassVar[Sort] = Sort.UNIT

    def find(self, org: Organisation, id: str, rules: StructureRules) -> Iterator[Mapping[str, Fact]]:
        """Head, coordination, type and name. A rank matters only where ranks must be equal."""
        unit = org.live_unit(id)
        if unit is None:
            return
        asked = {"head": UNKNOWN in unit.heads, "type": unit.type == UNKNOWN, "name": unit.name == UNKNOWN}
        asked["coordination"] = any(edge.kind is EdgeKind.COORDINATION and edge.head == UNKNOWN for edge in unit.edges)
        asked["rank"] = unit.rank == UNKNOWN and unit.type in rules.equal_rank.names
        yield from ({"unit": id, "field": field} for field, unknown in asked.items() if unknown)


class FunctionFieldUnknown(StateRule):
    """Of the function {function}, no source we read says the {field:structure.field}."""

    id: ClassVar[str] = "I16"
    severity: ClassVar[Severity] = Severity.INFORMS
    about: ClassVar[Sort] = Sort.FUNCTION

    def find(self, org: Organisation, id: str, rules: StructureRules) -> Iterator[Mapping[str, Fact]]:
        """Owner, origin and name."""
        function = org.live_function(id)
        if function is None:
            return
        asked = {"owner": UNKNOWN in function.owners, "origin": function.origin == UNKNOWN, "name": function.name == UNKNOWN}
        yield from ({"function": id, "field": field} for field, unknown in asked.items() if unknown)


class PostFieldUnknown(StateRule):
    """Of the post {post}, no source we read says the {field:structure.field}."""

    id: ClassVar[str] = "I16"
    severity: ClassVar[Severity] = Severity.INFORMS
    about: ClassVar[Sort] = Sort.POST

    def find(self, org: Organisation, id: str, rules: StructureRules) -> Iterator[Mapping[str, Fact]]:
        """Fund, grade, title and unit."""
        post = org.posts.get(id)
        if post is None or not post.live:
            return
        asked = {"fund": post.fund, "grade": post.grade, "title": post.title, "unit": post.unit}
        yield from ({"post": id, "field": field} for field, value in asked.items() if value == UNKNOWN)
