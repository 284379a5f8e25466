"""What the sample shop sells. Prices and costs are whole taka here, as on a price tag."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SampleVariant:
    """One SKU. `bought` are its receipts, oldest first: (units, cost of one in taka)."""

    sku: str
    title: str
    attributes: dict[str, str]
    price: int
    bought: tuple[tuple[int, int], ...]
    regular: int = 0
    low: int = 4
    weight_g: int = 400


@dataclass(frozen=True, slots=True)
class SampleProduct:
    """A product; its picture is `/pictures/<slug>.svg`. `popular` weighs how often it is ordered, 0 for never."""

    slug: str
    title: str
    title_bn: str
    category: str
    description: str
    variants: tuple[SampleVariant, ...]
    popular: int = 3


_V, _P = SampleVariant, SampleProduct


def _one(sku: str, price: int, *bought: tuple[int, int], regular: int = 0, low: int = 4, weight_g: int = 400,
         title: str = "") -> tuple[SampleVariant, ...]:  # fmt: skip
    return (_V(sku, title, {}, price, bought, regular, low, weight_g),)


def _each(prefix: str, name: str, values: dict[str, str], price: int, *bought: tuple[int, int], regular: int = 0,
          low: int = 4, weight_g: int = 400) -> tuple[SampleVariant, ...]:  # fmt: skip
    return tuple(
        _V(f"{prefix}-{code}", value, {name: value}, price, bought, regular, low, weight_g)
        for code, value in values.items()
    )


GOODS: tuple[SampleProduct, ...] = (
    _P("tangail-cotton-sari", "Tangail cotton sari", "টাঙ্গাইল সুতি শাড়ি", "Saris",
       "Handloom cotton from Pathrail, light enough for a summer's day. 12 hand long, with blouse piece.",
       _each("SARI-TNG", "Colour", {"RED": "Red", "BLU": "Blue", "GRN": "Green"}, 2_500, (18, 1_800), (10, 1_800),
             weight_g=550), popular=6),
    _P("dhakai-jamdani", "Dhakai jamdani", "ঢাকাই জামদানি", "Saris",
       "Half-silk jamdani woven in Rupganj, 80 count; each one takes a weaver nine days.",
       _each("SARI-JAM", "Colour", {"MRN": "Maroon", "IVR": "Ivory"}, 8_500, (5, 6_150), (3, 6_400), low=2,
             weight_g=650), popular=2),
    _P("rajshahi-silk-sari", "Rajshahi silk sari", "রাজশাহী সিল্ক শাড়ি", "Saris",
       "Pure mulberry silk with a hand-printed border. Dry clean.",
       _each("SARI-SLK", "Colour", {"GLD": "Gold", "TEA": "Teal"}, 5_800, (7, 4_100), low=2, weight_g=480,
             regular=6_400), popular=2),
    _P("cotton-panjabi", "Cotton panjabi", "সুতি পাঞ্জাবি", "Men",
       "Soft slub cotton, side pockets, regular fit.",
       _each("PNJ-COT", "Size", {"M": "M", "L": "L", "XL": "XL"}, 1_650, (16, 1_040), (12, 1_085), weight_g=320),
       popular=6),
    _P("embroidered-panjabi", "Embroidered panjabi", "কারচুপি পাঞ্জাবি", "Men",
       "Viscose-cotton with thread work on collar and placket, for Eid and weddings.",
       _each("PNJ-EMB", "Size", {"M": "M", "L": "L", "XL": "XL"}, 2_450, (10, 1_600), weight_g=360, regular=2_790),
       popular=3),
    _P("block-print-three-piece", "Block-print three-piece", "ব্লক প্রিন্ট থ্রি-পিস", "Women",
       "Unstitched kameez, salwar and orna in voile, printed by hand in Savar.",
       _each("TPC-BLK", "Colour", {"IND": "Indigo", "MUS": "Mustard"}, 1_950, (14, 1_290), (8, 1_350), weight_g=600),
       popular=5),
    _P("khadi-shawl", "Khadi shawl", "খাদি চাদর", "Women",
       "Cumilla khadi with a woven edge; warm on winter mornings.",
       _one("SHL-KHD", 1_250, (16, 800), weight_g=420), popular=3),
    _P("gamcha-pair", "Gamcha, pair", "গামছা, এক জোড়া", "Home",
       "Two check gamchas from Jhalokathi, quick to dry.",
       _one("GAM-2", 380, (40, 215), (20, 225), low=8, weight_g=220), popular=4),
    _P("cotton-lungi", "Cotton lungi", "সুতি লুঙ্গি", "Men",
       "Sirajganj check, stitched, colour-fast.",
       _each("LNG", "Colour", {"BLU": "Blue check", "GRN": "Green check"}, 550, (20, 335), weight_g=260), popular=3),
    _P("nakshi-kantha-throw", "Nakshi kantha throw", "নকশি কাঁথা", "Home",
       "Running stitch by women of Jashore on layered cotton. No two are alike.",
       (_V("KAN-S", "Single", {"Size": "Single"}, 3_200, ((8, 2_100),), 0, 2, 1_200),
        _V("KAN-D", "Double", {"Size": "Double"}, 4_800, ((5, 3_250),), 0, 2, 1_900)), popular=2),
    _P("kantha-cushion-cover", "Kantha cushion cover", "কাঁথা কুশন কভার", "Home",
       "Hand-stitched cover, 16 × 16 inches, hidden zip.",
       _one("CUS-KAN", 810, (36, 600), (24, 600), low=6, weight_g=180), popular=5),
    _P("shital-pati", "Shital pati", "শীতল পাটি", "Home",
       "Murta-cane mat from Sylhet, cool to lie on. 4 × 6 feet.",
       _one("MAT-SHT", 1_850, (9, 1_210), low=3, weight_g=1_400), popular=1),
    _P("jute-tote-bag", "Jute tote bag", "পাটের ব্যাগ", "Jute & craft",
       "Laminated inside, cotton handles, carries 10 kg.",
       _each("JUT-TOT", "Colour", {"NAT": "Natural", "BLK": "Black"}, 450, (30, 260), (20, 272), low=8, weight_g=240),
       popular=5),
    _P("jute-basket-set", "Jute basket, set of 3", "পাটের ঝুড়ি, ৩টির সেট", "Jute & craft",
       "Coiled jute in three sizes that nest.",
       _one("JUT-BSK", 990, (18, 620), weight_g=700), popular=3),
    _P("clay-cup-set", "Clay cups, set of 6", "মাটির কাপ, ৬টি", "Jute & craft",
       "Fired red clay from Bijoypur, for tea or doi. Packed in straw.",
       _one("CLY-CUP", 690, (14, 405), low=5, weight_g=1_100), popular=2),
    _P("sundarban-honey", "Sundarban honey", "সুন্দরবনের মধু", "Food",
       "Khalisha flower honey, collected in April by mouals of Satkhira. Unheated.",
       (_V("HNY-SUN-500", "500 g", {"Weight": "500 g"}, 850, ((30, 590), (20, 615)), 0, 8, 620),
        _V("HNY-SUN-1K", "1 kg", {"Weight": "1 kg"}, 1_600, ((20, 1_130),), 0, 5, 1_220)), popular=6),
    _P("mustard-flower-honey", "Mustard-flower honey", "সরিষা ফুলের মধু", "Food",
       "New crop from Chalan Beel; it sets to a cream in the cold. 1 kg.",
       _one("HNY-MUS-1K", 750, (50, 500), low=10, weight_g=1_220), popular=0),
    _P("gawa-ghee", "Gawa ghee", "গাওয়া ঘি", "Food",
       "Cow's-milk ghee from Pabna, 500 g glass jar.",
       _one("GHE-500", 850, (24, 640), weight_g=780), popular=4),
    _P("hill-turmeric", "Hill turmeric powder", "পাহাড়ি হলুদ গুঁড়া", "Food",
       "Sun-dried in Khagrachhari, ground without colour. 250 g.",
       _one("SPC-TUR", 160, (50, 88), (30, 92), low=10, weight_g=260), popular=4),
    _P("bogura-chilli", "Bogura chilli powder", "বগুড়ার মরিচ গুঁড়া", "Food",
       "Hot and bright. 250 g.",
       _one("SPC-CHL", 190, (50, 112), low=10, weight_g=260), popular=3),
    _P("sreemangal-tea", "Sreemangal black tea", "শ্রীমঙ্গলের চা", "Food",
       "Second-flush CTC leaf, strong enough for milk. 400 g.",
       _one("TEA-400", 420, (40, 285), low=8, weight_g=430), popular=4),
)  # fmt: skip

# The only thing without stock: it never runs out.
GIFT_WRAP = _P("gift-wrap", "Gift wrap", "উপহার মোড়ক", "Extras",
               "Handmade paper, jute twine and a card with your words.",
               _one("EXT-WRAP", 60, weight_g=0, low=0))  # fmt: skip
