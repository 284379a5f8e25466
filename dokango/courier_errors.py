"""What goes wrong between us and a courier, by what is known of their side.

CourierError
├── CourierRefused      they read it and said no (409)
├── CourierUnavailable  they cannot be reached and certainly did nothing (503)
└── CourierUncertain    they may or may not have done it (502)
"""

from __future__ import annotations

from collections.abc import Mapping

from dokango.errors import DokangoError


class CourierError(DokangoError):
    """Something between us and a courier; `courier` is its key, `raw` what they answered."""

    status = 502
    code = "courier-error"

    def __init__(self, courier: str, sentence: str, raw: str = "") -> None:
        self.courier, self.raw = courier, raw
        super().__init__(sentence)

    def data(self) -> dict[str, object]:
        return {"courier": self.courier}


class CourierRefused(CourierError):
    """They read the request and declined it; `fields` holds their reason per field where they gave one."""

    status = 409
    code = "courier-refused"

    def __init__(self, courier: str, sentence: str, raw: str = "", fields: Mapping[str, str] | None = None) -> None:
        self.fields = dict(fields or {})
        super().__init__(courier, sentence, raw)

    def data(self) -> dict[str, object]:
        return {"courier": self.courier, "fields": self.fields}


class CourierUnavailable(CourierError):
    """They certainly did nothing: connection refused, wrong keys, locked out. Safe to try again."""

    status = 503
    code = "courier-unavailable"


class CourierUncertain(CourierError):
    """The call may have landed: time-out, dropped connection, 5xx. Never repeat it blindly."""

    status = 502
    code = "courier-uncertain"
