"""Files of Word, Excel and PowerPoint (OOXML). A part stays if another leads to it and it can be cleaned; else all is refused.

What leads where is written anew too: links to web pages stay, every other way out of the document ends nowhere.
"""

import posixpath
import re
from typing import Final
from urllib.parse import unquote

from actions.cleaning.answers import Bounds, NotCleanable
from actions.cleaning.judging import CONTENT_TYPES, OOXML, sort_of
from actions.cleaning.markup import Marks, elements_of, quoted, rewritten
from actions.cleaning.packed import DRAWING, Parts, packed, picture, unpacked

_ANYBODY: Final = "Author"
_NOBODY: Final = "{00000000-0000-0000-0000-000000000000}"
MARKS: Final = Marks(
    elements=frozenset(
        {
            "rsids",
            "rsid",
            "docId",
            "attachedTemplate",
            "mailMerge",
            "docVars",
            "dataBinding",
            "writeProtection",
            "documentProtection",
            "modifyVerifier",
            "fileVersion",
            "fileSharing",
            "absPath",
            "revisionPtr",
            "customWorkbookViews",
            "customSheetViews",
            "custDataLst",
            "printerSettings",
            "commentRel",
            "embedRegular",
            "embedBold",
            "embedItalic",
            "embedBoldItalic",
            "embeddedFontLst",
        }
    ),
    silent=frozenset({("authors", "author")}),
    extensions=frozenset({"{6950BFC3-D8DA-4A85-94F7-54DA5524770B}", "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"}),
    attributes=frozenset(
        {
            "rsid",
            "rsidR",
            "rsidRPr",
            "rsidRDefault",
            "rsidP",
            "rsidSect",
            "rsidTr",
            "rsidDel",
            "paraId",
            "paraIdParent",
            "textId",
            "durableId",
            "anchorId",
            "editId",
            "uid",
            "refreshedBy",
            "refreshedDate",
            "dateUtc",
        }
    ),
    fixed={
        ("", "author"): _ANYBODY,
        ("", "initials"): "A",
        ("", "userName"): _ANYBODY,
        ("scenario", "user"): _ANYBODY,
        ("scenario", "comment"): "",
        ("cNvPr", "name"): "Object",
        ("docPr", "name"): "Object",
        ("creationId", "id"): _NOBODY,
        ("creationId", "val"): "0",
        ("dbPr", "connection"): "",
        ("dbPr", "command"): "",
        ("connection", "name"): "connection",
        ("connection", "description"): "",
    },
    beside_author=frozenset({"date", "dateUtc"}),
)
"""Who changed or annotated what and when, numbers by which versions and machines are known, folders, printers, queries.

The extensions are where PowerPoint names comments and sections.
"""
_LEFT_OUT: Final = re.compile(
    r"/(core|extended|custom)-properties$|/metadata/thumbnail$|/thumbnail$|/customXml(Props)?$|/customProperty$|/docMetadata"
    r"|/people$|/comments(Extended|Ids|Extensible)$|/persons?$|/threadedComment$|/commentAuthors$|/authors$"
    r"|2018/10/relationships/comments$|/printerSettings$|/vbaProject|/wordVbaData$|/attachedTemplate$|/attachedToolbars$"
    r"|/keyMapCustomizations$|/ui/(user)?[cC]ustomization|/ui/extensibility$|/webextension|/font$|/mailMerge|/recipientData$"
    r"|/usernames$|/revision(Headers|Log)$|/tags$|/digital-signature/"
)
"""By the ends of their relations: the parts that only tell who, with what, and when; macros; fonts that carry a number."""
_OF_SLIDES: Final = "/comments"
"""PowerPoint's older comments name their authors by a list that goes: they go with it."""
_WAY_OUT: Final = re.compile(r"(https?|mailto):", re.IGNORECASE)
_NOWHERE: Final = "https://removed.invalid/"
_MACROS: Final = {
    "application/vnd.ms-word.document.macroEnabled.main+xml": "wordprocessingml.document",
    "application/vnd.ms-excel.sheet.macroEnabled.main+xml": "spreadsheetml.sheet",
    "application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml": "presentationml.presentation",
}
_RELATIONS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATION: Final = "application/vnd.openxmlformats-package.relationships+xml"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_DEEPEST: Final = 2
"""A chart in a text brings its table along; nobody needs a document in a document in a document."""


