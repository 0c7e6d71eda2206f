"""An export tampered with in every way we could think of, on both kinds of ledger: each is found, and says where."""

import io
import json
import re
import string
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nacl.signing import SigningKey

from records.ledger import (
    Entry,
    PublicHead,
    Row,
    entry_bytes,
    export_lines,
    filler,
    leaf_bytes,
    sign_head,
    verify,
)
from records.ledger.entries import canonical
from records.ledger.export import MOST_FINDINGS

FILLED = settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
# In the small ledgers of conftest: line 1 is the header, then three times four leaves and their head.
HEADS_AT = (6, 11, 16)


def found(lines, kept, known=None, **keys):
    return verify(lines, kept.public_key, known, **keys).findings


def keys_of(findings):
    return [said.key.removeprefix("ledger.finding.") for said in findings]


def test_an_untouched_export_is_sound_with_or_without_a_head_known_before(kept):
    lines = kept.export()
    last = PublicHead.of(kept.heads[-1].head)
    for known in (None, *kept.heads, *(PublicHead.of(signed.head) for signed in kept.heads)):
        verdict = verify(lines, kept.public_key, known)
        assert verdict.sound
        assert (verdict.log, verdict.leaves, verdict.heads, verdict.last) == (kept.log, 12, 3, last)


def test_an_export_shows_house_entries_in_clear_and_of_the_ombuds_log_nothing_but_leaves(kept_house, kept_ombuds):
    shown = [json.loads(line) for line in kept_house.export()]
    assert [line["entry"]["matter"] for line in shown if "leaf" in line] == [f"m-{n}" for n in range(12)]
    hidden = [json.loads(line) for line in kept_ombuds.export()]
    assert {frozenset(line) for line in hidden if "leaf" in line} == {frozenset({"index", "leaf"})}
    assert not any(re.search("complaint|c-[0-9]|salt", line) for line in kept_ombuds.export())


def test_an_entry_of_the_ombuds_log_is_never_written(kept_ombuds):
    rows = [Row(kept_ombuds.leaves[0], entry_bytes(kept_ombuds.recorded[0].entry)), *kept_ombuds.rows[1:]]
    with pytest.raises(ValueError, match="never exported"):
        list(export_lines(kept_ombuds.log, kept_ombuds.public_key, rows, kept_ombuds.heads))


def test_leaves_that_no_head_covers_yet_are_not_exported(kept):
    rows = [*kept.rows, kept.rows[0], kept.rows[1]]
    assert list(export_lines(kept.log, kept.public_key, rows, kept.heads)) == kept.export()


def test_a_day_without_entries_is_sound_too(kept_house):
    kept_house.sign_again(sizes=(0, 4, 4, 12))
    assert found(kept_house.export(), kept_house) == ()


# --- change, delete, swap, truncate: each found, at every place ---------------------------------------------------


@pytest.mark.parametrize("at", range(12))
def test_a_changed_leaf_is_found_between_two_heads(kept, at):
    if kept.recorded and len(kept.recorded) == 12:
        forged = Entry(kept.recorded[at].at_day, "mandate.retired", "m-0")
        kept.rows[at] = Row(leaf_bytes(forged), entry_bytes(forged))
    else:
        kept.rows[at] = Row(filler())
    (said,) = found(kept.export(), kept)
    day = at // 4
    where = {"line": HEADS_AT[day], "first": HEADS_AT[day] - 4, "last": HEADS_AT[day] - 1}
    assert (said.key, said.params) == ("ledger.finding.leaves_changed", where)


