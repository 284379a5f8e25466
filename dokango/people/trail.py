"""What the trail keeps of people: who did what to whose rights, and from which network address."""

from __future__ import annotations

from dokango import audit, topics
from dokango.db import Tx
from dokango.people.actor import Actor

SIGNED_IN = "signed_in"
SIGN_IN_FAILED = "sign_in_failed"
SIGNED_OUT = "signed_out"
API_KEY_USED = "api_key_used"


def note(tx: Tx, actor: Actor, action: str, key: str, words: str, now_us: int) -> None:
    """Write one event about people, unique by `action` and `key`, with the address that `actor` came from."""
    audit.record(
        tx, key=f"{action}:{key}", action=action, actor=actor.name, actor_kind=actor.kind, now_us=now_us, note=words,
        data={"address": actor.address} if actor.address else None,
    )  # fmt: skip
    if action != SIGN_IN_FAILED:  # whoever guesses does not wake every open page
        tx.changed(topics.PEOPLE)
