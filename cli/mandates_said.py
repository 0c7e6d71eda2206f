"""How the register is written out: for a person, line by line; for a program, with `unknown` where a text says nothing."""

import json
from collections.abc import Iterable, Sequence
from typing import Any, Final

from policies.said import Said
from states.registering.adding_up import Checked
from states.registering.among import Proposed, Read
from states.registering.owing import Owed, Year
from states.registering.paragraph import Extract, Paragraph, Place
from states.registering.proposals import Proposal
from states.registering.terms import Term
from web.messages import Messages

UNKNOWN: Final = "unknown"
_SHOWN: Final = 100
"""Signs of a task on one line."""


def print_extract(one: Read, found: Sequence[Proposed], messages: Messages, *, as_json: bool) -> None:
    """A text and its paragraphs."""
    if as_json:
        _print_json(_extract_facts(one, found, messages))
        return
    print(
        _say(
            messages,
            "registering.text",
            name=one.name,
            adopted=_known(one.extract.adopted, messages),
            language=_or(one.extract.language, messages),
        )
    )
    for each in found:
        _print_paragraph(one, each, messages)
    for warning in one.extract.warnings:
        print(_say(messages, "registering.look", warning=messages.say(warning)))
    print(_say(messages, "registering.found", count=len(found)))


def print_year(table: Year, texts: Sequence[Read], messages: Messages, *, as_json: bool) -> None:
    """The table of one year. Lines name their text by its place in `texts`."""
    if as_json:
        rows, undated = ([_owed_facts(line, texts) for line in lines] for lines in (table.owed, table.undated))
        _print_json({"year": table.year, "owed": rows, "undated": undated})
        return
    for title, lines in (("registering.owed_in", table.owed), ("registering.undated", table.undated)):
        print(_say(messages, title, year=str(table.year), count=len(lines)))
        for line in lines:
            read = texts[int(line.text)]
            print(f"  {_when(line, messages)}  {_names(line.who, messages)}  {read.name}, {line.paragraph.number or '-'}")
            print(f"      {_shown(read.text, line.paragraph.task)}")


def print_checked(checked: Checked, messages: Messages, *, as_json: bool) -> None:
    """What was added up and what differs."""
    told = [messages.say(finding) for finding in checked.findings]
    table = checked.table
    if as_json:
        facts = {"source": table.source or UNKNOWN, "rows": len(table.rows), "columns": len(table.columns), "total": table.total}
        _print_json(
            facts
            | {
                "agrees": not told,
                "findings": [{"code": f.key, "message": m} for f, m in zip(checked.findings, told, strict=True)],
            }
        )
        return
    print(*told, sep="\n", end="\n" if told else "")
    if not told:
        print(
            _say(messages, "registering.table_agrees", rows=len(table.rows), columns=len(table.columns), total=table.total or 0)
        )


def _print_paragraph(one: Read, each: Proposed, messages: Messages) -> None:
    paragraph = each.paragraph
    print(f"\n{paragraph.number or '-'}  {_or(paragraph.verb, messages)}  {_names(paragraph.addressees, messages)}")
    print(f"    {_shown(one.text, paragraph.task)}")
    for name in ("due", "sunset", "review"):
        if term := getattr(paragraph, name):
            value = f"{_day_or_year(term, messages)} ({_flat(one.text[term.start : term.end])})"
            print("    " + _say(messages, f"registering.{name}", value=value))
    if paragraph.reports_to:
        print("    " + _say(messages, "registering.reports_to", value=", ".join(paragraph.reports_to)))
    if paragraph.every:
        print("    " + _say(messages, "registering.every", value=paragraph.every))
    for proposal in (*each.statuses, *each.categories):
        print("    " + _say(messages, "registering.proposed", label=proposal.label.value, reason=messages.say(proposal.reason)))
    for warning in paragraph.warnings:
        print("    " + _say(messages, "registering.look", warning=messages.say(warning)))


