"""The 64 districts of Bangladesh, as an address names them: in English, in Bangla, and under their older spellings."""

from __future__ import annotations

import unicodedata
from difflib import get_close_matches

from dokango.errors import InvalidInput
from dokango.text import either, plain

# English name (as the government spells it since 2018) → Bangla name; sorted as people look for them.
DISTRICTS: dict[str, str] = {
    "Bagerhat": "বাগেরহাট", "Bandarban": "বান্দরবান", "Barguna": "বরগুনা", "Barishal": "বরিশাল", "Bhola": "ভোলা",
    "Bogura": "বগুড়া", "Brahmanbaria": "ব্রাহ্মণবাড়িয়া", "Chandpur": "চাঁদপুর", "Chapai Nawabganj": "চাঁপাইনবাবগঞ্জ",
    "Chattogram": "চট্টগ্রাম", "Chuadanga": "চুয়াডাঙ্গা", "Cox's Bazar": "কক্সবাজার", "Cumilla": "কুমিল্লা",
    "Dhaka": "ঢাকা", "Dinajpur": "দিনাজপুর", "Faridpur": "ফরিদপুর", "Feni": "ফেনী", "Gaibandha": "গাইবান্ধা",
    "Gazipur": "গাজীপুর", "Gopalganj": "গোপালগঞ্জ", "Habiganj": "হবিগঞ্জ", "Jamalpur": "জামালপুর", "Jashore": "যশোর",
    "Jhalokathi": "ঝালকাঠি", "Jhenaidah": "ঝিনাইদহ", "Joypurhat": "জয়পুরহাট", "Khagrachhari": "খাগড়াছড়ি",
    "Khulna": "খুলনা", "Kishoreganj": "কিশোরগঞ্জ", "Kurigram": "কুড়িগ্রাম", "Kushtia": "কুষ্টিয়া",
    "Lakshmipur": "লক্ষ্মীপুর", "Lalmonirhat": "লালমনিরহাট", "Madaripur": "মাদারীপুর", "Magura": "মাগুরা",
    "Manikganj": "মানিকগঞ্জ", "Meherpur": "মেহেরপুর", "Moulvibazar": "মৌলভীবাজার", "Munshiganj": "মুন্সীগঞ্জ",
    "Mymensingh": "ময়মনসিংহ", "Naogaon": "নওগাঁ", "Narail": "নড়াইল", "Narayanganj": "নারায়ণগঞ্জ",
    "Narsingdi": "নরসিংদী", "Natore": "নাটোর", "Netrokona": "নেত্রকোনা", "Nilphamari": "নীলফামারী",
    "Noakhali": "নোয়াখালী", "Pabna": "পাবনা", "Panchagarh": "পঞ্চগড়", "Patuakhali": "পটুয়াখালী",
    "Pirojpur": "পিরোজপুর", "Rajbari": "রাজবাড়ী", "Rajshahi": "রাজশাহী", "Rangamati": "রাঙ্গামাটি",
    "Rangpur": "রংপুর", "Satkhira": "সাতক্ষীরা", "Shariatpur": "শরীয়তপুর", "Sherpur": "শেরপুর",
    "Sirajganj": "সিরাজগঞ্জ", "Sunamganj": "সুনামগঞ্জ", "Sylhet": "সিলেট", "Tangail": "টাঙ্গাইল",
    "Thakurgaon": "ঠাকুরগাঁও",
}  # fmt: skip
# Every other spelling that people still write: from before 2018, as it is spoken, and Bangla's own variants.
_ALSO: dict[str, tuple[str, ...]] = {
    "Bagerhat": ("Bagherhat",), "Barguna": ("Borguna",), "Barishal": ("Barisal", "Borishal"), "Bogura": ("Bogra",),
    "Brahmanbaria": ("Brahmonbaria", "B. Baria", "বি বাড়িয়া", "ব্রাহ্মণবাড়ীয়া"),
    "Chapai Nawabganj": ("Nawabganj", "Nababganj", "Chapai Nababganj", "Chapai", "নবাবগঞ্জ"),
    "Chattogram": ("Chittagong", "Chattagram", "Chottogram", "Ctg", "চিটাগাং", "চিটাগং", "চট্রগ্রাম"),
    "Chuadanga": ("চুয়াডাংগা",), "Cox's Bazar": ("Cox Bazar", "Cox's Bazaar", "কক্সেস বাজার"),
    "Cumilla": ("Comilla", "Kumilla"), "Dhaka": ("Dacca",), "Habiganj": ("Hobiganj",),
    "Jashore": ("Jessore", "Jessor", "Joshor", "Jashor", "যশোহর"),
    "Jhalokathi": ("Jhalokati", "Jhalakathi", "Jhalakati"),
    "Jhenaidah": ("Jhenaidaha", "Jhenidah", "Jhinaidah", "Jhenaida", "ঝিনাইদা"),
    "Joypurhat": ("Jaipurhat", "Jaypurhat"), "Khagrachhari": ("Khagrachari", "Khagrachori"),
    "Kishoreganj": ("Kishorganj",), "Kushtia": ("Kustia",),
    "Lakshmipur": ("Laxmipur", "Luxmipur", "Lakshimpur", "Lakhsmipur", "লক্ষীপুর"),
    "Lalmonirhat": ("Lalmanirhat", "Lalmonirhaat"),
    "Moulvibazar": ("Maulvibazar", "Moulavibazar", "Maulavibazar", "Moulovibazar"), "Munshiganj": ("Munsiganj",),
    "Mymensingh": ("Mymensing", "Maimansingh", "ময়মনসিং"), "Naogaon": ("Nawgaon", "Naugaon"),
    "Narayanganj": ("Naryanganj",), "Narsingdi": ("Norsingdi", "Narshingdi"), "Natore": ("Nator",),
    "Netrokona": ("Netrakona",), "Nilphamari": ("Nilfamari",), "Panchagarh": ("Panchagar", "Ponchogor", "Panchagor"),
    "Pirojpur": ("Perojpur", "Pirozpur"), "Rangamati": ("রাঙামাটি",), "Shariatpur": ("Sariatpur", "Shariyatpur"),
    "Sirajganj": ("Serajganj", "Shirajganj"), "Tangail": ("টাংগাইল",), "Thakurgaon": ("Thakurgoan",),
}  # fmt: skip
_AROUND = frozenset(("district", "dist", "zila", "zilla", "jela", "bangladesh", "জেলা", "জিলা", "বাংলাদেশ"))
# signs that stand inside a word, and those that nobody sees
_INSIDE = frozenset("'’‘ʼ`´\u200b\u200c\u200d\u2060\ufeff\u00ad")
_LONGEST = 120  # what is longer names no district, and nothing reads it
# Bangla's long and short vowels and its two n's sound alike and are mixed up; so are a nasal's dot and none
_ALIKE = str.maketrans({"ী": "ি", "ূ": "ু", "ণ": "ন", "ঁ": None})


