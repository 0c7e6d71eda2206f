"""Files with planted marks, cleaned by the real process: no mark is left in any corner, and what was to be seen is still seen.

GlobaLeaks keeps metadata as evidence and SecureDrop leaves cleaning to whoever downloads (peers.md, gap 4): here the original
stays, and the copy is made beside it.
"""

import zipfile
import zlib
from io import BytesIO
from xml.etree import ElementTree

import pikepdf
import pytest
from PIL import Image, ImageChops, ImageOps

from actions.cleaning import child, pictures
from actions.cleaning.answers import NoPicture, NotCleanable, Task, TooMuch
from actions.cleaning.judging import Sort, sort_of
from actions.cleaning.running import CannotBeCleaned, Copy, NotAPicture, TooMuchToOpen, made
from tests.fixtures.marked_files import (
    BOUNDS,
    MARK,
    WORDS,
    letter,
    marks_in,
    open_letter,
    packed,
    paper,
    photograph,
    pixels,
    relations,
    saved,
)

PICTURES = {"JPEG": Sort.JPEG, "PNG": Sort.PNG, "GIF": Sort.GIF, "WEBP": Sort.WEBP, "TIFF": Sort.TIFF}
NUMBERS = ("00AB12CD", "00ab12cd", "7E11AB22", "2016-09-01", "20160901", "rsid")
"""What was planted besides the name: numbers of versions, and days."""


def cleaned(content: bytes) -> Copy:
    """By the process that a door starts."""
    return made(Task.CLEAN, content, BOUNDS)


def cleaned_here(content: bytes) -> bytes:
    """The same work without the process, where that adds nothing but time."""
    sort = sort_of(content)
    if sort is None:
        raise NotCleanable
    return child.cleaned(content, sort, BOUNDS)


def opened(content: bytes) -> Image.Image:
    image = Image.open(BytesIO(content))
    image.load()
    return image


def text_of(xml: bytes) -> str:
    return "".join(ElementTree.fromstring(xml).itertext())  # noqa: S314  our own file


@pytest.mark.parametrize("as_format", PICTURES)
def test_a_picture_is_its_pixels_and_nothing_else(as_format: str):
    sent = photograph(as_format)
    assert marks_in(sent, MARK) == [MARK]
    copy = cleaned(sent)
    assert copy.sort is PICTURES[as_format]
    assert marks_in(copy.content, MARK) == []
    image = opened(copy.content)
    assert not set(image.info) & {"exif", "icc_profile", "comment", "xmp", "photoshop", "Author"}
    assert not image.getexif().get_ifd(0x8825)
    before, after = opened(sent).convert("RGB"), image.convert("RGB")
    most = max(high for _, high in ImageChops.difference(before, after).getextrema())
    assert most <= {"JPEG": 12}.get(as_format, 2)  # coded anew; a colour profile was applied


def test_a_png_without_a_profile_keeps_every_pixel():
    for mode in ("1", "L", "P", "RGB", "RGBA", "LA", "I;16"):
        image = pixels(mode="L" if mode == "I;16" else mode).convert(mode)
        again = opened(cleaned_here(saved(image, "PNG")))
        assert (again.mode, again.tobytes()) == (image.mode, image.tobytes()), mode


