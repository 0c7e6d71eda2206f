"""An inquiry of the office's own: begun at the desk, with a second pair of eyes on its terms and on what was found."""

from datetime import date
from uuid import UUID

import pytest

from actions.desk_earlier import earlier
from actions.desk_seats import LockedOut, seat
from actions.kernel.actor import NotAllowed
from actions.kernel.callers import HousePerson
from actions.kernel.move import open_kind
from actions.kinds.own_initiative import InquiryBegun
from actions.sealing import Reader
from actions.seating import NoReader
from records import sealed
from records.matters import NotFound
from records.vault import DRAFT
from states.machine import MoveRefused
from tests.fixtures.databases import Database
from tests.fixtures.ombuds_office import OmbudsStage, ombuds_house, roster_of
from tests.fixtures.visitors import at_desk, come, on_rung, state


def begin(stage: OmbudsStage, who: str = "head", **told: object) -> UUID:
    shape: dict[str, object] = {"source": "pattern", "text": "Three of one corridor came in a month.", "about": "Corridor B"}
    return open_kind(stage.desk, "own_initiative", InquiryBegun(**(shape | told)), by=stage.callers[who]).id


def test_its_terms_and_its_findings_are_looked_at_by_somebody_who_did_not_write_them(ombuds_office: OmbudsStage):
    stage = ombuds_office
    matter = begin(stage)
    second = on_rung(stage, matter, 1)
    seated = dict(stage.rows("SELECT rung, person_id FROM seat WHERE matter_id = :m AND person_id IS NOT NULL", m=matter))
    assert (seated[0], seated[2]) == (stage.people["head"], stage.people["alternate"])
    assert stage.rows("SELECT holder FROM seat WHERE matter_id = :m AND person_id IS NULL", m=matter) == [("recovery",)]
    at_desk(stage, "head", matter, "propose_terms", text="Who works there since May; until December.")
    with pytest.raises(MoveRefused) as refused:
        at_desk(stage, "head", matter, "approve_terms")
    assert refused.value.unmet == ("whoever_approves_did_not_write_the_terms",)
    at_desk(stage, second, matter, "return_terms", reason="Too wide.")
    at_desk(stage, "head", matter, "propose_terms", text="Until October.")
    at_desk(stage, second, matter, "approve_terms")
    at_desk(stage, "head", matter, "inquire")
    at_desk(stage, "head", matter, "propose_terms", text="Until December after all.")  # other terms are approved anew
    at_desk(stage, "alternate", matter, "approve_terms")
    at_desk(stage, "head", matter, "inquire")
    at_desk(stage, "head", matter, "note_step", note="Asked for the roster.")
    at_desk(stage, "head", matter, "draft", text="The corridor has no second exit.")
    with pytest.raises(MoveRefused) as refused:
        at_desk(stage, "head", matter, "conclude")
    assert refused.value.unmet == ("whoever_concludes_did_not_write_the_findings",)
    at_desk(stage, second, matter, "conclude")
    with pytest.raises(MoveRefused) as refused:
        at_desk(stage, "head", matter, "send_findings", to="The Secretary")
    assert refused.value.unmet == ("findings_name_nobody",)
    at_desk(stage, "head", matter, "send_findings", to="The Secretary", names_nobody=True)
    with stage.desk.open() as books:
        reader = Reader(books, matter, stage.callers["head"].enter(books, matter))
        sent = [row for row in sealed.texts(books, matter, [DRAFT.name]) if row.visibility == "served"]
        assert [reader.open(row, DRAFT).text for row in sent] == [
            '{"to": "The Secretary", "text": "The corridor has no second exit."}'
        ]
    at_desk(stage, "head", matter, "note_answer", text="It gets one.", on=date(2016, 9, 1))
    at_desk(stage, "head", matter, "check_follow_up")
    assert at_desk(stage, "head", matter, "close", reason="It has one.").state == "closed"
    marks = "SELECT mark FROM case_mark WHERE matter_id = :m ORDER BY 1"
    assert [row[0] for row in stage.rows(marks, m=matter)] == [
        "own_answered", "own_concluded", "own_findings_sent", "own_terms_approved", "own_terms_approved",
    ]  # fmt: skip
    assert stage.rows("SELECT outcome FROM case_spell WHERE matter_id = :m", m=matter) == [("closed",)]
    (outside,) = {"officer_a", "officer_b"} - {second}
    with pytest.raises(NotFound):
        at_desk(stage, outside, matter, "approve_terms")


def test_who_is_ticked_or_named_gets_no_seat_then_or_later_and_nobody_begins_one_about_themselves(ombuds_office: OmbudsStage):
    stage = ombuds_office
    ticked, named = stage.people["officer_a"], "Officer B"
    matter = begin(stage, must_not_see=(ticked,), about=f"{named} and a unit")
    seated = {row[0] for row in stage.rows("SELECT person_id FROM seat WHERE matter_id = :m AND person_id IS NOT NULL", m=matter)}
    assert seated == {stage.people["head"], stage.people["alternate"]}
    for who in ("officer_a", "officer_b"):
        with pytest.raises(LockedOut):
            seat(stage.desk, "own_initiative", matter, stage.people[who], by=stage.callers["head"])
    before = stage.rows("SELECT count(*) FROM matter WHERE kind = 'own_initiative'")
    with pytest.raises(NotAllowed):
        begin(stage, "officer_a", about="Officer A")
    everybody = tuple(stage.people[who] for who in ("head", "officer_a", "officer_b", "alternate"))
    with pytest.raises(NoReader):
        begin(stage, must_not_see=everybody)
    wanted, guest = InquiryBegun(source="council", text="x"), come(stage)
    with pytest.raises(NotAllowed):
        open_kind(stage.as_owner, "own_initiative", wanted, by=HousePerson(stage.people["chair"]))
    with pytest.raises(NotAllowed):
        open_kind(stage.intake, "own_initiative", wanted, by=guest.visitor)
    assert stage.rows("SELECT count(*) FROM matter WHERE kind = 'own_initiative'") == before
    # it is found among the earlier matters about the same unit, by who has a seat in it
    assert [one.matter.id for one in earlier(stage.desk, "unit", by=stage.callers["head"])] == [matter]
    assert earlier(stage.desk, "unit", by=stage.callers["officer_a"]) == []
    assert at_desk(stage, "head", matter, "not_pursue", reason="Nothing in it.").state == "not_pursued"


@pytest.mark.parametrize("size", [1, 2])
def test_in_a_small_office_the_second_pair_of_eyes_is_the_alternate_s(ombuds: Database, size: int):
    with ombuds_house(ombuds, roster_of(size)) as stage:
        matter = begin(stage)
        at_desk(stage, "head", matter, "propose_terms", text="So.")
        at_desk(stage, "alternate", matter, "approve_terms")
        assert state(stage, matter) == "terms_set"
