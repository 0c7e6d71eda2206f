"""The mail flows are thin: settings in, counts out, and an error leaves as a code."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from actions.mail import MailInClear
from flows.mail import make_notices, send_mail, smtp_of
from flows.offices import office_of
from flows.safe import SafeError
from settings import Settings
from tests.fixtures.ombuds_office import OmbudsStage
from tests.fixtures.post import Post

Env = pytest.MonkeyPatch
EMPTY = {"sent": 0, "failed": 0, "stuck": 0, "closed": 0}


@pytest.fixture
def env(ombuds_office: OmbudsStage, tmp_path: Path, monkeypatch: Env) -> Iterator[Env]:
    """The worker's own settings: the address of its role, and no mail server yet."""
    (tmp_path / "url").write_text(ombuds_office.database.url("ombuds_flows"))
    monkeypatch.setenv("AMPARO_OMBUDS_URL_FILE", str(tmp_path / "url"))
    monkeypatch.setenv("AMPARO_ENVIRONMENT", "test")
    office_of.cache_clear()
    yield monkeypatch
    office_of("ombuds").engine.dispose()
    office_of.cache_clear()


def run(flow: Any) -> dict[str, int]:
    return asyncio.run(flow.fn("ombuds"))


def test_the_two_flows_make_and_send_the_days_mail(env: Env, post: Post) -> None:
    assert run(make_notices) == {"made": 4}
    assert run(send_mail) == {}  # no server is configured: they wait
    env.setenv("AMPARO_SMTP_HOST", "127.0.0.1")
    env.setenv("AMPARO_SMTP_PORT", str(post.controller.port))
    env.setenv("AMPARO_SMTP_STARTTLS", "false")
    assert run(send_mail) == EMPTY | {"sent": 4}
    assert (run(make_notices), run(send_mail)) == ({"made": 0}, EMPTY)
    assert len(post.mails) == 4


@pytest.mark.parametrize(("flow", "code"), [(send_mail, "mail_failed"), (make_notices, "notices_failed")])
def test_an_error_leaves_as_a_code_and_a_reference(
    ombuds_office: OmbudsStage, env: Env, flow: Any, code: str, post: Post
) -> None:
    env.setenv("AMPARO_SMTP_HOST", "127.0.0.1")
    env.setenv("AMPARO_SMTP_STARTTLS", "false")
    with ombuds_office.owner.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE outbox RENAME TO hidden")
    with pytest.raises(SafeError) as failed:
        run(flow)
    assert str(failed.value).startswith(f"{code} ref=")
    assert failed.value.__cause__ is None
    assert failed.value.__suppress_context__
    assert ombuds_office.rows("SELECT count(*) FROM trouble") == [(1,)]


def test_a_server_that_would_be_spoken_to_in_clear_is_refused(env: Env) -> None:
    env.setenv("AMPARO_SMTP_HOST", "mail.house.example")
    env.setenv("AMPARO_SMTP_STARTTLS", "false")
    with pytest.raises(MailInClear):
        smtp_of(Settings())
    with pytest.raises(SafeError, match="mail_failed"):
        run(send_mail)
