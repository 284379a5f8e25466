"""Every failure that a person may meet, as one tree.

DokangoError
├── InvalidInput            a field's value cannot be used (422)
├── IdempotencyKeyReused               an idempotency key came back with another body (422)
├── NotSignedIn             nobody is signed in, or the key is unknown (401)
├── NotAllowed              signed in, without this permission (403)
├── NotFound                no such order, product, parcel … (404)
├── Conflict                the world is not as the caller thought (409)
│   ├── Refused             the lifecycle has no such step from here
│   ├── StaleVersion        somebody changed the order meanwhile
│   ├── InsufficientStock   fewer on the shelf than wanted
│   ├── TrxIdTaken          this transaction id has settled, or was refused on, another order
│   ├── CreditSpent, NothingLeft   of a customer's credit, of a wallet's line (payments/refusals.py)
│   ├── PayoutDone          this payout of the courier is booked already
│   ├── PreviewOver         what was previewed would not be what is booked
│   └── AlreadyExists       the name, SKU or e-mail is in use
├── Throttled               too many tries (429)
├── Busy                    the database stayed locked for too long (503)
│   ├── CannotKeep          the disk is full or may only be read (507)
│   └── Unreachable         the database's server cannot be reached; nothing was done (503)
├── OutcomeUnknown          the line broke while it was kept: it may be done, or not (503)
├── Unfit                   the database, its folder or its port must not be opened as they are
└── CourierError            the courier's side: dokango/courier_errors.py

An error carries data; its text is a sentence that says what happened and what to do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import ClassVar


class DokangoError(Exception):
    """The root: an expected failure, fit to be shown to the person who met it."""

    status: ClassVar[int] = 400
    code: ClassVar[str] = "error"

    def data(self) -> dict[str, object]:
        """What a program needs to act on the failure; goes into problem+json beside the sentence."""
        return {}


class InvalidInput(DokangoError):
    """One sentence a field, in `fields`; nothing was written."""

    status = 422
    code = "invalid-input"

    def __init__(self, fields: Mapping[str, str]) -> None:
        self.fields = dict(fields)
        super().__init__(" ".join(self.fields.values()))

    def data(self) -> dict[str, object]:
        return {"fields": self.fields}


class IdempotencyKeyReused(DokangoError):
    """The same Idempotency-Key arrived with a different body."""

    status = 422
    code = "key-reused"

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__("This Idempotency-Key was used before with another body. Nothing was done; send a new key.")


class NotSignedIn(DokangoError):
    """No session or key, or one that has ended."""

    status = 401
    code = "not-signed-in"

    def __init__(self, sentence: str = "Sign in to go on.") -> None:
        super().__init__(sentence)


class NotAllowed(DokangoError):
    """The actor's role lacks `permission`."""

    status = 403
    code = "not-allowed"

    def __init__(self, permission: str, sentence: str | None = None) -> None:
        self.permission = permission
        super().__init__(sentence or f"Your role may not do this ({permission.replace('_', ' ')}). Ask the owner.")

    def data(self) -> dict[str, object]:
        return {"permission": self.permission}


class NotFound(DokangoError):
    """There is no `what` called `which`."""

    status = 404
    code = "not-found"

    def __init__(self, what: str, which: object) -> None:
        self.what, self.which = what, str(which)
        super().__init__(f"There is no {what} {which}.")

    def data(self) -> dict[str, object]:
        return {"what": self.what, "which": self.which}


class Conflict(DokangoError):
    """The request is well formed, and the present state of things does not admit it."""

    status = 409
    code = "conflict"


class Refused(Conflict):
    """The lifecycle refuses `action` now; `allowed` are the actions it would take."""

    code = "refused"

    def __init__(self, action: str, reason: str, allowed: Sequence[str] = ()) -> None:
        self.action, self.reason, self.allowed = action, reason, list(allowed)
        super().__init__(reason)

    def data(self) -> dict[str, object]:
        return {"action": self.action, "allowed": self.allowed}


