"""Votes, consensus and silences about a proposal: what was put to a body, how it came out, and the forms to do so."""

from typing import Any, Final

from fastapi import APIRouter, Response
from starlette.requests import Request

from actions import deciding_advice as advice
from actions import deciding_looking as looks
from actions import looking, offering
from actions.deciding_looking import Sheet
from api import deciding_shapes as shapes
from api import deciding_telling as tells
from api.asking import OfficeDep, PersonDep
from api.contract import needs
from api.council_pages.matters import Asking
from api.council_pages.matters_choices import Picking
from api.council_pages.matters_facts import countries
from api.council_pages.proposals import around, versions_seen
from api.council_pages.proposals_text import may_decide
from api.deciding import DecidingDep
from api.kinds_routes import IdDep, WordsDep
from api.pages.forms import Form, Option, make_form
from api.pages.showing import show
from web.countries import country, looked_for

router = APIRouter(prefix="/proposals/{id}", include_in_schema=False)
CHOICES: Final = ("for", "against", "abstain")


@router.get("/votes", **needs("proposal.read", 404, 409, 422))
def show_votes(request: Request, office: OfficeDep, person: PersonDep, words: WordsDep, about: IdDep) -> Response:
    """Every time the proposal was put to a body, what it waits for, and what committees advised."""
    asking = Asking(request, office, person.person, words, "proposal", about)
    seen = looking.one(office, "proposal", about, by=person.person)
    found = versions_seen(office, about, person.person)
    live = seen.matter.rested_on is None and may_decide(office, person.person, "decide")
    data = around(request, seen, found, "votes") | {
        "decidings": [tells.line(one, words) for one in looks.questions(office, about, by=person.person)],
        "waits": tells.waits(looks.waits(office, about, by=person.person), words) if found else None,
        "advice": [tells.advice(one) for one in advice.advice_of(office, about, by=person.person)],
        "forms_here": _to_open(asking, seen.matter.version) if live and found else {},
    }
    return show(request, "council/votes.html", data)


@router.get("/votes/{deciding}", **needs("proposal.read", 404, 409, 422))
def show_vote(
    request: Request, office: OfficeDep, person: PersonDep, words: WordsDep, about: IdDep, deciding: DecidingDep
) -> Response:
    """The result sheet of one of them, and what can still be done about it."""
    asking = Asking(request, office, person.person, words, "proposal", about)
    seen = looking.one(office, "proposal", about, by=person.person)
    sheet = looks.question(office, about, deciding, by=person.person)
    told, language = tells.sheet(sheet, words), asking.tongue.language
    data = around(request, seen, versions_seen(office, about, person.person), "votes") | {
        "sheet": told,
        "asks": asks_label(told.asks, asking),
        "answers": [(choice, _of(told, choice, asking)) for choice in CHOICES],
        "papers": countries([one.state for one in told.answers if one.choice is None], asking.tongue),
        "not_yet": _waiting(told, language),
        "absent": _absent(told, asking),
        "objecting": countries(told.objecting, asking.tongue),
        "suspended": countries(told.suspended, asking.tongue),
        "parties": countries(told.parties, asking.tongue),
        "statements": [(_stated(one, asking), one.paragraph, one.text) for one in told.statements],
        "forms_here": _to_do(asking, seen, sheet, told) if may_decide(office, person.person, "decide") else {},
    }
    return show(request, "council/vote.html", data)


def asks_label(asks: str, asking: Asking) -> str:
    """What a question asks, in words."""
    if asks in ("adoption", "reconsideration"):
        return asking.tongue.t(f"council.asks.{asks}")
    return asking.tongue.t("council.asks.wait", wait=asking.tongue.label(f"option.asks.{asks}", asks))


def _to_open(asking: Asking, version: int) -> dict[str, Form]:
    """The forms that put the newest version to a body, and take down what a committee advises."""
    picking = Picking(asking.office, asking.by, asking.words, "proposal")
    how, states = offering.ballots(asking.office), picking.states()
    named = [Option(one, asking.tongue.label(f"option.rule.{one}", one)) for one in how.rules]
    asks = [Option(one, asks_label(one, asking)) for one in how.asks]
    bodies = {"body": picking.bodies()}
    stated = {"statements.state": states, "present": states, "statements.paragraph": picking.paragraphs(asking.about)}
    made = {
        "vote": ("votes", {**bodies, "rule": named, "asks": asks, "parties": states, "present": states}, "vote_opened"),
        "consensus": ("consensus", {**bodies, **stated}, "agreed"),
        "silence": ("silences", bodies, "silence_begun"),
        "advice": ("advice", bodies, "advice_taken"),
    }
    return {name: _form(asking, version, path, choices, done) for name, (path, choices, done) in made.items()}


def _to_do(asking: Asking, seen: looking.Detail, found: Sheet, told: shapes.Sheet) -> dict[str, Form]:
    """The forms about one question: answers and its end while it is open, statements, and that it does not count."""
    version, path = seen.matter.version, f"decidings/{told.id}"
    picking = Picking(asking.office, asking.by, asking.words, "proposal", detail={"day": told.day})
    states, waiting = picking.states(), picking.countries(told.not_yet)
    forms: dict[str, Form] = {}
    if told.open and told.method == "roll_call":
        forms["answers"] = _form(asking, version, f"{path}/answers", {}, "answers_taken", without=("answers",))
        forms["close"] = _form(asking, version, f"{path}/close", {"present": states}, "vote_closed", without=("papers",))
    if told.open and told.method == "secret_ballot":
        forms["papers"] = _form(asking, version, f"{path}/papers", {"states": waiting}, "papers_taken")
        forms["close"] = _form(asking, version, f"{path}/close", {"present": states}, "vote_closed")
    if told.open and told.method == "silence":
        forms["objections"] = _form(asking, version, f"{path}/objections", {"state": states}, "objection_taken")
    if not told.void:
        keys = picking.paragraphs(asking.about, found.decided.row.version)
        forms["statements"] = _form(
            asking, version, f"{path}/statements", {"state": states, "paragraph": keys}, "statement_taken"
        )
        forms["void"] = _form(asking, version, f"{path}/void", {}, "voided")
    return forms


def _form(asking: Asking, version: int, path: str, choices: Any, done: str, without: tuple[str, ...] = ()) -> Form:
    address = f"/v1/proposals/{asking.about}/{path}"
    return make_form(
        asking.request, "POST", address, done=done, version=version, choices=choices, without=without, scope="deciding", rows=2
    )


def _of(told: shapes.Sheet, choice: str, asking: Asking) -> list[str]:
    named = (country(asking.tongue.language, one.state) for one in told.answers if one.choice == choice)
    return sorted(named, key=looked_for)


def _waiting(told: shapes.Sheet, language: str) -> list[tuple[int, str, str]]:
    """States that have not answered: place among the voters, which stays the same, letters and name; by name."""
    left = frozenset(told.not_yet)
    found = [(place, code, country(language, code)) for place, code in enumerate(told.voters) if code in left]
    return sorted(found, key=lambda one: looked_for(one[2]))


def _absent(told: shapes.Sheet, asking: Asking) -> str:
    """Who was not there, where the roll was called."""
    if told.present is None:
        return ""
    attending = set(told.members) - set(told.suspended)
    return countries(sorted(attending - set(told.present)), asking.tongue)


def _stated(one: shapes.StatementLine, asking: Asking) -> str:
    called = country(asking.tongue.language, one.state)
    return asking.tongue.t(f"deciding.statement.{one.kind}", number=one.number, state=called)
