"""Everything that `make bench` measures, one part after the other; each can be run alone by its name."""

from __future__ import annotations

import sys

from benchmarks import (
    after_silence,
    bulk_send,
    follow_parcels,
    http_lives,
    lists,
    live_change,
    lives,
    lookups,
    payouts,
    slow_phone,
    visitors,
    wallet_inbox,
    webhooks,
)

PARTS = {
    "lives": lives.main,
    "lists": lists.main,
    "lookups": lookups.main,
    "http_lives": http_lives.main,
    "live_change": live_change.main,
    "slow_phone": slow_phone.main,
    "visitors": visitors.main,
    "bulk_send": bulk_send.main,
    "follow_parcels": follow_parcels.main,
    "after_silence": after_silence.main,
    "webhooks": webhooks.main,
    "payouts": payouts.main,
    "wallet_inbox": wallet_inbox.main,
}


def main() -> None:
    """Run the parts that the command line names, or all."""
    wanted = [name for name in sys.argv[1:] if name in PARTS] or list(PARTS)
    sys.argv = sys.argv[:1]
    for name in wanted:
        print(f"\n{name.replace('_', ' ')}", flush=True)
        PARTS[name]()


if __name__ == "__main__":
    main()
