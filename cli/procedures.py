"""`amparo procedures`: what procedures there are, one of them in full, drawn, and the check that proves them all."""

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Column, Table

from cli.refuse import refuse, spoken
from policies.pack import Pack, load_pack, pack_folder
from policies.periods import Period
from policies.refusal import Refusal
from policies.rules import ClockRule
from policies.said import Said
from states.check import Finding, Report, cross_check, model_check
from states.diagrams import diagram as draw
from states.mutants import Verdict, run
from states.procedures import PROCEDURES, UnknownProcedure, procedure
from states.table import Move, StateTable
from web.messages import Messages

app = typer.Typer(no_args_is_help=True, help="What can happen to a matter, and the proof that it is safe.")

Kind = Annotated[str, typer.Argument(metavar="K", help="A kind of matter; `list` shows them.")]
PackCode = Annotated[str, typer.Option("--pack", metavar="P", help="Whose rules.")]
Lang = Annotated[str | None, typer.Option("--lang", metavar="L", help="en, es, pt or fr.")]
AsJson = Annotated[bool, typer.Option("--json", help="For programs.")]


@app.command("list")
def list_all(pack: PackCode = "oas", lang: Lang = None, as_json: AsJson = False) -> None:
    """List the kinds of matter that this house carries."""
    with _refusing(lang, as_json=as_json) as messages:
        tables = _carried(load_pack(pack_folder(pack)))
    if as_json:
        _print_json([{"name": t.kind, "stages": t.states, "moves": t.triggers, "clocks": _clock_names(t)} for t in tables])
        return
    grid = _grid(messages, "", "kind", "stages", "moves", "clocks")
    for t in tables:
        counts = (len(t.stages), len(t.triggers), len(t.clocks))
        grid.add_row(t.kind, messages.say(Said(f"kind.{t.kind}")), *map(str, counts))
    Console().print(grid)


@app.command()
def show(kind: Kind, pack: PackCode = "oas", lang: Lang = None, as_json: AsJson = False) -> None:
    """Show one procedure: stages, moves and who may make them, clocks and their length."""
    with _refusing(lang, as_json=as_json) as messages:
        rules = load_pack(pack_folder(pack))
        table = _one(kind, rules)
    if as_json:
        _print_json(_as_facts(table, rules))
        return
    console = Console()
    console.print(_stages(table, messages), _moves(table, rules, messages), _clocks(table, rules, messages))


@app.command()
def diagram(kind: Kind, lang: Lang = None, as_json: AsJson = False) -> None:
    """Print one procedure as a Mermaid state diagram."""
    with _refusing(lang, as_json=as_json):
        drawn = draw(procedure(kind))
    if as_json:
        _print_json({"name": kind, "mermaid": drawn})
    else:
        print(drawn, end="")


@app.command()
def check(pack: PackCode = "oas", lang: Lang = None, as_json: AsJson = False) -> None:
    """Prove the procedures under a pack, then seed mistakes to prove the proof. Exit 1 on any finding or missed mistake."""
    with _refusing(lang, as_json=as_json) as messages:
        rules = load_pack(pack_folder(pack))
    tables = _carried(rules)
    joined = cross_check(rules, PROCEDURES)
    reports = [_with_policy(model_check(table, rules), joined, rules) for table in tables]
    of_kinds = [finding for report in reports for finding in report.findings]
    of_house = tuple(finding for finding in joined if finding not in of_kinds)
    # a mistake put where one is already would prove nothing
    verdict = Verdict(0, 0, ()) if of_kinds or of_house else run(rules, tables)
    if as_json:
        _print_json(_check_facts(reports, rules, of_house, verdict, messages))
    else:
        _print_check(reports, of_house, verdict, messages)
    sys.exit(1 if of_kinds or of_house or verdict.survivors else 0)


@contextmanager
def _refusing(lang: str | None, *, as_json: bool) -> Iterator[Messages]:
    """The language's messages; a refusal inside is said and ends the process with 2."""
    messages = spoken(lang, as_json=as_json)
    try:
        yield messages
    except Refusal as refusal:
        sys.exit(refuse(refusal, lang, as_json=as_json))


def _carried(rules: Pack) -> list[StateTable]:
    return [table for table in PROCEDURES if table.kind in rules.kinds]


def _one(kind: str, rules: Pack) -> StateTable:
    if kind not in rules.kinds:
        raise UnknownProcedure(kind=kind, procedures=", ".join(table.kind for table in _carried(rules)))
    return procedure(kind)


def _with_policy(report: Report, joined: Iterable[Finding], rules: Pack) -> Report:
    """The report with what is wrong between this table and its policy."""
    own = tuple(finding for finding in joined if finding.file == f"{rules.code}/{report.name}.toml")
    return Report(report.name, report.explored, (*own, *report.findings))


def _check_facts(
    reports: list[Report], rules: Pack, of_house: tuple[Finding, ...], verdict: Verdict, messages: Messages
) -> dict[str, object]:
    """What the check found. `pack` and `survivors` are there only when they have something to say."""
    mutants: dict[str, object] = {"seeded": verdict.seeded, "killed": verdict.killed}
    if verdict.survivors:
        mutants["survivors"] = verdict.survivors
    facts: dict[str, object] = {
        "procedures": [{"name": r.name, "explored": r.explored, "findings": _findings(r.findings, messages)} for r in reports],
        "mutants": mutants,
    }
    if of_house:
        facts["pack"] = {"name": rules.code, "findings": _findings(of_house, messages)}
    return facts


