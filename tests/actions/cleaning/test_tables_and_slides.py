"""Workbooks and presentations: what only they can tell goes, what was written in cells and on slides stays."""

import zipfile
from io import BytesIO
from pathlib import PurePosixPath
from posixpath import normpath

from actions.cleaning import child
from actions.cleaning.judging import Sort, sort_of
from tests.fixtures.marked_files import BOUNDS, MARK, WORDS, marks_in, packed, photograph, relations

_TYPES = "application/vnd.openxmlformats-officedocument"


def listed(**types: str) -> str:
    lines = "".join(f'<Override PartName="/{name}" ContentType="{_TYPES}.{kind}+xml"/>' for name, kind in types.items())
    return f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{lines}</Types>'


def cleaned(content: bytes, sort: Sort) -> dict[str, bytes]:
    """The parts of the copy, after looking everywhere for the mark."""
    assert marks_in(content, MARK) == [MARK]
    assert sort_of(content) is sort
    copy = child.cleaned(content, sort, BOUNDS)
    assert marks_in(copy, MARK) == []
    assert sort_of(copy) is sort
    with zipfile.ZipFile(BytesIO(copy)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    for name, relation in parts.items():  # whatever a part is said to lead to is there
        if name.endswith(".rels"):
            folder = PurePosixPath(name).parent.parent
            inside = [one.partition(b'"')[0].decode() for one in relation.split(b'Target="')[1:] if b"External" not in one]
            assert {normpath(folder / one) for one in inside} <= parts.keys()
    return parts


def test_a_workbook_keeps_its_cells_and_remarks():
    parts = cleaned(
        packed(
            {
                "[Content_Types].xml": listed(**{"xl/workbook.xml": "spreadsheetml.sheet.main"}),
                "_rels/.rels": relations(
                    ("r1", "officeDocument", "xl/workbook.xml"), ("r2", "extended-properties", "docProps/app.xml")
                ),
                "docProps/app.xml": f"<a>{MARK}</a>",
                "xl/workbook.xml": f'<w xmlns:x="a"><fileSharing userName="{MARK}"/><x:absPath url="C:\\Users\\{MARK}\\"/>'
                f'<customWorkbookViews><v name="{MARK}"/></customWorkbookViews><fileVersion appName="xl"/><sheets/></w>',
                "xl/_rels/workbook.xml.rels": relations(
                    ("r1", "worksheet", "worksheets/sheet1.xml"),
                    ("r2", "person", "persons/person.xml"),
                    ("r3", "usernames", "u.xml"),
                ),
                "xl/persons/person.xml": f"<a>{MARK}</a>",
                "xl/u.xml": f"<a>{MARK}</a>",
                "xl/worksheets/sheet1.xml": f'<s xmlns:r="b"><c><v>{WORDS}</v></c><scenario user="{MARK}" comment="{MARK}"/></s>',
                "xl/worksheets/_rels/sheet1.xml.rels": relations(
                    ("r1", "printerSettings", "../p.bin"), ("r2", "comments", "comments1.xml"), ("r3", "threadedComment", "t.xml")
                ),
                "xl/p.bin": MARK.encode("utf-16-le"),
                "xl/worksheets/t.xml": f"<a>{MARK}</a>",
                "xl/worksheets/comments1.xml": f"<c><authors><author>{MARK}</author></authors><t>Revisar</t></c>",
            }
        ),
        Sort.XLSX,
    )
    assert WORDS.encode() in parts["xl/worksheets/sheet1.xml"]
    assert b"<author></author></authors><t>Revisar</t>" in parts["xl/worksheets/comments1.xml"]
    assert b"<sheets>" in parts["xl/workbook.xml"]
    assert not {"xl/p.bin", "docProps/app.xml", "xl/persons/person.xml"} & parts.keys()


def test_a_presentation_keeps_its_slides_and_loses_remarks_and_macros():
    main = listed(**{"ppt/presentation.xml": "x"}).replace(
        f"{_TYPES}.x+xml", "application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml"
    )
    parts = cleaned(
        packed(
            {
                "[Content_Types].xml": main,
                "_rels/.rels": relations(("r1", "officeDocument", "ppt/presentation.xml")),
                "ppt/presentation.xml": f'<p><modifyVerifier hashData="{MARK}"/><custDataLst><tags r="{MARK}"/></custDataLst>'
                "<s/></p>",
                "ppt/_rels/presentation.xml.rels": relations(
                    ("r1", "slide", "slides/slide1.xml"),
                    ("r2", "commentAuthors", "c.xml"),
                    ("r3", "vbaProject", "vbaProject.bin"),
                ),
                "ppt/c.xml": f"<a>{MARK}</a>",
                "ppt/vbaProject.bin": MARK.encode(),
                "ppt/slides/slide1.xml": f'<p xmlns:a="b"><a:cNvPr id="2" name="{MARK}.jpg" descr="/home/{MARK}/a.jpg"/>'
                f"<t>{WORDS}</t>"
                '<ext uri="{6950bfc3-d8da-4a85-94f7-54da5524770b}"><commentRel id="r2"/></ext></p>',
                "ppt/slides/_rels/slide1.xml.rels": relations(("r1", "image", "../media/a.png"), ("r2", "comments", "../k.xml")),
                "ppt/k.xml": f"<a>{MARK}</a>",
                "ppt/media/a.png": photograph("PNG"),
            }
        ),
        Sort.PPTX,
    )
    assert WORDS.encode() in parts["ppt/slides/slide1.xml"]
    assert b"commentRel" not in parts["ppt/slides/slide1.xml"]
    assert b"macroEnabled" not in parts["[Content_Types].xml"]
    assert "ppt/media/a.png" in parts
    assert not {"ppt/vbaProject.bin", "ppt/c.xml", "ppt/k.xml"} & parts.keys()
