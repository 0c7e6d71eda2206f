"""Drafts at the desk: their author's alone, in no dump, no act, and gone with the seat, the key, or the matter."""

from collections.abc import Sequence
from datetime import date

import pytest
from pydantic import SecretStr

from actions import desk_sessions
from actions.desk_drafts import MOST_BYTES, MOST_FORMS, Draft, DraftTooLarge, TooManyDrafts, draft_of, drafts_of, drop, keep
from actions.desk_seats import late_conflict, recuse
from actions.desk_sessions import sign_in
from actions.kernel.callers import DeskPerson
from actions.key_changes import leave, rotate
from actions.office import Office
from policies.refusal import Refusal
from records.matters import NotFound
from records.vault import new_holder_key
from tests.fixtures.desk_door import Came, come
from tests.fixtures.keys import OTHER, later_code, now_code
from tests.fixtures.ombuds_office import PASSPHRASE, OmbudsStage
from tests.laws.test_walls import session

MARKER = "Golondrina bajo el alero"
TYPED = {"text": MARKER, "payload.to": "her"}
UNTOUCHED = ("matter", "event", "clock", "read_log", "ledger_entry", "sealed_text", "outbox", "search_log")


@pytest.fixture
def came(ombuds_office: OmbudsStage) -> Came:
    return come(ombuds_office)


def readers(stage: OmbudsStage, came: Came) -> list[str]:
    """Who has a seat, first handler first."""
    rows = stage.rows("SELECT person_id FROM seat WHERE matter_id = :m AND holder = 'person' ORDER BY rung", m=came.id)
    return [name for (person,) in rows for name, known in stage.people.items() if known == person]


def kept(stage: OmbudsStage, came: Came, who: str, form: str = "reply", typed: dict[str, str] = TYPED) -> None:
    keep(stage.desk, "complaint", came.id, form, typed, by=stage.callers[who])


def seen(stage: OmbudsStage, came: Came, who: str) -> tuple[Draft, ...]:
    return drafts_of(stage.desk, "complaint", came.id, by=stage.callers[who])


def rows(stage: OmbudsStage) -> Sequence[object]:
    return stage.rows("SELECT * FROM sealed_draft ORDER BY id")


def test_what_was_typed_comes_back_to_its_author_as_it_was(ombuds_office: OmbudsStage, came: Came):
    stage, desk = ombuds_office, ombuds_office.desk
    head = stage.callers["head"]
    kept(stage, came, "head")
    kept(stage, came, "head", "note", {"text": "Y esto", "to": ""})
    assert seen(stage, came, "head") == (
        Draft("note", {"text": "Y esto"}, date(2016, 9, 1)),
        Draft("reply", TYPED, date(2016, 9, 1)),
    )
    kept(stage, came, "head", typed={"text": "Otra"})
    assert draft_of(desk, "complaint", came.id, "reply", by=head).values == {"text": "Otra"}
    drop(desk, "complaint", came.id, "reply", by=head)
    drop(desk, "complaint", came.id, "reply", by=head)
    kept(stage, came, "head", "note", {"text": ""})
    assert draft_of(desk, "complaint", came.id, "reply", by=head) == Draft("reply")
    assert rows(stage) == []


def test_nobody_else_sees_it_seat_or_no_seat_not_even_by_sql(ombuds_office: OmbudsStage, came: Came):
    stage = ombuds_office
    first, second = readers(stage, came)[:2]
    kept(stage, came, first)
    assert seen(stage, came, second) == ()
    kept(stage, came, second, typed={"text": "mine"})
    assert [draft.values for draft in seen(stage, came, first)] == [TYPED]
    with session(stage.database.url("ombuds_desk")) as connection:
        for who in stage.callers:
            connection.execute("SELECT set_config('amparo.person', %s, true)", (str(stage.people[who]),))
            found = {row[0] for row in connection.execute("SELECT person_id FROM sealed_draft")}
            assert found == ({stage.people[who]} if who in (first, second) else set()), who
            done = connection.execute("DELETE FROM sealed_draft WHERE person_id <> %s", (stage.people[who],))
            assert done.rowcount == 0
    with session(stage.database.url("ombuds_desk")) as connection:
        assert connection.execute("SELECT count(*) FROM sealed_draft").fetchone() == (0,)


def test_a_cold_dump_holds_no_draft_and_another_persons_row_opens_nothing(ombuds_office: OmbudsStage, came: Came):
    stage = ombuds_office
    first, second = readers(stage, came)[:2]
    kept(stage, came, first)
    dump = str(stage.rows("SELECT t::text, sealed FROM sealed_draft t"))
    assert not any(sign in dump for sign in (MARKER, MARKER.encode().hex(), "payload"))
    stage.rows("UPDATE sealed_draft SET person_id = :p RETURNING 1", p=stage.people[second])
    assert seen(stage, came, second) == ()
    other = come(stage)
    stage.rows("UPDATE sealed_draft SET person_id = :p, matter_id = :m RETURNING 1", p=stage.people[first], m=other.id)
    assert seen(stage, other, first) == ()


