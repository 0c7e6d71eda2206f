"""Amendments: each at its paragraph, what they do to each other, and the text they lead to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from states.deciding.amendments import (
    Amendment,
    AmendmentsConflict,
    AmendsNothing,
    Change,
    Edit,
    NotAnAmendment,
    carry_out,
    conflicts,
)
from states.deciding.text import EmptyParagraph, Part, Text, build, checked
from web.messages import LANGUAGES, Messages

ADD, REPLACE, DELETE = Change
TEXT: Text = (
    *build(Part.PREAMBULAR, [(0, "Having seen,")]),
    *build(Part.OPERATIVE, [(0, "To ask:"), (1, "the one;"), (1, "the other;"), (0, "To urge."), (0, "To thank.")]),
)


def of(*edits: Edit, name: str = "A1", by: str = "AA") -> Amendment:
    return Amendment(name, by, edits)


def lines(text: Text) -> list[str]:
    return [f"{one.key} {one.text}" for one in text]


def test_each_amendment_is_carried_out_at_its_paragraph():
    amended = carry_out(
        TEXT,
        [of(Edit(REPLACE, "O2", "To urge all.")), of(Edit(ADD, "O1", "To note.")), of(Edit(DELETE, "O1.1"))],
    )
    assert lines(amended.text) == [
        "P1 Having seen,",
        "O1 To ask:",
        "O1.1 the other;",
        "O2 To note.",
        "O3 To urge all.",
        "O4 To thank.",
    ]
    assert amended.carried == {"P1": "P1", "O1": "O1", "O1.2": "O1.1", "O2": "O3", "O3": "O4"}


def test_a_paragraph_may_come_first_last_and_below():
    added = {"P0": "Recalling,", "O0": "To say.", "O3": "To end.", "O1.2": "the third;"}
    edits = (Edit(ADD, at, words) for at, words in added.items())
    assert lines(carry_out(TEXT, [of(*edits)]).text) == [
        "P1 Recalling,",
        "P2 Having seen,",
        "O1 To say.",
        "O2 To ask:",
        "O2.1 the one;",
        "O2.2 the other;",
        "O2.3 the third;",
        "O3 To urge.",
        "O4 To thank.",
        "O5 To end.",
    ]


def test_what_is_added_after_the_last_comes_by_depth():
    nested = build(Part.OPERATIVE, [(0, "To ask:"), (1, "the one;")])
    edits = (Edit(ADD, "O1", "To end."), Edit(ADD, "O1.1", "the other;"))
    for turn in (edits, edits[::-1]):
        assert lines(carry_out(nested, [of(*turn)]).text) == ["O1 To ask:", "O1.1 the one;", "O1.2 the other;", "O2 To end."]


def test_a_deleted_paragraph_takes_its_own_with_it():
    amended = carry_out(TEXT, [of(Edit(DELETE, "O1"))])
    assert lines(amended.text) == ["P1 Having seen,", "O1 To urge.", "O2 To thank."]
    assert amended.carried == {"P1": "P1", "O2": "O1", "O3": "O2"}


def test_the_text_before_stays_as_it_was():
    before = lines(TEXT)
    carry_out(TEXT, [of(Edit(DELETE, "O1"))])
    assert lines(TEXT) == before


def test_nothing_amended_is_the_same_text():
    assert carry_out(TEXT, []).text == TEXT


EVERY = [one.key for one in TEXT]


@pytest.mark.parametrize(
    "edits",
    [
        [Edit(REPLACE, key, "New.") for key in EVERY],
        [Edit(DELETE, key) for key in EVERY],
        [Edit(DELETE, key) for key in ("P1", "O1", "O2", "O3")] + [Edit(ADD, "O3", "All new.")],
        [Edit(DELETE, "O1"), *(Edit(REPLACE, key, "New.") for key in ("P1", "O2", "O3"))],
    ],
    ids=["replaced", "deleted", "exchanged", "mixed"],
)
def test_what_leaves_nothing_of_the_text_is_not_an_amendment(edits: list[Edit]):
    with pytest.raises(NotAnAmendment):
        carry_out(TEXT, [of(*edits)])


def test_one_paragraph_left_makes_it_an_amendment():
    assert carry_out(TEXT, [of(*(Edit(REPLACE, key, "New.") for key in EVERY[1:]))]).text[0].text == "Having seen,"


def test_the_only_paragraph_may_be_reworded_and_not_deleted():
    only = build(Part.OPERATIVE, [(0, "To ask in 2015.")])
    assert lines(carry_out(only, [of(Edit(REPLACE, "O1", "To ask in 2016."))]).text) == ["O1 To ask in 2016."]
    with pytest.raises(NotAnAmendment):
        carry_out(only, [of(Edit(DELETE, "O1"))])


@pytest.mark.parametrize(
    "edit",
    [Edit(DELETE, "O9"), Edit(REPLACE, "O0", "x"), Edit(DELETE, "P0"), Edit(ADD, "O1.0", "x"), Edit(ADD, "secret", "x")],
    ids=lambda edit: f"{edit.change}-{edit.at}",
)
def test_a_paragraph_that_is_not_there_cannot_be_amended(edit: Edit):
    with pytest.raises(AmendsNothing) as caught:
        carry_out(TEXT, [of(edit)])
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("change", [ADD, REPLACE], ids=str)
def test_an_amendment_without_words_is_refused(change: Change):
    with pytest.raises(EmptyParagraph):
        carry_out(TEXT, [of(Edit(change, "O1", " "))])


CONFLICTS = {
    "two_wordings": (Edit(REPLACE, "O2", "a"), Edit(REPLACE, "O2", "b"), "O2"),
    "which_first": (Edit(ADD, "O2", "a"), Edit(ADD, "O2", "b"), "O2"),
    "deleted_and_replaced": (Edit(DELETE, "O2"), Edit(REPLACE, "O2", "b"), "O2"),
    "inside_deleted": (Edit(REPLACE, "O1.2", "a"), Edit(DELETE, "O1"), "O1.2"),
}


@pytest.mark.parametrize("turned", [False, True], ids=["so", "turned"])
@pytest.mark.parametrize("why", CONFLICTS)
def test_two_that_cannot_both_be_done_are_told_with_place_and_reason(why: str, turned: bool):
    first, second, at = CONFLICTS[why]
    pair = (of(second, name="A1"), of(first, name="A2")) if turned else (of(first, name="A1"), of(second, name="A2"))
    (conflict,) = conflicts(pair)
    assert (conflict.first, conflict.second, conflict.why.key) == ("A1", "A2", f"deciding.conflict.{why}")
    assert conflict.why.params == {"at": at}
    with pytest.raises(AmendmentsConflict):
        carry_out(TEXT, pair)
    with pytest.raises(AmendmentsConflict):
        carry_out(TEXT, [of(first, second)])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Edit(REPLACE, "O2", "a"), Edit(REPLACE, "O2", "a")),
        (Edit(DELETE, "O1"), Edit(DELETE, "O1.1")),
        (Edit(DELETE, "O1"), Edit(ADD, "O1", "a")),
        (Edit(REPLACE, "O1", "a"), Edit(REPLACE, "O1.1", "b")),
        (Edit(REPLACE, "O2", "a"), Edit(REPLACE, "O3", "b")),
    ],
    ids=["same", "both-gone", "replaced-by-new", "above-and-below", "apart"],
)
def test_two_that_can_be_done_together_are_no_conflict(one: Edit, other: Edit):
    pair = (of(one, name="A1"), of(other, name="A2"))
    assert conflicts(pair) == ()
    assert carry_out(TEXT, pair) == carry_out(TEXT, pair[::-1])


EDITS = st.one_of(
    st.builds(Edit, st.just(ADD), st.sampled_from([*EVERY, "P0", "O0"]), st.sampled_from(["x", "y"])),
    st.builds(Edit, st.just(REPLACE), st.sampled_from(EVERY), st.sampled_from(["x", "y"])),
    st.builds(Edit, st.just(DELETE), st.sampled_from(EVERY)),
)


@given(edits=st.lists(EDITS, max_size=5))
def test_whatever_is_carried_out_is_a_text_and_keeps_what_it_did_not_touch(edits: list[Edit]):
    amendments = [of(edit, name=str(number)) for number, edit in enumerate(edits)]
    try:
        amended = carry_out(TEXT, amendments)
    except (AmendmentsConflict, NotAnAmendment):
        return
    assert checked(amended.text) == amended.text
    words = {one.key: one.text for one in amended.text}
    touched = {edit.at for edit in edits if edit.change == REPLACE}
    for one in TEXT:
        if one.key in amended.carried and one.key not in touched:
            assert words[amended.carried[one.key]] == one.text
    assert list(amended.carried) == [key for key in EVERY if key in amended.carried]
    assert carry_out(TEXT, amendments[::-1]) == amended


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_conflict_has_its_sentence(language: str):
    messages = Messages(language)
    for first, second, _ in CONFLICTS.values():
        assert all(messages.say(one.why) for one in conflicts((of(first), of(second))))
