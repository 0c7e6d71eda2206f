"""`amparo structure load`: the structure that a house has enters its record, once, however large it is.

The council's door does the same for what fits into a request.
"""

import sys
from pathlib import Path
from typing import Annotated, ClassVar, TypeVar

import typer
from pydantic import BaseModel, ValidationError

from cli.structure_files import FORMATS, Asked, asking, case_of, day_of, print_json, shown_by
from policies.refusal import Refusal
from policies.said import Fact, Said
from structure.creations import creations
from structure.operation import Operation
from structure.organisation import Organisation

Loaded = TypeVar("Loaded", bound=BaseModel)


class NotLoadable(Refusal):
    """A thing of the file cannot be registered: its id, name or type is not one that the record takes. Names it."""

    code: ClassVar[str] = "not_loadable"
    status: ClassVar[int] = 422


def load_file(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A case (.yaml, .json: its `before`), a .ttl, a .csv or a folder of tables.")
    ],
    who: Annotated[str, typer.Option("--as", metavar="NAME", help="Whose act it is: login or name.", show_default=False)],
    as_of: Annotated[str, typer.Option("--as-of", metavar="D", help="From when it stands.", show_default=False)],
    source: Annotated[str, typer.Option("--source", metavar="TEXT", help="Where it is written.", show_default=False)],
    data: Annotated[Path | None, typer.Option("--data", metavar="DIR", help="Folder that holds the installation.")] = None,
    on: Annotated[str | None, typer.Option("--on", metavar="D", help="The day of effect, where a case gives none.")] = None,
    pack: Annotated[str, typer.Option("--pack", metavar="P", help="Whose rules.")] = "oas",
    lang: Annotated[str | None, typer.Option("--lang", metavar="L", help="en, es, pt or fr.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Register the structure the house has, in force from a day. What changes it later is a proposal."""
    # here, not above: SQLAlchemy takes a second to load, which every other command would pay
    from actions.people import person_called
    from actions.structure import MOST_LOADED, Load, TooMuchToLoad, load
    from cli.installation import offices

    with asking(lang, pack, as_json=as_json) as asked:
        day = day_of("--as-of", as_of)
        org = case_of(file, asked, on).before if file.suffix.lower() in FORMATS else shown_by(file, asked)
        _tell(asked, "structure.load.read", units=len(org.units), functions=len(org.functions), posts=len(org.posts))
        operations = _operations(org)
        if len(operations) > MOST_LOADED:
            raise TooMuchToLoad(operations=len(operations), most=MOST_LOADED)
        with offices(data, "owner") as opened:
            house = opened["house"]
            told = _told(Load, as_of=day, source=source, operations=operations)
            by = person_called(house, who)
            _tell(asked, "structure.load.writing", operations=len(operations))
            done = load(house, told, by=by)
    if as_json:
        print_json({"registration": done.registration, "operations": done.operations, "as_of": day})
    else:
        print(asked.messages.say(Said("structure.load.done", {"registration": done.registration, "day": told.as_of})))


def _told(shape: type[Loaded], **told: object) -> Loaded:
    try:
        return shape.model_validate(told)
    except ValidationError as wrong:
        option = {"as_of": "--as-of", "source": "--source"}.get(str(wrong.errors(include_input=False)[0]["loc"][0]), "FILE")
        raise typer.BadParameter("this cannot be registered", param_hint=option) from None


def _tell(asked: Asked, key: str, **facts: Fact) -> None:
    """How far it is, beside the answer: for people only, and never in the answer of a program."""
    print(asked.messages.say(Said(key, facts)), file=sys.stderr, flush=True)


def _operations(org: Organisation) -> tuple[Operation, ...]:
    """What makes an organisation. Raises NotLoadable."""
    try:
        return creations(org)
    except ValidationError:
        pass
    alone = [(id, Organisation.of([one])) for id, one in org.units.items()]
    alone += [(id, Organisation.of([], [one])) for id, one in org.functions.items()]
    alone += [(id, Organisation.of([], [], [one])) for id, one in org.posts.items()]
    for id, one in alone:
        try:
            creations(one)
        except ValidationError:
            raise NotLoadable(thing=id[:80]) from None
    raise NotLoadable(thing="-")
