"""A text by its paragraphs: keys, versions in order, and a hash that says which words were adopted."""

import hashlib
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.citations import load
from policies.pack import PACKS
from states.citing.parsing import parse
from states.deciding.text import (
    EmptyParagraph,
    OutOfPlace,
    Paragraph,
    Part,
    Text,
    Version,
    VersionThereAlready,
    build,
    checked,
    hash_of,
    in_order,
)

FORMS = load(PACKS / "oas" / "citations.toml")
PRE, OP = Part
TEXT: Text = (
    *build(PRE, [(0, "Having seen the report,"), (0, "Considering,")]),
    *build(OP, [(0, "To ask:"), (1, "to report,"), (2, "in writing;"), (1, "to publish it;"), (0, "To thank.")]),
)


def keys(text: Text) -> list[str]:
    return [one.key for one in text]


def version(symbol: str, **words: Text) -> Version:
    return Version(parse(symbol, FORMS).suffixes, words)


def test_paragraphs_are_numbered_by_part_and_depth():
    assert keys(TEXT) == ["P1", "P2", "O1", "O1.1", "O1.1.1", "O1.2", "O2"]
    assert checked(TEXT) == TEXT


@pytest.mark.parametrize("outline", [[(1, "a")], [(0, "a"), (2, "b")], [(0, "a"), (-1, "b")]], ids=str)
def test_a_depth_with_nothing_above_it_is_refused(outline: list[tuple[int, str]]):
    with pytest.raises(OutOfPlace):
        build(OP, outline)


@pytest.mark.parametrize(
    "places",
    [
        [(OP, (2,))],
        [(OP, (1,)), (OP, (3,))],
        [(OP, (1,)), (OP, (1,))],
        [(OP, (1,)), (PRE, (1,))],
        [(PRE, (1,)), (OP, (1, 1))],
        [(OP, (1,)), (OP, (1, 2))],
        [(PRE, (1,)), (OP, (2,))],
        [(OP, (1,)), (OP, (2, 1))],
        [(OP, (1,)), (OP, (1, 1, 1))],
    ],
    ids=str,
)
def test_a_paragraph_that_does_not_follow_is_refused(places: list[tuple[Part, tuple[int, ...]]]):
    with pytest.raises(OutOfPlace):
        checked(Paragraph(part, path, "words") for part, path in places)


def test_an_empty_paragraph_is_refused_by_its_key():
    with pytest.raises(EmptyParagraph) as caught:
        build(OP, [(0, "To ask"), (1, " \n")])
    assert caught.value.params == {"key": "O1.1"}


def test_versions_come_in_the_order_of_their_suffixes():
    symbols = ["", " rev. 2", " corr. 1", " rev. 1 corr. 1", " add. 1", " rev. 1", " rev. 10"]
    ordered = in_order(version(f"CP/doc.5190/16{suffix}") for suffix in symbols)
    assert [" ".join(map(str, one.suffixes)) for one in ordered] == [
        "",
        "corr. 1",
        "add. 1",
        "rev. 1",
        "rev. 1 corr. 1",
        "rev. 2",
        "rev. 10",
    ]


def test_two_versions_of_one_name_are_refused():
    with pytest.raises(VersionThereAlready):
        in_order([version("CP/doc.5190/16 rev. 1"), version("CP/doc.5190/16 REV.1")])


def test_languages_that_are_out_of_step_are_told():
    assert version("CP/doc.5190/16", en=TEXT, es=TEXT).out_of_step == {}
    assert version("CP/doc.5190/16", en=TEXT, es=TEXT[:-1], fr=TEXT[1:]).out_of_step == {"es": ("O2",), "fr": ("P1",)}


def test_the_hash_is_that_of_the_lines_it_says():
    text = build(OP, [(0, "To  ask\u00a0the\nSecretary"), (1, "soon")])
    assert hash_of(text) == hashlib.sha256(b"O1\tTo ask the Secretary\nO1.1\tsoon").hexdigest()
    assert version("CP/doc.5190/16", en=text).hashes == {"en": hash_of(text)}


@given(words=st.text(min_size=1).filter(str.strip))
def test_spaces_and_the_way_accents_are_written_do_not_change_the_hash(words: str):
    spread = "  \n".join(words.split()) + "\t"
    assert hash_of(build(OP, [(0, words)])) == hash_of(build(OP, [(0, unicodedata.normalize("NFD", spread))]))


@pytest.mark.parametrize("other", ["to ask.", "To ask", "To  a sk."])
def test_any_other_change_of_words_changes_the_hash(other: str):
    assert hash_of(build(OP, [(0, other)])) != hash_of(build(OP, [(0, "To ask.")]))


def test_moving_words_to_another_paragraph_changes_the_hash():
    outlines = ([(0, "a b")], [(0, "a"), (0, "b")], [(0, "a"), (1, "b")])
    hashes = {hash_of(build(part, outline)) for part in Part for outline in outlines}
    assert len(hashes) == 6
