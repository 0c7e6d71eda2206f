"""The worker carries the post, and carries it before it judges what is late."""

import asyncio
import math
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from flows.offices import office_of
from flows.post import carry_post
from flows.worker import Worker
from tests.actions.test_served_letters import agreed, answer, drafting, letter_id, only, post
from tests.fixtures.letter_post import LetterPost
from tests.fixtures.visitors import at_desk, come, state

__all__ = ["post"]  # a fixture


@pytest.fixture
def worker(letter_post: LetterPost, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Worker]:
    """A worker of this process on both databases, with Prefect away and no other chores to do."""
    for name, database in (("house", letter_post.house.stage.database), ("ombuds", letter_post.ombuds.database)):
        (tmp_path / name).write_text(database.url(f"{name}_flows"))
        monkeypatch.setenv(f"AMPARO_{name.upper()}_URL_FILE", str(tmp_path / name))
    monkeypatch.setenv("AMPARO_ENVIRONMENT", "test")
    office_of.cache_clear()
    made = Worker("test")
    made._prefect_away_until = made._chores_at = math.inf
    yield made
    for name in ("house", "ombuds"):
        office_of(name).engine.dispose()
    office_of.cache_clear()


def test_after_an_outage_the_post_comes_before_the_deadlines(post: LetterPost, worker: Worker):
    stage, guest = post.ombuds, drafting(post)
    at_desk(stage, "head", guest.matter, "conclude_without_names", text="So it is.", names_nobody=True)
    at_desk(stage, "head", guest.matter, "recommend", text="A draft.")
    matter = UUID(str(only(post, "SELECT id FROM matter WHERE kind = 'recommendation'")))
    at_desk(stage, "head", matter, "issue", consent=agreed(post, guest, "luis", "issue"))
    answer_by = only(post, "SELECT answer_by FROM letter")
    assert isinstance(answer_by, date)
    post.to_day(answer_by)
    post.carry()
    answer(post, "luis", letter_id(post), "Half of it.")
    post.to_day(date(2017, 1, 10))  # nobody looked for months: the clock of the answer is long over
    asyncio.run(worker._look())
    assert state(stage, matter) == "replied"
    assert only(post, "SELECT count(*) FROM event WHERE trigger = 'pass_without_reply'") == 0


def test_the_flow_tells_prefect_counts_alone(letter_post: LetterPost, worker: Worker):
    letter_post.serve(come(letter_post.ombuds).matter, "secretary_general")
    letter_post.to_day(date(2016, 9, 2))
    assert worker is not None
    assert asyncio.run(carry_post.fn("ombuds")) == {"carried": 1, "again": 0, "failed": 0}
    assert asyncio.run(carry_post.fn("ombuds")) == {"carried": 0, "again": 0, "failed": 0}
