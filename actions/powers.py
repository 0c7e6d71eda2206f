"""By which powers a proposal goes on: the delegations its version is judged by, and as what each of its orders was signed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from actions.kinds.proposal_shapes import read_terms
from actions.looking import seen
from actions.office import Office
from actions.signatures import signature_of
from records import officers, proposal, versions
from records.versions import NoSuchVersion
from states.officers.signing import Signature
from structure.rule import Delegation

KIND: Final = "proposal"


@dataclass(frozen=True, slots=True)
class Power:
    """A delegation, and whether it is only told with the version by its author or stands in the register of officers."""

    delegation: Delegation
    told: bool


@dataclass(frozen=True, slots=True)
class SignedOrder:
    """An order, the day its signature is judged on, and as what it was signed by what the register knows today."""

    symbol: str
    revision: int
    signed_by: str
    on: date
    signature: Signature


def powers_of(office: Office, matter_id: UUID, number: int | None = None, *, by: UUID) -> Sequence[Power]:
    """Every delegation that I9 asks about for a version (left out: the newest). Raises NotFound, NoSuchVersion."""
    with office.open() as books:
        seen(office, books, KIND, matter_id, by)
        version = versions.newest(books, matter_id) if number is None else versions.one(books, matter_id, number)
        if version is None:
            raise NoSuchVersion(number=0)
        told = [Power(given.delegation(), told=True) for given in read_terms(version.terms).delegations]
        return [*told, *(Power(one, told=False) for one in officers.delegations(books))]


def signatures_of(office: Office, matter_id: UUID, *, by: UUID) -> Sequence[SignedOrder]:
    """Every order of a proposal with its signature, judged on the day it was issued, or recorded if no source gives that day.

    Raises NotFound.
    """
    with office.open() as books:
        seen(office, books, KIND, matter_id, by)
        local = books.calendar().local_date
        found = []
        for row in proposal.orders(books, matter_id):
            on = row["issued_on"] or local(row["recorded_at"])
            found.append(
                SignedOrder(row["symbol"], row["revision"], row["signed_by"], on, signature_of(books, row["signed_by"], on))
            )
        return found
