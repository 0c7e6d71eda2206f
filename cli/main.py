"""The `amparo` command. Each subcommand stands in a file of its own; heavy libraries are loaded by those that need them."""

import typer

from cli import clock, closure, demo, due, init_house, keys, ledger, people, policy, procedures, serve, status, up

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
app.command("status")(status.status)
app.command("revive")(status.revive)
app.command("init")(init_house.init)
app.command("clock")(clock.clock)
app.command("closure")(closure.closure)
app.command("serve", hidden=True)(serve.serve)
app.command("worker", hidden=True)(serve.worker)
app.add_typer(procedures.app, name="procedures")
app.add_typer(policy.app, name="policy")
app.add_typer(people.app, name="people")
app.add_typer(keys.app, name="keys")
app.add_typer(ledger.app, name="ledger")


def run() -> None:
    """Run the command line. Exit codes: 0 done, 1 found something or could not, 2 the call was wrong."""
    app()


if __name__ == "__main__":
    run()
