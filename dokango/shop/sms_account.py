"""The shop's account at an SMS gateway. What the owner set wins over the environment."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from dokango.db import Tx
from dokango.plain_model import PlainModel
from dokango.settings import Settings
from dokango.shop.profile import read_setting
from dokango.shop.secrets import Vault, open_secret

SMS, SMS_KEY = "sms", "sms_key"


class SmsAccount(PlainModel):
    """A gateway by its name, or any other by address, body and the pattern that an accepted answer matches."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    gateway: Annotated[str, Field(max_length=20)] = ""  # of GATEWAYS, "other", or "" when there is none
    url: Annotated[str, Field(max_length=500, pattern=r"^(https?://\S+)?$")] = ""
    method: Literal["GET", "POST", ""] = ""
    body: Annotated[str, Field(max_length=1_000)] = ""
    accepted: Annotated[str, Field(max_length=200)] = ""
    sender: Annotated[str, Field(max_length=20)] = ""
    user: Annotated[str, Field(max_length=100)] = ""
    part_poisha: Annotated[int, Field(ge=0, le=10_000)] = 0  # the price of one part
    most_a_day: Annotated[int, Field(ge=0, le=1_000_000)] = 0  # messages; 0 is no limit


def sms_account(tx: Tx, environment: Settings) -> SmsAccount:
    """The account, without its key; `gateway` is empty when there is none."""
    kept = read_setting(tx, SMS)
    if kept:
        chosen = SmsAccount.model_validate_json(kept)
        if chosen.gateway:
            return chosen
    if not environment.sms_url:
        return SmsAccount()
    method = environment.sms_method.upper() or ("POST" if environment.sms_body else "GET")
    return SmsAccount(
        gateway="other", url=environment.sms_url, method="GET" if method == "GET" else "POST",
        body=environment.sms_body, accepted=environment.sms_ok, sender=environment.sms_sender,
    )  # fmt: skip


def sms_key(tx: Tx, vault: Vault) -> str:
    """The key of the account, or "". Raises SecretLost."""
    return open_secret(tx, vault, SMS_KEY)
