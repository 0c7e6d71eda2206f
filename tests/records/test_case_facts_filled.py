"""Migration 0037 gives matters that are there already the spells, marks and tallies they would have got as they moved."""

from datetime import date

from records import migrate
from tests.fixtures.ombuds_office import OmbudsStage
from tests.fixtures.visitors import at_desk, come, on_rung, opened_by

KEPT = {
    "case_spell": "SELECT * FROM case_spell ORDER BY 1, 2",
    "case_mark": "SELECT * FROM case_mark ORDER BY 1, 2, 3",
    "tally": "SELECT * FROM tally WHERE kind NOT LIKE '%.clocks' AND kind NOT LIKE '%.rungs' ORDER BY 2, 1, 3",
}


def kept(stage: OmbudsStage) -> dict[str, object]:
    return {table: stage.rows(query) for table, query in KEPT.items()}


def test_what_is_filled_is_what_would_have_been_written(ombuds_office: OmbudsStage):
    stage = ombuds_office
    guest, talk, gone, waiting = come(stage), come(stage, "consultation"), come(stage), come(stage)
    who = on_rung(stage, guest.matter, 0)
    opened_by(stage, who, guest.matter)
    for trigger in ("acknowledge", "screen", "inquire"):
        at_desk(stage, who, guest.matter, trigger)
    at_desk(stage, who, guest.matter, "draft", text="So it is.")
    at_desk(stage, who, guest.matter, "conclude_without_names", text="So it is.", names_nobody=True)
    at_desk(stage, who, guest.matter, "recommend", text="Move her desk.", to="Human Resources")
    stage.to_day(date(2016, 9, 20))
    at_desk(stage, who, guest.matter, "close", ground="findings_given", text="Farewell.")
    guest.does("message", text="They moved my desk away.")
    guest.does("request_review")
    reviewer = stage.rows("SELECT person_id FROM responsibility WHERE matter_id = :m AND until_at IS NULL", m=guest.matter)
    other = next(name for name, person in stage.people.items() if person == reviewer[0][0])
    at_desk(stage, other, guest.matter, "reopen")
    gone.does("withdraw_stop")
    talk.does("stop")
    before = kept(stage)
    assert [len(rows) for rows in before.values()] == [6, 3, 3]
    assert waiting.matter in {row[0] for row in before["case_spell"]}  # type: ignore[attr-defined]  # rows of a table
    url = stage.database.owner_url
    migrate.downgrade(url, "0036")
    migrate.upgrade(url)
    assert kept(stage) == before
