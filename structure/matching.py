"""Two organisations that do not share ids: which thing of one is which of the other, and what a person must be asked.

In this order: the same name, a name one of them had earlier, the same things below. What is only alike is asked about, never
decided: a wrong match would write one unit's history onto another. Near-linear: candidates come from indexes, and words that
half the house uses are no sign of likeness.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import ClassVar, Final

from policies.refusal import Refusal
from structure.organisation import Organisation
from structure.shared_below import SharedBelow
from structure.things import UNKNOWN, Post, Ref, Sort, Unit
from structure.uncollected import uncollected

LIKE: Final = Fraction(1, 2)
"""The Jaccard index (shared to all) from which two sets are alike enough to ask."""
ENOUGH: Final = 2
"""How many things below two units must be the same, and all of them, for the units to be the same."""
COMMON: Final = 50
"""A word in more names than this tells nothing."""


class Why(StrEnum):
    """Why a person is asked."""

    SAME_NAME = "same_name"
    """Several have this name."""
    LIKE_BELOW = "like_below"
    """Much of what is below is the same."""
    LIKE_NAME = "like_name"
    """The names share most of their words."""


@dataclass(frozen=True, slots=True)
class Question:
    """Is this thing one of these, or new? `subject` is of the organisation that came in, candidates are of the known one."""

    subject: Ref
    candidates: tuple[str, ...]
    why: Why


class AnswerRefused(Refusal):
    """An answer that is no candidate of its question, or that is given twice."""

    code: ClassVar[str] = "answer_refused"
    status: ClassVar[int] = 422


@dataclass(frozen=True, slots=True)
class Matching:
    """What is sure, what is new, and what to ask. Every live thing that came in is in exactly one of the three."""

    same: Mapping[Ref, str]
    new: frozenset[Ref]
    questions: tuple[Question, ...]

    def answered(self, answers: Mapping[Ref, str | None]) -> "Matching":
        """With questions decided by a person; None: it is new. Raises AnswerRefused; then nothing is decided."""
        same, new, still = dict(self.same), set(self.new), []
        taken = {(ref.sort, id) for ref, id in same.items()}
        for question in self.questions:
            subject = question.subject
            answer = answers.get(subject)
            if subject not in answers:
                still.append(question)
            elif answer is None:
                new.add(subject)
            elif answer not in question.candidates or (subject.sort, answer) in taken:
                raise AnswerRefused(subject=subject.id)
            else:
                same[subject] = answer
                taken.add((subject.sort, answer))
        return Matching(same, frozenset(new), tuple(still))


@uncollected()
def match(known: Organisation, found: Organisation) -> Matching:
    """Which live things of `found` are which of `known`. Nothing of `known` is matched twice."""
    units, functions, posts = (_Side(known, found, sort) for sort in (Sort.UNIT, Sort.FUNCTION, Sort.POST))
    for side in (units, functions, posts):
        side.by_name(earlier=False)
    units.by_name(earlier=True)
    shared = _by_what_is_below(units, functions)
    nears = ((id, shared.near(id)) for id in units.open_found())
    below = {id: (near.candidates, Why.LIKE_BELOW) for id, near in nears if near is not None and near.jaccard >= LIKE}
    asked = sorted((*units.questions(below), *functions.questions({}), *posts.questions({})), key=lambda one: one.subject)
    sides = (units, functions, posts)
    same = {Ref(side.sort, id): other for side in sides for id, other in side.same.items()}
    everything = frozenset(Ref(side.sort, id) for side in sides for id in side.found)
    return Matching(same, everything - same.keys() - {question.subject for question in asked}, tuple(asked))


Thing = tuple[str, tuple[str, ...]]
"""Its name, and the names it had."""


class _Side:
    """One sort of things, of both organisations, and what is sure about them so far."""

    def __init__(self, known: Organisation, found: Organisation, sort: Sort) -> None:
        self.sort = sort
        self.orgs = known, found
        self.known = _named(known, sort)
        self.found = _named(found, sort)
        self.same: dict[str, str] = {}
        self.taken: set[str] = set()
        self._ambiguous: dict[str, tuple[str, ...]] = {}

    def is_sure(self, id: str, other: str) -> None:
        """This one of what came in is that one."""
        self.same[id] = other
        self.taken.add(other)

    def open_known(self) -> list[str]:
        """What is there and not matched."""
        return [id for id in self.known if id not in self.taken]

    def open_found(self) -> list[str]:
        """What came in and is not matched."""
        return [id for id in self.found if id not in self.same]

    def by_name(self, *, earlier: bool) -> None:
        """Match what alone bears a name on both sides; remember what several bear."""
        theirs = _bearers(self.known, self.open_known(), earlier)
        ours = _bearers(self.found, self.open_found(), earlier)
        for name, ids in ours.items():
            there = theirs.get(name, [])
            if len(ids) == len(there) == 1 and ids[0] not in self.same and there[0] not in self.taken:
                self.is_sure(ids[0], there[0])
            elif there:
                for id in ids:
                    self._ambiguous.setdefault(id, tuple(there))

    def questions(self, alike: Mapping[str, tuple[tuple[str, ...], Why]]) -> Iterator[Question]:
        """About what is not matched and is like something that is not matched either; `alike` beside what names say."""
        words = _alike_in_words(self)
        for id in self.open_found():
            for named, why in (
                (self._ambiguous.get(id, ()), Why.SAME_NAME),
                alike.get(id, ((), Why.LIKE_BELOW)),
                (words.get(id, ()), Why.LIKE_NAME),
            ):
                candidates = tuple(sorted(set(named) - self.taken))
                if candidates:
                    yield Question(Ref(self.sort, id), candidates, why)
                    break


def _by_what_is_below(units: _Side, functions: _Side) -> SharedBelow:
    """Match units that have the same things below them, all of them. Matched units may let those above them match.

    Round by round: of two that came in and would be the same known unit, the first by id is.
    """
    shared = SharedBelow(units.orgs[0], units.open_known(), units.orgs[1], units.open_found())
    for side in (units, functions):
        for id, other in side.same.items():
            shared.are_same(Ref(side.sort, id), Ref(side.sort, other))
    while changed := shared.changed():
        nears = [(id, near) for id in changed if id not in units.same and (near := shared.near(id)) is not None]
        for id, near in nears:
            other = near.candidates[0]
            if len(near.candidates) == 1 and near.jaccard == 1 and near.shared >= ENOUGH and other not in units.taken:
                units.is_sure(id, other)
                shared.are_same(Ref(Sort.UNIT, id), Ref(Sort.UNIT, other))
                shared.is_taken(other)
    return shared


def _alike_in_words(side: _Side) -> dict[str, tuple[str, ...]]:
    known = {id: _words(side.known[id][0]) for id in side.open_known()}
    index: dict[str, list[str]] = {}
    for id, words in known.items():
        for word in words:
            index.setdefault(word, []).append(id)
    telling = {word: ids for word, ids in index.items() if len(ids) <= COMMON}
    alike: dict[str, tuple[str, ...]] = {}
    for id in side.open_found():
        words = _words(side.found[id][0])
        near = {other for word in words for other in telling.get(word, ())}
        alike[id] = tuple(other for other in near if Fraction(len(words & known[other]), len(words | known[other])) >= LIKE)
    return alike


def _bearers(things: Mapping[str, Thing], ids: Iterable[str], earlier: bool) -> dict[str, list[str]]:
    borne: dict[str, list[str]] = {}
    for id in ids:
        name, formerly = things[id]
        for each in dict.fromkeys(map(plain, (name, *formerly) if earlier else (name,))):
            if each and each != UNKNOWN:
                borne.setdefault(each, []).append(id)
    return borne


def _named(org: Organisation, sort: Sort) -> dict[str, Thing]:
    match sort:
        case Sort.UNIT:
            return {id: (unit.name, unit.formerly) for id, unit in sorted(org.units.items()) if unit.is_live}
        case Sort.FUNCTION:
            return {id: (function.name, ()) for id, function in sorted(org.functions.items()) if function.live}
        case _:
            return {id: (f"{post.title} / {_place(org, post)}", ()) for id, post in sorted(org.posts.items()) if post.live}


def _place(org: Organisation, post: Post) -> str:
    unit: Unit | None = org.units.get(post.unit)
    return unit.name if unit else post.unit


def plain(name: str) -> str:
    """Without case, accents and doubled spaces."""
    if not name.isascii():
        name = "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign))
    return " ".join(name.casefold().split())


def _words(name: str) -> frozenset[str]:
    return frozenset("".join(sign if sign.isalnum() else " " for sign in plain(name)).split()) - {UNKNOWN}
