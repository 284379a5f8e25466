"""The shop's account at a mail server. What the owner set wins over the environment."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from dokango.db import Tx
from dokango.plain_model import PlainModel
from dokango.settings import Settings
from dokango.shop.profile import read_setting
from dokango.shop.secrets import Vault, open_secret

MAIL, MAIL_PASSWORD = "mail", "mail_password"


class MailServer(PlainModel):
    """Where mail is handed in. `security`: "starttls" (587), "tls" (465) or "none" (a server on this machine)."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    host: Annotated[str, Field(max_length=200, pattern=r"^[A-Za-z0-9.\-:\[\]]*$")] = ""
    port: Annotated[int, Field(ge=1, le=65535)] = 587
    user: Annotated[str, Field(max_length=200)] = ""
    sender: Annotated[str, Field(max_length=200)] = ""
    security: Literal["starttls", "tls", "none"] = "starttls"


def mail_server(tx: Tx, environment: Settings) -> MailServer:
    """The mail server, without its password; `host` is empty when there is none."""
    kept = read_setting(tx, MAIL)
    if kept:
        chosen = MailServer.model_validate_json(kept)
        if chosen.host:
            return chosen
    security: Literal["starttls", "tls", "none"] = "none"
    if environment.smtp_tls:
        security = "tls" if environment.smtp_port == 465 else "starttls"
    return MailServer(
        host=environment.smtp_host, port=environment.smtp_port, user=environment.smtp_user,
        sender=environment.mail_from, security=security,
    )  # fmt: skip


def mail_password(tx: Tx, vault: Vault, environment: Settings) -> str:
    """The mail server's password, or "". Raises SecretLost."""
    return open_secret(tx, vault, MAIL_PASSWORD) or environment.smtp_password.get_secret_value()
