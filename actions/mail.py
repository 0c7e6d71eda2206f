"""The post room: takes what waits in the outbox to the one configured mail server. A mail is sent once the server says so.

A mail tells that there is something to look at, never what: no title, no name, no host, no way to answer.
"""

import smtplib
import ssl
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from email.utils import format_datetime
from enum import StrEnum
from functools import cache
from hashlib import blake2b
from re import compile as pattern
from typing import ClassVar, Final

import structlog

from actions.letter_mails import ADDRESSEE_MAIL
from actions.notices import CHAIR_NOTE, DESK_MAIL, REPORT_HELD, REPORT_OUT, STANDING, Band
from actions.office import Office
from policies.refusal import Refusal
from policies.said import Said
from records import mailing, outbox
from records.books import Books
from records.mailing import Mail
from records.vault import Secret
from web.messages import DEFAULT, LANGUAGES, MessageError, Messages

BATCH: Final = 50
MOST_ATTEMPTS: Final = 10
"""After so many failures a mail is stuck, and the operator's status says so. With the delays below: after about four hours."""
FIRST_DELAY: Final = timedelta(minutes=1)
LONGEST_DELAY: Final = timedelta(hours=1)
TIMEOUT: Final = 20.0
"""Seconds the server may be silent."""
_MOST_CUTS: Final = 3
"""Connections cut in the middle of a mail before it is taken for the server's trouble and not the mail's."""
_ADDRESS: Final = pattern(r"[^@\s,;<>]+@[^@\s,;<>]+")
_NAMED: Final = STANDING | {REPORT_OUT, ADDRESSEE_MAIL}
"""Mails with a subject line of their own, whose `at` is the instant they belong to."""
_CONSTANT: Final = frozenset({DESK_MAIL, REPORT_HELD, ADDRESSEE_MAIL})
"""Mails that always say the same."""
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_log = structlog.get_logger("mail")


class MailInClear(Refusal):
    """A mail server on another machine is only spoken to under TLS."""

    code: ClassVar[str] = "mail_in_clear"
    status: ClassVar[int] = 503


@dataclass(frozen=True, slots=True)
class Smtp:
    """The one mail server, from the settings and from nowhere else (S31). `sender` is an address nobody reads.

    Without `starttls` only this very machine is spoken to: raises MailInClear for another. `login` is (name, password).
    """

    host: str
    port: int
    sender: str
    starttls: bool = True
    login: tuple[str, Secret] | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        """Refuse a server that would be spoken to in clear."""
        if not self.starttls and (self.host not in _LOOPBACK or self.login):
            raise MailInClear(host=self.host)

    @property
    def domain(self) -> str:
        """The house's name among mail servers: all that a mail tells of where it comes from."""
        return self.sender.rpartition("@")[2]


@dataclass(frozen=True, slots=True)
class Posted:
    """What became of a batch. `stuck` of the failed ones will not be tried again; `closed` is 1 if no server was reached."""

    sent: int = 0
    failed: int = 0
    stuck: int = 0
    closed: int = 0


class _Outcome(StrEnum):
    SENT = "sent"
    FAILED = "failed"
    STUCK = "stuck"
    CLOSED = "closed"


class _NotTaken(Exception):
    """The server does not take this mail, or it cannot be one. Carries nothing: an answer of a server can quote a mail."""


class _Closed(Exception):
    """There is no server to speak to at all."""


def send_waiting(office: Office, smtp: Smtp, batch: int = BATCH) -> Posted:
    """Send up to `batch` mails that wait; return counts. Safe to run late, twice, or beside another.

    Each is a transaction of its own, so that a death in the middle sends one mail twice at most, with one Message-ID, and
    loses none. A mail that fails is tried again, later each time; the others go on (D12). If there is no server, all wait a
    little. Of the ombudsperson's database only STANDING ever leave.
    """
    allowed = _allowed(office)
    counts: Counter[str] = Counter()
    with _Line(smtp) as line:
        for _ in range(batch):
            outcome, delay = _send_next(office, line, allowed)
            if outcome is None:
                break
            counts[outcome] += 1
            if outcome is _Outcome.CLOSED:
                with office.open() as books:
                    mailing.hold_all(books, delay)
                break
    stuck = counts[_Outcome.STUCK]
    return Posted(counts[_Outcome.SENT], counts[_Outcome.FAILED] + stuck, stuck, counts[_Outcome.CLOSED])


def anything_to_send(office: Office) -> bool:
    """Whether `send_waiting` would find a mail now. Writes nothing."""
    with office.open() as books:
        return mailing.anything(books, _allowed(office))


def _allowed(office: Office) -> frozenset[str] | None:
    return STANDING if office.database == "ombuds" else None


def _send_next(office: Office, line: "_Line", allowed: frozenset[str] | None) -> tuple[_Outcome | None, timedelta]:
    with office.open() as books:
        mail = mailing.next_mail(books, allowed)
        if mail is None:
            return None, FIRST_DELAY
        delay = min(FIRST_DELAY * 2 ** min(mail.attempts, 10), LONGEST_DELAY)
        try:
            line.send(_composed(books, mail, line.smtp), mail.mail)
        except (_NotTaken, _Closed) as failed:
            outbox.not_sent(books, mail.id, retry_after=delay, most=MOST_ATTEMPTS)
            if isinstance(failed, _Closed):
                return _Outcome.CLOSED, delay
            return (_Outcome.STUCK if mail.attempts + 1 >= MOST_ATTEMPTS else _Outcome.FAILED), delay
        outbox.sent(books, mail.id)
        return _Outcome.SENT, delay


