"""Pictures as they stand in a PDF lose their descriptions and keep every pixel."""

from io import BytesIO

import pytest
from PIL import Image

from actions.cleaning.answers import NotCleanable
from actions.cleaning.segments import bare_jpeg, bare_jpeg2000
from tests.fixtures.marked_files import MARK, exif, photograph, pixels, saved


def opened(content: bytes) -> Image.Image:
    image = Image.open(BytesIO(content))
    image.load()
    return image


@pytest.mark.parametrize("how", [{}, {"progressive": True}, {"restart_marker_rows": 1}, {"mode": "CMYK"}, {"mode": "L"}])
def test_a_jpeg_keeps_its_pixels_and_nothing_else(how: dict[str, object]):
    image = pixels(mode=str(how.pop("mode", "RGB")))
    sent = saved(image, "JPEG", exif=exif(), comment=MARK, xmp=f"<x>{MARK}</x>".encode(), **how) + MARK.encode()
    bare = bare_jpeg(sent)
    assert MARK.encode() not in bare
    assert b"Exif" not in bare
    assert (opened(bare).mode, opened(bare).tobytes()) == (opened(sent).mode, opened(sent).tobytes())
    assert bare_jpeg(bare) == bare


@pytest.mark.parametrize("alone", [False, True])
def test_a_jpeg_2000_keeps_its_pixels_and_nothing_else(alone: bool):
    sent = saved(pixels(), "JPEG2000", comment=MARK, no_jp2=alone)
    if not alone:
        sent += (8 + len(MARK)).to_bytes(4, "big") + b"xml " + MARK.encode()
    assert MARK.encode() in sent
    bare = bare_jpeg2000(sent)
    assert MARK.encode() not in bare
    assert opened(bare).tobytes() == opened(sent).tobytes()


@pytest.mark.parametrize("content", [b"", b"\xff\xd8 no marker", b"\xff\xd8\xff\xe0", b"\0\0\0\x0cjP  ", photograph("PNG")])
def test_what_is_none_is_refused(content: bytes):
    with pytest.raises(NotCleanable):
        bare_jpeg(content)
    if content:
        with pytest.raises(NotCleanable):
            bare_jpeg2000(content)
