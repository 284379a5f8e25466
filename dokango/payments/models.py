"""What customers say they paid (claims), what was found in the wallet (payments), and who owns a TrxID."""

from __future__ import annotations

from sqlalchemy import Index, PrimaryKeyConstraint
from sqlalchemy import text as sql
from sqlmodel import SQLModel

from dokango.db.columns import check, flag, row_id, strict, text, whole

_IS_INCOME = sql("reading = 'income'")
_IS_WHOLE = sql("part = 0")


class Claim(SQLModel, table=True):
    """A customer's word: this TrxID, from this number. One claim of an order waits at most."""

    __table_args__ = strict(
        check("state IN ('waiting', 'verified', 'rejected', 'replaced')", "claim_state_known"),
        Index("claim_order", "order_id", "id"),
        Index("claim_trx", "trx_id", "method"),
    )

    id: int | None = row_id()
    order_id: int = whole(foreign_key="order.id")
    method: str = text()
    trx_id: str = text()
    sender: str = text("")
    state: str = text("waiting")
    reason: str = text("")
    claimed_at: int = whole()
    decided_at: int | None = whole(None)


class Payment(SQLModel, table=True):
    """Money that a person found in a wallet and booked to an order. Only ever inserted.

    `part` is 1 where it is a part of what came under its TrxID: the rest is for other orders, or nobody's yet. `turn`
    is how often its TrxID had been freed before, by taking back what was booked of it.
    """

    __table_args__ = strict(
        check("amount_poisha > 0", "payment_amount_positive"),
        Index("payment_order", "order_id"),
        Index("payment_trx", "method", "trx_id"),
        Index("payment_whole", "method", "trx_id", "turn", unique=True, sqlite_where=_IS_WHOLE,
              postgresql_where=_IS_WHOLE),
        flag("part", "payment"),
    )  # fmt: skip

    id: int | None = row_id()
    order_id: int = whole(foreign_key="order.id")
    event_id: int = whole(foreign_key="event.id")
    method: str = text()
    trx_id: str = text()
    sender: str = text("")
    amount_poisha: int = whole()
    received_at: int = whole()
    part: int = whole(0)
    turn: int = whole(0)


class PaymentReversal(SQLModel, table=True):
    """A payment that was booked by mistake, taken back: once, whole, with who and why. Only ever inserted.

    `frees` is 1 where nothing else of its TrxID stands anywhere: it belongs to nobody then, until it is taken anew.
    """

    __tablename__ = "payment_reversal"
    __table_args__ = strict(
        check("amount_poisha > 0", "payment_reversal_amount_positive"),
        Index("payment_reversal_order", "order_id"),
        Index("payment_reversal_trx", "method", "trx_id"),
        flag("frees", "payment_reversal"),
    )

    id: int | None = row_id()
    payment_id: int = whole(foreign_key="payment.id", unique=True)
    order_id: int = whole(foreign_key="order.id")
    event_id: int = whole(foreign_key="event.id")
    method: str = text()
    trx_id: str = text()
    amount_poisha: int = whole()
    frees: int = whole()
    reason: str = text()
    reversed_at: int = whole()
    by: str = text()


class TakenTrxId(SQLModel, table=True):
    """Which order a TrxID belongs to: once it was verified or rejected there. Only ever inserted.

    It stays so for ever, unless the payment was booked by mistake and taken back: then the next `turn` begins.

    No single order's (None) where its money was shared by several, given back, or kept as its payer's credit.
    """

    __tablename__ = "taken_trx_id"
    __table_args__ = strict(PrimaryKeyConstraint("method", "trx_id", "turn", name="taken_trx_id_pk"))

    method: str = text()
    trx_id: str = text()
    order_id: int | None = whole(None, foreign_key="order.id")
    taken_at: int = whole()
    turn: int = whole(0)


class ReservedTrxId(SQLModel, table=True):
    """Which order a TrxID is kept for while a second person looks at its payment; then it is taken, or free again."""

    __tablename__ = "reserved_trx_id"
    __table_args__ = strict(PrimaryKeyConstraint("method", "trx_id", name="reserved_trx_id_pk"))

    method: str = text()
    trx_id: str = text()
    order_id: int = whole(foreign_key="order.id")
    reserved_at: int = whole()


class Refund(SQLModel, table=True):
    """Money given back to a customer. Only ever inserted."""

    __table_args__ = strict(check("amount_poisha > 0", "refund_amount_positive"), Index("refund_order", "order_id"))

    id: int | None = row_id()
    order_id: int = whole(foreign_key="order.id")
    event_id: int = whole(foreign_key="event.id")
    method: str = text()
    amount_poisha: int = whole()
    reference: str = text("")
    paid_at: int = whole()


