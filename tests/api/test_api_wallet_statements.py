"""POST /wallet-statements: each line of a file is kept once, and its columns are said once."""

from __future__ import annotations

import base64
from typing import Any

from dokango.people import api_keys
from tests.api.conftest import Client
from tests.core.statements import as_csv, cashed_out, received
from tests.core.test_statements import CHOICE, OTHERS
from tests.small_shop import Shop

URL = "/api/v1/wallet-statements"


def sent(raw: bytes, **more: Any) -> dict[str, Any]:
    return {"wallet": "bkash", "file_base64": base64.b64encode(raw).decode(), **more}


async def test_each_line_is_kept_once_and_told(client: Client) -> None:
    body = sent(as_csv(cashed_out("DLU1H6X8AB"), received("DLU1H6X8AA", balance="900")))
    answer = (await client.post(URL, json=body)).json()
    assert (answer["words"], answer["known"]) == ("2 lines: 1 payment, 1 no income.", 0)
    out, income = answer["shown"]
    assert (out["reading"], out["amount_poisha"], out["words"]) == ("not_income", None, "Cash out: money went out.")
    assert (income["transaction_id"], income["amount_poisha"], income["balance_poisha"]) == (
        "DLU1H6X8AA",
        50_000,
        90_000,
    )
    assert (income["sent_at"], income["duplicate"]) == ("2026-11-22T06:05:00.000000Z", False)
    again = (await client.post(URL, json=body)).json()
    assert (again["known"], again["income"]) == (2, 0)


async def test_columns_are_said_once(client: Client) -> None:
    raw = as_csv(("22/11/2026", "x", "70", "", "170", "754MJGAA"), headings=OTHERS)
    assert "Say which column" in (await client.post(URL, json=sent(raw))).json()["fields"]["columns"]
    assert (await client.post(URL, json=sent(raw, columns={"Nothing": "trx"}))).status_code == 422
    said = {heading: CHOICE[heading.casefold()] for heading in OTHERS}
    assert (await client.post(URL, json=sent(raw, columns=said))).json()["income"] == 1
    assert (await client.post(URL, json=sent(raw))).json()["known"] == 1


async def test_one_key_with_another_file_keeps_nothing(client: Client) -> None:
    key = {"Idempotency-Key": "one"}
    first = await client.post(URL, json=sent(as_csv(received("DLU1H6X8AA"))), headers=key)
    assert (await client.post(URL, json=sent(as_csv(received("DLU1H6X8AA"))), headers=key)).json() == first.json()
    other = sent(as_csv(received("DLU1H6X8AC")))
    assert (await client.post(URL, json=other, headers=key)).status_code == 422
    assert (await client.post(URL, json=other)).json()["income"] == 1


async def test_what_cannot_be_taken_is_said_by_field(client: Client, shop: Shop) -> None:
    for body in ({"wallet": "bkash", "file_base64": "%%"}, {**sent(b"x"), "wallet": "gold"}, sent(b"\0\0")):
        assert (await client.post(URL, json=body)).status_code == 422
    made = shop.db.write(lambda tx: api_keys.make(tx, shop.owner, "The counter's phone", "forwarder", shop.clock))
    phone = {"Authorization": f"Bearer {made}"}
    assert (await client.post(URL, json=sent(as_csv(received("DLU1H6X8AA"))), headers=phone)).status_code == 403
