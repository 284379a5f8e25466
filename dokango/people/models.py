"""Staff, their sessions, and the keys of programs."""

from __future__ import annotations

from sqlalchemy import Index
from sqlmodel import SQLModel

from dokango.db.columns import check, flag, row_id, strict, text, whole

_ROLES = "role IN ('owner', 'manager', 'packer', 'viewer')"
_KEY_ROLES = "role IN ('owner', 'manager', 'packer', 'viewer', 'forwarder')"


class User(SQLModel, table=True):
    """One member of the staff. `login` is what they sign in with."""

    __table_args__ = strict(check(_ROLES, "user_role_known"), flag("active", "user"))

    id: int | None = row_id()
    login: str = text(unique=True)
    name: str = text()
    email: str = text("")
    role: str = text()
    password_hash: str = text()
    active: int = whole(1)
    created_at: int = whole()
    given_at: int | None = whole(None)  # when somebody else made the password; nothing opens until it is changed


class Session(SQLModel, table=True):
    """A signed-in browser; only the hash of its 256-bit id is kept."""

    __table_args__ = strict(Index("session_user", "user_id"))

    id_hash: str = text(primary_key=True)
    user_id: int = whole(foreign_key="user.id")
    created_at: int = whole()
    seen_at: int = whole()
    ends_at: int = whole()
    agent: str = text("")
    address: str = text("")
    proved_at: int | None = whole(None)  # when the second step was taken, where there is one


class ApiKey(SQLModel, table=True):
    """A program's key; only its hash is kept, and a prefix to know it by."""

    __tablename__ = "api_key"
    __table_args__ = strict(check(_KEY_ROLES, "api_key_role_known"))

    id: int | None = row_id()
    name: str = text()
    role: str = text()
    prefix: str = text()
    key_hash: str = text(unique=True)
    created_by: str = text("")
    made_by: int | None = whole(None)  # the member of staff who made it
    created_at: int = whole()
    used_at: int | None = whole(None)
    revoked_at: int | None = whole(None)


class SavedView(SQLModel, table=True):
    """A list that a member of staff named; `address` is its path and query."""

    __tablename__ = "saved_view"
    __table_args__ = strict(Index("saved_view_name", "user_id", "name", unique=True))

    id: int | None = row_id()
    user_id: int = whole(foreign_key="user.id")
    name: str = text()
    address: str = text()
    created_at: int = whole()


class SecondStep(SQLModel, table=True):
    """What a member of staff proves beside the password: a secret that an app on their phone shares, sealed."""

    __tablename__ = "second_step"
    __table_args__ = strict()

    user_id: int = whole(primary_key=True, foreign_key="user.id")
    sealed: str = text()
    since: int = whole()
    last_step: int = whole()  # of the clock of RFC 6238: a code of it, or of one before, is not taken again


class RecoveryCode(SQLModel, table=True):
    """One of ten codes that each take the phone's place once; only its hash is kept."""

    __tablename__ = "recovery_code"
    __table_args__ = strict(Index("recovery_code_of", "user_id", "code_hash", unique=True))

    id: int | None = row_id()
    user_id: int = whole(foreign_key="user.id")
    code_hash: str = text()
    used_at: int | None = whole(None)


class SecondStepRole(SQLModel, table=True):
    """A role whose members must have a second step."""

    __tablename__ = "second_step_role"
    __table_args__ = strict(check(_ROLES, "second_step_role_known"))

    role: str = text(primary_key=True)
