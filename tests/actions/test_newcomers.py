"""Whoever came to the office later gets their seats when a holder signs in; nobody who must not see it ever does (S40)."""

from datetime import date
from uuid import UUID

import pytest
from pydantic import SecretStr

from actions import desk_sessions
from actions.codes import totp_of
from actions.desk_history import history_of
from actions.desk_reading import identity_of, open_matter
from actions.desk_seats import late_conflict, recuse
from actions.newcomers import Looked, seat_newcomers
from records.matters import NotFound
from tests.fixtures.ombuds_office import PASSPHRASE, OmbudsStage
from tests.fixtures.visitors import Guest, at_desk, come, on_rung, opened_by
from tests.fixtures.wall import Wall

LATER = date(2016, 9, 1)


def seated(stage: OmbudsStage, matter: UUID) -> list[str]:
    """Who has a live seat in the newest epoch, by name; somebody seated twice would stand there twice."""
    newest = "(SELECT max(number) FROM epoch WHERE matter_id = :m)"
    query = f"SELECT person_id FROM seat WHERE matter_id = :m AND holder = 'person' AND until_at IS NULL AND epoch = {newest}"
    rows = [row[0] for row in stage.rows(query, m=matter)]
    return sorted(who for who, person in stage.people.items() for row in rows if row == person)


def signs_in(stage: OmbudsStage, who: str = "head", **how: int) -> Looked:
    return seat_newcomers(stage.desk, by=stage.callers[who], **how)


def leaves(stage: OmbudsStage, who: str) -> None:
    """Somebody's term is over; their seats are taken as `amparo keys leave` does."""
    person = stage.people[who]
    stage.rows("UPDATE appointment SET until_on = '2016-09-01' WHERE person_id = :p RETURNING 1", p=person)
    gone = "UPDATE seat SET until_at = now(), key_sealed = '' WHERE person_id = :p AND until_at IS NULL RETURNING 1"
    stage.rows(gone, p=person)
    stage.rows("UPDATE epoch SET stale = true RETURNING 1")


def new_head(stage: OmbudsStage) -> None:
    """The post changes hands."""
    leaves(stage, "head")
    stage.appoint("iris", "ombudsperson", LATER)


def stand_in(stage: OmbudsStage, guest: Guest) -> str:
    return on_rung(stage, guest.matter, 1)


def test_a_new_head_is_seated_by_the_key_of_who_is_there(ombuds_office: OmbudsStage):
    stage, guest = ombuds_office, come(ombuds_office, identity=SecretStr("I am Ana."))
    holder = stand_in(stage, guest)
    new_head(stage)
    with pytest.raises(NotFound):
        open_matter(stage.desk, "complaint", guest.matter, by=stage.callers["iris"])
    assert signs_in(stage, holder) == Looked(matters=1, seats=1)
    assert seated(stage, guest.matter) == sorted(["alternate", holder, "iris"])
    opened = open_matter(stage.desk, "complaint", guest.matter, by=stage.callers["iris"])
    assert opened.texts[0].text == "The head of my unit reads my mail."
    assert identity_of(stage.desk, "complaint", guest.matter, by=stage.callers["iris"]) == "I am Ana."


def test_it_stands_in_history_and_ledger_and_she_sees_who_can_open_it(ombuds_office: OmbudsStage):
    stage, guest = ombuds_office, come(ombuds_office)
    holder = stand_in(stage, guest)
    new_head(stage)
    signs_in(stage, holder)
    assert "Iris" in guest.sees().readers
    assert guest.sees().opened_by == (), "to be seated is no reading, of nobody"
    lines = history_of(stage.desk, "complaint", guest.matter, by=stage.callers[holder])
    assert [line.person.name for line in lines if line.what == "seated" and line.person].count("Iris") == 1
    query = "SELECT count(*) FROM ledger_entry WHERE body LIKE '%complaint.seated%' AND body LIKE '%sign_in%' AND body LIKE :p"
    assert stage.rows(query, p=f"%{stage.people['iris']}%") == [(1,)]


