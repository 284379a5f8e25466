"""Messages reach customers by a real SMTP server, wait while it is away, and stay readable where none is set."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from random import Random
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from sqlalchemy import select

from dokango.clock import ManualClock
from dokango.clocks.worker import ask_a_person
from dokango.db import Database, table_of
from dokango.jobs.worker import Work, Worker
from dokango.notify.delivery import SEND_MAIL, Delivery, Post
from dokango.notify.mail import Mail, MailDelayed, MailRefused, send
from dokango.notify.messages import Letterhead, render
from dokango.notify.models import Message
from dokango.notify.outbox import Telling, tell
from dokango.notify.templates import FOOTER, GREETING, TEMPLATES
from dokango.orders.cases.models import Case
from dokango.people.emails import is_email
from dokango.shop.accounts import MailServer

_M = table_of(Message)
HEAD = Letterhead("Shapla Haat", "01700000001", "https://shop.example.com")


class Inbox:
    """What a real SMTP server took, and how it answers."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.rcpt_answer = "250 OK"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if self.rcpt_answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.rcpt_answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.taken.append(message_from_bytes(envelope.content, policy=policy.default))
        self.recipients += envelope.rcpt_tos
        return "250 OK"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def inbox() -> Iterator[tuple[Inbox, MailServer]]:
    handler = Inbox()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield handler, MailServer(host="127.0.0.1", port=controller.port, sender="shop@example.com", security="none")
    controller.stop()


def away() -> MailServer:
    return MailServer(host="127.0.0.1", port=free_port(), sender="shop@example.com", security="none")


def mail(**changes: Any) -> Mail:
    return Mail(**{"to": "rahima@example.com", "subject": "Hello", "body": "…", "key": "m-1", "at_us": 0, **changes})


def write(db: Database, clock: ManualClock, *tellings: Telling) -> None:
    db.write(lambda tx: tell(tx, tellings, order_id=None, event_id=None, now_us=clock.now_us()))


def confirmed(recipient: str = "rahima@example.com", **data: Any) -> Telling:
    return Telling(
        "customer", "order_confirmed", recipient, {"number": "1042", "name": "Rahima", "token": "t0k", **data}
    )


def messages(db: Database) -> list[Any]:
    return db.read(lambda tx: tx.rows(select(*_M.c).order_by(_M.c.id)))


