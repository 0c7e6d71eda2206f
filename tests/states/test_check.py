"""The check finds nothing in what we ship, and says where when something is wrong."""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from policies.pack import Pack, load_pack
from states import check_findings, check_ladders, check_moves, check_policy, check_shape, check_time
from states.acts import AT_THE_DESK, acts_of
from states.check import cross_check, model_check
from states.check_moves import facts_read, try_moves
from states.complaint import COMPLAINT
from states.mandate import MANDATE
from states.procedures import PROCEDURES, UnknownProcedure, procedure
from states.proposal import PROPOSAL
from states.recommendation import RECOMMENDATION
from states.table import Clock, Facts, Move, Owner, Stage, StateTable, after, event
from web.messages import LANGUAGES, Messages

PACKS = ("oas", "eu")


@pytest.fixture(scope="module", params=PACKS)
def pack(request: pytest.FixtureRequest) -> Pack:
    return load_pack(Path("policies") / request.param)


@pytest.fixture(scope="module")
def oas() -> Pack:
    return load_pack(Path("policies/oas"))


def test_the_packs_we_ship_fit_the_tables(pack: Pack) -> None:
    assert cross_check(pack, PROCEDURES) == ()


def test_the_tables_we_ship_are_proved_under_each_pack(pack: Pack) -> None:
    for table in PROCEDURES:
        if table.kind in pack.kinds:
            report = model_check(table, pack)
            assert report.findings == ()
            assert report.name == table.kind
            assert report.explored > len(table.moves)


def test_the_whole_check_is_quick(oas: Pack) -> None:
    check_ladders._try_act.cache_clear()
    before = time.process_time()
    cross_check(oas, PROCEDURES)
    for table in PROCEDURES:
        model_check(table, oas)
    assert time.process_time() - before < 3, "it takes a third of a second on an idle machine"


def test_each_move_is_tried_with_every_combination_of_the_facts_it_reads() -> None:
    one_guard_of_one_fact = 2
    alone = replace(RECOMMENDATION, moves=tuple(m for m in RECOMMENDATION.moves if m.trigger == "confirm_implemented"))
    assert try_moves(alone).explored == one_guard_of_one_fact
    issue = replace(RECOMMENDATION, moves=tuple(m for m in RECOMMENDATION.moves if m.trigger == "issue"))
    assert try_moves(issue).explored == 4


@dataclass(frozen=True, slots=True)
class RoadFacts(Facts):
    dry: bool = False
    lit: bool = False
    wide: bool = False


def it_is_safe(facts: RoadFacts) -> bool:
    return facts.dry and (facts.lit or facts.wide)


def test_all_facts_of_a_guard_are_found_behind_every_branch() -> None:
    assert facts_read(it_is_safe) == {"dry", "lit", "wide"}


ROAD = StateTable(
    kind="mandate",  # so that a pack has numbers for it
    facts=RoadFacts,
    initial="here",
    stages=(Stage("here", Owner.UNIT), Stage("there", Owner.UNIT), Stage("home", final=True)),
    moves=(Move("go", "here", "there", (it_is_safe,)), Move("rest", "there", "there"), Move("enter", "there", "home")),
    clocks=(Clock("due", ("here",), ("go",)), Clock("review", ("there",), ("enter",))),
)


@pytest.fixture(scope="module")
def timed(oas: Pack) -> Pack:
    """OAS with a counted clock `due`: a given one proves nothing."""
    mandate = oas.kinds["mandate"]
    clocks = {**mandate.clocks, "due": mandate.clocks["review"]}
    return oas.model_copy(update={"kinds": {**oas.kinds, "mandate": mandate.model_copy(update={"clocks": clocks})}})


def rules(table: StateTable, pack: Pack) -> set[tuple[str, str]]:
    return {(finding.rule, finding.key) for finding in model_check(table, pack).findings}


def test_a_small_sound_table_passes(timed: Pack) -> None:
    assert rules(ROAD, timed) == set()


def test_a_date_the_matter_may_not_bring_covers_no_stage(oas: Pack) -> None:
    assert rules(ROAD, oas) == {("no_clock", "here")}


def test_unknown_states_and_doubled_keys_are_told_and_nothing_is_run_d16(timed: Pack) -> None:
    report = model_check(replace(ROAD, moves=(*ROAD.moves, Move("fly", "here", "heaven"), ROAD.moves[0])), timed)
    assert {(f.rule, f.key) for f in report.findings} == {("unknown_stage", "fly: here"), ("twice", "move: go: here")}
    assert report.explored == 0


def test_unreachable_stages_and_dead_ends_are_told_d16(timed: Pack) -> None:
    island = replace(ROAD, stages=(*ROAD.stages, Stage("island", final=True)))
    assert rules(island, timed) == {("unreachable", "island")}
    stuck = replace(ROAD, moves=(ROAD.moves[0], ROAD.moves[1]), clocks=(ROAD.clocks[0], Clock("review", ("there",), ("rest",))))
    assert {("dead_end", "there"), ("never_ends", "here")} <= rules(stuck, timed)


