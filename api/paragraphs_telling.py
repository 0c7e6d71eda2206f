"""What is said of the register, in the reader's language."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from actions.paragraphs import Done, TextRow
from actions.paragraphs_looking import Looked, Shown, StepRow
from actions.paragraphs_owed import Line, Table
from actions.paragraphs_ranking import Ranking
from api import paragraphs_shapes as shapes
from api.words import Words
from policies.said import Said
from states.registering.paragraph import Place
from states.registering.proposals import Proposal
from states.registering.terms import Term
from states.registering.weighing import Ranked, Weighed


def acted(done: Done, words: Words) -> shapes.Acted:
    """What an act led to."""
    return shapes.Acted(
        text=done.text,
        symbol=done.symbol,
        version=done.version,
        paragraphs=done.paragraphs,
        mandate=done.mandate,
        warnings=_said(done.warnings, words),
    )


def texts(rows: Iterable[TextRow], after: str | None) -> shapes.RegisterTexts:
    """A page of texts."""
    return shapes.RegisterTexts(items=[shapes.RegisterText(**_text(row)) for row in rows], after=after)


def text(shown: Shown, words: Words) -> shapes.RegisterTextDetail:
    """A text with its paragraphs."""
    return shapes.RegisterTextDetail(
        **_text(shown.row),
        as_of=shown.on,
        by=shown.names[shown.row.by_person],
        warnings=_said(shown.row.extract.warnings, words),
        items=[_paragraph(each, shown, words) for each in shown.paragraphs],
        steps=[_step(step, shown.names) for step in shown.steps],
    )


def obligations(table: Table) -> shapes.Obligations:
    """The table of a year."""
    owed, undated, aside = ([_line(one) for one in lines] for lines in (table.owed, table.undated, table.set_aside))
    return shapes.Obligations(year=table.year, as_of=table.on, edition=table.edition, owed=owed, undated=undated, set_aside=aside)


def ranking(found: Ranking, words: Words) -> shapes.Ranking:
    """Ranks with what made them."""
    return shapes.Ranking(
        edition=found.edition,
        sha256=found.digest.hex(),
        overlaps=[shapes.BandOverlap(criterion=name, since=since, until=until) for name, since, until in found.overlaps],
        ranked=[_rank(one, found, words) for one in found.ranked],
    )


def _text(row: TextRow) -> dict[str, object]:
    told = {name: getattr(row, name) for name in ("id", "symbol", "body", "adopted_on", "language", "edition", "source")}
    told |= {"on": row.on_day, "version": row.version, "withdrawn_on": row.withdrawn_on}
    return told | {"sha256": row.text_hash.hex(), "paragraphs": len(row.extract.paragraphs)}


def _paragraph(each: Looked, shown: Shown, words: Words) -> shapes.RegisterParagraph:
    one, text = each.proposed.paragraph, shown.row.text
    return shapes.RegisterParagraph(
        place=each.place,
        number=one.number,
        verb=one.verb,
        verbs=[asked.verb for asked in one.asked],
        inherited=one.inherited,
        asks=one.asks,
        addressees=list(one.addressees),
        words=_span(text, one.place),
        task=_span(text, one.task) if one.task else None,
        through=_span(text, one.through) if one.through else None,
        due=_term(text, one.due),
        sunset=_term(text, one.sunset),
        review=_term(text, one.review),
        reports_to=list(one.reports_to),
        every=one.every,
        cites=[cited.canonical for cited in one.cites],
        warnings=_said(one.warnings, words),
        status_proposed=_proposals(each.proposed.statuses, words),
        category_proposed=_proposals(each.proposed.categories, words),
        status=each.stands.status,
        category=each.stands.category,
        with_body=each.with_body,
        weight=_weight(each.weighed, words) if each.weighed else None,
        mandate=each.mandate,
        trail=[_step(step, shown.names) for step in each.trail],
    )


def _span(text: str, place: Place) -> shapes.SpanOfText:
    return shapes.SpanOfText(start=place.start, end=place.end, words=text[place.start : place.end])


def _term(text: str, term: Term | None) -> shapes.TermOfText | None:
    if term is None:
        return None
    return shapes.TermOfText(
        start=term.start,
        end=term.end,
        words=text[term.start : term.end],
        day=term.day,
        before=term.excluded,
        count=term.count,
        unit=term.unit,
        since=term.since,
        session=term.session.number if term.session else None,
        year=term.in_year,
    )


def _proposals(several: Iterable[Proposal], words: Words) -> list[shapes.ProposedLabel]:
    return [shapes.ProposedLabel(label=one.label.value, reason=words.say(one.reason)) for one in several]


def _step(step: StepRow, names: Mapping[UUID, str]) -> shapes.RegisterStep:
    return shapes.RegisterStep(
        what=step.what,
        on=step.on_day,
        by=names[step.by_person],
        status=step.status,
        category=step.category,
        criteria=None if step.criteria is None else dict(step.criteria),
        body=step.body,
        since=step.since,
        mandate=step.mandate_id,
        authority=step.authority,
        reason=step.reason,
    )


def _weight(weighed: Weighed, words: Words) -> shapes.Weight:
    scores = [
        shapes.ScoreLine(criterion=score.criterion, points=list(score.points), warnings=_said(score.warnings, words))
        for score in weighed.scores
    ]
    return shapes.Weight(low=weighed.low, high=weighed.high, complete=weighed.complete, scores=scores)


def _line(one: Line) -> shapes.Obligation:
    paragraph, carried = one.paragraph, one.mandate
    return shapes.Obligation(
        day=one.day,
        before=paragraph.due is not None and paragraph.due.excluded,
        year=paragraph.due.in_year if paragraph.due else None,
        every=paragraph.every,
        who=list(paragraph.addressees),
        task=one.task,
        verb=paragraph.verb,
        reports_to=list(paragraph.reports_to),
        symbol=one.symbol,
        text=one.text,
        place=one.place,
        number=paragraph.number,
        body=one.body,
        status=one.stands.status,
        category=one.stands.category,
        with_body=one.with_body,
        mandate=carried.matter.id if carried else None,
        state=carried.matter.state if carried else None,
        units=list(carried.units) if carried else [],
    )


def _rank(one: Ranked, found: Ranking, words: Words) -> shapes.RankLine:
    place = found.places[one.weighed.name]
    return shapes.RankLine(
        rank=one.rank,
        text=place.text,
        symbol=place.symbol,
        place=place.place,
        number=place.number,
        criteria=dict(place.criteria),
        weight=_weight(one.weighed, words),
        tied_with=list(one.tied_with),
        may_pass=list(one.may_pass),
    )


def _said(several: Iterable[Said], words: Words) -> list[str]:
    return [words.say(one) for one in several]
