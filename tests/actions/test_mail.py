"""The post room: a mail says little, is sent once the server took it, and no failure is silent or silences another."""

import email
import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Thread
from uuid import uuid4

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from actions.kernel.move import open_kind
from actions.kernel.sweep import sweep
from actions.kinds.house import GivenDay
from actions.kinds.mandate import Register
from actions.mail import MOST_ATTEMPTS, MailInClear, Posted, Smtp, anything_to_send, send_waiting
from actions.status import is_well, status_of
from records import outbox
from records.books import Notice
from records.vault import Secret
from tests.fixtures.offices import Stage
from tests.fixtures.ombuds_office import OmbudsStage
from tests.fixtures.post import Post, receive
from tests.fixtures.wall import Wall

MARKER = "zanahoria-marcada-8831"
HEADERS = {
    "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "Content-Type", "Content-Transfer-Encoding", "MIME-Version",
}  # fmt: skip


def duty(stage: Stage, *, title: str = MARKER) -> None:
    """A mandate whose day comes on 2015-07-31, with a planted marker in all its words."""
    words = Register(
        symbol=f"AG/RES. {title}", title=title, task=title, issued_by="GA", recipient="PC",
        on=date(2015, 6, 15), due=GivenDay(on=date(2015, 7, 31)), source=title,
    )  # fmt: skip
    open_kind(stage.office, "mandate", words, by=stage.people["planner"])


def notices(stage: Stage, *who: str) -> None:
    """A notice for each, oldest first."""
    params: dict[str, str | int] = {
        "matter": str(uuid4()),
        "kind": "mandate",
        "clock": "due",
        "rung": "late",
        "due": "2015-07-31",
    }
    for place, name in enumerate(who):
        with stage.office.open() as books:
            outbox.put(books, [Notice(stage.people[name], uuid4(), f"{place}:{uuid4()}", "notice.remind", params)])
        stage.move_to(datetime(2015, 6, 15, 17, place + 1, tzinfo=UTC))


def waiting(stage: Stage | OmbudsStage) -> list[tuple[object, ...]]:
    return stage.rows(
        "SELECT p.mail, o.sent_at IS NOT NULL, o.attempts, o.stuck FROM outbox o JOIN person p ON p.id = o.person_id"
        " ORDER BY o.made_at, o.dedup"
    )


def at(who: str) -> str:
    return f"{who}@house.invalid"


def test_s34_a_reminder_tells_that_and_when_and_nothing_else(house_office: Stage, post: Post, wall: Wall) -> None:
    duty(house_office)
    house_office.rows("UPDATE person SET language = 'es' RETURNING 1")
    house_office.to_day(date(2015, 6, 22))
    sweep(house_office.flows)
    posted = send_waiting(house_office.flows, post.smtp)
    assert posted.sent == len(post.mails) > 0
    for _, content in post.mails:
        mail = email.message_from_bytes(content)
        assert set(mail.keys()) - {"X-Peer", "X-MailFrom", "X-RcptTo"} == HEADERS
        assert mail["From"] == "noreply@house.example"
        assert mail["Subject"] == "Amparo: una tarea"
        body = mail.get_payload(decode=True).decode()
        assert body.startswith("Recuerde")
        assert "Mandato:" in body
        assert "2015" in body
        assert MARKER not in content.decode()
        assert "zanahoria" not in body
    assert post.senders == {"noreply@house.example"}


def test_s25_no_header_and_no_greeting_reveals_a_host_or_the_minute(house_office: Stage, post: Post, wall: Wall) -> None:
    notices(house_office, "planner")
    send_waiting(house_office.flows, post.smtp)
    assert post.hellos == {"house.example"}
    mail = email.message_from_bytes(post.mails[0][1])
    for told in (socket.gethostname(), socket.getfqdn(), "127.0.0.1", "localhost", "python"):
        assert told.encode() not in post.mails[0][1].lower() or told == "house.example"
    assert mail["Date"] == "Mon, 15 Jun 2015 17:00:00 +0000"
    assert mail["Message-ID"].endswith("@house.example>")
    (identifier,) = house_office.rows("SELECT id FROM outbox")[0]
    assert str(identifier).replace("-", "") not in mail["Message-ID"]


