"""The mark of a consent tells only who holds the epoch whether this was asked in it."""

from uuid import uuid4

import pytest

from records.vault import consent_mark, is_mark_of, new_epoch, next_epoch

ASKED = {"purpose": "refer", "audience": "legal", "to": "A", "text": "Move her desk.", "until": "2017-01-01"}


@pytest.mark.parametrize("part", sorted(ASKED))
def test_a_mark_is_of_every_part_of_what_was_asked(part: str):
    epoch, consent = new_epoch(), uuid4()
    mark = consent_mark(epoch, consent, ASKED)
    assert len(mark) == 32
    assert is_mark_of(mark, epoch, consent, ASKED)
    assert is_mark_of(mark, epoch, consent, dict(reversed(ASKED.items()))), "in whatever order its parts are told"
    assert not is_mark_of(mark, epoch, consent, ASKED | {part: f"{ASKED[part]} "})
    assert not is_mark_of(mark, epoch, consent, {name: said for name, said in ASKED.items() if name != part})


def test_the_same_text_has_another_mark_in_each_consent_and_under_each_key():
    epoch, other, consent = new_epoch(), new_epoch(), uuid4()
    later, _ = next_epoch(epoch, uuid4(), uuid4())
    marks = {consent_mark(one, row, ASKED) for one in (epoch, other, later) for row in (consent, uuid4())}
    assert len(marks) == 6, "a copy of the database shows no equality"
    assert not is_mark_of(None, epoch, consent, ASKED), "what was asked before purposes were told is good for nothing"
