"""The attacker: from everything published, the tightest bounds of every hidden cell. It knows nothing that is not published.

It shares no code with the protection: what one of them gets wrong, the other shall see.
"""

from reports.attack.attacking import attack
from reports.attack.findings import Bounds, Broken, Findings
from reports.attack.reading import NoReportThere, NotAReport, read_release

__all__ = ["Bounds", "Broken", "Findings", "NoReportThere", "NotAReport", "attack", "read_release"]
