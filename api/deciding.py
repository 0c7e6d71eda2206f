"""How a body decides on a proposal, at the council's door: votes, consensus, silence, statements, and what a text waits for."""

from dataclasses import dataclass
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Query, Response

from actions import deciding_agreements as agreements
from actions import deciding_looking as looks
from actions import deciding_votes as votes
from actions.days import Day
from actions.deciding import Consensus, NoSuchDeciding, Stated
from actions.deciding_acts import KIND, Deed, act_on, allowed
from actions.deciding_questions import id_before
from actions.office import Office
from actions.replays import Repeatable
from actions.sessions import SignedIn
from api import deciding_shapes as shapes
from api import deciding_telling as tells
from api import shapes as matters
from api import telling
from api.asking import OfficeDep, PersonDep
from api.bodies import reads
from api.contract import needs
from api.kinds_routes import IdDep, VersionDep, WordsDep, visible
from api.repeating import RepeatDep
from api.words import Words
from policies.decisions import Act
from policies.decisions import Name as Named

router = APIRouter(prefix="/v1/proposals/{id}", tags=["deciding"])
VisibleDep = Annotated[UUID, Depends(visible(KIND))]


@dataclass(frozen=True, slots=True)
class Doing:
    """A change under way: who asks for which proposal, as seen in which version, and the answer that is being made."""

    act: Act
    response: Response
    office: Office
    person: SignedIn
    words: Words
    about: UUID
    version: int | None
    repeat: Repeatable | None

    def do(self, deed: Deed, *, opens: bool = False) -> matters.Summary:
        """Do it once. `opens`: it puts something to the body, whose address is told."""
        changed = act_on(
            self.office, self.about, self.act, deed, by=self.person.person, version=self.version, request=self.repeat
        )
        self.response.headers["ETag"] = f'"{changed.version}"'
        if opens:
            self.response.headers["Location"] = f"/v1/proposals/{self.about}/decidings/{id_before(changed)}"
        return telling.summary(changed, self.words)


def doing(act: Act) -> Any:
    """A dependency for changes by this act. The proposal and the person are judged before the body is read."""

    def may(office: OfficeDep, person: PersonDep, about: VisibleDep) -> UUID:
        allowed(office, act, by=person.person)
        return about

    def made(
        response: Response,
        office: OfficeDep,
        person: PersonDep,
        words: WordsDep,
        about: Annotated[UUID, Depends(may)],
        version: VersionDep,
        repeat: RepeatDep,
    ) -> Doing:
        return Doing(act, response, office, person, words, about, version, repeat)

    return Depends(made)


def _deciding_id(deciding: Annotated[str, Path(json_schema_extra={"format": "uuid"})]) -> UUID:
    try:
        return UUID(deciding)
    except ValueError:
        raise NoSuchDeciding() from None


DecideDep = Annotated[Doing, doing("decide")]
DecidingDep = Annotated[UUID, Depends(_deciding_id)]


def _decides(body: Any) -> dict[str, Any]:
    return needs("deciding.decide", 404, 409, 412, body=body)


def _as_sheet(declared: dict[str, Any]) -> dict[str, Any]:
    """What a route declares, and that the sheet is also there as plain text."""
    content = {"text/plain": {"schema": {"type": "string"}}}
    return declared | {"responses": declared["responses"] | {200: {"description": "The result sheet", "content": content}}}


@router.get("/decidings", **needs("proposal.read", 404))
def list_decidings(office: OfficeDep, person: PersonDep, words: WordsDep, about: IdDep) -> shapes.Questions:
    """Every time the proposal was put to a body, the first one first, and what came of it."""
    found = looks.questions(office, about, by=person.person)
    return shapes.Questions(decidings=[tells.line(one, words) for one in found])


@router.get("/decidings/{deciding}", response_model=shapes.Sheet, **_as_sheet(needs("proposal.read", 404, 422)))
def show_deciding(
    office: OfficeDep,
    person: PersonDep,
    words: WordsDep,
    about: IdDep,
    deciding: DecidingDep,
    form: Annotated[Literal["json", "text"], Query(description="text: the result sheet as it is read out.")] = "json",
) -> Any:
    """The result sheet: who answered what, the numbers, what they were counted by, and the statements."""
    found = looks.question(office, about, deciding, by=person.person)
    if form == "text":
        return Response(tells.as_text(found, words), media_type="text/plain")
    return tells.sheet(found, words)


