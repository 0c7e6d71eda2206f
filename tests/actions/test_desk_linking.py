"""That two matters are about the same is a recorded act, and nobody without a seat in both ever learns of it."""

from datetime import date
from uuid import UUID, uuid4

import psycopg
import pytest

from actions.desk_history import history_of
from actions.desk_linking import AlreadyLinked, LinkedToItself, Reason, link, links_of, unlink
from actions.kernel.actor import NotAllowed
from records.matters import NotFound
from tests.fixtures.ombuds_office import OmbudsStage
from tests.fixtures.visitors import Guest, at_desk, come, on_rung, opened_by


def two(stage: OmbudsStage) -> tuple[Guest, Guest, str]:
    """A complaint, another that one officer must not see, and that officer, who has a seat in the first."""
    first = come(stage, about="Rosa Luna")
    officer = on_rung(stage, first.matter, 1)
    return first, come(stage, about="Rosa Luna", excluded=(stage.people[officer],)), officer


def lines(stage: OmbudsStage, who: str, matter: UUID) -> list[tuple[str, str, str]]:
    seen = history_of(stage.desk, "complaint", matter, by=stage.callers[who])
    return [(one.what, one.name, str(one.facts["matter"])) for one in seen if one.what in {"linked", "unlinked"}]


def test_it_is_said_by_who_handles_one_and_reads_both_and_stands_in_both_histories(ombuds_office: OmbudsStage):
    stage = ombuds_office
    first, second, _ = two(stage)
    head, desk = stage.callers["head"], stage.desk
    made = link(desk, "complaint", first.matter, second.matter, Reason.SAME_PERSON, by=head)
    told = [(one.matter.id, one.reason, one.by.name, one.on) for one in links_of(desk, "complaint", second.matter, by=head)]
    assert told == [(first.matter, "same_person", "Head", date(2016, 9, 1))]
    with pytest.raises(AlreadyLinked):
        link(desk, "complaint", second.matter, first.matter, Reason.SAME_PERSON, by=head)
    with pytest.raises(LinkedToItself):
        link(desk, "complaint", first.matter, first.matter, Reason.SAME_FACTS, by=head)
    link(desk, "complaint", second.matter, first.matter, Reason.SAME_FACTS, by=head)  # another reason is another statement
    with pytest.raises(NotAllowed):  # a seat in both is not enough: who answers for it says so
        link(desk, "complaint", first.matter, come(stage).matter, Reason.SAME_FACTS, by=stage.callers["alternate"])
    unlink(desk, "complaint", second.matter, made, by=head)
    with pytest.raises(NotFound):
        unlink(desk, "complaint", second.matter, made, by=head)
    for matter, other in ((first.matter, second.matter), (second.matter, first.matter)):
        told = [("linked", "same_facts"), ("linked", "same_person"), ("unlinked", "same_person")]
        assert sorted(lines(stage, "head", matter)) == [(what, why, str(other)) for what, why in told]
    rows = stage.rows("SELECT count(*) FROM linking WHERE removed_by = :p AND removed_on IS NOT NULL", p=stage.people["head"])
    assert rows == [(1,)]
    bodies = [str(row[0]) for row in stage.rows("SELECT body FROM ledger_entry WHERE body LIKE '%linked%'")]
    assert len(bodies) == 6
    assert not [body for body in bodies if str(first.matter) in body and str(second.matter) in body]


def test_s05_who_has_no_seat_in_both_learns_nothing_of_the_other(ombuds_office: OmbudsStage):
    stage = ombuds_office
    first, second, officer = two(stage)
    plain = [stage.callers[officer], first.matter]
    before = (
        history_of(stage.desk, "complaint", plain[1], by=plain[0]),
        links_of(stage.desk, "complaint", plain[1], by=plain[0]),
    )
    seen = first.sees().answers
    link(stage.desk, "complaint", first.matter, second.matter, Reason.SAME_PERSON, by=stage.callers["head"])
    after = (history_of(stage.desk, "complaint", plain[1], by=plain[0]), links_of(stage.desk, "complaint", plain[1], by=plain[0]))
    assert after == before
    assert first.sees().answers == seen
    # nor can they ask: the other and one that never was are answered alike, and nothing is written
    opened_by(stage, "head", first.matter)
    at_desk(stage, "head", first.matter, "acknowledge")
    handed = "UPDATE responsibility SET person_id = :o WHERE matter_id = :m AND until_at IS NULL RETURNING id"
    with stage.owner.begin() as owner:
        owner.exec_driver_sql(handed.replace(":o", "%s").replace(":m", "%s"), (stage.people[officer], first.matter))
    for other in (second.matter, uuid4()):
        with pytest.raises(NotFound):
            link(stage.desk, "complaint", first.matter, other, Reason.SAME_PERSON, by=stage.callers[officer])
    assert stage.rows("SELECT count(*) FROM linking") == [(1,)]
    # the database itself shows the row to no other door, and at the desk to nobody without both seats
    with psycopg.connect(stage.database.url("ombuds_desk").replace("+psycopg", "", 1)) as desk:
        for who, number in ((officer, 0), ("head", 1), ("alternate", 1)):
            desk.execute("SELECT set_config('amparo.person', %s, true)", (str(stage.people[who]),))
            assert desk.execute("SELECT count(*) FROM linking").fetchone() == (number,), who
    for role in ("ombuds_intake", "ombuds_flows"):
        with (
            psycopg.connect(stage.database.url(role).replace("+psycopg", "", 1)) as other_door,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            other_door.execute("SELECT count(*) FROM linking")
