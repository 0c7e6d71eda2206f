"""OpenDocument files: texts, tables, presentations, drawings of LibreOffice and others."""

from typing import Final

from actions.cleaning.answers import Bounds, NotCleanable
from actions.cleaning.judging import MIMETYPE
from actions.cleaning.markup import Marks, elements_of, quoted, rewritten
from actions.cleaning.packed import DRAWING, Parts, packed, picture, unpacked

_NOTED: Final = ("annotation", "change-info")
MARKS: Final = Marks(
    elements=frozenset({"meta", "scripts", "event-listeners", "settings"}),
    within=frozenset((one, what) for one in _NOTED for what in ("date", "date-string")),
    silent=frozenset((one, what) for one in _NOTED for what in ("creator", "creator-initials", "sender-initials")),
    attributes=frozenset({"rsid", "paragraph-rsid"}),
    near=frozenset((one, "href") for one in ("image", "object", "fill-image", "background-image", "section-source", "plugin")),
)
"""Who annotated or changed when; numbers by which two versions of a text are known; what programs note for themselves."""
_FOLDERS: Final = (
    "Thumbnails/",
    "Configurations2/",
    "Basic/",
    "Scripts/",
    "Dialogs/",
    "ObjectReplacements/",
    "META-INF/",
    "Versions/",
)
_FILES: Final = frozenset({"meta.xml", "settings.xml", "manifest.rdf", "layout-cache", "VersionList.xml"})
"""Left out by name, also in documents within: who and when, printers, macros, signatures, small pictures of earlier states."""
_MANIFEST: Final = "META-INF/manifest.xml"
_NAMESPACE: Final = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"


def cleaned(content: bytes, bounds: Bounds) -> bytes:
    """The same document. Raises NotCleanable, TooMuch."""
    parts = unpacked(content, bounds)
    types = _types(parts.get(_MANIFEST, b""))
    kept = {name: _part(name, part, bounds) for name, part in parts.items() if not _goes(name)}
    if "content.xml" not in kept:
        raise NotCleanable
    kept[MIMETYPE] = parts[MIMETYPE].strip()
    kept[_MANIFEST] = _manifest(kept, types, kept[MIMETYPE].decode("ascii"))
    return packed(kept, MIMETYPE, plain_first=True)


def _goes(name: str) -> bool:
    return any(f"/{folder}" in f"/{name}" for folder in _FOLDERS) or name.rpartition("/")[2] in _FILES


def _part(name: str, part: bytes, bounds: Bounds) -> bytes:
    if name == MIMETYPE:
        return part
    if name.endswith(".svg"):
        return rewritten(part, DRAWING)
    if name.endswith(".xml"):
        return rewritten(part, MARKS)
    return picture(part, bounds)


def _types(manifest: bytes) -> dict[str, str]:
    """What each part is, as the document lists it. Raises NotCleanable for a locked one."""
    told: dict[str, str] = {}
    for name, attributes in elements_of(manifest):
        if name == "encryption-data":
            raise NotCleanable
        if name == "file-entry":
            plain = {key.rpartition(":")[2]: value for key, value in attributes.items()}
            told[plain.get("full-path", "")] = plain.get("media-type", "")
    return told


def _manifest(kept: Parts, types: dict[str, str], document: str) -> bytes:
    folders = [path for path in types if path.endswith("/") and any(name.startswith(path) for name in kept)]
    entries = {"/": document} | {path: types[path] for path in folders if path != "/"}
    entries |= {name: types.get(name, "") for name in sorted(kept) if name not in (MIMETYPE, _MANIFEST)}
    lines = "".join(
        f"<manifest:file-entry manifest:full-path={quoted(path)} manifest:media-type={quoted(kind)}/>"
        for path, kind in entries.items()
    )
    head = f'<manifest:manifest xmlns:manifest="{_NAMESPACE}" manifest:version="1.2">'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}{lines}</manifest:manifest>'.encode()