@router.get("/waits", **needs("proposal.read", 404, 422))
def show_waits(
    office: OfficeDep,
    person: PersonDep,
    words: WordsDep,
    about: IdDep,
    kind: Annotated[Named | None, Query(description="The kind of text; left out: as the proposal was told to be.")] = None,
    session: Annotated[Day | None, Query(description="The first day of the session, for waits counted back from it.")] = None,
) -> shapes.Waits:
    """Whether the newest version may be admitted, discussed and voted on now, from when on, and why."""
    return tells.waits(looks.waits(office, about, kind=kind, session=session, by=person.person), words)


@router.post("/votes", status_code=201, **_decides(votes.NewVote))
def open_vote(doing: DecideDep, told: Annotated[votes.NewVote, Depends(reads(votes.NewVote))]) -> matters.Summary:
    """Open a vote by a rule of the pack; who may vote is fixed now. Its address is in `Location`."""
    return doing.do(votes.opening(told), opens=True)


@router.post("/decidings/{deciding}/answers", **_decides(votes.Answers))
def take_answers(
    doing: DecideDep, deciding: DecidingDep, told: Annotated[votes.Answers, Depends(reads(votes.Answers))]
) -> matters.Summary:
    """Take down answers to the roll call: all of them, or none if one cannot be."""
    return doing.do(votes.answering(deciding, told))


@router.post("/decidings/{deciding}/papers", **_decides(votes.HandedIn))
def take_papers(
    doing: DecideDep, deciding: DecidingDep, told: Annotated[votes.HandedIn, Depends(reads(votes.HandedIn))]
) -> matters.Summary:
    """Take down which states handed in a paper. What papers say comes as numbers when the vote closes."""
    return doing.do(votes.handing_in(deciding, told))


@router.post("/decidings/{deciding}/close", **_decides(votes.Closing))
def close_vote(
    doing: DecideDep, deciding: DecidingDep, told: Annotated[votes.Closing, Depends(reads(votes.Closing))]
) -> matters.Summary:
    """Close the vote and count it."""
    return doing.do(votes.closing(deciding, told))


@router.post("/decidings/{deciding}/void", **_decides(votes.Voiding))
def void_deciding(
    doing: DecideDep, deciding: DecidingDep, told: Annotated[votes.Voiding, Depends(reads(votes.Voiding))]
) -> matters.Summary:
    """Declare that an open vote or silence does not count, and why. It stays on record."""
    return doing.do(votes.voiding(deciding, told))


@router.post("/consensus", status_code=201, **_decides(Consensus))
def agree(doing: DecideDep, told: Annotated[Consensus, Depends(reads(Consensus))]) -> matters.Summary:
    """No objection, so decided: one act, with the statements. With an objection nothing is decided, and that is kept."""
    return doing.do(agreements.agreeing(told), opens=True)


@router.post("/silences", status_code=201, **_decides(agreements.NewSilence))
def put_under_silence(
    doing: DecideDep, told: Annotated[agreements.NewSilence, Depends(reads(agreements.NewSilence))]
) -> matters.Summary:
    """Put the newest version under silence: it stands if nobody objects before the hour."""
    return doing.do(agreements.silencing(told), opens=True)


@router.post("/decidings/{deciding}/objections", **_decides(agreements.Objection))
def break_silence(
    doing: DecideDep, deciding: DecidingDep, told: Annotated[agreements.Objection, Depends(reads(agreements.Objection))]
) -> matters.Summary:
    """A state breaks the silence."""
    return doing.do(agreements.objecting(deciding, told))


@router.post("/decidings/{deciding}/statements", status_code=201, **_decides(Stated))
def take_statement(doing: DecideDep, deciding: DecidingDep, told: Annotated[Stated, Depends(reads(Stated))]) -> matters.Summary:
    """Take down a reservation, a footnote or an explanation of vote, tied to a paragraph and a state."""
    return doing.do(agreements.stating(deciding, told))
