"""What happens to a report: what the flow says of a draft, what its holder does with it, and its release.

Who holds it, who reads her words and what she may do stands in the pack (`reports.toml`); a claim about it is a fact here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final
from uuid import UUID

from actions.kernel.actor import HOUSE, Actor
from actions.kernel.kind import Act, Kind
from actions.kinds.report_choices import has_choices, require_known
from actions.kinds.report_opening import begin
from actions.kinds.report_shapes import PAYLOADS, Annotate, Choice, HeldBack, ReadWords, Redraft, Wanted
from actions.kinds.report_texts import keep_words, publish
from policies.reports import ReportPeriod, ReportPolicy, ReportRules
from policies.said import Fact
from records import report as records
from records import report_words
from records.books import Books
from records.matters import Matter
from records.report import ReportRow
from states.report import JUDGED, REPORT, ReportFacts

ANNEX: Final = "annex"
RELEASING: Final = frozenset({"release", "approve", "draft_and_release"})


def rules_of(books: Books, matter: Matter) -> ReportRules:
    """What the edition that a report is pinned to says of reports."""
    rules = books.edition(matter.edition).reports
    if rules is None:
        raise ValueError("a report is opened by the rules that want it")
    return rules


def facts(books: Books, matter: Matter, act: Act) -> ReportFacts:
    """What holds of this report if `act` is done."""
    row, rules, payload = records.detail(books, matter.id), rules_of(books, matter), act.payload
    policy, fresh = rules.reports[row.report_kind], records.fresh_draft(books, matter.id)
    standing = _standing(books, row, act.by)
    return ReportFacts(
        draft_clean=fresh is not None and fresh[1],
        draft_unsafe=fresh is not None and not fresh[1],
        has_holder=policy.holder is not None,
        by_own_act=row.report_kind == ANNEX or row.contents == "words",
        by_holder=act.by.roles == HOUSE if policy.holder is None else policy.holder in act.by.roles,
        ground_given=isinstance(payload, HeldBack) and payload.reason is not None,
        choices_made=isinstance(payload, Redraft) and (bool(payload.choices) or not has_choices(row)),
        words_there=standing > 0,
        reader_is_another=_reads_as_another(books, row, policy, act.by),
        checklist_complete=isinstance(payload, ReadWords)
        and payload.version == row.words_version
        and set(payload.checked) >= set(rules.checklist),
        words_read=row.words_version > 0 and (row.words_read == row.words_version or standing == 0),
        says_something=row.contents == "tables" or row.words_published is not None,
        may_be_merged=_may_be_merged(books, row),
        corrects=row.corrects is not None,
    )


def _standing(books: Books, row: ReportRow, by: Actor) -> int:
    """How many pieces of text stand, as far as they are sealed to whoever acts."""
    if by.person is None or not row.words_version:
        return 0
    return len(report_words.of_version(books, row.matter_id, row.words_version, by.person))


def _reads_as_another(books: Books, row: ReportRow, policy: ReportPolicy, by: Actor) -> bool:
    if by.person is None or by.roles.isdisjoint(policy.second_reader):
        return False
    return by.person not in report_words.written_by(books, row.matter_id, by.person)


def _may_be_merged(books: Books, row: ReportRow) -> bool:
    """The annex is there every period; a correction concerns what is out; what was opened already covers what it covers."""
    if row.report_kind == ANNEX or row.corrects is not None:
        return False
    return not records.by_period(books, row.report_kind, ReportPeriod.named(row.period).next.code)


def apply(books: Books, matter: Matter, act: Act) -> Mapping[str, Fact]:
    """Write what an act changes beside state and clocks; return what history keeps of it: codes and numbers, never words."""
    match act.payload:
        case Wanted() as wanted:
            return begin(books, matter, act, wanted)
        case HeldBack(reason=reason):
            records.change(books, matter.id, {"held_for": reason})
            return {}
        case Annotate() as told:
            return keep_words(books, matter, act, told, rules_of(books, matter))
        case ReadWords(version=version):
            records.change(books, matter.id, {"words_read": version, "words_read_by": act.by.person})
            return {"version": version}
        case Redraft(choices=choices):
            return _redraft(books, matter, choices)
    if act.trigger == "publish_words":
        return publish(books, matter, act)
    said = _judge(books, matter) if act.trigger in JUDGED else {}
    if act.trigger in RELEASING:
        records.release(books, matter.id, act.effective_on)
    return said


def _redraft(books: Books, matter: Matter, made: Sequence[Choice]) -> Mapping[str, Fact]:
    """What was chosen before stands; words must be read again beside the figures they will stand with."""
    row = records.detail(books, matter.id)
    require_known(books, row, rules_of(books, matter), made)
    choices = [choice.model_dump(exclude_none=True) for choice in made]
    before = [choice for choice in row.choices if choice not in choices]
    unread = {"words_read": None, "words_read_by": None, "words_published": None}
    records.change(books, matter.id, {"choices": [*before, *choices], "held_for": None} | unread)
    return {"choices": len(choices)}


def _judge(books: Books, matter: Matter) -> Mapping[str, Fact]:
    fresh = records.fresh_draft(books, matter.id)
    if fresh is None:
        raise ValueError("what the flow says of a draft rests on one")
    records.change(books, matter.id, {"draft": fresh[0]})
    return {"draft": fresh[0]}


def given(books: Books, matter_id: UUID) -> Mapping[str, Mapping[str, Any] | None]:
    """A report brings no dates: the policy counts its days."""
    del books, matter_id
    return {}


def show(books: Books, matter: Matter) -> Mapping[str, Any]:
    """What a door may say of it: codes, numbers and days. Nothing of a draft, nothing of anybody's words."""
    return asdict(records.detail(books, matter.id))


KIND = Kind(table=REPORT, payloads=PAYLOADS, facts=facts, apply=apply, given=given, show=show, routed=False)
