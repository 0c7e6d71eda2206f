"""Nobody can be found in what is published: what is hidden, how coarse it is said, and what is too small to be said at all."""

from reports.protection.drawing import Utility
from reports.protection.guards import Guards
from reports.protection.protecting import Assemble, Protected, protect

__all__ = ["Assemble", "Guards", "Protected", "Utility", "protect"]
