"""What a name says: its significant words and the instruments it names."""

import pytest

from policies.structure import Likeness
from structure import likeness
from structure.likeness import NameReader, reader_of, words_of
from tests.structure.cases import RULES

READER = NameReader(RULES.likeness)


def read(name: str):
    found = READER.read(name)
    assert found is not None
    return found


def test_words_are_compared_without_case_accents_and_signs():
    assert words_of("Convención de Belém, (1994)") == ["convencion", "de", "belem", "1994"]


def test_words_that_signify_nothing_are_left_out():
    assert read("Coordination of the Joint Summit Working Group").words == {"joint", "summit", "working", "group"}


def test_a_name_with_too_few_significant_words_is_compared_whole():
    assert read("General management of elections").few
    assert read("General management of elections").words == {"general", "management", "of", "elections"}


@pytest.mark.parametrize("name", ["unknown", "", "---"])
def test_what_says_nothing_is_not_read(name):
    assert READER.read(name) is None


@pytest.mark.parametrize(
    ("name", "instruments"),
    [
        ("Social Charter of the Americas and its Plan of Action", {"social charter", "charter americas"}),
        ("Other areas in accordance with the Protocol of San Salvador", {"protocol san"}),
        ("Seguimiento de la Carta de la Organización", {"carta organizacion"}),
        ("Inter-American Democratic Charter", {"democratic charter"}),
        ("The charter", set()),
        ("Electoral observation", set()),
    ],
)
def test_an_instrument_is_known_by_the_word_beside_it(name, instruments):
    assert read(name).instruments == instruments


def test_a_legal_basis_that_names_an_instrument_is_that_instrument_and_else_its_own_words():
    assert READER.instruments("Social Charter, art. 3") == {"social charter"}
    assert READER.instruments("AG/RES. 2876 (XLV-O/15)") == {"ag res 2876 xlv o 15"}


def test_likeness_is_the_packs_to_say():
    strict = NameReader(Likeness(words=3, ignored=(), instruments=(), source="test", verified=False))
    assert read("Press and communication").is_near(read("Press communication office"))
    one, other = strict.read("Press communication"), strict.read("Press communication office")
    assert one is not None
    assert other is not None
    assert not one.is_near(other)


def test_a_reader_that_has_read_too_much_forgets_and_reads_again(monkeypatch):
    monkeypatch.setattr(likeness, "KEPT", 2)
    reader, fresh = NameReader(RULES.likeness), NameReader(RULES.likeness)
    names = ["Budget planning", "Press office", "Budget planning", "Electoral observation", "Press office"]
    assert [reader.read(name) for name in names] == [fresh.read(name) for name in names]
    assert len(reader._read) <= 2
    assert reader_of(RULES.likeness) is reader_of(RULES.likeness)
