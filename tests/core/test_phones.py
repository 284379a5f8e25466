"""Phone numbers as people type them."""

import pytest

from dokango.errors import InvalidInput
from dokango.people.phones import international, normalise_phone, said_phone


@pytest.mark.parametrize(
    "typed",
    [
        "01711000000",
        "01711-000000",
        " 01711 000 000 ",
        "+8801711000000",
        "+880 1711-000000",
        "8801711000000",
        "008801711000000",
        "০১৭১১০০০০০০",
        "+৮৮০১৭১১-০০০০০০",
        "(01711) 000.000",
        "\u200e+8801711000000\u200e",
    ],
)
def test_every_usual_way_to_write_a_number_is_taken(typed: str) -> None:
    assert normalise_phone(typed) == "01711000000"


@pytest.mark.parametrize(
    "typed", ["", "abc", "0171100000", "017110000000", "02111000000", "+911711000000", "01211000000", "٠١٧١١٠٠٠٠٠٠"]
)
def test_anything_else_is_refused_with_a_sentence_under_its_field(typed: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        normalise_phone(typed, "sender")
    assert "11 digits" in refused.value.fields["sender"]


def test_numbers_are_said_with_a_dash_and_dialled_with_the_country() -> None:
    assert said_phone("01711000000") == "01711-000000"
    assert international("01711000000") == "8801711000000"
