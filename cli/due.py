"""`amparo due`: when something is due, and why, for any rule of a pack or any number of days.

It reads the policy files and nothing else: no database, no clock. `--from` is day zero; pauses are half-open days.
"""

import json
import re
import sys
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, ClassVar, get_args

import typer

from cli.refuse import refuse, spoken
from policies import calendars as calendar_files
from policies.limits import Chain, folder_of, named_period, rules
from policies.periods import LONGEST, Period, Roll
from policies.refusal import Refusal
from policies.said import Said
from states.calendars import Calendar, load
from states.due import Due, Pause, due_after
from web.messages import Messages

MISUSED = 2
"""How the process ends when the question cannot be answered as it was put."""


class _Misused(Refusal):
    """The command was called in a way that has no answer."""

    status: ClassVar[int] = 422


class NothingToCount(_Misused):
    """Neither a rule nor a length."""

    code: ClassVar[str] = "nothing_to_count"


class TwoThingsToCount(_Misused):
    """A rule and a length, or two lengths."""

    code: ClassVar[str] = "two_things_to_count"


class StartMissing(_Misused):
    """No `--from`."""

    code: ClassVar[str] = "start_missing"


class BadDate(_Misused):
    """Not a date, or not written year-month-day."""

    code: ClassVar[str] = "bad_date"


class BadCount(_Misused):
    """Not a whole number in range."""

    code: ClassVar[str] = "bad_count"


class BadPause(_Misused):
    """Not `A..B` with A before B."""

    code: ClassVar[str] = "bad_pause"


class BadRoll(_Misused):
    """Not a way to roll."""

    code: ClassVar[str] = "bad_roll"


class RollBelongsToRule(_Misused):
    """A named rule brings its own roll: with another one, its source would no longer be true."""

    code: ClassVar[str] = "roll_belongs_to_rule"


