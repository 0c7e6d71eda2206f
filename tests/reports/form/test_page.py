"""The page says what the object says, loads and runs nothing, and can be read by everybody."""

import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from reports.form.labels import labels_in
from reports.form.page import CONTENT_SECURITY_POLICY, STYLE, STYLE_HASH, render_html
from reports.shape import Report
from tests.reports.form.sample import HOSTILE, MARKUP, sample
from web.messages import LANGUAGES

VOID = {"meta", "br", "img", "link", "input", "hr"}
TOO_FEW = {
    "en": "too few to say",
    "es": "muy pocos para decirlo",
    "pt": "poucos demais para dizer",
    "fr": "trop peu pour le dire",
}


class Read(HTMLParser):
    """Elements in order, each with its attributes and its own text; what was not closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[list[str]] = []
        self.open: list[int] = []
        self.wrong: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        self.texts.append([])
        if tag not in VOID:
            self.open.append(len(self.elements) - 1)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        self.texts.append([])

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.elements[self.open[-1]][0] != tag:
            self.wrong.append(tag)
        else:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        for place in self.open[-1:]:
            self.texts[place].append(data)

    def all(self, tag: str) -> list[tuple[dict[str, str], str]]:
        """Attributes and own text of every element of a name."""
        found = zip(self.elements, self.texts, strict=True)
        return [(attributes, "".join(texts).strip()) for (name, attributes), texts in found if name == tag]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_well_formed_and_says_its_language(page, language):
    read = Read(page(language))
    assert (read.wrong, read.open) == ([], [])
    assert read.all("html")[0][0]["lang"] == language
    ids = [attributes["id"] for _, attributes in read.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    named = [attributes["aria-labelledby"].split() for _, attributes in read.elements if "aria-labelledby" in attributes]
    assert {name for names in named for name in names} <= set(ids)


def test_the_page_loads_runs_and_sends_nothing(page):
    read = Read(page("es"))
    assert {tag for tag, _ in read.elements} & {
        "script",
        "link",
        "img",
        "iframe",
        "object",
        "form",
        "input",
        "image",
        "use",
    } == set()
    for _, attributes in read.elements:
        assert not [name for name in attributes if name.startswith("on") or name in {"style", "src", "xlink:href", "action"}]
        assert attributes.get("href", "#").startswith("#")
    assert "url(" not in STYLE
    assert "@import" not in STYLE
    addresses = set(re.findall(r"https?://[^\s\"'<]+", page("es")))
    assert addresses == {"http://www.w3.org/2000/svg"}, "the name of SVG, which is nowhere fetched"


def test_the_policy_lets_this_style_through_and_nothing_else(page):
    style = re.search(r"<style>(.*?)</style>", page("pt"), re.DOTALL)
    assert style is not None
    assert f"'sha256-{b64encode(sha256(style[1].encode()).digest()).decode()}'" == STYLE_HASH
    assert f"default-src 'none'; style-src {STYLE_HASH};" in CONTENT_SECURITY_POLICY
    assert Read(page("pt")).all("meta")[1][0]["content"].startswith(f"default-src 'none'; style-src {STYLE_HASH};")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_of_a_table_is_a_cell_and_every_cell_is_there(page, language):
    labels, report = labels_in(language), sample()
    cells = [cell for table in report.tables for cell in table.cells]
    shown = [text for attributes, text in Read(page(language)).all("td") if attributes.get("class") == "shown"]
    folded = labels.form("folded_none", values="|").split("|")[0]
    zeros = next(text for _, text in Read(page(language)).all("p") if text.startswith(folded)).count("; ") + 1
    expected = sorted(labels.number(cell.count) for cell in cells if cell.count is not None)
    assert sorted(shown + [labels.number(0)] * zeros) == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_hidden_cell_is_never_a_number(page, language):
    cells = [cell for table in sample().tables for cell in table.cells]
    hidden = [cell for cell in cells if cell.count is None and cell.low is None and cell.high is None]
    found = [text for attributes, text in Read(page(language)).all("td") if attributes.get("class") == "hidden"]
    assert set(found) == {TOO_FEW[language]}
    folded = next(text for _, text in Read(page(language)).all("p") if text.startswith(TOO_FEW[language].capitalize()))
    assert len(found) + folded.count("; ") + 1 == len(hidden)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_of_a_chart_is_a_cell(page, language):
    labels = labels_in(language)
    published = {labels.number(cell.count) for table in sample().tables for cell in table.cells if cell.count is not None}
    years = {"2022", "2023", "2024", "2025", "2026"}
    drawn = [text.lstrip("+− ") for _, text in Read(page(language)).all("text")]
    numbers = {text for text in drawn if re.fullmatch(r"[\d.,\s]+", text)}
    assert len(numbers) > 10
    assert numbers <= published | years


def test_a_chart_says_what_it_cannot_show(page):
    read = Read(page("en"))
    descriptions = [text for _, text in read.all("desc")]
    assert any("reopened: too few to say" in text for text in descriptions)
    assert sum("too few to say" in text for _, text in read.all("text")) >= 2
    assert len(descriptions) == 5, "a chart of which nothing can be drawn is left out"


def test_what_people_wrote_is_text(page):
    text = page("fr")
    assert HOSTILE not in text
    assert "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &lt;b&gt;gras&lt;/b&gt;" in text
    assert "<img" not in text
    words = [attributes for attributes, _ in Read(text).all("blockquote")]
    assert [attributes["lang"] for attributes in words] == ["es", "pt"]
    assert [written for _, written in Read(text).all("p") if "#set page" in written] == [MARKUP.split("\n")[0]]


def test_her_words_stand_in_the_readers_language_where_she_wrote_them(page):
    assert [attributes["lang"] for attributes, _ in Read(page("en")).all("blockquote")] == ["en", "pt"]
    assert any("Only in <em>two</em> languages." in text for _, text in Read(page("en")).all("p"))


def test_tables_have_captions_and_scopes_and_charts_names(page):
    read = Read(page("es"))
    tables, captions = read.all("table"), read.all("caption")
    assert len(tables) == len(captions) == 7
    assert all(attributes.get("scope") in {"row", "col", "rowgroup", "colgroup"} for attributes, _ in read.all("th"))
    assert all(attributes["role"] == "img" and attributes["aria-labelledby"] for attributes, _ in read.all("svg"))
    levels = [int(tag[1]) for tag, _ in read.elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(deeper <= level + 1 for level, deeper in pairwise(levels))


def test_a_table_of_which_nothing_can_be_said_says_so(page):
    few = [text for attributes, text in Read(page("en")).all("p") if attributes.get("class") == "few"]
    assert few == ["The numbers of this table are too small to publish. Nothing can be said of it without pointing at people."]


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_text_can_be_read_on_its_ground(scheme):
    block = re.findall(r":root \{([^}]*)\}", STYLE)[scheme]
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", block))
    for text in ("ink", "pale", "mark"):
        for ground in ("ground", "field"):
            pair = sorted((luminance(colours[text]), luminance(colours[ground])))
            assert (pair[1] + 0.05) / (pair[0] + 0.05) >= 4.5, (text, ground)


def test_a_report_that_was_kept_and_read_again_looks_the_same(page):
    assert render_html(Report.read(sample().written()), "fr") == page("fr")
    assert "Les nombres ont été relevés le 1er mars 2026." in page("fr")