def test_it_opens_only_what_says_who_must_not_see_it(ombuds_office: OmbudsStage):
    stage, guest = ombuds_office, come(ombuds_office)
    holder = stand_in(stage, guest)
    new_head(stage)
    kept = ("about", "must_not_see")
    stage.rows("UPDATE sealed_text SET sealed = '\\x00' WHERE slot <> ALL (:kept) RETURNING 1", kept=list(kept))
    assert signs_in(stage, holder) == Looked(matters=1, seats=1)
    assert stage.rows("SELECT count(*) FROM read_log") == [(0,)]
    assert stage.rows("SELECT count(*) FROM search_log") == [(0,)]


@pytest.mark.parametrize("slot", ["about", "must_not_see"])
def test_what_cannot_be_opened_seats_nobody_and_is_seen(ombuds_office: OmbudsStage, slot: str):
    stage, guest, other = ombuds_office, come(ombuds_office), come(ombuds_office)
    holder = stand_in(stage, guest)
    new_head(stage)
    stage.rows("UPDATE sealed_text SET sealed = '\\x00' WHERE matter_id = :m AND slot = :s RETURNING 1", m=guest.matter, s=slot)
    before = stage.rows("SELECT version FROM matter WHERE id = :m", m=guest.matter)
    assert signs_in(stage, "alternate") == Looked(matters=2, seats=1, failed=1)
    assert seated(stage, guest.matter) == sorted(["alternate", holder])
    assert "iris" in seated(stage, other.matter)
    assert stage.rows("SELECT version FROM matter WHERE id = :m", m=guest.matter) == before
    assert stage.rows("SELECT count(*) FROM trouble WHERE \"where\" = 'newcomers'") == [(1,)]


@pytest.mark.parametrize(
    "told",
    [
        {"must_not_see": SecretStr("not Iris Nogueira please")},
        {"about": SecretStr("It is Nogueira who shouts.")},
    ],
    ids=["free words", "who it is about"],
)
def test_s40_who_is_named_by_her_never_gets_a_seat(ombuds_office: OmbudsStage, told: dict[str, object]):
    stage, guest, other = ombuds_office, come(ombuds_office, **told), come(ombuds_office)
    leaves(stage, "head")
    stage.appoint("iris_nogueira", "ombudsperson", LATER)
    assert signs_in(stage, "alternate") == Looked(matters=2, seats=1)
    assert "iris_nogueira" not in seated(stage, guest.matter)
    assert "iris_nogueira" in seated(stage, other.matter)
    assert "Iris Nogueira" not in guest.sees().readers


def test_s40_who_works_under_somebody_she_ticked_gets_no_seat(ombuds_office: OmbudsStage):
    stage = ombuds_office
    guest = come(stage, excluded=(stage.people["head"],))
    assert seated(stage, guest.matter) == ["alternate"]
    stage.appoint("iris", "case_officer", LATER)
    stage.appoint("joan", "alternate", LATER)
    assert signs_in(stage, "alternate").seats == 1
    assert seated(stage, guest.matter) == ["alternate", "joan"]


def test_who_stepped_down_or_was_in_conflict_is_not_seated_again(ombuds_office: OmbudsStage):
    stage, guest = ombuds_office, come(ombuds_office)
    first = stand_in(stage, guest)
    recuse(stage.desk, "complaint", guest.matter, SecretStr("I know her."), by=stage.callers["head"])
    late_conflict(stage.desk, "complaint", guest.matter, stage.people[first], SecretStr("He too."), by=stage.callers["alternate"])
    (other,) = {"officer_a", "officer_b"} - {first}
    assert signs_in(stage, "alternate").seats == 1
    assert seated(stage, guest.matter) == sorted(["alternate", other])
    assert signs_in(stage, "alternate") == Looked()


def test_an_unsigned_key_gets_no_seat(ombuds_office: OmbudsStage):
    stage, guest = ombuds_office, come(ombuds_office)
    leaves(stage, "head")
    stage.appoint("iris", "ombudsperson", LATER, key=False)
    signs_in(stage, "alternate")
    assert "iris" not in seated(stage, guest.matter)


def test_where_everybody_is_there_an_absence_and_one_more_officer_make_nobody_a_reader(ombuds_office: OmbudsStage):
    stage, guest = ombuds_office, come(ombuds_office)
    before = seated(stage, guest.matter)
    stage.absent("head", LATER)
    stage.absent(stand_in(stage, guest), LATER)
    stage.appoint("iris", "case_officer", LATER)
    assert signs_in(stage) == Looked()
    assert seated(stage, guest.matter) == before


