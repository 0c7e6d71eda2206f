"""Mails about reports: that one is there, that one is held. Never what is in it, never why.

All are put by the flows: the desk's role can write nothing into the outbox, and a mail is no part of an act of hers. What was
held is found in the history of the report, so that a hold is told although it was let go before anybody looked, and told once.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final
from uuid import UUID

from actions.kinds.transmittal import COUNCIL
from actions.notices import REPORT_HELD, REPORT_OUT, chair_role
from actions.office import Office
from records import mailing, people, transmittal
from records.books import Books
from records.mailing import HeldReport, Standing

"""The receiver that stands for every mission."""
MISSION: Final = "mission"
"""The role of the members' delegations in the house."""


def tell_holds(office: Office) -> int:
    """Tell the chair of each hold of a report, once; return how many mails are new. For every look: safe to call often, late,
    or beside another. In the house nobody holds anything.
    """
    if office.database != "ombuds":
        return 0
    with office.open() as books:
        return _told(books, mailing.untold_holds(books))


def _told(books: Books, holds: Sequence[HeldReport]) -> int:
    """The mail says that a report is held: not why, not which, no number. Who chaired on the day of the hold is told; where
    nobody did, whoever chairs now, and while nobody does, the hold waits for the next who does.
    """
    mails = [
        Standing(who, hold.dedup, REPORT_HELD, {"at": hold.recorded_at.isoformat()})
        for hold in holds
        for who in _chairs(books, hold.effective_on) or _chairs(books, books.today)
    ]
    return mailing.put_new(books, mails)


def _chairs(books: Books, on: date) -> list[UUID]:
    role = chair_role(books.pack)
    return [each.person_id for each in people.serving(books, on) if each.role == role]


def tell_receivers(books: Books, matter_id: UUID) -> int:
    """Tell whoever a transmitted report goes to that it is there; return how many mails are new. For the house.

    Each mission, where it goes to the Council; otherwise the one role, as the annex goes to the chair. Of the report the mail
    names the series as everybody knows it, and nothing else.
    """
    sent = transmittal.detail(books, matter_id)
    role = MISSION if sent.receiver == COUNCIL else sent.receiver
    receivers = sorted({each.person_id for each in people.serving(books, books.today) if each.role == role})
    params = {"at": books.now.isoformat(), "series": sent.series}
    return mailing.put_new(books, [Standing(who, f"report_out:{matter_id}:{who}", REPORT_OUT, params) for who in receivers])
