"""Statements: of members, to a paragraph that is there, numbered by kind; advice binds nobody."""

from datetime import date
from typing import Any

import pytest

from policies.decisions import Method, load
from policies.pack import PACKS
from policies.refusal import Refusal
from states.deciding.advising import Advice, Verdict
from states.deciding.statements import (
    EmptyStatement,
    NoExplanationHere,
    NoSuchParagraph,
    Statement,
    StatementKind,
    declare,
)
from states.deciding.voters import NotAMember, NotAVoter, Voters

RULES = load(PACKS / "oas" / "decisions.toml")
VOTERS = Voters(date(2026, 1, 5), frozenset({"AA", "BB", "CU"}), frozenset({"CU"}))
RESERVATION, FOOTNOTE, EXPLANATION, OBJECTION = StatementKind


def made(before: tuple[Statement, ...], kind: StatementKind, by: str = "AA", text: str = "We…", **changes: Any):
    facts = {"paragraphs": ("P1", "O1"), "voters": VOTERS, "method": Method.CONSENSUS, "rules": RULES}
    return declare(before, kind, by, text, **(facts | changes))


def test_statements_are_numbered_by_kind_and_tied_to_paragraph_and_state():
    all_made = made((), FOOTNOTE, paragraph="O1")
    all_made = made(all_made, RESERVATION, "BB")
    all_made = made(all_made, FOOTNOTE, "BB", paragraph="P1")
    assert [(one.kind, one.number, one.state, one.paragraph) for one in all_made] == [
        (FOOTNOTE, 1, "AA", "O1"),
        (RESERVATION, 1, "BB", None),
        (FOOTNOTE, 2, "BB", "P1"),
    ]


@pytest.mark.parametrize(
    ("call", "refusal"),
    [
        ({"kind": FOOTNOTE, "by": "FR"}, NotAMember),
        ({"kind": OBJECTION, "by": "CU"}, NotAVoter),
        ({"kind": FOOTNOTE, "paragraph": "O2"}, NoSuchParagraph),
        ({"kind": RESERVATION, "text": " \n"}, EmptyStatement),
        ({"kind": EXPLANATION, "method": Method.SECRET_BALLOT}, NoExplanationHere),
    ],
    ids=["stranger", "suspended", "paragraph", "empty", "secret"],
)
def test_a_statement_that_cannot_be_is_refused_and_not_kept(call: dict[str, Any], refusal: type[Refusal]):
    before = made((), FOOTNOTE)
    with pytest.raises(refusal):
        made(before, **call)
    assert len(before) == 1


def test_a_roll_call_may_be_explained_and_a_suspended_member_may_speak():
    assert made((), EXPLANATION, method=Method.ROLL_CALL)[0].kind == EXPLANATION
    assert made((), RESERVATION, "CU")[0].state == "CU"


def test_an_objection_needs_no_words():
    assert made((), OBJECTION, text="")[0].text == ""


def test_words_in_place_of_a_key_are_not_repeated():
    with pytest.raises(NoSuchParagraph) as caught:
        made((), FOOTNOTE, paragraph="my secret words")
    assert "secret" not in str(caught.value)


ADOPT, IN_PART, REJECT = Verdict.ADOPT, Verdict.ADOPT_IN_PART, Verdict.REJECT


def test_advice_is_compared_with_the_decision_and_decides_nothing():
    advice = Advice("CAAP", date(2026, 5, 4), ADOPT, {"op-3": Verdict.DEFER})
    assert advice.differs_from({"op-1": ADOPT, "op-2": REJECT, "op-3": Verdict.DEFER}) == ("op-2",)


def test_advice_to_adopt_in_part_says_no_to_the_rest():
    advice = Advice("CAAP", date(2026, 5, 4), IN_PART, {"op-1": ADOPT})
    assert (advice.for_part("op-1"), advice.for_part("op-2")) == (ADOPT, REJECT)
