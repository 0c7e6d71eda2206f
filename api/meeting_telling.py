"""A result sheet in the reader's language: for programs, and as plain text that prints."""

from collections.abc import Iterator

from actions.meetings import Line, Sheet, There
from api import meeting_shapes as shapes
from api.words import Words
from policies.meetings import Body, Sort
from policies.said import Fact, Said


def results(sheet: Sheet, words: Words) -> shapes.Results:
    """The sheet for programs."""
    return shapes.Results(
        id=sheet.matter.id,
        title=sheet.title,
        body=_named(sheet.body, words),
        sort=_named(sheet.sort, words),
        day=sheet.day,
        hour=sheet.hour,
        place=sheet.place,
        held=sheet.was_held,
        state=sheet.matter.state,
        state_label=words.label(f"state.meeting.{sheet.matter.state}", sheet.matter.state),
        present=[_there(one) for one in sheet.present],
        quorum=[words.say(said) for said in sheet.why],
        items=[_became(line, words) for line in sheet.lines],
        record_document=sheet.record_document,
        record_circulated_on=sheet.record_circulated_on,
        corrections=sheet.corrections,
        approved_by=sheet.approved_by,
    )


def printed(sheet: Sheet, words: Words) -> str:
    """The sheet as plain text."""
    return "\n".join(_lines(results(sheet, words), words)) + "\n"


def _there(one: There) -> shapes.There:
    name, capacity = (None, None) if one.by is None else (one.by.name, one.by.capacity)
    return shapes.There(
        state=one.row.state,
        accreditation=one.row.accreditation,
        name=name,
        capacity=capacity,
        at_opening=one.row.at_opening,
    )


def _named(one: Body | Sort, words: Words) -> str:
    """In the reader's language, else in the first one the pack has."""
    names = {str(language): name for language, name in one.name.items()}
    return names.get(words.language) or next(iter(names.values()))


def _became(line: Line, words: Words) -> shapes.Became:
    item = line.item
    return shapes.Became(
        number=item.number,
        title=item.title,
        documents=item.documents,
        proposal=item.proposal,
        struck=item.struck,
        disposition=item.disposition,
        label=_label(line, words),
        method=item.method if line.decided is None else str(line.decided.method),
        decided=item.decision,
        source=item.source,
        instrument=item.instrument,
        operations=item.operations,
        to=line.to,
        instructions=item.instructions,
        why=[*_why(line, words)],
        statements=[*_stated(line, words)],
    )


def _label(line: Line, words: Words) -> str:
    if line.item.struck:
        return words.say(Said("results.struck"))
    if line.item.disposition is None:
        return words.say(Said("results.open"))
    return words.say(Said(f"results.became.{line.item.disposition}"))


def _why(line: Line, words: Words) -> Iterator[str]:
    """How it was decided: counted here, or as a source tells."""
    item = line.item
    if item.method is not None:
        yield words.say(Said(f"results.by.{item.method}"))
    if item.source is not None:
        yield words.say(Said("results.told", {"source": item.source}))
    if line.decided is not None and line.decided.outcome is not None:
        yield from (words.say(said) for said in line.decided.outcome.why)


def _stated(line: Line, words: Words) -> Iterator[shapes.StatedLine]:
    for row in line.decided.statements if line.decided is not None else ():
        yield shapes.StatedLine(
            kind=row.kind,
            label=words.say(Said(f"results.kind.{row.kind}")),
            number=row.number,
            state=row.state,
            paragraph=row.paragraph,
            text=row.text,
        )


def _lines(told: shapes.Results, words: Words) -> Iterator[str]:
    yield f"{told.body} - {told.sort} - {told.title}"
    when = words.say(Said("results.day", {"day": told.day}))
    yield ", ".join(part for part in (when, told.hour, told.place) if part)
    if not told.held:
        yield words.say(Said("results.not_held"))
    yield from told.quorum
    if told.present:
        yield " ".join(one.state for one in told.present)
    yield from (f"{one.state}: {one.name}" for one in told.present if one.name is not None)
    for item in told.items:
        yield ""
        yield f"{item.number}. {item.title}"
        yield from (f"   {line}" for line in _below(item, told.held, words))
    yield from _of_the_record(told, words)


def _below(item: shapes.Became, held: bool, words: Words) -> Iterator[str]:
    if item.documents:
        yield words.say(Said("results.documents", {"symbols": ", ".join(item.documents)}))
    if held or item.struck:
        yield " ".join([item.label, *item.why])
    if item.instrument is not None:
        yield words.say(Said("results.instrument", {"instrument": item.instrument}))
    if item.operations:
        yield words.say(Said("results.operations", {"operations": ", ".join(item.operations)}))
    if item.to is not None:
        yield words.say(Said("results.to", {"meeting": item.to}))
    if item.instructions is not None:
        yield words.say(Said("results.instructions", {"text": item.instructions}))
    whole = words.say(Said("results.whole"))
    for one in item.statements:
        facts: dict[str, Fact] = {
            "what": one.label,
            "number": one.number,
            "state": one.state,
            "where": one.paragraph or whole,
            "text": one.text,
        }
        yield words.say(Said("results.statement", facts))


def _of_the_record(told: shapes.Results, words: Words) -> Iterator[str]:
    if told.record_circulated_on is not None:
        yield ""
        yield words.say(Said("results.record", {"day": told.record_circulated_on, "count": told.corrections}))
    if told.approved_by is not None:
        yield words.say(Said("results.approved", {"meeting": told.approved_by}))
