"""The shop's name and contact as customers read them."""

from __future__ import annotations

from dokango.language import ENGLISH, written
from dokango.people.phones import international, said_phone
from dokango.shop.profile import Profile


def shop_words(profile: Profile, locale: str = ENGLISH) -> dict[str, str]:
    """The shop's name, words and contact in the reader's language, ready to be shown and linked."""
    return {
        "name": written(locale, profile.name, profile.name_bn), "phone": said_phone(profile.phone),
        "email": profile.email,
        "call": f"+{international(profile.phone)}" if profile.phone else "",
        "whatsapp": international(profile.whatsapp) if profile.whatsapp.startswith("01") else "",
        "about": written(locale, profile.about, profile.about_bn),
        "address": written(locale, profile.address, profile.address_bn),
    }  # fmt: skip
