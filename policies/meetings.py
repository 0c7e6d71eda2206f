"""Which bodies of a house meet, what kinds of meetings they hold, how these are numbered and cited, and who must be there.

The quorums and the majority for another order of business are those of `decisions.toml`, by name. Where a body names none,
nobody has established it, and what needs it says so.
"""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from policies.decisions import Language, Name
from policies.periods import Sourced
from policies.refusal import Refusal
from policies.rules import Rule

Code = Annotated[str, Field(pattern=r"^[A-Z]{2,10}$")]
"""A body's short name, such as PC."""
Words = Annotated[str, Field(min_length=1, max_length=120)]


class MeetingsNotOffered(Refusal):
    """This house holds no meetings by this product."""

    code: ClassVar[str] = "meetings_not_offered"
    status: ClassVar[int] = 404


class NoSuchBody(Refusal):
    """No body of this pack is called so. Names those there are."""

    code: ClassVar[str] = "no_such_body"
    status: ClassVar[int] = 422


class BodyAdvises(Refusal):
    """The body advises another one and decides on no proposal."""

    code: ClassVar[str] = "body_advises"


class NoSuchSort(Refusal):
    """The pack knows no meetings of this sort. Names those there are."""

    code: ClassVar[str] = "no_such_sort"
    status: ClassVar[int] = 422


class Body(Sourced):
    """A body that meets.

    `symbols` begins the symbols of what it adopts (`CP` in CP/RES. 1051 (2017/15)); None: they are not read. `minutes` is the
    form of `citations.toml` by which its records are cited. `numbering`: one count for ever, or one that begins again each year.
    `decides` False: it advises another body, and no proposal moves by what it says.
    """

    name: Mapping[Language, Words]
    symbols: Annotated[str, Field(min_length=1, max_length=20)] | None = None
    minutes: Name | None = None
    numbering: Literal["running", "yearly"]
    quorum: Name | None = None
    decides: bool = True

    def period(self, year: int) -> int:
        """What a number is unique in besides the body: the year, or 0 where it is so for ever."""
        return year if self.numbering == "yearly" else 0


class Sort(Sourced):
    """A kind of meeting, such as regular."""

    name: Mapping[Language, Words]


class Majority(Sourced):
    """The rule of decision by which something is done."""

    rule: Name


class MeetingRules(Rule):
    """All that a house says of its meetings."""

    bodies: dict[Code, Body] = Field(min_length=1)
    sorts: dict[Name, Sort] = Field(min_length=1)
    another_order: Majority
    """By what a circulated order of business is changed."""

    def body(self, code: str) -> Body:
        """The body of this code. Raises NoSuchBody."""
        if code not in self.bodies:
            raise NoSuchBody(known=", ".join(self.bodies))
        return self.bodies[code]

    def deciding(self, code: str) -> Body:
        """The body of this code, which decides on proposals. Raises NoSuchBody, BodyAdvises."""
        body = self.body(code)
        if not body.decides:
            raise BodyAdvises(body=code)
        return body

    def sort(self, name: str) -> Sort:
        """The sort of this name. Raises NoSuchSort."""
        if name not in self.sorts:
            raise NoSuchSort(known=", ".join(self.sorts))
        return self.sorts[name]
