"""One entry is proved to whoever may ask for it, and nobody sees another."""

from datetime import date

import pytest
from sqlalchemy.exc import ProgrammingError

from actions.ledger import (
    LEAVES_A_DAY,
    NoHeadYet,
    NotFoldedYet,
    NothingEntered,
    ProofIsTheirs,
    newest_head,
    prove_entry,
    prove_for_visitor,
)
from records.ledger import NotInLedger, PublicHead, read_proof, store, verify_proof
from records.matters import NotFound
from tests.fixtures.ledgers import KEY, acted, changed, lines_of, nights
from tests.fixtures.offices import Stage
from tests.fixtures.ombuds_office import OmbudsStage
from tests.fixtures.visitors import come


def test_she_can_have_it_proved_that_she_complained_once_it_is_folded(ombuds_office: OmbudsStage):
    nights(ombuds_office)
    others = [come(ombuds_office) for _ in range(3)]
    guest = come(ombuds_office)
    with pytest.raises(NotFoldedYet) as refused:
        prove_for_visitor(ombuds_office.intake, guest.visitor)
    assert refused.value.params == {"on": date(2016, 9, 3)}
    nights(ombuds_office)
    proof = read_proof(prove_for_visitor(ombuds_office.intake, guest.visitor))
    printed = PublicHead.of(newest_head(ombuds_office.flows).head)
    assert verify_proof(proof, KEY.verify_key, printed) == ()
    assert (proof.entry.what, proof.entry.matter) == ("complaint.opened", str(guest.matter))
    assert proof.entry.matter not in {str(other.matter) for other in others}


def test_what_was_erased_cannot_be_proved(ombuds_office: OmbudsStage):
    guest = come(ombuds_office)
    nights(ombuds_office)
    with ombuds_office.flows.open() as books:
        store.erase(books, guest.matter)
    with pytest.raises(NothingEntered):
        prove_for_visitor(ombuds_office.intake, guest.visitor)


def test_of_a_conversation_there_is_nothing_to_prove(ombuds_office: OmbudsStage):
    guest = come(ombuds_office, "consultation")
    nights(ombuds_office)
    with pytest.raises(NothingEntered):
        prove_for_visitor(ombuds_office.intake, guest.visitor)


def test_words_that_lead_nowhere_prove_nothing(ombuds_office: OmbudsStage):
    guest = come(ombuds_office)
    nights(ombuds_office)
    guest.words = "abandon " * 11 + "about"
    with pytest.raises(NotFound):
        prove_for_visitor(ombuds_office.intake, guest.visitor)


def test_the_intake_door_reads_no_entry_but_hers_and_no_leaf_that_waits(ombuds_office: OmbudsStage):
    nights(ombuds_office)
    come(ombuds_office)
    with ombuds_office.intake.open() as books:
        assert store.own_opening(books) is None  # no words at the door
        assert len(store.leaves_at_a_door(books, 10**6)) == LEAVES_A_DAY
    with pytest.raises(ProgrammingError, match="permission denied"), ombuds_office.intake.open() as books:
        store.waiting(books)
    with pytest.raises(ProgrammingError, match="permission denied"), ombuds_office.desk.open() as books:
        store.leaves_at_a_door(books, 1)


def test_an_entry_of_the_house_is_proved_by_its_place_or_its_id(house_office: Stage):
    acted(house_office, 9)
    nights(house_office)
    ((row,),) = house_office.rows("SELECT id FROM ledger_entry WHERE position = 4")
    head = newest_head(house_office.flows)
    by_place, by_id = prove_entry(house_office.flows, 4), prove_entry(house_office.flows, row)
    assert by_place == by_id
    proof = read_proof(by_id)
    assert verify_proof(proof, KEY.verify_key, head) == ()
    assert proof.entry.facts["number"] == 4


def test_what_cannot_be_proved_is_refused(house_office: Stage, ombuds_office: OmbudsStage):
    with pytest.raises(ProofIsTheirs):
        prove_entry(ombuds_office.flows, 0)
    acted(house_office, 2)
    with pytest.raises(NothingEntered):
        prove_entry(house_office.flows, 0)
    ((row,), _) = house_office.rows("SELECT id FROM ledger_entry ORDER BY xid")
    with pytest.raises(NotFoldedYet):
        prove_entry(house_office.flows, row)
    with pytest.raises(NoHeadYet):
        newest_head(house_office.flows)
    with pytest.raises(NoHeadYet):
        lines_of(house_office.flows)
    nights(house_office)
    changed(house_office, "UPDATE ledger_entry SET body = replace(body, 'test.done', 'test.undone') WHERE position = 1")
    with pytest.raises(NotInLedger):
        prove_entry(house_office.flows, 1)
    changed(house_office, "UPDATE ledger_entry SET body = 'x' WHERE position = 1")
    with pytest.raises(NotInLedger):
        prove_entry(house_office.flows, 1)