def test_what_was_taken_is_not_sent_again(house_office: Stage, post: Post, wall: Wall) -> None:
    notices(house_office, "planner", "lawyer")
    assert anything_to_send(house_office.flows)
    assert send_waiting(house_office.flows, post.smtp) == Posted(sent=2)
    assert not anything_to_send(house_office.flows)
    assert send_waiting(house_office.flows, post.smtp) == Posted()
    assert [receiver for receiver, _ in post.mails] == [at("planner"), at("lawyer")]


def test_d12_one_refused_receiver_silences_nobody(house_office: Stage, post: Post, wall: Wall) -> None:
    post.refuses.add(at("planner"))
    notices(house_office, "planner", "lawyer", "chair")
    assert send_waiting(house_office.flows, post.smtp) == Posted(sent=2, failed=1)
    assert waiting(house_office) == [
        (at("planner"), False, 1, False),
        (at("lawyer"), True, 0, False),
        (at("chair"), True, 0, False),
    ]


def test_d12_nor_does_a_server_that_dies_on_one_mail(house_office: Stage, post: Post, wall: Wall) -> None:
    post.dies_on.add(at("planner"))
    notices(house_office, "planner", "lawyer", "chair")
    assert send_waiting(house_office.flows, post.smtp) == Posted(sent=2, failed=1)
    assert post.to(at("planner")) == []
    assert waiting(house_office)[0] == (at("planner"), False, 1, False)


@pytest.mark.parametrize("address", ["planner", "a@b, c@d", "x@y\r\nBcc: z@y", "", "x@y\tz"])
def test_d12_nor_does_an_address_that_is_none(house_office: Stage, post: Post, wall: Wall, address: str) -> None:
    notices(house_office, "planner", "lawyer")
    planner = house_office.people["planner"]
    house_office.rows("UPDATE person SET mail = :m WHERE id = :p RETURNING 1", m=address, p=planner)
    assert send_waiting(house_office.flows, post.smtp) == Posted(sent=1, failed=1)
    assert [receiver for receiver, _ in post.mails] == [at("lawyer")]


def test_who_has_no_address_holds_up_nobody(house_office: Stage, post: Post, wall: Wall) -> None:
    notices(house_office, *["planner"] * 3, "lawyer")
    house_office.rows("UPDATE person SET mail = NULL WHERE id = :p RETURNING 1", p=house_office.people["planner"])
    assert send_waiting(house_office.flows, post.smtp, batch=1) == Posted(sent=1)
    assert [receiver for receiver, _ in post.mails] == [at("lawyer")]


def test_d12_nor_does_a_mail_that_cannot_be_written(house_office: Stage, post: Post, wall: Wall) -> None:
    notices(house_office, "planner", "lawyer")
    house_office.rows(
        "UPDATE outbox SET key = 'notice.unheard_of' WHERE person_id = :p RETURNING 1", p=house_office.people["planner"]
    )
    assert send_waiting(house_office.flows, post.smtp) == Posted(sent=1, failed=1)


def test_d13_what_keeps_failing_is_tried_later_each_time_then_stuck_and_seen(house_office: Stage, post: Post, wall: Wall) -> None:
    post.refuses.add(at("planner"))
    notices(house_office, "planner")
    waits, failed = [], 0
    while failed < MOST_ATTEMPTS:
        posted = send_waiting(house_office.flows, post.smtp)
        assert posted == Posted(failed=1, stuck=int(failed + 1 == MOST_ATTEMPTS))
        failed += 1
        assert not anything_to_send(house_office.flows)  # not before its time
        assert send_waiting(house_office.flows, post.smtp) == Posted()
        (retry,) = house_office.rows("SELECT retry_at FROM outbox")[0]
        waits.append((retry - wall.now) / timedelta(minutes=1))
        wall.now = retry
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60, 60]
    assert len(post.tried) == MOST_ATTEMPTS
    assert send_waiting(house_office.flows, post.smtp) == Posted()
    state = status_of(house_office.flows)
    assert state["outbox_stuck"] == 1
    assert not is_well(state)


def test_a_server_that_is_not_there_is_waited_for_and_nothing_counts_as_sent(house_office: Stage, post: Post, wall: Wall) -> None:
    notices(house_office, "planner", "lawyer")
    smtp = post.smtp
    post.stop()
    assert send_waiting(house_office.flows, smtp) == Posted(closed=1)
    assert send_waiting(house_office.flows, smtp) == Posted()  # nobody knocks again before the time
    assert waiting(house_office) == [(at("planner"), False, 1, False), (at("lawyer"), False, 0, False)]
    wall.after(minutes=1)
    again = receive()
    try:
        assert send_waiting(house_office.flows, again.smtp) == Posted(sent=2)
    finally:
        again.stop()


