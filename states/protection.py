"""Protection: what the office does so that nobody is treated worse for having come, and what became of it. 0..n a case.

It grows out of a case when whoever handles it decides to watch over her. How long she can tell us, and when we ask her
again, are clocks of her case (`states/complaint.py`): everybody is asked, whether protected or not, and it is there that she
answers. `docs/decisions/0066-protection.md` says why.
"""

from dataclasses import dataclass
from enum import StrEnum

from states.counting import Counted, Mark
from states.table import Clock, Facts, Move, Owner, Stage, StateTable, event, from_each


class State(StrEnum):
    """Where a protection can rest."""

    RISK_NAMED = "risk_named"
    MEASURES_PROPOSED = "measures_proposed"
    MEASURES_ASKED = "measures_asked"
    MEASURES_IN_PLACE = "measures_in_place"
    MEASURES_REFUSED = "measures_refused"
    WATCHING = "watching"
    HARM_TOLD = "harm_told"
    REFERRED = "referred"
    BECAME_MATTER = "became_matter"
    NO_LONGER_NEEDED = "no_longer_needed"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class ProtectionFacts(Facts):
    """What must be shown before a protection may move. "She" is the person whose case it grew out of."""

    consent_to_exact_text: bool = False
    """She agreed to this very text going to this very receiver, has not taken it back, and nothing was sent under it."""
    reply_on_file: bool = False
    reply_awaited: bool = False
    """Measures were asked for, and no answer to that was written down yet."""
    reason_given: bool = False
    new_matter_named: bool = False
    """The matter she opened is there, and whoever acts has a seat in it."""
    readers_may_know: bool = False
    """Everybody who can read this can read the matter she opened."""


def consent_to_the_exact_text(facts: ProtectionFacts) -> bool:
    """She agreed to exactly this text for exactly this receiver."""
    return facts.consent_to_exact_text


def the_reply_is_on_file(facts: ProtectionFacts) -> bool:
    """The answer is written down, with its date."""
    return facts.reply_on_file


def an_answer_is_awaited(facts: ProtectionFacts) -> bool:
    """Somebody was asked for measures and has not answered yet."""
    return facts.reply_awaited


def why_is_written(facts: ProtectionFacts) -> bool:
    """It says why, for those of the office who come to it later."""
    return facts.reason_given


def the_new_matter_is_named(facts: ProtectionFacts) -> bool:
    """It says which matter she opened, and whoever says so may know of it."""
    return facts.new_matter_named


def nobody_here_is_kept_from_it(facts: ProtectionFacts) -> bool:
    """Whom she locked out of the new matter would learn here that there is one."""
    return facts.readers_may_know


S = State
LOOKED_AT = (S.MEASURES_IN_PLACE, S.WATCHING, S.REFERRED, S.BECAME_MATTER)
"""Nothing is asked of anybody just now: the office looks again and again."""
QUIET = (S.RISK_NAMED, S.MEASURES_PROPOSED, S.MEASURES_REFUSED, *LOOKED_AT)
"""Nobody waits for an answer, and nothing she told waits for us: with her time to tell us it can end by itself."""
LIVE = (*QUIET, S.MEASURES_ASKED, S.HARM_TOLD)
CONSENT = (consent_to_the_exact_text,)
REPLY = (the_reply_is_on_file,)
LATE_REPLY = (the_reply_is_on_file, an_answer_is_awaited)
REASON = (why_is_written,)

STAGES = (
    Stage(S.RISK_NAMED, Owner.OFFICE),
    Stage(S.MEASURES_PROPOSED, Owner.OFFICE),
    Stage(S.MEASURES_ASKED, Owner.ADDRESSEE),
    Stage(S.MEASURES_IN_PLACE, Owner.OFFICE),
    Stage(S.MEASURES_REFUSED, Owner.OFFICE),
    Stage(S.WATCHING, Owner.OFFICE),
    Stage(S.HARM_TOLD, Owner.OFFICE),
    Stage(S.REFERRED, Owner.OFFICE),
    Stage(S.BECAME_MATTER, Owner.OFFICE),
    Stage(S.NO_LONGER_NEEDED, final=True),
    Stage(S.ENDED, final=True),
)

