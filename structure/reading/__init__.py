"""Reading a restructuring from a file that somebody wrote: all of it or nothing, each fault by name, never the text."""

from structure.reading.case_file import CaseFile, read_case
from structure.reading.faults import CaseFileRefused, Fault
from structure.reading.planning import EffectDateUnknown

__all__ = ["CaseFile", "CaseFileRefused", "EffectDateUnknown", "Fault", "read_case"]
