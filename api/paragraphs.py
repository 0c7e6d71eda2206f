"""The register of operative paragraphs at the council's door: texts, what people decide of them, and the yearly table."""

from typing import Annotated, Any, Final, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Query, Response

from actions import paragraphs as acts
from actions import paragraphs_deciding as deciding
from actions.paragraphs_looking import show_text
from actions.paragraphs_mandates import NewMandate, make_mandate, may_make
from actions.paragraphs_owed import obligations
from actions.paragraphs_ranking import ranking
from api import paragraphs_shapes as shapes
from api import paragraphs_telling as telling
from api.asking import OfficeDep, PersonDep
from api.bodies import reads
from api.contract import needs
from api.kinds_routes import VersionDep, WordsDep
from api.paragraphs_csv import write_obligations
from api.repeating import RepeatDep
from policies.mandates import RegisterAct
from states.calendars import FIRST_YEAR, LAST_YEAR

router = APIRouter(tags=["register"])
CSV: Final = "text/csv"
_NO_NUL: Final = r"^[^\x00]*$"
Symbol = Annotated[str | None, Query(max_length=80, pattern=_NO_NUL, description="The `after` of the page before.")]
Body = Annotated[str | None, Query(max_length=80, pattern=_NO_NUL, description="Of texts that this body adopted.")]
Addressee = Annotated[str | None, Query(max_length=80, pattern=_NO_NUL, description="Of tasks given to this addressee.")]
Year = Annotated[int, Query(ge=FIRST_YEAR, le=LAST_YEAR)]


def text_id(id: Annotated[str, Path(json_schema_extra={"format": "uuid"})]) -> UUID:
    """The id in the path. One that cannot be an id is as unknown as any other."""
    try:
        return UUID(id)
    except ValueError:
        raise acts.NoSuchText() from None


def place_asked(place: Annotated[str, Path(json_schema_extra={"type": "integer", "minimum": 1})]) -> int:
    """The place of a paragraph in its text, from 1. One that cannot be a place is as unknown as any other."""
    return int(place) if place.isascii() and place.isdigit() and len(place) < 6 else 0


TextDep = Annotated[UUID, Depends(text_id)]
PlaceDep = Annotated[int, Depends(place_asked)]


def _may_register(office: OfficeDep, person: PersonDep) -> None:
    acts.allowed(office, "register", by=person.person)


def _may(act: RegisterAct) -> Any:
    """A dependency that gives the text's id to whoever may do this with it. Raises NotAllowed, NoSuchText."""

    def judged(office: OfficeDep, person: PersonDep, about: TextDep) -> UUID:
        acts.allowed(office, act, about, by=person.person)
        return about

    return Depends(judged)


def _may_make(office: OfficeDep, person: PersonDep, about: TextDep) -> UUID:
    may_make(office, about, by=person.person)
    return about


def _with_csv(declared: dict[str, Any]) -> dict[str, Any]:
    """What a route declares, and the file it may answer with."""
    file = {"description": "The table", "content": {CSV: {"schema": {"type": "string"}}}}
    return declared | {"responses": declared["responses"] | {200: file}}


@router.get("/v1/texts", **needs("register.read", 404, 422))
def list_texts(
    office: OfficeDep,
    person: PersonDep,
    body: Body = None,
    year: Annotated[int | None, Query(ge=FIRST_YEAR, le=LAST_YEAR, description="Adopted in this year.")] = None,
    after: Symbol = None,
    limit: Annotated[int, Query(ge=1, le=acts.MOST)] = 100,
) -> shapes.RegisterTexts:
    """The texts that stand in the register, by symbol."""
    wanted = acts.Wanted(body=body, year=year, after=after)
    return telling.texts(*acts.list_texts(office, wanted, by=person.person, most=limit))


@router.post("/v1/texts", status_code=201, **needs("register.register", 404, 409, body=acts.NewText))
def register_text(
    response: Response,
    office: OfficeDep,
    person: PersonDep,
    words: WordsDep,
    _: Annotated[None, Depends(_may_register)],
    repeat: RepeatDep,
    told: Annotated[acts.NewText, Depends(reads(acts.NewText))],
) -> shapes.Acted:
    """Paste a text: its operative paragraphs are read and kept."""
    done = acts.register_text(office, told, by=person.person, request=repeat)
    response.headers["Location"] = f"/v1/texts/{done.text}"
    return _answered(done, response, words)


@router.get("/v1/texts/{id}", **needs("register.read", 404))
def show_one_text(
    response: Response, office: OfficeDep, person: PersonDep, words: WordsDep, about: TextDep
) -> shapes.RegisterTextDetail:
    """One text: its paragraphs, what is proposed of each beside all other texts, and what people decided."""
    shown = show_text(office, about, by=person.person)
    response.headers["ETag"] = f'"{shown.row.version}"'
    return telling.text(shown, words)


