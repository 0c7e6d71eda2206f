"""A PDF made anew from its pages: only what a page needs to look as it does is taken over.

Left behind: who wrote it and with what, its ids, earlier versions, files in it, scripts and everything that starts by itself,
forms, bookmarks, hidden tags, and of notes who wrote them when. What stands on a page stays: also words that are covered or cut
off, and the names of fonts. Pictures lose their descriptions; their pixels are not coded anew (segments.py).
"""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, Stream

from actions.cleaning.answers import Bounds, NotCleanable, TooMuch
from actions.cleaning.segments import bare_jpeg, bare_jpeg2000

_OF_A_PAGE: Final = frozenset(
    {
        "/Type",
        "/Parent",
        "/MediaBox",
        "/CropBox",
        "/BleedBox",
        "/TrimBox",
        "/ArtBox",
        "/Rotate",
        "/UserUnit",
        "/Group",
        "/Resources",
        "/Contents",
        "/Annots",
    }
)
_OF_A_NOTE: Final = (
    "/Subtype",
    "/Rect",
    "/F",
    "/AP",
    "/AS",
    "/Border",
    "/C",
    "/IC",
    "/BS",
    "/BE",
    "/QuadPoints",
    "/InkList",
    "/L",
    "/LE",
    "/Vertices",
    "/Contents",
    "/DA",
    "/Q",
    "/RD",
    "/Open",
)
_NOTES: Final = frozenset(
    {
        "/Text",
        "/FreeText",
        "/Line",
        "/Square",
        "/Circle",
        "/Polygon",
        "/PolyLine",
        "/Highlight",
        "/Underline",
        "/Squiggly",
        "/StrikeOut",
        "/Stamp",
        "/Caret",
        "/Ink",
    }
)
"""Notes and drawings on a page. Sounds, films, files and other things that do something are none."""
_ANYWHERE: Final = frozenset(
    {
        "/Metadata",
        "/PieceInfo",
        "/LastModified",
        "/OPI",
        "/Alternates",
        "/StructParent",
        "/StructParents",
        "/OpenAction",
        "/JavaScript",
        "/EF",
        "/Thumb",
    }
)
"""Keys that nothing needs to be seen. Short ones are not among them: a page may call its fonts and pictures by such names."""
_OF_A_DRAWING: Final = frozenset(
    {
        "/Ref",
        "/AF",
        "/Measure",
        "/PtData",
    }
)
_WAY_OUT: Final = re.compile(rb"(https?|mailto):", re.IGNORECASE)
_JPEG, _JPEG2000 = Name.DCTDecode, Name.JPXDecode
_DEEPEST: Final = 100
_LOCK: Final = "any"


def load() -> None:
    """Have everything loaded that even a PDF under an owner's lock needs: once the walls are closed, nothing can be."""
    with Pdf.new() as locked:
        locked.add_blank_page()
        out = BytesIO()
        locked.save(out, encryption=pikepdf.Encryption(owner=_LOCK, user=""))
    cleaned(out.getvalue(), Bounds(*[len(out.getvalue())] * len(Bounds._fields)))


def cleaned(content: bytes, bounds: Bounds) -> bytes:
    """The same pages. Raises NotCleanable (also for one that is locked), TooMuch."""
    try:
        with pikepdf.open(BytesIO(content)) as theirs, Pdf.new() as ours:
            _copy(theirs, ours, bounds)
            out = BytesIO()
            ours.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
            return out.getvalue()
    except (pikepdf.PdfError, pikepdf.PasswordError, pikepdf.DataDecodingError, ValueError, TypeError, KeyError, AttributeError):
        raise NotCleanable from None


def _copy(theirs: Pdf, ours: Pdf, bounds: Bounds) -> None:
    if not theirs.pages:
        raise NotCleanable
    if len(theirs.pages) > bounds.parts:
        raise TooMuch
    form = theirs.Root.get("/AcroForm")
    if isinstance(form, Dictionary) and form.get("/NeedAppearances", False):
        theirs.generate_appearance_streams()  # what was filled in is seen without the form
    ours.pages.extend(theirs.pages)
    _take_layers(theirs, ours)
    for page in ours.pages:
        _bare_page(page)
    for one in ours.objects:
        for inner in _inside(one, 0):
            _bare(inner, bounds)


