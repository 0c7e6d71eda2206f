"""The office's instant jumps ten years: nobody looked for so long, and catching up still comes to its end."""

import time
from datetime import UTC, date, datetime
from uuid import UUID

from actions.kernel.move import move, open_kind
from actions.kernel.sweep import sweep
from actions.kinds.house import GivenDay, HousePayload
from actions.kinds.mandate import Assign, Register
from actions.kinds.proposal import Draft, Referral
from policies.rules import Ladder
from tests.chaos.stages import SHELF, assert_sound, opened, planted
from tests.fixtures.databases import Server
from tests.fixtures.offices import Stage

MATTERS = 12
LATER = datetime(2025, 6, 16, 17, tzinfo=UTC)
WORKING_DAYS = 2610  # of ten years, without any holiday: 261 a year
LONGEST = 120.0  # seconds


def plant(stage: Stage) -> None:
    planner = stage.people["planner"]
    for number in range(MATTERS):
        sunset = GivenDay(on=date(2016, 7, 31)) if number % 3 == 0 else None
        due = GivenDay(on=date(2015, 7, 31))
        payload = Register(symbol=f"AG/RES. {number}", title="t", issued_by="GA", source="s", due=due, sunset=sunset)
        mandate = open_kind(stage.office, "mandate", payload, by=planner).id
        if number % 2:
            move(stage.office, mandate, "assign", Assign(unit="OSG"), by=planner)
            move(stage.office, mandate, "start", HousePayload(), by=planner)
        answer = Draft(title="t", proposer="SG", mandate=mandate, source="s")
        proposal = open_kind(stage.office, "proposal", answer, by=planner).id
        if number % 4 == 0:
            move(stage.office, proposal, "submit", Referral(body="PC"), by=planner)


def most_of(ladder: Ladder) -> int:
    """How often a ladder can fire in ten years: each rung once, one that comes again as often as it fits, and a lapse."""
    return 2 + sum(1 + WORKING_DAYS // rung.repeat_every if rung.repeat_every else 1 for rung in ladder.rungs)


def test_after_ten_years_catching_up_ends_with_bounded_rows_and_the_newest_notice_only(database_server: Server) -> None:
    with planted(database_server, plant) as house, opened(house) as stage:
        stage.absent("planner", date(2015, 7, 1))
        before = {row[0] for row in stage.rows("SELECT dedup FROM outbox")}
        stage.move_to(LATER)
        began = time.monotonic()
        counts = sweep(stage.flows)
        assert time.monotonic() - began < LONGEST
        assert (counts.failed, counts.dead) == (0, 0)
        assert counts.lapsed == MATTERS / 3
        assert sweep(stage.flows).fired == 0
        assert counts.fired == stage.rows("SELECT count(*) FROM rung_fired")[0][0]
        assert_sound(stage, settled=True)
        assert_bounded(stage)
        assert_newest_only(stage, before)


def assert_bounded(stage: Stage) -> None:
    kinds, ladders = SHELF.pack.kinds, SHELF.pack.ladders
    for kind, clock, fired in stage.rows(
        "SELECT m.kind, c.name, count(*) FROM rung_fired f JOIN clock c ON c.id = f.clock_id "
        "JOIN matter m ON m.id = c.matter_id GROUP BY c.id, m.kind, c.name"
    ):
        assert int(str(fired)) <= most_of(ladders[kinds[str(kind)].clocks[str(clock)].ladder])
    assert stage.rows("SELECT max(round) FROM rung_fired")[0][0] >= 100, "nothing came again and again: nothing was tried"


def assert_newest_only(stage: Stage, before: set[object]) -> None:
    """Of all that fired of a clock, a person is told of the newest that reached them."""
    told = stage.rows("SELECT split_part(dedup, ':', 1)::uuid, person_id, dedup FROM outbox")
    told = [row for row in told if row[2] not in before]
    newest: dict[tuple[UUID, UUID], str] = {}
    for clock, person, rung, turn in stage.rows(
        "SELECT clock_id, person_id, rung, round FROM rung_fired WHERE person_id IS NOT NULL ORDER BY due_at"
    ):
        newest[UUID(str(clock)), UUID(str(person))] = f"{clock}:{rung}:{turn}"
    assert {(row[0], row[1]): row[2] for row in told} == newest
    assert len(told) == len(newest)
