"""Text from anybody becomes plain data, or is refused before it costs anything."""

import json
from contextlib import suppress
from datetime import date

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from structure.reading import CaseFileRefused
from structure.reading import content as content_module
from structure.reading.content import DEEPEST, content_of, lines_of
from tests.structure.reading.case_files import REAL


def kinds(text: str, format: str = "yaml") -> list[tuple[str, str, int]]:
    with pytest.raises(CaseFileRefused) as refused:
        content_of(text, format)
    return [(fault.kind, fault.name, fault.line) for fault in refused.value.faults]


def test_the_real_file_reads_as_any_reader_of_yaml_would_read_it():
    text = REAL.read_text(encoding="utf-8")
    assert content_of(text, "yaml") == yaml.safe_load(text)


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x85"), max_size=20)
"""Without NEL: PyYAML writes it as the end of a line, and reads that as a blank."""
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**17), 10**17) | st.dates() | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abcdefgh", min_size=1), inner, max_size=4),
    max_leaves=20,
)


@given(PLAIN)
def test_what_yaml_writes_is_read_back(value: object):
    assert content_of(yaml.safe_dump(value, allow_unicode=True), "yaml") == value


@given(PLAIN)
def test_what_json_writes_is_read_back_by_both_readers(value: object):
    text = json.dumps(value, default=str, ensure_ascii=True)
    assert content_of(text, "json") == json.loads(text)


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_and_never_anything_else(text: str):
    for format in ("yaml", "json"):
        with suppress(CaseFileRefused):
            content_of(text, format)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: no\nb: on\nc: yes", {"a": "no", "b": "on", "c": "yes"}),
        ("a: 2015-06-15", {"a": date(2015, 6, 15)}),
        ("a: 2015-02-30", {"a": "2015-02-30"}),
        ("a: '2015-06-15'", {"a": "2015-06-15"}),
        ("a: ~\nb:", {"a": None, "b": None}),
        ("a: 007", {"a": 7}),
        ("a: &x [1, 2]\nb: *x", {"a": [1, 2], "b": [1, 2]}),
        ("<<: {a: 1}\nb: 2", {"<<": {"a": 1}, "b": 2}),
    ],
)
def test_words_mean_what_they_look_like(text: str, expected: object):
    assert content_of(text, "yaml") == expected


def test_a_bomb_of_aliases_is_refused_by_what_it_would_become():
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    assert kinds("\n".join(rows)) == [("too_large", "", 7)]


@pytest.mark.parametrize(
    ("text", "kind", "name", "line"),
    [
        ("a: 1\nb: 2\na: 3", "duplicate_key", "a", 3),
        ("a: !!python/object/apply:os.system [ls]", "tag_not_read", "", 1),
        ("a: !!str 5", "tag_not_read", "", 1),
        ("---\na: 1\n---\nb: 2", "two_documents", "", 3),
        ("? [a, b]\n: c", "key_is_no_word", "", 1),
        ("&a a: 1\n*a : 2", "key_is_no_word", "", 2),
        ("a: &a [*a]", "alias_of_itself", "", 1),
        ("a: [1, 2\nb: 3", "unreadable", "", 2),
        ("a: \x00", "unreadable", "", 0),
        ("[" * (DEEPEST + 1) + "]" * (DEEPEST + 1), "too_deep", "", 1),
    ],
)
def test_each_trick_is_named_with_its_line(text: str, kind: str, name: str, line: int):
    assert kinds(text) == [(kind, name, line)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ('{"a": 1, "a": 2}', "duplicate_key"),
        ('{"a": 1', "unreadable"),
        ("[" * 50 + "]" * 50, "too_deep"),
        ("[" * 100_000 + "]" * 100_000, "too_deep"),
        ("1" * 10_000, "unreadable"),
    ],
)
def test_json_is_held_to_the_same_limits(text: str, kind: str):
    assert [found for found, _, _ in kinds(text, "json")] == [kind]


def test_a_text_over_the_cap_is_not_even_looked_at(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(content_module, "MOST_BYTES", 10)
    assert kinds("a: 'éééé'") == [("too_large", "", 0)]
    assert content_of("a: eeee", "yaml") == {"a": "eeee"}


def test_too_many_values_are_refused_in_both_formats(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(content_module, "MOST_VALUES", 5)
    assert content_of("[1, 2, 3, 4]", "yaml") == content_of("[1, 2, 3, 4]", "json") == [1, 2, 3, 4]
    assert kinds("[1, 2, 3, 4, 5]") == [("too_large", "", 1)]
    assert kinds("[1, 2, 3, 4, 5]", "json") == [("too_large", "", 0)]


def test_a_key_that_is_a_text_is_not_said():
    with pytest.raises(CaseFileRefused) as refused:
        content_of("my secret words, all of them: 1\nmy secret words, all of them: 2", "yaml")
    assert "secret" not in str(refused.value)


def test_lines_are_found_for_keys_items_and_flow_groups():
    text = "a:\n  - {b: 1,\n     c: 2}\n  - [x,\n     y]\nd: &k\n  e: 1\nf: *k\n"
    wanted = {("a", 0, "b"), ("a", 0, "c"), ("a", 1, 1), ("d", "e"), ("f",), ("a",), ("a", 1)}
    assert lines_of(text, wanted) == {
        ("a",): 1, ("a", 0, "b"): 2, ("a", 0, "c"): 3, ("a", 1): 4, ("a", 1, 1): 5, ("d", "e"): 7, ("f",): 8,
    }  # fmt: skip