def test_a_server_that_dies_on_everything_is_given_up_after_a_few(house_office: Stage, post: Post, wall: Wall) -> None:
    post.dies_on |= {at(name) for name in house_office.people}
    notices(house_office, *["planner", "lawyer", "chair", "mission", "secretary"])
    assert send_waiting(house_office.flows, post.smtp) == Posted(failed=2, closed=1)
    assert len(post.tried) == 3
    assert [row[2] for row in waiting(house_office)] == [1, 1, 1, 0, 0]


def test_taken_but_not_confirmed_is_sent_again_under_the_same_name(house_office: Stage, post: Post, wall: Wall) -> None:
    post.forgets.add(at("planner"))
    notices(house_office, "planner")
    assert send_waiting(house_office.flows, post.smtp) == Posted(failed=1)
    post.forgets.clear()
    wall.after(minutes=1)
    assert send_waiting(house_office.flows, post.smtp) == Posted(sent=1)
    first, second = post.to(at("planner"))
    assert first == second


def test_two_senders_do_not_send_the_same(house_office: Stage, post: Post, wall: Wall) -> None:
    notices(house_office, *["planner", "lawyer", "chair", "mission"] * 3)
    senders = [Thread(target=send_waiting, args=(house_office.flows, post.smtp)) for _ in range(2)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join(60)
    assert len(post.mails) == 12
    assert all(row[1] for row in waiting(house_office))


def test_no_event_of_the_ombuds_database_ever_becomes_a_mail(ombuds_office: OmbudsStage, post: Post, wall: Wall) -> None:
    """Even if some code put one there by mistake."""
    params: dict[str, str | int] = {"matter": str(uuid4()), "kind": "complaint", "clock": "acknowledgement", "due": "2016-09-08"}
    with ombuds_office.as_owner.open() as books:
        outbox.put(books, [Notice(ombuds_office.people["head"], uuid4(), "x", "notice.remind", params)])
    assert not anything_to_send(ombuds_office.flows)
    assert send_waiting(ombuds_office.flows, post.smtp) == Posted()
    assert post.tried == []


def test_another_machine_is_not_spoken_to_in_the_clear() -> None:
    for host in ("mail.house.example", "10.0.0.5", "::2"):
        with pytest.raises(MailInClear):
            Smtp(host, 25, "noreply@house.example", starttls=False)
    with pytest.raises(MailInClear):
        Smtp("127.0.0.1", 25, "noreply@house.example", starttls=False, login=("amparo", Secret(b"x")))


def test_a_server_that_offers_no_tls_gets_nothing(house_office: Stage, post: Post, wall: Wall) -> None:
    notices(house_office, "planner")
    smtp = Smtp("127.0.0.1", post.smtp.port, "noreply@house.example")
    assert send_waiting(house_office.flows, smtp) == Posted(closed=1)
    assert post.tried == []


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate of `localhost`, signed by itself, with its key."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    begins = datetime(2020, 1, 1, tzinfo=UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(begins).not_valid_after(begins + timedelta(days=36500))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    file = tmp_path / "localhost.pem"
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM) + private)
    return file


@pytest.fixture
def tls_post(certificate: Path) -> Iterator[Post]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    found = receive(context)
    yield found
    found.stop()


def test_s31_under_tls_only_the_very_host_that_was_configured_is_trusted(
    house_office: Stage, tls_post: Post, certificate: Path, wall: Wall, monkeypatch: pytest.MonkeyPatch
) -> None:
    notices(house_office, "planner")
    port = tls_post.controller.port
    unknown = Smtp("localhost", port, "noreply@house.example")
    assert send_waiting(house_office.flows, unknown) == Posted(closed=1)  # nobody we know signed its certificate
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    wall.after(minutes=2)
    assert send_waiting(house_office.flows, Smtp("127.0.0.1", port, "noreply@house.example")) == Posted(closed=1)  # another name
    assert tls_post.tried == []
    wall.after(minutes=5)
    assert send_waiting(house_office.flows, Smtp("localhost", port, "noreply@house.example")) == Posted(sent=1)
