"""What the intake says, in sentences. The sentences are those of words.md: each is true in code."""

from collections.abc import Iterable, Sequence
from typing import Final

from actions.front import Front, Running
from actions.intake import Received
from actions.plain import QUESTIONS, Dated, Standing
from api import intake_shapes as shapes
from api.words import Words
from policies.said import Said
from records.vault import Receipt

BEFORE: Final = ("intake.start", "intake.secrecy", "intake.device", "intake.details")


def say(words: Words, said: Said) -> str:
    """The sentence; a fact that is itself the key of a sentence is said first."""
    facts = {name: words.label(fact, fact) if isinstance(fact, str) else fact for name, fact in said.params.items()}
    return words.say(Said(said.key, facts))


def front(told: Front, words: Words, languages: Sequence[str], station: str) -> shapes.Office:
    """What is said before she writes."""
    names = ", ".join(reader.name for reader in told.readers)
    vacancy = next(iter(told.vacancies), None)
    notice = [
        words.say(Said("intake.start")),
        words.say(Said("intake.who_reads", {"names": names})),
        words.say(Said("intake.secrecy")),
        danger(words, told.numbers.get(station)),
        *limit_notice(words, "consultation", told.limits),
        words.say(Said("intake.device")),
        words.say(Said("intake.details")),
    ]
    return shapes.Office(
        readers=[_tickable(one, words) for one in told.readers],
        officials=[_tickable(one, words) for one in told.officials],
        read_by=told.read_by,
        vacancy=_vacancy(vacancy, words),
        danger=told.numbers,
        limits=[limit(one, words) for one in told.limits],
        personnel_classes={name: words.label(f"personnel.{name}", name) for name in told.classes},
        languages=list(languages),
        notice=notice,
    )