class WalletEvidence(SQLModel, table=True):
    """A line that somebody brought from a wallet: a message, a row of a statement. Only ever inserted, each once."""

    __tablename__ = "wallet_evidence"
    __table_args__ = strict(
        check("reading IN ('income', 'not_income', 'not_understood')", "wallet_evidence_reading_known"),
        check("reading <> 'income' OR amount_poisha > 0", "wallet_evidence_income_has_amount"),
        Index("wallet_evidence_trx", "method", "trx_id", unique=True, sqlite_where=_IS_INCOME,
              postgresql_where=_IS_INCOME),
        Index("wallet_evidence_listed", "reading", "id"),
    )  # fmt: skip

    id: int | None = row_id()
    digest: str = text(unique=True)  # of the words, so that the same line is kept once
    source: str = text()  # paste, phone, statement
    said: str = text()  # the line as it came
    reading: str = text()
    why: str = text("")
    method: str = text("")
    trx_id: str = text("")
    amount_poisha: int = whole(0)
    fee_poisha: int = whole(0)
    balance_poisha: int | None = whole(None)
    sender: str = text("")
    reference: str = text("")
    sent_at: int | None = whole(None)  # as the wallet says
    kind: str = text("")  # of movement; below 0 is the amount of one that is no income and went out
    till: str = text("")  # the shop's own number that it came to, "" where nobody says
    kept_at: int = whole()
    kept_by: str = text("")


class WalletPhoto(SQLModel, table=True):
    """A photo or screenshot beside a line of a wallet, or beside an order's claim. Only ever inserted."""

    __tablename__ = "wallet_photo"
    __table_args__ = strict(
        check("(evidence_id IS NULL) <> (order_id IS NULL)", "wallet_photo_beside_one"),
        Index("wallet_photo_evidence", "evidence_id", "name", unique=True),
        Index("wallet_photo_order", "order_id", "name", unique=True),
    )

    id: int | None = row_id()
    evidence_id: int | None = whole(None, foreign_key="wallet_evidence.id")
    order_id: int | None = whole(None, foreign_key="order.id")
    name: str = text()  # of its file, made of its content
    added_by: str = text()
    added_at: int = whole()


class Credit(SQLModel, table=True):
    """What of a customer's money stays with the shop for their next order, by phone. A check proves it by entries."""

    __table_args__ = strict(check("balance_poisha >= 0", "credit_not_negative"))

    phone: str = text(primary_key=True)
    balance_poisha: int = whole()


class CreditEntry(SQLModel, table=True):
    """Credit that came (above 0) or went (below 0), only ever inserted. `trx_id`: of money that was nobody's."""

    __tablename__ = "credit_entry"
    __table_args__ = strict(
        check("kind IN ('kept', 'from_refund', 'spent', 'paid_out')", "credit_entry_kind_known"),
        check("amount_poisha <> 0", "credit_entry_of_something"),
        Index("credit_entry_phone", "phone", "id"),
        Index("credit_entry_order", "order_id"),
        Index("credit_entry_trx", "method", "trx_id"),
    )

    id: int | None = row_id()
    phone: str = text()
    event_id: int = whole(foreign_key="event.id")
    order_id: int | None = whole(None, foreign_key="order.id")
    kind: str = text()
    amount_poisha: int = whole()
    method: str = text("")
    trx_id: str = text("")
    happened_at: int = whole()
    by: str = text()


class GivenBack(SQLModel, table=True):
    """Money sent back that no order owed: what came under a TrxID, or a customer's credit ("" as `trx_id`).

    Only ever inserted. `sent_by` is the pocket it went out of.
    """

    __tablename__ = "given_back"
    __table_args__ = strict(
        check("amount_poisha > 0", "given_back_positive"), Index("given_back_trx", "method", "trx_id")
    )

    id: int | None = row_id()
    event_id: int = whole(foreign_key="event.id")
    phone: str = text()
    method: str = text("")
    trx_id: str = text("")
    amount_poisha: int = whole()
    sent_by: str = text()
    reference: str = text("")
    given_at: int = whole()
    by: str = text()


class Sending(SQLModel, table=True):
    """A wallet's reference of money that was sent to a customer: each stands for one refund. Only ever inserted."""

    __table_args__ = strict(PrimaryKeyConstraint("method", "reference", name="sending_pk"))

    method: str = text()
    reference: str = text()
    event_id: int = whole(foreign_key="event.id")
