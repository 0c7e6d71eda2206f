"""The mail to addressees: once a week the same few words, whether or not anything waits for them.

It goes to everybody who has a letter key, at the policy's hour of its weekday, and to nobody for a reason: neither a letter nor
an answer makes a mail, moves one, or keeps one back.
"""

from datetime import timedelta
from typing import Final

from actions.notices import Moment, iso_week, moment_at
from actions.office import Office
from policies.letters import LetterRules
from records import addressees, mailing
from records.books import Books
from records.mailing import Standing

ADDRESSEE_MAIL: Final = "notice.addressee_week"


def addressee_mails(office: Office) -> int:
    """Put this week's mails into the outbox, unless they are there; return how many are new. For every tick.

    After an outage only the newest is made. In the office's own database there are none.
    """
    if office.database != "house":
        return 0
    with office.open() as books:
        rules = books.pack.letters
        return 0 if rules is None else _put(books, rules, _moment(books, rules))


def _put(books: Books, rules: LetterRules, moment: Moment) -> int:
    week, params = iso_week(moment.day), {"at": moment.at.isoformat()}
    people = addressees.in_office(books, rules.addressee, moment.day)
    mails = [
        Standing(person, f"addressee:{week}:{person}", ADDRESSEE_MAIL, params)
        for person in sorted(mailing.added_before(books, people, moment.at))
    ]
    there = mailing.known(books, [mail.dedup for mail in mails]) if mails else set()
    fresh = [mail for mail in mails if mail.dedup not in there]
    for mail in fresh:
        mailing.put_standing(books, mail)
    return len(fresh)


def _moment(books: Books, rules: LetterRules) -> Moment:
    """The newest day of the policy's weekday whose hour has come, working day or not."""
    day = books.today - timedelta(days=(books.today.weekday() - rules.mail_weekday) % 7)
    moment = moment_at(books, day, rules.mail_hour)
    return moment if moment.at <= books.now else moment_at(books, day - timedelta(days=7), rules.mail_hour)
