"""The paper is PDF/A and PDF/UA, holds what the page holds, is the same bytes each time, and reads no one's words as markup."""

import json
import re
from collections.abc import Callable
from dataclasses import asdict
from functools import cache

import pytest
import typst

from reports.form import paper
from reports.form.charts import picture_of
from reports.form.paper import paper_data, render_pdf
from reports.form.seen import see
from reports.shape import Chapter, Words
from tests.reports.form.sample import sample
from web.messages import LANGUAGES


@pytest.fixture(scope="module")
def printed() -> Callable[[str], bytes]:
    """The sample on paper in a language, once."""
    return cache(lambda language: render_pdf(sample(), language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_paper_declares_pdf_a_and_pdf_ua_and_its_language(printed, language):
    found = printed(language)
    assert found.startswith(b"%PDF-1.7")
    assert b"<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in found
    assert b"<pdfuaid:part>1</pdfuaid:part>" in found
    assert f"<dc:language><rdf:Bag><rdf:li>{language}</rdf:li>".encode() in found
    assert b"/JavaScript" not in found
    assert b"/URI" not in found


def test_the_same_report_gives_the_same_bytes(printed):
    assert render_pdf(sample(), "es") == printed("es")
    assert b"<xmp:CreateDate>2027-02-01T00:00:00Z</xmp:CreateDate>" in printed("es")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_template_is_given_what_the_page_shows_and_nothing_more(language):
    given = json.loads(paper_data(sample(), language))
    assert given.pop("taken") == [2027, 2, 1]
    shown = json.loads(json.dumps(asdict(see(sample(), language, picture_of))))
    signs = str.maketrans({"😀": "□", "漢": "□", "字": "□"})
    assert given == json.loads(json.dumps(shown, ensure_ascii=False).translate(signs))


def test_what_people_wrote_is_not_read_as_markup():
    template = paper._TEMPLATE
    data = {"seen": paper_data(sample(), "es")}
    headings = json.loads(typst.query(template, "heading.where(level: 1)", sys_inputs=data, ignore_system_fonts=True))
    titles = [part.title for part in see(sample(), "es", picture_of).parts]
    assert len(headings) == len(titles) + len(["contents", "explained", "resting"])
    assert "Not a heading" not in json.dumps(headings)
    assert json.loads(typst.query(template, "math.equation", sys_inputs=data, ignore_system_fonts=True)) == []


def test_a_sign_without_a_shape_does_not_stop_the_paper(printed):
    given = paper_data(sample(), "pt")
    assert "Não há ações: é só isso. □□" in given
    assert printed("pt").startswith(b"%PDF")


def test_accents_of_all_four_languages_have_shapes():
    signs = "áéíóúüñ¿¡àâæçèêëîïôœùûÿãõ«»“”’–ºªÁÉÍÓÚÜÑÀÂÆÇÈÊËÎÏÔŒÙÛŸÃÕ"
    assert [sign for sign in signs if not paper._printable(sign)] == []
    assert not paper._printable("漢")


@pytest.mark.parametrize(
    "written",
    [
        "a\x07b",
        "\ufeffa b",
        "\x00",
        "a\x0bb\u2028c",
        "a\u202eb",
        "q\u0301e\u0301",
        "\U0001f468\u200d\U0001f469",
        "שלום",
        "\ud7ff\uffff",
    ],
    ids=["bell", "mark", "nul", "breaks", "backwards", "accents", "joined", "hebrew", "none"],
)
def test_nothing_that_somebody_wrote_stops_the_paper(written):
    hers = Chapter(name="outreach", words=(Words(section="outreach", text={"en": written}),))
    bare = {"tables": (), "charts": (), "figures": (), "identities": (), "groupings": (), "chapters": (hers,)}
    assert render_pdf(sample().model_copy(update=bare), "en").startswith(b"%PDF")


def test_no_hidden_cell_reaches_the_template_as_a_number():
    given = json.loads(paper_data(sample(), "en"))
    grids = [grid for part in given["parts"] for grid in part["grids"]]
    hidden = [
        entry["said"] for grid in grids for line in grid["lines"] for entry in line["entries"] if entry["state"] == "hidden"
    ]
    assert len(hidden) > 5
    assert set(hidden) == {"too few to say"}
    bands = [entry["said"] for grid in grids for line in grid["lines"] for entry in line["entries"] if entry["state"] == "band"]
    assert bands == ["none", "from 1 to 4", "5 or more", "9 or fewer"]


def test_every_number_of_the_text_comes_from_the_object():
    report = sample()
    given = json.loads(paper_data(report, "en"))
    prose = [paragraph for part in given["parts"] for paragraph in part["paragraphs"]]
    numbers = {number for paragraph in prose for number in re.findall(r"\d[\d.,]*\d|\d", paragraph)}
    counts = {f"{cell.count:,}" for table in report.tables for cell in table.cells if cell.count is not None}
    figures = {"62.9", "1", "1,234.5"}
    assert {"1,043", "62.9"} < numbers
    assert numbers - counts - figures == {"2026"}, "a year"
