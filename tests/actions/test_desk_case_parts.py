"""A look at a case asks once which parts there are of it, and of what there is it shows all."""

from uuid import uuid4

from sqlalchemy import insert

from records import clocks, drafts, facts, matters, people, retention, sealed, seats, there, waivers
from records.books import Books
from records.drafts import DraftRow
from records.facts import FactsRow
from records.retention import HoldRow
from records.sealed import ConsentRow, FileRow, IdentityRow
from records.tables import SHRED_ANNOUNCEMENT
from records.waivers import WaiverRow
from tests.fixtures.ombuds_office import OmbudsStage
from tests.fixtures.visitors import Guest, come, on_rung


def kept(books: Books, guest: Guest, person: object) -> list[object]:
    """Every part of a matter that may be missing."""
    about = guest.matter
    return [
        facts.facts(books, about),
        sealed.consents(books, about),
        retention.holds_of(books, about),
        retention.live_holds(books, [about]),
        clocks.pauses(books, about),
        drafts.of_person(books, about, person),  # type: ignore[arg-type]  # an id of the stage
        sealed.files(books, about),
        sealed.identity(books, about),
        retention.announced(books, about),
        waivers.of_matter(books, about),
        matters.links(books, about),
    ]


def test_a_look_shows_every_part_that_there_is_and_nothing_of_another_case(ombuds_office: OmbudsStage):
    stage, bare, full = ombuds_office, come(ombuds_office), come(ombuds_office)
    who = on_rung(stage, full.matter, 0)
    about, person = full.matter, stage.people[who]
    ((comer,),) = stage.rows("SELECT id FROM comer WHERE matter_id = :m", m=about)
    with stage.as_owner.open() as books:
        day, text, clock = books.today, sealed.texts(books, about)[0].id, clocks.of_matter(books, about)[0].id
        facts.set_facts(books, about, FactsRow(None, None, "nobody", None, 1, person, day))
        sealed.ask_consent(books, ConsentRow(uuid4(), about, text, "asked", day, None, day, None, None))
        retention.add_hold(books, HoldRow(uuid4(), about, "litigation", person, day, day.replace(year=day.year + 1)))
        clocks.begin_pause(books, uuid4(), about, "awaiting_complainant", day)
        drafts.put(books, DraftRow(uuid4(), about, person, "note", bytes(80), day))
        sealed.add_file(books, FileRow(uuid4(), about, 1, "visitor", "shared", bytes(80), bytes(80), True, books.now, day))
        sealed.add_identity(books, IdentityRow(uuid4(), about, bytes(32), bytes(80), None, comer))
        told = {"matter_id": about, "rested_on": day, "announced_on": day, "due_on": day}
        books.connection.execute(insert(SHRED_ANNOUNCEMENT).values(**told))
        waivers.add(books, WaiverRow(uuid4(), about, clock, "feedback", person, str(text), str(text), day, books.now))
        matters.link(books, about, bare.matter, "complaint.merged")
    with stage.desk.open() as books:
        stage.callers[who].enter(books, about)
        look = books.looking()
        assert there.parts(look, about) == set(there.NAMES)
        assert kept(look, full, person) == kept(books, full, person)
        assert all(kept(look, full, person))
        assert there.parts(look, bare.matter) == {"link"}
        assert people.responsible(look, [about]) == people.responsible(books, [about]) == {about: person}
        assert seats.own(look, about, person) == seats.own(books, about, person)


def test_an_empty_part_is_not_asked_for_and_what_comes_later_is_seen_by_who_acts(ombuds_office: OmbudsStage):
    stage, guest = ombuds_office, come(ombuds_office)
    who = on_rung(stage, guest.matter, 0)
    with stage.desk.open() as books:
        stage.callers[who].enter(books, guest.matter)
        look = books.looking()
        assert there.parts(look, guest.matter) == frozenset()
        assert not any(kept(look, guest, stage.people[who]))
        drafts.put(books, DraftRow(uuid4(), guest.matter, stage.people[who], "note", bytes(80), books.today))
        assert drafts.of_person(look, guest.matter, stage.people[who]) == []
        assert len(drafts.of_person(books, guest.matter, stage.people[who])) == 1
