"""A periodic report, from the day its figures are taken to its release, or into the next period's.

The flow writes a draft and says what the attacker found. Nobody approves figures: a clean draft lies open to its holder for
the policy's days and then goes out by itself, unless it is held. The holder adds words, which somebody else has read before,
and never a figure. The annex, and a report of words alone, go out by the holder's own act. What has no holder goes out at once.
"""

from dataclasses import dataclass
from enum import StrEnum

from states.table import Clock, Facts, Move, Owner, Stage, StateTable, event, from_each


class State(StrEnum):
    """Where a report can rest."""

    WANTED = "wanted"
    """Its figures are to be taken."""
    IN_REVIEW = "in_review"
    """A clean draft lies open to its holder, and goes out by itself when the days are over."""
    AWAITING = "awaiting"
    """It goes out by its holder's own act."""
    HELD = "held"
    CLEARED = "cleared"
    """It was held and let go: it goes out shortly, by itself."""
    UNSAFE = "unsafe"
    """The attacker found somebody in it."""
    RELEASED = "released"
    MERGED = "merged"
    """Its figures go into the next period's report."""
    WITHDRAWN = "withdrawn"
    """A correction that turned out not to be needed."""


@dataclass(frozen=True, slots=True)
class ReportFacts(Facts):
    """What must be shown before a report may move."""

    draft_clean: bool = False
    """A draft has been written since its figures were asked for, and the attacker found nothing in it."""
    draft_unsafe: bool = False
    """One has been written, and the attacker found something."""
    has_holder: bool = False
    """The pack names a role that may hold it."""
    by_own_act: bool = False
    """It is the annex, or words alone: only its holder's own act lets it go."""
    by_holder: bool = False
    """Who acts is its holder; of a report without one, the house's own process."""
    ground_given: bool = False
    choices_made: bool = False
    """It is said what the next draft leaves out or says more coarsely; or it is one in which there is nothing to choose."""
    words_there: bool = False
    reader_is_another: bool = False
    """Who acts may read words before they go out, and wrote none of them."""
    checklist_complete: bool = False
    words_read: bool = False
    """The words as they stand were read, all of them, by somebody else."""
    says_something: bool = False
    """It has tables, or the words that were read stand in it."""
    may_be_merged: bool = False
    """It is no annex, which is there every period, and corrects nothing that is out."""
    corrects: bool = False


def the_attacker_found_nothing(facts: ReportFacts) -> bool:
    """A draft has been written since, and nobody can be found in it together with all earlier releases."""
    return facts.draft_clean


def the_attacker_found_something(facts: ReportFacts) -> bool:
    """A draft has been written since, and somebody could be found in it."""
    return facts.draft_unsafe


def somebody_may_hold_it(facts: ReportFacts) -> bool:
    """The pack gives it a holder and days to look at it."""
    return facts.has_holder and not facts.by_own_act


def nobody_may_hold_it(facts: ReportFacts) -> bool:
    """The pack gives it no holder: it goes out by itself."""
    return not facts.has_holder


def its_holder_sends_it(facts: ReportFacts) -> bool:
    """It is the annex, or words alone: time does not release it."""
    return facts.has_holder and facts.by_own_act


def its_holder_acts(facts: ReportFacts) -> bool:
    """Nobody else holds, changes or releases it."""
    return facts.by_holder


def a_ground_is_given(facts: ReportFacts) -> bool:
    """It says why, by a code."""
    return facts.ground_given


def it_is_said_what_changes(facts: ReportFacts) -> bool:
    """At least one table is made coarser or left out, where the report has tables to choose from."""
    return facts.choices_made


def there_are_words(facts: ReportFacts) -> bool:
    """Something is written for it."""
    return facts.words_there


def somebody_else_reads_them(facts: ReportFacts) -> bool:
    """Who reads may, and wrote none of it."""
    return facts.reader_is_another


def the_checklist_is_complete(facts: ReportFacts) -> bool:
    """Every item of the pack's checklist is said yes to."""
    return facts.checklist_complete


