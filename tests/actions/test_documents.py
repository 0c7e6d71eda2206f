"""Documents of bodies: four languages step by step, what a refusal leaves, corrections, voids, and the version they carry."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

import pytest

from actions import document_looking, document_rows, documents
from actions.document_shapes import NewCorrection, NewDocument, NewPart, Stamps, Voided, WantedAt
from actions.kernel.actor import NotAllowed
from actions.kinds.proposal_shapes import text_hash
from policies.refusal import Refusal
from records.documents import NoSuchDocument, distributed
from records.matters import NotFound, StaleVersion
from records.versions import NoSuchVersion
from states import documents as rules
from tests.fixtures.offices import Stage
from tests.fixtures.restructuring import Restructuring

NOW = datetime(2015, 6, 15, 17, tzinfo=UTC)
HOUR = timedelta(hours=1)
TABLES = ("document", "document_stamp", "document_correction", "document_counter", "ledger_entry")
TRANSLATED = ("requested", "received", "revised", "distributed")
FILE = sha256(b"the file").hexdigest()


def told(**more: Any) -> NewDocument:
    usual = {"series": "council_document", "title": "Adjustments", "original": "es", "source": "the secretariat's register"}
    return NewDocument.model_validate(usual | more)


def register(stage: Stage, **more: Any) -> documents.Kept:
    return documents.register(stage.office, told(**more), by=stage.people["secretary"])


def part(stage: Stage, upon: str, suffix: str, **more: Any) -> documents.Kept:
    usual = {"suffix": suffix, "title": "Adjustments", "original": "es", "source": "the secretariat's register"}
    new = NewPart.model_validate(usual | more)
    return documents.register_part(stage.office, UUID(upon), new, by=stage.people["secretary"])


def stamp(stage: Stage, document: str, language: str, *steps: str, at: datetime | None = NOW, **more: Any) -> None:
    lines = [{"language": language, "step": step, "at": at} for step in steps]
    lines[-1] |= more
    documents.stamp(stage.office, UUID(document), Stamps.model_validate({"stamps": lines}), by=stage.people["secretary"])


def correct(stage: Stage, document: str, at: datetime = NOW, **more: Any) -> None:
    usual = {"language": "es", "what": "A figure in paragraph 2.", "at": at}
    shape = NewCorrection.model_validate(usual | more)
    documents.correct(stage.office, UUID(document), shape, by=stage.people["secretary"])


def void(stage: Stage, document: str, who: str = "secretary") -> None:
    documents.void(stage.office, UUID(document), Voided(reason="Registered twice."), by=stage.people[who])


def shown(stage: Stage, document: str) -> document_looking.Shown:
    return document_looking.one(stage.office, UUID(document), by=stage.people["mission"])


def in_language(stage: Stage, document: str, language: str) -> document_looking.InLanguage:
    return next(one for one in shown(stage, document).languages if one.language == language)


def written(stage: Stage) -> list[tuple[object, ...]]:
    each = (f"SELECT '{table}', to_jsonb(one)::text FROM {table} one" for table in TABLES)
    return stage.rows(" UNION ALL ".join(each) + " ORDER BY 1, 2")


def went_out(stage: Stage, proposal: UUID) -> dict[str, datetime]:
    with stage.office.open() as books:
        return dict(distributed(books, proposal))


def test_numbers_follow_each_other_and_a_void_keeps_its_own(house_office: Stage):
    first = register(house_office, number=5139)
    second = register(house_office)
    void(house_office, second.id)
    third = register(house_office)
    assert [one.symbol for one in (first, second, third)] == ["CP/doc.5139/15", "CP/doc.5140/15", "CP/doc.5141/15"]
    assert [one.version for one in (first, second, third)] == [1, 1, 1]
    gone = shown(house_office, second.id)
    assert (gone.document.void_reason, gone.missing) == ("Registered twice.", ())
    assert register(house_office, series="council_information").symbol == "CP/INF.1/15"


def test_revisions_corrections_and_addenda_are_documents_of_their_own_tied_to_the_first(house_office: Stage):
    base = register(house_office, number=1112, year=1980, title="Rules of Procedure")
    symbols = [part(house_office, base.id, "rev", number=4).symbol]
    revised = part(house_office, base.id, "rev")
    corrected = part(house_office, revised.id, "corr")
    symbols += [revised.symbol, corrected.symbol, part(house_office, base.id, "add").symbol]
    assert symbols == [f"CP/doc.1112/80 {tail}" for tail in ("rev. 4", "rev. 5", "rev. 5 corr. 1", "add. 1")]
    seen = shown(house_office, revised.id)
    assert seen.parent is not None
    assert (seen.parent.symbol, [one.symbol for one in seen.parts]) == ("CP/doc.1112/80", [corrected.symbol])
    assert len(shown(house_office, base.id).parts) == 3


def test_four_languages_go_their_way_and_what_is_missing_is_told_with_its_hour(house_office: Stage):
    document = register(house_office, number=5139, wanted_at=NOW + 20 * HOUR).id
    stamp(house_office, document, "es", "received", "revised", "distributed", at=NOW - 30 * HOUR, sha256=FILE)
    stamp(house_office, document, "en", *TRANSLATED, at=NOW - HOUR)
    stamp(house_office, document, "fr", "requested", "received", at=None)
    seen = shown(house_office, document)
    assert (seen.missing, seen.needed_by, seen.late) == (("pt", "fr"), NOW + 8 * HOUR, False)
    assert in_language(house_office, document, "fr").next_step == "revised"
    assert [one.at for one in in_language(house_office, document, "fr").steps] == [None, None]
    assert in_language(house_office, document, "en").next_step is None
    house_office.move_to(NOW + 9 * HOUR)
    assert shown(house_office, document).late
    stamp(house_office, document, "fr", "revised", "distributed", at=NOW + 9 * HOUR)
    stamp(house_office, document, "pt", *TRANSLATED, at=NOW + 9 * HOUR)
    assert (shown(house_office, document).missing, shown(house_office, document).late) == ((), False)


def test_when_it_is_wanted_may_change_and_be_unknown_again(house_office: Stage):
    document = register(house_office).id
    assert shown(house_office, document).needed_by is None
    for at, needed in ((NOW + 48 * HOUR, NOW + 36 * HOUR), (None, None)):
        documents.want(house_office.office, UUID(document), WantedAt(at=at), by=house_office.people["secretary"])
        assert shown(house_office, document).needed_by == needed


def test_what_goes_wrong_in_the_last_of_many_steps_leaves_none_of_them(house_office: Stage):
    document = register(house_office).id
    before = written(house_office)
    with pytest.raises(rules.StepsBefore) as refused:
        stamp(house_office, document, "fr", "requested", "received", "distributed")
    assert refused.value.params == {"language": "fr", "document_step": "distributed", "missing_step": "revised"}
    assert written(house_office) == before


def test_a_correction_has_its_new_hash_and_the_old_one_stays(house_office: Stage):
    document = register(house_office).id
    stamp(house_office, document, "es", "received", "revised", "distributed", at=NOW - HOUR, sha256=FILE)
    mended = ("One.", "Two, mended.")
    correct(house_office, document, paragraphs=mended)
    now = in_language(house_office, document, "es")
    assert now.sha256 is not None
    assert (now.sha256.hex(), now.hash_of) == (text_hash(mended), "paragraphs")
    assert [one.sha256.hex() for one in now.steps if one.sha256 is not None] == [FILE]
    assert [(one.number, one.what) for one in now.corrections] == [(1, "A figure in paragraph 2.")]
    before = written(house_office)
    with pytest.raises(document_rows.NothingCorrected):
        correct(house_office, document, paragraphs=mended)
    with pytest.raises(rules.CorrectionBackwards):
        correct(house_office, document, at=NOW - HOUR / 2, sha256=FILE)
    assert written(house_office) == before
    correct(house_office, document, sha256=FILE)
    assert [one.number for one in in_language(house_office, document, "es").corrections] == [1, 2]


def one_of_each(stage: Stage) -> Sequence[str]:
    """A document with a revision, a void one, and one that is out in Spanish."""
    standing, gone, out = (register(stage).id for _ in range(3))
    part(stage, standing, "rev")
    void(stage, gone)
    stamp(stage, out, "es", "received", "revised", "distributed")
    return standing, gone, out


REFUSALS = {
    "a number that leaves a gap": (rules.NumberLeavesGap, lambda stage, *_: register(stage, number=9)),
    "a number that is taken": (rules.NumberTaken, lambda stage, *_: register(stage, number=2)),
    "a series that is none": (documents.NoSuchSeries, lambda stage, *_: register(stage, series="council_poem")),
    "a resolution without its meeting": (rules.PartMissing, lambda stage, *_: register(stage, series="council_resolution")),
    "minutes of another number": (
        document_rows.NumberOfMeeting,
        lambda stage, *_: register(stage, series="council_minutes", meeting=2036, number=2035),
    ),
    "a year ahead": (rules.YearWrong, lambda stage, *_: register(stage, year=2016)),
    "a revision of a revision": (
        rules.SuffixNotHere,
        lambda stage, standing, *_: part(stage, str(shown(stage, standing).parts[0].id), "rev"),
    ),
    "a suffix that is none": (rules.SuffixNotHere, lambda stage, standing, *_: part(stage, standing, "bis")),
    "a gap between revisions": (rules.NumberLeavesGap, lambda stage, standing, *_: part(stage, standing, "rev", number=3)),
    "voiding what has a revision": (documents.PartsStand, lambda stage, standing, *_: void(stage, standing)),
    "voiding twice": (document_rows.DocumentVoid, lambda stage, _, gone, __: void(stage, gone)),
    "a revision of a void one": (document_rows.DocumentVoid, lambda stage, _, gone, __: part(stage, gone, "rev")),
    "a step of a void one": (document_rows.DocumentVoid, lambda stage, _, gone, __: stamp(stage, gone, "es", "received")),
    "a step that is done": (rules.StepDone, lambda stage, *ids: stamp(stage, ids[2], "es", "distributed")),
    "a step to come": (rules.NotYet, lambda stage, *ids: stamp(stage, ids[2], "fr", "requested", at=NOW + HOUR)),
    "an unknown distribution": (
        rules.InstantNeeded,
        lambda stage, *ids: stamp(stage, ids[0], "es", "received", "revised", "distributed", at=None),
    ),
    "a correction before distribution": (rules.NotDistributed, lambda stage, *ids: correct(stage, ids[0], sha256=FILE)),
    "a correction to come": (rules.NotYet, lambda stage, *ids: correct(stage, ids[2], at=NOW + HOUR, sha256=FILE)),
    "somebody who only reads": (NotAllowed, lambda stage, *ids: void(stage, ids[2], "mission")),
    "a document that is not there": (NoSuchDocument, lambda stage, *_: void(stage, str(UUID(int=7)))),
    "a version of no proposal": (
        NotFound,
        lambda stage, *_: register(stage, carries={"proposal": UUID(int=7), "version": 1}),
    ),
}


def test_what_is_refused_by_name_leaves_nothing(house_office: Stage):
    ids = one_of_each(house_office)
    before = written(house_office)
    for what, (refusal, act) in REFUSALS.items():
        with pytest.raises(Refusal) as refused:
            act(house_office, *ids)
        assert type(refused.value) is refusal, what
        assert written(house_office) == before, what


def test_of_two_who_saw_the_same_document_the_second_is_stale(house_office: Stage):
    document = UUID(register(house_office).id)
    who, lines = house_office.people["secretary"], {"stamps": [{"language": "es", "step": "received", "at": NOW}]}
    documents.stamp(house_office.office, document, Stamps.model_validate(lines), by=who, version=1)
    before = written(house_office)
    with pytest.raises(StaleVersion):
        documents.void(house_office.office, document, Voided(reason="Registered twice."), by=who, version=1)
    assert written(house_office) == before


def test_the_ledger_keeps_ids_numbers_and_days_of_every_act_and_no_words(house_office: Stage):
    document = register(house_office, title="A title of people").id
    stamp(house_office, document, "es", "received", "revised", "distributed")
    correct(house_office, document, sha256=FILE)
    void(house_office, document)
    bodies = [str(row[0]) for row in house_office.rows("SELECT body FROM ledger_entry ORDER BY made_at")]
    acts = ["registered", "stamped", "stamped", "stamped", "corrected", "voided"]
    assert [next(act for act in set(acts) if f"document.{act}" in body) for body in bodies] == acts
    assert all(document in body and "CP/doc.1/15" in body for body in bodies)
    assert not any(words in body for body in bodies for words in ("A title", "A figure", "Registered twice", "17:00"))


def test_the_newest_document_that_carries_the_newest_version_says_when_it_went_out(restructuring: Restructuring):
    stage, proposal = restructuring.stage, restructuring.draft()
    assert went_out(stage, proposal) == {}
    restructuring.version(proposal)
    carries = {"proposal": proposal, "version": 1}
    first = register(stage, carries=carries).id
    assert went_out(stage, proposal) == {}
    stamp(stage, first, "en", *TRANSLATED, at=NOW - 3 * HOUR)
    stamp(stage, first, "es", "received", at=NOW - HOUR)
    assert went_out(stage, proposal) == {"en": NOW - 3 * HOUR}
    second = part(stage, first, "corr", carries=carries).id
    assert went_out(stage, proposal) == {}, "the correction takes its place and did not go out"
    stamp(stage, second, "es", "received", "revised", "distributed")
    assert went_out(stage, proposal) == {"es": NOW}
    void(stage, second)
    assert went_out(stage, proposal) == {"en": NOW - 3 * HOUR}
    restructuring.version(proposal, after=1)
    assert went_out(stage, proposal) == {}, "a newer version did not go out at all"
    with pytest.raises(NoSuchVersion):
        register(stage, carries=carries | {"version": 3})


def test_the_text_of_the_version_gives_the_hash_and_other_paragraphs_are_refused(restructuring: Restructuring):
    stage, proposal = restructuring.stage, restructuring.draft()
    restructuring.version(proposal)
    document = register(stage, original="en", carries={"proposal": proposal, "version": 1}).id
    before = written(stage)
    with pytest.raises(document_rows.TextDiffers):
        stamp(stage, document, "en", "received", paragraphs=("Another text.",))
    assert written(stage) == before
    stamp(stage, document, "en", "received", "revised", "distributed")
    english = in_language(stage, document, "en")
    assert english.sha256 is not None
    assert (english.sha256.hex(), english.hash_of) == (text_hash(("The structure is as follows.",)), "version")


def test_the_register_is_asked_by_series_year_meeting_and_what_is_missing(house_office: Stage):
    old = register(house_office, number=4687, year=2012).symbol
    out = register(house_office)
    for language in ("en", "pt", "fr"):
        stamp(house_office, out.id, language, *TRANSLATED)
    stamp(house_office, out.id, "es", "received", "revised", "distributed")
    minutes = register(house_office, series="council_minutes", meeting=2036)
    void(house_office, register(house_office).id)

    def found(**asked: Any) -> list[str]:
        page = document_looking.page(house_office.office, by=house_office.people["chair"], **asked)
        return [one.document.symbol for one in page.items]

    assert found(series="council_document", year=2012) == [old]
    assert found(meeting=2036) == [minutes.symbol]
    assert found(lacking="any") == found(lacking="fr") == [minutes.symbol, old]
    assert len(found()) == 4
    first = document_looking.page(house_office.office, by=house_office.people["chair"], most=3)
    assert found(after=first.after) == [old]
    with pytest.raises(documents.NoSuchSeries):
        found(series="council_poem")
