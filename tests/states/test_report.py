"""The report's whole square, typed again by hand, and what it promises: nobody approves figures, nothing unsafe goes out."""

from dataclasses import fields, replace
from pathlib import Path

import pytest

from policies.pack import Pack, load_pack
from states.check import cross_check, model_check
from states.machine import Machine, MoveRefused
from states.procedures import PROCEDURES
from states.report import JUDGED, REPORT, ReportFacts
from tests.fixtures.squares import Square
from web.messages import LANGUAGES, Messages

MACHINE = Machine(REPORT)
EVERYTHING = ReportFacts(**{fact.name: True for fact in fields(ReportFacts)})
"""All at once. `by_own_act` and `has_holder` each shut one way out of `wanted`: those are tried with the fact turned."""

EXPECTED = {
    ("wanted", "draft_clean"): "in_review",
    ("wanted", "draft_and_release"): "released",
    ("wanted", "draft_for_words"): "awaiting",
    ("wanted", "draft_unsafe"): "unsafe",
    ("wanted", "withdraw"): "withdrawn",
    ("in_review", "annotate"): "in_review",
    ("in_review", "read_words"): "in_review",
    ("in_review", "publish_words"): "in_review",
    ("in_review", "hold"): "held",
    ("in_review", "release"): "released",
    ("in_review", "withdraw"): "withdrawn",
    ("awaiting", "annotate"): "awaiting",
    ("awaiting", "read_words"): "awaiting",
    ("awaiting", "publish_words"): "awaiting",
    ("awaiting", "approve"): "released",
    ("awaiting", "withdraw"): "withdrawn",
    ("held", "annotate"): "held",
    ("held", "read_words"): "held",
    ("held", "publish_words"): "held",
    ("held", "let_go"): "cleared",
    ("held", "redraft"): "wanted",
    ("held", "merge_with_next"): "merged",
    ("held", "withdraw"): "withdrawn",
    ("cleared", "annotate"): "cleared",
    ("cleared", "read_words"): "cleared",
    ("cleared", "publish_words"): "cleared",
    ("cleared", "hold"): "held",
    ("cleared", "release"): "released",
    ("cleared", "withdraw"): "withdrawn",
    ("unsafe", "redraft"): "wanted",
    ("unsafe", "merge_with_next"): "merged",
    ("unsafe", "withdraw"): "withdrawn",
}
TURNED = {
    "draft_clean": {"by_own_act": False},
    "draft_and_release": {"has_holder": False},
}
NEEDS = {
    "draft_clean": ("the_attacker_found_nothing", "somebody_may_hold_it"),
    "draft_and_release": ("the_attacker_found_nothing",),
    "draft_for_words": ("the_attacker_found_nothing", "its_holder_sends_it"),
    "draft_unsafe": ("the_attacker_found_something",),
    "annotate": ("its_holder_acts",),
    "read_words": ("there_are_words", "somebody_else_reads_them", "the_checklist_is_complete"),
    "publish_words": ("its_holder_acts", "the_words_were_read"),
    "hold": ("its_holder_acts", "a_ground_is_given"),
    "let_go": ("its_holder_acts",),
    "approve": ("its_holder_acts", "it_says_something"),
    "redraft": ("its_holder_acts", "it_is_said_what_changes"),
    "merge_with_next": ("its_holder_acts", "it_may_be_merged"),
    "withdraw": ("its_holder_acts", "it_is_a_correction"),
}
HOUSE = {"flow", "clock"}
SQUARE = Square(REPORT, EVERYTHING, EXPECTED, NEEDS, turned=TURNED)


@pytest.fixture(scope="module")
def oas() -> Pack:
    return load_pack(Path("policies/oas"))


def test_every_way_out_begins_with_a_draft_in_which_nobody_is_found() -> None:
    """Without such a draft nothing but what is unsafe can be come to, and from there nothing that is released."""
    unclean = replace(EVERYTHING, draft_clean=False)
    reached, todo = {"wanted"}, ["wanted"]
    while todo:
        state = todo.pop()
        for source, trigger in EXPECTED:
            if source == state:
                try:
                    dest = MACHINE.advance(state, trigger, unclean)
                except MoveRefused:
                    continue
                todo += {dest} - reached
                reached.add(dest)
    assert reached == {"wanted", "unsafe", "merged", "withdrawn"}


