"""What the worker does beside deadlines as it comes: effects, mails, ledger, retention, reports; by a flow or directly."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Literal

from actions.effects import apply_effects, due_effects
from actions.ledger import due_fold
from actions.letter_mails import addressee_mails
from actions.mail import anything_to_send, send_waiting
from actions.notices import due_notices
from actions.office import Office
from actions.posting import due_post, keep_post
from actions.report_mails import tell_holds
from actions.reporting import due_reports
from actions.retention import due_retention, keep_house
from actions.terms import due_terms, follow_terms
from flows.effects import take_effect
from flows.ledger import fold_ledger, fold_now
from flows.mail import send_mail, smtp_of
from flows.post import carry_now, carry_post
from flows.reports import put_out_reports, reports_now
from flows.retention import retention
from settings import Settings

Database = Literal["house", "ombuds"]


@dataclass(frozen=True, slots=True)
class Chore:
    """Something to be done when `is_due` says so: through Prefect by `flow`, or by `direct` while that is away."""

    name: str
    is_due: Callable[[Office], bool]
    flow: Callable[[Database], Awaitable[Any]]
    direct: Callable[[Office], object]
    aside: bool = False
    """It can take minutes: it is done beside everything else, once at a time a database."""


def _send(office: Office) -> None:
    smtp = smtp_of(Settings())
    if smtp is not None:
        send_waiting(office, smtp)


def _may_send(office: Office) -> bool:
    return Settings().smtp_host is not None and anything_to_send(office)


async def _keep(_: Database) -> object:
    return await retention()


POST = Chore("post", due_post, carry_post, carry_now)
"""Also done before deadlines: what lies in the post was there before they are judged."""
CHORES = (
    POST,
    Chore("effects", due_effects, take_effect, apply_effects),
    Chore("ledger", due_fold, fold_ledger, fold_now),
    Chore("retention", due_retention, _keep, keep_house),
    Chore("mail", _may_send, send_mail, _send),
    Chore("reports", due_reports, put_out_reports, reports_now, aside=True),
)


def put_notices(office: Office) -> None:
    """Put the mails of the calendar, and of reports that are held, into the outbox, look through the post once a day, and see
    whose time in office ends or is over. Too small for a flow of its own; an operator can run `notices` by hand.
    """
    due_notices(office)
    tell_holds(office)
    addressee_mails(office)
    keep_post(office)
    if due_terms(office):
        follow_terms(office)
