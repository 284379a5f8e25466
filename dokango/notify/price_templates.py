"""What customers are told when their order is changed, or its price: as `templates.py` has the rest."""

from __future__ import annotations

from dokango.notify.template import Template

_T = Template
PRICE_TEMPLATES: dict[str, Template] = {
    "cod_lowered": _T(
        ("You pay less for order #{number}", "অর্ডার #{number}-এর দাম কমানো হয়েছে"),
        (
            "We took {amount} off your order #{number}. Its rider was told to collect {told}; we ask for {should} "
            "instead. If you have to pay more, we give the rest back.",
            "অর্ডার #{number}-এর দাম থেকে {amount} কমিয়েছি। রাইডারকে {told} নিতে বলা হয়েছিল, আমরা {should} নিতে বলছি। "
            "{should}-এর বেশি দিতে হলে বাকিটা ফেরত দেব।",
        ),
    ),
    "change_refused": _T(
        ("About the change of order #{number}", "অর্ডার #{number}-এর পরিবর্তন প্রসঙ্গে"),
        (
            "You asked for a change of your order #{number}. We cannot do it: {reason} The order goes on as it is.",
            "অর্ডার #{number}-এ পরিবর্তন চেয়েছিলেন। এটি করা গেল না: {reason} অর্ডারটি আগের মতোই থাকছে।",
        ),
    ),
    "order_changed": _T(
        ("Order #{number} was changed", "অর্ডার #{number} বদলানো হয়েছে"),
        (
            "{asked}We changed your order #{number}: {changes}. It comes to {total} now; nothing more is due.",
            "{asked}অর্ডার #{number} বদলেছি: {changes}। এখন মোট {total}; আর কিছু বাকি নেই।",
        ),
    ),
    "order_changed.due": _T(
        ("Order #{number} was changed", "অর্ডার #{number} বদলানো হয়েছে"),
        (
            "{asked}We changed your order #{number}: {changes}. It comes to {total} now; {still_due} is due. "
            "Please send it and give us its TrxID on your order's page.",
            "{asked}অর্ডার #{number} বদলেছি: {changes}। এখন মোট {total}; {still_due} বাকি। টাকা পাঠিয়ে অর্ডারের পাতায় TrxID দিন।",
        ),
    ),
    "order_changed.cod": _T(
        ("Order #{number} was changed", "অর্ডার #{number} বদলানো হয়েছে"),
        (
            "{asked}We changed your order #{number}: {changes}. It comes to {total} now; "
            "the rider collects {still_due}.",
            "{asked}অর্ডার #{number} বদলেছি: {changes}। এখন মোট {total}; রাইডার {still_due} নেবেন।",
        ),
    ),
    "order_changed.back": _T(
        ("Order #{number} was changed", "অর্ডার #{number} বদলানো হয়েছে"),
        (
            "{asked}We changed your order #{number}: {changes}. It comes to {total} now; we give {back} back to you.",
            "{asked}অর্ডার #{number} বদলেছি: {changes}। এখন মোট {total}; আপনাকে {back} ফেরত দেব।",
        ),
    ),
}
