"""The tariffs that the owner keeps, one a courier by its name in the books; until then, what they are known to ask."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache

from dokango.clock import Clock
from dokango.couriers.kind.tariff import Tariff
from dokango.couriers.registry import COURIERS
from dokango.db import Tx
from dokango.errors import InvalidInput
from dokango.people.actor import Actor
from dokango.people.permissions import Permission
from dokango.shop.editing import note_changed
from dokango.shop.profile import read_setting, write_setting

SETTING = "tariffs"
MOST_TARIFFS = 40
PROMISED_DAYS = 7  # of a courier without a tariff
KNOWN: Mapping[str, Tariff] = {kind.key: kind.tariff for kind in COURIERS.values() if kind.tariff is not None}


def load_tariffs(tx: Tx) -> dict[str, Tariff]:
    """Every courier's tariff by its name in the books: the owner's, else what it is known to ask."""
    return {**KNOWN, **_kept(tx)}


def tariff_for(tx: Tx, courier: str) -> Tariff | None:
    """One courier's (its name in the books) tariff; None when nobody said what it charges."""
    return _kept(tx).get(courier, KNOWN.get(courier))


def promised_days(tariffs: Mapping[str, Tariff], courier: str) -> int:
    """Within how many days a courier pays out what it collected."""
    tariff = tariffs.get(courier)
    return PROMISED_DAYS if tariff is None else tariff.payout_days


def claim_days(tx: Tx, courier: str, otherwise: int) -> int:
    """Within how many days a courier (its name in the books) answers a claim; `otherwise` where nobody said."""
    tariff = tariff_for(tx, courier)
    return (tariff.claim_days if tariff is not None else 0) or otherwise


def change_tariff(tx: Tx, actor: Actor, clock: Clock, courier: str, tariff: Tariff) -> bool:
    """Keep a courier's tariff as looked over; False when it stood so already. Raises NotAllowed, InvalidInput."""
    actor.require(Permission.EDIT_SETTINGS)
    kept = _kept(tx)
    before, after = kept.get(courier), tariff.model_copy(update={"checked": True})
    if before == after:
        return False
    if before is None and len(kept) >= MOST_TARIFFS:
        raise InvalidInput({"courier": f"At most {MOST_TARIFFS} couriers can have a tariff."})
    now_us = clock.now_us()
    write_setting(tx, SETTING, _as_text({**kept, courier: after}), by=actor.name, now_us=now_us)
    old = (before or KNOWN.get(courier) or after).model_dump(mode="json")
    note_changed(tx, actor, now_us, f"tariff of {courier}", {courier: [old, after.model_dump(mode="json")]})
    return True


def _kept(tx: Tx) -> dict[str, Tariff]:
    return _parsed(read_setting(tx, SETTING) or "{}")


@lru_cache(maxsize=1)
def _parsed(kept: str) -> dict[str, Tariff]:
    return {name: Tariff.model_validate(tariff) for name, tariff in json.loads(kept).items()}


def _as_text(tariffs: Mapping[str, Tariff]) -> str:
    return json.dumps({name: tariff.model_dump(mode="json") for name, tariff in tariffs.items()}, ensure_ascii=False)
