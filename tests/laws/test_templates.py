"""Pages say nothing that is not in all four catalogues, and hold no script, no style of their own and no other host's address."""

import pytest

from tests.laws import templates
from tests.laws.templates import SHEETS, TEMPLATES, Spoken, sheet_flaws, spoken_in_python, spoken_in_template, template_flaws
from tests.laws.tree import ROOT

PAGES = sorted(path.relative_to(ROOT).as_posix() for path in TEMPLATES.rglob("*.html"))
MODULES = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob("api/*pages/**/*.py"))


def read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def test_every_sentence_a_template_says_is_there_with_its_facts():
    spoken = [one for path in PAGES for one in spoken_in_template(read(path), path)]
    assert spoken
    assert [gap for one in spoken for gap in templates.unsaid(one)] == []


def test_every_sentence_a_page_module_says_is_there():
    assert MODULES
    spoken = [one for path in MODULES for one in spoken_in_python(read(path), path)]
    assert [gap for one in spoken for gap in templates.unsaid(one)] == []


def test_no_template_says_or_loads_anything_of_its_own():
    assert [flaw for path in PAGES for flaw in template_flaws(read(path), path)] == []


def test_no_sheet_loads_anything():
    sheets = sorted(path.relative_to(ROOT).as_posix() for path in SHEETS.rglob("*.css"))
    assert sheets
    assert [flaw for path in sheets for flaw in sheet_flaws(read(path), path)] == []


@pytest.mark.parametrize(
    "planted",
    [
        "<p>Hello</p>",
        "<p>{{ t('x') }} now</p>",
        "{% if a %}<p>él</p>{% endif %}",
        "<title>Step{{ n }}</title>",
        "<p>Step-by-step {{ n }}</p>",
        "{% block look %}wide{% endblock %}<p>wide</p>",
        "<p>{{ name or 'Nobody' }}</p>",
        "<p>{{ t('x') if x == 'a' else 'Nobody' }}</p>",
        '<img src="/a.png" alt="A tree">',
        '<nav aria-label="Pages"></nav>',
        '<input placeholder="Name">',
        '{% macro told() %} aria-label="Name"{% endmacro %}',
        '<input type="submit" value="Send">',
        '<meta name="description" content="A page">',
        '<p style="{{ x }}"></p>',
        '<p onclick="{{ x }}"></p>',
        '<svg onload="{{ x }}"></svg>',
        "<script>0</script>",
        "<style></style>",
        "<iframe></iframe>",
        '<link rel="stylesheet" href="https://a.invalid/s.css">',
        '<img alt="" src="//a.invalid/a.png">',
        '<form action="http://a.invalid/"></form>',
        '<a href="javascript:0">0</a>',
        '<svg><image xlink:href="http://a.invalid/a.png"/></svg>',
    ],
)
def test_what_a_template_may_not_hold_is_found(planted: str):
    (flaw,) = template_flaws(f"{{# a note #}}\n{planted}", "planted.html")
    assert flaw.startswith("planted.html:2: ")


FREE = """{# Words of a note #}{% block look %}{% if a %}wide{% endif %} {{ x }} page{% endblock %}
{% macro id(name) %}field-{{ name }}{% endmacro %}<strong>{{ address }}/back</strong>
{% macro one(a, b="text") %} aria-describedby="{{ a }}-hint" {% if a %}aria-invalid="true"{% endif %}
{% set word = "in a block" %}{% endmacro %}
<!doctype html><!-- a comment --><html lang="{{ lang }}"><head><meta name="viewport" content="width=device-width">
<title>{{ t("page.title") }} – Amparo</title><link rel="stylesheet" href="/style.css"></head>
<body class="{% if a %}wide{% endif %}{{ "a" if b }}"><input {{ "checked" if a == "b" }}>
<p>{{ x["a"] if y == "b" else t("c") }}{{ t("a.b", day=day(x)) }}: 12 &nbsp;·</p>
<input type="hidden" name="_next" value="cases"><a href="https://{{ host }}/" rel="external">{{ host }}</a>
<svg xmlns="http://www.w3.org/2000/svg" aria-label="{{ t("x") }}"></svg>{% raw %}{% endraw %}</body></html>
"""


def test_what_a_template_may_hold_is_let_pass():
    assert template_flaws(FREE, "free.html") == []


def test_keys_are_read_out_of_templates():
    text = '{{ t("a.b", day=x) }}\n{{ label("c.d", "d") }}{{ t("e.f" if x else "g.h") }}{{ t("i." ~ x) }}'
    text += '{{ other("j.k") }}{{ t("l.m", **x) }}'
    assert list(spoken_in_template(text, "p")) == [
        Spoken("p:1", "a.b", frozenset({"day"})),
        Spoken("p:2", "c.d", None),
        Spoken("p:2", "e.f", frozenset()),
        Spoken("p:2", "g.h", frozenset()),
        Spoken("p:2", "l.m", None),
    ]


def test_keys_are_read_out_of_modules():
    text = 'words.label("a.b", x)\nsay(Said("c.d", {"n": 1}))\nt("e.f")\nt(key)\nother("g.h")'
    assert sorted(one.key for one in spoken_in_python(text, "p")) == ["a.b", "c.d", "e.f"]


def test_a_sentence_that_is_not_there_or_lacks_a_fact_is_found(monkeypatch: pytest.MonkeyPatch):
    both = {"a.b": frozenset({"day"})}
    monkeypatch.setattr(templates, "catalogue", lambda language: {} if language == "fr" else both)
    assert templates.unsaid(Spoken("p:1", "a.b", frozenset({"day"}))) == ["p:1: a.b is not said in fr"]
    assert templates.unsaid(Spoken("p:1", "a.b", None)) == ["p:1: a.b is not said in fr"]
    assert templates.unsaid(Spoken("p:1", "a.b", frozenset()))[0] == "p:1: a.b in en lacks day"


@pytest.mark.parametrize(
    "planted", ["@import 'a.css';", "p { background: url(/a.png) }", "@font-face {}", "/* http://a.invalid */"]
)
def test_what_a_sheet_would_load_is_found(planted: str):
    assert len(sheet_flaws(planted, "planted.css")) == 1
    assert sheet_flaws("p { color: red; content: '–' }", "free.css") == []