def test_keeping_one_is_no_act_and_no_reading(ombuds_office: OmbudsStage, came: Came):
    stage = ombuds_office
    before = [stage.rows(f"SELECT * FROM {table} ORDER BY 1, 2") for table in UNTOUCHED]
    kept(stage, came, "head")
    seen(stage, came, "head")
    assert [stage.rows(f"SELECT * FROM {table} ORDER BY 1, 2") for table in UNTOUCHED] == before


def test_who_steps_down_leaves_none(ombuds_office: OmbudsStage, came: Came):
    stage = ombuds_office
    first, second = readers(stage, came)[:2]
    for who in (first, second):
        kept(stage, came, who)
    recuse(stage.desk, "complaint", came.id, SecretStr("x"), by=stage.callers[first])
    assert stage.rows("SELECT person_id FROM sealed_draft") == [(stage.people[second],)]
    with pytest.raises(NotFound):
        seen(stage, came, first)


def test_who_is_found_in_conflict_or_leaves_leaves_none(ombuds_office: OmbudsStage, came: Came, operator: Office):
    stage = ombuds_office
    first, second = readers(stage, came)[:2]
    for who in (first, second):
        kept(stage, came, who)
    late_conflict(stage.desk, "complaint", came.id, stage.people[second], SecretStr("x"), by=stage.callers[first])
    assert stage.rows("SELECT person_id FROM sealed_draft") == [(stage.people[first],)]
    leave(operator, first.replace("_", " ").title())
    assert rows(stage) == []


def test_it_goes_with_the_matter(ombuds_office: OmbudsStage):
    talk = come(ombuds_office, "consultation")
    who = readers(ombuds_office, talk)[0]
    keep(ombuds_office.desk, "consultation", talk.id, "reply", TYPED, by=ombuds_office.callers[who])
    ombuds_office.rows("DELETE FROM matter WHERE id = :m RETURNING 1", m=talk.id)
    assert rows(ombuds_office) == []


def test_one_for_an_earlier_key_counts_as_none_and_is_written_over(ombuds_office: OmbudsStage, came: Came):
    stage = ombuds_office
    kept(stage, came, "head")
    stage.callers["head"] = DeskPerson(stage.people["head"], new_holder_key().box)
    assert seen(stage, came, "head") == ()
    kept(stage, came, "head")
    assert [draft.values for draft in seen(stage, came, "head")] == [TYPED]


@pytest.mark.usefixtures("cheap_passphrases")
def test_whoever_changes_their_key_keeps_what_they_typed(ombuds_office: OmbudsStage, came: Came, operator: Office):
    stage, totp = ombuds_office, ombuds_office.give_passphrase("head")
    kept(stage, came, "head")
    rotate(operator, "head", PASSPHRASE, now_code(totp), OTHER)
    assert seen(stage, came, "head") == ()
    signed_in = sign_in(stage.desk, "head", OTHER, later_code(stage.desk, totp))
    stage.callers["head"] = desk_sessions.who(stage.desk, signed_in.token)
    assert [draft.values for draft in seen(stage, came, "head")] == [TYPED]


def test_without_a_seat_there_is_no_such_matter_and_nothing_is_kept(ombuds_office: OmbudsStage):
    stage = ombuds_office
    came = come(stage, excluded=("head",))
    head = stage.callers["head"]
    for kind in ("complaint", "consultation"):
        with pytest.raises(NotFound):
            keep(stage.desk, kind, came.id, "reply", TYPED, by=head)
        with pytest.raises(NotFound):
            drafts_of(stage.desk, kind, came.id, by=head)
        with pytest.raises(NotFound):
            drop(stage.desk, kind, came.id, "reply", by=head)
    assert rows(stage) == []


def test_is_bounded_in_size_and_number(ombuds_office: OmbudsStage, came: Came):
    stage = ombuds_office
    for number in range(MOST_FORMS):
        kept(stage, came, "head", f"form_{number}")
    kept(stage, came, "head", "form_0", {"text": "x" * (MOST_BYTES - 20)})
    before = rows(stage)

    def is_refused(refusal: type[Refusal], form: str, typed: dict[str, str]) -> None:
        with pytest.raises(refusal):
            kept(stage, came, "head", form, typed)
        assert rows(stage) == before

    is_refused(TooManyDrafts, "one_more", TYPED)
    is_refused(DraftTooLarge, "form_0", {"text": "ñ" * (MOST_BYTES // 2)})
