"""The 64 districts of Bangladesh, as an address names them: in English, in Bangla, and under their older spellings."""

from __future__ import annotations

from dokango.errors import InvalidInput

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
_OLDER = {
    "barisal": "Barishal", "bogra": "Bogura", "chittagong": "Chattogram", "comilla": "Cumilla", "jessore": "Jashore",
    "nawabganj": "Chapai Nawabganj", "chapainawabganj": "Chapai Nawabganj", "coxs bazar": "Cox's Bazar",
    "jhalokati": "Jhalokathi", "khagrachari": "Khagrachhari", "maulvibazar": "Moulvibazar", "netrakona": "Netrokona",
}  # fmt: skip
_FOUND = {
    **_OLDER,
    **{name.casefold(): name for name in DISTRICTS},
    **{bangla: name for name, bangla in DISTRICTS.items()},
}


def district_of(typed: str, field: str = "address.district") -> str:
    """The district's English name from any of its spellings; raises InvalidInput (under `field`) for anything else."""
    found = _FOUND.get(" ".join(typed.replace("’", "'").split()).casefold())
    if found is None:
        said = f"“{typed.strip()[:30]}” is not a district of Bangladesh. " if typed.strip() else ""
        raise InvalidInput({field: f"{said}Choose your district from the list."})
    return found


def said_district(name: str, locale: str) -> str:
    """The district's name in the reader's language; what is not in the list is given back as it is."""
    return DISTRICTS.get(name, name) if locale == "bn" else name
