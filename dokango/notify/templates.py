"""What customers are told, by template: subject and text in English and in Bangla. `{names}` are filled from data."""

from __future__ import annotations

from dokango.notify.price_templates import PRICE_TEMPLATES
from dokango.notify.template import Template
from dokango.notify.undo_templates import UNDO_TEMPLATES

_T = Template
GREETING = ("Dear {name},", "প্রিয় {name},")
FOOTER = (
    "Follow your order here: {link}\n\n{shop}{phone}",
    "আপনার অর্ডার এখানে দেখুন: {link}\n\n{shop}{phone}",
)

FOLLOW = ("\nFollow the parcel at the courier: {at}", "\nকুরিয়ারের সাইটে পার্সেল দেখুন: {at}")

TEMPLATES: dict[str, Template] = {
    **PRICE_TEMPLATES,
    **UNDO_TEMPLATES,
    "order_received": _T(
        ("We have your order #{number}", "আপনার অর্ডার #{number} পেয়েছি"),
        (
            "Thank you for your order #{number} of {total}. We look at it now and tell you when it is confirmed.",
            "ধন্যবাদ। {total} মূল্যের অর্ডার #{number} আমরা পেয়েছি। নিশ্চিত হলেই জানাব।",
        ),
    ),
    "order_received.advance": _T(
        ("We have your order #{number}", "আপনার অর্ডার #{number} পেয়েছি"),
        (
            "Thank you for your order #{number} of {total}. Send {advance} in advance from its page; we confirm it "
            "then, and the rider collects {rest}.",
            "ধন্যবাদ। {total} মূল্যের অর্ডার #{number} পেয়েছি। অর্ডারের পাতা দেখে {advance} অগ্রিম পাঠান; তাহলেই নিশ্চিত করব, "
            "বাকি {rest} রাইডার নেবেন।",
        ),
    ),
    "payment_received": _T(
        ("Payment received for order #{number}", "অর্ডার #{number}-এর পেমেন্ট পেয়েছি"),
        (
            "We received {amount} for your order #{number}. Nothing more is due.",
            "অর্ডার #{number}-এর জন্য {amount} পেয়েছি। আর কিছু বাকি নেই।",
        ),
    ),
    "payment_received.short": _T(
        ("{still_due} is still due for order #{number}", "অর্ডার #{number}-এ এখনও {still_due} বাকি"),
        (
            "We received {amount} for your order #{number}. {still_due} is still due; please send it by {wallet} "
            "and give us its TrxID.",
            "অর্ডার #{number}-এর জন্য {amount} পেয়েছি। এখনও {still_due} বাকি; {wallet}-এ পাঠিয়ে TrxID দিন।",
        ),
    ),
    "payment_received.advance": _T(
        ("Payment received for order #{number}", "অর্ডার #{number}-এর অগ্রিম পেয়েছি"),
        (
            "We received {amount} in advance for your order #{number}. The rider collects the other {still_due}.",
            "অর্ডার #{number}-এর জন্য {amount} অগ্রিম পেয়েছি। বাকি {still_due} রাইডার নেবেন।",
        ),
    ),
    "payment_received.on_the_way": _T(
        ("Payment received for order #{number}", "অর্ডার #{number}-এর পেমেন্ট পেয়েছি"),
        (
            "We received {amount} for your order #{number} while its parcel is on the way. Its rider was told to "
            "collect {told}; we ask for {should} instead. If you have to pay more, we give the rest back.",
            "অর্ডার #{number}-এর পার্সেল পথে থাকতে {amount} পেয়েছি। রাইডারকে {told} নিতে বলা হয়েছিল, আমরা {should} নিতে বলছি। "
            "{should}-এর বেশি দিতে হলে বাকিটা ফেরত দেব।",
        ),
    ),
    "payment_received.over": _T(
        ("Payment received for order #{number}", "অর্ডার #{number}-এর পেমেন্ট পেয়েছি"),
        (
            "We received {amount} for your order #{number}. That is {over} too much; we give it back to you.",
            "অর্ডার #{number}-এর জন্য {amount} পেয়েছি। এটি {over} বেশি; আমরা ফেরত দেব।",
        ),
    ),
    "message_from_shop": _T(
        ("About your order #{number}", "আপনার অর্ডার #{number} প্রসঙ্গে"),
        ("{text}", "{text}"),
    ),
    "claim_rejected": _T(
        ("Please check the payment of order #{number}", "অর্ডার #{number}-এর পেমেন্ট মিলিয়ে দেখুন"),
        (
            "We could not find TrxID {transaction_id}: {reason}\nPlease send the right TrxID on your order's page.",
            "TrxID {transaction_id} পাওয়া যায়নি: {reason}\nঅর্ডারের পাতায় সঠিক TrxID দিন।",
        ),
    ),
    "order_confirmed": _T(
        ("Order #{number} is confirmed", "অর্ডার #{number} নিশ্চিত হয়েছে"),
        ("Your order #{number} is confirmed. We pack it now.", "আপনার অর্ডার #{number} নিশ্চিত হয়েছে। এখন প্যাক করছি।"),
    ),
    "order_shipped": _T(
        ("Order #{number} is on its way", "অর্ডার #{number} আপনার পথে"),
        (
            "Your order #{number} is with the courier{by}. Please keep your phone near.{there}",
            "আপনার অর্ডার #{number} কুরিয়ারে দেওয়া হয়েছে{by}। ফোনটি কাছে রাখুন।{there}",
        ),
    ),
    "delivery_failed": _T(
        ("Your parcel of order #{number} could not be delivered", "অর্ডার #{number}-এর পার্সেল পৌঁছানো যায়নি"),
        (
            "The courier could not hand over the parcel of your order #{number}. Please tell us on your order's page "
            "what to do: deliver again on a day that suits you, another address, or that you collect it.",
            "কুরিয়ার অর্ডার #{number}-এর পার্সেল দিতে পারেনি। কী করব তা অর্ডারের পাতায় জানান: কোন দিন আবার আনব, ঠিকানা বদলাবে, "
            "নাকি নিজে নেবেন।",
        ),
    ),
    "redelivery_asked": _T(
        ("Order #{number} is delivered again on {day}", "অর্ডার #{number} আবার আনা হবে {day}"),
        (
            "We asked the courier to bring your order #{number} again on {day}. Please keep your phone near.",
            "অর্ডার #{number} {day} আবার আনতে কুরিয়ারকে বলেছি। ফোনটি কাছে রাখুন।",
        ),
    ),
    "address_corrected": _T(
        ("The address of order #{number} is corrected", "অর্ডার #{number}-এর ঠিকানা ঠিক করা হয়েছে"),
        (
            "We gave the courier the right address of your order #{number}. Please keep your phone near.",
            "অর্ডার #{number}-এর সঠিক ঠিকানা কুরিয়ারকে দিয়েছি। ফোনটি কাছে রাখুন।",
        ),
    ),
    "collect_at_hub": _T(
        ("Collect order #{number} at the courier", "কুরিয়ার থেকে অর্ডার #{number} নিয়ে নিন"),
        (
            "Your order #{number} waits for you at {hub}. Please bring the phone that you ordered with.",
            "অর্ডার #{number} আপনার জন্য {hub}-এ রাখা আছে। যে ফোনে অর্ডার করেছেন সেটি সঙ্গে আনুন।",
        ),
    ),
    "collect_at_shop": _T(
        ("Collect order #{number} at our shop", "আমাদের দোকান থেকে অর্ডার #{number} নিয়ে নিন"),
        (
            "Your order #{number} comes back to our shop, where you can collect it. We call you when it is here.",
            "অর্ডার #{number} আমাদের দোকানে ফিরে আসছে, সেখান থেকে নিতে পারবেন। এলে আমরা কল করব।",
        ),
    ),
    "parcel_asked_back": _T(
        ("The parcel of order #{number} comes back to us", "অর্ডার #{number}-এর পার্সেল ফেরত আসছে"),
        (
            "We asked the courier to bring the parcel of your order #{number} back. If you still want it, call us.",
            "অর্ডার #{number}-এর পার্সেল ফেরত আনতে কুরিয়ারকে বলেছি। এখনও নিতে চাইলে আমাদের কল করুন।",
        ),
    ),
    "parcel_late": _T(
        ("Order #{number} is late", "অর্ডার #{number} আসতে দেরি হচ্ছে"),
        (
            "We are sorry: your order #{number} is late. We asked the courier, and now expect it by {day}.",
            "দুঃখিত, আপনার অর্ডার #{number} আসতে দেরি হচ্ছে। আমরা কুরিয়ারে খোঁজ নিচ্ছি; এখন {day}-এর মধ্যে পৌঁছাবে বলে আশা করছি।",
        ),
    ),
    "order_delivered": _T(
        ("Order #{number} was delivered", "অর্ডার #{number} পৌঁছে গেছে"),
        (
            "Your order #{number} was delivered. Thank you for buying from us; tell us if anything is not right.",
            "আপনার অর্ডার #{number} পৌঁছে গেছে। ধন্যবাদ; কোনো সমস্যা হলে জানান।",
        ),
    ),
    "order_cancelled": _T(
        ("Order #{number} was cancelled", "অর্ডার #{number} বাতিল হয়েছে"),
        (
            "Your order #{number} was cancelled: {reason}\nWhat you paid, if anything, is given back to you.",
            "আপনার অর্ডার #{number} বাতিল হয়েছে: {reason}\nকিছু পরিশোধ করে থাকলে তা ফেরত পাবেন।",
        ),
    ),
    "order_expires_soon": _T(
        ("Order #{number} is kept until {until}", "অর্ডার #{number} {until} পর্যন্ত রাখা আছে"),
        (
            "Your order #{number} waits for {amount}. We keep its items for you until {until}; please send the payment "
            "and its TrxID before then, or call us.",
            "অর্ডার #{number}-এর {amount} এখনও বাকি। পণ্য {until} পর্যন্ত আপনার জন্য রাখা আছে; তার আগে টাকা ও TrxID পাঠান, "
            "অথবা আমাদের কল করুন।",
        ),
    ),
    "order_expires_soon.cod": _T(
        ("Order #{number} is kept until {until}", "অর্ডার #{number} {until} পর্যন্ত রাখা আছে"),
        (
            "Your order #{number} is not confirmed yet. We keep its items for you until {until}; please call us before "
            "then if you still want it.",
            "অর্ডার #{number} এখনও নিশ্চিত হয়নি। পণ্য {until} পর্যন্ত আপনার জন্য রাখা আছে; নিতে চাইলে তার আগে আমাদের কল করুন।",
        ),
    ),
    "order_expired": _T(
        ("Order #{number} has expired", "অর্ডার #{number}-এর সময় শেষ"),
        (
            "Your order #{number} was not confirmed in time, so its items are back on the shelf. You owe nothing. "
            "If you sent money for it, or still want it, call us.",
            "অর্ডার #{number} সময়মতো নিশ্চিত হয়নি, তাই পণ্য আবার দোকানে রাখা হয়েছে। আপনার কিছু দিতে হবে না। "
            "টাকা পাঠিয়ে থাকলে বা এখনও নিতে চাইলে আমাদের কল করুন।",
        ),
    ),
    "parcel_returned": _T(
        ("The parcel of order #{number} came back", "অর্ডার #{number}-এর পার্সেল ফেরত এসেছে"),
        (
            "The parcel of your order #{number} came back to us. What you paid, if anything, is given back to you.",
            "আপনার অর্ডার #{number}-এর পার্সেল আমাদের কাছে ফেরত এসেছে। কিছু পরিশোধ করে থাকলে তা ফেরত পাবেন।",
        ),
    ),
    "parcel_returned.kept": _T(
        ("The parcel of order #{number} came back", "অর্ডার #{number}-এর পার্সেল ফেরত এসেছে"),
        (
            "The parcel of your order #{number} came back to us. As said when you ordered, {kept} of what you paid "
            "stays with us for its way; we give {back} back to you.",
            "আপনার অর্ডার #{number}-এর পার্সেল আমাদের কাছে ফেরত এসেছে। অর্ডারের সময় যেমন জানানো হয়েছিল, আপনার দেওয়া টাকার "
            "{kept} যাতায়াত খরচ বাবদ আমাদের কাছে থাকছে; {back} ফেরত দেব।",
        ),
    ),
    "parcel_lost": _T(
        ("The parcel of order #{number} was lost", "অর্ডার #{number}-এর পার্সেল হারিয়ে গেছে"),
        (
            "We are sorry: the courier lost the parcel of your order #{number}. We send it again or give your money "
            "back; what you paid, if anything, is yours.",
            "দুঃখিত, কুরিয়ার আপনার অর্ডার #{number}-এর পার্সেলটি হারিয়েছে। আমরা আবার পাঠাব অথবা টাকা ফেরত দেব; "
            "কিছু পরিশোধ করে থাকলে তা আপনারই।",
        ),
    ),
    "order_sent_again": _T(
        ("We are sending order #{number} again", "অর্ডার #{number} আবার পাঠাচ্ছি"),
        (
            "We are sending your order #{number} to you once more. The rider collects {still_due}. "
            "Please keep your phone near.",
            "আপনার অর্ডার #{number} আবার পাঠাচ্ছি। রাইডার {still_due} নেবেন। ফোনটি কাছে রাখুন।",
        ),
    ),
    "order_sent_again.paid": _T(
        ("We are sending order #{number} again", "অর্ডার #{number} আবার পাঠাচ্ছি"),
        (
            "We are sending your order #{number} to you once more. It is paid: the rider collects nothing. "
            "Please keep your phone near.",
            "আপনার অর্ডার #{number} আবার পাঠাচ্ছি। টাকা পরিশোধ করা আছে: রাইডার কোনো টাকা নেবেন না। ফোনটি কাছে রাখুন।",
        ),
    ),
    "partly_delivered": _T(
        ("A part of order #{number} was delivered", "অর্ডার #{number}-এর একটি অংশ পৌঁছেছে"),
        (
            "You took a part of your order #{number}. What you did not take comes back to us; you do not pay for it.",
            "আপনি অর্ডার #{number}-এর একটি অংশ নিয়েছেন। যা নেননি তা আমাদের কাছে ফিরছে, তার দাম দিতে হবে না।",
        ),
    ),
    "goods_returned.nothing_due": _T(
        ("We have what came back of order #{number}", "অর্ডার #{number}-এর ফেরত পণ্য পেয়েছি"),
        (
            "The goods that came back of order #{number} are here. Nothing is owed for them any more.",
            "অর্ডার #{number}-এর ফেরত আসা পণ্য পেয়েছি। এর জন্য আর কিছু বাকি নেই।",
        ),
    ),
    "goods_returned": _T(
        ("We have your return of order #{number}", "অর্ডার #{number}-এর ফেরত পণ্য পেয়েছি"),
        (
            "The goods that you returned of order #{number} are here. We give you the money back soon.",
            "অর্ডার #{number}-এর ফেরত দেওয়া পণ্য পেয়েছি। শিগগির টাকা ফেরত দেব।",
        ),
    ),
    "refund_paid": _T(
        ("Refund of order #{number}", "অর্ডার #{number}-এর টাকা ফেরত"),
        (
            "We sent you {amount} back for your order #{number}.",
            "অর্ডার #{number}-এর জন্য {amount} ফেরত পাঠিয়েছি।",
        ),
    ),
}

# What staff read in the outbox and by mail; the bell has its own short words.
STAFF: dict[str, str] = {
    "new_order": "Order #{number} from {name} came in",
    "claim_arrived": "{name} sent a TrxID for order #{number}",
    "order_cancelled": "Order #{number} was cancelled: {reason}",
    "order_expires_soon": "Order #{number} from {name} is let go on {until} unless it is confirmed or paid",
    "order_expired": "Order #{number} from {name} was let go: nobody confirmed it in time",
    "approval_asked": "Order #{number} waits for approval: {words}",
    "approval_refused": "Order #{number} was not approved: {words}",
    "change_asked": "Order #{number}, {name} {words}",
    "booking_uncertain": "Order #{number}: it is not known whether {courier} has the parcel",
    "delivery_problem": "Order #{number}: {words}",
    "case_answered": "Order #{number}, the customer answered: {words}",
    "case_withdrawn": "Order #{number}, the customer {words}",
    "case_unanswered": "Order #{number}: {words}",
    "case_unasked": "Order #{number}: {words}",
    "payouts_told": "{courier} tells of {payouts}: look at it under Couriers' cash, Payouts",
    "case_late": "Past its deadline: {words}",
}
