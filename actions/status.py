"""What an operator may know of a running house: counts, lag and alarms; no matter, no person."""

from datetime import timedelta
from typing import Any

from actions.ledger import Standing, standing
from actions.office import Office
from records import clocks, office_clock, outbox, report_days, structure, sweeps
from records.books import Books

_RECENT = timedelta(days=1)


def status_of(office: Office) -> dict[str, Any]:
    """The state of one database: what is due, how late, what was swept by whom, what is stuck. Writes nothing."""
    return figures_of(office, standing(office))


def figures_of(office: Office, ledger: Standing) -> dict[str, Any]:
    """The same for any role of the database, which is told how the ledger stands."""
    with office.open() as books:
        oldest = clocks.oldest_due(books)
        waiting, stuck = outbox.counts(books)
        newest = sweeps.newest(books, 1)
        environment, instant = office_clock.read(books.connection)
        alarm = office.shelf.refresh()
        return {
            "environment": environment,
            "office_instant": books.now.isoformat(),
            "instant_moved_by_director": instant is not None,
            "edition": books.pack.edition[:12],
            "policy_alarm": str(alarm.refusal) if alarm else None,
            "unverified_policy_values": sum(1 for _ in books.pack.unverified()),
            "lag_seconds": (books.now - oldest).total_seconds() if oldest else 0.0,
            "dead_clocks": clocks.dead_count(books),
            "outbox_waiting": waiting,
            "outbox_stuck": stuck,
            "ledger_closed_to": ledger.last_day.isoformat() if ledger.last_day else None,
            "ledger_waiting": ledger.waiting,
            "ledger_trouble": ledger.trouble.code if ledger.trouble else None,
            "structure_not_applied_from": _not_applied(office, books),
            **_reports(books),
            "sweeps": sweeps.totals(books),
            "newest_sweep": newest[0].began_at.isoformat() if newest else None,
            "troubles_of_a_day": len(sweeps.troubles(books, books.wall - _RECENT)),
        }


def _reports(books: Books) -> dict[str, int]:
    """How many reports wait for what: a draft, a holder's days or act, the end of a hold, mending, files."""
    states = report_days.in_states(books)
    waiting = {"wanted": ("wanted",), "in_review": ("in_review", "cleared", "awaiting"), "held": ("held",), "unsafe": ("unsafe",)}
    counts = {f"reports_{name}": sum(states.get(state, 0) for state in own) for name, own in waiting.items()}
    return counts | {"reports_unpublished": report_days.unpublished(books)}


def _not_applied(office: Office, books: Books) -> str | None:
    """The first date of the structure that cannot be applied; None: none, or this database holds no structure."""
    failing = structure.failing(books) if office.database == "house" else []
    return failing[0][0].isoformat() if failing else None


def is_well(state: dict[str, Any]) -> bool:
    """Whether nothing needs an operator now."""
    alarms = ("dead_clocks", "outbox_stuck", "policy_alarm", "ledger_trouble", "structure_not_applied_from", "troubles_of_a_day")
    return not any(state[alarm] for alarm in alarms)


def revive_dead(office: Office) -> int:
    """Give dead clocks another round of attempts, by an operator's word; return how many there were."""
    with office.open() as books:
        return clocks.revive(books)