def due(
    rule: Annotated[str | None, typer.Argument(help="A named rule; --list shows them.", show_default=False)] = None,
    *,
    start: Annotated[str | None, typer.Option("--from", metavar="D", help="Day zero, as 2026-04-02.")] = None,
    working_days: Annotated[str | None, typer.Option(metavar="N", help="Count working days.")] = None,
    calendar_days: Annotated[str | None, typer.Option(metavar="N", help="Count every day.")] = None,
    months: Annotated[str | None, typer.Option(metavar="N", help="Count months.")] = None,
    roll: Annotated[str | None, typer.Option(metavar="next_working_day|none", help="Where the end moves.")] = None,
    holidays: Annotated[str | None, typer.Option(metavar="CODE", help="US-DC, BO, none; else the office's.")] = None,
    pause: Annotated[list[str] | None, typer.Option(metavar="A..B", help="Days from A until before B; repeat.")] = None,
    pack: Annotated[str, typer.Option(metavar="P", help="Whose rules.")] = "oas",
    lang: Annotated[str | None, typer.Option(metavar="L", help="en, es, pt or fr.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
    list_rules: Annotated[bool, typer.Option("--list", help="Show the rules, their sources, whether checked.")] = False,
) -> None:
    """Say when something is due, and explain every day of it."""
    messages = spoken(lang, as_json=as_json)
    try:
        if list_rules:
            _print_rules(pack, messages, as_json=as_json)
            return
        lengths = {"working_days": working_days, "calendar_days": calendar_days, "months": months}
        chain = _chain(pack, rule, {unit: text for unit, text in lengths.items() if text is not None}, roll, messages)
        if start is None:
            raise StartMissing()
        day, pauses = day_after("--from", start), [_pause(text) for text in pause or ()]
        answer = due_after(chain, day, _calendar(pack, holidays, messages.language), pauses)
        _print_due(answer, chain, messages, named=rule is not None, as_json=as_json)
    except Refusal as refusal:
        sys.exit(refuse(refusal, lang, as_json=as_json, code=MISUSED))


def _chain(pack: str, rule: str | None, lengths: dict[str, str], roll: str | None, messages: Messages) -> Chain:
    """What to count: the named rule, or the one length that was typed."""
    if rule is None and not lengths:
        raise NothingToCount()
    if len(lengths) + (rule is not None) > 1:
        raise TwoThingsToCount()
    if roll is not None and roll not in get_args(Roll):
        raise BadRoll(known=", ".join(get_args(Roll)))
    if rule is not None:
        chain = named_period(pack, rule)
        if roll is not None and roll != chain[-1].roll:
            raise RollBelongsToRule(rule=rule)
        return chain
    unit, text = next(iter(lengths.items()))
    if not re.fullmatch(r"[0-9]{1,5}", text) or not 1 <= int(text) <= LONGEST:
        raise BadCount(option=f"--{unit.replace('_', '-')}", longest=LONGEST)
    typed = {"count": int(text), "unit": unit, "roll": roll or "none", "source": messages.say(Said("due.typed"))}
    return (Period.model_validate({**typed, "verified": False}),)


def day_after(option: str, text: str) -> date:
    """The date after an option, written year-month-day and in no other of the ISO forms. Raises BadDate."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise BadDate(option=option)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadDate(option=option) from None


def _pause(text: str) -> Pause:
    """`A..B`, or `A..` for a pause that has not ended."""
    since, dots, until = text.partition("..")
    if not dots:
        raise BadPause()
    stretch = day_after("--pause", since), day_after("--pause", until) if until else None
    if stretch[1] is not None and stretch[0] >= stretch[1]:
        raise BadPause()
    return stretch


def _calendar(pack: str, code: str | None, language: str) -> Calendar:
    return load(calendar_files.load(folder_of(pack) / "calendars.toml").spec(code), language=language)


def _print_due(answer: Due, chain: Chain, messages: Messages, *, named: bool, as_json: bool) -> None:
    said = [*answer.lines]
    if named and not all(period.verified for period in chain):
        said.append(Said("due.unverified"))
    lines = [messages.say(line) for line in said]
    source = _sources(chain)
    if as_json:
        _print_json({"due": answer.on and answer.on.isoformat(), "explanation": lines, "source": source})
        return
    heading = Said("due.heading", {"day": answer.on}) if answer.on else Said("due.heading_none")
    print(messages.say(heading))
    print(*(f"  {line}" for line in lines), sep="\n")
    print(messages.say(Said("due.source", {"source": source})))


def _print_rules(pack: str, messages: Messages, *, as_json: bool) -> None:
    found = [(rule, messages.say(Said(rule.title)) if rule.title else rule.name) for rule in rules(pack)]
    if as_json:
        _print_json([_rule_facts(rule.name, title, rule.chain) for rule, title in found])
        return
    for rule, title in found:
        verified = "due.verified" if all(period.verified for period in rule.chain) else "due.not_verified"
        print(rule.name if title == rule.name else f"{rule.name}: {title}")
        print(f"  {_length(rule.chain, messages)}")
        print(f"  {_sources(rule.chain)} ({messages.say(Said(verified))})")


def _rule_facts(name: str, title: str, chain: Chain) -> dict[str, Any]:
    periods = [period.model_dump(include={"count", "unit", "roll", "first_day"}) for period in chain]
    verified = all(period.verified for period in chain)
    return {"rule": name, "title": title, "periods": periods, "source": _sources(chain), "verified": verified}


def _length(chain: Chain, messages: Messages) -> str:
    then = f", {messages.say(Said('due.length.then'))} "
    parts = [messages.say(Said(f"due.length.{period.unit}", {"count": period.count})) for period in chain]
    moves = f", {messages.say(Said('due.length.next_working_day'))}" if chain[-1].roll != "none" else ""
    return then.join(parts) + moves


def _sources(chain: Sequence[Period]) -> str:
    """Each source once, in order."""
    return "; ".join(dict.fromkeys(period.source for period in chain))


def _print_json(content: object) -> None:
    print(json.dumps(content, ensure_ascii=False, indent=2))
