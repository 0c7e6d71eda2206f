"""Several people, one matter: each with words, a seat, an identity of their own, by a code that works once."""

import pytest

from actions.desk_reading import identity_of, open_matter
from actions.joining import CodeUnknown, NotAgreedToJoin, invite, look_in
from actions.replays import KeyReused
from actions.seating import NoReader
from records import sealed, seats
from records.matters import NotFound
from records.vault import NotThisRow, Unreadable, identity_context, open_box, open_seat, seat_context
from states.machine import MoveRefused
from tests.fixtures.groups import a_key, code_of, counts, joins, taken_up, three, unmet
from tests.fixtures.ombuds_office import OmbudsStage
from tests.fixtures.visitors import STATEMENT, at_desk, come, secret


def test_each_has_words_a_seat_and_an_identity_that_no_other_opens_not_even_in_a_copy(ombuds_office: OmbudsStage):
    stage = ombuds_office
    people = three(stage)
    first, second, third = people
    assert {guest.matter for guest in people} == {first.matter}
    assert len({guest.words for guest in people}) == 3
    assert [(m.text, m.person, m.mine) for m in third.sees().messages] == [(STATEMENT, 1, False), ("Mine, too.", 2, False)]
    assert [m.mine for m in second.sees().messages] == [False, True]
    group = second.sees().together
    assert (group.number, group.people, group.codes) == (2, 3, ())
    with stage.as_owner.open() as books:  # all of the database, and one person's words
        rows, live = sealed.identities(books, first.matter), seats.of_matter(books, first.matter)
    assert len(rows) == 2
    for guest in people:
        opened = []
        for seat in live:
            try:
                opened.append(open_seat(guest.visitor.pair, seat.key_sealed, seat_context(seat.id, first.matter, seat.epoch)))
            except (Unreadable, NotThisRow):
                continue
        assert len(opened) == 1, "one's own seat and no other"
        for row in rows:
            for pair in (guest.visitor.pair, opened[0].pair):
                with pytest.raises(Unreadable):
                    open_box(pair, row.sealed, identity_context(row.id, first.matter))
    by = stage.callers["head"]
    names = [identity_of(stage.desk, "complaint", first.matter, by=by, person=number) for number in (1, 2, 3)]
    assert names == ["Ana Luz", "Bea Sol", None]
    seen = open_matter(stage.desk, "complaint", first.matter, by=by)
    assert [(one.number, one.part, one.here, one.has_identity) for one in seen.people] == [
        (1, "own", True, True),
        (2, "own", True, True),
        (3, "own", True, False),
    ]
    assert [text.person for text in seen.texts if text.slot == "statement"] == [1, 2]
    with stage.intake.open() as books:  # row-level security: one's own receipt, and none of the others'
        second.visitor.enter(books, None)
        assert books.connection.exec_driver_sql("SELECT locator FROM receipt").scalars().all() == [second.visitor.locator]


def test_a_code_works_once_and_not_after_its_day_or_when_it_was_taken_back(ombuds_office: OmbudsStage):
    stage = ombuds_office
    first = come(stage)
    code = code_of(first)
    assert [one.text for one in look_in(stage.intake, code.lower().replace("-", " ")).messages] == [STATEMENT]
    before = counts(stage)
    with pytest.raises(NotAgreedToJoin):
        joins(stage, code, agrees=False)
    assert counts(stage) == before
    second = joins(stage, code)
    for wrong in (code, "nonsense", "", "0000-0000-0000-0000-0000", first.words):
        before = counts(stage)
        for use in (look_in, joins):
            with pytest.raises(CodeUnknown):
                use(*((stage.intake, wrong) if use is look_in else (stage, wrong)))
        assert counts(stage) == before
    with pytest.raises(MoveRefused) as caught:
        code_of(second)
    assert unmet(caught) == ("she_may_bring_others",)
    back, old = code_of(first), code_of(first)
    assert len(first.sees().together.codes) == 2
    assert second.sees().together.codes == ()
    with stage.as_owner.open() as books:
        books.connection.exec_driver_sql(
            "UPDATE joining SET expires_on = '2016-08-01' WHERE id = (SELECT id FROM joining LIMIT 1)"
        )
    assert sum(_leads(stage, one) for one in (back, old)) == 1
    first.does("take_code_back")
    assert [_leads(stage, one) for one in (back, old)] == [False, False]
    assert stage.rows("SELECT count(*) FROM joining") == [(0,)]
    with pytest.raises(MoveRefused) as caught:
        first.does("take_code_back")
    assert unmet(caught) == ("a_code_is_unused",)


def _leads(stage: OmbudsStage, code: str) -> bool:
    try:
        look_in(stage.intake, code)
    except CodeUnknown:
        return False
    return True


def test_as_many_as_the_policy_allows_can_be_in_one_matter(ombuds_office: OmbudsStage):
    stage = ombuds_office
    first = come(stage)
    most = stage.intake.shelf.pack.groups.most_people  # type: ignore[union-attr]  # this pack has rules for it
    for _ in range(int(most) - 1):
        code_of(first)
    before = counts(stage)
    with pytest.raises(MoveRefused) as caught:
        code_of(first)
    assert unmet(caught) == ("there_is_room_for_one_more",)
    assert counts(stage) == before


def test_whom_somebody_locks_out_who_joins_loses_the_seat_at_once(ombuds_office: OmbudsStage):
    stage = ombuds_office
    first = come(stage)
    taken_up(stage, first)
    at_desk(stage, "head", first.matter, "watch_over")
    grown = "SELECT count(*) FROM seat s JOIN matter m ON m.id = s.matter_id WHERE m.kind = 'protection' AND s.person_id = :p"
    assert stage.rows(f"{grown} AND until_at IS NULL", p=stage.people["head"]) == [(1,)]
    second = joins(stage, code_of(first), excluded=(stage.people["head"],), statement=secret("Against the head."))
    assert stage.rows(f"{grown} AND (until_at IS NULL OR length(key_sealed) > 0)", p=stage.people["head"]) == [(0,)]
    assert "Head" not in first.sees().readers
    assert first.sees().readers == second.sees().readers
    with pytest.raises(NotFound):
        open_matter(stage.desk, "complaint", first.matter, by=stage.callers["head"])
    opened = open_matter(stage.desk, "complaint", first.matter, by=stage.callers["alternate"])
    assert [text.text for text in opened.texts if text.slot == "statement"] == [STATEMENT, "Against the head."]
    assert opened.yours, "who worked under the head is not left, and the duty went on"
    everybody = tuple(stage.people.values())
    code, before = code_of(first), counts(stage)
    with pytest.raises(NoReader):
        joins(stage, code, excluded=everybody)
    assert counts(stage) == before
    assert _leads(stage, code), "a refusal uses nothing up"


def test_a_request_that_comes_again_brings_the_same_code_and_the_same_words(ombuds_office: OmbudsStage):
    stage = ombuds_office
    first, again = come(stage), a_key()
    code = code_of(first, again)
    assert code_of(first, again) == code
    key = a_key()
    second = joins(stage, code, key)
    before = counts(stage)
    assert joins(stage, code, key).words == second.words
    assert counts(stage) == before
    with pytest.raises(KeyReused):
        invite(stage.intake, first.visitor, request=type(key)(key.key, b"another"), answer=lambda _: {})