def _take_layers(theirs: Pdf, ours: Pdf) -> None:
    """Which parts of a page are seen, and which are not, without the program that made them."""
    layers = theirs.Root.get("/OCProperties")
    if not isinstance(layers, Dictionary):
        return
    ours.Root.OCProperties = ours.copy_foreign(layers if layers.is_indirect else theirs.make_indirect(layers))
    for told in (ours.Root.OCProperties.get("/D"), *ours.Root.OCProperties.get("/Configs", Array())):
        if isinstance(told, Dictionary) and "/Creator" in told:
            del told["/Creator"]


def _bare_page(page: Page) -> None:
    notes = page.obj.get("/Annots")
    for key in set(page.obj.keys()) - _OF_A_PAGE:
        del page.obj[key]
    if notes is not None:
        page.obj.Annots = Array([kept for one in notes if isinstance(one, Dictionary) and (kept := _note(one)) is not None])


def _note(note: Dictionary) -> Dictionary | None:
    """A note without who wrote it and when; a field of a form as a picture of itself; a link to the web."""
    kind = str(note.get("/Subtype", ""))
    if kind == "/Link":
        return _link(note)
    if kind == "/Widget" and "/AP" not in note:
        return None
    if kind not in _NOTES and kind != "/Widget":
        return None
    kept = Dictionary({key: note[key] for key in _OF_A_NOTE if key in note})
    kept.Type = Name.Annot
    if kind == "/Widget":
        kept.Subtype = Name.Stamp
    return kept


def _link(note: Dictionary) -> Dictionary | None:
    target = note.get("/A", Dictionary()).get("/URI")
    if target is None or not _WAY_OUT.match(bytes(target)):
        return None
    way = Dictionary(S=Name.URI, URI=target)
    return Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=note.Rect, Border=Array([0, 0, 0]), A=way)


def _inside(one: Object, depth: int) -> Iterator[Any]:
    """This object and those that stand in it, not those it refers to."""
    if depth > _DEEPEST:
        raise NotCleanable
    if isinstance(one, Dictionary | Stream):
        yield one
        for key in list(one.keys()):
            inner = one.get(key)
            if isinstance(inner, Object) and not inner.is_indirect:
                yield from _inside(inner, depth + 1)
    elif isinstance(one, Array):
        for inner in one:
            if isinstance(inner, Object) and not inner.is_indirect:
                yield from _inside(inner, depth + 1)


def _bare(one: Any, bounds: Bounds) -> None:
    gone = set(_ANYWHERE)
    if one.get("/Type") == Name.OCG:
        gone.add("/Usage")
    if isinstance(one, Stream):
        gone |= _OF_A_DRAWING
    for key in gone & set(one.keys()):
        del one[key]
    if isinstance(one, Stream) and one.get("/Subtype") == Name.Image:
        _bare_picture(one, bounds)


def _bare_picture(stream: Stream, bounds: Bounds) -> None:
    told = stream.get("/Filter", Array())
    filters = list(told) if isinstance(told, Array) else [told]
    if int(stream.get("/Width", 0)) * int(stream.get("/Height", 0)) > bounds.pixels:
        raise TooMuch
    if filters == [_JPEG]:
        parameters = stream.get("/DecodeParms")
        parameters = parameters if isinstance(parameters, Dictionary | Array) else None
        stream.write(bare_jpeg(stream.read_raw_bytes()), filter=_JPEG, decode_parms=parameters)
    elif filters == [_JPEG2000]:
        stream.write(bare_jpeg2000(stream.read_raw_bytes()), filter=_JPEG2000)
    elif _JPEG2000 in filters:
        raise NotCleanable
    elif _JPEG in filters:  # packed twice: unpacked to its pixels
        stream.write(stream.read_bytes(pikepdf.StreamDecodeLevel.all))
