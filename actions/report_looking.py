"""Looking at reports at the desk: which there are, one of them with its draft, its words and what can be done with it.

Row-level security shows a report to the roles the pack names for it and to nobody else: to everybody else it was never there.
A draft is the protected object; what is hidden in it is nowhere at the desk either.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from uuid import UUID, uuid4

from actions.desk_history import Line, Times, lines_in, times_in
from actions.kernel import access
from actions.kernel.actor import Actor
from actions.kernel.callers import DeskPerson
from actions.kernel.kind import Act, Nothing
from actions.kernel.step import subject_of
from actions.kernel.watching import Subject
from actions.kinds import report_texts
from actions.looking import Named, Possible, named
from actions.office import Office
from records import matters, people, registers, sweeps
from records import report as records
from records.books import Books
from records.matters import Matter, NotFound
from records.report import DraftRow, ReportRow
from records.vault import NotThisRow, Unreadable
from reports.ombuds.word_check import WordFinding, check_words
from reports.shape import Report, Words
from states.report import State

KIND: Final = "report"


@dataclass(frozen=True, slots=True)
class Listed:
    """A report in one line. `late` is its earliest running due day compared with today."""

    matter: Matter
    row: ReportRow
    next_due: date | None
    late: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """The words as they stand, opened with the reader's own key. `texts` None: they were damaged; empty: none is sealed to you.

    `marks` is what a program found in them to look at before they go out.
    """

    version: int
    texts: tuple[Words, ...] | None = field(repr=False)
    marks: tuple[WordFinding, ...]
    read: bool
    read_by: Named | None
    published: bool


@dataclass(frozen=True, slots=True)
class Drafted:
    """The newest draft. `object` is what `report.json` would hold; `findings` and `utility` are codes and numbers."""

    number: int
    made_on: date
    clean: bool
    object: Mapping[str, Any] = field(repr=False)
    findings: Mapping[str, Any]
    utility: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Seen:
    """One report. `draft` None: none was made yet. `checklist` is what a second reader says yes to."""

    listed: Listed
    opened_on: date
    owner: str
    responsible: Named | None
    draft: Drafted | None
    words: Standing = field(repr=False)
    checklist: tuple[str, ...]
    moves: tuple[Possible, ...]


def reports_of(office: Office, *, by: DeskPerson) -> list[Listed]:
    """Every report this person may know of, oldest period first."""
    with office.open() as books:
        actor = by.enter(books, None)
        found = [(matters.find(books, row.matter_id), row) for row in records.every(books)]
        shown = [(matter, row) for matter, row in found if _may_read(office, books, actor, matter)]
        dues = registers.earliest_due(books, [matter.id for matter, _ in shown])
        return [_listed(matter, row, dues.get(matter.id), books.today) for matter, row in shown]


def _listed(matter: Matter, row: ReportRow, due: date | None, today: date) -> Listed:
    return Listed(matter, row, due, late=due is not None and due < today)


def require_visible(office: Office, matter_id: UUID, *, by: DeskPerson) -> None:
    """Raise NotFound unless there is such a report and this person may know of it."""
    with office.open() as books:
        enter_report(office, books, matter_id, by)


def one(office: Office, matter_id: UUID, *, by: DeskPerson) -> Seen:
    """One report, its newest draft, its words as far as they are sealed to this person. Raises NotFound."""
    with office.open() as books:
        actor, subject = enter_report(office, books, matter_id, by)
        matter, row = subject.matter, records.detail(books, matter_id)
        calendar, due = books.calendar(matter.calendar), registers.earliest_due(books, [matter_id]).get(matter_id)
        draft = records.newest_draft(books, matter_id)
        rules = books.edition(matter.edition).reports
        answers = people.responsible(books, [matter_id]).get(matter_id)
        who = people.names(books, [one for one in (answers, row.words_read_by) if one])
        return Seen(
            listed=_listed(matter, row, due, books.today),
            opened_on=calendar.local_date(matter.opened_at),
            owner=str(subject.kind.table.stage(matter.state).owner),
            responsible=named(who, answers),
            draft=None if draft is None else _drafted(draft, calendar.local_date(draft.made_at)),
            words=_words(books, row, draft, by, named(who, row.words_read_by)),
            checklist=rules.checklist if rules else (),
            moves=_possible(books, subject, actor),
        )


def may_correct(office: Office, matter_id: UUID, *, by: DeskPerson) -> bool:
    """Whether it is out, and this person may open the edition that corrects it. Raises NotFound."""
    with office.open() as books:
        actor, subject = enter_report(office, books, matter_id, by)
        rules = books.pack.reports
        policy = rules.reports[records.detail(books, matter_id).report_kind] if rules else None
        return subject.matter.state == State.RELEASED and policy is not None and policy.holder in actor.roles


def times_of(office: Office, matter_id: UUID, *, by: DeskPerson) -> Times:
    """What is owed of a report, with the reasons for each date. Raises NotFound."""
    with office.open() as books:
        return times_in(books, enter_report(office, books, matter_id, by)[1])


def history_of(office: Office, matter_id: UUID, *, by: DeskPerson) -> list[Line]:
    """All that happened to a report. Raises NotFound."""
    with office.open() as books:
        return lines_in(books, enter_report(office, books, matter_id, by)[1])


def enter_report(office: Office, books: Books, matter_id: UUID, by: DeskPerson) -> tuple[Actor, Subject]:
    """Who looks, and the report. Raises NotFound unless row-level security and the policy let this person know of it."""
    actor, matter = by.enter(books, matter_id), matters.find(books, matter_id)
    if matter.kind != KIND or not _may_read(office, books, actor, matter):
        raise NotFound()
    return actor, subject_of(office.kinds, books, matter)


def _may_read(office: Office, books: Books, actor: Actor, matter: Matter) -> bool:
    return access.may(subject_of(office.kinds, books, matter).policy, actor, "read", matter)


def _possible(books: Books, subject: Subject, actor: Actor) -> tuple[Possible, ...]:
    """The moves the policy gives to this person; those of the house's own process are nobody's."""
    facts = subject.kind.facts(books, subject.matter, Act("", Nothing(), actor, books.today, books.now))
    return tuple(
        Possible(trigger, allowed=True, unmet=unmet)
        for trigger, unmet in subject.kind.machine.permitted(subject.matter.state, facts).items()
        if access.may(subject.policy, actor, trigger, subject.matter)
    )


def _words(books: Books, row: ReportRow, draft: DraftRow | None, by: DeskPerson, reader: Named | None) -> Standing:
    """A damaged text stops nothing, and not silently: it is noted as trouble."""
    texts: tuple[Words, ...] | None
    try:
        texts = _gathered(report_texts.read(books, row.matter_id, row.words_version, by.person, by.pair))
    except (NotThisRow, Unreadable) as damage:
        sweeps.note_trouble(books, uuid4(), "desk", type(damage).__name__)
        texts = None
    return Standing(
        version=row.words_version,
        texts=texts,
        marks=_marks(books, draft, texts or ()),
        read=bool(row.words_version) and row.words_read == row.words_version,
        read_by=reader,
        published=bool(row.words_version) and row.words_published == row.words_version,
    )


def _gathered(stand: Mapping[tuple[str, str], str]) -> tuple[Words, ...]:
    """The texts of each section together, in the order in which they stand."""
    by_section: dict[str, dict[str, str]] = {}
    for (section, language), text in stand.items():
        by_section.setdefault(section, {})[language] = text
    return tuple(Words(section=section, text=text) for section, text in by_section.items())


def _marks(books: Books, draft: DraftRow | None, texts: Sequence[Words]) -> tuple[WordFinding, ...]:
    if draft is None or books.pack.reports is None:
        return ()
    return check_words(Report.read(draft.object), texts, books.pack.reports)


def _drafted(draft: DraftRow, made_on: date) -> Drafted:
    return Drafted(draft.number, made_on, draft.clean, json.loads(draft.object), draft.findings, draft.utility)
