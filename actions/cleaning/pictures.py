"""Pictures made anew from their pixels: nothing of the file is taken over but what can be seen.

That leaves behind EXIF with its places and devices, XMP, IPTC, comments, thumbnails, colour profiles (the pixels are turned into
sRGB first), further pictures behind the first one, and whatever stands after the end. The way it is held is applied first.
"""

from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from typing import Any, Final

from PIL import (  # the formats are named, so that none is looked for once the walls are closed
    GifImagePlugin,
    Image,
    ImageCms,
    ImageOps,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from actions.cleaning.answers import Bounds, NoPicture, NotCleanable, TooMuch
from actions.cleaning.judging import PICTURES, Sort

_LOADED: Final = (GifImagePlugin, JpegImagePlugin, MpoImagePlugin, PngImagePlugin, TiffImagePlugin, WebPImagePlugin)
_FORMATS: Final = {Sort.JPEG: "JPEG", Sort.PNG: "PNG", Sort.GIF: "GIF", Sort.WEBP: "WEBP", Sort.TIFF: "TIFF"}
_SRGB: Final = ImageCms.createProfile("sRGB")
_PROFILED: Final = frozenset({"L", "RGB", "CMYK"})
_MOVING: Final = frozenset({Sort.GIF, Sort.WEBP, Sort.PNG})
_SUB_PICTURES, _DNG = 330, 50706
"""Tags of TIFF by which what a camera kept is known."""
_JPEG_QUALITY, _WEBP_QUALITY = 92, 90
_BROKEN: Final = (OSError, ValueError, SyntaxError, KeyError, IndexError, TypeError, AttributeError, EOFError, ArithmeticError)
"""What Pillow raises on files that are not what they say. Nothing of it is passed on."""


def cleaned(content: bytes, sort: Sort, bounds: Bounds) -> bytes:
    """The same picture, of the same sort, with all its frames. Raises NotCleanable, TooMuch."""
    try:
        with _opened(content, sort, bounds) as image:
            return _written(image, sort, lossless=b"VP8L" in content)
    except _BROKEN:
        raise NotCleanable from None


def shown(content: bytes, sort: Sort | None, bounds: Bounds) -> bytes:
    """The first frame as a PNG whose longer side is bounded. Raises NoPicture, NotCleanable, TooMuch."""
    if sort not in PICTURES:
        raise NoPicture
    try:
        with _opened(content, sort, bounds) as image:
            image.draft("RGB", (bounds.side, bounds.side))
            upright = _upright(image)
            small = upright if upright.mode in {"1", "L", "LA", "RGB", "RGBA"} else upright.convert(_seen_as(upright))
            small.thumbnail((bounds.side, bounds.side))
            return _saved(small, "PNG")
    except _BROKEN:
        raise NotCleanable from None


def _opened(content: bytes, sort: Sort, bounds: Bounds) -> Image.Image:
    Image.MAX_IMAGE_PIXELS = None  # our own bound counts all frames and refuses, where Pillow's warns
    image = Image.open(BytesIO(content), formats=[_FORMATS[sort]])
    frames = getattr(image, "n_frames", 1) if sort is not Sort.JPEG else 1
    if image.width * image.height * frames > bounds.pixels:
        raise TooMuch
    if isinstance(image, TiffImagePlugin.TiffImageFile) and _is_raw(content, image):
        raise NotCleanable
    return image


def _is_raw(content: bytes, image: TiffImagePlugin.TiffImageFile) -> bool:
    """What cameras keep before it is a picture: the first picture in it is a small one, and a copy would hold nothing else."""
    return content[8:10] == b"CR" or bool({_SUB_PICTURES, _DNG} & set(image.tag_v2))


def _written(image: Image.Image, sort: Sort, *, lossless: bool) -> bytes:
    frames = _frames(image) if sort is not Sort.JPEG else iter([_upright(image)])
    match sort:
        case Sort.JPEG:
            only = next(frames)
            return _saved(
                only if only.mode in {"L", "RGB"} else only.convert("RGB"), "JPEG", quality=_JPEG_QUALITY, subsampling=0
            )
        case Sort.WEBP:
            how: dict[str, Any] = {"lossless": True, "exact": True} if lossless else {"quality": _WEBP_QUALITY}
        case Sort.TIFF:
            how = {"compression": "tiff_adobe_deflate"}
        case _:
            how = {}
    if getattr(image, "n_frames", 1) == 1:
        return _saved(next(frames), _FORMATS[sort], **how)
    if sort in _MOVING:
        how |= {"duration": _durations(image), "loop": image.info.get("loop", 0)}
    first = next(frames)
    return _saved(first, _FORMATS[sort], save_all=True, append_images=[*frames], **how)


def _frames(image: Image.Image) -> Iterator[Image.Image]:
    for number in range(getattr(image, "n_frames", 1)):
        image.seek(number)
        yield _upright(image)


def _durations(image: Image.Image) -> list[int]:
    told = []
    for number in range(getattr(image, "n_frames", 1)):
        image.seek(number)
        image.load()
        told.append(int(image.info.get("duration", 0)))
    return told


def _upright(image: Image.Image) -> Image.Image:
    """What is seen of this frame, held the right way up, in the colours every screen knows; and nothing else of the file."""
    turned = ImageOps.exif_transpose(image)
    profile, through = turned.info.get("icc_profile"), turned.info.get("transparency")
    bare = turned.copy()  # an Image of its own class, without what the reader of the file kept beside the pixels
    bare.info = {} if through is None else {"transparency": through}
    if profile and bare.mode in _PROFILED:
        with suppress(ImageCms.PyCMSError, *_BROKEN):
            theirs = ImageCms.ImageCmsProfile(BytesIO(profile))
            turned = ImageCms.profileToProfile(bare, theirs, _SRGB, outputMode="RGB") or bare
            turned.info = bare.info if turned.mode == bare.mode else {}
            return turned
    return bare


def _seen_as(image: Image.Image) -> str:
    return "RGBA" if image.has_transparency_data else "RGB"


def _saved(image: Image.Image, as_format: str, **how: Any) -> bytes:
    out = BytesIO()
    image.save(out, as_format, **how)
    return out.getvalue()
