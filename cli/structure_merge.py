"""`amparo structure merge`: two proposals on one structure, brought together; where they differ, a person decides."""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.structure_files import Asked, asking, case_of, print_json
from cli.structure_telling import finding_facts, planned_facts, planned_line
from policies.said import Said
from structure.merging import Choice, Conflict, Merged, decided, merge
from structure.merging.conflicts import Side


def merge_files(
    base: Annotated[Path, typer.Argument(metavar="BASE", help="The case whose `before` both began from.")],
    ours: Annotated[Path, typer.Argument(metavar="OURS", help="One case.")],
    theirs: Annotated[Path, typer.Argument(metavar="THEIRS", help="The other.")],
    choose: Annotated[
        list[str] | None, typer.Option("--choose", metavar="CONFLICT=ours|theirs|both", help="A person's decision; repeat.")
    ] = None,
    on: Annotated[str | None, typer.Option("--on", metavar="D", help="The day of effect, where a file gives none.")] = None,
    pack: Annotated[str, typer.Option("--pack", metavar="P", help="Whose rules.")] = "oas",
    lang: Annotated[str | None, typer.Option("--lang", metavar="L", help="en, es, pt or fr.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Merge two cases. Nobody wins by time: what both want differently waits for a choice. Exit 1 if anything is open."""
    with asking(lang, pack, as_json=as_json) as asked:
        choices = [_choice(text) for text in choose or ()]
        one, other = case_of(ours, asked, on).planned, case_of(theirs, asked, on).planned
        merged = decided(merge(case_of(base, asked, on).before, one, other, asked.rules), choices)
    if as_json:
        print_json(_facts(merged, asked))
    else:
        _print(merged, asked)
    sys.exit(0 if merged.is_whole else 1)


def _choice(text: str) -> tuple[str, Choice]:
    """A conflict's id and what was chosen. Ids hold `:` but no `=`."""
    conflict, _, choice = text.rpartition("=")
    if choice not in set(Choice) or not conflict:
        raise typer.BadParameter("write it as CONFLICT=ours, =theirs or =both", param_hint="--choose")
    return conflict, Choice(choice)


def _facts(merged: Merged, asked: Asked) -> dict[str, Any]:
    return {
        "operations": [planned_facts(planned) for planned in merged.planned],
        "conflicts": [_conflict_facts(conflict, asked) for conflict in merged.conflicts],
        "findings": [finding_facts(finding, asked) for finding in merged.findings],
        "waiting": [planned_facts(planned) for planned in merged.waiting],
    }


def _conflict_facts(conflict: Conflict, asked: Asked) -> dict[str, Any]:
    return {
        "id": conflict.id,
        "kind": conflict.kind.value,
        "subject": conflict.subject.id,
        "detail": conflict.detail,
        "ours": _side(conflict.ours),
        "theirs": _side(conflict.theirs),
        "both": conflict.both,
        "message": asked.messages.say(conflict.message),
    }


def _side(side: Side) -> dict[str, Any]:
    return {"operations": [planned.id for planned in side.operations], "from": side.since, "value": list(side.value)}


def _print(merged: Merged, asked: Asked) -> None:
    for planned in merged.planned:
        print(planned_line(planned, asked))
    for conflict in merged.conflicts:
        print(f"! {conflict.id}\n  {asked.messages.say(conflict.message)}")
    for finding in merged.findings:
        print(f"  {finding.rule:<4} {finding.subject.id:<16} {asked.messages.say(finding.message)}")
    params = {"operations": len(merged.planned), "conflicts": len(merged.conflicts), "waiting": len(merged.waiting)}
    print(asked.messages.say(Said("structure.merged", params)))
