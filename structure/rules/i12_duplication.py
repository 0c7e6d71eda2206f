"""I12: no two units do nearly the same, nor own one legal instrument."""

from abc import abstractmethod
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from policies.said import Fact
from policies.structure import Likeness, StructureRules
from structure.duplicates import Borne, NameRegister, Register
from structure.likeness import NameRead, NameReader
from structure.rule import Answer, Severity, TimelineRule
from structure.things import Function, Sort
from structure.timeline import Timeline


class _Duplication(TimelineRule):
    """A pair is told once. Of many that are alike each is told beside the first with another owner: n findings, not n times n."""

    id: ClassVar[str] = "I12"
    severity: ClassVar[Severity] = Severity.WARNS
    about: ClassVar[Sort] = Sort.FUNCTION

    def answers(self, timeline: Timeline, rules: StructureRules) -> Iterator[Answer]:
        """Asks about all functions first, then about those whose rivals may have changed."""
        register = self._register(rules.likeness)
        register.fill(timeline.start.functions.values())
        for id in sorted(register.known):
            yield Answer(None, id, self._found(register, id))
        for on, org in zip(timeline.dates, timeline.states, strict=True):
            functions = (org.functions[ref.id] for ref in org.touched if ref.sort is Sort.FUNCTION)
            stale = {id for function in functions for id in register.put(function)}
            for id in sorted(stale):
                yield Answer(on, id, self._found(register, id) if id in register.known else ())

    @abstractmethod
    def _register(self, likeness: Likeness) -> Any:
        """An empty register of the marks that this rule compares."""

    @abstractmethod
    def _found(self, register: Any, id: str) -> Iterator[Mapping[str, Fact]]:
        """What is found about a function that the register knows."""


class FunctionsNearEqual(_Duplication):
    """The functions {function} ({owners}) and {other} ({others}) say nearly the same. Merge them, or say how they differ."""

    def _register(self, likeness: Likeness) -> NameRegister:
        return NameRegister(NameReader(likeness))

    def _found(self, register: NameRegister, id: str) -> Iterator[Mapping[str, Fact]]:
        """About the name that contains the other; of two equal ones, about the greater id."""
        name = register.known[id].name
        for words in register.contained_in(name):
            other = register.rival(id, words, below=id if words == name.words else None)
            if other is not None:
                yield _pair(register.known[id], other)


class InstrumentOfTwoUnits(_Duplication):
    """The functions {function} ({owners}) and {other} ({others}) rest on one legal instrument. Say who does what of it."""

    def _register(self, likeness: Likeness) -> Register[str]:
        reader = NameReader(likeness)

        def instruments(function: Function, name: NameRead) -> set[str]:
            return {*name.instruments, *(mark for symbol in function.legal_basis for mark in reader.instruments(symbol))}

        return Register(reader, instruments)

    def _found(self, register: Register[str], id: str) -> Iterator[Mapping[str, Fact]]:
        """About the greater id. What is alike in its whole name is told by that alone."""
        me = register.known[id]
        others = {register.rival(id, mark, below=id) for mark in register.marks_of(id)}
        yield from (_pair(me, other) for other in others if other is not None and not other.name.is_near(me.name))


def _pair(me: Borne, other: Borne) -> Mapping[str, Fact]:
    owners, others = ", ".join(sorted(me.owners)), ", ".join(sorted(other.owners))
    return {"function": me.id, "owners": owners, "other": other.id, "others": others}
