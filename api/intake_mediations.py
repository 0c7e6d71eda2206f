"""What the intake door gives of a mediation: how it stands, what is asked of her, that it is voluntary and stops no limit."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, Field

from actions.mediations import Mediating
from api.words import Words
from policies.said import Said

ALWAYS = ("what", "limits", "apart")
"""What is said of every mediation that is proposed or under way, before she relies on it."""


class Mediation(BaseModel):
    """A mediation. `open`: you can answer, and answer otherwise; `goes_on`: you can stop it. `agrees` None: no answer is kept."""

    id: UUID
    state: str
    plain: str
    open: bool
    goes_on: bool
    proposed_on: date
    until: date | None
    explanation: list[str]
    agrees: bool | None
    to: str = Field(repr=False)
    text: str = Field(repr=False)
    said: list[str] = Field(repr=False)


def mediation(told: Mediating, words: Words, explanation: list[str]) -> Mediation:
    """A mediation in sentences: the whole question while it is open, and what she can stop; `explanation`: why this date."""
    said = [words.say(Said(f"back.mediation.{key}")) for key in ALWAYS] if told.open or told.goes_on else []
    if told.open:
        said.append(words.say(Said("back.mediation.question", {"who": told.to, "text": told.text})))
        if told.agrees is None and told.until is not None:
            said.append(words.say(Said("back.mediation.no_reason", {"day": told.until})))
        if told.agrees is not None:
            said.append(words.say(Said(f"back.mediation.said.{'yes' if told.agrees else 'no'}")))
            said.append(words.say(Said("back.mediation.change")))
        said.append(words.say(Said("back.mediation.erased")))
    if told.goes_on:
        said.append(words.say(Said("back.mediation.stop_about")))
    return Mediation(
        id=told.id,
        state=told.state,
        plain=words.say(told.said),
        open=told.open,
        goes_on=told.goes_on,
        proposed_on=told.proposed_on,
        until=told.until,
        explanation=explanation,
        agrees=told.agrees,
        to=told.to,
        text=told.text,
        said=said,
    )
