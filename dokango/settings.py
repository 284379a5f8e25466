"""What the environment says, read in one place: DOKANGO_… variables, and PORT."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from pydantic import AliasChoices, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """One field a variable; the README lists them. Secrets never show in a repr."""

    model_config = SettingsConfigDict(env_prefix="DOKANGO_", extra="ignore", frozen=True)

    workers: int = Field(default=1, validation_alias=AliasChoices("WORKERS", "DOKANGO_WORKERS"), ge=1, le=64)
    port: int = Field(default=3000, validation_alias=AliasChoices("PORT", "DOKANGO_PORT"), ge=1, le=65535)
    host: str = "0.0.0.0"  # noqa: S104  a shop's desk is opened from other machines too
    public_url: str = ""  # how customers reach the site; default http://localhost:<port>
    data_dir: Path = ROOT / ".data"
    database_url: str = ""  # default: SQLite in the data dir
    redis_url: str = ""
    trusted_proxy_hops: int = Field(default=0, ge=0, le=9)
    backup_every_h: int = Field(default=24, ge=0, le=24 * 30)  # 0: the shop makes no copy by itself
    backup_to: Path | None = None  # a second place for each copy that it makes
    sample: bool = True  # fill an empty database with the sample shop
    worker: bool = True  # run the jobs worker inside the site
    open_docs: bool = False  # /metrics and the API's documentation for everybody; else this machine and API keys

    most_sockets: int = Field(default=2_000, ge=1)  # open at once, staff's not counted against
    sockets_per_network: int = Field(default=200, ge=1)  # of one IPv4 address or IPv6 /64
    new_sockets_at_once: int = Field(default=200, ge=1)  # by one network in a moment, as after a restart
    new_sockets_per_minute: int = Field(default=120, ge=1)  # and from then on
    storage_chars: int = Field(default=20_000, ge=1_000)  # that one browser may keep for us: the cart and its like
    event_chars: int = Field(default=40_000, ge=10_000)  # of one event's payload: a form, a click
    visitor_gone_s: int = Field(default=180, ge=1)  # how long a visitor's tab is remembered after its socket closed
    visitor_silent_s: int = Field(default=1_800, ge=1)  # how long one with an open socket that says nothing

    steadfast_base_url: str = ""
    steadfast_api_key: SecretStr = SecretStr("")
    steadfast_secret_key: SecretStr = SecretStr("")
    steadfast_webhook_token: SecretStr = SecretStr("")

    pathao_base_url: str = ""
    pathao_client_id: SecretStr = SecretStr("")
    pathao_client_secret: SecretStr = SecretStr("")
    pathao_username: SecretStr = SecretStr("")
    pathao_password: SecretStr = SecretStr("")
    pathao_webhook_token: SecretStr = SecretStr("")

    redx_base_url: str = ""
    redx_access_token: SecretStr = SecretStr("")
    redx_sandbox_token: SecretStr = SecretStr("")
    redx_webhook_token: SecretStr = SecretStr("")

    smtp_host: str = ""
    smtp_port: int = Field(default=587, ge=1, le=65535)
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    smtp_tls: bool = True
    mail_from: str = ""

    sms_url: str = ""  # with {to}, {text}, {id}, {sender}
    sms_method: str = Field(default="", pattern=r"^(GET|POST|get|post)?$")
    sms_body: str = ""
    sms_ok: str = ""  # what an accepted answer matches (RE2)
    sms_sender: str = ""

    @property
    def database(self) -> str:
        """The database's URL: the one given, or SQLite in the data dir."""
        return self.database_url or f"sqlite:///{self.data_dir.resolve() / 'dokango.sqlite3'}"

    @property
    def site_url(self) -> str:
        """Where links in messages and in the API point, without a slash at the end."""
        return (self.public_url or f"http://localhost:{self.port}").rstrip("/")


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process, read once. Raises pydantic's ValidationError for a value that cannot be used."""
    return Settings()
