"""Mail by SMTP: one message handed in, with TLS unless the server is on this machine; a failure is one of two kinds."""

from __future__ import annotations

import re
import smtplib
import ssl
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import formatdate

from dokango.clock import US_PER_S
from dokango.errors import DokangoError, InvalidInput
from dokango.notify.messages import one_line
from dokango.people.emails import is_email
from dokango.shop.accounts import MailServer

TIMEOUT_S = 20.0


class MailDelayed(DokangoError):
    """The server was not reached, or asks for patience: nothing is lost, it is tried again."""

    status = 503
    code = "mail-delayed"


class MailRefused(DokangoError):
    """The server will never take this message: the address, most often."""

    status = 422
    code = "mail-refused"


@dataclass(frozen=True, slots=True)
class Mail:
    """One message to one address. `key` makes its Message-ID, so that a second sending is known as the same."""

    to: str
    subject: str
    body: str
    key: str
    at_us: int


def send(server: MailServer, password: str, sender_name: str, mail: Mail, tls: ssl.SSLContext | None = None) -> None:
    """Hand `mail` in. Raises MailDelayed (try again), MailRefused (do not), InvalidInput for impossible settings."""
    if not is_email(server.sender):
        raise InvalidInput({"sender": "The address that mail comes from is missing or wrong. Set it in Settings."})
    if not is_email(mail.to):
        raise MailRefused(f"“{one_line(mail.to)[:80]}” is not an e-mail address.")
    message = _message(server.sender, sender_name, mail)
    try:
        with _connected(server, tls or ssl.create_default_context()) as line:
            if server.user:
                line.login(server.user, password)
            line.send_message(message, from_addr=server.sender, to_addrs=[mail.to])
    except smtplib.SMTPRecipientsRefused as error:
        code, words = next(iter(error.recipients.values()))
        raise _failure(code, words) from error
    except smtplib.SMTPAuthenticationError as error:
        raise MailDelayed(f"{server.host} refuses the user or the password. Check Settings → Messages.") from error
    except smtplib.SMTPResponseException as error:
        raise _failure(error.smtp_code, error.smtp_error) from error
    except (smtplib.SMTPException, OSError) as error:
        raise MailDelayed(f"The mail server {server.host}:{server.port} was not reached ({error}).") from error


def _connected(server: MailServer, tls: ssl.SSLContext) -> smtplib.SMTP:
    if server.security == "tls":
        return smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT_S, context=tls)
    line = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT_S)
    if server.security == "starttls":
        try:
            line.starttls(context=tls)
        except BaseException:
            line.close()
            raise
    return line


def _message(sender: str, sender_name: str, mail: Mail) -> EmailMessage:
    """The message; its headers are built from parts that cannot hold a line break."""
    message = EmailMessage()
    user, _, domain = sender.partition("@")
    message["From"] = Address(display_name=one_line(sender_name), username=user, domain=domain)
    message["To"] = mail.to
    message["Subject"] = one_line(mail.subject)
    message["Date"] = formatdate(mail.at_us / US_PER_S)
    message["Message-ID"] = f"<{re.sub(r'[^A-Za-z0-9.-]', '-', mail.key)}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.body)
    return message


def _failure(code: int, words: bytes | str) -> DokangoError:
    said = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    if code >= 500:
        return MailRefused(f"The mail server refused the message: {code} {one_line(said)}")
    return MailDelayed(f"The mail server asks for patience: {code} {one_line(said)}")
