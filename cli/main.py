"""The `amparo` command. Each subcommand stands in a file of its own; heavy libraries are loaded by those that need them."""

import sys

import typer
from pydantic import ValidationError

from cli import (
    cite,
    clock,
    closure,
    decide,
    demo,
    due,
    init_house,
    keys,
    ledger,
    mandates,
    people,
    policy,
    procedures,
    report,
    retention,
    serve,
    status,
    structure,
    up,
)
from cli.refuse import refuse, variable
from cli.supervise.troubles import SettingUnreadable
from settings import Settings
from web.messages import DEFAULT

app = typer.Typer(
    name="amparo",
    help="The workflow engine of an international secretariat.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("up")(up.up)
app.command("demo")(demo.demo)
app.command("due")(due.due)
app.command("cite")(cite.cite)
app.command("decide")(decide.count)
app.command("status")(status.status)
app.command("revive")(status.revive)
app.command("init")(init_house.init)
app.command("clock")(clock.clock)
app.command("closure")(closure.closure)
app.command("serve", hidden=True)(serve.serve)
app.command("worker", hidden=True)(serve.worker)
app.add_typer(procedures.app, name="procedures")
app.add_typer(policy.app, name="policy")
app.add_typer(structure.app, name="structure")
app.add_typer(mandates.app, name="mandates")
app.add_typer(people.app, name="people")
app.add_typer(keys.app, name="keys")
app.add_typer(ledger.app, name="ledger")
app.add_typer(retention.app, name="retention")
app.add_typer(report.app, name="report")


def run() -> None:
    """Run the command line. Exit codes: 0 done, 1 found something or could not, 2 the call was wrong."""
    try:
        app()
    except ValidationError as wrong:
        if wrong.title != Settings.__name__:
            raise
        # the language is a setting, too
        sys.exit(refuse(SettingUnreadable(setting=variable(wrong)), DEFAULT))


if __name__ == "__main__":
    run()