@router.post("/v1/texts/{id}/withdrawal", status_code=201, **needs("register.withdraw", 404, 409, 412, body=acts.TextWithdrawal))
def withdraw_text(
    response: Response,
    office: OfficeDep,
    person: PersonDep,
    words: WordsDep,
    about: Annotated[UUID, _may("withdraw")],
    version: VersionDep,
    repeat: RepeatDep,
    told: Annotated[acts.TextWithdrawal, Depends(reads(acts.TextWithdrawal))],
) -> shapes.Acted:
    """Take a text out of the register, which keeps it and why. Its symbol is free again."""
    done = acts.withdraw_text(office, about, told, by=person.person, version=version, request=repeat)
    return _answered(done, response, words)


@router.post(
    "/v1/texts/{id}/paragraphs/{place}/decisions",
    status_code=201,
    **needs("register.decide", 404, 409, 412, body=deciding.NewDecision),
)
def decide_paragraph(
    response: Response,
    office: OfficeDep,
    person: PersonDep,
    words: WordsDep,
    about: Annotated[UUID, _may("decide")],
    place: PlaceDep,
    version: VersionDep,
    repeat: RepeatDep,
    told: Annotated[deciding.NewDecision, Depends(reads(deciding.NewDecision))],
) -> shapes.Acted:
    """Decide what a paragraph is: its status, its category, why, and by which document."""
    done = deciding.decide(office, about, place, told, by=person.person, version=version, request=repeat)
    return _answered(done, response, words)


@router.post(
    "/v1/texts/{id}/paragraphs/{place}/weights",
    status_code=201,
    **needs("register.weigh", 404, 409, 412, body=deciding.NewWeight),
)
def weigh_paragraph(
    response: Response,
    office: OfficeDep,
    person: PersonDep,
    words: WordsDep,
    about: Annotated[UUID, _may("weigh")],
    place: PlaceDep,
    version: VersionDep,
    repeat: RepeatDep,
    told: Annotated[deciding.NewWeight, Depends(reads(deciding.NewWeight))],
) -> shapes.Acted:
    """Say what a paragraph weighs, criterion by criterion. The newest telling counts."""
    done = deciding.tell_weight(office, about, place, told, by=person.person, version=version, request=repeat)
    return _answered(done, response, words)


@router.post(
    "/v1/texts/{id}/paragraphs/{place}/channels",
    status_code=201,
    **needs("register.channel", 404, 409, 412, body=deciding.NewChannel),
)
def give_paragraph(
    response: Response,
    office: OfficeDep,
    person: PersonDep,
    words: WordsDep,
    about: Annotated[UUID, _may("channel")],
    place: PlaceDep,
    version: VersionDep,
    repeat: RepeatDep,
    told: Annotated[deciding.NewChannel, Depends(reads(deciding.NewChannel))],
) -> shapes.Acted:
    """Give a paragraph to a committee, or from one to another. The trail stays."""
    done = deciding.give_to(office, about, place, told, by=person.person, version=version, request=repeat)
    return _answered(done, response, words)


@router.post(
    "/v1/texts/{id}/paragraphs/{place}/mandate", status_code=201, **needs("mandate.open", 404, 409, 412, body=NewMandate)
)
def make_one_mandate(
    response: Response,
    office: OfficeDep,
    person: PersonDep,
    words: WordsDep,
    about: Annotated[UUID, Depends(_may_make)],
    place: PlaceDep,
    version: VersionDep,
    repeat: RepeatDep,
    told: Annotated[NewMandate, Depends(reads(NewMandate))],
) -> shapes.Acted:
    """Open the mandate that a paragraph gives: tied to its words, its due day on a clock."""
    done = make_mandate(office, about, place, told, by=person.person, version=version, request=repeat)
    response.headers["Location"] = f"/v1/mandates/{done.mandate}"
    return _answered(done, response, words)


@router.get("/v1/obligations", response_model=shapes.Obligations, **_with_csv(needs("register.read", 404, 422)))
def list_obligations(
    office: OfficeDep,
    person: PersonDep,
    words: WordsDep,
    year: Year,
    body: Body = None,
    addressee: Addressee = None,
    form: Annotated[Literal["json", "csv"], Query()] = "json",
) -> shapes.Obligations | Response:
    """The yearly table: who owes what by when; apart, what no year is said for, and what people set aside."""
    table = obligations(office, year, by=person.person, body=body, addressee=addressee)
    if form == "csv":
        name = f'attachment; filename="obligations-{year}.csv"'
        return Response(write_obligations(table, words), media_type=CSV, headers={"Content-Disposition": name})
    return telling.obligations(table)


@router.get("/v1/ranking", **needs("register.read", 404))
def show_ranking(office: OfficeDep, person: PersonDep, words: WordsDep) -> shapes.Ranking:
    """Every weighed paragraph by its score, with what was told, what it scores, and where the bands of the rules overlap."""
    return telling.ranking(ranking(office, by=person.person), words)


def _answered(done: acts.Done, response: Response, words: WordsDep) -> shapes.Acted:
    response.headers["ETag"] = f'"{done.version}"'
    return telling.acted(done, words)