def self_signed(folder: Path) -> Path:
    """A certificate for localhost that only those trust who are given it, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    begins = datetime.now(UTC) - timedelta(days=1)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path = folder / "localhost.pem"
    path.write_bytes(secret + certificate.public_bytes(Encoding.PEM))
    return path


class Way:
    """The outbox with its worker, over one mail server."""

    def __init__(self, db: Database, clock: ManualClock, server: MailServer) -> None:
        self.server = server
        delivery = Delivery(db, clock, lambda tx: Post(self.server, ""), HEAD.site_url)
        self._sort, self._clock = delivery.sort, clock
        works = {SEND_MAIL: Work(delivery.send, delivery.given_up)}
        self._worker = Worker(db, clock, works, name="w", rng=Random(1), ask_a_person=ask_a_person)

    def go(self, times: int = 1, wait_s: float = 0) -> None:
        for _ in range(times):
            self._sort()
            self._worker.run_due()
            self._clock.advance(wait_s)


def test_a_customer_with_an_address_gets_mail(
    db: Database, clock: ManualClock, inbox: tuple[Inbox, MailServer]
) -> None:
    handler, server = inbox
    write(db, clock, confirmed())
    Way(db, clock, server).go()
    (received,) = handler.taken
    assert handler.recipients == ["rahima@example.com"]
    assert received["Subject"] == "Order #1042 is confirmed"
    assert received["From"].endswith("<shop@example.com>")
    assert "https://shop.example.com/t/t0k" in received.get_content()
    (row,) = messages(db)
    assert (row.state, row.channel, row.subject) == ("sent", "email", "Order #1042 is confirmed")


def test_a_bangla_order_is_written_to_in_bangla(
    db: Database, clock: ManualClock, inbox: tuple[Inbox, MailServer]
) -> None:
    handler, server = inbox
    write(db, clock, confirmed(locale="bn", name="শারমিন"))
    Way(db, clock, server).go()
    assert handler.taken[0]["Subject"] == "অর্ডার #1042 নিশ্চিত হয়েছে"
    assert "প্রিয় শারমিন" in handler.taken[0].get_content()


def test_without_a_mail_server_messages_stay_readable(db: Database, clock: ManualClock) -> None:
    write(db, clock, confirmed())
    Way(db, clock, MailServer()).go()
    (row,) = messages(db)
    assert (row.state, row.channel) == ("off", "")
    assert render(row.audience, row.template, row.data, HEAD).subject == "Order #1042 is confirmed"


def test_a_customer_without_an_address_is_not_mailed(
    db: Database, clock: ManualClock, inbox: tuple[Inbox, MailServer]
) -> None:
    handler, server = inbox
    write(db, clock, confirmed("01711000000"))
    Way(db, clock, server).go()
    assert handler.taken == []
    assert messages(db)[0].state == "off"
    assert "left no e-mail address" in messages(db)[0].error


def test_mail_waits_while_the_server_is_away_and_goes_once_it_is_back(
    db: Database, clock: ManualClock, inbox: tuple[Inbox, MailServer]
) -> None:
    handler, server = inbox
    way = Way(db, clock, away())
    write(db, clock, confirmed())
    way.go(3, wait_s=3_600)
    assert (messages(db)[0].state, "not reached" in messages(db)[0].error) == ("waiting", True)
    way.server = server
    way.go(2, wait_s=3_600)
    assert len(handler.taken) == 1
    assert (messages(db)[0].state, messages(db)[0].error) == ("sent", "")


def test_an_address_that_does_not_exist_fails_at_once_and_asks_a_person(
    db: Database, clock: ManualClock, inbox: tuple[Inbox, MailServer]
) -> None:
    handler, server = inbox
    handler.rcpt_answer = "550 no such user"
    write(db, clock, confirmed())
    Way(db, clock, server).go(3, wait_s=3_600)
    (row,) = messages(db)
    assert row.state == "failed"
    assert "no such user" in row.error
    assert db.read(lambda tx: len(tx.rows(select(table_of(Case).c.id)))) == 1


def test_a_server_that_asks_for_patience_is_asked_again(
    db: Database, clock: ManualClock, inbox: tuple[Inbox, MailServer]
) -> None:
    handler, server = inbox
    handler.rcpt_answer = "451 try later"
    way = Way(db, clock, server)
    write(db, clock, confirmed())
    way.go(2, wait_s=3_600)
    assert messages(db)[0].state == "waiting"
    handler.rcpt_answer = "250 OK"
    way.go(2, wait_s=3_600)
    assert messages(db)[0].state == "sent"


def test_a_second_sending_carries_the_same_message_id(inbox: tuple[Inbox, MailServer]) -> None:
    handler, server = inbox
    for _ in range(2):
        send(server, "", "Shapla Haat", mail())
    assert handler.taken[0]["Message-ID"] == handler.taken[1]["Message-ID"] == "<m-1@example.com>"


@pytest.mark.parametrize("typed", ["Order\r\nBcc: evil@example.com", "a\nb", "x\u2028y", "Subject: \x0b\x00 z", "‮gnp"])
def test_nothing_that_is_typed_makes_a_header(inbox: tuple[Inbox, MailServer], typed: str) -> None:
    handler, server = inbox
    send(server, "", typed, mail(subject=typed))
    (received,) = handler.taken
    assert received["Bcc"] is None
    assert handler.recipients == ["rahima@example.com"]
    assert {"From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted"} <= set(received.keys())
    assert len(received.get_all("Subject")) == 1


@pytest.mark.parametrize(
    "address", ["a@example.com, b@example.com", "a@example.com\r\nRCPT TO:<b@example.com>", "<a@example.com>", "a@b",
                "রহিমা@example.com", "a b@example.com", "@example.com", "a@" + "x" * 250 + ".com"],
)  # fmt: skip
def test_what_is_not_one_plain_address_gets_no_mail(inbox: tuple[Inbox, MailServer], address: str) -> None:
    assert not is_email(address)
    with pytest.raises(MailRefused):
        send(inbox[1], "", "Shop", mail(to=address))


def test_tls_is_spoken_and_a_certificate_of_nobody_is_refused(tmp_path: Path) -> None:
    certificate = self_signed(tmp_path)
    server_tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server_tls.load_cert_chain(certificate)
    trusting = ssl.create_default_context(cafile=str(certificate))
    handler = Inbox()

    def who(server: Any, session: Any, envelope: Any, mechanism: str, given: Any) -> AuthResult:
        right = given.password == b"s3cret-of-the-mail"
        return AuthResult(success=right, handled=right)

    controller = Controller(
        handler, hostname="localhost", port=free_port(), tls_context=server_tls, require_starttls=True,
        authenticator=who, auth_required=True,
    )  # fmt: skip
    controller.start()
    server = MailServer(host="localhost", port=controller.port, user="shop", sender="shop@example.com")
    try:
        send(server, "s3cret-of-the-mail", "Shop", mail(), trusting)
        with pytest.raises(MailDelayed, match="password"):
            send(server, "wrong", "Shop", mail(), trusting)
        with pytest.raises(MailDelayed, match="not reached"):
            send(server, "s3cret-of-the-mail", "Shop", mail())
    finally:
        controller.stop()
    assert len(handler.taken) == 1


@pytest.mark.parametrize("locale", ["en", "bn"])
@pytest.mark.parametrize("template", sorted(TEMPLATES))
def test_every_template_reads_whole_in_both_languages(template: str, locale: str) -> None:
    data = (
        '{"number":"1042","name":"Rahima","token":"t","amount_poisha":250000,"still_due_poisha":5000,"reason":"r",'
        f'"method":"bkash","transaction_id":"BLU1H6X8AA","carrier":"Steadfast","total_poisha":1,"locale":"{locale}"}}'
    )
    text = render("customer", template, data, HEAD)
    assert "1042" in text.subject
    assert "{" not in text.subject + text.body
    assert "Shapla Haat" in text.body
    assert ("প্রিয়" in text.body) is (locale == "bn")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ('{"amount_poisha":250000,"still_due_poisha":0,"over_poisha":0}', "Nothing more is due"),
        ('{"amount_poisha":245000,"still_due_poisha":5000}', "৳50 is still due"),
        ('{"amount_poisha":10000,"still_due_poisha":240000,"is_cod":true}', "The rider collects the other ৳2,400"),
        ('{"amount_poisha":255000,"over_poisha":5000}', "৳50 too much"),
    ],
)
def test_a_payment_short_in_advance_or_over_is_said_as_such(data: str, words: str) -> None:
    assert words in render("customer", "payment_received", data, HEAD).body


@pytest.mark.parametrize("data", ["{}", "[]", '{"amount_poisha":"x"}', '{"name":"{number}","number":"{shop}"}'])
def test_odd_data_is_read_all_the_same(data: str) -> None:
    assert render("customer", "payment_received", data, HEAD).body
    assert render("customer", "never_heard_of", data, HEAD).subject


def test_both_languages_use_the_same_names() -> None:
    def names(sentence: str) -> set[str]:
        return {part.split("}")[0] for part in sentence.split("{")[1:]}

    for found in TEMPLATES.values():
        assert names(found.text[0]) == names(found.text[1])
        assert names(found.subject[0]) == names(found.subject[1])
    assert names(GREETING[0]) == names(GREETING[1])
    assert names(FOOTER[0]) == names(FOOTER[1])