def test_a_duty_that_ends_before_its_stage_leaves_the_stage_without_a_clock(timed: Pack) -> None:
    early = replace(ROAD, clocks=(ROAD.clocks[0], Clock("review", ("there",), ("rest", "enter"))))
    assert rules(early, timed) == {("no_clock", "there")}
    again = replace(ROAD, clocks=(ROAD.clocks[0], Clock("review", ("there",), ("rest", "enter"), repeats=True)))
    assert rules(again, timed) == set()


def test_two_clocks_may_share_a_stage_when_one_always_runs(timed: Pack) -> None:
    relay = replace(
        ROAD,
        clocks=(ROAD.clocks[0], Clock("review", ("there",), ("rest", "enter")), Clock("noting", (after("review"),), ("enter",))),
    )
    assert rules(relay, timed) == set()
    gap = replace(relay, clocks=(*relay.clocks[:2], Clock("noting", (event("enter"),), ("enter",))))
    assert ("no_clock", "there") in rules(gap, timed)


def test_a_lapse_leads_on_whatever_the_facts_and_never_round(timed: Pack) -> None:
    lapsing = Clock("review", ("there",), lapse="enter")
    assert rules(replace(ROAD, clocks=(ROAD.clocks[0], lapsing)), timed) == set()
    guarded = replace(
        ROAD, moves=(*ROAD.moves[:2], Move("enter", "there", "home", (it_is_safe,))), clocks=(ROAD.clocks[0], lapsing)
    )
    assert ("lapse_can_be_refused", "clocks.review") in rules(guarded, timed)
    back = (Move("slip", "there", "here"), Move("drift", "here", "there"))
    circling = (Clock("due", ("here",), lapse="drift"), Clock("review", ("there",), lapse="slip"))
    assert {
        key for rule, key in rules(replace(ROAD, moves=(*ROAD.moves, *back), clocks=circling), timed) if rule == "lapses_circle"
    } == {
        "here",
        "there",
    }


def test_a_repeating_act_of_the_clock_that_stays_in_its_stage_is_no_circle(timed: Pack) -> None:
    ticking = replace(
        ROAD,
        moves=(*ROAD.moves, Move("tick", "there", "there")),
        clocks=(*ROAD.clocks, Clock("noting", ("there",), lapse="tick", repeats=True)),
    )
    assert rules(ticking, timed) == set()


def test_a_complaint_is_read_by_persons_only(oas: Pack) -> None:
    clock = COMPLAINT.clock("acknowledgement")
    by_clock = replace(COMPLAINT, clocks=tuple(replace(c, lapse="acknowledge") if c == clock else c for c in COMPLAINT.clocks))
    assert ("said_without_a_person", "acknowledge") in rules(by_clock, oas)
    by_link = replace(COMPLAINT, listens=(*COMPLAINT.listens, ("mandate.expire", "acknowledge")))
    assert ("said_without_a_person", "acknowledge") in rules(by_link, oas)


def test_every_disclosing_move_needs_its_consent_fact(oas: Pack) -> None:
    disclosing = [move for move in COMPLAINT.moves if move.discloses]
    assert {"refer", "serve_draft", "serve_findings", "ask_third_party", "act_on_danger"} == {m.trigger for m in disclosing}
    for move in disclosing:
        bare = tuple(replace(m, only_if=()) if m == move else m for m in COMPLAINT.moves)
        assert ("discloses_without_consent", f"{move.trigger}: {move.source}") in rules(replace(COMPLAINT, moves=bare), oas)


def test_silence_never_discloses(oas: Pack) -> None:
    clocks = tuple(replace(c, lapse="serve_draft") if c.name == "consent_answer" else c for c in COMPLAINT.clocks)
    assert ("discloses_by_itself", "serve_draft: draft_findings") in rules(replace(COMPLAINT, clocks=clocks), oas)


def test_a_role_without_events_or_holders_is_refused_with_file_and_key_d16(oas: Pack) -> None:
    roles = {**oas.house.roles, "ombudsperson": oas.house.roles["ombudsperson"].model_copy(update={"most": 0, "least": 0})}
    spoilt = oas.model_copy(update={"house": oas.house.model_copy(update={"roles": roles})})
    places = {(f.rule, f.file, f.key) for f in cross_check(spoilt, PROCEDURES)}
    assert ("nobody_can_hold", "oas/office.toml", "roles.ombudsperson") in places
    assert ("granted_to_no_role", "oas/complaint.toml", "access.acknowledge") in places
    assert ("nobody_can_hold", "oas/office.toml", "roles.case_officer.overseer") in places