def test_who_heard_the_talk_is_not_made_a_reader_of_the_case(ombuds_office: OmbudsStage):
    stage, guest = ombuds_office, come(ombuds_office, "consultation", understood=True)
    talk = guest.matter
    opened_by(stage, "head", talk)
    at_desk(stage, "head", talk, "open_conversation")
    guest.does("make_official")
    assert "head" not in seated(stage, guest.matter)
    signs_in(stage, "alternate")
    signs_in(stage, stand_in(stage, guest))
    assert "head" not in seated(stage, guest.matter)


def test_what_grew_out_of_a_case_follows_its_seats(ombuds_office: OmbudsStage):
    stage, guest = ombuds_office, come(ombuds_office)
    opened_by(stage, "head", guest.matter)
    for trigger, more in (
        ("acknowledge", {}),
        ("screen", {}),
        ("inquire", {}),
        ("draft", {"text": "So."}),
        ("conclude_without_names", {"text": "So.", "names_nobody": True}),
        ("recommend", {"text": "Stop it.", "to": "The head of unit"}),
    ):
        at_desk(stage, "head", guest.matter, trigger, **more)
    ((grown,),) = stage.rows("SELECT id FROM matter WHERE kind = 'recommendation'")
    holder = stand_in(stage, guest)
    new_head(stage)
    assert signs_in(stage, holder) == Looked(matters=2, seats=2)
    assert seated(stage, UUID(str(grown))) == seated(stage, guest.matter) == sorted(["alternate", holder, "iris"])
    assert open_matter(stage.desk, "recommendation", UUID(str(grown)), by=stage.callers["iris"]).texts


def test_one_sign_in_takes_so_many_and_the_next_goes_on(ombuds_office: OmbudsStage):
    stage, guests = ombuds_office, [come(ombuds_office) for _ in range(3)]
    new_head(stage)
    assert signs_in(stage, "alternate", most=2) == Looked(matters=2, seats=2)
    assert sum("iris" in seated(stage, guest.matter) for guest in guests) == 2
    assert signs_in(stage, "alternate", most=2) == Looked(matters=1, seats=1)
    assert signs_in(stage, "alternate") == Looked()
    assert ["iris" in seated(stage, guest.matter) for guest in guests] == [True, True, True]


def test_who_cannot_be_seated_does_not_keep_the_others_waiting_for_ever(ombuds_office: OmbudsStage):
    stage = ombuds_office
    for _ in range(2):
        come(stage, excluded=(stage.people["officer_a"], stage.people["officer_b"]))
    guest = come(stage)
    leaves(stage, on_rung(stage, guest.matter, 1))
    stage.appoint("officer_c", "case_officer", LATER)
    for _ in range(3):
        signs_in(stage, most=1)
    assert len(seated(stage, guest.matter)) == 3
    assert signs_in(stage, most=1) == Looked(), "what was judged for this roster is not opened again"
    stage.appoint("officer_d", "case_officer", LATER)
    leaves(stage, "officer_c")
    assert signs_in(stage).matters >= 2, "another roster is another question"


def test_nothing_is_written_where_nobody_is_in_line(ombuds_office: OmbudsStage):
    stage, guest = ombuds_office, come(ombuds_office)
    tables = ("seat", "epoch", "ledger_entry", "matter", "event")
    before = [stage.rows(f"SELECT * FROM {table} ORDER BY 1, 2") for table in tables]
    assert signs_in(stage) == Looked()
    assert [stage.rows(f"SELECT * FROM {table} ORDER BY 1, 2") for table in tables] == before
    assert guest.sees().readers


@pytest.mark.usefixtures("cheap_passphrases")
def test_signing_in_does_it_and_asking_again_does_not(ombuds_office: OmbudsStage, wall: Wall):
    stage, guest = ombuds_office, come(ombuds_office)
    totp = stage.give_passphrase("alternate")
    new_head(stage)
    desk_sessions.prove(stage.desk, "alternate", PASSPHRASE, totp_of(totp).at(wall.now))
    assert "iris" not in seated(stage, guest.matter)
    wall.after(seconds=60)
    desk_sessions.sign_in(stage.desk, "alternate", PASSPHRASE, totp_of(totp).at(wall.now))
    assert "iris" in seated(stage, guest.matter)