def _folded(typed: str) -> str:
    """What is left of a name when spelling habits are taken off: case, signs, blanks, "District", "gonj" for "ganj"."""
    text = unicodedata.normalize("NFKC", typed[:_LONGEST]).casefold().translate(_ALIKE)
    kept = (c if unicodedata.category(c)[0] in "LM" else "" if c in _INSIDE else " " for c in text)
    words = [word for word in "".join(kept).split() if word not in _AROUND]
    return "".join(words).replace("gonj", "ganj")


_FOUND = {
    _folded(spelling): name
    for name, bangla in DISTRICTS.items()
    for spelling in (name, bangla, *_ALSO.get(name, ()))
}  # fmt: skip


def known_district(typed: str) -> str | None:
    """The district's English name from any of its spellings; None for anything else."""
    if typed in DISTRICTS:
        return typed
    return _FOUND.get(_folded(typed)) if len(typed) <= _LONGEST else None


def district_of(typed: str, field: str = "address.district") -> str:
    """The district's English name from any of its spellings; raises InvalidInput (under `field`) for anything else."""
    found = known_district(typed)
    if found is None:
        raise InvalidInput({field: _not_one(typed)})
    return found


def same_district(one: str, other: str) -> bool:
    """Whether both name one district, in whatever spelling they were kept."""
    return one == other or (known_district(one) or one) == (known_district(other) or other)


def _not_one(typed: str) -> str:
    shown = plain(typed[:_LONGEST])[:30]
    near = dict.fromkeys(_FOUND[fold] for fold in get_close_matches(_folded(typed)[:30], _FOUND, n=3, cutoff=0.6))
    meant = f" Did you mean {either(list(near))}?" if near else " Choose your district from the list."
    return (f"“{shown}” is not a district of Bangladesh." if shown else "") + meant


def said_district(name: str, locale: str) -> str:
    """The district's name in the reader's language; what is not in the list is given back as it is."""
    return DISTRICTS.get(name, name) if locale == "bn" else name