def the_words_were_read(facts: ReportFacts) -> bool:
    """The words as they stand were read by somebody else."""
    return facts.words_read


def it_says_something(facts: ReportFacts) -> bool:
    """A report of words alone has its words."""
    return facts.says_something


def it_may_be_merged(facts: ReportFacts) -> bool:
    """No annex, and no correction."""
    return facts.may_be_merged


def it_is_a_correction(facts: ReportFacts) -> bool:
    """What is out already stands as it is."""
    return facts.corrects


S = State
DRAFTED = (S.IN_REVIEW, S.AWAITING, S.HELD, S.CLEARED)
"""There is a clean draft."""
LIVE = (S.WANTED, *DRAFTED, S.UNSAFE)

STAGES = (
    Stage(S.WANTED, Owner.OFFICE),
    *(Stage(state, Owner.OFFICE) for state in (*DRAFTED, S.UNSAFE)),
    *(Stage(end, final=True) for end in (S.RELEASED, S.MERGED, S.WITHDRAWN)),
)

MOVES = (
    # trigger, from, to, only if
    Move("draft_clean", S.WANTED, S.IN_REVIEW, (the_attacker_found_nothing, somebody_may_hold_it)),
    Move("draft_and_release", S.WANTED, S.RELEASED, (the_attacker_found_nothing, nobody_may_hold_it)),
    Move("draft_for_words", S.WANTED, S.AWAITING, (the_attacker_found_nothing, its_holder_sends_it)),
    Move("draft_unsafe", S.WANTED, S.UNSAFE, (the_attacker_found_something,)),
    # her words: sealed until she publishes what somebody else has read
    *from_each(DRAFTED, "annotate", only_if=(its_holder_acts,)),
    *from_each(DRAFTED, "read_words",
               only_if=(there_are_words, somebody_else_reads_them, the_checklist_is_complete)),
    *from_each(DRAFTED, "publish_words", only_if=(its_holder_acts, the_words_were_read)),
    *from_each((S.IN_REVIEW, S.CLEARED), "hold", S.HELD, only_if=(its_holder_acts, a_ground_is_given)),
    Move("let_go", S.HELD, S.CLEARED, (its_holder_acts,)),
    *from_each((S.IN_REVIEW, S.CLEARED), "release", S.RELEASED),
    Move("approve", S.AWAITING, S.RELEASED, (its_holder_acts, it_says_something)),
    # never a clean draft that nobody held: a hold has a ground, and the chair learns of it
    *from_each((S.HELD, S.UNSAFE), "redraft", S.WANTED, only_if=(its_holder_acts, it_is_said_what_changes)),
    *from_each((S.HELD, S.UNSAFE), "merge_with_next", S.MERGED, only_if=(its_holder_acts, it_may_be_merged)),
    *from_each(LIVE, "withdraw", S.WITHDRAWN, only_if=(its_holder_acts, it_is_a_correction)),
)  # fmt: skip

JUDGED = ("draft_clean", "draft_and_release", "draft_for_words", "draft_unsafe")
"""What the flow says of a draft that has been written: one of them fits."""

CLOCKS = (
    Clock("drafting", starts_on=(S.WANTED,), stops_on=JUDGED),
    Clock("review", starts_on=(S.IN_REVIEW,), stops_on=("hold",), lapse="release"),
    Clock("approval", starts_on=(S.AWAITING,), stops_on=("approve",)),
    Clock("hold", starts_on=(event("hold"),), stops_on=("let_go", "redraft")),
    Clock("letting_go", starts_on=(S.CLEARED,), stops_on=("hold",), lapse="release"),
    Clock("mending", starts_on=(S.UNSAFE,), stops_on=("redraft", "merge_with_next", "withdraw")),
)

REPORT = StateTable(
    kind="report",
    facts=ReportFacts,
    initial=S.WANTED,
    stages=STAGES,
    moves=MOVES,
    clocks=CLOCKS,
)
