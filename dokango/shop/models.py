"""The shop's own settings, as the owner sets them."""

from __future__ import annotations

from sqlmodel import SQLModel

from dokango.db.columns import strict, text, whole


class ShopSetting(SQLModel, table=True):
    """One setting as JSON; secrets are encrypted with the installation's key before they come here."""

    __tablename__ = "shop_setting"
    __table_args__ = strict()

    key: str = text(primary_key=True)
    value: str = text()
    changed_by: str = text("")
    changed_at: int = whole()
