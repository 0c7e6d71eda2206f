"""Reading a thing once in a transaction that only looks: what was read is kept beside the books until they close.

Off unless a look asks for it (`Books.looking`): who changes what was read must read it again.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from records.books import Books

P = ParamSpec("P")
T = TypeVar("T")


def once(read: Callable[Concatenate[Books, P], T]) -> Callable[Concatenate[Books, P], T]:
    """Read once for the same arguments, where the books are only looked at. Nobody may change what they are given."""

    @wraps(read)
    def reading(books: Books, /, *args: P.args, **named: P.kwargs) -> T:
        if books.seen is None:
            return read(books, *args, **named)
        key = (read, *map(_frozen, args), *((name, _frozen(value)) for name, value in named.items()))
        if key not in books.seen:
            books.seen[key] = read(books, *args, **named)
        found: T = books.seen[key]
        return found

    return reading


def _frozen(value: object) -> Any:
    """A collection as a key, in its order if it has one."""
    if isinstance(value, list):
        return tuple(value)
    return frozenset(value) if isinstance(value, set) else value
