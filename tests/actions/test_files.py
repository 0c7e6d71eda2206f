"""Files below the door: the desk opens what she sent, names are harmless, and litter goes."""

from datetime import timedelta

import pytest

from actions import desk_files
from actions.receiving import MOST_FILES, TooManyFiles, begin, content_of, plain_name
from records.matters import NotFound
from states.machine import MoveRefused, NoSuchMove
from tests.fixtures.ombuds_office import OmbudsStage
from tests.fixtures.visitors import come


def test_the_desk_opens_what_she_sent(ombuds_office: OmbudsStage):
    stage = ombuds_office
    guest = come(stage)
    upload = begin(stage.intake, guest.visitor, "mañana.pdf")
    upload.take(b"abc" * 100_000)
    upload.finish()
    found = desk_files.files_of(stage.desk, "complaint", guest.matter, by=stage.callers["head"])
    assert [(one.name, one.author) for one in found] == [("mañana.pdf", "visitor")]
    download = desk_files.download(stage.desk, "complaint", guest.matter, upload.id, by=stage.callers["head"])
    assert b"".join(download.content) == b"abc" * 100_000
    assert stage.rows("SELECT trigger FROM event ORDER BY seq")[-1] == ("message",)


def test_a_file_under_way_is_nowhere_to_be_seen(ombuds_office: OmbudsStage):
    stage = ombuds_office
    guest = come(stage)
    upload = begin(stage.intake, guest.visitor, "a")
    upload.take(b"x" * 200_000)
    assert guest.sees().files == ()
    with pytest.raises(NotFound):
        content_of(stage.intake, guest.visitor, upload.id)
    upload.give_up()
    assert stage.rows("SELECT count(*) FROM sealed_chunk") == [(0,)]


def test_litter_goes_after_an_hour_and_not_before(ombuds_office: OmbudsStage):
    stage = ombuds_office
    guest = come(stage)
    begin(stage.intake, guest.visitor, "a").take(b"x" * 200_000)
    begin(stage.intake, guest.visitor, "b").give_up()
    assert stage.rows("SELECT count(*) FROM sealed_file") == [(1,)]
    with stage.owner.begin() as connection:
        connection.exec_driver_sql("UPDATE sealed_file SET arrived_at = arrived_at - %s", (timedelta(minutes=61),))
    begin(stage.intake, guest.visitor, "c").give_up()
    assert stage.rows("SELECT count(*) FROM sealed_file") == [(0,)]


def test_where_she_cannot_write_she_can_send_nothing(ombuds_office: OmbudsStage):
    guest = come(ombuds_office)
    upload = begin(ombuds_office.intake, guest.visitor, "a")
    guest.does("withdraw_forget")
    with pytest.raises((NoSuchMove, MoveRefused)):
        upload.finish()
    upload.give_up()
    with pytest.raises((NoSuchMove, MoveRefused)):
        begin(ombuds_office.intake, guest.visitor, "a")
    assert ombuds_office.rows("SELECT count(*) FROM sealed_file") == [(0,)]


def test_a_matter_has_so_many_files_and_no_more(ombuds_office: OmbudsStage):
    guest = come(ombuds_office)
    upload = begin(ombuds_office.intake, guest.visitor, "a")
    upload.finish()
    with ombuds_office.owner.begin() as connection:
        columns = "matter_id, epoch, author, visibility, name_sealed, key_sealed, whole, arrived_at, made_on"
        more = f"SELECT gen_random_uuid(), {columns} FROM sealed_file, generate_series(2, %s)"
        connection.exec_driver_sql(f"INSERT INTO sealed_file (id, {columns}) {more}", (MOST_FILES,))
    with pytest.raises(TooManyFiles):
        begin(ombuds_office.intake, guest.visitor, "one more")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("photo.jpg", "photo.jpg"),
        ("../../etc/passwd", "passwd"),
        ("C:\\secret\\plan.doc", "plan.doc"),
        ("gpj\u202eexe.txt", "gpjexe.txt"),
        ("a\r\nSet-Cookie: x", "aSet-Cookie: x"),
        ("عربي.pdf", "عربي.pdf"),
        ("", "file"),
        ("..", "file"),
        ("x" * 500, "x" * 200),
    ],
)
def test_a_name_can_do_no_harm(name: str, expected: str):
    assert plain_name(name) == expected