def test_an_overseer_who_is_not_there_is_a_finding_and_no_crash_d16_d20(oas: Pack) -> None:
    roles = {**oas.house.roles, "ombudsperson": oas.house.roles["ombudsperson"].model_copy(update={"overseer": "gardener"})}
    spoilt = oas.model_copy(update={"house": oas.house.model_copy(update={"roles": roles})})
    places = {(f.rule, f.key) for f in cross_check(spoilt, PROCEDURES)}
    assert {("nobody_can_hold", "roles.ombudsperson.overseer"), ("several_chairs", "roles")} <= places
    assert {f.rule for f in model_check(COMPLAINT, spoilt).findings} <= {"misses_the_chair", "reaches_nobody"}


def test_a_kind_without_a_table_and_a_table_without_a_kind(oas: Pack) -> None:
    missing = cross_check(oas, [table for table in PROCEDURES if table is not MANDATE])
    assert ("kind_unknown", "oas/office.toml", "kinds") in {(f.rule, f.file, f.key) for f in missing}
    eu = load_pack(Path("policies/eu"))
    assert PROPOSAL.kind not in eu.kinds
    assert cross_check(eu, PROCEDURES) == ()


def test_an_unknown_procedure_names_those_there_are() -> None:
    with pytest.raises(UnknownProcedure) as refused:
        procedure("petition")
    named = "complaint, consultation, recommendation, mediation, protection, upward_feedback, own_initiative, "
    named += "mandate, proposal, meeting, report, transmittal"
    assert refused.value.params["procedures"] == named


def rules_in_code() -> Iterator[str]:
    """Every rule named in the checks, read from their source."""
    for module in (check_findings, check_ladders, check_moves, check_policy, check_shape, check_time):
        text = Path(str(module.__file__)).read_text(encoding="utf-8")
        yield from re.findall(r'(?:found\(|yield |if trigger in table.lapses else )"([a-z_]+)"', text)
    yield from (f"{what}_{how}" for what in ("clock", "pause", "access") for how in ("missing", "unknown"))
    yield "lapse_by_people"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_has_its_sentence(language: str) -> None:
    messages = Messages(language)
    found = set(rules_in_code())
    assert len(found) > 50
    assert [rule for rule in sorted(found) if f"finding.{rule}" not in messages] == []


def with_kind(pack: Pack, kind: str, **change: object) -> Pack:
    return pack.model_copy(update={"kinds": {**pack.kinds, kind: pack.kinds[kind].model_copy(update=change)}})


@pytest.mark.parametrize("act", AT_THE_DESK)
def test_a_pack_that_misses_an_act_besides_moves_is_refused_with_file_key_and_reason(oas: Pack, act: str) -> None:
    access = {name: grants for name, grants in oas.kinds["complaint"].access.items() if name != act}
    (finding,) = cross_check(with_kind(oas, "complaint", access=access), PROCEDURES)
    assert (finding.rule, finding.file, finding.key) == ("access_missing", "oas/complaint.toml", f"access.{act}")
    assert all(act in Messages(language).say(finding.said) for language in LANGUAGES)


def test_an_unknown_act_and_an_act_without_a_seat_are_refused(oas: Pack) -> None:
    access = oas.kinds["consultation"].access
    for grants, rule, act in (
        (("ombudsperson:seat",), "access_unknown", "pause"),  # a consultation has no pauses
        (("ombudsperson:seat",), "access_unknown", "browse"),
        (("ombudsperson:any",), "act_without_seat", "note"),
        (("complainant:self",), "act_without_seat", "recuse"),
        ((), "granted_to_nobody", "hold"),
    ):
        spoilt = with_kind(oas, "consultation", access={**access, act: grants})
        assert {(f.rule, f.key) for f in cross_check(spoilt, PROCEDURES)} == {(rule, f"access.{act}")}


def test_no_procedure_has_a_move_that_is_called_like_an_act_besides_moves() -> None:
    assert [table.kind for table in PROCEDURES if set(table.triggers) & set(acts_of(table))] == []


def test_a_waiver_of_a_clock_that_is_not_there_is_refused(oas: Pack) -> None:
    rule = next(iter(oas.kinds["complaint"].waivers.values()))
    spoilt = with_kind(oas, "complaint", waivers={"acknowledgment": rule})
    assert {(f.rule, f.file, f.key) for f in cross_check(spoilt, PROCEDURES)} == {
        ("waiver_unknown", "oas/complaint.toml", "waivers.acknowledgment")
    }


def test_in_the_packs_we_ship_what_protects_her_and_what_lapses_is_never_waived(pack: Pack) -> None:
    hers = {"acknowledgement", "feedback", "extended_feedback", "reply_owed", "consent_answer", "second_look", "review"}
    for table in PROCEDURES:
        if table.kind in pack.kinds:
            waivable = set(pack.kinds[table.kind].waivers)
            assert waivable & {clock.name for clock in table.clocks if clock.lapse} == set()
            assert not table.sealed or waivable & hers == set()
    assert pack.kinds["consultation"].waivers == {}
