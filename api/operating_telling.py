"""What is said of the running installation: each figure with its name, its value in words, and what an operator does about it."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from actions.operating import Operating, Run
from api import operating_shapes as shapes
from api.words import Words
from policies.said import Fact, Said

STALE: Final = timedelta(minutes=15)
"""After so long without a sweep somebody should look: one begins every minute."""
_REPORTS: Final = ("reports_wanted", "reports_in_review", "reports_held", "reports_unsafe", "reports_unpublished")


def state(found: Operating, words: Words) -> shapes.OperatingState:
    """All of it."""
    groups = [_group(name, lines, words) for name, lines in _groups(found, words)]
    alarms = sum(line.alarm for group in groups for line in group.lines)
    key = "operator.well" if not alarms else "operator.alarms_one" if alarms == 1 else "operator.alarms"
    return shapes.OperatingState(
        well=not alarms,
        says=words.say(Said(key, {"count": alarms} if alarms > 1 else {})),
        other_house=words.say(Said("operator.other_house")),
        office_time=found.now,
        groups=groups,
        runs=[_run(each, words) for each in found.runs],
        troubles=[
            shapes.TroubleCount(where=each.where, what=each.what, count=each.count, newest=each.newest) for each in found.troubles
        ],
        unverified=[shapes.UnverifiedValue(file=each.file, key=each.key, source=each.source) for each in found.unverified],
    )


def _group(name: str, lines: Iterator[shapes.OperatingLine], words: Words) -> shapes.OperatingGroup:
    return shapes.OperatingGroup(name=name, label=words.say(Said(f"operator.group.{name}")), lines=list(lines))


def _groups(found: Operating, words: Words) -> Iterator[tuple[str, Iterator[shapes.OperatingLine]]]:
    teller = _Teller(found, words)
    yield "flows", teller.flows()
    yield "mails", teller.mails()
    yield "ledger", teller.ledger()
    yield "rules", teller.rules()
    yield "structure", teller.structure()
    yield "reports", teller.reports()


class _Teller:
    def __init__(self, found: Operating, words: Words) -> None:
        self._found, self._words = found, words

    def flows(self) -> Iterator[shapes.OperatingLine]:
        """Who sweeps, how late, and what was given up."""
        newest = self._found.runs[0] if self._found.runs else None
        ago = None if newest is None else self._found.wall - newest.began_at
        said = self._none() if ago is None else self._say("operator.ago", time=self._time(ago))
        yield self._line("newest_sweep", None if newest is None else newest.began_at, said, alarm=ago is None or ago > STALE)
        lag = timedelta(seconds=self._figure("lag_seconds"))
        yield self._line("lag", int(lag.total_seconds()), self._time(lag) if lag else self._say("operator.nothing_waits"))
        yield self._count("dead_clocks", alarm=True)
        yield self._count("troubles_of_a_day", alarm=True)

    def mails(self) -> Iterator[shapes.OperatingLine]:
        """What waits to be sent, and what was refused."""
        yield self._count("outbox_waiting")
        yield self._count("outbox_stuck", alarm=True)

    def ledger(self) -> Iterator[shapes.OperatingLine]:
        """The last day that is closed, its head, and why no other is."""
        ledger = self._found.ledger
        yield self._line("ledger_closed_to", ledger.last_day, self._day(ledger.last_day))
        yield self._line("ledger_head", self._found.root or None, self._root())
        yield self._line("ledger_waiting", ledger.waiting, str(ledger.waiting))
        trouble = ledger.trouble
        said = self._none() if trouble is None else self._words.refuse(trouble)
        yield self._line("ledger_trouble", None if trouble is None else trouble.code, said, alarm=trouble is not None)

    def rules(self) -> Iterator[shapes.OperatingLine]:
        """The edition in use, a file that is broken, and how much nobody has checked."""
        yield self._line("edition", self._found.figures["edition"], self._found.figures["edition"])
        alarm = self._found.alarm
        said = self._none() if alarm is None else self._words.refuse(alarm)
        yield self._line("policy_alarm", None if alarm is None else alarm.code, said, alarm=alarm is not None)
        yield self._count("unverified_policy_values")

    def structure(self) -> Iterator[shapes.OperatingLine]:
        """Days on which an order could not be carried out."""
        failing = self._found.not_applied
        first = failing[0][0] if failing else None
        yield self._line("structure_not_applied_from", first, self._failing(), alarm=first is not None)

    def reports(self) -> Iterator[shapes.OperatingLine]:
        """How many wait for what."""
        for name in _REPORTS:
            yield self._count(name)

    def _root(self) -> str:
        found = self._found
        return self._say("operator.root", root=found.root, count=found.size) if found.root else self._none()

    def _failing(self) -> str:
        days = dict.fromkeys(day for day, _ in self._found.not_applied)
        claims = ", ".join(dict.fromkeys(claim for _, claim in self._found.not_applied))
        if not days:
            return self._none()
        return self._say("operator.not_applied", day=next(iter(days)), count=len(days), claims=claims)

    def _count(self, name: str, *, alarm: bool = False) -> shapes.OperatingLine:
        number = self._figure(name)
        return self._line(name, number, str(number) if number else self._none(), alarm=alarm and number > 0)

    def _line(self, name: str, value: date | str | int | None, said: str, *, alarm: bool = False) -> shapes.OperatingLine:
        plain = value.isoformat() if isinstance(value, date) else value
        return shapes.OperatingLine(
            name=name,
            label=self._say(f"operator.line.{name}"),
            value=plain,
            said=said,
            alarm=alarm,
            do=self._say(f"operator.do.{name}"),
        )

    def _figure(self, name: str) -> int:
        value: Any = self._found.figures[name]
        return int(value)

    def _time(self, much: timedelta) -> str:
        """How long, in the largest unit of which there is one."""
        for unit, size in (("days", 86_400), ("hours", 3_600), ("minutes", 60)):
            count = int(much.total_seconds()) // size
            if count:
                return self._say(f"operator.{unit}", count=count)
        return self._say("operator.seconds", count=max(int(much.total_seconds()), 0))

    def _day(self, value: date | None) -> str:
        return self._none() if value is None else self._say("operator.day", day=value)

    def _none(self) -> str:
        return self._say("operator.none")

    def _say(self, key: str, /, **facts: Fact) -> str:
        return self._words.say(Said(key, facts))


def _run(run: Run, words: Words) -> shapes.SweepRun:
    return shapes.SweepRun(
        began_at=run.began_at,
        ended_at=run.ended_at,
        through=run.through,
        through_label=words.label(f"operator.through.{run.through}", run.through),
        fired=run.fired,
        failed=run.failed,
        lag_seconds=int(run.lag.total_seconds()),
    )
