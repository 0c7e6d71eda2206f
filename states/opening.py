"""What must hold before a house opens on a pack: the rules and the tables say the same."""

from policies.pack import Pack, PolicyRefused
from states.check import cross_check
from states.documents import misfits
from states.procedures import PROCEDURES


def refuse_contradictions(pack: Pack) -> None:
    """Raise PolicyRefused with file, key and rule for the first contradiction between the pack and the state tables."""
    for finding in cross_check(pack, [table for table in PROCEDURES if table.kind in pack.house.kinds]):
        raise PolicyRefused(file=finding.file, key=finding.key, reason=finding.rule, why=finding.said)
    if pack.documents is not None:
        for key, reason in misfits(pack.documents, pack.citations):
            raise PolicyRefused(file=f"{pack.code}/documents.toml", key=key, reason=reason)
