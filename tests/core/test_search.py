"""What people type into the search of orders, and whom they find: on both databases alike."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import text

from dokango.orders import Done
from dokango.orders.book import codes, search
from dokango.orders.lifecycle import commands as c
from dokango.orders.reading import lists
from dokango.orders.reading.lists import Filters, Wanted
from dokango.people.phone_parts import as_kept
from dokango.words import LONGEST_WORD, words_of
from tests.core.couriered import Couriered, said_never_landed
from tests.small_shop import Shop

COD = {"payment": {"method": "cod"}}


def placed(shop: Shop, name: str, phone: str = "01911999999", **changes: Any) -> Done:
    return shop.place(("MUG", 1), **{**COD, "customer": {"name": name, "phone": phone}, **changes})


def found(shop: Shop, typed: str, queue: str = "all") -> list[str]:
    """The names on the list, as they were kept."""
    wanted = Wanted(queue, Filters(search=typed))
    return [row.name for row in shop.db.read(lambda tx: lists.page(tx, wanted)).rows]


def whom(shop: Shop, *typed: str) -> dict[str, list[str]]:
    """Who is found by each of `typed`."""
    return {one: found(shop, one) for one in typed}


def each(typed: list[str], *names: str) -> dict[str, list[str]]:
    """The same people found by each of `typed`."""
    return {one: list(names) for one in typed}


NAMES = [
    # kept, what finds it, what does not
    ("রহিমা বেগম", ["রহিমা", "বেগম", "বেগম রহিমা", "রহিমা বেগম", "রহি", "র", "বে র"], ["রহমা", "রহিমা খাতুন"]),
    ("মোঃ আব্দুল করিম", ["মোঃ", "আব্দুল", "করিম আব্দুল", "আব্দু", "মোঃ করিম"], ["আব্দুর"]),
    ("নুসরাত জাহান", ["নুসরাত", "জাহান", "জাহান নুসরাত"], ["জাহানারা"]),
    ("শাহরিয়ার চৌধুরী", ["শাহরিয়ার", "চৌধুরী", "শাহরি\u09df\u09be\u09b0", "শাহরি\u09af\u09bc\u09be\u09b0"], ["চৌধুরি "]),
    ("কৌশিক ক\u09c7\u09beরক", ["কৌশিক", "ক\u09cbরক", "ক\u09c7\u09beরক"], ["কেরক"]),
    ("র\u200d্যাবেয়া", ["র্যাবেয়া", "র\u200d্যাবেয়া"], ["রাবেয়া"]),
    ("Élodie Nuñez", ["elodie", "ELODIE", "Élodie", "E\u0301lodie", "nunez elodie", "Nuñez", "é"], ["elodia"]),
    ("Łukasz Müller-Øst", ["lukasz", "muller", "ost lukasz", "Müller-Øst"], ["mueller"]),
    ("İpek Straße", ["ipek", "strasse", "STRASSE", "straße"], ["ipeks"]),
    ("Ｔａｎｖｉｒ Ｈａｓａｎ", ["tanvir", "ｔａｎｖｉｒ", "Hasan Tanvir"], ["tanveer"]),
    ("Md. A K M Shafiq", ["Md", "md.", "a k m", "shafiq md", "K Shafiq", "A.K.M. Shafiq"], ["md rafiq", "kk shafiq"]),
    ("O’Brien D'Costa", ["o'brien", "O’Brien", "d'costa", "costa brien"], ["odcosta"]),
    ("李 小龙", ["李", "小龙", "小龙 李"], ["龙小"]),
]


def test_a_name_is_found_by_its_words_in_any_spelling_and_order(shop: Shop) -> None:
    names = [name for name, _, _ in NAMES]
    for name in names:
        placed(shop, name)
    kept = {name: shop.order(str(1001 + at)).name for at, name in enumerate(names)}

    for name, finds, misses in NAMES:
        assert {typed: kept[name] in found(shop, typed) for typed in finds} == dict.fromkeys(finds, True)
        assert {typed: kept[name] in found(shop, typed) for typed in misses} == dict.fromkeys(misses, False)


def test_every_word_must_be_found_and_no_word_finds_nothing(shop: Shop) -> None:
    placed(shop, "Rahima Akter")
    placed(shop, "Rahim Uddin")
    placed(shop, "Karima Akter")

    assert whom(shop, "rahim", "akter", "akter rahim", "rahim uddin akter", "u", "r a", "r", "z", "!", "🙂", " ") == {
        "rahim": ["Rahima Akter", "Rahim Uddin"],
        "akter": ["Rahima Akter", "Karima Akter"],
        "akter rahim": ["Rahima Akter"],
        "rahim uddin akter": [],
        "u": ["Rahim Uddin"],
        "r a": ["Rahima Akter"],
        "r": ["Rahima Akter", "Rahim Uddin"],
        "z": [],
        "!": [],
        "🙂": [],
        " ": ["Rahima Akter", "Rahim Uddin", "Karima Akter"],
    }


PHONE = "01711222333"
WHOLE = [
    "01711222333", "01711-222333", "01711 222 333", "017 11 22 23 33", "+8801711222333", "+880 1711-222333",
    "880 1711 222333", "8801711222333", "008801711222333", "00880 1711 222333", "+880 (0)1711-222333",
    "(017) 11-222333", "01711.222333", "1711222333", "1711-222333", "০১৭১১২২২৩৩৩", "০১৭১১-২২২৩৩৩",
    "+৮৮০ ১৭১১ ২২২৩৩৩", "１７１１２２２３３３", "０１７１１－２２２３３３", "\u202a+880 1711\u2011222333\u202c",
    "tel:+8801711222333", "tanvir 01711-222333", "+880 1711 222333 Tanvir",
]  # fmt: skip
PARTS = [
    "0171", "01711", "1711", "2333", "222333", "1122", "১৭১১", "০১৭১১ ২২২", "+880 1711", "+880 17", "8801711",
    "880 1711-22", "711-2223", "11 22 23", "２３３３",
]  # fmt: skip


@pytest.mark.parametrize("typed", [WHOLE, PARTS], ids=["whole", "a part"])
def test_a_phone_is_found_in_every_spelling(shop: Shop, typed: list[str]) -> None:
    placed(shop, "Tanvir Hasan", PHONE)
    placed(shop, "Somebody Else", "01988776655")

    assert whom(shop, *typed) == each(typed, "Tanvir Hasan")


def test_another_phone_is_not_found_by_what_looks_alike(shop: Shop) -> None:
    placed(shop, "Tanvir Hasan", PHONE)
    wrong = [
        "01711222334",
        "+8801711222334",
        "01811222333",
        "2334",
        "1722",
        "0171 9",
        "01711-222333 Karim",
        "88017",
        "+880 18",
        "8801811",
    ]

    assert whom(shop, *wrong) == each(wrong)


def test_a_changed_name_and_phone_are_found_at_once(shop: Shop) -> None:
    done = placed(shop, "Rahima Akter")
    shop.do(done, c.EditAddress(name="মিতু হক", phone="01611000000", line="House 7, Road 3", district="Dhaka"))

    assert whom(shop, "মিতু", "+880 1611") == {"মিতু": ["মিতু হক"], "+880 1611": ["মিতু হক"]}


def test_a_whole_code_finds_its_order_alone_in_any_spelling(shop: Shop) -> None:
    paid = placed(shop, "Paid", payment={"method": "bkash", "transaction_id": "BLU1H6X8AA"})
    for _ in range(9):
        placed(shop, "Others")
    shop.settle(paid, trx_id="NAG77QQ001")
    shipped = shop.bring_to("packed", **{"customer": {"name": "Shipped", "phone": PHONE}, **COD})
    shop.do(shipped, c.Ship(courier="manual", carrier="Rider", tracking_code="Sundarban-55a"))

    expected = {
        **each(["BLU1H6X8AA", "blu1h6x8aa", " blu1 h6x8-aa ", "ＢＬＵ１Ｈ６Ｘ８ＡＡ", "NAG77QQ001"], "Paid"),
        **each(["1001", "#1001", "# 1001", "১০০১", "#১০০১", "１００１"], "Paid"),
        **each(["Sundarban-55a", shipped.number, f"manual-{shipped.number}-3"], "Shipped"),
        "1": [shop.order(str(1001 + at)).name for at in range(11)],
        "blu1h6": ["Paid"],
        "BLU1H6X8AB": [],
        "9001": [],
    }
    assert whom(shop, *expected) == expected


def test_an_order_is_found_by_what_its_couriers_call_it_whole_and_in_part(couriered: Couriered) -> None:
    shop = couriered.shop
    other = shop.bring_to("packed", **{**COD, "customer": {"name": "Another", "phone": "01988776655"}})
    order = shop.bring_to("packed", **{**COD, "customer": {"name": "Mine", "phone": PHONE}})
    couriered.fail_next("timeout", lands=True)
    couriered.ship(order)
    lost = couriered.parcel(order)
    said_never_landed(couriered, order)
    for one in (order, other):
        couriered.ship(one)
    (landed,) = couriered.desk.practice().store.rows("SELECT * FROM parcel WHERE invoice = ?", lost.invoice)
    late = str(landed["consignment_id"])
    couriered.hear({"notification_type": "delivery_status", "consignment_id": late, "invoice": lost.invoice,
                    "status": "cancelled"})  # fmt: skip
    couriered.run_jobs()
    now = couriered.parcel(order)

    assert shop.db.read(lambda tx: tx.value(text("SELECT count(*) FROM shipment WHERE booking = 'superseded'"))) == 1
    whole = [now.consignment_id, now.tracking_code, now.tracking_code.lower(), now.invoice, late, lost.invoice]
    assert whom(shop, *whole) == each(whole, "Mine")
    assert "Mine" in found(shop, now.tracking_code[:-1]) and "Mine" in found(shop, late[:-1])


def test_a_whole_code_is_looked_for_in_the_tab_that_is_open(shop: Shop) -> None:
    done = placed(shop, "Rahima Akter")

    assert found(shop, done.number, "to_confirm") == ["Rahima Akter"]
    assert found(shop, done.number, "to_pack") == []


INDEXES = {
    "order": ["number", "order_phone"],
    "claim": ["claim_trx"],
    "payment": ["payment_trx"],
    "shipment": ["shipment_tracking", "shipment_consignment", "invoice"],
}


def test_each_whole_code_is_answered_by_an_index_of_its_own(shop: Shop) -> None:
    """PostgreSQL walks a small table whatever it has; with that forbidden it shows which index it would take."""
    statement = codes.statement(("bkash", "nagad"), ("steadfast", "manual")).compiled(shop.db.dialect)
    params = {"as_typed": "X1", "upper": "X1", "lower": "x1", "bare": "X1", "phone": PHONE}

    def plan(tx: Any) -> str:
        explain = "EXPLAIN QUERY PLAN " if tx.dialect == "sqlite" else "EXPLAIN "
        if tx.dialect == "postgresql":
            tx.script("SET LOCAL enable_seqscan = off")
        rows = tx.connection.execute(explain + statement.sql, statement.bind(params)).fetchall()
        return "\n".join(str(row[-1]) for row in rows)

    said = shop.db.read(plan)
    scans = ["SCAN claim", "SCAN payment", "SCAN shipment", "SCAN order", "Seq Scan"]
    assert [scan for scan in scans if scan in said] == [], said
    searches = said.count("SEARCH ") if shop.db.dialect == "sqlite" else said.count("Index Cond")
    assert searches >= 7, said
    if shop.db.dialect == "postgresql":
        assert [name for names in INDEXES.values() for name in names if name not in said] == [], said


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("queue", ["all", "to_pack", "done"])
def test_the_page_of_a_whole_code_is_read_by_the_orders_own_rows(shop: Shop, queue: str) -> None:
    listed = lists._listed(lists._Shape(queue, frozenset(["ids"]), True, "sqlite"))
    statement = listed.statement(bounded=False, backwards=False).compiled("sqlite")
    values = statement.bind({"ids": "[1]", "most": 26})
    plan = shop.db.read(lambda tx: tx.connection.execute(f"EXPLAIN QUERY PLAN {statement.sql}", values).fetchall())

    assert "SEARCH order USING INTEGER PRIMARY KEY (rowid=?)" in [row[-1] for row in plan]


def test_a_words_query_never_breaks_its_database(shop: Shop) -> None:
    placed(shop, "Rahima Akter")
    hostile = ["' OR 1=1 --", "a:*b", '"', "\\", "NOT a", "a AND", "^a", "-1", "1e5", "0x1", "\ufdfa" * 80, "a " * 40,
               "ก็" * 40, "\x00\ud800", "x" * 200, "1 " * 40, "় ্"]  # fmt: skip
    for typed in hostile:
        found(shop, typed)
    assert found(shop, "\x00rahima\ud800") == ["Rahima Akter"]


def test_a_very_long_word_is_kept_and_found_by_its_beginning(shop: Shop) -> None:
    done = placed(shop, "Rahima Akter")
    shop.db.write(lambda tx: search.add_words(tx, done.order_id, ["ক" * 900, "z" * 5_000]))

    assert (found(shop, "ক" * 70), found(shop, "z" * 80)) == (["Rahima Akter"], ["Rahima Akter"])
    assert max(map(len, words_of("z" * 5_000))) == LONGEST_WORD


def test_words_that_are_there_are_not_written_twice(shop: Shop) -> None:
    done = placed(shop, "Rahima Akter")
    for _ in range(3):
        shop.db.write(lambda tx: search.add_words(tx, done.order_id, ["BLU1H6X8AA", ""]))
    key = "rowid" if shop.db.dialect == "sqlite" else "order_id"
    kept = shop.db.read(lambda tx: tx.value(text(f"SELECT words FROM order_search WHERE {key} = {done.order_id}")))

    assert kept.split().count("blu1h6x8aa") == 1


@pytest.mark.parametrize(
    ("digits", "kept"),
    [
        ("8801711222333", PHONE), ("008801711222333", PHONE), ("88001711222333", PHONE), ("1711222333", PHONE),
        (PHONE, PHONE), ("8801711", "01711"), ("88017", "017"), ("880", "880"), ("8802", "8802"), ("1001", "1001"),
    ],
)  # fmt: skip
def test_digits_are_read_as_a_kept_number_would_have_them(digits: str, kept: str) -> None:
    assert as_kept(digits) == kept
