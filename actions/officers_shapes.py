"""What people send to the register of officers."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from actions.kernel.kind import Payload
from actions.kinds.house import Citation, Day, Words
from states.officers.assignment import Assignment, Purpose, Standing

Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$", description="ISO 3166-1, two letters.")]
OfficeCode = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z_]{0,39}$")]
ClassOfAct = Annotated[
    str,
    Field(
        pattern=r"^(abolish|assign|coordinate|create|discontinue|move|rank|rename|report|suspend)_[a-z_]{1,60}$",
        description="An act and a type, such as create_secretariat.",
    ),
]
Login = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{1,39}$")]
UnitId = Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[^\x00]*$")]


class NewAccreditation(Payload):
    """A state has sent somebody: as what, and on which day the credentials were presented."""

    country: Country
    name: Citation
    capacity: OfficeCode
    presented_on: Day
    until: Day | None = None
    source: Words


class NewHolder(Payload):
    """Somebody holds an office: a person by name, or a state where the office goes round.

    `until` left out: no end known; of an office that goes round, to the end of the term. `sets_order`: the turn goes on from
    this state, else only these days differ.
    """

    office: OfficeCode
    name: Citation | None = None
    country: Country | None = None
    since: Day
    until: Day | None = None
    sets_order: bool = False
    source: Words

    def line(self, id: UUID, until: date | None) -> Assignment:
        """As it is written down, up to the day before `until`."""
        return Assignment(
            id,
            self.office,
            Standing.HOLDER,
            self.since,
            until,
            self.source,
            name=self.name,
            state=self.country,
            sets_order=self.sets_order,
        )


class NewActing(Payload):
    """Somebody acts for an office, or an office or body gives some of its powers to another.

    Who: `taker` (an office or a body), or `name` (somebody outside this house), or `login` (somebody who signs in here); one of
    the three. `classes` and `scope` belong to the purpose `structure`, which only an office or a body can take.
    """

    office: OfficeCode
    taker: OfficeCode | None = None
    name: Citation | None = None
    login: Login | None = None
    purposes: Annotated[tuple[Purpose, ...], Field(min_length=1, max_length=3)]
    classes: Annotated[tuple[ClassOfAct, ...], Field(max_length=50)] = ()
    scope: Annotated[tuple[UnitId, ...], Field(max_length=200)] = ()
    since: Day
    until: Day | None = None
    instrument: Citation | None = None
    source: Words

    def line(self, id: UUID, name: str | None, person: UUID | None) -> Assignment:
        """As it is written down."""
        return Assignment(
            id,
            self.office,
            Standing.ACTING,
            self.since,
            self.until,
            self.source,
            name=name,
            person=person,
            taker=self.taker,
            purposes=frozenset(self.purposes),
            classes=frozenset(self.classes),
            scope=frozenset(self.scope),
            instrument=self.instrument,
        )


class LineEnding(Payload):
    """A line ends, or is taken back. `on` is the first day it holds no more."""

    on: Day
    source: Words
