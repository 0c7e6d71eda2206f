"""Her words for a report: sealed to each person who may read them, until she publishes what somebody else has read.

A version is all words as they stand. They are added to the figures of the newest draft and change none of them.
"""

from collections.abc import Iterator, Mapping
from typing import ClassVar
from uuid import UUID, uuid4

from actions.kernel.actor import Actor
from actions.kernel.kind import Act
from actions.kinds.report_shapes import Annotate
from actions.sealing import trusted_keys
from policies.refusal import Refusal
from policies.reports import ReportPolicy, ReportRules
from policies.said import Fact
from records import people, report_words
from records import report as records
from records.books import Books
from records.matters import Matter, NotFound
from records.report_words import WordsRow
from records.vault import REPORT_WORDS, Author, Context, KeyPair, PublicKey, Visibility, open_box, require_signed, seal_to
from reports.ombuds.her_words import open_to_her, with_words
from reports.shape import Report, Words

Standing = dict[tuple[str, str], str]
"""Section and language to text."""


class NoSuchSection(Refusal):
    """The report has no such chapter in which anybody may write, or the house does not write in such a language."""

    code: ClassVar[str] = "no_such_section"
    status: ClassVar[int] = 422


class NobodyReadsWords(Refusal):
    """No second reader is named for this report: words for it could never go out."""

    code: ClassVar[str] = "nobody_reads_words"
    status: ClassVar[int] = 422


def keep_words(books: Books, matter: Matter, act: Act, told: Annotate, rules: ReportRules) -> Mapping[str, Fact]:
    """Seal the words as they stand now, with what was just written, to the holder and everybody who may be second reader.

    Raises NobodyReadsWords, NoSuchSection; UnsignedKey where the writer's own key is not one that may be sealed to.
    """
    person, pair = require_reader(act.by)
    row = records.detail(books, matter.id)
    policy, version = rules.reports[row.report_kind], row.words_version + 1
    _require_section(books, matter, told, policy)
    stand = read(books, matter.id, row.words_version, person, pair)
    stand = {place: text for place, text in stand.items() if place[0] != told.section}
    stand |= {(told.section, language): text.get_secret_value() for language, text in told.written().items()}
    readers = _readers(books, person, {policy.holder or "", *policy.second_reader})
    report_words.add(books, list(_sealed(books, matter.id, version, person, readers, stand)))
    records.change(books, matter.id, {"words_version": version})
    return {"version": version, "pieces": len(stand)}


def _require_section(books: Books, matter: Matter, told: Annotate, policy: ReportPolicy) -> None:
    if not policy.second_reader:
        raise NobodyReadsWords()
    draft = records.newest_draft(books, matter.id)
    known = () if draft is None else open_to_her(Report.read(draft.object))
    if told.section not in known or not set(told.text) <= set(books.pack.house.languages):
        raise NoSuchSection(sections=", ".join(known), languages=", ".join(books.pack.house.languages))


def _readers(books: Books, writer: UUID, roles: set[str]) -> Mapping[UUID, PublicKey]:
    """Who may open what is written now: the writer, and everybody in these roles today who has a key that may be sealed to."""
    trusted = trusted_keys(books)
    there = {each.person_id for each in people.serving(books, books.today) if each.role in roles}
    return {writer: require_signed(writer, trusted)} | {one: require_signed(one, trusted) for one in there & trusted.keys()}


def _sealed(
    books: Books, matter_id: UUID, version: int, writer: UUID, readers: Mapping[UUID, PublicKey], stand: Standing
) -> Iterator[WordsRow]:
    for reader, key in readers.items():
        for (section, language), text in stand.items():
            row = uuid4()
            box = seal_to(key, text.encode(), _context(row, matter_id, version))
            yield WordsRow(row, matter_id, version, section, language, reader, writer, books.today, box)


def _context(row: UUID, matter_id: UUID, version: int) -> Context:
    """What sealed words are bound to: their row, their report, and their version where texts of a case have an epoch."""
    return Context(REPORT_WORDS, row, matter_id, version, Author.OFFICE, Visibility.OWN)


def require_reader(by: Actor) -> tuple[UUID, KeyPair]:
    """The person and the key their session lent them. Raises NotFound for whoever has none: nothing is sealed to them."""
    if by.person is None or by.pair is None:
        raise NotFound()
    return by.person, by.pair


def read(books: Books, matter_id: UUID, version: int, person: UUID, pair: KeyPair) -> Standing:
    """The words of a version, opened with a reader's own key. Raises NotThisRow, Unreadable for bytes somebody changed."""
    rows = report_words.of_version(books, matter_id, version, person) if version else []
    return {
        (row.section, row.language): open_box(pair, row.words_sealed, _context(row.id, matter_id, version)).decode()
        for row in rows
    }


def publish(books: Books, matter: Matter, act: Act) -> Mapping[str, Fact]:
    """Make a new draft: the figures of the newest one, with the words as they were read in their chapters."""
    person, pair = require_reader(act.by)
    row, draft = records.detail(books, matter.id), records.newest_draft(books, matter.id)
    if draft is None:
        raise ValueError("where words may be published, a draft was judged")
    stand = read(books, matter.id, row.words_version, person, pair)
    report = worded(Report.read(draft.object), stand)
    number = records.add_draft(
        books,
        matter.id,
        report.written(),
        made_by=records.DESK,
        clean=draft.clean,
        findings=draft.findings,
        utility=draft.utility,
    )
    records.change(books, matter.id, {"words_published": row.words_version if stand else None})
    return {"draft": number, "version": row.words_version}


def worded(report: Report, stand: Standing) -> Report:
    """The report with these words in place of all it had. Nothing else of it changes; a chapter it has not is left out."""
    texts: dict[str, dict[str, str]] = {section: {} for section in open_to_her(report)}
    for (section, language), text in stand.items():
        if section in texts:
            texts[section][language] = text
    return with_words(report, [Words(section=section, text=text) for section, text in texts.items() if text])
