"""A cleaned copy and a picture of a file at the desk: beside the original, for whoever may download it, and kept nowhere."""

from io import BytesIO
from itertools import product
from uuid import uuid4

import pytest
from PIL import Image

from actions import desk_copies
from actions.desk_copies import NotAText
from policies.said import Said
from tests.fixtures.desk_door import DeskDoor, come, send_file
from tests.fixtures.marked_files import MARK, marks_in, photograph, pixels, saved
from web.messages import LANGUAGES, Messages

pytest_plugins = ("tests.fixtures.desk_door",)

KEPT = (
    "matter", "event", "clock", "outbox", "sealed_text", "sealed_file", "sealed_chunk", "sealed_identity", "seat", "epoch",
    "ledger_entry", "idempotency", "trouble",
)  # fmt: skip


def everything(door: DeskDoor) -> list[object]:
    return [door.stage.rows(f"SELECT * FROM {table} ORDER BY 1, 2") for table in KEPT]


def readings(door: DeskDoor) -> list[tuple[object, ...]]:
    return door.stage.rows("SELECT p.name FROM read_log r JOIN person p ON p.id = r.person_id ORDER BY 1")


def test_the_copy_says_nothing_the_original_stays_and_neither_is_kept(desk_door: DeskDoor):
    came, head = come(desk_door.stage), desk_door.client("head")
    sent = photograph("JPEG")
    path = f"{came.path}/files/{send_file(desk_door.stage, came, f'{MARK}.jpg', sent)}"
    before = everything(desk_door)
    assert readings(desk_door) == []
    answer = head.get(f"{path}/cleaned")
    assert answer.status_code == 200, answer.text
    assert marks_in(answer.content, MARK) == []
    assert MARK not in str(answer.headers)
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"] == 'attachment; filename="cleaned.jpg"'
    assert answer.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"
    assert readings(desk_door) == [("Head",)]
    assert everything(desk_door) == before
    assert head.get(path).content == sent


def test_a_picture_is_shown_from_its_pixels_in_a_sandbox_s09(desk_door: DeskDoor):
    came, head = come(desk_door.stage), desk_door.client("head")
    most = desk_door.stage.desk.shelf.pack.files.shown.picture_pixels
    sent = saved(pixels((most + 400, 200)), "JPEG", comment=f"<script>alert('{MARK}')</script>")
    file = send_file(desk_door.stage, came, "a.html", sent)
    answer = head.get(f"{came.path}/files/{file}/picture")
    assert answer.status_code == 200, answer.text
    assert readings(desk_door) == [("Head",)]
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["content-disposition"] == 'inline; filename="picture.png"'
    assert answer.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert marks_in(answer.content, MARK, "script") == []
    with Image.open(BytesIO(answer.content)) as image:
        assert (image.format, image.width) == ("PNG", most)


@pytest.mark.parametrize("what", ["cleaned", "picture"])
def test_s18_a_file_of_another_matter_and_one_without_a_seat_are_as_unknown_as_none(desk_door: DeskDoor, what: str):
    came, other, head = come(desk_door.stage), come(desk_door.stage, excluded=("head",)), desk_door.client("head")
    file = send_file(desk_door.stage, other, "a.jpg", photograph("JPEG"))
    paths = [*(f"{came.path}/files/{one}" for one in (file, uuid4(), "no-id")), f"{other.path}/files/{file}"]
    answers = [head.get(f"{path}/{what}") for path in paths]
    assert {(answer.status_code, answer.content) for answer in answers} == {(404, answers[1].content)}
    assert readings(desk_door) == []


def test_what_is_refused_says_why_and_what_to_do_in_the_readers_language(desk_door: DeskDoor):
    came, head = come(desk_door.stage), desk_door.client("head")
    path = f"{came.path}/files/{send_file(desk_door.stage, came, 'foto.jpg', b'MZ' + bytes(9))}"
    asked = (("cleaned", "cannot_be_cleaned"), ("picture", "not_a_picture"))
    for language, (what, code) in product(LANGUAGES, asked):
        refused = head.get(f"{path}/{what}", params={"lang": language})
        assert (refused.status_code, refused.json()["code"]) == (409, code)
        assert refused.json()["detail"] == Messages(language).say(Said(f"refusal.{code}"))
        assert "content-disposition" not in refused.headers


def test_what_is_too_large_is_refused_before_it_is_opened_and_a_house_without_rules_opens_nothing(desk_door: DeskDoor):
    came, head, shelf = come(desk_door.stage), desk_door.client("head"), desk_door.stage.desk.shelf
    path = f"{came.path}/files/{send_file(desk_door.stage, came, 'a.txt', b'x' * 1_200_000)}/cleaned"
    rules, whole = shelf.pack.files, shelf.pack
    small = rules.model_copy(update={"sizes": rules.sizes.model_copy(update={"most_mib": 1})})
    for files, expected in ((rules, (200, None)), (small, (409, "too_much_to_open")), (None, (503, "not_opened_here"))):
        shelf.pack = whole.model_copy(update={"files": files})
        answer = head.get(path)
        assert (answer.status_code, None if answer.status_code == 200 else answer.json()["code"]) == expected
    shelf.pack = whole


def test_a_damaged_file_is_refused_whole_and_no_part_of_it_is_cleaned(desk_door: DeskDoor):
    came, head = come(desk_door.stage), desk_door.client("head")
    path = f"{came.path}/files/{send_file(desk_door.stage, came, 'a.txt', b'x' * 400_000)}"
    with desk_door.stage.owner.begin() as connection:
        connection.exec_driver_sql("DELETE FROM sealed_chunk WHERE seq = (SELECT max(seq) FROM sealed_chunk)")
    for what in ("cleaned", "picture"):
        refused = head.get(f"{path}/{what}")
        assert (refused.status_code, refused.json()["code"]) == (409, "file_damaged")


def test_a_text_is_shown_as_far_as_the_rules_say_and_nothing_in_it_hides_s30(desk_door: DeskDoor):
    stage = desk_door.stage
    came, most = come(stage), stage.desk.shelf.pack.files.shown.text_characters

    def shown(content: bytes) -> desk_copies.ShownText:
        file = send_file(stage, came, "a.pdf", content)
        return desk_copies.shown_text(stage.desk, "complaint", came.id, file, by=stage.callers["head"])

    assert shown("<b>año\u202ecod.exe\r\nfin".encode()) == desk_copies.ShownText("<b>año\ufffdcod.exe\nfin", cut=False)
    assert readings(desk_door) == [("Head",)]
    long = shown("€".encode() * (most * 2))
    assert (set(long.text), len(long.text), long.cut) == ({"€"}, most, True)
    assert shown("señal".encode("cp1252")).text == "señal"
    with pytest.raises(NotAText):
        shown(photograph("PNG"))
