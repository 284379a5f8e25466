"""How often strangers may try: one count for a live page's form and for the same form of its plain HTML.

Whole districts share an address behind a phone network's gateway, so the counts by network stop only machines.
"""

from __future__ import annotations

from dokango.people.counts import counts
from dokango.people.throttle import Throttle
from dokango.settings import settings

_counts = counts(settings().redis_url)
CHECKOUT_BY_NETWORK = Throttle("60 per 10 minutes", _counts)
CHECKOUT_BY_PHONE = Throttle("12 per 1 hour", _counts)
TRACK_BY_NETWORK = Throttle("12 per 10 minutes", _counts)
TRACK_BY_NUMBER = Throttle("12 per 1 hour", _counts)  # so that nobody tries every phone on one order
TRACK_BY_PHONE = Throttle("30 per 1 hour", _counts)  # nor every order on one phone
STEPS_BY_LINK = Throttle("30 per 10 minutes", _counts)
