"""Order and resolution side by side: every paragraph once, the most alike together, the words that changed."""

from hypothesis import given
from hypothesis import strategies as st

from states.deciding.comparing import side_by_side
from states.deciding.text import Part, Text, build


def listed(*words: str) -> Text:
    return build(Part.OPERATIVE, [(0, one) for one in words])


RESOLUTION = listed(
    "To create the Secretariat for Hemispheric Affairs", "To abolish the Department of Sports", "To thank the Chair"
)
ORDER = listed(
    "The Department of Sports is abolished",
    "To create the Secretariat for Hemispheric Affairs on 11 December",
    "Signed",
)


def keys(first: Text, second: Text) -> list[tuple[str | None, str | None]]:
    return [(one.first and one.first.key, one.second and one.second.key) for one in side_by_side(first, second)]


def test_the_most_alike_stand_beside_each_other_wherever_they_are():
    assert keys(RESOLUTION, ORDER) == [("O1", "O2"), ("O2", "O1"), ("O3", None), (None, "O3")]


def test_what_changed_is_told_word_by_word():
    pair = side_by_side(RESOLUTION, ORDER)[0]
    assert [(run.kind, run.words) for run in pair.runs] == [
        ("both", "To create the Secretariat for Hemispheric Affairs"),
        ("second", "on 11 December"),
    ]
    alone = side_by_side(RESOLUTION, ORDER)[2]
    assert [(run.kind, run.words) for run in alone.runs] == [("first", "To thank the Chair")]


def test_a_text_is_wholly_like_itself():
    pairs = side_by_side(RESOLUTION, RESOLUTION)
    assert [(one.first, one.second, one.alike) for one in pairs] == [(one, one, 100) for one in RESOLUTION]


TEXTS = st.lists(st.sampled_from(["a b c", "a b d", "x y", "x", "a b c d e f"]), max_size=6).map(lambda words: listed(*words))


@given(first=TEXTS, second=TEXTS)
def test_every_paragraph_of_both_is_shown_once(first: Text, second: Text):
    pairs = side_by_side(first, second)
    assert tuple(one.first for one in pairs if one.first is not None) == first
    assert sorted(one.second.key for one in pairs if one.second is not None) == sorted(one.key for one in second)
    for pair in pairs:
        for side, paragraph in (("first", pair.first), ("second", pair.second)):
            shown = " ".join(run.words for run in pair.runs if run.kind in ("both", side))
            assert shown == (paragraph.text if paragraph else "")