class StaleVersion(Conflict):
    """The caller saw version `seen`; the order stands at `current`, by `actor`'s `action` at `at_us`.

    `who` is the actor for people, who may be of any kind (`actor_kind`) and have any name.
    """

    code = "stale-version"

    def __init__(
        self, number: str, seen: int, current: int, *, actor: str, actor_kind: str, who: str, action: str, at_us: int,
        when: str,
    ) -> None:  # fmt: skip
        self.number, self.seen, self.current = number, seen, current
        self.actor, self.actor_kind, self.who, self.action, self.at_us = actor, actor_kind, who, action, at_us
        super().__init__(
            f"Order #{number} changed while you looked at it: {who} did “{action}” {when}. "
            "Nothing of yours was done; look again and decide."
        )

    def data(self) -> dict[str, object]:
        return {
            "seen": self.seen, "version": self.current, "changed_by": self.actor, "actor_kind": self.actor_kind,
            "changed": self.action,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shortage:
    """One SKU that cannot be had in the quantity wanted."""

    sku: str
    wanted: int
    available: int
    title: str = ""


class InsufficientStock(Conflict):
    """Some items are not on the shelf; `items` says which, how many were wanted and how many are left."""

    code = "insufficient-stock"

    def __init__(self, items: Sequence[Shortage]) -> None:
        self.items = list(items)
        words = "; ".join(
            f"{i.title or i.sku}: {i.wanted} wanted, {'none' if i.available <= 0 else i.available} left" for i in items
        )
        super().__init__(f"Not enough in stock. {words}. Change the quantity or take the item out.")

    def data(self) -> dict[str, object]:
        keep = ("sku", "wanted", "available")
        return {"items": [{k: v for k, v in asdict(i).items() if k in keep} for i in self.items]}


class TrxIdTaken(Conflict):
    """(wallet, TrxID) belongs to another payment and stays so for ever; `number` is "" where that is no order's."""

    code = "trx-id-taken"

    def __init__(self, method: str, trx_id: str, number: str) -> None:
        self.method, self.trx_id, self.number = method, trx_id, number
        used = f"for order #{number}" if number else "already: shared by several orders, given back or kept as credit"
        words = f"TrxID {trx_id} was {'already used' if number else 'used'} {used}. One TrxID settles one payment."
        super().__init__(words)

    def data(self) -> dict[str, object]:
        return {"method": self.method, "transaction_id": self.trx_id, "order": self.number}


class PayoutDone(Conflict):
    """A courier's payout is booked once; `who` booked it, `when`."""

    code = "payout-done"

    def __init__(self, courier: str, reference: str, *, who: str, when: str) -> None:
        self.courier, self.reference, self.who, self.when = courier, reference, who, when
        super().__init__(f"Payout {reference} of {courier} was booked by {who}, {when}. Nothing was booked again.")

    def data(self) -> dict[str, object]:
        return {"courier": self.courier, "reference": self.reference, "booked_by": self.who}


class PreviewOver(Conflict):
    """Something changed since the preview was drawn, so that it would not be what is booked."""

    code = "preview-over"

    def __init__(self) -> None:
        super().__init__("Something changed since this was previewed. Nothing was booked; look at it again.")


class AlreadyExists(Conflict):
    """A unique name is in use."""

    code = "already-exists"

    def __init__(self, what: str, which: str) -> None:
        self.what, self.which = what, which
        super().__init__(f"There is already a {what} {which}. Choose another.")


class Throttled(DokangoError):
    """Too many tries; `retry_after_s` seconds from now it is open again."""

    status = 429
    code = "throttled"

    def __init__(self, retry_after_s: int) -> None:
        self.retry_after_s = retry_after_s
        super().__init__(f"Too many tries. Wait {retry_after_s} seconds and try again.")

    def data(self) -> dict[str, object]:
        return {"retry_after_s": self.retry_after_s}


class Busy(DokangoError):
    """The database did not take the command in time; nothing was written."""

    status = 503
    code = "busy"

    def __init__(self, sentence: str = "The shop is very busy. Nothing was changed; try again in a moment.") -> None:
        super().__init__(sentence)


class CannotKeep(Busy):
    """The disk is full, or may only be read; nothing was written. It is tried again with the next command."""

    status = 507
    code = "cannot-keep"

    def __init__(self, why: str) -> None:
        super().__init__(f"{why}, so nothing was changed. Make room on the shop's computer, then try again.")


class Unreachable(Busy):
    """The database's server is gone or restarting; nothing was written."""

    code = "unreachable"

    def __init__(self) -> None:
        super().__init__("The shop's database cannot be reached. Nothing was changed; try again in a moment.")


class OutcomeUnknown(DokangoError):
    """The line to the database broke between COMMIT and its answer. Never to be called “nothing was changed”."""

    status = 503
    code = "outcome-unknown"

    def __init__(self) -> None:
        super().__init__(
            "The line to the database broke while this was being kept, so it is not known whether it was done. "
            "Look before you do it again; a call with an Idempotency-Key can be sent again as it was."
        )


class Unfit(DokangoError):
    """What the site would start on is damaged, somebody else's or gone; nothing was changed."""

    status = 503
    code = "unfit"