@pytest.mark.parametrize("at", range(12))
def test_a_changed_entry_is_found_at_its_line(kept_house, at):
    forged = entry_bytes(Entry(kept_house.recorded[at].at_day, "mandate.retired"))
    for body in (forged, b"not json", b"\xff", b'{"a": 1}', b"{}", b"null"):
        kept_house.rows[at] = kept_house.rows[at]._replace(body=body)
        (said,) = found(kept_house.export(), kept_house)
        assert (said.key, said.params) == ("ledger.finding.entry_changed", {"line": 2 + at + at // 4, "index": at})


@pytest.mark.parametrize("at", range(12))
def test_a_deleted_leaf_is_found_also_when_all_numbers_are_put_right(kept, at):
    lines = kept.export()
    del lines[1 + at + at // 4]
    assert {"leaves_missing", "cut"} <= set(keys_of(found(lines, kept)))
    (said,) = found(kept.renumbered(lines), kept)
    day = at // 4
    assert (said.key, said.params) == (
        "ledger.finding.leaves_missing",
        {"line": HEADS_AT[day] - 1, "seen": 4 * day + 3, "expected": 4 * day + 4},
    )


@pytest.mark.parametrize("at", range(11))
def test_two_swapped_leaves_are_found_also_when_renumbered(kept, at):
    kept.rows[at], kept.rows[at + 1] = kept.rows[at + 1], kept.rows[at]
    assert keys_of(found(kept.export(), kept)) == ["leaves_changed"]
    lines = kept.export()
    here, there = 1 + at + at // 4, 1 + (at + 1) + (at + 1) // 4
    lines[here], lines[there] = kept.edited(lines[here], index=at + 1), kept.edited(lines[there], index=at)
    assert {"out_of_order", "leaves_changed"} <= set(keys_of(found(lines, kept)))


@pytest.mark.parametrize("at", range(13))
def test_an_inserted_leaf_is_found(kept, at):
    kept.rows.insert(at, kept.rows[3])
    lines = kept.export()
    assert keys_of(found(lines, kept)) == (["leaves_changed"] if at < 12 else [])  # after the last head: not exported
    whole = list(lines)
    whole.insert(len(whole) if at == 12 else 1 + at + at // 4, lines[1])
    expected = "leaves_unsigned" if at == 12 else "leaves_added"
    assert keys_of(found(kept.renumbered(whole), kept))[0] == expected


@pytest.mark.parametrize("lines_left", range(1, 16))
def test_an_end_cut_off_is_found(kept, lines_left):
    assert "cut" in keys_of(found(kept.export()[:lines_left], kept))


@pytest.mark.parametrize("heads_left", [1, 2])
def test_an_end_cut_off_with_its_heads_is_found_by_a_head_known_before(kept, heads_left):
    signed, printed = kept.heads[-1], PublicHead.of(kept.heads[-1].head)
    lines = kept.renumbered(kept.export()[: HEADS_AT[heads_left - 1]])
    assert found(lines, kept) == ()  # by itself it is a sound ledger of an earlier day
    assert keys_of(found(lines, kept, signed)) == ["known_truncated"]
    assert keys_of(found(lines, kept, printed)) == ["known_missing"]


def test_a_quiet_days_head_cut_off_is_found_by_whoever_knows_it(kept):
    last = kept.heads[-1].head
    quiet = replace(last, office_date=last.office_date + timedelta(days=1), prev=last.digest())
    known = sign_head(quiet, kept.key)
    assert keys_of(found(kept.export(), kept, known)) == ["known_missing"]  # else entries could follow, dated back
    kept.heads.append(known)
    assert found(kept.export(), kept, known) == ()


def test_leaves_missing_since_the_last_head_are_found_by_that_head(kept):
    lines = kept.export()
    assert keys_of(found(kept.renumbered(lines[:12] + lines[15:]), kept)) == ["leaves_missing"]


# --- heads --------------------------------------------------------------------------------------------------------


def test_a_history_written_anew_with_the_stolen_key_is_found_by_whoever_knows_a_head(kept):
    known = kept.heads[1]
    kept.rows[0] = Row(
        leaf_bytes(Entry(known.head.office_date, "x.y")), entry_bytes(Entry(known.head.office_date, "x.y"))
    )
    if kept.log == "ombuds":
        kept.rows[0] = Row(filler())
    kept.sign_again()
    assert found(kept.export(), kept) == ()  # what the theft of the key gives
    (said,) = found(kept.export(), kept, known)
    assert (said.key, said.params) == ("ledger.finding.known_not_continued", {"date": known.head.office_date})
    assert keys_of(found(kept.export(), kept, PublicHead.of(known.head))) == ["known_missing"]


def test_a_removed_head_is_found(kept):
    lines = kept.export()
    for at in HEADS_AT[:2]:
        assert keys_of(found(kept.renumbered(lines[: at - 1] + lines[at:]), kept)) == ["head_missing"]


def test_a_head_that_does_not_continue_the_one_before_is_found(kept):
    kept.heads[1] = sign_head(replace(kept.heads[1].head, prev=kept.heads[1].head.root), kept.key)
    assert "head_missing" in keys_of(found(kept.export(), kept))


def test_a_head_that_goes_back_is_found(kept):
    first, last = kept.heads[0].head, kept.heads[-1].head
    earlier_day = replace(last, office_date=first.office_date - timedelta(days=1), prev=last.digest())
    fewer = replace(first, office_date=last.office_date, prev=last.digest())
    for wrong in (earlier_day, fewer):
        lines = [*kept.export(), canonical(sign_head(wrong, kept.key).as_plain()).decode() + "\n"]
        assert "head_goes_back" in keys_of(found(kept.renumbered(lines), kept))


def test_a_head_signed_by_another_key_is_found(kept):
    stranger = SigningKey.generate()
    kept.heads[1] = sign_head(kept.heads[1].head, stranger)
    assert keys_of(found(kept.export(), kept)) == ["other_key"]
    kept.heads[1] = replace(kept.heads[1], key=kept.heads[0].key)
    assert keys_of(found(kept.export(), kept)) == ["bad_signature"]
    kept.heads[1] = sign_head(replace(kept.heads[1].head, root=bytes(32)), stranger)
    assert keys_of(found(kept.export(), kept)) == ["other_key", "head_missing"]


def test_a_ledger_that_changed_its_key_is_sound_and_the_old_key_signs_no_more(kept):
    old, new = kept.key, SigningKey.generate()
    kept.heads = [kept.heads[0], *(sign_head(signed.head, new) for signed in kept.heads[1:])]
    kept.key = new
    assert found(kept.export(), kept, earlier_keys=[old.verify_key]) == ()
    assert keys_of(found(kept.export(), kept))[0] == "other_key"
    kept.heads[2] = sign_head(kept.heads[2].head, old)
    assert keys_of(found(kept.export(), kept, earlier_keys=[old.verify_key])) == ["other_key", "leaves_unsigned"]


def test_a_head_known_before_must_itself_be_signed_and_of_this_ledger(kept_house, kept_ombuds):
    forged = sign_head(kept_house.heads[0].head, SigningKey.generate())
    assert keys_of(found(kept_house.export(), kept_house, forged)) == ["known_bad_signature"]
    for other in (kept_ombuds.heads[0], PublicHead.of(kept_ombuds.heads[0].head)):
        assert "known_other_log" in keys_of(found(kept_house.export(), kept_house, other))


# --- any change at all --------------------------------------------------------------------------------------------


@FILLED
@given(data=st.data())
def test_no_single_character_can_be_changed_removed_or_added(kept, data):
    text = "".join(kept.export()).rstrip("\n")
    at = data.draw(st.integers(0, len(text) - 1))
    sign = data.draw(st.sampled_from(string.printable + "é\u2028\ud800").filter(lambda c: c != text[at]))
    for forged in (text[:at] + sign + text[at + 1 :], text[:at] + text[at + 1 :], text[:at] + sign + text[at:]):
        if forged != text:
            assert found(io.StringIO(forged, newline="\n"), kept, kept.heads[-1]) != ()


@FILLED
@given(data=st.data())
def test_no_choice_or_order_of_lines_but_the_true_one_is_sound(kept, data):
    lines = kept.export()
    order = data.draw(st.lists(st.integers(0, len(lines) - 1), min_size=1, max_size=20))
    if order != list(range(len(lines))):
        assert found([lines[at] for at in order], kept, kept.heads[-1]) != ()
    start = data.draw(st.permutations(range(1, len(lines))))
    if start != list(range(1, len(lines))):
        assert found(kept.renumbered([lines[0], *(lines[at] for at in start)]), kept) != ()


@pytest.mark.parametrize(
    "line", ["", "\n", "[" * 60_000, "[]", "null", "7", "{}", '{"leaf":"00","index":12}', "\x00", "9" * 6000]
)
def test_a_line_that_is_none_is_found_wherever_it_stands(kept, line):
    lines = kept.export()
    for at in (0, 1, 8, len(lines)):
        findings = found([*lines[:at], line + "\n", *lines[at:]], kept)
        assert findings[0].key.removeprefix("ledger.finding.") in {"unreadable", "header_unreadable"}
        assert findings[0].params == {"line": at + 1}


def test_a_header_that_we_do_not_know_stops_the_check(kept):
    lines = kept.export()
    for change in ({"format": "amparo-ledger-export/2"}, {"log": "attic"}, {"note": 1}, {"leaves": "12"}):
        assert keys_of(found([kept.edited(lines[0], **change), *lines[1:]], kept)) == ["header_unreadable"]
    assert keys_of(verify(lines, SigningKey.generate().verify_key).findings) == ["other_key"]


def test_a_flood_of_findings_ends_after_a_hundred(kept):
    findings = found([*kept.export(), *["x\n"] * 10_000], kept)
    assert len(findings) == MOST_FINDINGS + 1
    assert findings[-1].key == "ledger.finding.more"


def test_erasing_a_body_changes_nothing_that_an_auditor_checks(kept_ombuds):
    """The export before and after is the same bytes: what was erased was never in it."""
    before = kept_ombuds.export()
    kept_ombuds.recorded.clear()
    assert kept_ombuds.export() == before
    assert found(before, kept_ombuds) == ()


def test_a_quiet_day_and_a_busy_day_look_alike(kept_ombuds):
    shapes = {
        re.sub("[0-9a-f]{32,}", "#", re.sub(r'"index":\d+', "", line))
        for line in kept_ombuds.export()
        if '"leaf"' in line
    }
    assert len(shapes) == 1
