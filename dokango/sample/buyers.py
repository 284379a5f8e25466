"""Who buys in the sample shop. Nobody: numbers from blocks that were given to no one, e-mail at example.com."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SampleBuyer:
    """A buyer with an address; `bangla` for those who read the shop in Bangla."""

    name: str
    phone: str
    line: str
    area: str
    city: str
    district: str
    email: str | None = None
    bangla: bool = False


_ROWS = (
    ("Rahima Akter", "House 14, Road 7", "Dhanmondi", "Dhaka", "Dhaka", "rahima.akter"),
    ("Karim Uddin", "Holding 32, Subid Bazar", "Amberkhana", "Sylhet", "Sylhet", ""),
    ("Nusrat Jahan Mim", "Flat 5B, Shapla Tower, Block C", "Banasree", "Dhaka", "Dhaka", "nusrat.mim"),
    ("Tanvir Hasan", "House 201, Lane 3, DOHS", "Mirpur", "Dhaka", "Dhaka", "tanvir.hasan"),
    ("শারমিন সুলতানা", "বাড়ি ২২, সড়ক ৪, সেক্টর ৭", "উত্তরা", "ঢাকা", "Dhaka", ""),
    ("Abdul Mannan", "Kazi Para, beside the old post office", "Sadar", "Bogura", "Bogura", ""),
    ("Farhana Yasmin", "House 9, O. R. Nizam Road", "Panchlaish", "Chattogram", "Chattogram", "farhana.yasmin"),
    ("Md. Shahidul Islam", "22 KDA Avenue, 2nd floor", "Sonadanga", "Khulna", "Khulna", ""),
    ("Sadia Afrin", "House 77, Road 12, Nikunja 2", "Khilkhet", "Dhaka", "Dhaka", "sadia.afrin"),
    ("Jahid Hossain", "Ward 5, Court Station Road", "Boalia", "Rajshahi", "Rajshahi", ""),
    ("মাহমুদা খাতুন", "গ্রাম: চরপাড়া, স্কুলের পাশে", "ভালুকা", "ময়মনসিংহ", "Mymensingh", ""),
    ("Imran Kabir", "Apartment 3A, 45 New Eskaton", "Ramna", "Dhaka", "Dhaka", "imran.kabir"),
    ("Lamia Chowdhury", "House 3, Road 90", "Gulshan 2", "Dhaka", "Dhaka", "lamia.c"),
    ("Rezaul Karim", "Jhautala, 1st lane", "Kotwali", "Cumilla", "Cumilla", ""),
    ("Sumaiya Rahman", "House 31, Munshipara", "Sadar", "Rangpur", "Rangpur", "sumaiya.r"),
    ("Nazmul Huda", "Plot 6, Avenue 5, Block B", "Mirpur 11", "Dhaka", "Dhaka", ""),
    ("Ayesha Siddika", "Chowmuhani Road, opposite the pond", "Begumganj", "Noakhali", "Noakhali", ""),
    ("Tasnim Ferdous", "House 18, Road 2, Sector 13", "Uttara", "Dhaka", "Dhaka", "tasnim.f"),
    ("Mizanur Rahman", "Flat 2C, 112 Shahjahan Road", "Mohammadpur", "Dhaka", "Dhaka", ""),
    ("Rokeya Begum", "Nathullabad, near the bus stand", "Kotwali", "Barishal", "Barishal", ""),
    ("Arif Mahmud", "House 54, Housing Estate", "Tongi", "Gazipur", "Gazipur", "arif.mahmud"),
    ("Shila Das", "11 Tanbazar Lane", "Sadar", "Narayanganj", "Narayanganj", ""),
    ("Kamrul Ahsan", "Station Road, 3rd house on the left", "Sadar", "Jashore", "Jashore", ""),
    ("Mst. Parveen", "College Para, Ward 3", "Sadar", "Dinajpur", "Dinajpur", ""),
    ("Rifat Ahmed", "House 8, Road 5, Block F", "Bashundhara", "Dhaka", "Dhaka", "rifat.ahmed"),
    ("Sabina Yeasmin", "Flat 7D, 23 Green Road", "Farmgate", "Dhaka", "Dhaka", ""),
    ("Monir Hossain", "Chashara, Balur Math", "Sadar", "Narayanganj", "Narayanganj", ""),
    ("Nafisa Anjum", "House 40, Road 1, Nasirabad", "Khulshi", "Chattogram", "Chattogram", "nafisa.anjum"),
    ("Habibur Rahman", "Mirzapur Bazar, Hossain Store", "Mirzapur", "Tangail", "Tangail", ""),
    ("দীপা রানী সাহা", "৩৪ শাঁখারী বাজার, ৩য় তলা", "কোতোয়ালি", "ঢাকা", "Dhaka", ""),
    ("Sakib Al Mamun", "House 16, Road 11", "Banani", "Dhaka", "Dhaka", "sakib.mamun"),
    ("Hosne Ara", "Kolatoli, Hotel lane 2", "Sadar", "Cox's Bazar", "Cox's Bazar", ""),
    ("Shafiqul Alam", "Pourashava Road, Ward 2", "Sadar", "Feni", "Feni", ""),
    ("Tahmina Islam", "House 5, Lane 8, Khilgaon Taltola", "Khilgaon", "Dhaka", "Dhaka", "tahmina.islam"),
    ("Biplob Barua", "18 Momin Road", "Kotwali", "Chattogram", "Chattogram", ""),
    ("Jannatul Ferdousi", "House 63, Shekhertek 6", "Adabor", "Dhaka", "Dhaka", "jannat.f"),
)  # fmt: skip
_BLOCKS = ("01300-000", "01700-000", "01900-000", "01800-000", "01600-000", "01500-000")

BUYERS: tuple[SampleBuyer, ...] = tuple(
    SampleBuyer(
        name, f"{_BLOCKS[i % len(_BLOCKS)]}{100 + 7 * i:03d}", line, area, city, district,
        f"{mail}@example.com" if mail else None, not name.isascii(),
    )
    for i, (name, line, area, city, district, mail) in enumerate(_ROWS)
)  # fmt: skip

NOTES = (
    "Please call before coming, the gate is at the back.",
    "Gift for my mother, no price slip inside please.",
    "অফিস সময়ে (১০টা–৫টা) ডেলিভারি দিলে ভালো হয়।",
    "Leave it with the guard if nobody is at home.",
    "Need it before Friday if possible.",
)
