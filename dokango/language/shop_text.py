"""The words of the storefront, the cart and the checkout: English, Bangla."""

SHOP_WORDS: dict[str, tuple[str, str]] = {
    # frame
    "skip": ("Skip to content", "মূল অংশে যান"),
    "language": ("Language", "ভাষা"),
    "cart": ("Cart", "ব্যাগ"),
    "cart.count": ("items in your cart", "টি পণ্য আপনার ব্যাগে"),
    "to_shop": ("Back to the shop", "দোকানে ফিরে যান"),
    "track.link": ("Track an order", "অর্ডার ট্র্যাক করুন"),
    "call": ("Call", "কল করুন"),
    "whatsapp": ("WhatsApp", "হোয়াটসঅ্যাপ"),
    "copy": ("Copy", "কপি করুন"),
    "copied": ("Copied", "কপি হয়েছে"),
    "loading": ("Loading…", "লোড হচ্ছে…"),
    "staff": ("Staff", "কর্মীদের জন্য"),
    "offline": (
        "No connection. What you typed is kept; we try again by ourselves.",
        "সংযোগ নেই। আপনি যা লিখেছেন তা রাখা আছে; আমরা নিজে থেকেই আবার চেষ্টা করছি।",
    ),
    # products
    "search": ("Search products", "পণ্য খুঁজুন"),
    "search.go": ("Search", "খুঁজুন"),
    "all": ("All", "সব"),
    "products": ("Products", "পণ্য"),
    "pages": ("Pages", "পাতা"),
    "page.previous": ("Previous", "আগের পাতা"),
    "page.next": ("Next", "পরের পাতা"),
    "from": ("from {amount}", "{amount} থেকে"),
    "sold_out": ("Out of stock", "স্টক শেষ"),
    "few_left": ("Only {count} left", "মাত্র {count}টি আছে"),
    "in_stock": ("In stock", "স্টকে আছে"),
    "sale": ("Sale", "ছাড়"),
    "was": ("was {amount}", "আগের দাম {amount}"),
    "none.title": ("Nothing found", "কিছু পাওয়া যায়নি"),
    "none.next": ("Try another word, or look at all products.", "অন্য শব্দ দিয়ে খুঁজুন, অথবা সব পণ্য দেখুন।"),
    "empty.title": ("The shelves are being filled", "দোকান সাজানো হচ্ছে"),
    "empty.next": (
        "There is nothing to buy yet. Come back soon, or call us.",
        "এখনও কেনার মতো কিছু নেই। শিগগির আবার আসুন, অথবা আমাদের কল করুন।",
    ),
    "picture": ("Picture", "ছবি"),
    "choose": ("Choose", "বেছে নিন"),
    "quantity": ("Quantity", "পরিমাণ"),
    "fewer": ("One fewer", "একটি কম"),
    "one_more": ("One more", "একটি বেশি"),
    "add": ("Add to cart", "ব্যাগে রাখুন"),
    "added": ("{count} × {what} is in your cart.", "{count} × {what} আপনার ব্যাগে রাখা হয়েছে।"),
    "see_cart": ("See the cart", "ব্যাগ দেখুন"),
    "go_checkout": ("Go to checkout", "অর্ডার করতে যান"),
    "about_product": ("About this product", "এই পণ্য সম্পর্কে"),
    "gone.title": ("This product is not here", "এই পণ্যটি এখানে নেই"),
    "gone.next": (
        "It may be sold out or renamed. Look at what we have now.",
        "এটি বিক্রি শেষ বা নাম বদলানো হয়ে থাকতে পারে। এখন কী আছে দেখুন।",
    ),
    "no_more_of_it": ("That is all we have of it.", "এটি এর বেশি আমাদের কাছে নেই।"),
    "not_sold": ("This is not sold here (any more).", "এটি আর এখানে বিক্রি হয় না।"),
    "cart_long": (
        "Your cart is long. It is kept in this browser and shown as soon as this page is ready.",
        "ব্যাগে অনেক পণ্য আছে। সেগুলো এই ব্রাউজারে রাখা আছে, পাতাটি তৈরি হলেই দেখানো হবে।",
    ),
    "cart_full": (
        "The cart is full. Place this order first, or take something out.",
        "ব্যাগ ভরে গেছে। আগে এই অর্ডারটি করুন, অথবা কিছু বাদ দিন।",
    ),
    # checkout
    "checkout": ("Checkout", "অর্ডার করুন"),
    "your_items": ("Your items", "আপনার পণ্য"),
    "cart_empty.title": ("Your cart is empty", "আপনার ব্যাগ খালি"),
    "cart_empty.next": ("Choose something first; it waits here for you.", "আগে কিছু বেছে নিন; তা এখানে আপনার জন্য থাকবে।"),
    "remove": ("Remove", "বাদ দিন"),
    "each": ("{amount} each", "প্রতিটি {amount}"),
    "line.gone": ("Not sold any more. Remove it to go on.", "এটি আর বিক্রি হয় না। এগোতে এটি বাদ দিন।"),
    "line.sold_out": ("Out of stock just now. Remove it to go on.", "এখনই স্টক শেষ হয়েছে। এগোতে এটি বাদ দিন।"),
    "line.short": ("Only {count} left. Lower the quantity to go on.", "মাত্র {count}টি আছে। এগোতে পরিমাণ কমান।"),
    "line.many": (
        "At most {count} of it can be ordered here at once. Lower the quantity, or call the shop for more.",
        "এটি এখানে একবারে সর্বোচ্চ {count}টি অর্ডার করা যায়। পরিমাণ কমান, অথবা বেশি লাগলে দোকানে কল করুন।",
    ),
    "you": ("Your details", "আপনার তথ্য"),
    "name": ("Your name", "আপনার নাম"),
    "phone": ("Mobile number", "মোবাইল নম্বর"),
    "phone.hint": (
        "The rider calls this number. For example 01711-000000.",
        "রাইডার এই নম্বরে কল করবেন। যেমন ০১৭১১-০০০০০০।",
    ),
    "email": ("E-mail", "ই-মেইল"),
    "email.hint": ("If you want the confirmation there too.", "নিশ্চিতকরণ সেখানেও চাইলে লিখুন।"),
    "where": ("Delivery address", "ডেলিভারির ঠিকানা"),
    "district": ("District", "জেলা"),
    "district.pick": ("Choose your district", "আপনার জেলা বেছে নিন"),
    "area": ("Area or thana", "এলাকা বা থানা"),
    "address": ("House, road, village", "বাড়ি, রোড, গ্রাম"),
    "address.hint": ("Say it so that a stranger finds it.", "এমনভাবে লিখুন যেন অচেনা কেউ খুঁজে পান।"),
    "note": ("Note for the shop", "দোকানের জন্য কিছু লিখুন"),
    "optional": ("optional", "ঐচ্ছিক"),
    "pay": ("How do you pay?", "কীভাবে টাকা দেবেন?"),
    "pay.on_delivery": ("Pay the rider when the parcel is in your hands.", "পার্সেল হাতে পেয়ে রাইডারকে টাকা দিন।"),
    "refusal_keeps.delivery": (
        "If you do not take the parcel, the delivery charge stays with the shop of what you pay before.",
        "পার্সেল না নিলে আগে দেওয়া টাকা থেকে ডেলিভারি চার্জ দোকানের কাছে থাকবে।",
    ),
    "refusal_keeps.advance": (
        "If you do not take the parcel, the advance stays with the shop; of an order paid in full, its delivery.",
        "পার্সেল না নিলে অগ্রিম টাকা দোকানের কাছে থাকবে; পুরো পরিশোধ করা অর্ডারে ডেলিভারি চার্জ।",
    ),
    "refusal_keeps.back": (
        "If you do not take the parcel, its way back is paid from what you pay before.",
        "পার্সেল না নিলে তার ফেরত আসার খরচ আগে দেওয়া টাকা থেকে নেওয়া হবে।",
    ),
    "pay.on_delivery.advance": (
        "Of {total} you send {amount} in advance by {wallets}; the rider collects {rest}.",
        "মোট {total} থেকে {amount} অগ্রিম পাঠাবেন {wallets} দিয়ে; বাকি {rest} রাইডার নেবেন।",
    ),
    "pay.on_delivery.may": (
        "A part may be asked in advance; you see it here when your district is chosen.",
        "কিছু টাকা অগ্রিম লাগতে পারে; জেলা বাছলে এখানে দেখবেন।",
    ),
    "pay.wallet": ("a wallet", "মোবাইল ওয়ালেট"),
    "refusal_back": (
        "If you do not take the parcel, what you sent in advance is given back.",
        "পার্সেল না নিলে অগ্রিম টাকা ফেরত পাবেন।",
    ),
    "refusal_keeps.all": (
        "If you do not take the parcel, the {amount} in advance stays with the shop.",
        "পার্সেল না নিলে অগ্রিম {amount} দোকানের কাছে থাকবে।",
    ),
    "advance.by": ("Sent in advance by", "অগ্রিম পাঠিয়েছেন"),
    "advance.now": ("In advance", "অগ্রিম"),
    "advance.rest": ("To the rider", "রাইডারকে"),
    "pay.none": (
        "The shop takes no orders online just now. Call it to order.",
        "দোকান এখন অনলাইনে অর্ডার নিচ্ছে না। অর্ডার করতে কল করুন।",
    ),
    "pay.personal": ("Personal number: use “Send Money”.", "পার্সোনাল নম্বর: “সেন্ড মানি” করুন।"),
    "pay.agent": ("Agent number: use “Cash Out”.", "এজেন্ট নম্বর: “ক্যাশ আউট” করুন।"),
    "pay.merchant": ("Merchant number: use “Payment”.", "মার্চেন্ট নম্বর: “পেমেন্ট” করুন।"),
    "pay.bank": ("Transfer it from your bank to this account.", "আপনার ব্যাংক থেকে এই অ্যাকাউন্টে ট্রান্সফার করুন।"),
    "pay.card": ("Pay by card; the shop charges it by hand.", "কার্ডে দিন; দোকান নিজে চার্জ করবে।"),
    "pay.again": (
        "Please send {amount} by {wallet} to {account}, with {number} as the reference, and type its TrxID on your "
        "order's page.",
        "অনুগ্রহ করে {wallet}-এ {account} নম্বরে {amount} পাঠান, রেফারেন্সে {number} লিখুন, তারপর অর্ডারের পাতায় TrxID দিন।",
    ),
    "pay.send": ("Send {amount} to", "{amount} পাঠান এই নম্বরে"),
    "pay.send_later": (
        "You can send it now, or after ordering from the order's own page.",
        "এখনই পাঠাতে পারেন, অথবা অর্ডারের পরে অর্ডারের পাতা থেকে।",
    ),
    "trx": ("TrxID", "ট্রানজেকশন আইডি (TrxID)"),
    "trx.hint": ("From the wallet's message. You may send it later.", "ওয়ালেটের মেসেজে আছে। পরেও দিতে পারেন।"),
    "trx.hint.bank": (
        "The reference that your bank shows. You may send it later.",
        "ব্যাংক যে রেফারেন্স দেখায়। পরেও দিতে পারেন।",
    ),
    "trx.hint.card": (
        "The approval code of the card payment. You may send it later.",
        "কার্ড পেমেন্টের অ্যাপ্রুভাল কোড। পরেও দিতে পারেন।",
    ),
    "sender": ("Sent from (mobile number)", "যে নম্বর থেকে পাঠিয়েছেন"),
    "sum": ("Summary", "হিসাব"),
    "subtotal": ("Items", "পণ্যের দাম"),
    "delivery": ("Delivery", "ডেলিভারি"),
    "delivery.pick": ("choose a district", "জেলা বেছে নিন"),
    "delivery.both": ("{inside} in {district}, {outside} elsewhere", "{district} জেলায় {inside}, অন্যখানে {outside}"),
    "delivery.days": ("Usually {days} days after it is sent.", "পাঠানোর পরে সাধারণত {days} দিন লাগে।"),
    "delivery.today": ("Usually the day it is sent.", "সাধারণত যেদিন পাঠানো হয় সেদিনই।"),
    "discount": ("Discount", "ছাড়"),
    "total": ("Total", "মোট"),
    "place": ("Place order", "অর্ডার করুন"),
    "place.total": ("Place order · {amount}", "অর্ডার করুন · {amount}"),
    "wrong.form": (
        "Some things need another look. Nothing was ordered yet; what you typed is kept.",
        "কয়েকটি ঘর আবার দেখতে হবে। এখনও অর্ডার হয়নি; আপনি যা লিখেছেন তা রাখা আছে।",
    ),
    "wrong.stock": (
        "Some items ran out meanwhile. Nothing was ordered yet; look at your items above.",
        "এর মধ্যে কিছু পণ্য শেষ হয়ে গেছে। এখনও অর্ডার হয়নি; উপরে আপনার পণ্য দেখুন।",
    ),
    "wrong.changed": (
        "The total changed since you looked: it is {amount} now. Nothing was ordered yet; press again if you agree.",
        "আপনি দেখার পর দাম বদলেছে: এখন মোট {amount}। এখনও অর্ডার হয়নি; রাজি থাকলে আবার চাপুন।",
    ),
    "wrong.asked": (
        "For this order {amount} is asked in advance, and the rider collects {rest}. Nothing was ordered yet; press "
        "again if you agree.",
        "এই অর্ডারে {amount} অগ্রিম দিতে হবে, রাইডার নেবেন {rest}। এখনও অর্ডার হয়নি; রাজি থাকলে আবার চাপুন।",
    ),
    "wrong.not_asked": (
        "Nothing is asked in advance of this order; the rider collects {rest}. Nothing was ordered yet; press again "
        "if you agree.",
        "এই অর্ডারে অগ্রিম লাগবে না; রাইডার নেবেন {rest}। এখনও অর্ডার হয়নি; রাজি থাকলে আবার চাপুন।",
    ),
    "wrong.advance_by": ("Choose by what you sent the advance.", "অগ্রিম কী দিয়ে পাঠিয়েছেন তা বাছুন।"),
    "wrong.name": ("Type your name, at most 100 letters.", "আপনার নাম লিখুন, সর্বোচ্চ ১০০ অক্ষর।"),
    "wrong.phone": (
        "Type 11 digits beginning with 01, for example 01711-000000.",
        "০১ দিয়ে শুরু ১১ সংখ্যার নম্বর লিখুন, যেমন ০১৭১১-০০০০০০।",
    ),
    "wrong.email": (
        "This is not an e-mail address. Correct it, or leave it empty.",
        "এটি ই-মেইল ঠিকানা নয়। ঠিক করুন, অথবা খালি রাখুন।",
    ),
    "wrong.district": ("Choose your district from the list.", "তালিকা থেকে আপনার জেলা বেছে নিন।"),
    "wrong.area": ("Type at most 100 letters.", "সর্বোচ্চ ১০০ অক্ষর লিখুন।"),
    "wrong.line": ("Type house, road and place, 3 to 400 letters.", "বাড়ি, রোড ও জায়গা লিখুন, ৩ থেকে ৪০০ অক্ষর।"),
    "wrong.note": ("Type at most 1,000 letters.", "সর্বোচ্চ ১,০০০ অক্ষর লিখুন।"),
    "wrong.method": ("Choose one of the ways to pay shown here.", "এখানে দেখানো একটি উপায় বেছে নিন।"),
    "wrong.trx": (
        "A TrxID has 6 to 20 English letters and digits. Copy it from the wallet's message.",
        "TrxID-তে ৬ থেকে ২০টি ইংরেজি অক্ষর ও সংখ্যা থাকে। ওয়ালেটের মেসেজ থেকে কপি করুন।",
    ),
    "wrong.sender": (
        "Type the 11 digits it was sent from, for example 01711-000000, or leave it empty.",
        "যে ১১ সংখ্যার নম্বর থেকে পাঠিয়েছেন তা লিখুন, যেমন ০১৭১১-০০০০০০, অথবা খালি রাখুন।",
    ),
    "wrong.many": ("At most 1,000 of one item. Call the shop for more.", "একটি পণ্য সর্বোচ্চ ১,০০০টি। বেশি লাগলে কল করুন।"),
    # the owner's limits; {phone} is " (number)" or nothing
    "limit.units": (
        "At most {most} of {what} can be ordered here at once. Nothing was ordered yet, and your cart is kept. "
        "Lower the number, or call the shop for more{phone}.",
        "{what} এখানে একবারে সর্বোচ্চ {most}টি অর্ডার করা যায়। এখনও অর্ডার হয়নি, আপনার ব্যাগ রাখা আছে। "
        "পরিমাণ কমান, অথবা বেশি লাগলে দোকানে কল করুন{phone}।",
    ),
    "limit.total": (
        "An order here can come to {most} at most; yours comes to {total}. Nothing was ordered yet, and your cart is "
        "kept. Take something out, or call the shop to order it all{phone}.",
        "এখানে একটি অর্ডার সর্বোচ্চ {most} হতে পারে; আপনার মোট {total}। এখনও অর্ডার হয়নি, আপনার ব্যাগ রাখা আছে। "
        "কিছু বাদ দিন, অথবা পুরোটা অর্ডার করতে দোকানে কল করুন{phone}।",
    ),
    "limit.phone": (
        "This mobile number cannot order more while {count} of its orders wait to be confirmed. Nothing was ordered "
        "now, and your cart is kept. Call the shop{phone}, or try again once one of them is confirmed.",
        "এই মোবাইল নম্বরের {count}টি অর্ডার এখনও নিশ্চিত হওয়ার অপেক্ষায়। নতুন কিছু অর্ডার হয়নি, আপনার ব্যাগ রাখা আছে। "
        "দোকানে কল করুন{phone}, অথবা একটি নিশ্চিত হলে আবার চেষ্টা করুন।",
    ),
    "limit.not_here": (
        "This order cannot be taken here. Nothing was ordered, and your cart is kept. Call the shop to order{phone}.",
        "এই অর্ডার এখানে নেওয়া যাচ্ছে না। কিছু অর্ডার হয়নি, আপনার ব্যাগ রাখা আছে। অর্ডার করতে দোকানে কল করুন{phone}।",
    ),
    "limit.network": (
        "No more can be ordered from your internet connection while {count} of its orders wait to be confirmed. "
        "Nothing was ordered now, and your cart is kept. Call the shop to order{phone}, or try again later.",
        "আপনার ইন্টারনেট সংযোগ থেকে {count}টি অর্ডার এখনও নিশ্চিত হওয়ার অপেক্ষায়। নতুন কিছু অর্ডার হয়নি, আপনার ব্যাগ রাখা আছে। "
        "অর্ডার করতে দোকানে কল করুন{phone}, অথবা পরে চেষ্টা করুন।",
    ),
    "throttled": (
        "Too many tries from here. Wait {minutes} minutes and try again; what you typed is kept.",
        "এখান থেকে অনেকবার চেষ্টা হয়েছে। {minutes} মিনিট পরে আবার করুন; আপনি যা লিখেছেন তা রাখা আছে।",
    ),
    "unknown": (
        "The line broke, so it is not known whether your order came in. Press again: it is never ordered twice.",
        "সংযোগ কেটে গেছে, তাই অর্ডারটি পৌঁছেছে কি না জানা যায়নি। আবার চাপুন: একই অর্ডার দুবার হবে না।",
    ),
    "busy": (
        "The shop is very busy. Nothing was changed; try again in a moment.",
        "দোকানে এখন খুব ভিড়। কিছুই বদলায়নি; একটু পরে আবার চেষ্টা করুন।",
    ),
}