def cleaned(content: bytes, bounds: Bounds, depth: int = 0) -> bytes:
    """The same document. Raises NotCleanable, TooMuch."""
    if depth > _DEEPEST:
        raise NotCleanable
    parts = unpacked(content, bounds)
    types, kept = _types(parts[CONTENT_TYPES]), {}
    waiting, seen = [""], {""}
    while waiting:
        name = waiting.pop()
        if name:
            kept[name] = _part(name, parts, bounds, depth)
        if _relations_of(name) in parts:
            kept[_relations_of(name)], leads_to = _relations(name, parts)
            waiting += leads_to - seen
            seen |= leads_to
    kept[CONTENT_TYPES] = _told(kept, types)
    return packed(kept, CONTENT_TYPES)


def _part(name: str, parts: Parts, bounds: Bounds, depth: int) -> bytes:
    if name not in parts:
        raise NotCleanable
    part = parts[name]
    if name.endswith(".svg"):
        return rewritten(part, DRAWING)
    if name.endswith((".xml", ".vml")) or part.lstrip(b"\xef\xbb\xbf").startswith(b"<?xml"):
        return rewritten(part, MARKS)
    if sort_of(part) in OOXML:
        return cleaned(part, bounds, depth + 1)
    return picture(part, bounds)


def _relations_of(name: str) -> str:
    """Where a part's relations stand; those of the package have no part's name."""
    folder, _, last = name.rpartition("/")
    return posixpath.join(folder, "_rels", f"{last}.rels")


def _relations(name: str, parts: Parts) -> tuple[bytes, set[str]]:
    """The relations of a part that stay, and the parts they lead to."""
    lines, leads_to = [], set()
    for element, told in elements_of(parts[_relations_of(name)]):
        if element != "Relationship":
            continue
        kind, target = told.get("Type", ""), told.get("Target", "")
        if _LEFT_OUT.search(kind) or (kind.endswith(_OF_SLIDES) and name.startswith("ppt/")):
            continue
        outside = told.get("TargetMode") == "External"
        if outside:
            target = target if kind.endswith("/hyperlink") and _WAY_OUT.match(target) else _NOWHERE
        elif not target.startswith("#") and target != "NULL":
            leads_to.add(_part_at(name, target))
        mode = ' TargetMode="External"' if outside else ""
        lines.append(f"<Relationship Id={quoted(told.get('Id', ''))} Type={quoted(kind)} Target={quoted(target)}{mode}/>")
    return f'{_HEAD}<Relationships xmlns="{_RELATIONS}">{"".join(lines)}</Relationships>'.encode(), leads_to


def _part_at(name: str, target: str) -> str:
    """The part that a relation leads to, as the package calls it."""
    path = unquote(target.partition("#")[0])
    whole = path if path.startswith("/") else posixpath.join("/", posixpath.dirname(name), path)
    return posixpath.normpath(whole).lstrip("/")


def _types(listed: bytes) -> dict[str, str]:
    """The content type of each part by `/name`, and of each ending by `.ending`."""
    types: dict[str, str] = {}
    for element, told in elements_of(listed):
        if element == "Default":
            types[f".{told.get('Extension', '').lower()}"] = told.get("ContentType", "")
        elif element == "Override":
            types[told.get("PartName", "")] = told.get("ContentType", "")
    return types


def _told(kept: Parts, types: dict[str, str]) -> bytes:
    lines = [f'<Default Extension="rels" ContentType="{_RELATION}"/>']
    for name in sorted(kept):
        if not name.endswith(".rels"):
            found = types.get(f"/{name}", types.get(f".{name.rpartition('.')[2].lower()}", ""))
            plain = f"application/vnd.openxmlformats-officedocument.{_MACROS[found]}.main+xml" if found in _MACROS else found
            lines.append(f"<Override PartName={quoted('/' + name)} ContentType={quoted(plain)}/>")
    return f'{_HEAD}<Types xmlns="{_TYPES}">{"".join(lines)}</Types>'.encode()
