"""`amparo structure`: a restructuring in a file, checked, compared, ordered, drawn, merged. Only `load` needs an installation."""

import sys
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from cli.structure_export import export
from cli.structure_files import asking, case_of, day_of, print_json, shown_by
from cli.structure_load import load_file
from cli.structure_merge import merge_files
from cli.structure_telling import (
    counts,
    difference_facts,
    difference_line,
    finding_facts,
    planned_facts,
    planned_line,
    print_findings,
    questions,
    refused_facts,
    refused_said,
)
from cli.structure_tree import tree, tree_facts
from cli.structure_what_if import compare_file, simulate_file
from policies.said import Said
from structure.diff import diff
from structure.judging import judge, judge_organisation
from structure.matching import match
from structure.renaming import under_known_ids
from structure.rule import Severity

app = typer.Typer(no_args_is_help=True, help="A restructuring in a file: what is wrong with it, what it changes, in which order.")

app.command("export")(export)
app.command("merge")(merge_files)
app.command("load")(load_file)
app.command("simulate")(simulate_file)
app.command("compare")(compare_file)

File = Annotated[
    Path, typer.Argument(metavar="FILE", help="A case (.yaml, .json); where it says so also .ttl, .csv or a folder.")
]
On = Annotated[str | None, typer.Option("--on", metavar="D", help="The day of effect, where the file gives none.")]
PackCode = Annotated[str, typer.Option("--pack", metavar="P", help="Whose rules.")]
Lang = Annotated[str | None, typer.Option("--lang", metavar="L", help="en, es, pt or fr.")]
AsJson = Annotated[bool, typer.Option("--json", help="For programs.")]


@app.command()
def check(file: File, on: On = None, pack: PackCode = "oas", lang: Lang = None, as_json: AsJson = False) -> None:
    """Ask every rule about a case, or about an organisation (.ttl, .csv). Exit 1: something blocks."""
    with asking(lang, pack, as_json=as_json) as asked:
        if file.suffix.lower() in {".ttl", ".csv"} or file.is_dir():
            findings = judge_organisation(shown_by(file, asked), asked.rules)
        else:
            findings = judge(case_of(file, asked, on), asked.rules).findings
    if as_json:
        print_json({"findings": [finding_facts(finding, asked) for finding in findings], "counts": counts(findings)})
    else:
        print_findings(findings, asked)
    sys.exit(1 if any(finding.severity is Severity.BLOCKS for finding in findings) else 0)


@app.command("diff")
def compare(
    file: File,
    other: Annotated[Path | None, typer.Argument(metavar="[OTHER]", help="Left out: the case's own before and after.")] = None,
    by_name: Annotated[
        bool, typer.Option("--by-name", help="The other file has other ids: match by name, ask if unsure.")
    ] = False,
    on: On = None,
    pack: PackCode = "oas",
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Say what differs between before and after, or between two files (.yaml, .json, .ttl, .csv)."""
    with asking(lang, pack, as_json=as_json) as asked:
        if other is None:
            case = case_of(file, asked, on)
            before, after = case.before, case.target if case.target is not None else case.attempt().timeline.end
        else:
            before, after = shown_by(file, asked, on), shown_by(other, asked, on)
        matching = match(before, after) if by_name else None
        if matching is not None:
            after = under_known_ids(before, after, matching)
        found = diff(before, after)
    if as_json:
        kinds = Counter(difference.field for difference in found)
        facts = {"differences": [difference_facts(one) for one in found], "counts": dict(sorted(kinds.items()))}
        print_json(facts | ({"questions": questions(matching)} if matching is not None else {}))
        return
    for one in found:
        print(difference_line(one, asked))
    for question in matching.questions if matching is not None else ():
        params = {"thing": question.subject.id, "candidates": ", ".join(question.candidates)}
        print(asked.messages.say(Said(f"structure.asks.{question.why.value}", params)))
    print(asked.messages.say(Said("structure.differences", {"count": len(found)})))


@app.command()
def plan(file: File, on: On = None, pack: PackCode = "oas", lang: Lang = None, as_json: AsJson = False) -> None:
    """List the operations in the order they are done, date by date, and those that cannot be done. Exit 1 if there are any."""
    with asking(lang, pack, as_json=as_json) as asked:
        made = case_of(file, asked, on).attempt()
    if as_json:
        operations = [planned_facts(planned) for planned in made.done]
        print_json({"operations": operations, "refused": [refused_facts(refused, asked) for refused in made.refused]})
    else:
        for planned in made.done:
            print(planned_line(planned, asked))
        for refused in made.refused:
            print(asked.messages.say(refused_said(refused)))
        print(asked.messages.say(Said("structure.planned", {"done": len(made.done), "refused": len(made.refused)})))
    sys.exit(1 if made.refused else 0)


@app.command()
def show(
    file: File,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="D", help="On which day; left out: after the last change.")
    ] = None,
    on: On = None,
    pack: PackCode = "oas",
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Draw the units with their functions, as the operations of a case leave them on a day, or as an export shows them."""
    with asking(lang, pack, as_json=as_json) as asked:
        day = day_of("--as-of", as_of)
        if file.suffix.lower() in {".ttl", ".csv"} or file.is_dir():
            org = shown_by(file, asked)
        else:
            timeline = case_of(file, asked, on).attempt().timeline
            org = timeline.end if day is None else timeline.at(day)
    if as_json:
        print_json({"as_of": day, **tree_facts(org)})
        return
    for line in list(tree(org, asked.messages)) or [asked.messages.say(Said("structure.nothing_stands"))]:
        print(line)
