"""What the desk does to a customer, each written down with who and when: a note, labels, a block."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, NamedTuple

from pydantic import ConfigDict, Field
from sqlalchemy import ColumnElement, bindparam, delete, insert, or_, select, update

from dokango import audit, topics
from dokango.clock import Clock
from dokango.customers.models import CustomerLabel, CustomerNote
from dokango.customers.record import ALIAS, CUSTOMER
from dokango.customers.rows import WORD, CustomerRow, by_phone, find_by, known
from dokango.db import Statement, Tx, table_of, typed
from dokango.errors import InvalidInput, Refused
from dokango.paging import ROWS, Page, Paged
from dokango.people.actor import Actor
from dokango.people.permissions import Permission
from dokango.people.phones import normalise_phone, said_phone
from dokango.plain_model import PlainModel
from dokango.words import words_of

MOST_LABELS = 12
LONGEST_LABEL = 40
_N, _L = table_of(CustomerNote), table_of(CustomerLabel)


class _Form(PlainModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, str_strip_whitespace=True)


class WriteNote(_Form):
    """Something to remember about a customer."""

    MANY_LINES = frozenset(("words",))
    words: Annotated[str, Field(min_length=1, max_length=1_000)]


class SetLabels(_Form):
    """All labels that a customer has from now on."""

    labels: Annotated[
        tuple[Annotated[str, Field(min_length=1, max_length=LONGEST_LABEL)], ...],
        Field(max_length=MOST_LABELS, strict=False),
    ]


class Block(_Form):
    """No order of this customer goes on unseen; the reason is for the staff alone."""

    reason: Annotated[str, Field(min_length=1, max_length=300)]


class Unblock(_Form):
    """Their orders go on as everybody's."""

    reason: Annotated[str, Field(max_length=300)] = ""


class NoteRow(NamedTuple):
    """What was written down, by whom, when; `kind` is note, or what was done."""

    id: int
    kind: str
    words: str
    by: str
    written_at: int


class _Label(NamedTuple):
    label: str


class _Put(NamedTuple):
    customer_id: int
    label: str


