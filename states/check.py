"""The model check: before anything runs by a pack, pack and tables are proved to fit, and the tables to be safe.

Factored, so that it takes well under a second: (a) each stage with the facts its guards read, through the real machine
(`check_moves`); (b) what time alone does (`check_time`); (c) each rung with small offices (`check_ladders`). Trying
everything at once would prove no more. What each rule means is its sentence `finding.<rule>`; `mutants.py` shows that
each check can fail.
"""

from collections.abc import Sequence

from policies.pack import Pack
from states.check_findings import Finding, Report
from states.check_ladders import climb
from states.check_moves import try_moves
from states.check_policy import house_findings, kind_findings
from states.check_shape import shape_findings
from states.check_time import walk_time
from states.ladders import Reach, addressee
from states.table import StateTable

__all__ = ["Finding", "Report", "cross_check", "model_check"]


def cross_check(pack: Pack, tables: Sequence[StateTable]) -> tuple[Finding, ...]:
    """Join a pack with the tables: names missing on either side, roles nobody can hold, ladders that do not end.

    Empty when the pack may be used. A table whose kind the house does not carry is not looked at.
    """
    findings = [*house_findings(pack, [table.kind for table in tables])]
    for table in tables:
        if table.kind in pack.kinds:
            findings += kind_findings(table, pack)
    return tuple(findings)


def model_check(table: StateTable, pack: Pack, reach: Reach = addressee) -> Report:
    """Prove one procedure under one pack. No findings: no dead end, no silence, no disclosure without consent.

    A table that is not well formed is only told so: nothing of it is run. `reach` is what the rungs of ladders do.
    """
    shape = tuple(shape_findings(table))
    if shape:
        return Report(table.kind, 0, shape)
    tried = try_moves(table)
    timed = walk_time(table, pack.kinds[table.kind], tried)
    climbed = climb(table.kind, pack, reach)
    explored = tried.explored + timed.explored + climbed.explored
    return Report(table.kind, explored, (*tried.findings, *timed.findings, *climbed.findings))
