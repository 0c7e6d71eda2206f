"""What `cli/reports_process.py` does (`draft ombuds MATTER`, `write`), each part timed; tells its numbers on standard output.

Started by `bench/whole_report.py`.
"""

import json
import sys
import time
from collections.abc import Callable, Sequence
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from cli.reports_process import main

PARTS: Final = {
    "draft": (
        ("counts", "actions.report_drafting", "ombuds_counts"),
        ("protection and attack", "actions.report_drafting", "draft_ombuds"),
        ("of which hiding", "reports.protection.protecting", "hide"),
        ("of which attack", "reports.protection.protecting", "attack"),
    ),
    "write": (("forms", "reports.form.release", "forms"),),
}
"""By task: what a part is called, and the function that does it, where its caller looks for it."""


def run(words: Sequence[str]) -> int:
    """Do the task; return its exit code."""
    took = {"imports": 0.0}
    began = time.perf_counter()
    for part, module, name in PARTS[words[0]]:
        found = import_module(module)  # a process that draws never loads what counts, and the other way round
        setattr(found, name, _timed(part, getattr(found, name), took))
    took["imports"] = time.perf_counter() - began
    code = main(words)
    print(json.dumps({"took": took, "mb": _most_held()}))
    return code


def _timed(part: str, inner: Callable[..., Any], took: dict[str, float]) -> Callable[..., Any]:
    @wraps(inner)
    def outer(*args: Any, **named: Any) -> Any:
        began = time.perf_counter()
        try:
            return inner(*args, **named)
        finally:
            took[part] = took.get(part, 0.0) + time.perf_counter() - began

    return outer


def _most_held() -> float:
    """The most memory that this program held, in MB. `ru_maxrss` would also know what its parent held when it was started."""
    (line,) = (line for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
