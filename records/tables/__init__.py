"""All tables, by noun. Both databases have the same schema; grants decide which role sees which."""

from records.tables.house import DECISION, MANDATE, ORDER, PROPOSAL
from records.tables.ledger import LEDGER_ENTRY, LEDGER_HEAD
from records.tables.matter import EVENT, LINK, MATTER, RESPONSIBILITY, WAIVER
from records.tables.metadata import METADATA
from records.tables.people import ABSENCE, ACCOUNT, APPOINTMENT, PERSON, SESSION
from records.tables.time import CLOCK, CLOSURE, EDITION, OFFICE_CLOCK, OUTBOX, PAUSE, RUNG_FIRED, SWEEP_RUN, TROUBLE

__all__ = [
    "ABSENCE",
    "ACCOUNT",
    "APPOINTMENT",
    "CLOCK",
    "CLOSURE",
    "DECISION",
    "EDITION",
    "EVENT",
    "LEDGER_ENTRY",
    "LEDGER_HEAD",
    "LINK",
    "MANDATE",
    "MATTER",
    "METADATA",
    "OFFICE_CLOCK",
    "ORDER",
    "OUTBOX",
    "PAUSE",
    "PERSON",
    "PROPOSAL",
    "RESPONSIBILITY",
    "RUNG_FIRED",
    "SESSION",
    "SWEEP_RUN",
    "TROUBLE",
    "WAIVER",
]
