"""What is said to several people in one matter: before a code is made, before somebody joins. Each sentence is true in code."""

from actions.front import UNKNOWN, Answers, at_least_until
from actions.joining import CONCERNS_THEM, Code, Joining, Waiting, Welcomed
from api import intake_joining_shapes as shapes
from api import intake_telling as telling
from api.intake_shapes import MustNotSee
from api.words import Words
from policies.said import Said

BEFORE_A_CODE = ("group.code.reads", "group.code.identity", "group.code.consent")
JOINING = ("group.join.reads", "group.join.identity", "group.join.consent", "group.join.leave")
FOR_ANOTHER = ("group.another.agree", "group.another.until", "group.another.over")
LAST_NUMBER = 13
"""From this number on people are called by one word: the pack lets fewer into one matter."""


def brought(told: shapes.Join) -> Joining:
    """What somebody brings who joins; what they left out about themselves is unknown."""
    ticked = told.must_not_see or MustNotSee()
    return Joining(
        language=told.language,
        agrees=told.agrees,
        statement=told.statement,
        identity=told.identity,
        must_not_see=ticked.words,
        excluded=ticked.ids,
        answers=Answers(UNKNOWN, UNKNOWN, None, told.afraid),
    )


def person(number: int, words: Words) -> str:
    """What stands for a name: the first person, the second."""
    return words.say(Said(f"group.person.{min(number, LAST_NUMBER)}"))


def before_a_code(words: Words, *, concerned: bool) -> list[str]:
    """What is said before she makes a code."""
    own = FOR_ANOTHER if concerned else ()
    return [words.say(Said(key)) for key in (*own, *BEFORE_A_CODE)]


def told_code(code: Code, words: Words) -> shapes.Code:
    """A code, once."""
    notice = [words.say(Said("group.code.once", {"day": code.until})), words.say(Said("group.code.hand_over"))]
    return shapes.Code(code=code.code, part=code.part, until=code.until, notice=notice)


def told_waiting(found: Waiting, words: Words) -> shapes.Waiting:
    """What a code leads to, and what joining means."""
    concerned = found.part == CONCERNS_THEM
    first = "group.join.concerned" if concerned else "group.join.people"
    names = ", ".join(found.readers)
    notice = [
        words.say(Said(first, {"count": found.people} if not concerned else {})),
        *(words.say(Said(key)) for key in JOINING),
        words.say(Said("group.join.opened", {"names": names})),
        words.say(Said("intake.secrecy")),
        words.say(Said("intake.limits_formal")),
    ]
    return shapes.Waiting(
        part=found.part,
        people=found.people,
        until=found.until,
        messages=[shapes.Written(on=one.on, person=one.person, text=one.text) for one in found.messages],
        files=found.files,
        readers=list(found.readers),
        notice=notice,
    )


def told_welcome(welcomed: Welcomed, words: Words) -> shapes.Welcomed:
    """What somebody is told once who joined."""
    return shapes.Welcomed(
        receipt=list(welcomed.receipt.words),
        number=welcomed.number,
        part=welcomed.part,
        readers=list(welcomed.readers),
        notice=[
            telling.keep_words(welcomed.receipt, words),
            words.say(Said("group.welcome", {"number": person(welcomed.number, words)})),
            words.say(Said("intake.sealed_to", {"names": ", ".join(welcomed.readers)})),
            words.say(Said("intake.newcomers")),
            words.say(Said("intake.secrecy")),
            words.say(at_least_until(welcomed.protected_until)),
        ],
    )
