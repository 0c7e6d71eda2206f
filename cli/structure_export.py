"""`amparo structure export`: an organisation on a day in the formats of others."""

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from cli.key_dialogue import FileUnusable
from cli.structure_files import FORMATS, Asked, asking, case_of, day_of, shown_by
from structure.exchange.mermaid import draw_flow, draw_tree
from structure.exchange.tables import write_csv
from structure.organisation import Organisation
from structure.responsible import heirs_in

TO_SCREEN = Path("-")


class Format(StrEnum):
    """What an organisation can be written as."""

    TURTLE = "turtle"
    CSV = "csv"
    MERMAID = "mermaid"


def export(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A case (.yaml, .json), a .ttl, a .csv or a folder of tables.")],
    format: Annotated[
        Format, typer.Option("--format", help="The W3C Organization Ontology, tables, or a drawing.")
    ] = Format.TURTLE,
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="D", help="Left out: after the last change.")] = None,
    on: Annotated[str | None, typer.Option("--on", metavar="D", help="The day of effect, where the file gives none.")] = None,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="A folder for the files; - is the screen.")] = TO_SCREEN,
    pack: Annotated[str, typer.Option("--pack", metavar="P", help="Whose rules.")] = "oas",
    lang: Annotated[str | None, typer.Option("--lang", metavar="L", help="en, es, pt or fr.")] = None,
) -> None:
    """Write the organisation as a case's operations leave it on a day. Who holds a post is never written."""
    with asking(lang, pack, as_json=False) as asked:
        org, flow = _organisation(file, asked, as_of, on)
        files = _written(format, org, flow)
        if out != TO_SCREEN:
            _keep(files, out)
    if out == TO_SCREEN:
        print("\n".join(text if len(files) == 1 else f"# {name}\n{text}" for name, text in files.items()), end="")
        return
    for name in files:
        print(out / name)


def _keep(files: dict[str, str], folder: Path) -> None:
    """Write new files; one that is there is never overwritten. Raises FileUnusable."""
    for name, text in files.items():
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with (folder / name).open("x", encoding="utf-8", newline="") as file:
                file.write(text)
        except OSError:
            raise FileUnusable(file=str(folder / name)) from None


def _organisation(file: Path, asked: Asked, as_of: str | None, on: str | None) -> tuple[Organisation, str]:
    """The organisation to write, and where functions went from the one before a case, drawn; empty: the file is no case."""
    day = day_of("--as-of", as_of)
    if file.suffix.lower() not in FORMATS:
        return shown_by(file, asked), ""
    made = case_of(file, asked, on).attempt()
    org = made.timeline.end if day is None else made.timeline.at(day)
    return org, draw_flow(made.timeline.start, org, heirs_in(made.done), day or date.max)


def _written(format: Format, org: Organisation, flow: str) -> dict[str, str]:
    match format:
        case Format.TURTLE:
            from structure.exchange.turtle import write_turtle  # rdflib takes a third of a second to load

            return {"structure.ttl": write_turtle(org)}
        case Format.CSV:
            return write_csv(org)
        case Format.MERMAID:
            return {"tree.mmd": draw_tree(org), **({"flow.mmd": flow} if flow else {})}
