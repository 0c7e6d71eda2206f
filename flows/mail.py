"""Mails: what goes out by the calendar is put into the outbox, and what waits there is sent. Thin; counts only."""

from asyncio import to_thread
from dataclasses import asdict
from typing import Literal

from prefect import flow

from actions.kernel.sweep import note_error
from actions.mail import BATCH, Smtp, send_waiting
from actions.notices import due_notices
from flows.offices import office_of
from flows.safe import SafeError
from settings import Settings


def smtp_of(settings: Settings) -> Smtp | None:
    """The mail server of this process's settings; None: none is configured, and mails wait. Raises MailInClear."""
    if settings.smtp_host is None:
        return None
    return Smtp(settings.smtp_host, settings.smtp_port, settings.smtp_from, settings.smtp_starttls)


@flow(name="mail", persist_result=False, log_prints=False)
async def send_mail(database: Literal["house", "ombuds"] = "house", batch: int = BATCH) -> dict[str, int]:
    """Send what waits in one outbox. Safe to run late, twice, or beside another. No server configured: nothing is tried."""
    office = office_of(database)
    try:
        smtp = smtp_of(Settings())
        if smtp is None:
            return {}
        posted = await to_thread(send_waiting, office, smtp, batch)
    except Exception as error:  # noqa: BLE001  # Prefect would keep its text: it leaves as a code
        ref = await to_thread(note_error, office, "mail", error)
        raise SafeError("mail_failed", ref=str(ref)) from None
    return asdict(posted)


@flow(name="notices", persist_result=False, log_prints=False)
async def make_notices(database: Literal["house", "ombuds"] = "ombuds") -> dict[str, int]:
    """Put the mails of the calendar whose hour has come into the outbox. Safe to run late, twice, or beside another."""
    office = office_of(database)
    try:
        made = await to_thread(due_notices, office)
    except Exception as error:  # noqa: BLE001  # as above
        ref = await to_thread(note_error, office, "notices", error)
        raise SafeError("notices_failed", ref=str(ref)) from None
    return {"made": made}
