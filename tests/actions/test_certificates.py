"""Whoever was told a number can learn later that it was destroyed, and when; nobody else learns anything, nobody learns who."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from actions.certificates import Certificate, CertificateUnknown, check, confirm_backups_gone, every, number_of, prove
from records import certificates, matters
from records.ledger import read_proof, verify_proof
from tests.fixtures.ledgers import KEY, nights
from tests.fixtures.months import BEGAN, DAY, exists, mentions, sweep_days
from tests.fixtures.ombuds_office import OmbudsStage
from tests.fixtures.visitors import Guest, come
from web.messages import LANGUAGES, Messages

GONE_ON = BEGAN + 7 * DAY


def told(guest: Guest) -> dict[str, str]:
    """What her page says of what happens next, in short: each sentence's name and its number, if it names one."""
    return {said.key: str(said.params.get("number", "")) for said in guest.sees().answers[1]}


def refused(stage: OmbudsStage, *numbers: str) -> set[str]:
    """What is said of these numbers, where nothing is found."""
    found = set()
    for number in numbers:
        with pytest.raises(CertificateUnknown) as unknown:
            check(stage.intake, number)
        found.add(f"{unknown.value.code} {unknown.value.params}")
    return found


def test_the_number_on_her_page_says_afterwards_that_it_was_destroyed_and_when_and_nothing_else(ombuds_office: OmbudsStage):
    stage = ombuds_office
    guest, other = come(stage), come(stage)
    assert "plain.next.number" not in told(guest), "it is under way: no day is known"
    matter = guest.matter
    guest.does("withdraw_forget")
    number = told(guest)["plain.next.number"]
    assert len(number.split("-")) == 5
    nothing = refused(stage, number, "0000-0000-0000-0000-0000", "", "x" * 20, number[:-1], "\x00" * 20, "%" * 20)
    assert len(nothing) == 1, "not yet, unknown and malformed are one answer (S07)"
    sweep_days(stage, BEGAN, GONE_ON)
    assert not exists(stage, matter)
    early = check(stage.intake, number)
    assert early == Certificate(number, "formal", GONE_ON, None, None, GONE_ON + DAY)
    assert mentions(stage, matter) == {}, "nobody comes back from the number to the matter"
    nights(stage)
    found = check(stage.intake, f" {number.upper().replace('0', 'O').replace('1', 'l')} ".replace("-", " "))
    assert (found.number, found.destroyed_on, found.backups_gone_on) == (number, GONE_ON, None)
    assert found.proof is not None
    proof = read_proof(found.proof.file)
    assert verify_proof(proof, KEY.verify_key) == ()
    assert proof.entry.as_plain() | {"facts": {}} == {
        "at_day": GONE_ON.isoformat(), "by": None, "matter": None, "what": "retention.destroyed", "facts": {},
    }  # fmt: skip
    assert set(proof.entry.facts) == {"certificate", "track"}
    assert str(proof.entry.facts["certificate"]).replace("-", "").startswith(number.replace("-", ""))
    assert (found.proof.leaf, found.proof.signature) == (proof.index, proof.signed.signature.hex())
    stage.to_day(GONE_ON + 3 * DAY)
    confirm_backups_gone(stage.as_owner, GONE_ON + 2 * DAY)
    assert check(stage.intake, number).backups_gone_on == GONE_ON + 3 * DAY
    assert [one.number for one in every(stage.as_owner)] == [number]
    assert verify_proof(read_proof(prove(stage.as_owner, number)), KEY.verify_key) == ()
    with stage.intake.open() as books:
        other.visitor.enter(books, None)
        theirs = number_of(books, matters.find(books, other.matter))
    assert theirs is not None
    assert refused(stage, theirs) == nothing, "who knows another matter's number learns nothing of one that is there"


def test_of_a_conversation_no_number_is_left_and_her_page_says_so(ombuds_office: OmbudsStage):
    stage = ombuds_office
    guest = come(stage, "consultation", understood=True)
    matter = guest.matter
    guest.does("stop")
    assert "plain.next.no_number" in told(guest)
    assert "plain.next.number" not in told(guest)
    sweep_days(stage, BEGAN, GONE_ON)
    assert not exists(stage, matter)
    assert every(stage.as_owner) == []
    refused(stage, certificates.number_of(matter))


def test_what_is_destroyed_a_second_time_after_a_copy_was_restored_keeps_its_number(ombuds_office: OmbudsStage):
    stage = ombuds_office
    guest = come(stage)
    guest.does("withdraw_forget")
    with stage.owner.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO certificate SELECT certificate_id(:m), kind, 'complaint.retention', edition, '2016-08-01',"
                " '2016-08-02' FROM matter WHERE id = :m"
            ),
            {"m": guest.matter},
        )
    sweep_days(stage, BEGAN, GONE_ON)
    assert stage.rows("SELECT destroyed_on, backups_gone_on FROM certificate") == [(GONE_ON, None)]


def test_no_desk_and_no_flow_reads_certificates_and_the_intake_only_one_it_has_the_number_of(ombuds_office: OmbudsStage):
    stage = ombuds_office
    every_one, one = "SELECT count(*) FROM certificate", "SELECT * FROM certificate_of('%')"
    for role, asked in ((stage.desk, every_one), (stage.desk, one), (stage.flows, one), (stage.intake, every_one)):
        with pytest.raises(DBAPIError, match="permission denied"), role.engine.begin() as connection:
            connection.execute(text(asked))
    with stage.intake.engine.begin() as connection:
        assert connection.execute(text(one)).all() == []


def test_each_sentence_of_a_certificate_names_no_case_and_no_person():
    for language in LANGUAGES:
        messages = Messages(language)
        for key in ("number.track.formal", "number.track.informal", "number.backups_unknown", "number.nothing_else"):
            assert "{" not in messages.say_key(key)
