"""The kinds of matter this product carries: one line each."""

from collections.abc import Mapping

from actions.kernel.kind import Kind
from actions.kinds import mandate, proposal

KINDS: Mapping[str, Kind] = {kind.name: kind for kind in (mandate.KIND, proposal.KIND)}