@pytest.mark.parametrize("by_own_act", [True, False])
@pytest.mark.parametrize("has_holder", [True, False])
@pytest.mark.parametrize("clean", [True, False])
def test_of_a_draft_that_is_there_exactly_one_thing_can_be_said(clean: bool, has_holder: bool, by_own_act: bool) -> None:
    facts = ReportFacts(draft_clean=clean, draft_unsafe=not clean, has_holder=has_holder, by_own_act=by_own_act)
    assert len([trigger for trigger in JUDGED if not MACHINE.unmet("wanted", trigger, facts)]) == 1


def test_time_alone_releases_what_lies_open_and_nothing_else() -> None:
    assert {clock.name: clock.lapse for clock in REPORT.clocks if clock.lapse} == {"review": "release", "letting_go": "release"}
    assert {state for state, trigger in EXPECTED if trigger == "release"} == {"in_review", "cleared"}


def test_a_clean_draft_is_put_aside_only_after_a_hold_which_has_a_ground_and_which_the_chair_learns_of() -> None:
    clean = {dest for (state, trigger), dest in EXPECTED.items() if trigger in JUDGED} - {"unsafe"}
    aside = {state for state, trigger in EXPECTED if trigger in ("redraft", "merge_with_next")}
    assert aside == {"held", "unsafe"}
    assert not aside & clean
    assert {trigger for (_, trigger), dest in EXPECTED.items() if dest == "held"} - {
        "annotate",
        "read_words",
        "publish_words",
    } == {"hold"}


def test_nobody_but_holder_second_reader_and_the_house_itself_has_any_act(oas: Pack) -> None:
    assert oas.reports is not None
    policies = oas.reports.reports.values()
    holders = {policy.holder for policy in policies if policy.holder}
    readers = {role for policy in policies for role in policy.second_reader}
    for act, grants in oas.kinds["report"].access.items():
        roles = {grant.partition(":")[0] for grant in grants}
        if act == "read_words":
            assert roles == readers
        elif act != "read":
            assert roles <= holders | HOUSE, act
    acting = {grant for act, grants in oas.kinds["report"].access.items() if act != "read" for grant in grants}
    assert not {grant for grant in acting if grant.startswith(("council_secretary", "chief_of_staff", "secretariat", "chair"))}


def test_a_pack_that_names_two_lengths_of_a_review_is_refused(oas: Pack) -> None:
    policy = oas.kinds["report"]
    longer = policy.clocks["review"].model_copy(update={"count": 11})
    clocks = policy.model_copy(update={"clocks": {**policy.clocks, "review": longer}})
    spoilt = oas.model_copy(update={"kinds": {**oas.kinds, "report": clocks}})
    assert {(f.rule, f.file, f.key) for f in cross_check(spoilt, PROCEDURES)} == {
        ("review_days_differ", "oas/report.toml", "clocks.review.count")
    }


def test_a_holder_that_nobody_can_be_is_refused(oas: Pack) -> None:
    assert oas.reports is not None
    annex = oas.reports.reports["annex"].model_copy(update={"holder": "deputy"})
    rules = oas.reports.model_copy(update={"reports": {**oas.reports.reports, "annex": annex}})
    (finding,) = cross_check(oas.model_copy(update={"reports": rules}), PROCEDURES)
    assert (finding.rule, finding.file, finding.key) == ("granted_to_no_role", "oas/reports.toml", "reports.annex")


def test_it_is_proved_under_the_pack(oas: Pack) -> None:
    proved = model_check(REPORT, oas)
    assert proved.findings == ()
    assert proved.explored > 100


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_point_of_the_checklist_is_a_sentence(oas: Pack, language: str) -> None:
    assert oas.reports is not None
    messages = Messages(language)
    assert [item for item in oas.reports.checklist if f"report.checklist.{item}" not in messages] == []
