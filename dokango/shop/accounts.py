"""The shop's accounts elsewhere: at the courier and at a mail server. What the owner set wins over the environment."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from dokango.db import Tx
from dokango.settings import Settings
from dokango.shop.profile import read_setting
from dokango.shop.secrets import Vault, open_secret

STEADFAST_API_KEY, STEADFAST_SECRET_KEY = "steadfast_api_key", "steadfast_secret_key"
WEBHOOK_TOKEN, MAIL_PASSWORD = "steadfast_webhook_token", "mail_password"
MAIL = "mail"


class MailServer(BaseModel):
    """Where mail is handed in. `security`: "starttls" (587), "tls" (465) or "none" (a server on this machine)."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    host: Annotated[str, Field(max_length=200, pattern=r"^[A-Za-z0-9.\-:\[\]]*$")] = ""
    port: Annotated[int, Field(ge=1, le=65535)] = 587
    user: Annotated[str, Field(max_length=200)] = ""
    sender: Annotated[str, Field(max_length=200)] = ""
    security: Literal["starttls", "tls", "none"] = "starttls"


def steadfast_account(tx: Tx, vault: Vault, environment: Settings) -> tuple[str, str]:
    """API key and secret key; ("", "") without an account. Raises SecretLost."""
    keys = (open_secret(tx, vault, STEADFAST_API_KEY), open_secret(tx, vault, STEADFAST_SECRET_KEY))
    if all(keys):
        return keys
    return environment.steadfast_api_key.get_secret_value(), environment.steadfast_secret_key.get_secret_value()


def webhook_token(tx: Tx, vault: Vault, environment: Settings) -> str:
    """The token that the courier's webhooks must bring; "" when none is set. Raises SecretLost."""
    return open_secret(tx, vault, WEBHOOK_TOKEN) or environment.steadfast_webhook_token.get_secret_value()


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
