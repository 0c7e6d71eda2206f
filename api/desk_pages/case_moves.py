"""The moves from where a matter is: each with a form that asks for what its guard needs, or with why it cannot be made now."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from actions import desk_writing
from actions.desk_case import Case
from actions.looking import Possible
from api.desk_pages import case_letters, case_people, case_words, own
from api.desk_pages.case_forms import PAYLOAD, CaseForm, Place
from api.pages.forms import Option
from api.words import Words
from states.table import StateTable

SHOWN_BY: Final[Mapping[str, tuple[frozenset[str], ...]]] = {
    "a_ground_is_given": (frozenset({"ground"}), frozenset({"reason"})),
    "a_reason_is_given": (frozenset({"reason"}),),
    "serious_harm_is_imminent": (frozenset({"reason"}),),
    "what_is_told_to_whom_is_written": (frozenset({"to", "text"}),),
    "it_is_written_whether_she_was_told_first": (frozenset({"beforehand"}),),
    "findings_name_nobody": (frozenset({"names_nobody"}),),
    "consent_to_the_exact_text": (frozenset({"consent"}),),
    "an_addressee_is_named": (frozenset({"consent"}),),
    # the letter comes first: what lies unread is read before anything else is written down
    "the_reply_is_on_file": (frozenset({"letter"}), frozenset({"text", "on"})),
    "their_answer_is_on_file": (frozenset({"letter"}), frozenset({"text"})),
    "an_answer_waits_to_be_read": (frozenset({"letter"}),),
    "what_they_promised_is_written": (frozenset({"text"}),),
    "the_outcome_is_on_file": (frozenset({"text"}),),
    "both_sides_agree": (frozenset({"other_side"}),),
    # one of two fields says who mediates, so neither can be a must: what was looked for stands with both
    "a_mediator_is_named": (frozenset({"no_conflict"}),),
    "no_conflict_was_found": (frozenset({"no_conflict"}),),
    "the_settlement_is_on_file": (frozenset({"text"}),),
    "who_mediated_makes_no_findings": (frozenset({"ground"}),),
    "why_is_written": (frozenset({"reason"}),),
    "the_new_matter_is_named": (frozenset({"case"}),),
    "nobody_here_is_kept_from_it": (frozenset({"case"}),),
    "the_case_can_join": (frozenset({"case"}),),
    "whoever_reads_this_may_read_the_case": (frozenset({"case"}),),
    "the_case_has_joined": (frozenset({"case"}),),
    "the_text_was_not_put_to_this_person": (frozenset({"case"}),),
    "this_person_is_of_the_unit": (frozenset({"of_unit"}),),
    "this_person_is_counted_once": (frozenset({"another_person"}),),
}
"""Claims that the move itself can show, and the fields by which it does (those of the first set that it has): they are asked for,
and are no reason against it."""
REPLY: Final = desk_writing.REPLY
"""The move by which words go to her."""
ELSEWHERE: Final = frozenset({REPLY, desk_writing.BEGINS["by_decision"][0], desk_writing.ENDS["by_decision"]})
"""Moves whose forms stand with what they are about: words to her, a pause by decision."""
CONSENT: Final = "consent"
LETTER: Final = "letter"
RECEIVER, TO, ABOUT = "addressee", "to", "about"
MEDIATOR: Final = "mediator"
CASE: Final = "case"
PERSON: Final = "person"


@dataclass(frozen=True, slots=True)
class Step:
    """One move. Without a form, `unmet` says why not; `leads_to` is the stage it ends in, empty where it changes none."""

    trigger: str
    label: str
    leads_to: str
    form: CaseForm | None
    unmet: tuple[str, ...] = ()


def steps_of(case: Case, place: Place, words: Words) -> list[Step]:
    """Every move that the policy gives to whoever looks, in the order of the table."""
    order = list(case.kind.table.triggers)
    found = sorted(case.opened.moves, key=lambda move: order.index(move.trigger))
    return [step_of(case, place, words, move) for move in found if move.trigger not in ELSEWHERE]


def step_of(case: Case, place: Place, words: Words, move: Possible) -> Step:
    """One move with its form, if nothing stands in its way that its form could not show."""
    kind, trigger = case.kind.name, move.trigger
    label = words.label(f"move.{kind}.{trigger}", trigger)
    fields = case.kind.payload(trigger).model_fields
    picked = _picked(case, words, fields, trigger)
    shown = {claim: _shown_by(claim, fields, picked) for claim in move.unmet}
    against = [claim for claim, names in shown.items() if not names]
    leads = leads_to(case.kind.table, case.opened.matter.state, trigger)
    said = words.label(f"state.{kind}.{leads}", leads) if leads else ""
    if against:
        return Step(trigger, label, said, None, tuple(words.label(f"claim.{claim}", claim) for claim in against))
    must = {name for names in shown.values() for name in names}
    if TO in fields and RECEIVER in fields and not case.receivers:
        must.add(TO)
    form = place.form(
        "POST",
        "moves",
        label,
        name=f"move.{trigger}",
        must=must,
        fixed={"trigger": trigger},
        without=_left_out(case, fields, must) if fields else (PAYLOAD,),
        choices={f"{PAYLOAD}.{name}": options for name, options in picked.items()} or None,
        scope=f"case.{trigger}",
    )
    return Step(trigger, label, said, form)


def possible(case: Case, trigger: str) -> Possible | None:
    """A move from here, if the policy gives it to whoever looks."""
    return next((move for move in case.opened.moves if move.trigger == trigger), None)


def leads_to(table: StateTable, state: str, trigger: str) -> str:
    """The stage that a move ends in; empty where it stays."""
    return next((str(one.dest) for one in table.moves_from(state) if one.trigger == trigger and one.dest != state), "")


def _shown_by(claim: str, fields: Mapping[str, object], picked: Mapping[str, Sequence[Option]]) -> frozenset[str]:
    """The fields that show a claim; none: this move cannot, or there is no consent and no letter to choose."""
    has = {name for name in fields if name not in (CONSENT, LETTER) or picked[name]}
    return next((names for names in SHOWN_BY.get(claim, ()) if names <= has), frozenset())


def _left_out(case: Case, fields: Mapping[str, object], must: Collection[str]) -> tuple[str, ...]:
    """What is not asked for: an answer by letter is kept as it came; without a letter, or anybody to serve, no choice is."""
    names = {"text", "on"} if LETTER in must else {LETTER}
    if not case.receivers:
        names |= {RECEIVER, ABOUT} if RECEIVER in fields else set()
    return tuple(f"{PAYLOAD}.{name}" for name in sorted(names) if name in fields)


def _picked(case: Case, words: Words, fields: Mapping[str, object], trigger: str) -> dict[str, Sequence[Option]]:
    """What the fields of a move let one pick from: a consent, a letter that waits, somebody with a seat, a case, a receiver."""
    lists: dict[str, Callable[[], Sequence[Option]]] = {
        CONSENT: lambda: _choices(case, trigger),
        LETTER: lambda: case_letters.waiting(case, trigger, words),
        MEDIATOR: lambda: [Option(str(one.id), one.name) for one in case.opened.seated],
        PERSON: lambda: case_people.others(case),
        CASE: lambda: own.cases_of(case.handled, words),
        own.AUDIENCE: lambda: readers(case.audiences),
    }
    if RECEIVER in fields:  # elsewhere a field `about` is words
        lists |= {RECEIVER: lambda: case_letters.receivers(case, words), ABOUT: lambda: case_letters.subjects(case, words)}
    return {name: made() for name, made in lists.items() if name in fields}


def readers(audiences: Sequence[str]) -> list[Option]:
    """Who can be named as readers of what she is asked; each is called what `option.audience` says."""
    return [Option(one) for one in audiences]


def _choices(case: Case, trigger: str) -> list[Option]:
    """The consents that stand and were not used, for this act, with receiver and text: of this matter, else of a tied one."""
    own = [
        Option(str(one.id), f"{one.to}: {case_words.in_short(one.body)}")
        for one in case_words.by_status(case_words.consents(case), "given")
        if one.purpose == trigger
    ]
    tied = [Option(str(one.id), f"{one.to}: {case_words.in_short(one.body)}") for one in case.yeses if one.act == trigger]
    return own or tied