@pytest.mark.parametrize("as_format", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_the_way_it_was_held_is_applied_and_forgotten(as_format: str):
    sent = photograph(as_format, turned=6)
    again = opened(cleaned_here(sent))
    assert again.size == (32, 48)
    assert again.getexif().get(0x0112, 1) == 1
    upright = ImageOps.exif_transpose(opened(sent)).convert("RGB")
    assert max(high for _, high in ImageChops.difference(upright, again.convert("RGB")).getextrema()) <= 12


@pytest.mark.parametrize("as_format", ["GIF", "WEBP", "PNG", "TIFF"])
def test_all_frames_stay(as_format: str):
    frames = [Image.new("RGB", (20, 10), (80 * number, 10, 200)) for number in range(3)]
    timed = {} if as_format == "TIFF" else {"duration": [100, 200, 300]}
    sent = saved(frames[0], as_format, save_all=True, append_images=frames[1:], **timed)
    again = opened(cleaned_here(sent))
    assert again.n_frames == 3
    for number in range(3):
        again.seek(number)
        red = again.convert("RGB").getpixel((5, 5))[0]
        assert abs(red - 80 * number) < 12
        assert as_format == "TIFF" or again.info["duration"] == 100 * (number + 1)


def test_a_small_picture_inside_another_and_a_second_behind_it_go():
    other = saved(Image.effect_noise((16, 16), 90), "JPEG")
    first = saved(pixels(), "MPO", save_all=True, append_images=[pixels().rotate(90)])
    copy = cleaned(first + other)
    assert copy.content.count(b"\xff\xd8\xff") == 1
    assert opened(copy.content).format == "JPEG"


def test_a_paper_is_its_pages_and_says_nobodys_name():
    sent = paper()
    assert marks_in(sent, MARK) == [MARK]
    copy = cleaned(sent)
    assert copy.sort is Sort.PDF
    assert marks_in(copy.content, MARK, *NUMBERS) == []
    with pikepdf.open(BytesIO(copy.content)) as pdf, pikepdf.open(BytesIO(sent)) as before:
        assert set(pdf.Root.keys()) == {"/Type", "/Pages"}
        assert "/Info" not in pdf.trailer
        (page,) = pdf.pages
        assert page.Contents.read_bytes() == before.pages[0].Contents.read_bytes()
        assert page.Resources.Font.A.BaseFont == "/Helvetica"
        photo = page.Resources.XObject.JS
        assert opened(photo.read_raw_bytes()).tobytes() == opened(before.pages[0].Resources.XObject.JS.read_raw_bytes()).tobytes()
        notes = [(str(note.Subtype), str(note.get("/Contents", ""))) for note in page.Annots]
        assert notes == [("/Text", "Compare las fechas"), ("/Stamp", ""), ("/Link", "")]
        assert page.Annots[1].AP.N.read_bytes() == b"0 0 10 10 re f"
        assert set(page.Annots[2].A.keys()) == {"/S", "/URI"}


def test_a_paper_says_nothing_of_when_and_the_same_one_gives_the_same_copy():
    sent = paper()
    assert cleaned_here(sent) == cleaned_here(sent)


def test_a_paper_under_an_owners_lock_is_cleaned_and_one_that_asks_for_a_word_is_refused():
    def locked(word: str) -> bytes:
        out = BytesIO()
        with pikepdf.open(BytesIO(paper())) as pdf:
            pdf.save(out, encryption=pikepdf.Encryption(owner="x", user=word))
        return out.getvalue()

    assert marks_in(cleaned(locked("")).content, MARK) == []
    with pytest.raises(CannotBeCleaned):
        cleaned(locked("word"))


def test_a_letter_keeps_its_words_and_comments_and_loses_who_wrote_them():
    sent = letter()
    assert marks_in(sent, MARK, "00AB12CD", "7E11AB22", "2016-09-01") == [MARK, "00AB12CD", "7E11AB22", "2016-09-01"]
    copy = cleaned(sent)
    assert copy.sort is Sort.DOCX
    assert marks_in(copy.content, MARK, *NUMBERS) == []
    with zipfile.ZipFile(BytesIO(copy.content)) as package:
        assert package.testzip() is None
        assert sorted(package.namelist()) == [
            "[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels", "word/_rels/settings.xml.rels",
            "word/comments.xml", "word/document.xml", "word/media/foto.jpg", "word/settings.xml",
        ]  # fmt: skip
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        document, comments = package.read("word/document.xml"), package.read("word/comments.xml")
        assert text_of(document).split("\n")[2].strip() == f"{WORDS} <y> & más"
        assert text_of(comments) == "Revisar"
        assert b'w:author="Author"' in document
        told = {one.get("Id"): one.get("Target") for one in ElementTree.fromstring(package.read("word/_rels/document.xml.rels"))}  # noqa: S314  our own file
        assert told["rId5"] == "https://oas.example/acta"
        assert told["rId6"] == "https://removed.invalid/"
        listed = {one.get("PartName") for one in ElementTree.fromstring(package.read("[Content_Types].xml"))}  # noqa: S314  our own file
        assert listed - {None} == {f"/{name}" for name in package.namelist() if not name.endswith(("rels", "Types].xml"))}


def test_an_open_letter_keeps_its_words_and_loses_who_wrote_them():
    sent = open_letter()
    assert marks_in(sent, MARK, "00ab12cd", "2016-09-01") == [MARK, "00ab12cd", "2016-09-01"]
    copy = cleaned(sent)
    assert copy.sort is Sort.ODT
    assert marks_in(copy.content, MARK, "spy.example", *NUMBERS) == []
    with zipfile.ZipFile(BytesIO(copy.content)) as package:
        first = package.infolist()[0]
        assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
        assert sorted(package.namelist()) == ["META-INF/manifest.xml", "Pictures/foto.png", "content.xml", "mimetype"]
        assert WORDS in text_of(package.read("content.xml"))
        assert "Revisar" in text_of(package.read("content.xml"))
        told = package.read("META-INF/manifest.xml").decode()
        assert "Pictures/foto.png" in told
        assert "meta.xml" not in told


def test_a_table_inside_a_letter_is_cleaned_too():
    inner = letter()
    outer = letter(
        **{
            "word/embeddings/tabla.docx": inner,
            "word/_rels/document.xml.rels": relations(("rId9", "package", "embeddings/tabla.docx")),
        }
    )
    copy = cleaned(outer)
    assert marks_in(copy.content, MARK, *NUMBERS) == []
    with zipfile.ZipFile(BytesIO(copy.content)) as package:
        assert package.read("word/embeddings/tabla.docx").startswith(b"PK")


@pytest.mark.parametrize("part", [b"\xd0\xcf\x11\xe0 an old object", b"RIFF....AVI a film", b"%PDF-1.4 another"])
def test_a_letter_with_a_part_of_which_we_cannot_say_what_it_tells_is_refused(part: bytes):
    relation = relations(("rId9", "oleObject", "embeddings/objeto.bin"))
    with pytest.raises(NotCleanable):
        cleaned_here(letter(**{"word/embeddings/objeto.bin": part, "word/_rels/document.xml.rels": relation}))


def test_a_text_is_as_it_was():
    for written in ("utf-8", "utf-16", "cp1252"):
        sent = f"{WORDS}\n".encode(written)
        assert (sort_of(sent), cleaned_here(sent)) == (Sort.TEXT, sent)
    assert cleaned(b"") == Copy(Sort.TEXT, b"")


MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
LAUGHS = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><a>&b;</a>'
REFUSED = {
    "noise": bytes(range(256)) * 40,
    "a program": b"MZ\x90\0" + b"\0" * 400,
    "an old Word file": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "a web page with its author": f"<!DOCTYPE html><meta name=author content={MARK}>".encode(),
    "a rich text with its author": f"{{\\rtf1{{\\info{{\\author {MARK}}}}}}}".encode(),
    "a letter as a server keeps it": f"From: a@b.example\nMIME-Version: 1.0\nX-Who: {MARK}\n\nhola".encode(),
    "half a photograph": photograph("PNG")[:200],
    "half a paper": b"%PDF-1.7\n1 0 obj\n<< /Type",
    "half a letter": letter()[:900],
    "a letter that declares entities": letter(**{"word/document.xml": LAUGHS}),
    "a letter without a beginning": packed(
        {"[Content_Types].xml": f"<a>{MAIN}</a>", "_rels/.rels": relations(("r", "x", "no.xml"))}
    ),
    "an archive": packed({"a.txt": "x"}),
    "what a camera keeps": b"II*\0\x10\0\0\0CR\x02\0" + b"\0" * 40,
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_cleaned_is_refused(what: str):
    with pytest.raises(NotCleanable):
        cleaned_here(REFUSED[what])


def test_a_refusal_tells_no_word_of_the_file():
    with pytest.raises(CannotBeCleaned) as refused:
        cleaned(REFUSED["a letter that declares entities"])
    assert (str(refused.value), refused.value.params, refused.value.__context__) == ("cannot_be_cleaned()", {}, None)


def bomb_of_pixels() -> bytes:
    """A small file that says it is 30,000 pixels wide and high."""
    sent = bytearray(saved(Image.new("1", (8, 8)), "PNG"))
    sent[16:24] = (30_000).to_bytes(4, "big") * 2
    sent[29:33] = zlib.crc32(sent[12:29]).to_bytes(4, "big")
    return bytes(sent)


def bomb_of_frames() -> bytes:
    """A moving picture whose frames are within bounds each, and not together."""
    frames = [Image.new("1", (1000, 1000), number % 2) for number in range(6)]
    return saved(frames[0], "GIF", save_all=True, append_images=frames[1:])


TOO_MUCH = {
    "a bomb of pixels": bomb_of_pixels,
    "a bomb of frames": bomb_of_frames,
    "a packed bomb": lambda: letter(**{"word/document.xml": b" " * (BOUNDS.unpacked + 1)}),
    "a letter of too many parts": lambda: letter(**{f"word/media/{number}.xml": "<a/>" for number in range(BOUNDS.parts)}),
}


@pytest.mark.parametrize("what", TOO_MUCH)
def test_what_grows_when_it_is_opened_is_refused_before_it_grows(what: str):
    with pytest.raises(TooMuch):
        cleaned_here(TOO_MUCH[what]())


def test_a_bomb_is_refused_by_the_process_too():
    with pytest.raises(TooMuchToOpen):
        cleaned(bomb_of_pixels())


def test_a_picture_to_look_at_is_a_small_png_made_anew():
    for as_format in PICTURES:
        sent = photograph(as_format, turned=6)
        content = pictures.shown(sent, sort_of(sent), BOUNDS._replace(side=24))
        image = opened(content)
        assert image.format == "PNG"
        assert image.size == ((24, 16) if as_format == "GIF" else (16, 24))
        assert marks_in(content, MARK) == []
    assert made(Task.PICTURE, sent, BOUNDS._replace(side=24)) == Copy(Sort.PNG, content)


def test_only_a_picture_is_shown_as_one():
    for sent in (b"hola", paper(), letter()):
        with pytest.raises(NoPicture):
            pictures.shown(sent, sort_of(sent), BOUNDS)
    with pytest.raises(NotAPicture):
        made(Task.PICTURE, b"hola", BOUNDS)
