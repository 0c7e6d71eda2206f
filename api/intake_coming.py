"""From what the door takes, as JSON or from a page, to what somebody brings."""

from actions.front import UNKNOWN, Answers
from actions.intake import Coming
from api import intake_shapes as shapes


def coming(told: shapes.Said) -> Coming:
    """What somebody brings; what she left out about herself is unknown."""
    answers, ticked = told.answers or shapes.AnswersTold(), told.must_not_see or shapes.MustNotSee()
    return Coming(
        track=told.track,
        language=told.language,
        statement=told.statement,
        about=answers.about,
        must_not_see=ticked.words,
        excluded=ticked.ids,
        identity=told.identity,
        answers=Answers(answers.personnel_class or UNKNOWN, answers.station or UNKNOWN, answers.decision_on, answers.afraid),
        urgent=told.urgent,
        understood=told.not_official_understood,
        talk=told.talk if isinstance(told, shapes.Filing) else None,
        comes=told.comes,
    )
