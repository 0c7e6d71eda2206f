"""The page about case files is made from what reads them, and what it shows can be read."""

from structure.reading import read_case
from structure.reading.describing import PAGE, page
from structure.reading.shape import Content
from tests.structure.cases import RULES


def test_the_page_is_that_of_the_shape():
    assert PAGE.read_text(encoding="utf-8") == page()  # `make diagrams` writes it


def test_every_key_of_the_file_is_on_the_page():
    assert [key for key in Content.model_fields if f"| `{key}` |" not in page() and key not in {"src", "note"}] == []


def test_the_example_can_be_done():
    example = page().partition("```yaml\n")[2].partition("```")[0]
    case = read_case(example, "yaml", RULES)
    made = case.attempt()
    assert made.refused == ()
    assert made.timeline.end.live_unit("DIA") is None
