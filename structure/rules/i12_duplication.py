"""I12: no two units do nearly the same, nor own one legal instrument."""

from abc import abstractmethod
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, ClassVar

from policies.said import Fact
from policies.structure import Likeness, StructureRules
from structure.duplicates import Borne, NameRegister, Register
from structure.likeness import NameRead, reader_of
from structure.organisation import Organisation
from structure.rule import Severity, TimelineRule, Told, Watch
from structure.things import Function, Ref, Sort


class _Looking(Watch):
    """Looks at the functions of a register: at all of them first, then at those whose rivals may have changed."""

    def __init__(self, start: Organisation, register: Any, found: Callable[[Any, str], Iterator[Mapping[str, Fact]]]) -> None:
        register.fill(start.functions.values())
        self._register = register
        self._found = found

    def begin(self) -> Iterator[Told]:
        """Everything is looked at, so that the register knows how far anybody looked; what is found is told."""
        for id in sorted(self._register.known):
            facts = tuple(self._found(self._register, id))
            if facts:
                yield Told(id, facts)

    def go_on(self, after: Organisation, touched: Collection[Ref]) -> Iterator[Told]:
        """A function that is not there any more is told without findings."""
        stale: set[str] = set()
        for ref in touched:
            if ref.sort is Sort.FUNCTION:
                function = after.functions.get(ref.id)
                stale |= self._register.take_out(ref.id) if function is None else self._register.put(function)
        for id in sorted(stale):
            yield Told(id, tuple(self._found(self._register, id)) if id in self._register.known else ())


class _Duplication(TimelineRule):
    """A pair is told once. Of many that are alike each is told beside the first with another owner: n findings, not n times n."""

    id: ClassVar[str] = "I12"
    severity: ClassVar[Severity] = Severity.WARNS
    about: ClassVar[Sort] = Sort.FUNCTION

    def watch(self, start: Organisation, rules: StructureRules) -> Watch:
        """Over all functions."""
        return _Looking(start, self._register(rules.likeness), self._found)

    @abstractmethod
    def _register(self, likeness: Likeness) -> Any:
        """An empty register of the marks that this rule compares."""

    @abstractmethod
    def _found(self, register: Any, id: str) -> Iterator[Mapping[str, Fact]]:
        """What is found about a function that the register knows."""


class FunctionsNearEqual(_Duplication):
    """The functions {function} ({owners}) and {other} ({others}) say nearly the same. Merge them, or say how they differ."""

    def _register(self, likeness: Likeness) -> NameRegister:
        return NameRegister(reader_of(likeness))

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
        reader = reader_of(likeness)

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
