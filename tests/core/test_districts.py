"""Districts as people write them."""

from __future__ import annotations

import pytest

from dokango.errors import InvalidInput
from dokango.people.districts import DISTRICTS, district_of

SPELLINGS = {
    "Dhaka": ("DHAKA", " dhaka ", "Dhaka District", "District: Dhaka", "Dist. Dhaka", "Dhaka Zila", "Dhaka, Bangladesh",
              "ঢাকা", "ঢাকা জেলা", "ＤＨＡＫＡ", "D\u200bhaka", "Dacca"),
    "Jashore": ("Jessore", "JESSORE", "Jashore", "যশোর", "যশোহর", "যশোর জেলা"),
    "Cumilla": ("Comilla", "Cumilla Zilla", "কুমিল্লা"),
    "Chattogram": ("Chittagong", "chattogram", "Chittagong Dist", "চট্টগ্রাম", "চিটাগাং"),
    "Barishal": ("Barisal", "Barishal", "বরিশাল"),
    "Bogura": ("Bogra", "bogura", "বগুড়া", "বগু\u09a1\u09bcা"),
    "Cox's Bazar": ("Cox’s Bazar", "Cox`s Bazar", "Coxs Bazar", "Cox s Bazar", "coxsbazar", "COX'S BAZAAR", "কক্সবাজার",
                    "কক্স বাজার", " Cox’s  Bazar"),
    "Narayanganj": ("Narayangonj", "নারায়ণগঞ্জ", "নারায়নগঞ্জ"),
    "Chapai Nawabganj": ("Chapainawabganj", "Nawabgonj", "চাঁপাই নবাবগঞ্জ", "চাপাইনবাবগঞ্জ"),
    "Rajbari": ("রাজবাড়ী", "রাজবাড়ি"),
    "Sylhet": ("সিলেট", "sylhet"),
}  # fmt: skip


@pytest.mark.parametrize(("typed", "name"), [(typed, name) for name, all_of in SPELLINGS.items() for typed in all_of])
def test_every_usual_spelling_of_a_district_is_understood(typed: str, name: str) -> None:
    assert district_of(typed) == name


def test_there_are_64_districts_each_by_two_names_of_its_own() -> None:
    assert len(DISTRICTS) == 64
    for name, bangla in DISTRICTS.items():
        assert district_of(name) == district_of(bangla) == district_of(f"{name} District") == name


@pytest.mark.parametrize("typed", ["", " ", "Kolkata", "district", "জেলা", "Dhaka Division", "<b>", "x" * 5_000])
def test_anything_else_is_refused_with_a_sentence_under_its_field(typed: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        district_of(typed, "district")
    assert refused.value.fields["district"].endswith((".", "?"))


@pytest.mark.parametrize(("typed", "meant"), [("Dhakaa", "Dhaka"), ("Silhet", "Sylhet"), ("Comila", "Cumilla")])
def test_a_slip_is_answered_with_the_names_it_is_near_to(typed: str, meant: str) -> None:
    with pytest.raises(InvalidInput, match=f"Did you mean .*{meant}"):
        district_of(typed)
