"""Who must be there before a body may begin, and of which meeting a resolution is: by the pack, never by guessing."""

from datetime import date

import pytest

from policies.decisions import DecisionRules, Quorum
from policies.meetings import Body
from policies.pack import Pack, load_pack, pack_folder
from policies.refusal import Refusal
from states.citing.parsing import parse
from states.convening import (
    InstrumentOfAnotherBody,
    InstrumentOfAnotherMeeting,
    InstrumentWithoutMeeting,
    TooFewToOpen,
    opened_with,
    opening_of,
    refuse_another_meetings,
)
from states.deciding.voters import NotAMember, NotAVoter, Voters, voters_on

DAY = date(2015, 9, 30)
PACK: Pack = load_pack(pack_folder("oas"))


def rules() -> DecisionRules:
    assert PACK.decisions is not None
    return PACK.decisions


def voters() -> Voters:
    assert PACK.members is not None
    return voters_on(DAY, PACK.members)


def there(count: int) -> list[str]:
    return sorted(voters().attending)[:count]


def body(code: str) -> Body:
    assert PACK.meetings is not None
    return PACK.meetings.body(code)


def test_the_pack_names_only_what_it_has():
    assert PACK.meetings is not None
    assert PACK.citations is not None
    named = [one.quorum for one in PACK.meetings.bodies.values() if one.quorum is not None]
    assert set(named) <= set(rules().quorums)
    assert {one.minutes for one in PACK.meetings.bodies.values() if one.minutes} <= set(PACK.citations.forms)
    assert PACK.meetings.another_order.rule in rules().rules
    assert {len(each.name) for each in (*PACK.meetings.bodies.values(), *PACK.meetings.sorts.values())} == {4}


def test_one_third_of_all_members_opens_the_council_and_one_less_does_not():
    opened = opened_with(there(12), voters(), rules().quorums["council"])
    assert (opened.present, opened.members, opened.needed) == (12, 35, 12)
    assert [said.key for said in opened.why] == ["convening.there", "convening.enough", "deciding.not_read"]
    with pytest.raises(TooFewToOpen) as refused:
        opened_with(there(11), voters(), rules().quorums["council"])
    assert refused.value.params == {"present": 11, "needed": 12, "members": 35}


def test_what_is_told_afterwards_refuses_nothing():
    told = opening_of(11, voters(), rules().quorums["council"])
    assert [said.key for said in told.why] == ["convening.there", "convening.too_few", "deciding.not_read"]


def test_the_assembly_needs_the_majority_of_its_members_and_the_rule_was_read():
    opened = opened_with(there(18), voters(), rules().quorums["plenary"])
    assert [said.key for said in opened.why] == ["convening.there", "convening.enough"]
    with pytest.raises(TooFewToOpen):
        opened_with(there(17), voters(), rules().quorums["plenary"])


@pytest.mark.parametrize("quorum", [None, Quorum()], ids=["none named", "nothing in it"])
def test_a_quorum_that_nobody_has_established_is_not_checked_and_is_said(quorum: Quorum | None):
    opened = opened_with(there(1), voters(), quorum)
    assert (opened.needed, [said.key for said in opened.why]) == (None, ["convening.there", "deciding.quorum_unknown"])


def test_a_state_named_twice_is_one_state():
    assert opened_with([*there(12), *there(12)], voters(), rules().quorums["council"]).present == 12


@pytest.mark.parametrize(("state", "error"), [("DE", NotAMember), ("CU", NotAVoter)])
def test_who_is_no_member_or_suspended_is_not_there(state: str, error: type[Refusal]):
    with pytest.raises(error):
        opened_with([*there(20), state], voters(), rules().quorums["council"])


@pytest.mark.parametrize(
    ("symbol", "code", "error"),
    [
        ("CP/RES. 1061 (2036/15)", "PC", None),
        ("CP/RES. n/k (2036/15)", "PC", None),
        ("CP/DEC. 50 (2036/15)", "PC", None),
        ("CP/ACTA 2036/15", "PC", None),
        ("CP/doc.5139/15", "PC", None),
        ("CP/RES. 1051 (2017/15)", "PC", InstrumentOfAnotherMeeting),
        ("CP/RES. 1061 (2036/16)", "PC", InstrumentOfAnotherMeeting),
        ("CP/ACTA 2035/15", "PC", InstrumentOfAnotherMeeting),
        ("CP/doc.5190/16", "PC", InstrumentOfAnotherMeeting),
        ("CP/RES. 1061/15", "PC", InstrumentWithoutMeeting),
        ("AG/RES. 2876 (XLV-O/15)", "PC", InstrumentOfAnotherBody),
        ("AG/RES. 2876 (XLV-O/15)", "GA", None),
        ("AG/RES. 2814 (XLIV-O/14)", "GA", InstrumentOfAnotherMeeting),
    ],
)
def test_an_instrument_is_of_its_meeting(symbol: str, code: str, error: type[Refusal] | None):
    assert PACK.citations is not None
    cited = parse(symbol, PACK.citations)
    if error is None:
        refuse_another_meetings(cited, PACK.citations, body(code), number=2036, year=2015)
        return
    with pytest.raises(error) as refused:
        refuse_another_meetings(cited, PACK.citations, body(code), number=2036, year=2015)
    assert symbol not in str(refused.value.params)


def test_a_body_whose_symbols_nobody_reads_adopts_what_it_says():
    assert PACK.citations is not None
    silent = body("PC").model_copy(update={"symbols": None})
    cited = parse("AG/RES. 2876 (XLV-O/15)", PACK.citations)
    refuse_another_meetings(cited, PACK.citations, silent, number=2036, year=2015)
