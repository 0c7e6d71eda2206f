"""What committees advise on a proposal: kept apart from its stage, and compared with what the body then decided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar
from uuid import UUID, uuid4

from pydantic import Field

from actions.deciding import Body, person_of
from actions.deciding_acts import KIND, Deed
from actions.kernel.actor import Actor
from actions.kernel.kind import Payload
from actions.kernel.noting import write_down
from actions.kernel.step import NotYet
from actions.kinds.house import Citation, Day
from actions.kinds.proposal_plans import ADOPTING
from actions.looking import seen
from actions.office import Office
from policies.refusal import Refusal
from records import deciding_texts as records
from records import proposal, versions
from records.books import Books
from records.deciding_texts import AdviceRow
from records.matters import Matter
from states.deciding.advising import Advice, Verdict
from states.deciding.outline import outlined

PartKey = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._:-]{0,39}$")]
"""The key of a paragraph, or the id of an operation."""


class NoSuchPart(Refusal):
    """The newest version has no paragraph and no operation of this name."""

    code: ClassVar[str] = "no_such_part"
    status: ClassVar[int] = 422


class NewAdvice(Payload):
    """What a committee advises: on the whole, and `parts` where it differs for a paragraph or an operation."""

    body: Body
    on: Day
    verdict: Verdict
    parts: Annotated[dict[PartKey, Verdict], Field(max_length=5000)] = Field(default_factory=dict)
    document: Citation | None = None


@dataclass(frozen=True, slots=True)
class Advised:
    """An advice, and the operations on which the body decided otherwise; none while it has not decided."""

    row: AdviceRow
    differs: tuple[str, ...]


def advising(told: NewAdvice) -> Deed:
    """Take down what a committee advises on the newest version; it moves nothing. Raises NoSuchPart, NotYet, BeforeHistory."""

    def deed(books: Books, matter: Matter, actor: Actor) -> Matter:
        if told.on > books.today:
            raise NotYet(day=told.on, today=books.today)
        newest = versions.newest(books, matter.id)
        there: set[str] = set()
        if newest is not None:
            there = {one.key for text in newest.texts.values() for one in outlined(text)}
            there |= {one["id"] for one in newest.operations}
        unknown = sorted(told.parts.keys() - there)
        if unknown:
            raise NoSuchPart(part=unknown[0])
        row = AdviceRow(
            id=uuid4(),
            matter_id=matter.id,
            version=newest.number if newest is not None else None,
            body=told.body,
            on_day=told.on,
            verdict=told.verdict,
            parts={key: str(verdict) for key, verdict in told.parts.items()},
            document=told.document,
            recorded_at=books.now,
            by_person=person_of(actor),
        )
        records.advise(books, row)
        return write_down(books, matter, "advised", actor, {"verdict": row.verdict, "on": row.on_day, "parts": len(row.parts)})

    return deed


def advice_of(office: Office, matter_id: UUID, *, by: UUID) -> Sequence[Advised]:
    """All that committees advised, and where the body decided otherwise. Raises NotFound."""
    with office.open() as books:
        seen(office, books, KIND, matter_id, by)
        decided = _decided(books, matter_id)
        return [Advised(row, _advice(row).differs_from(decided)) for row in records.advice(books, matter_id)]


def _advice(row: AdviceRow) -> Advice:
    return Advice(row.body, row.on_day, Verdict(row.verdict), {key: Verdict(one) for key, one in row.parts.items()})


def _decided(books: Books, matter_id: UUID) -> Mapping[str, Verdict]:
    """What the body made of each operation; of none before it decided."""
    rows = [row for row in proposal.decisions(books, matter_id) if row["trigger"] in (*ADOPTING, "reject")]
    newest = versions.newest(books, matter_id)
    if not rows or newest is None:
        return {}
    ids = [one["id"] for one in newest.operations]
    last = rows[-1]
    adopted = () if last["trigger"] == "reject" else ids if last["operations"] is None else last["operations"]
    return {id: Verdict.ADOPT if id in adopted else Verdict.REJECT for id in ids}
