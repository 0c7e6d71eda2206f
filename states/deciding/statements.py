"""What a delegation has written beside a decision: to one paragraph or to the whole, numbered, and nothing else changes.

Only an objection, and only to a consensus, stops anything; see `agreeing`.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar

from policies.decisions import DecisionRules, Method
from policies.refusal import Refusal
from states.deciding.text import shown
from states.deciding.voters import Voters


class NoExplanationHere(Refusal):
    """Votes of this method are not explained: who explains a secret vote tells it."""

    code: ClassVar[str] = "no_explanation_here"
    status: ClassVar[int] = 422


class NoSuchParagraph(Refusal):
    """The text has no paragraph of this key."""

    code: ClassVar[str] = "no_such_paragraph"
    status: ClassVar[int] = 422


class EmptyStatement(Refusal):
    """A statement without words. An objection needs none."""

    code: ClassVar[str] = "empty_statement"
    status: ClassVar[int] = 422


class StatementKind(StrEnum):
    """What a statement is."""

    RESERVATION = "reservation"
    FOOTNOTE = "footnote"
    EXPLANATION = "explanation_of_vote"
    OBJECTION = "objection"


@dataclass(frozen=True, slots=True)
class Statement:
    """One state's statement. `number` runs by kind from 1; `paragraph` is a key of the text, None: the whole."""

    kind: StatementKind
    number: int
    state: str
    paragraph: str | None
    text: str = field(repr=False)


def declare(
    made: tuple[Statement, ...],
    kind: StatementKind,
    by: str,
    text: str,
    *,
    paragraph: str | None = None,
    paragraphs: Collection[str],
    voters: Voters,
    method: Method,
    rules: DecisionRules,
) -> tuple[Statement, ...]:
    """Those made before and this one, with the next number of its kind.

    A state may make several. Raises NotAMember, NotAVoter for an objection of who may not vote, NoSuchParagraph,
    EmptyStatement, NoExplanationHere.
    """
    if kind == StatementKind.OBJECTION:
        voters.refuse_who_may_not_vote(by)
    voters.refuse_strangers({by})
    if paragraph is not None and paragraph not in paragraphs:
        raise NoSuchParagraph(key=shown(paragraph))
    if not text.strip() and kind != StatementKind.OBJECTION:
        raise EmptyStatement()
    explained = rules.methods[method].explained if method in rules.methods else True
    if kind == StatementKind.EXPLANATION and not explained:
        raise NoExplanationHere(method=method)
    number = 1 + sum(one.kind == kind for one in made)
    return (*made, Statement(kind, number, by, paragraph, text.strip()))
