"""`endpoints.json`: where the doors answer. It is there exactly while all of them do."""

import json
from collections.abc import Iterable
from pathlib import Path

from cli.supervise.data_folder import write_atomically
from cli.supervise.kept import ChildPlan


def write_endpoints(file: Path, plans: Iterable[ChildPlan]) -> dict[str, str]:
    """Write {name: address} of every child that answers somewhere, whole or not at all; return it."""
    addresses = {plan.name: plan.address for plan in plans if plan.address}
    write_atomically(file, json.dumps(addresses, indent=2) + "\n")
    return addresses


def remove_endpoints(file: Path) -> None:
    """Take it away: at the start, for a killed run left its own, and at the end."""
    file.unlink(missing_ok=True)