def _theirs(customer_id: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether a row is of the customer with the id, or of a number that is theirs too."""
    merged = (
        select(_OTHER.c.id)
        .join(ALIAS, ALIAS.c.phone == _OTHER.c.phone)
        .join(CUSTOMER, CUSTOMER.c.phone == ALIAS.c.main_phone)
        .where(CUSTOMER.c.id == bindparam("customer"))
    )
    return or_(customer_id == bindparam("customer"), customer_id.in_(merged))


_OTHER = CUSTOMER.alias("other")
_NOTE = Statement(insert(_N), columns=["customer_id", "kind", "words", "by", "written_at"])
_LAST = Statement(select(_N.c.id).where(_N.c.customer_id == bindparam("customer")).order_by(_N.c.id.desc()).limit(1))
_NOTES = Paged(
    NoteRow,
    select(_N.c.id, _N.c.kind, _N.c.words, _N.c.by, _N.c.written_at).where(_theirs(_N.c.customer_id)),
    by=(_N.c.id,),
    descending=True,
)
_NEWEST = typed(
    NoteRow,
    select(_N.c.id, _N.c.kind, _N.c.words, _N.c.by, _N.c.written_at)
    .where(_theirs(_N.c.customer_id), _N.c.kind == "note")
    .order_by(_N.c.id.desc())
    .limit(1),
)
_LABELS = typed(_Label, select(_L.c.label).where(_L.c.customer_id == bindparam("customer")).order_by(_L.c.label))
_PUT = Statement(insert(_L), columns=["customer_id", "label", "by", "put_at"])
_TAKE_OFF = Statement(delete(_L).where(_L.c.customer_id == bindparam("customer")))
_FORGET_WORD = Statement(
    delete(WORD).where(WORD.c.customer_id == bindparam("customer"), WORD.c.word == bindparam("old"))
)
_BLOCK = Statement(
    update(CUSTOMER)
    .where(CUSTOMER.c.id == bindparam("customer"))
    .values(blocked_at=bindparam("at"), blocked_by=bindparam("who"), blocked_reason=bindparam("why"))
)


class By(NamedTuple):
    """Who acts, by which clock."""

    actor: Actor
    clock: Clock


def notes_of(tx: Tx, customer_id: int, cursor: str = "", size: int = ROWS) -> Page[NoteRow]:
    """What was written down of a customer, the newest first; raises NotOurCursor."""
    return _NOTES.page(tx, cursor, size, customer=customer_id)


def newest_note(tx: Tx, customer_id: int) -> NoteRow | None:
    """The last that somebody wrote down of a customer, or None."""
    return tx.one(_NEWEST, customer=customer_id)


def labels_of_many(tx: Tx, ids: Sequence[int]) -> dict[int, list[str]]:
    """The labels of each of these customers who have any."""
    found: dict[int, list[str]] = {}
    asked = select(_L.c.customer_id, _L.c.label).where(_L.c.customer_id.in_(list(ids))).order_by(_L.c.label)
    for row in tx.rows(typed(_Put, asked)) if ids else ():
        found.setdefault(row.customer_id, []).append(row.label)
    return found


def labels_of(tx: Tx, customer_id: int) -> list[str]:
    """A customer's labels, by the alphabet."""
    return [row.label for row in tx.rows(_LABELS, customer=customer_id)]


def write_note(tx: Tx, by: By, phone: str, form: WriteNote) -> CustomerRow:
    """Write something down. Raises NotAllowed, InvalidInput."""
    by.actor.require(Permission.EDIT_CUSTOMERS)
    customer = row_for(tx, by, phone)
    note(tx, by, customer, "note", form.words)
    return customer


def set_labels(tx: Tx, by: By, phone: str, form: SetLabels) -> CustomerRow:
    """Give a customer these labels and no others. Raises NotAllowed, InvalidInput."""
    by.actor.require(Permission.EDIT_CUSTOMERS)
    customer = row_for(tx, by, phone)
    wanted = sorted({label.casefold(): label for label in form.labels}.values())
    if any(not words_of(label) for label in wanted):
        raise InvalidInput({"labels": "A label has a letter or a digit in it."})
    had = labels_of(tx, customer.id)
    if wanted == had:
        return customer
    tx.run(_TAKE_OFF, customer=customer.id)
    for word in {word for label in had for word in words_of(label)} - set(words_of(customer.name)):
        tx.run(_FORGET_WORD, customer=customer.id, old=word)
    put = {"customer_id": customer.id, "by": by.actor.name, "put_at": by.clock.now_us()}
    tx.insert_many(_PUT, [{**put, "label": label} for label in wanted])
    find_by(tx, customer.id, (word for label in wanted for word in words_of(label)))
    note(tx, by, customer, "labels", ", ".join(wanted) or "none")
    return customer


def block(tx: Tx, by: By, phone: str, form: Block) -> CustomerRow:
    """No order of theirs goes on unseen. Raises NotAllowed, InvalidInput, Refused where they are blocked already."""
    by.actor.require(Permission.BLOCK_CUSTOMERS)
    customer = row_for(tx, by, phone)
    if customer.blocked_at is not None:
        raise Refused("block", f"{said_phone(customer.phone)} is blocked already, by {customer.blocked_by}.")
    tx.run(_BLOCK, customer=customer.id, at=by.clock.now_us(), who=by.actor.name, why=form.reason)
    note(tx, by, customer, "block", form.reason)
    return customer


def unblock(tx: Tx, by: By, phone: str, form: Unblock) -> CustomerRow:
    """Their orders go on again. Raises NotAllowed, InvalidInput, Refused where nobody blocked them."""
    by.actor.require(Permission.BLOCK_CUSTOMERS)
    customer = row_for(tx, by, phone)
    if customer.blocked_at is None:
        raise Refused("unblock", f"{said_phone(customer.phone)} is not blocked.")
    tx.run(_BLOCK, customer=customer.id, at=None, who="", why="")
    note(tx, by, customer, "unblock", form.reason)
    return customer


def row_for(tx: Tx, by: By, phone: str) -> CustomerRow:
    """The customer whose number this is; somebody who never ordered gets a row here. Raises InvalidInput."""
    kept = normalise_phone(phone)
    found = by_phone(tx, kept)
    if found is None:
        known(tx, kept, by.clock.now_us())
        found = by_phone(tx, kept)
    if found is None:
        raise LookupError("A customer's row that was written is not there.")
    return found


def note(tx: Tx, by: By, customer: CustomerRow, kind: str, words: str) -> None:
    """Write down what was done, on the customer's page and in the audit trail."""
    now = by.clock.now_us()
    tx.run(_NOTE, customer_id=customer.id, kind=kind, words=words, by=by.actor.name, written_at=now)
    last = tx.value(_LAST, customer=customer.id)
    audit.record(
        tx, key=f"customer/{customer.id}/{last}", action=f"customer_{kind}", actor=by.actor.name,
        actor_kind=by.actor.kind, now_us=now, note=f"{said_phone(customer.phone)}: {words}"[:400],
        data={"customer": customer.id},
    )  # fmt: skip
    tx.changed(topics.CUSTOMERS)
