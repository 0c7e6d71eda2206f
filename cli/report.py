"""`amparo report`: make one and look at it, attack what was published, check a copy, list what there is, mend one."""

import typer

from cli import report_attack, report_correct, report_list, report_make, report_verify

app = typer.Typer(help="Reports, and the proof that nobody can be found in them.", no_args_is_help=True)
app.command()(report_make.make)
app.command()(report_attack.attack)
app.command()(report_verify.verify)
app.command("list")(report_list.list_all)
app.command()(report_correct.correct)
app.command()(report_correct.redraft)
app.command()(report_correct.withdraw)
