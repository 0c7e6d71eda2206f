"""`amparo structure simulate` and `compare`: the house on every date of a case, and its plan against what a report shows."""

from collections import Counter
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.structure_files import Asked, asking, case_of, day_of, print_json
from policies.said import Said
from structure.reconciling import Reconciled, expected_units, reconcile
from structure.rule import Severity
from structure.simulation import Snapshot, simulate

File = Annotated[Path, typer.Argument(metavar="FILE", help="A case (.yaml, .json).")]
On = Annotated[str | None, typer.Option("--on", metavar="D", help="The day of effect, where the file gives none.")]
PackCode = Annotated[str, typer.Option("--pack", metavar="P", help="Whose rules.")]
Lang = Annotated[str | None, typer.Option("--lang", metavar="L", help="en, es, pt or fr.")]
AsJson = Annotated[bool, typer.Option("--json", help="For programs.")]


def simulate_file(
    file: File,
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="D", help="One day; left out: every date of the case.")] = None,
    on: On = None,
    pack: PackCode = "oas",
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Show what the house would be on each date of a case: units, posts, depth, faults. Nothing is decided by it."""
    with asking(lang, pack, as_json=as_json) as asked:
        case, day = case_of(file, asked, on), day_of("--as-of", as_of)
        made = simulate(case.before, (), case.planned, asked.rules, judged_by=case.case)
        shown = list(made) if day is None else [made.at(day)]
    if as_json:
        print_json({"dates": [_facts(one) for one in shown]})
        return
    for one in shown:
        print(_line(one, asked))


def compare_file(file: File, on: On = None, pack: PackCode = "oas", lang: Lang = None, as_json: AsJson = False) -> None:
    """Compare where a case leads with what later reports show (its `plan_vs_actual`). What a cut source hides is unknown."""
    with asking(lang, pack, as_json=as_json) as asked:
        case = case_of(file, asked, on)
        org = case.target if case.target is not None else case.attempt().timeline.end
        found = [(one.item, reconcile(expected_units(org, one.plan), one.actual)) for one in case.content.plan_vs_actual]
    if as_json:
        print_json({"comparisons": [{"item": item} | _compared(one) for item, one in found]})
        return
    if not found:
        print(asked.messages.say(Said("structure.nothing_to_compare")))
    for item, one in found:
        print(
            asked.messages.say(Said("structure.compared.agrees" if one.agrees else "structure.compared.differs", {"item": item}))
        )
        for what, names in _compared(one).items():
            if what != "agrees" and names:
                print(f"  {asked.messages.say(Said(f'structure.compared.{what}'))}: {', '.join(map(_named, names))}")


def _named(one: dict[str, str] | str) -> str:
    return one if isinstance(one, str) else f"{one['id']} ({one['shown']})"


def _compared(one: Reconciled) -> dict[str, Any]:
    return {
        "agrees": one.agrees,
        "matched": [{"id": thing.id, "shown": shown} for thing, shown in one.matched],
        "missing": [thing.id for thing in one.missing],
        "unknown": [thing.id for thing in one.unknown],
        "unplanned": list(one.unplanned),
        "unreadable": list(one.unreadable),
    }


def _facts(of: Snapshot) -> dict[str, Any]:
    return {
        "from": of.since,
        **_counted(of),
        "headcount": {fund: {"posts": one.posts, "holders": one.holders} for fund, one in of.headcount.items()},
        "spans": dict(of.spans),
        "functions_owned": dict(of.functions),
    }


def _counted(of: Snapshot) -> dict[str, int]:
    found = Counter(one.severity for one in of.findings)
    return {
        "units": sum(1 for unit in of.org.units.values() if unit.is_live),
        "functions": sum(1 for function in of.org.functions.values() if function.live),
        "posts": sum(1 for post in of.org.posts.values() if post.live),
        "depth": of.depth,
        "blocks": found[Severity.BLOCKS],
        "warns": found[Severity.WARNS],
    }


def _line(of: Snapshot, asked: Asked) -> str:
    return f"{of.since or '…'!s:<10}  {asked.messages.say(Said('structure.simulated', _counted(of)))}"
