"""Deciding without counting: what stops it, what does not, and when."""

from datetime import UTC, date, datetime, timedelta

import pytest

from policies.decisions import DecisionRules, Method, load
from policies.pack import PACKS
from policies.refusal import Refusal
from states.deciding.agreeing import (
    AnsweredBefore,
    ConfirmedTooEarly,
    NotTheirsToConfirm,
    SilenceBackwards,
    SilenceNotBegun,
    SilenceOver,
    adopt_ad_referendum,
    agree,
    break_silence,
    confirm,
    put_under_silence,
    silence_at,
)
from states.deciding.statements import Statement, StatementKind
from states.deciding.voters import NotAMember, NotAVoter, Voters
from states.deciding.voting import MethodNotUsed
from web.messages import LANGUAGES, Messages

RULES = load(PACKS / "oas" / "decisions.toml")
BARE = DecisionRules(rules=RULES.rules, quorums=RULES.quorums)
VOTERS = Voters(date(2026, 1, 5), frozenset({"AA", "BB", "CC"}), frozenset({"CC"}))
NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
SILENCE = put_under_silence(VOTERS, at=NOON, until=NOON + 48 * HOUR, rules=RULES)


def statement(kind: StatementKind, state: str = "AA") -> Statement:
    return Statement(kind, 1, state, "O1", "words")


METHODS = (Method.CONSENSUS, Method.ACCLAMATION)


@pytest.mark.parametrize("method", METHODS, ids=str)
def test_one_act_decides_when_nobody_objects(method):
    agreement = agree(method, (), rules=RULES)
    assert (agreement.adopted, agreement.method, [said.key for said in agreement.why]) == (
        True,
        method,
        [f"deciding.no_objection.{method}"],
    )


@pytest.mark.parametrize("kind", [kind for kind in StatementKind if kind != StatementKind.OBJECTION], ids=str)
def test_a_statement_that_is_no_objection_stops_nothing(kind: StatementKind):
    agreement = agree(Method.CONSENSUS, [statement(kind)], rules=RULES)
    assert agreement.adopted
    assert agreement.why[-1].params == {"count": 1}


@pytest.mark.parametrize("method", METHODS, ids=str)
def test_an_objection_stops_it_and_names_who_objected(method):
    objection = StatementKind.OBJECTION
    made = [statement(StatementKind.RESERVATION), *(statement(objection, state) for state in ("BB", "AA", "BB"))]
    agreement = agree(method, made, rules=RULES)
    assert (agreement.adopted, agreement.objecting) == (False, ("BB", "AA"))


def test_silence_decides_at_its_hour_and_not_before():
    assert silence_at(SILENCE, NOON + 47 * HOUR) is None
    kept = silence_at(SILENCE, NOON + 48 * HOUR)
    assert kept is not None
    assert kept.adopted


def test_an_objection_before_the_hour_breaks_it_for_good():
    last = NOON + 48 * HOUR - timedelta(microseconds=1)
    broken = break_silence(SILENCE, "AA", at=last)
    assert silence_at(broken, NOON + HOUR) is None
    for instant in (last, NOON + 100 * HOUR):
        agreement = silence_at(broken, instant)
        assert agreement is not None
        assert (agreement.adopted, agreement.objecting) == (False, ("AA",))
    assert SILENCE.objections == ()


@pytest.mark.parametrize(
    ("state", "hours", "refusal"),
    [("AA", 48, SilenceOver), ("AA", -1, SilenceNotBegun), ("CC", 1, NotAVoter), ("ZZ", 1, NotAMember)],
)
def test_an_objection_that_cannot_be_is_refused_and_breaks_nothing(state: str, hours: int, refusal: type[Refusal]):
    with pytest.raises(refusal):
        break_silence(SILENCE, state, at=NOON + hours * HOUR)
    kept = silence_at(SILENCE, NOON + 48 * HOUR)
    assert kept is not None
    assert kept.adopted


def test_a_silence_takes_time():
    with pytest.raises(SilenceBackwards):
        put_under_silence(VOTERS, at=NOON, until=NOON, rules=RULES)


DECISION = adopt_ad_referendum(by="PC", to="GA", on=date(2026, 1, 5), rules=RULES)


def test_ad_referendum_holds_until_the_other_body_says_no():
    assert DECISION.stands
    assert [said.key for said in DECISION.why] == ["deciding.awaits"]
    yes, no = (confirm(DECISION, by="GA", on=date(2026, 6, 5), yes=yes) for yes in (True, False))
    assert (yes.stands, yes.confirmed, yes.why[0].key) == (True, True, "deciding.confirmed")
    assert (no.stands, no.confirmed, no.why[0].key) == (False, False, "deciding.not_confirmed")
    assert DECISION.confirmed is None


def test_only_the_other_body_answers_once_and_afterwards():
    with pytest.raises(NotTheirsToConfirm):
        confirm(DECISION, by="PC", on=date(2026, 6, 5), yes=True)
    with pytest.raises(NotTheirsToConfirm):
        adopt_ad_referendum(by="GA", to="GA", on=date(2026, 1, 5), rules=RULES)
    with pytest.raises(ConfirmedTooEarly):
        confirm(DECISION, by="GA", on=date(2026, 1, 4), yes=True)
    answered = confirm(DECISION, by="GA", on=date(2026, 1, 5), yes=True)
    with pytest.raises(AnsweredBefore):
        confirm(answered, by="GA", on=date(2026, 6, 5), yes=False)


def test_a_house_decides_only_in_its_own_ways():
    with pytest.raises(MethodNotUsed):
        agree(Method.CONSENSUS, (), rules=BARE)
    with pytest.raises(MethodNotUsed):
        put_under_silence(VOTERS, at=NOON, until=NOON + HOUR, rules=BARE)
    with pytest.raises(MethodNotUsed):
        adopt_ad_referendum(by="PC", to="GA", on=date(2026, 1, 5), rules=BARE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_its_sentence(language: str):
    messages = Messages(language)
    kept = silence_at(SILENCE, NOON + 48 * HOUR)
    broken = silence_at(break_silence(SILENCE, "AA", at=NOON), NOON)
    answers = [confirm(DECISION, by="GA", on=date(2026, 6, 5), yes=yes) for yes in (True, False)]
    spoken = [statement(StatementKind.FOOTNOTE)]
    agreements = [agree(method, made, rules=RULES) for method in METHODS for made in ((), spoken)]
    stopped = agree(Method.CONSENSUS, [statement(StatementKind.OBJECTION)], rules=RULES)
    for one in (kept, broken, *agreements, stopped, DECISION, *answers):
        assert one is not None
        assert all(messages.say(said) for said in one.why)
