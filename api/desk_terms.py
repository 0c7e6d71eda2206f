"""Ends of a time in office at the desk: what is yours to settle before yours, and whether a colleague's is done."""

from fastapi import APIRouter

from actions import terms_desk
from actions.terms_desk import Ends, OverTerm, OwnMatter, OwnTerm
from api.contract import needs
from api.desk_asking import CallerDep, OfficeDep
from api.desk_terms_shapes import OverEnd, OwnEnd, TermEnds, TermMatter
from api.kinds_routes import WordsDep
from api.shapes import Named
from api.telling import named
from api.words import Words

router = APIRouter(prefix="/v1/term", tags=["term"])


@router.get("", **needs("term.read"))
def show_term(office: OfficeDep, caller: CallerDep, words: WordsDep) -> TermEnds:
    """Your list, from the day the policy names before your last day; of who works under you, done or not."""
    return ends(terms_desk.ends_of(office, by=caller), words)


def ends(told: Ends, words: Words) -> TermEnds:
    """The whole of it, in her words."""
    return TermEnds(own=_own(told.own, words) if told.own else None, over=[over(one) for one in told.over])


def over(one: OverTerm) -> OverEnd:
    """Somebody's end as their overseer hears of it."""
    return OverEnd(who=Named(id=one.who.id, name=one.who.name), last_on=one.last_on, done=one.done)


def _own(told: OwnTerm, words: Words) -> OwnEnd:
    return OwnEnd(
        last_on=told.last_on,
        days=told.days,
        informal=[_matter(one, words) for one in told.informal],
        formal=[_matter(one, words) for one in told.formal],
    )


def _matter(one: OwnMatter, words: Words) -> TermMatter:
    return TermMatter(
        id=one.id,
        kind=one.kind,
        state=one.state,
        state_label=words.label(f"state.{one.kind}.{one.state}", one.state),
        asked=named(one.asked),
        answer_by=one.answer_by,
        told=one.told,
    )
