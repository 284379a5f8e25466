"""What is typed of a parcel that came back, read alike on its order's page and in its own drawer."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dokango.errors import InvalidInput
from dokango.orders.lifecycle import commands as c
from state.orders.typed import return_of
from state.shipping.parcel_typed import came_back_of


@pytest.mark.parametrize(
    "read", [return_of, lambda typed: came_back_of({**typed, "shelf": "later"})], ids=["the order", "its parcel"]
)
def test_what_the_rider_took_of_a_refused_parcel_is_read_in_both_dialogs(
    read: Callable[[dict[str, str]], c.ReceiveReturn],
) -> None:
    assert read({"later": "on", "took": "৭০.৫"}).collected_poisha == 7_050
    assert read({"later": "on", "took": ""}).collected_poisha == 0
    with pytest.raises(InvalidInput) as caught:
        read({"later": "on", "took": "some"})
    assert set(caught.value.fields) == {"took"}
