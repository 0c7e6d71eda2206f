"""How the installation runs, at the council's door: who may see it, what it says, and that it names no matter and no person."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from nacl.signing import SigningKey

from actions.ledger import fold, newest_head
from actions.people import appoint
from tests.api.test_council_mandates import M2876
from tests.api.test_page_bridge import PAGE, browser
from tests.fixtures.doors import CouncilDoor

REGISTERS = ("mandates", "proposals", "meetings", "documents", "officers", "reports", "structure")


@pytest.fixture
def operated(council_door: CouncilDoor) -> CouncilDoor:
    """The lawyer keeps the installation instead, and the chief of staff audits."""
    for who, role in (("lawyer", "operator"), ("staff_chief", "auditor")):
        person = council_door.stage.people[who]
        council_door.stage.rows("UPDATE appointment SET role = :role WHERE person_id = :who RETURNING 1", role=role, who=person)
    return council_door


def lines(door: CouncilDoor, who: str = "lawyer") -> dict[str, dict[str, object]]:
    told = door.client(who).get("/v1/operator").json()
    return {line["name"]: line for group in told["groups"] for line in group["lines"]}


def sweep_at(door: CouncilDoor, instant: datetime) -> None:
    door.stage.rows(
        "INSERT INTO sweep_run (id, began_at, office_at, through) VALUES (:id, :at, :at, 'direct') RETURNING 1",
        id=uuid4(),
        at=instant,
    )


def test_operator_and_auditor_see_it_and_nobody_else_s05(operated: CouncilDoor):
    for who in operated.stage.people:
        expected = 200 if who in ("lawyer", "staff_chief") else 403
        assert operated.client(who).get("/v1/operator").status_code == expected, who
        page = browser(operated, who).get("/operator")
        assert (page.status_code, "Newest head" in page.text) == (expected, expected == 200), who
        assert ('href="/operator"' in browser(operated, who).get("/").text) is (expected == 200), who


def test_the_operator_sees_nothing_of_what_the_house_holds(operated: CouncilDoor):
    planner = operated.client("planner")
    matter = planner.post("/v1/mandates", json=M2876).json()["id"]
    client = browser(operated, "lawyer")
    for register in REGISTERS:
        page = client.get(f"/{register}")
        assert page.status_code in (403, 404), register
        assert operated.client("lawyer").get(f"/v1/{register}").status_code == 403, register
    assert client.get(f"/mandates/{matter}").status_code in (403, 404)
    first = client.get("/").text
    assert [register for register in REGISTERS if f'href="/{register}"' in first] == []
    for place in ("/", "/operator", "/v1/operator"):
        shown = client.get(place).text
        assert [mark for mark in (matter, M2876["title"], "Planner", "planner@house") if mark in shown] == [], place


def test_a_quiet_house_says_so_and_alarms_stand_on_top_with_what_to_do(operated: CouncilDoor):
    now = datetime.now(UTC)
    sweep_at(operated, now - timedelta(minutes=2))
    told = operated.client("lawyer").get("/v1/operator").json()
    assert (told["well"], told["runs"][0]["through"]) == (True, "direct")
    stage = operated.stage
    stage.rows(
        "INSERT INTO outbox (id, dedup, person_id, key, params, made_at, stuck)"
        " VALUES (:id, 'x', :who, 'mail.x', '{}', now(), true) RETURNING 1",
        id=uuid4(),
        who=stage.people["planner"],
    )
    stage.rows("""INSERT INTO trouble (ref, at, "where", what) VALUES (:id, now(), 'sweep', 'NotOurs') RETURNING 1""", id=uuid4())
    found = lines(operated)
    assert {name for name, line in found.items() if line["alarm"]} == {"outbox_stuck", "troubles_of_a_day"}
    page = browser(operated, "lawyer").get("/operator?lang=es").text
    assert "2 cosas requieren su atención" in page
    assert "NotOurs" in page
    assert "amparo people list" in page


def test_no_sweep_for_a_quarter_of_an_hour_is_an_alarm(operated: CouncilDoor):
    assert lines(operated)["newest_sweep"]["alarm"] is True
    sweep_at(operated, datetime.now(UTC) - timedelta(minutes=16))
    line = lines(operated)["newest_sweep"]
    assert (line["alarm"], line["said"]) == (True, "16 min ago")
    sweep_at(operated, datetime.now(UTC) - timedelta(minutes=3))
    assert lines(operated)["newest_sweep"]["alarm"] is False


def test_the_ledgers_day_its_head_and_what_waits_are_told_by_a_role_that_reads_no_entry(operated: CouncilDoor):
    operated.client("planner").post("/v1/mandates", json=M2876)
    assert lines(operated)["ledger_waiting"]["value"] == 1
    assert lines(operated)["ledger_head"]["value"] is None
    operated.stage.to_day(date(2015, 6, 17))
    fold(operated.stage.flows, SigningKey.generate())
    found = lines(operated)
    assert (found["ledger_waiting"]["value"], found["ledger_closed_to"]["value"]) == (0, "2015-06-16")
    assert found["ledger_head"]["value"] == newest_head(operated.stage.flows).head.root.hex()
    operated.stage.rows("UPDATE ledger_head SET office_date = '2015-07-01' RETURNING 1")
    assert lines(operated)["ledger_trouble"]["alarm"] is True


def test_every_unverified_value_is_told_with_its_file(operated: CouncilDoor):
    told = operated.client("staff_chief").get("/v1/operator").json()["unverified"]
    assert ("office.toml", "operating") in {(one["file"], one["key"]) for one in told}
    assert len(told) == lines(operated)["unverified_policy_values"]["value"]
    assert all(one["source"] and one["file"].endswith(".toml") for one in told)


def test_somebody_is_made_operator_as_others_are(operated: CouncilDoor):
    appoint(operated.owner, "mission", "operator")
    assert operated.client("mission").get("/v1/operator", headers=PAGE).status_code == 200
