"""What is said of documents, in the reader's language."""

from collections.abc import Iterable

from actions.document_looking import Correction, Document, InLanguage, Page, Run, Shown, Stamp
from actions.documents import Kept
from api import document_shapes as shapes
from api.words import Words
from policies.said import Fact, Said
from states.documents import DISTRIBUTED


def kept(done: Kept) -> shapes.DocumentKept:
    """A document right after an act."""
    return shapes.DocumentKept.model_validate({"id": done.id, "symbol": done.symbol, "version": done.version})


def series(found: Iterable[Run]) -> shapes.SeriesList:
    """Every series."""
    return shapes.SeriesList(
        series=[
            shapes.SeriesLine(
                series=one.code,
                body=one.rules.body,
                numbers=one.rules.numbers,
                asks=list(one.asks),
                last=one.last,
                again=dict(one.again),
                source=one.rules.source,
                verified=one.rules.verified,
            )
            for one in found
        ]
    )


def page(found: Page, words: Words) -> shapes.Documents:
    """A page of documents."""
    return shapes.Documents(documents=[document(one, words) for one in found.items], after=found.after)


def document(shown: Shown, words: Words) -> shapes.DocumentShown:
    """One document."""
    row = shown.document
    carries = None
    if row.matter_id is not None and row.proposal_version is not None:
        carries = shapes.DocumentCarries(proposal=row.matter_id, version=row.proposal_version)
    return shapes.DocumentShown(
        id=row.id,
        symbol=row.symbol,
        series=row.series,
        number=row.number,
        suffix=row.suffix,
        year=row.year,
        meeting=row.meeting,
        session=row.session,
        title=row.title,
        original=row.original,
        source=row.source,
        carries=carries,
        wanted_at=row.wanted_at,
        missing=list(shown.missing),
        needed_by=shown.needed_by,
        late=shown.late,
        said=words.say(_said(shown, words)),
        void_on=row.void_on,
        void_reason=row.void_reason,
        version=row.version,
        recorded_at=row.recorded_at,
        parent=None if shown.parent is None else _named(shown.parent),
        parts=[_named(one) for one in shown.parts],
        meetings=[shapes.DocumentCall(meeting=one.meeting, title=one.title, day=one.day, hour=one.hour) for one in shown.calls],
        languages=[_language(one, words) for one in shown.languages],
    )


def _said(shown: Shown, words: Words) -> Said:
    """Which languages are missing and until when, as a sentence."""
    if shown.document.void_on is not None:
        return Said("document.void", {"day": shown.document.void_on})
    if not shown.missing:
        return Said("document.complete")
    facts: dict[str, Fact] = {"languages": ", ".join(words.label(f"language.{one}", one) for one in shown.missing)}
    if shown.needed_by is None:
        return Said("document.missing", facts)
    facts["until"] = shown.needed_by
    return Said("document.missing_late" if shown.late else "document.missing_until", facts)


def _named(row: Document) -> shapes.DocumentNamed:
    return shapes.DocumentNamed(id=row.id, symbol=row.symbol, void=row.void_on is not None)


def _language(one: InLanguage, words: Words) -> shapes.LanguageLine:
    return shapes.LanguageLine(
        language=one.language,
        name=words.label(f"language.{one.language}", one.language),
        original=one.is_original,
        steps=[_step(each) for each in one.steps],
        next_step=one.next_step,
        distributed_at=next((each.at for each in one.steps if each.step == DISTRIBUTED), None),
        sha256=None if one.sha256 is None else one.sha256.hex(),
        hash_of=one.hash_of,
        corrections=[_correction(each) for each in one.corrections],
    )


def _step(stamp: Stamp) -> shapes.StepLine:
    digest = None if stamp.sha256 is None else stamp.sha256.hex()
    return shapes.StepLine(step=stamp.step, at=stamp.at, sha256=digest, hash_of=stamp.hash_of, recorded_at=stamp.recorded_at)


def _correction(row: Correction) -> shapes.CorrectionLine:
    return shapes.CorrectionLine(
        number=row.number,
        what=row.what,
        at=row.at,
        sha256=row.sha256.hex(),
        hash_of=row.hash_of,
        recorded_at=row.recorded_at,
    )
