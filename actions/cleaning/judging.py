"""What a file is, by its content. Its name and what its sender called its type say nothing here."""

import re
import zipfile
from contextlib import suppress
from enum import StrEnum
from io import BytesIO
from typing import Final

from actions.cleaning.texts import plain_text


class Sort(StrEnum):
    """The sorts of files that are cleaned, each by the ending its copy is given."""

    JPEG = "jpg"
    PNG = "png"
    GIF = "gif"
    WEBP = "webp"
    TIFF = "tif"
    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    PPTX = "pptx"
    ODT = "odt"
    ODS = "ods"
    ODP = "odp"
    ODG = "odg"
    TEXT = "txt"


PICTURES: Final = frozenset({Sort.JPEG, Sort.PNG, Sort.GIF, Sort.WEBP, Sort.TIFF})
OOXML: Final = frozenset({Sort.DOCX, Sort.XLSX, Sort.PPTX})
ODF: Final = frozenset({Sort.ODT, Sort.ODS, Sort.ODP, Sort.ODG})
CONTENT_TYPES: Final = "[Content_Types].xml"
MIMETYPE: Final = "mimetype"
_BEGINNINGS: Final = (
    (re.compile(rb"\xff\xd8\xff"), Sort.JPEG),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), Sort.PNG),
    (re.compile(rb"GIF8[79]a"), Sort.GIF),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), Sort.WEBP),
    (re.compile(rb"II\*\0|MM\0\*"), Sort.TIFF),
)
_LATE_PDF: Final = 1024
"""A PDF may begin with other bytes: readers look for its sign this far."""
_MAIN: Final = (
    (re.compile(rb"wordprocessingml\.document\.main\+xml|ms-word\.document\.macroEnabled\.main\+xml"), Sort.DOCX),
    (re.compile(rb"spreadsheetml\.sheet\.main\+xml|ms-excel\.sheet\.macroEnabled\.main\+xml"), Sort.XLSX),
    (re.compile(rb"presentationml\.presentation\.main\+xml|ms-powerpoint\.presentation\.macroEnabled\.main\+xml"), Sort.PPTX),
)
_ODF: Final = {
    b"application/vnd.oasis.opendocument.text": Sort.ODT,
    b"application/vnd.oasis.opendocument.spreadsheet": Sort.ODS,
    b"application/vnd.oasis.opendocument.presentation": Sort.ODP,
    b"application/vnd.oasis.opendocument.graphics": Sort.ODG,
}
_LONGEST_LIST: Final = 1024 * 1024
"""Bytes of a packed document's list of its parts that are read to tell what it is."""
_MARKUP: Final = re.compile(r"\s*(<|\{\\rtf|%!PS|BEGIN:V)", re.IGNORECASE)
_MAIL: Final = re.compile(r"^(MIME-Version|Received|Return-Path|Message-ID):", re.IGNORECASE | re.MULTILINE)
"""How texts begin that say more to a program than they show to a reader: markup, cards, letters as mail servers keep them."""
_LOOKED_AT: Final = 4096


def sort_of(content: bytes) -> Sort | None:
    """What this is; None for anything that we do not clean."""
    for beginning, sort in _BEGINNINGS:
        if beginning.match(content):
            return sort
    if b"%PDF-" in content[:_LATE_PDF]:
        return Sort.PDF
    if content.startswith(b"PK\x03\x04"):
        with suppress(zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError, OSError):
            return _packed(zipfile.ZipFile(BytesIO(content)))
        return None
    text = plain_text(content)
    if text is None or _MARKUP.match(text) or _MAIL.search(text[:_LOOKED_AT]):
        return None
    return Sort.TEXT


def _packed(package: zipfile.ZipFile) -> Sort | None:
    names = package.namelist()
    if CONTENT_TYPES in names:
        with package.open(CONTENT_TYPES) as listed:
            told = listed.read(_LONGEST_LIST)
        return next((sort for main, sort in _MAIN if main.search(told)), None)
    if MIMETYPE in names:
        with package.open(MIMETYPE) as said:
            return _ODF.get(said.read(len(max(_ODF, key=len)) + 1))
    return None