def _findings(findings: Iterable[Finding], messages: Messages) -> list[dict[str, str]]:
    return [{"rule": f.rule, "file": f.file, "key": f.key, "message": messages.say(f.said)} for f in findings]


def _print_check(reports: list[Report], of_house: tuple[Finding, ...], verdict: Verdict, messages: Messages) -> None:
    grid = _grid(messages, "kind", "explored", "findings")
    for report in reports:
        grid.add_row(messages.say(Said(f"kind.{report.name}")), str(report.explored), str(len(report.findings)))
    Console().print(grid)
    for finding in (*of_house, *(finding for report in reports for finding in report.findings)):
        print(messages.say(finding.said))
    counts = {"seeded": verdict.seeded, "killed": verdict.killed}
    print(messages.say(Said("procedures.mutants", counts) if verdict.seeded else Said("procedures.mutants_later")))
    for name in verdict.survivors:
        print(messages.say(Said("procedures.survivor", {"name": name})))


def _stages(table: StateTable, messages: Messages) -> Table:
    grid = _grid(messages, "stage", "waits_for")
    for stage in table.stages:
        waits = Said("procedures.final") if stage.final else Said(f"owner.{stage.owner}")
        grid.add_row(_named(f"state.{table.kind}", stage.name, messages), messages.say(waits))
    return grid


def _moves(table: StateTable, rules: Pack, messages: Messages) -> Table:
    grid = _grid(messages, "act", "from", "to", "still_needed", "who")
    rows: dict[tuple[str, str, str], list[Move]] = {}
    for move in table.moves:
        dest = "" if move.dest == move.source else str(move.dest)
        rows.setdefault((move.trigger, dest, _claims(move, messages)), []).append(move)
    for (trigger, dest, claims), moves in rows.items():
        name = _named(f"move.{table.kind}", trigger, messages)
        who = "\n".join(_who(grant, messages) for grant in rules.kinds[table.kind].access.get(trigger, ()))
        sources = "\n".join(move.source for move in moves)
        grid.add_row(name, sources, dest or messages.say(Said("procedures.stays")), claims, who)
    return grid


def _claims(move: Move, messages: Messages) -> str:
    return " ".join(messages.say(Said(f"claim.{guard.__name__}")) for guard in move.only_if)


def _who(grant: str, messages: Messages) -> str:
    role, _, relation = grant.partition(":")
    said = messages.say(Said(f"role.{role}"))
    return f"{said} ({messages.say(Said(f'relation.{relation}'))})" if relation in {"seat", "handler"} else said


def _clocks(table: StateTable, rules: Pack, messages: Messages) -> Table:
    grid = _grid(messages, "clock", "length", "by_itself", "ladder", "source")
    for clock in table.clocks:
        rule = rules.kinds[table.kind].clocks[clock.name]
        name = _named(f"clock.{table.kind}", clock.name, messages)
        grid.add_row(name, _length(rule, messages), clock.lapse or "", rule.ladder, rule.source)
    return grid


def _length(rule: ClockRule, messages: Messages) -> str:
    if isinstance(rule, Period):
        return messages.say(Said(f"due.length.{rule.unit}", {"count": rule.count}))
    return messages.say(Said("procedures.given"))


def _as_facts(table: StateTable, rules: Pack) -> dict[str, object]:
    policy = rules.kinds[table.kind]
    return {
        "name": table.kind,
        "initial": str(table.initial),
        "stages": [{"name": s.name, "owner": s.owner, "final": s.final} for s in table.stages],
        "moves": [
            {"trigger": m.trigger, "from": m.source, "to": m.dest, "only_if": [guard.__name__ for guard in m.only_if],
             "discloses": m.discloses, "who": policy.access.get(m.trigger, ())}
            for m in table.moves
        ],
        "clocks": [
            {"name": c.name, "stops_on": c.stops_on, "lapse": c.lapse, "repeats": c.repeats,
             **policy.clocks[c.name].model_dump(mode="json")}
            for c in table.clocks
        ],
        "pauses": [
            {"name": p.name, "starts_on": p.starts_on, "stops_on": p.stops_on, "holds": p.holds,
             **policy.pauses[p.name].model_dump(mode="json")}
            for p in table.pauses
        ],
    }  # fmt: skip


def _named(prefix: str, name: str, messages: Messages) -> str:
    """The name that programs use, and below it what people see."""
    return f"{name}\n[dim]{messages.say(Said(f'{prefix}.{name}'))}[/dim]"


def _clock_names(table: StateTable) -> list[str]:
    return [clock.name for clock in table.clocks]


def _grid(messages: Messages, *columns: str) -> Table:
    titles = (messages.say(Said(f"procedures.{name}")) if name else "" for name in columns)
    return Table(*(Column(title, overflow="fold") for title in titles), show_lines=True)


def _print_json(content: object) -> None:
    print(json.dumps(content, ensure_ascii=False, indent=2))