def _extract_facts(one: Read, found: Sequence[Proposed], messages: Messages) -> dict[str, Any]:
    extract: Extract = one.extract
    return {
        "symbol": extract.symbol.canonical if extract.symbol else UNKNOWN,
        "language": extract.language or UNKNOWN,
        "adopted": _iso(extract.adopted),
        "preamble": _place(extract.preamble),
        "paragraphs": [_paragraph_facts(one.text, each.paragraph) | _proposal_facts(each, messages) for each in found],
        "after": _place(extract.after),
        "warnings": [messages.say(warning) for warning in extract.warnings],
    }


def _paragraph_facts(text: str, one: Paragraph) -> dict[str, Any]:
    return {
        "number": one.number or UNKNOWN,
        "start": one.place.start,
        "end": one.place.end,
        "verb": one.verb or UNKNOWN,
        "verbs": [asked.verb for asked in one.asked],
        "inherited": one.inherited,
        "addressees": list(one.addressees) or UNKNOWN,
        "task": _span(text, one.task),
        "through": _span(text, one.through),
        "due": _term_facts(text, one.due),
        "sunset": _term_facts(text, one.sunset),
        "review": _term_facts(text, one.review),
        "reports_to": list(one.reports_to) or UNKNOWN,
        "every": one.every or UNKNOWN,
        "cites": [cited.canonical for cited in one.cites],
    }


def _proposal_facts(each: Proposed, messages: Messages) -> dict[str, Any]:
    return {
        "status_proposed": _proposals(each.statuses, messages),
        "category_proposed": _proposals(each.categories, messages),
        "warnings": [messages.say(warning) for warning in each.paragraph.warnings],
    }


def _owed_facts(line: Owed, texts: Sequence[Read]) -> dict[str, Any]:
    read = texts[int(line.text)]
    facts = _paragraph_facts(read.text, line.paragraph)
    kept = ("number", "verb", "addressees", "task", "due", "every", "reports_to")
    return {"text": read.name, "day": _iso(line.day)} | {name: facts[name] for name in kept}


def _term_facts(text: str, term: Term | None) -> dict[str, Any] | str:
    if term is None:
        return UNKNOWN
    return {
        "day": _iso(term.day),
        "before": term.excluded,
        "count": term.count or UNKNOWN,
        "unit": term.unit or UNKNOWN,
        "since": _iso(term.since),
        "session": UNKNOWN if term.session is None or term.session.number is None else term.session.number,
        "year": term.in_year or UNKNOWN,
        "start": term.start,
        "end": term.end,
        "text": text[term.start : term.end],
    }


def _proposals(several: Iterable[Proposal], messages: Messages) -> list[dict[str, str]]:
    return [{"label": one.label.value, "reason": messages.say(one.reason)} for one in several]


def _when(line: Owed, messages: Messages) -> str:
    """Its day, else how often, else its year or session as far as it is known."""
    due = line.paragraph.due
    if line.day is None and (line.paragraph.every or (due and due.in_year)):
        return line.paragraph.every or str(due.in_year if due else UNKNOWN)
    return _known(line.day, messages)


def _span(text: str, place: Place | None) -> dict[str, Any] | str:
    return UNKNOWN if place is None else _place(place) | {"text": text[place.start : place.end]}


def _place(place: Place) -> dict[str, int]:
    return {"start": place.start, "end": place.end}


def _iso(day: Any) -> str:
    return UNKNOWN if day is None else day.isoformat()


def _known(day: Any, messages: Messages) -> str:
    return _or(None, messages) if day is None else messages.say(Said("registering.day", {"day": day}))


def _day_or_year(term: Term, messages: Messages) -> str:
    return _known(term.day, messages) if term.day or not term.in_year else str(term.in_year)


def _or(value: str | None, messages: Messages) -> str:
    return value or messages.say(Said("registering.unknown"))


def _names(names: Sequence[str], messages: Messages) -> str:
    return _or(", ".join(names), messages)


def _shown(text: str, place: Place | None) -> str:
    """A task on one line: its beginning."""
    words = "" if place is None else _flat(text[place.start : place.end])
    return words if len(words) <= _SHOWN else words[:_SHOWN].rstrip() + " ..."


def _flat(text: str) -> str:
    return " ".join(text.split())


def _say(messages: Messages, key: str, **facts: str | int) -> str:
    return messages.say(Said(key, facts))


def _print_json(content: object) -> None:
    print(json.dumps(content, ensure_ascii=False, indent=2))
