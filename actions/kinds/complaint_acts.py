"""What each act of a complaint brings with it."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from pydantic import Field

from actions.days import Day
from actions.kernel.kind import Payload
from actions.kinds.danger import Danger
from actions.kinds.mediating import AnswerMediation, ProposeMediation
from actions.kinds.sealed import Filed, MayTell, Noted, Reasoned, Recommend, Text, Told, WatchOver
from actions.kinds.serving import Answered, LetterTaken, ReplyCame
from actions.kinds.times import CancelTime, TakeTime
from policies.consents import Code
from states.clocks import OPEN
from states.complaint import ClosingGround, Ground
from states.consents import Purpose


class Declined(MayTell):
    """It is not taken up, for a ground; `text` are the reasons she reads. Without a ground, the claim that needs it says so."""

    ground: Ground | None = None


class Closed(MayTell):
    """It is finished, for a ground; `text` tells her how it ended."""

    ground: ClosingGround | None = None


class Disclosed(Payload):
    """Something is passed on: exactly the text of this consent, to exactly the receiver named in it. There is no other way."""

    consent: UUID | None = None


class AskConsent(Payload):
    """An exact text for an exact receiver is put before her, for one act. `audience`: a code of the pack, who would read it.

    `addressee`: somebody with a letter key, instead of `to`; it is served on exactly them then. `about`: what it is about, a code
    of `serving.toml`, which says to whom that may go; it is compared and not kept.
    `last_day` on which a yes can be used; the pack's if left out, and never a later one.
    """

    to: Text | None = None
    text: Text
    purpose: Purpose
    audience: Code
    last_day: Day | None = None
    addressee: UUID | None = None
    about: Code | None = Field(default=None, repr=False)


class Leaving(Payload):
    """One of several leaves. `forget`: what they wrote alone goes, too."""

    forget: bool = False


class Consenting(Payload):
    """Her yes or no to one text, or her taking a yes back."""

    consent: UUID


class Drafted(Payload):
    """Findings in draft; they stay in the office until she agrees that somebody gets them."""

    text: Text


class Concluded(Payload):
    """Findings; they stay in the office until she agrees that somebody gets them."""

    text: Text


class ConcludedWithoutNames(Concluded):
    """Findings of which the handler says that nobody can be recognised in them."""

    names_nobody: bool = False


class FromOutside(Answered):
    """What somebody outside answered: written down by the office, on the day it came if not today; or the letter it came in."""


PAYLOADS: Final[Mapping[str, type[Payload]]] = {
    OPEN: Filed,
    "acknowledge": MayTell,
    "take_time": TakeTime,
    "cancel_time": CancelTime,
    "screen": Noted,
    "decline": Declined,
    "refer": Disclosed,
    "inquire": Noted,
    "draft": Drafted,
    "serve_draft": Disclosed,
    "draft_answered": FromOutside,
    "inquire_further": Noted,
    "conclude": Concluded,
    "conclude_without_names": ConcludedWithoutNames,
    "serve_findings": Disclosed,
    "recommend": Recommend,
    "follow_up": Noted,
    "check_follow_up": Noted,
    "close": Closed,
    "request_review": MayTell,
    "uphold": MayTell,
    "reopen": MayTell,
    "message": Told,
    "reply": Told,
    "ask": Told,
    "answer": Told,
    "go_on_without_answer": Noted,
    "give_feedback": Told,
    "extend_feedback": Reasoned,
    "ask_consent": AskConsent,
    "consent": Consenting,
    "refuse_consent": Consenting,
    "take_back_consent": Consenting,
    "ask_third_party": Disclosed,
    "reply_came": ReplyCame,
    "take_answer": LetterTaken,
    "third_party_answered": FromOutside,
    "go_on_without_third_party": Noted,
    "act_on_danger": Danger,
    "raise_alarm": MayTell,
    "triage": Noted,
    "propose_mediation": ProposeMediation,
    "answer_mediation": AnswerMediation,
    "suspend": Reasoned,
    "resume": Noted,
    "name_fear": MayTell,
    "it_happened": MayTell,
    "watch_over": WatchOver,
    "withdraw_stop": MayTell,
    "withdraw_leave": MayTell,
    "say_yes": Consenting,
    "leave_group": Leaving,
}
