"""The shop's name and contact as customers read them."""

from __future__ import annotations

from dokango.people.phones import international, said_phone
from dokango.shop.profile import Profile


def shop_words(profile: Profile) -> dict[str, str]:
    """The shop's name and contact, ready to be shown and linked."""
    return {
        "name": profile.name, "phone": said_phone(profile.phone), "email": profile.email,
        "call": f"+{international(profile.phone)}" if profile.phone else "",
        "whatsapp": international(profile.whatsapp) if profile.whatsapp.startswith("01") else "",
        "about": profile.about, "address": profile.address,
    }  # fmt: skip
