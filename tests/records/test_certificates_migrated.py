"""Certificates, and the office's words, when the database goes back before numbers and recovery's copies, and forward again."""

from uuid import UUID

from sqlalchemy import text

from actions.certificates import check
from actions.office_record import entries, record
from actions.office_record_shapes import IndependenceEntry
from records import migrate
from records.certificates import CertificateRow
from tests.fixtures.ombuds_office import OmbudsStage

OLD = UUID("3f9a0c21-77ab-4c1d-9e2f-001122334455")
"""As those were made before there was a number: by chance."""


def test_certificates_of_before_have_numbers_too_and_only_recoverys_copies_are_lost_going_down(ombuds_office: OmbudsStage):
    stage, head = ombuds_office, ombuds_office.callers["head"]
    told = {"kind": "interference", "on": "2016-08-20", "text": "They asked for a draft."}
    record(stage.desk, IndependenceEntry.model_validate(told), by=head)
    made = "INSERT INTO certificate SELECT :id, 'complaint', 'complaint.retention', hash, '2016-08-01' FROM edition LIMIT 1"
    with stage.owner.begin() as connection:
        connection.execute(text(made), {"id": OLD})
    copies = "SELECT count(*), count(reader) FROM sealed_office_text"
    ((all_of_them, readers),) = stage.rows(copies)
    assert int(str(all_of_them)) == int(str(readers)) + 1
    migrate.downgrade(stage.database.owner_url, "0057")
    assert stage.rows(copies) == [(readers, readers)]
    migrate.upgrade(stage.database.owner_url)
    found = check(stage.intake, "3F9A 0C21 77AB 4C1D 9E2F")
    assert (found.number, found.proof, found.proof_from) == ("3f9a-0c21-77ab-4c1d-9e2f", None, None)
    assert CertificateRow(OLD, "complaint", found.destroyed_on, None).number == found.number.replace("-", "")
    assert [one.text for one in entries(stage.desk, by=head)] == ["They asked for a draft."]
