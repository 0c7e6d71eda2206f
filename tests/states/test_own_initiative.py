"""The whole square of an inquiry of the office's own, typed again by hand, and what it promises."""

import tomllib
from dataclasses import fields, replace
from pathlib import Path

import pytest

from policies.rules import KindPolicy
from states.acts import acts_of
from states.machine import Machine, MoveRefused
from states.own_initiative import OWN_INITIATIVE, OwnInitiativeFacts, State
from tests.fixtures.squares import Square

MACHINE = Machine(OWN_INITIATIVE)
EVERYTHING = OwnInitiativeFacts(**{fact.name: True for fact in fields(OwnInitiativeFacts)})

EXPECTED = {
    ("noticed", "propose_terms"): "terms_proposed",
    ("noticed", "not_pursue"): "not_pursued",
    ("terms_proposed", "approve_terms"): "terms_set",
    ("terms_proposed", "return_terms"): "noticed",
    ("terms_proposed", "not_pursue"): "not_pursued",
    ("terms_set", "propose_terms"): "terms_proposed",
    ("terms_set", "inquire"): "inquiring",
    ("terms_set", "not_pursue"): "not_pursued",
    ("inquiring", "propose_terms"): "terms_proposed",
    ("inquiring", "note_step"): "inquiring",
    ("inquiring", "draft"): "drafted",
    ("inquiring", "not_pursue"): "not_pursued",
    ("drafted", "inquire_further"): "inquiring",
    ("drafted", "conclude"): "concluded",
    ("drafted", "not_pursue"): "not_pursued",
    ("concluded", "send_findings"): "concluded",
    ("concluded", "note_answer"): "concluded",
    ("concluded", "check_follow_up"): "concluded",
    ("concluded", "close"): "closed",
}
TRIGGERS = tuple(dict.fromkeys(trigger for _, trigger in EXPECTED))
NEEDS = {
    "approve_terms": ("whoever_approves_did_not_write_the_terms",),
    "return_terms": ("a_reason_is_given",),
    "conclude": ("whoever_concludes_did_not_write_the_findings",),
    "send_findings": ("findings_name_nobody",),
    "note_answer": ("the_reply_is_on_file",),
    "not_pursue": ("a_reason_is_given",),
    "close": ("a_reason_is_given",),
}
HELD_BACK = {
    "approver_is_another": ("whoever_approves_did_not_write_the_terms", "terms_proposed", "approve_terms"),
    "concluder_is_another": ("whoever_concludes_did_not_write_the_findings", "drafted", "conclude"),
    "findings_name_nobody": ("findings_name_nobody", "concluded", "send_findings"),
    "reply_on_file": ("the_reply_is_on_file", "concluded", "note_answer"),
    "reason_given": ("a_reason_is_given", "inquiring", "not_pursue"),
}
ALONE = tuple((fact, *held) for fact, held in HELD_BACK.items())
SQUARE = Square(OWN_INITIATIVE, EVERYTHING, EXPECTED, NEEDS, alone=ALONE, said=("state", "plain"))


def policy(pack: str) -> KindPolicy:
    text = Path(f"policies/{pack}/own_initiative.toml").read_text(encoding="utf-8")
    return KindPolicy.model_validate(tomllib.loads(text))


def test_the_square_typed_by_hand_knows_every_trigger_and_every_fact() -> None:
    assert set(TRIGGERS) == set(OWN_INITIATIVE.triggers)
    assert set(HELD_BACK) == set(OwnInitiativeFacts.names())


def test_it_leaves_the_office_only_concluded_and_naming_nobody() -> None:
    assert {(move.source, move.trigger) for move in OWN_INITIATIVE.moves if move.discloses} == {("concluded", "send_findings")}
    with pytest.raises(MoveRefused):
        MACHINE.advance("concluded", "send_findings", replace(EVERYTHING, findings_name_nobody=False))


def test_no_inquiry_begins_and_nothing_is_concluded_without_a_second_pair_of_eyes() -> None:
    into = {state: {move.trigger for move in OWN_INITIATIVE.moves if move.dest == state != move.source} for state in State}
    assert (into["terms_set"], into["concluded"]) == ({"approve_terms"}, {"conclude"})
    assert {move.source for move in OWN_INITIATIVE.moves if move.trigger == "inquire"} == {"terms_set"}


def test_no_other_matter_moves_it_and_no_clock_does() -> None:
    assert (OWN_INITIATIVE.listens, OWN_INITIATIVE.emits, OWN_INITIATIVE.lapses) == ((), (), frozenset())


@pytest.mark.parametrize("pack", ["oas", "eu"])
def test_the_policy_names_every_clock_and_trigger_and_who_reads_works_at_the_desk(pack: str) -> None:
    rules = policy(pack)
    assert set(rules.clocks) == {clock.name for clock in OWN_INITIATIVE.clocks}
    assert set(rules.access) == {"open", "read", *OWN_INITIATIVE.triggers, *acts_of(OWN_INITIATIVE)}
    granted = {grant.partition(":")[0] for grants in rules.access.values() for grant in grants}
    assert granted == {"ombudsperson", "case_officer", "alternate"}