MOVES = (
    # trigger, from, to, only if
    *from_each((S.RISK_NAMED, S.MEASURES_PROPOSED, S.MEASURES_REFUSED, S.HARM_TOLD, *LOOKED_AT), "propose", S.MEASURES_PROPOSED),
    Move("ask_measures", S.MEASURES_PROPOSED, S.MEASURES_ASKED, CONSENT, discloses=True),
    *from_each((S.MEASURES_ASKED, S.MEASURES_REFUSED), "note_granted", S.MEASURES_IN_PLACE, only_if=REPLY),
    Move("note_refused", S.MEASURES_ASKED, S.MEASURES_REFUSED, REPLY),
    # the post brings a letter: from then on it is no silence, and a person says what it was
    *from_each((S.MEASURES_ASKED, S.MEASURES_REFUSED, S.HARM_TOLD), "reply_came"),
    # an answer that comes while she tells us of harm is kept, and moves nothing: the harm comes first
    Move("note_granted", S.HARM_TOLD, S.HARM_TOLD, LATE_REPLY),
    Move("note_refused", S.HARM_TOLD, S.HARM_TOLD, LATE_REPLY),
    # a no that comes after silence is kept, too
    Move("note_refused", S.MEASURES_REFUSED, S.MEASURES_REFUSED, LATE_REPLY),
    Move("pass_without_reply", S.MEASURES_ASKED, S.MEASURES_REFUSED),
    Move("pass_without_reply", S.HARM_TOLD, S.HARM_TOLD),
    *from_each(LOOKED_AT, "look_again"),
    *from_each((S.RISK_NAMED, S.MEASURES_PROPOSED, S.MEASURES_REFUSED, S.MEASURES_IN_PLACE, S.HARM_TOLD), "watch_on", S.WATCHING,
               only_if=REASON),
    # it happened: she told us in her case, or the office was told in another way
    *from_each(LIVE, "hear_of_harm", S.HARM_TOLD),
    *from_each(LIVE, "note_harm", S.HARM_TOLD),
    Move("refer_harm", S.HARM_TOLD, S.REFERRED, CONSENT, discloses=True),
    Move("note_new_matter", S.HARM_TOLD, S.BECAME_MATTER, (the_new_matter_is_named, nobody_here_is_kept_from_it)),
    # ends
    *from_each(LIVE, "find_unneeded", S.NO_LONGER_NEEDED, only_if=REASON),
    *from_each(QUIET, "end_with_watch", S.ENDED),
    *from_each(LIVE, "end_with_case", S.ENDED),
)  # fmt: skip

CLOCKS = (
    Clock("planning", starts_on=(S.RISK_NAMED,), stops_on=("propose", "watch_on"), ends_in=(S.HARM_TOLD,)),
    Clock("asking", starts_on=(S.MEASURES_PROPOSED,), stops_on=("ask_measures", "watch_on"), ends_in=(S.HARM_TOLD,)),
    Clock("reply", starts_on=(S.MEASURES_ASKED,), stops_on=("reply_came", "note_granted", "note_refused"),
          ends_in=(S.MEASURES_PROPOSED, S.WATCHING, S.REFERRED, S.BECAME_MATTER), lapse="pass_without_reply"),
    Clock("reading", starts_on=(event("reply_came"),), stops_on=("note_granted", "note_refused"),
          ends_in=(S.MEASURES_PROPOSED, S.WATCHING, S.REFERRED, S.BECAME_MATTER)),
    Clock("after_refusal", starts_on=(S.MEASURES_REFUSED,), stops_on=("propose", "watch_on", "note_granted"),
          ends_in=(S.HARM_TOLD,)),
    Clock("harm", starts_on=(S.HARM_TOLD, event("hear_of_harm"), event("note_harm")),
          stops_on=("refer_harm", "note_new_matter", "propose", "watch_on")),
    Clock("next_look", starts_on=LOOKED_AT, stops_on=("look_again",), ends_in=(S.MEASURES_PROPOSED, S.HARM_TOLD), repeats=True),
)  # fmt: skip

COUNTED = Counted(
    measure="protections",
    track="protection",
    open_in=LIVE,
    outcomes=(
        ("find_unneeded", "no_longer_needed"),
        ("end_with_watch", "watched_to_the_end"),
        ("end_with_case", "ended_with_case"),
    ),
    marks=(
        Mark("measures_asked", ("ask_measures",)),
        Mark("measures_granted", ("note_granted",)),
        Mark("measures_refused", ("note_refused",)),
        Mark("measures_no_reply", ("pass_without_reply",)),
        Mark("harm_told", ("hear_of_harm", "note_harm")),
        Mark("harm_referred", ("refer_harm",)),
        Mark("harm_new_matter", ("note_new_matter",)),
    ),
    duties=("planning", "asking", "reading", "after_refusal", "harm", "next_look"),
)

PROTECTION = StateTable(
    kind="protection",
    facts=ProtectionFacts,
    initial=S.RISK_NAMED,
    stages=STAGES,
    moves=MOVES,
    clocks=CLOCKS,
    sealed=True,
    consent_facts=("consent_to_exact_text",),
    listens=(
        ("complaint.watch_over", "open"),
        ("complaint.it_happened", "hear_of_harm"),
        ("complaint.end_watch", "end_with_watch"),
        ("complaint.withdraw_stop", "end_with_case"),
        ("complaint.withdraw_forget", "end_with_case"),
    ),
    counted=COUNTED,
)
