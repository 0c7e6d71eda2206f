"""One paragraph read: its verbs, whom they address, the task, the times, whom it reports to. Nothing is guessed.

Every pattern is matched at a place or searched once through the paragraph, and each of its repetitions is bounded, so that
reading costs what the paragraph is long.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from policies.mandates import MandateRules
from policies.said import Said
from policies.wording import Force, Wording
from states.registering.paragraph import Asked, Place
from states.registering.phrases import compiled, keyed, plain, word
from states.registering.terms import Term, TermReader

_WINDOW: Final = 160
"""A report and whom it goes to, or an end and its day, stand within so many signs."""
_MOST_NAMES: Final = 6


class Reader:
    """Everything made once of one language's words and one house's names."""

    def __init__(self, wording: Wording, rules: MandateRules, session_years: int | None) -> None:
        cues, articles = wording.cues, word(wording.articles)
        self.terms = TermReader(wording, session_years)
        self._names = keyed({name: addressee.names for name, addressee in rules.addressees.items()})
        self._verbs = {form: name for name, form in _forms(wording)}
        self._force = {name: verb.force for name, verb in wording.verbs.items()}
        self._units = keyed(wording.every)
        before = (
            rf"(?:{word((*wording.adverbs, *wording.leads))}[ ,]{{0,40}}){{0,4}}"
            if wording.leads
            else rf"(?:{word(wording.adverbs)}[ ,]{{1,40}}){{0,3}}"
        )
        filler = rf"[ ,:]{{0,40}}(?:{word((*wording.adverbs, *wording.articles))}[ ,]{{0,40}}){{0,4}}"
        names = word(self._names)
        self.heads = re.compile(rf"[ \"']{{0,4}}{before}(?P<verb>{word(self._verbs)})", re.IGNORECASE | re.ASCII)
        self._joined = compiled(rf"{word(wording.joins)}[ ]{{1,40}}{before}(?P<verb>{word(self._verbs)})(?={filler}{names})")
        self._first = re.compile(rf"{filler}(?P<name>{names})", re.IGNORECASE | re.ASCII)
        joins = word(wording.joins)
        self._next = re.compile(
            rf"[ ]{{0,40}}(?:,|{joins}|,[ ]{{1,40}}{joins})[ ]{{1,40}}(?:{articles}[ ]{{0,40}}){{0,2}}(?P<name>{names})",
            re.IGNORECASE | re.ASCII,
        )
        through = rf"{filler}{word(cues.through)}[ ]{{1,40}}(?P<through>[^,;:.]{{1,200}})"
        self._through = re.compile(through, re.IGNORECASE | re.ASCII)
        by = rf"(?P<by>{word(cues.by)})|(?P<before>{word(cues.before)})"
        self._due = compiled(rf"(?:{by}|(?P<within>{word(cues.within)})|(?P<at>{word(cues.at)}))(?=[ ,]|(?<='))")
        self._sunset = compiled(word(cues.sunset))
        self._lasting = compiled(word(cues.lasting))
        self._review = compiled(word(cues.review))
        self._report = compiled(word(cues.report))
        self._recipient = compiled(rf"{word(cues.to)}[ ]{{0,40}}(?:{articles}[ ]{{0,40}}){{0,2}}(?P<name>{names})")
        self._every = compiled(word(self._units))
        year = "(?:19|20)[0-9]{2}"
        until = rf"(?:[ ]?-[ ]?(?P<until>{year}))?(?![0-9])"
        self._budget = compiled(rf"{word(cues.budget)}[^.;]{{0,60}}?(?P<year>{year}){until}")
        self._procedural = compiled(word(cues.procedural))
        self._topics = {name: compiled(word(phrases)) for name, phrases in wording.topics.items()}
        loose = word((*wording.joins, *wording.leads))
        self.tail = re.compile(rf"[ ;,.:]{{1,40}}(?:{loose})?[ .;,:]{{0,40}}\Z", re.IGNORECASE | re.ASCII)
        self.adoption = compiled(word(cues.adopted))

    def asked(self, text: str) -> tuple[Asked, ...]:
        """The verb at the head and those joined to it, each with those it addresses."""
        head = self.heads.match(text)
        if head is None:
            return ()
        found = [head, *self._joined.finditer(text, head.end())]
        return tuple(self._one(text, match) for match in found)

    def _one(self, text: str, match: re.Match[str]) -> Asked:
        verb = self._verbs[plain(match["verb"])]
        names, end = self._named(text, match.end("verb"), self._first)
        return Asked(verb, self._force[verb], Place(match.start("verb"), end), names)

    def _named(self, text: str, at: int, pattern: re.Pattern[str]) -> tuple[tuple[str, ...], int]:
        """Those named directly here, and further ones joined to them; and where the last name ends."""
        names: list[str] = []
        while len(names) < _MOST_NAMES and (found := pattern.match(text, at)):
            names.append(self._names[plain(found["name"])])
            at, pattern = found.end(), self._next
        return tuple(dict.fromkeys(names)), at

    def through(self, text: str, asked: Iterable[Asked]) -> Place | None:
        """By whose hands, where that stands directly behind an addressee."""
        for one in asked:
            if one.addressees and (found := self._through.match(text, one.place.end)):
                return Place(*found.span("through"))
        return None

    def due(self, text: str) -> Term | None:
        """The first time by which, before which, within which, or at which session something is asked."""
        for cue in self._due.finditer(text):
            term = self.terms.at(text, cue.end())
            if term is None or _is_bare(term, cue):
                continue
            return replace(term, start=cue.start(), excluded=cue["before"] is not None)
        return None

    def sunset(self, text: str, asked: Iterable[Asked]) -> Term | None:
        """When what the paragraph decides ends. Without a time behind the words: said, and not known."""
        if found := self._sunset.search(text):
            return self._behind(text, found)
        if any(one.force is Force.DECIDES for one in asked):
            for found in self._lasting.finditer(text):
                if term := self.terms.at(text, found.end()):
                    return replace(term, start=found.start())
        return None

    def review(self, text: str) -> Term | None:
        """When it is to be looked at again. Without a time behind the words: said, and not known."""
        found = self._review.search(text)
        return self._behind(text, found) if found else None

    def _behind(self, text: str, found: re.Match[str]) -> Term:
        if term := self.terms.at(text, found.end()):
            return replace(term, start=found.start())
        window = text[: found.end() + _WINDOW]
        for cue in (*self._lasting.finditer(window, found.end()), *self._due.finditer(window, found.end())):
            term = self.terms.at(window, cue.end())
            if term is not None:
                return replace(term, start=found.start())
        return Term(found.start(), found.end(), warnings=(Said("registering.said_without_a_time"),))

    def reports_to(self, text: str, at: int) -> tuple[str, ...]:
        """Those a report, or what is to be presented, goes to: named behind "to" soon after such a word."""
        words = [found.start() for found in self._report.finditer(text, at)]
        names = []
        for found in self._recipient.finditer(text, at):
            place = bisect_right(words, found.start()) - 1
            if place >= 0 and found.start() - words[place] <= _WINDOW:
                names.append(self._names[plain(found["name"])])
                names.extend(self._named(text, found.end(), self._next)[0])
        return tuple(dict.fromkeys(names))

    def every(self, text: str) -> str | None:
        """How often; None where nothing is said, or two things are."""
        said = {self._units[plain(found[0])] for found in self._every.finditer(text)}
        return said.pop() if len(said) == 1 else None

    def budget_year(self, text: str) -> int | None:
        """The last year of the budget it names."""
        years = [int(found["until"] or found["year"]) for found in self._budget.finditer(text)]
        return max(years, default=None)

    def procedural(self, text: str) -> bool:
        """Whether it is about the course of business only."""
        return self._procedural.search(text) is not None

    def topics(self, text: str) -> tuple[str, ...]:
        """The categories whose words it uses."""
        return tuple(name for name, pattern in self._topics.items() if pattern.search(text))


def _forms(wording: Wording) -> Iterable[tuple[str, str]]:
    for name, verb in wording.verbs.items():
        for form in verb.forms:
            yield name, plain(form)


def _is_bare(term: Term, cue: re.Match[str]) -> bool:
    """Words that too often mean something else: "in 2015" and "at 3 days" are no duty; "at the next session" is one."""
    return cue["at"] is not None and term.session is None
