"""The way of a matter as a picture: the stages it came through, where it is, and where it can go from there."""

from collections.abc import Iterator
from datetime import date

from markupsafe import Markup

from actions.desk_case import Case
from api.words import Words, messages
from policies.said import Said
from states.clocks import OPEN
from web.drawing.shapes import Frame, Stage, StatesMap
from web.drawing.states_map import draw_states
from web.rendering import Tongue


def map_of(case: Case, words: Words) -> Markup | None:
    """The picture; its words stand beside it in the history, as text."""
    stages = (*_passed(case, words), _here(case, words), *_ahead(case, words))
    count = len(stages)
    frame = Frame("way", words.say(Said("case.way")), words.say(Said("case.way_of", {"count": count})))
    return draw_states(StatesMap(frame, stages, words.say(Said("case.here"))))


def _entered(case: Case) -> list[tuple[str, date]]:
    """Each stage it came to, with the day; a move that stays in one enters none."""
    return [
        (line.dest, line.on) for line in case.lines if line.dest is not None and (line.dest != line.source or line.name == OPEN)
    ]


def _passed(case: Case, words: Words) -> Iterator[Stage]:
    for state, on in _entered(case)[:-1]:
        yield Stage(_called(case, state, words), "passed", _day(on, words))


def _here(case: Case, words: Words) -> Stage:
    entered = _entered(case)
    note = _day(entered[-1][1], words) if entered else ""
    return Stage(_called(case, case.opened.matter.state, words), "here", note)


def _ahead(case: Case, words: Words) -> Iterator[Stage]:
    state, table = case.opened.matter.state, case.kind.table
    for dest in dict.fromkeys(str(one.dest) for one in table.moves_from(state) if one.dest != state):
        yield Stage(_called(case, dest, words), "ahead")


def _called(case: Case, state: str, words: Words) -> str:
    return words.label(f"state.{case.kind.name}.{state}", state)


def _day(on: date, words: Words) -> str:
    """Short: it stands in a line with others."""
    return Tongue(messages(words.language)).day(on, "medium")