def _composed(books: Books, mail: Mail, smtp: Smtp) -> EmailMessage:
    """The mail, or _NotTaken: one that cannot be written must not hold up those behind it, and ends up stuck, to be seen."""
    if not _ADDRESS.fullmatch(mail.mail):
        raise _NotTaken
    try:
        return compose(books, mail, smtp)
    except (MessageError, KeyError, ValueError) as wrong:
        _log.error("mail_not_written", what=type(wrong).__name__, key=mail.key)
        raise _NotTaken from None


def compose(books: Books, mail: Mail, smtp: Smtp) -> EmailMessage:
    """The whole mail, the same bytes each time it is tried."""
    messages = _messages(mail.language if mail.language in LANGUAGES else DEFAULT)
    at = datetime.fromisoformat(mail.params["at"]) if mail.key in _NAMED else mail.made_at
    message = EmailMessage(policy=SMTP_POLICY)
    message["From"] = smtp.sender
    message["To"] = mail.mail
    message["Subject"] = messages.say(
        Said(f"mail.subject.{mail.key.removeprefix('notice.')}" if mail.key in _NAMED else "mail.subject")
    )
    message["Date"] = format_datetime(at.replace(minute=0, second=0, microsecond=0).astimezone(UTC))
    message["Message-ID"] = f"<{_fingerprint(mail)}@{smtp.domain}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office note comes back
    message.set_content("\n\n".join(_lines(books, mail, messages)) + "\n", cte="quoted-printable")
    return message


def _lines(books: Books, mail: Mail, messages: Messages) -> list[str]:
    """What stands in it, a paragraph each."""
    ends = [messages.say(Said("mail.no_answers"))]
    if mail.key in _CONSTANT:
        return [messages.say(Said(mail.key)), *ends]
    if mail.key == CHAIR_NOTE:
        return [messages.say(Said(mail.key, {"day": _day(mail)})), _bands(books, mail, messages), *ends]
    if mail.key == REPORT_OUT:
        report = messages.say(Said(f"report.series.{mail.params['series']}"))
        return [messages.say(said) for said in (Said(mail.key, {"report": report}), Said("mail.look"))] + ends
    labels = {"kind": f"kind.{mail.params['kind']}", "clock": f"clock.{mail.params['kind']}.{mail.params['clock']}"}
    about = Said("mail.about", {name: messages.say(Said(key)) for name, key in labels.items()})
    due = [Said("mail.due", {"day": date.fromisoformat(mail.params["due"])})] if mail.params["due"] else []
    return [messages.say(said) for said in (Said(mail.key), about, *due, Said("mail.look"))] + ends


def _bands(books: Books, mail: Mail, messages: Messages) -> str:
    """All bands with one of them marked: the note's length tells nothing."""
    least = books.pack.house.notices.band_from
    params: dict[str, int] = {"least": least, "most": least - 1}
    lines = [(each, messages.say(Said(f"mail.band.{each.value}", params))) for each in Band]
    return "\n".join(f"[{'x' if each == mail.params['band'] else ' '}] {line}" for each, line in lines)


def _day(mail: Mail) -> date:
    return datetime.fromisoformat(mail.params["at"]).date()


def _fingerprint(mail: Mail) -> str:
    """Names the mail and tells nothing: it is made of a random id. The same when the mail is tried again."""
    return blake2b(mail.id.bytes + mail.made_at.isoformat().encode("ascii"), digest_size=16, person=b"amparo.mail.1").hexdigest()


@cache
def _messages(language: str) -> Messages:
    return Messages(language)


class _Line:
    """The line to the server: opened at the first mail, opened again after a cut, given up after a few."""

    def __init__(self, smtp: Smtp) -> None:
        self.smtp = smtp
        self._server: smtplib.SMTP | None = None
        self._cuts = 0

    def __enter__(self) -> "_Line":
        return self

    def __exit__(self, *_error: object) -> None:
        if self._server is not None:
            try:
                self._server.quit()
            except (OSError, smtplib.SMTPException):
                self._server.close()

    def send(self, message: EmailMessage, to: str) -> None:
        """Hand one mail over; return only when the server has taken it. Raises _NotTaken, or _Closed."""
        server = self._open()
        try:
            server.send_message(message, from_addr=self.smtp.sender, to_addrs=[to])
        except (smtplib.SMTPServerDisconnected, OSError) as cut:
            self._hang_up()
            self._cuts += 1
            _log.warning("mail_cut", what=type(cut).__name__)
            raise (_Closed if self._cuts >= _MOST_CUTS else _NotTaken) from None
        except smtplib.SMTPSenderRefused:
            raise _Closed from None  # it is us whom the server does not want: no other mail would fare better
        except (smtplib.SMTPException, ValueError) as refused:
            if server.sock is None:
                self._server = None  # the server hung up with its answer
            _log.warning("mail_refused", what=type(refused).__name__)
            raise _NotTaken from None

    def _open(self) -> smtplib.SMTP:
        if self._server is not None:
            return self._server
        server: smtplib.SMTP | None = None
        try:
            server = smtplib.SMTP(self.smtp.host, self.smtp.port, local_hostname=self.smtp.domain, timeout=TIMEOUT)
            if self.smtp.starttls:
                server.starttls(context=ssl.create_default_context())  # fails where it is not offered: never in clear
            if self.smtp.login:
                name, password = self.smtp.login
                server.login(name, password.reveal().decode())
        except (OSError, smtplib.SMTPException) as away:
            if server is not None:
                server.close()
            _log.warning("mail_server_away", what=type(away).__name__)
            raise _Closed from None
        self._server = server
        return server

    def _hang_up(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None
