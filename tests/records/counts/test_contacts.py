"""Talks on slips, talks that became counts, talks counted alone: each is one visitor, once; and the office's own figures."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from actions import office_record, outreach
from actions.contacts import count_only, write
from actions.contacts_shapes import Slip
from actions.office_record_shapes import IndependenceEntry, OutreachLine
from policies.pack import PACKS, load_pack
from policies.reports import ReportPeriod
from policies.said import Said
from records.office_record import Noted, noted
from reports.frame import Frame
from reports.ombuds.basis import entries
from reports.ombuds.basis import outreach as reached
from reports.shape import Origin
from tests.fixtures.counting import YEAR, add_up, cells, counts_of, reports_office, rules_of
from tests.fixtures.months import sweep_days
from tests.fixtures.ombuds_office import OmbudsStage
from web.messages import Messages

SEPTEMBER = {"month": "2016-09", "channel": "phone", "language": "es", "issues": ["2H", "8E"], "done": ["listened", "options"]}
OCTOBER = (
    SEPTEMBER
    | {"month": "2016-10", "channel": "walk_in", "issues": ["2H"], "done": ["listened"], "region": "caribbean"}
    | {
        "language": "pt",
        "personnel": "intern",
    }
)
POLICY = rules_of(load_pack(PACKS / "oas").reports).reports["ombuds"]
ORIGIN = Origin(taken_on=date(2017, 1, 31), policy_edition="x", unverified=0)
NOTED = (
    *(f"contacts_by_{one}" for one in ("channel", "region", "language", "personnel")),
    "contact_issues",
    "contact_done",
)


def written(stage: OmbudsStage, who: str, told: Mapping[str, object]) -> None:
    write(stage.desk, Slip.model_validate(told), by=stage.callers[who])


def visitors(stage: OmbudsStage, *, apart: bool = False) -> dict[str, dict[tuple[str, ...], int]]:
    counts = counts_of(stage, apart=apart)
    assert set(add_up(counts).values()) == {0}
    return {name: cells(counts.table(f"visitors_{name}")) for name in ("open_at_start", "received", "closed", "open_at_end")}


def test_each_talk_is_one_visitor_before_and_after_it_becomes_a_count(ombuds_office: OmbudsStage):
    stage = ombuds_office
    for who in ("head", "officer_a", "alternate"):
        written(stage, who, SEPTEMBER)
    count_only(stage.desk, date(2016, 9, 1), by=stage.callers["officer_b"])
    before = visitors(stage), visitors(stage, apart=True)
    sweep_days(stage, date(2016, 10, 25), date(2016, 10, 31))
    assert stage.rows("SELECT count(*) FROM contact_slip") == [(0,)]
    assert (visitors(stage), visitors(stage, apart=True)) == before
    assert before[0] == {
        "open_at_start": {},
        "received": {("contact",): 3},
        "closed": {("contact", "talked"): 3},
        "open_at_end": {},
    }
    assert before[1]["received"] == {("contact",): 1}
    written(stage, "officer_a", OCTOBER)
    counts = counts_of(stage)
    assert {name: cells(counts.table(name)) for name in NOTED} == {
        "contacts_by_channel": {("phone",): 2, ("walk_in",): 1},
        "contacts_by_region": {("caribbean",): 1, ("unknown",): 2},
        "contacts_by_language": {("es",): 2, ("pt",): 1},
        "contacts_by_personnel": {("intern",): 1, ("unknown",): 2},
        "contact_issues": {("2H",): 3, ("8E",): 2},
        "contact_done": {("listened",): 3, ("options",): 2},
    }
    half, apart = counts_of(stage, ReportPeriod.named("2016-H2")), counts_of(stage, apart=True)
    for other in (half, apart):
        assert not {table.name for table in other.tables} & set(NOTED)
    assert cells(half.table("visitors_received")) == {("contact",): 4}


def test_what_the_office_noted_of_itself_is_counted_by_its_day(ombuds_office: OmbudsStage):
    stage, head = ombuds_office, ombuds_office.callers["head"]
    pressed = {"kind": "interference", "on": "2016-08-20", "text": "x"}
    for told in (pressed, pressed | {"on": "2015-12-31"}):
        office_record.record(stage.desk, IndependenceEntry.model_validate(told), by=head)
    line = {"on": "2016-08-30", "sort": "briefing", "region": "caribbean", "language": "en"}
    for more in ({"people": 14}, {"people": 6}, {}, {"on": "2015-12-31", "people": 9}):
        outreach.record(stage.desk, OutreachLine.model_validate(line | more), by=head)
    with reports_office(stage) as office, office.open() as books:
        found = noted(books, YEAR.first, YEAR.last)
    assert found == Noted({"interference": 1}, {"briefing": 3}, 20)
    frame = Frame(
        kind="ombuds", period=YEAR, edition="2016.1", house="oas", policy=POLICY, contents="words", origin=ORIGIN, noted=found
    )
    said = [Messages("en").say(Said(one.key, dict(one.facts))) for one in (*entries(frame), *reached(frame))]
    assert said == [
        "Written down by us: Interference attempted, 1.",
        "Briefing: 3.",
        "People reached, as far as we counted them: 20.",
    ]
    nothing = replace(frame, noted=Noted({}, {}, 0))
    said = [Messages("en").say(Said(one.key, dict(one.facts))) for one in (*entries(nothing), *reached(nothing))]
    assert said == ["We wrote down nothing that stood in our way.", "We logged no outreach."]
    unkept = replace(frame, noted=None)
    assert [*entries(unkept), *reached(unkept)] == []
