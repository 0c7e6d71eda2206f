"""The letters of a matter on its page: who can be served one and what about, and the answers that wait to be read."""

from collections.abc import Mapping
from typing import Final

from actions.desk_case import Case
from actions.kinds.complaint_facts import ASKED_BY
from api.pages.forms import Option
from api.words import Words

TAKES: Final[Mapping[str, tuple[str, ...]]] = {taker: (server,) for taker, server in ASKED_BY.items()}
"""Acts that take the answers to letters of some acts only. What takes any is not among them."""


def waiting(case: Case, trigger: str, words: Words) -> list[Option]:
    """The letters whose answers wait, that this act can take: by whom, and the day of the answer."""
    acts = TAKES.get(trigger, ())
    return [
        Option(str(one.id), words.phrase("case.letter_of", "case.letter_of", name=one.to, day=one.answered_on))
        for one in case.opened.letters
        if one.waits and one.answered_on and (not acts or one.act in acts)
    ]


def receivers(case: Case, words: Words) -> list[Option]:
    """Whom a letter out of this can be served on, by name and office."""
    return [Option(str(one.id), f"{one.name} ({words.label(f'role.{one.office}', one.office)})") for one in case.receivers]


def subjects(case: Case, words: Words) -> list[Option]:
    """What it can be about, each with whom it may go to."""
    return [Option(about, _subject(about, roles, words)) for about, roles in case.subjects.items()]


def _subject(about: str, roles: tuple[str, ...], words: Words) -> str:
    said = ", ".join(words.label(f"role.{role}", role) for role in roles)
    return f"{words.label(f'option.about.{about}', about)} → {said}"
