"""What is said of votes, agreements, amendments and advice, in the reader's language."""

from collections.abc import Iterator, Sequence
from typing import Any

from actions.deciding import Decided
from actions.deciding_advice import Advised
from actions.deciding_looking import Sheet, Waits
from actions.deciding_questions import voters_of
from actions.deciding_texts import Proposed
from api import deciding_shapes as shapes
from api.words import Words
from policies.said import Said
from states.deciding.comparing import Pair
from states.deciding.locks import Permission
from states.deciding.text import Paragraph


def line(one: Decided, words: Words) -> shapes.QuestionLine:
    """A question in a register."""
    return shapes.QuestionLine(**_line(one, words))


def sheet(found: Sheet, words: Words) -> shapes.Sheet:
    """A question with all that hangs on it."""
    one = found.decided
    row, voters = one.row, voters_of(one.row)
    voted = {ballot.state for ballot in one.ballots}
    outcome = one.outcome
    return shapes.Sheet(
        **_line(one, words),
        title=found.title,
        day=row.day,
        members=sorted(voters.members),
        suspended=sorted(voters.suspended),
        parties=sorted(voters.parties),
        voters=sorted(voters.entitled),
        present=row.present,
        not_yet=sorted(voters.entitled - voted) if one.is_open and row.rule is not None else [],
        answers=[shapes.AnswerLine(state=ballot.state, choice=ballot.choice, at=ballot.at) for ballot in one.ballots],
        statements=[
            shapes.StatementLine(
                kind=made.kind, number=made.number, state=made.state, paragraph=made.paragraph, at=made.at, text=made.text
            )
            for made in one.statements
        ],
        objecting=list(one.objecting),
        count=None if row.tally is None else shapes.Count(**row.tally),
        outcome=None if outcome is None else shapes.Outcome(needed=outcome.needed, base=outcome.base, counted=outcome.counted),
        text_sha256=dict(found.hashes),
        void_reason=row.void_reason,
    )


def as_text(found: Sheet, words: Words) -> str:
    """The result sheet in plain text, as it is read out."""
    return "\n".join(_lines(found, words)) + "\n"


def waits(found: Waits, words: Words) -> shapes.Waits:
    """What a text must still wait for."""
    steps = {str(step): _step(permission, words) for step, permission in found.steps.items()}
    return shapes.Waits(at=found.at, distributed=dict(found.distributed), **steps)


def amendments(found: Proposed, words: Words) -> shapes.Amendments:
    """All amendments with their conflicts."""
    told = [
        shapes.AmendmentLine(
            version=row.version,
            name=row.name,
            by=row.by_state,
            made_at=row.made_at,
            carried_into=row.carried_into,
            edits=[shapes.EditLine(change=one["change"], at=one["at"], texts=one.get("texts", {})) for one in row.edits],
        )
        for row in found.rows
    ]
    clashes = [
        shapes.ClashLine(language=language, first=one.first, second=one.second, at=one.at, why=words.say(one.why))
        for language, pairs in found.conflicts.items()
        for one in pairs
    ]
    return shapes.Amendments(newest=found.newest, amendments=told, conflicts=clashes)


def comparison(pairs: Sequence[Pair]) -> shapes.Comparison:
    """Two texts side by side."""
    return shapes.Comparison(
        pairs=[
            shapes.PairLine(
                first=_paragraph(pair.first),
                second=_paragraph(pair.second),
                alike=pair.alike,
                runs=[shapes.RunLine(kind=run.kind, words=run.words) for run in pair.runs],
            )
            for pair in pairs
        ]
    )


def advice(found: Advised) -> shapes.AdviceLine:
    """What a committee advised."""
    row = found.row
    told = {"body": row.body, "on": row.on_day, "verdict": row.verdict, "version": row.version, "document": row.document}
    return shapes.AdviceLine(**told, parts=row.parts, differs=list(found.differs))


def _line(one: Decided, words: Words) -> dict[str, Any]:
    row = one.row
    names = ("id", "number", "body", "method", "rule", "asks", "version", "opened_at", "until")
    return {name: getattr(row, name) for name in names} | {
        "over_at": one.over_at,
        "open": one.is_open,
        "void": row.voided_at is not None,
        "adopted": one.adopted,
        "result": words.say(Said(f"deciding.result.{_result(one)}")),
        "why": [words.say(said) for said in one.why],
    }


def _result(one: Decided) -> str:
    if one.row.voided_at is not None:
        return "void"
    if one.is_open:
        return "open"
    return "adopted" if one.adopted else "not_adopted"


def _lines(found: Sheet, words: Words) -> Iterator[str]:
    one, told = found.decided, sheet(found, words)
    yield found.title
    yield words.say(Said("deciding.sheet.head", {"body": told.body, "number": told.number, "day": told.day}))
    asks = f"deciding.sheet.{told.asks}" if told.asks in ("adoption", "reconsideration") else "deciding.sheet.wait"
    yield words.say(Said(asks, {"version": told.version or 0, "lock": told.asks}))
    yield words.say(Said(f"deciding.method.{told.method}"))
    yield ""
    yield told.result
    yield from told.why
    for choice in ("for", "against", "abstain"):
        states = [ballot.state for ballot in one.ballots if ballot.choice == choice]
        if states:
            yield words.say(Said(f"deciding.sheet.{choice}", {"states": ", ".join(states)}))
    papers = [ballot.state for ballot in one.ballots if ballot.choice is None]
    if papers:
        yield words.say(Said("deciding.sheet.papers", {"states": ", ".join(papers)}))
    if told.present is not None:
        away = sorted(voters_of(one.row).attending - set(told.present))
        yield words.say(Said("deciding.sheet.absent", {"states": ", ".join(away) or "-"}))
    for made in told.statements:
        label = words.say(Said(f"deciding.statement.{made.kind}", {"number": made.number, "state": made.state}))
        where = "" if made.paragraph is None else f" [{made.paragraph}]"
        yield f"{label}{where} {made.text}".rstrip()
    for language, digest in told.text_sha256.items():
        yield f"SHA-256 {language}: {digest}"


def _step(found: Permission, words: Words) -> shapes.WaitLine:
    return shapes.WaitLine(allowed=found.allowed, not_before=found.not_before, why=[words.say(said) for said in found.why])


def _paragraph(one: Paragraph | None) -> shapes.ParagraphLine | None:
    return None if one is None else shapes.ParagraphLine(key=one.key, text=one.text)
